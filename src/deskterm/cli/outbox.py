"""`deskterm outbox`: replies on their way, and deciding about them."""

from __future__ import annotations

import argparse
import sqlite3

from deskterm.cli.output import local_time, note, put_json, say, state, tell, word
from deskterm.cli.workplace import Workplace
from deskterm.domain.outbox import DeliveryState
from deskterm.i18n import heard, marked
from deskterm.text.clean import clean

_ACTS = {
    "take-back": ("outbox.take_back", marked("make it a draft again")),
    "send-anyway": ("outbox.send_anyway", marked("send what was stopped, with a reason")),
    "mark-sent": ("outbox.mark_sent", marked("you looked: it reached the customer")),
    "send-again": ("outbox.send_again", marked("you looked: it did not reach the customer")),
    "send-later": ("outbox.send_later", marked("let it wait for a time")),
}
_SWITCHES = {
    "pause": ("outbox.pause", marked("stop all sending")),
    "resume": ("outbox.resume", marked("let replies leave again")),
}
_TICKET, _TRY, _UNDER_WAY = marked("ticket"), marked("try", "noun"), marked("under way")
_SETTLED = (DeliveryState.SENT, DeliveryState.WITHDRAWN)


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser("outbox", help="replies on their way")
    acts = parser.add_subparsers(title="acts", metavar="ACT", required=True)
    listing = acts.add_parser("list", help="what is on its way or needs a decision")
    listing.add_argument("--all", action="store_true", help="what has left or was taken back too")
    listing.add_argument("--json", action="store_true", help="one JSON object a line")
    listing.set_defaults(run=_list)
    showing = acts.add_parser("show", help="one item with every try")
    showing.add_argument("item", help="its id")
    showing.add_argument("--json", action="store_true", help="one JSON object")
    showing.set_defaults(run=_show)
    for name, (command, text) in _ACTS.items():
        act = acts.add_parser(name, help=text)
        act.add_argument("item", help="its id")
        if command == "outbox.send_anyway":
            act.add_argument("--reason", required=True, help="why it goes out all the same")
        if command == "outbox.send_later":
            act.add_argument("--until", required=True, help="for example tomorrow 9:00")
        act.set_defaults(run=_act, command=command)
    for name, (command, text) in _SWITCHES.items():
        switch = acts.add_parser(name, help=text)
        switch.set_defaults(run=_act, command=command)


def _list(args: argparse.Namespace) -> int:
    from deskterm.store.outbox import in_states, is_paused

    place = Workplace.of(args)
    states = [s for s in DeliveryState if args.all or s not in _SETTLED]
    with place.reading() as connection:
        items = in_states(connection, states)
        refs = _refs(connection, items)
        paused = is_paused(connection)
    for item in items:
        if args.json:
            put_json(_json(item, refs))
            continue
        reason = f" · {heard(item['reason'])}" if item["reason"] else ""
        say(f"{item['uid']}  {refs[item['ticket_id']]}  {state(item['state'])}{reason}")
        first = clean(item["body"], multiline=False)[:70]
        say(f"    {first}")
        if item["state"] == DeliveryState.ASK_AGENT:
            tell("    It may have gone out. Look, then: outbox mark-sent, or outbox send-again")
        if item["state"] == DeliveryState.SCHEDULED:
            tell(f"    It leaves at {local_time(item['send_at'], place.zone)}")
    if paused:
        note("All sending is stopped; 'deskterm outbox resume' lets replies leave again")
    if not items and not args.json:
        note("The outbox is empty.")
    return 0


def _show(args: argparse.Namespace) -> int:
    from deskterm.store.outbox import attempts, item_by_uid

    place = Workplace.of(args)
    with place.reading() as connection:
        item = item_by_uid(connection, args.item)
        refs = _refs(connection, [item])
        tries = attempts(connection, item["id"])
    if args.json:
        shown = [
            {key: row[key] for key in ("number", "started_at", "ended_at", "outcome", "code")}
            for row in tries
        ]
        put_json({**_json(item, refs), "tries": shown})
        return 0
    say(f"{item['uid']}  {word(_TICKET)} {refs[item['ticket_id']]}  {state(item['state'])}")
    if item["reason"]:
        tell(item["reason"])
    for row in tries:
        outcome = state(row["outcome"]) if row["outcome"] else word(_UNDER_WAY)
        words = [outcome, row["code"], heard(row["text"] or "")]
        line = " · ".join(clean(w, multiline=False) for w in words if w)
        say(f"{word(_TRY)} {row['number']}  {local_time(row['started_at'], place.zone)}  {line}")
    say("\n" + item["body"])
    return 0


def _act(args: argparse.Namespace) -> int:
    names = ("item", "reason", "until")
    params = {name: value for name in names if (value := getattr(args, name, None))}
    Workplace.of(args).call(args.command, params)
    note("Done.")
    return 0


def _refs(connection: sqlite3.Connection, items: list[sqlite3.Row]) -> dict[int, str]:
    found = {}
    for item in items:
        row = connection.execute(
            "SELECT ref FROM tickets WHERE id = ?", (item["ticket_id"],)
        ).fetchone()
        found[item["ticket_id"]] = row[0] if row else "?"
    return found


def _json(item: sqlite3.Row, refs: dict[int, str]) -> dict[str, object]:
    return {
        "item": item["uid"],
        "ticket": refs[item["ticket_id"]],
        "state": item["state"],
        "reason": item["reason"],
        "author": item["author"],
        "subject": item["subject"],
        "text": item["body"],
        "key": item["key"],
        "attempts": item["attempts"],
        "then_resolve": bool(item["then_resolve"]),
        "hold_until": item["hold_until"],
        "next_try_at": item["next_try_at"],
        "send_at": item["send_at"],
        "created_at": item["created_at"],
        "ended_at": item["ended_at"],
    }

"""`deskterm show`: one ticket with its conversation."""

from __future__ import annotations

import argparse
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from deskterm.cli.listing import suggested_reason, ticket_json
from deskterm.cli.order_words import match_words, money_words
from deskterm.cli.output import local_time, put_json, say, state, tell, word
from deskterm.cli.refs import refs_of
from deskterm.cli.workplace import Workplace
from deskterm.domain.money import Money
from deskterm.domain.order_refs import normalise
from deskterm.domain.triage import NORMAL
from deskterm.i18n import heard, marked
from deskterm.store.readers import Conversation
from deskterm.text.clean import SafeText, clean

if TYPE_CHECKING:
    from deskterm.store.ticket_orders import Link

_MOST_ORDERS = 10
_HIDDEN = marked("[quotes and signature hidden, --full shows them]")
_FILE, _BYTES = marked("attachment"), marked("bytes")
#: Marked for `heard`, which knows them by the words around their values.
_HEARD = (
    marked("assigned to {agent}", "heard"),
    marked("merged into {ref}", "heard"),
    marked("holds {ref}", "heard"),
    marked("split off {ref}", "heard"),
    marked("{ref} was split off", "heard"),
    marked("orders: {numbers}", "heard"),
)
_LINKS = MappingProxyType(
    {
        ("duplicate_of", True): "merged into {}",
        ("duplicate_of", False): "holds {}",
        ("related_to", True): "split off {}",
        ("related_to", False): "{} was split off",
    }
)


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser("show", help="one ticket with its conversation")
    parser.add_argument("ticket", help="its reference; - reads references from stdin")
    parser.add_argument("--full", action="store_true", help="quoted text and signatures too")
    parser.add_argument("--raw", action="store_true", help="the newest message as it came")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the ticket."""
    place = Workplace.of(args)
    codes = [_show(args, place, ref) for ref in refs_of([args.ticket])]
    return max(codes, default=0)


def _show(args: argparse.Namespace, place: Workplace, ref: str) -> int:
    from deskterm.store.messages import newest_raw
    from deskterm.store.readers import conversation
    from deskterm.store.tickets import ticket_by_ref

    with place.reading() as connection:
        ticket = ticket_by_ref(connection, ref)
        if args.raw:
            say(newest_raw(connection, ticket["id"]).decode("utf-8", "replace"))
            return 0
        found = conversation(connection, ticket["id"])
        orders = orders_of(connection, ticket["id"])
        about = () if args.json else _about(connection, ticket["id"], place.now)
    if found is None:
        return 1
    if args.json:
        put_json(as_json(found, orders))
    else:
        _print(place, found, orders, about, full=args.full)
    return 0


def _about(connection: sqlite3.Connection, ticket_id: int, now: datetime) -> tuple[SafeText, ...]:
    """What the customer's newest message sounds like, and why the ticket stands where it stands."""
    from deskterm.service.reading.conversations import mood_view
    from deskterm.service.reading.lists import ticket_row
    from deskterm.store.lists import list_rows
    from deskterm.viewmodel.moods import told
    from deskterm.viewmodel.urgency import why_here

    mood = mood_view(connection, ticket_id)
    sounds = () if mood is None else (clean(" · ".join(told(mood)), multiline=False),)
    rows = map(ticket_row, list_rows(connection, [ticket_id]))
    return (*sounds, *(why_here(row, now) for row in rows))


@dataclass(frozen=True, slots=True)
class TicketOrder:
    """An order that a ticket is about, and why."""

    head: sqlite3.Row
    link: Link


def orders_of(connection: sqlite3.Connection, ticket_id: int) -> list[TicketOrder]:
    """The orders that a ticket is about, the first one first."""
    from deskterm.store.order_lists import briefs
    from deskterm.store.ticket_orders import links

    found = {link.order: link for link in links(connection, ticket_id, _MOST_ORDERS)}
    return [TicketOrder(row, found[row["id"]]) for row in briefs(connection, list(found))]


def as_json(found: Conversation, orders: Sequence[TicketOrder]) -> dict[str, object]:
    """A conversation as the machine interface shows it."""
    return {
        **ticket_json(found.ticket),
        "tags": found.tags,
        "orders": _order_refs(found, orders),
        "order_links": [
            {
                "ref": one.head["ref"],
                "account": one.head["account"],
                "status": one.head["status"],
                "method": one.link.method,
                "score": one.link.score,
                "reason": one.link.reason,
                "author": one.link.author,
                "at": one.link.created_at,
            }
            for one in orders
        ],
        "messages": [_message_json(found, m) for m in found.messages],
        "notes": [
            {
                "uid": n["uid"],
                "author": n["author"],
                "text": n["body"],
                "at": n["created_at"],
                "kind": n["kind"],
                "direction": n["direction"],
                "duration_s": n["duration_s"],
            }
            for n in found.notes
        ],
        "links": [
            {"kind": one.kind, "ticket": one.ref, "outward": one.outward} for one in found.links
        ],
        "merged_into": found.merged_into,
        "drafts": [
            {"uid": d["uid"], "author": d["author"], "text": d["body"], "at": d["updated_at"]}
            for d in found.drafts
        ],
        "outbox": [
            {
                "item": o["uid"],
                "state": o["state"],
                "reason": o["reason"],
                "text": o["body"],
                "send_at": o["send_at"],
            }
            for o in found.outgoing
        ],
    }


def _order_refs(found: Conversation, orders: Sequence[TicketOrder]) -> list[str]:
    """The numbers of the orders that it is about, and of those that were only named."""
    refs = [str(one.head["ref"]) for one in orders]
    known = set(map(normalise, refs))
    return refs + [ref for ref in found.order_refs if normalise(ref) not in known]


def _message_json(found: Conversation, message: sqlite3.Row) -> dict[str, object]:
    files = found.attachments.get(message["id"], [])
    return {
        "id": message["id"],
        "direction": message["direction"],
        "author_kind": message["author_kind"],
        "author": message["author_name"],
        "address": message["author_address"],
        "subject": message["subject"],
        "text": message["body"] if message["shown"] is None else message["shown"],
        "full_text": message["body"],
        "sent_at": message["sent_at"],
        "received_at": message["received_at"],
        "automatic": message["automatic"],
        "message_id": message["message_id"],
        "unreadable": message["unreadable"],
        "attachments": [
            {"filename": f["filename"], "mime": f["mime"], "size": f["size"], "digest": f["digest"]}
            for f in files
        ],
    }


def _print(
    place: Workplace,
    found: Conversation,
    orders: Sequence[TicketOrder],
    about: Sequence[SafeText],
    *,
    full: bool,
) -> None:
    ticket = found.ticket
    head = [ticket["ref"], state(ticket["status"]), ticket["account_name"]]
    head += [heard(f"assigned to {ticket['assignee']}")] if ticket["assignee"] else []
    head += [state(ticket["priority"])] if ticket["priority"] != NORMAL else []
    head += [ticket["contact_reason"].replace("_", " ")] if ticket["contact_reason"] else []
    seems = suggested_reason(ticket)
    head += [f"{seems.replace('_', ' ')}?"] if seems else []
    head += [f"#{tag}" for tag in found.tags]
    say(clean(ticket["subject"], multiline=False))
    say(clean(" · ".join(head), multiline=False))
    for line in filter(None, about):
        say(line)
    for link in found.links:
        tell(_LINKS[link.kind, link.outward].format(link.ref))
    for one in orders:
        _print_order(one)
    named = _order_refs(found, orders)[len(orders) :]
    if named:
        tell(f"orders: {clean(', '.join(named), multiline=False)}")
    if ticket["attention"]:
        say(f"! {heard(ticket['attention'])}")
    lines = [(m["received_at"], _message_text(place, found, m, full)) for m in found.messages]
    lines += [
        (n["created_at"], f"-- {_kind(n)} · {_at(place, n['created_at'])}\n{n['body']}")
        for n in found.notes
    ]
    for _, text in sorted(lines, key=lambda line: line[0]):
        say("\n" + text)
    for draft in found.drafts:
        say(f"\n-- {word(marked('draft'))} · {draft['author']}\n{draft['body']}")
    for item in found.outgoing:
        reason = f" · {heard(item['reason'])}" if item["reason"] else ""
        say(f"\n-- {word(marked('outbox'))} · {state(item['state'])}{reason}\n{item['body']}")


def _kind(note: sqlite3.Row) -> str:
    """What a note is: one of the team, or about a call."""
    if note["kind"] != "phone":
        return f"{word(marked('note'))} · {note['author']}"
    inbound = note["direction"] == "inbound"
    who = word(marked("call of the customer") if inbound else marked("call to the customer"))
    minutes, seconds = divmod(note["duration_s"] or 0, 60)
    return f"{who} · {minutes}:{seconds:02} · {note['author']}"


def _print_order(one: TicketOrder) -> None:
    order, link = one.head, one.link
    total = money_words(Money(order["total"], order["currency"]))
    facts = (order["ref"], order["status_name"] or order["status"], total, order["account"])
    say(clean(f"{word(marked('order'))} {' · '.join(facts)}", multiline=False))
    say(f"  {heard(match_words(link.method, link.reason, link.author))}")


def _message_text(place: Workplace, found: Conversation, message: sqlite3.Row, full: bool) -> str:
    author = message["author_name"] or message["author_address"]
    arrow = "<-" if message["direction"] == "inbound" else "->"
    marks = f" · {word(marked('automatic'))}" if message["automatic"] else ""
    if message["unreadable"]:
        marks += f" · {word(marked('could not be read in full, see --raw'))}"
    text = message["body"] if full or message["shown"] is None else message["shown"]
    hidden = "" if text == message["body"] else f"\n{word(_HIDDEN)}"
    files = "".join(
        f"\n[{word(_FILE)} {f['filename']}, {f['mime']}, {f['size']:,} {word(_BYTES)}]"
        for f in found.attachments.get(message["id"], [])
    )
    head = f"{arrow} {author} · {_at(place, message['received_at'])}{marks}"
    return f"{clean(head, multiline=False)}\n{text.rstrip()}{hidden}{files}"


def _at(place: Workplace, text: str) -> str:
    return local_time(text, place.zone)

"""`deskterm reply`: answer a ticket, through the same checks and hold as the console."""

from __future__ import annotations

import argparse
from pathlib import Path

from deskterm.cli.output import put_json
from deskterm.cli.sent import say_outcome
from deskterm.cli.typed import kept, read_text
from deskterm.cli.workplace import Workplace
from deskterm.domain.errors import DesktermError


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser(
        "reply",
        help="answer a ticket",
        description="Checks the text, holds it for the hold window, then sends it. Exit code 1 "
        "when a rule stops it.",
    )
    parser.add_argument("ticket", help="its reference")
    parser.add_argument("--text", metavar="TEXT", help="the text; - or nothing reads stdin")
    parser.add_argument("--resolve", action="store_true", help="resolve the ticket when sent")
    parser.add_argument("--reason", help="why it goes out in spite of a warning")
    parser.add_argument("--subject", help="another subject")
    parser.add_argument("--to", help="other recipients than the customer")
    parser.add_argument("--cc", help="copies to")
    parser.add_argument("--attach", metavar="PATH", action="append", default=[], help="a file")
    parser.add_argument("--send-at", metavar="WHEN", help="leave then, for example tomorrow 9:00")
    parser.add_argument("--seen", type=int, metavar="ID", help="newest message you have read")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Hand the reply to the office."""
    place = Workplace.of(args)
    text = read_text(args.text)
    params: dict[str, object] = {"tickets": [args.ticket], "text": text}
    for name in ("reason", "subject", "to", "cc", "send_at", "seen"):
        if (value := getattr(args, name)) is not None:
            params[name] = value
    if args.resolve:
        params["resolve"] = True
    if args.attach:
        params["attach"] = [str(Path(p).absolute()) for p in args.attach]
    with kept(place, text):
        if params.get("seen") is None:
            params["seen"] = _newest_seen(place, args.ticket)
        with place.office() as door:
            result = door.call("ticket.reply", params).result
    done = result.get("done")
    outcome = done[0] if isinstance(done, list) and done else {}
    if args.json:
        put_json(outcome)
    else:
        say_outcome(outcome, place.zone)
    return 0 if outcome.get("outcome") == "held" else 1


def _newest_seen(place: Workplace, ref: str) -> int | None:
    """What stands in the database when the command starts is what the agent can have seen."""
    from deskterm.store.tickets import newest_inbound, ticket_by_ref

    try:
        with place.reading() as connection:
            newest = newest_inbound(connection, ticket_by_ref(connection, ref)["id"])
    except DesktermError as error:
        if error.code == "no_database":
            return None
        raise
    return newest["id"] if newest is not None else None

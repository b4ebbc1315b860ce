"""`deskterm reply`: answer a ticket, through the same checks and hold as the console."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm.cli.output import put_json
from deskterm.cli.refs import STDIN, read_refs
from deskterm.cli.sent import say_outcome
from deskterm.cli.typed import kept, read_text
from deskterm.cli.workplace import Workplace
from deskterm.domain.errors import DesktermError, UsageError
from deskterm.i18n import ENGLISH

if TYPE_CHECKING:
    from deskterm.service.reading.macro_rows import FilledView


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser(
        "reply",
        help="answer a ticket",
        description="Checks the text, holds it for the hold window, then sends it. Exit code 1 "
        "when a rule stops it.",
    )
    parser.add_argument("ticket", help="its reference; - reads it from stdin")
    parser.add_argument("--text", metavar="TEXT", help="the text; - or nothing reads stdin")
    parser.add_argument("--macro", metavar="ID", help="the text of a macro, filled in")
    parser.add_argument(
        "--answer",
        metavar="NAME=TEXT",
        action="append",
        default=[],
        help="an answer to what the macro asks; may be repeated",
    )
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
    args.ticket = _ref(args)
    files = [str(Path(p).absolute()) for p in args.attach]
    if args.macro is None:
        if args.answer:
            raise UsageError("--answer belongs to --macro")
        text, follow = read_text(args.text), {}
    elif args.text is not None:
        raise UsageError("Give either --text or --macro")
    else:
        filled = _filled(place, args.ticket, args.macro, args.answer)
        text, follow, files = filled.text, filled.follow, [*filled.attach, *files]
    params: dict[str, object] = {"tickets": [args.ticket], "text": text, **follow}
    for name in ("reason", "subject", "to", "cc", "send_at", "seen"):
        if (value := getattr(args, name)) is not None:
            params[name] = value
    if args.resolve:
        params["resolve"] = True
    if files:
        params["attach"] = files
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


def _ref(args: argparse.Namespace) -> str:
    """The ticket; where stdin names it, the text cannot come from there as well."""
    if args.ticket != STDIN:
        return str(args.ticket)
    if args.macro is None and args.text in (None, STDIN):
        raise UsageError(
            "Stdin cannot give the ticket and the text", "", "Give the text by --text TEXT"
        )
    refs = read_refs()
    if len(refs) != 1:
        raise UsageError(
            f"Stdin names {len(refs)} tickets, and a reply goes to one",
            "Nothing was sent.",
            "For many: deskterm do reply - --param text=TEXT",
        )
    return refs[0]


def _filled(place: Workplace, ref: str, macro: str, given: list[str]) -> FilledView:
    """A macro with the values of the ticket.

    Raises:
        UsageError: there is no such ticket or macro, or it asks for more.
    """
    from deskterm.service.reading.reading import Reading

    answers = {}
    for each in given:
        name, equals, answer = each.partition("=")
        if not equals or not answer.strip():
            raise UsageError("--answer is written NAME=TEXT")
        answers[name.strip()] = answer.strip()
    reading = Reading(
        place.home.database, place.agent, place.zone, lambda: place.now, shelf=place.shelf
    )
    try:
        ticket_id = reading.ticket_id(ref)
        found = None
        if ticket_id is not None:
            found = reading.macro_filled(ticket_id, macro, ENGLISH, answers)
    finally:
        reading.close()
    if ticket_id is None:
        raise UsageError(f"There is no ticket {ref[:40]!r}")
    if found is None:
        raise UsageError(f"There is no macro {macro[:40]!r}", "", "deskterm macro list shows all")
    for gap in found.gaps:
        if gap.kind == "gap":
            advice = f"Answer it with --answer '{gap.name}=…'"
            raise UsageError(f"The macro asks for {gap.name!r}", gap.label, advice)
        raise UsageError(
            f"The macro needs {gap.name}", f"It comes from {gap.origin}, and is not known there"
        )
    return found


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

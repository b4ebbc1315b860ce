"""`deskterm list`: tickets that fit a query."""

from __future__ import annotations

import argparse
import sqlite3

from rich.console import Console
from rich.table import Table
from rich.text import Text

from deskterm.cli.output import age, note, put_json, state, word
from deskterm.cli.workplace import Workplace
from deskterm.domain.errors import UsageError
from deskterm.i18n import marked
from deskterm.text.clean import clean


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser(
        "list",
        help="tickets that fit a query",
        description="Words search the text; fields narrow: status channel account is has tag "
        "assignee before after order reason priority tone risk kind. Without a query: what is not "
        "resolved.",
    )
    parser.add_argument("query", nargs="*", help="for example: is:needs_us -tag:vip parcel")
    parser.add_argument("--view", metavar="NAME", help="the tickets of a view that fit")
    parser.add_argument("--limit", type=int, default=100, help="at most so many (100)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the tickets."""
    from deskterm.domain.query import parse_query
    from deskterm.store.readers import list_tickets
    from deskterm.store.where import compile_query

    place = Workplace.of(args)
    most = max(1, args.limit)
    if args.view is not None:
        rows = _of_view(place, args.view, " ".join(args.query), most)
    else:
        words = " ".join(args.query) or "is:unresolved"
        query = compile_query(parse_query(words, now=place.now, zone=place.zone), place.agent)
        with place.reading() as connection:
            rows = list_tickets(connection, query, most)
    if args.json:
        for row in rows:
            put_json(ticket_json(row))
        return 0
    if not rows:
        note("No ticket fits.")
        return 0
    _print_table(place, rows)
    return 0


def _of_view(place: Workplace, name: str, narrowed: str, most: int) -> list[sqlite3.Row]:
    """The tickets of a view in its order, only those that fit a query as well."""
    from deskterm.service.reading.lists import compiled
    from deskterm.service.reading.views import NAMED
    from deskterm.store.lists import ids_in_order
    from deskterm.store.readers import tickets_by_id

    own, problems = place.views
    for problem in problems:
        note(f"deskterm: {problem}")
    views = {**NAMED, **own.views}
    view = views.get(name.strip().lower().replace("-", "_"))
    if view is None:
        raise UsageError(f"There is no view {name[:40]!r}", f"Views are {', '.join(views)}")
    query = compiled(view.narrow(narrowed), place.agent, place.now, place.zone)
    with place.reading() as connection:
        ids = ids_in_order(connection, query, view.order, most)
        return tickets_by_id(connection, ids)


def ticket_json(row: sqlite3.Row) -> dict[str, object]:
    """A ticket as the machine interface shows it."""
    return {
        "ref": row["ref"],
        "uid": row["uid"],
        "account": row["account_name"],
        "channel": row["channel"],
        "customer": row["customer_name"],
        "subject": row["subject"],
        "preview": row["preview"],
        "status": row["status"],
        "assignee": row["assignee"],
        "priority": row["priority"],
        "contact_reason": row["contact_reason"],
        "suggested_reason": suggested_reason(row),
        "tone": row["tone"],
        "urgent": bool(row["urgent"]),
        "risks": row["risks"].split(),
        "urgency": row["urgency"],
        "urgency_causes": row["urgency_causes"].split(),
        "window_ends_at": row["window_ends_at"],
        "unread": bool(row["unread"]),
        "waiting_since": row["waiting_since"],
        "snoozed_until": row["snoozed_until"],
        "last_message_at": row["last_message_at"],
        "outgoing": row["outgoing"],
        "attention": row["attention"],
    }


def suggested_reason(row: sqlite3.Row) -> str | None:
    """The contact reason that a ticket seems to have; None where an agent said what it is."""
    found: str | None = row["suggested_reason"]
    return found if row["contact_reason"] is None else None


def _print_table(place: Workplace, rows: list[sqlite3.Row]) -> None:
    from deskterm.viewmodel.urgency import mood  # JSON does without words

    table = Table(box=None, pad_edge=False, expand=True)
    table.add_column(word(marked("ref", "column")), no_wrap=True, min_width=6)
    table.add_column(word(marked("age", "column")), no_wrap=True, min_width=3, justify="right")
    table.add_column(
        word(marked("status", "column")),
        no_wrap=True,
        min_width=8,
        max_width=16,
        overflow="ellipsis",
    )
    several = len({row["account_name"] for row in rows}) > 1
    if several:
        table.add_column(
            word(marked("account", "column")), no_wrap=True, max_width=12, overflow="ellipsis"
        )
    moods = {row["id"]: mood(row["tone"], row["risks"].split()) for row in rows}
    if any(moods.values()):
        table.add_column(
            word(marked("mood", "column")), no_wrap=True, max_width=14, overflow="ellipsis"
        )
    table.add_column(
        word(marked("customer", "column")), no_wrap=True, max_width=18, overflow="ellipsis"
    )
    table.add_column(
        word(marked("subject", "column")), no_wrap=True, ratio=1, min_width=20, overflow="ellipsis"
    )
    for row in rows:
        mark = "* " if row["unread"] else "  "
        cells = [
            row["ref"],
            age(row["last_message_at"], place.now),
            state(row["status"]) + ("!" if row["attention"] else ""),
            *([row["account_name"]] if several else []),
            *([Text(moods[row["id"]])] if any(moods.values()) else []),
            Text(clean(row["customer_name"], multiline=False)),
            Text(mark + clean(row["subject"], multiline=False)),
        ]
        table.add_row(*cells)
    Console().print(table)

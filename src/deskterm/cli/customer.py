"""`deskterm customer`: who somebody is, what they bought and wrote."""

from __future__ import annotations

import argparse
import sqlite3
from dataclasses import dataclass

from deskterm.cli.order_words import money_words
from deskterm.cli.output import local_time, note, put_json, say, state, tell
from deskterm.cli.refs import lines_of
from deskterm.cli.workplace import Workplace
from deskterm.domain.money import Money
from deskterm.text.clean import clean

_MOST = 20


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser(
        "customer",
        help="a customer with orders and tickets",
        description="Finds customers by their address, or by words of their name.",
    )
    parser.add_argument(
        "name",
        nargs="+",
        help="an address, or words of a name; - reads a name from each line of stdin",
    )
    parser.add_argument("--limit", type=int, default=20, help="at most so many (20)")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


@dataclass(frozen=True, slots=True)
class _Found:
    """A customer; orders and tickets newest first."""

    customer: sqlite3.Row
    identities: list[sqlite3.Row]
    figures: sqlite3.Row
    orders: list[sqlite3.Row]
    tickets: list[sqlite3.Row]


def run(args: argparse.Namespace) -> int:
    """Print the customers; 1 where there is none."""
    from deskterm.store.customer_lists import find

    place = Workplace.of(args)
    with place.reading() as connection:
        names = lines_of(" ".join(args.name))
        customers = [one for name in names for one in find(connection, name, max(1, args.limit))]
        found = [_look_up(connection, one) for one in customers]
    if not found:
        note("There is no such customer here.")
        return 1
    for one in found:
        if args.json:
            put_json(_as_json(one))
        else:
            _print(place, one)
    return 0


def _look_up(connection: sqlite3.Connection, customer: sqlite3.Row) -> _Found:
    from deskterm.store import order_lists
    from deskterm.store.customer_lists import identities

    rows = order_lists.rows_of_customer(connection, customer["id"], _MOST)
    tickets = order_lists.tickets_around(connection, [], customer_id=customer["id"], limit=_MOST)
    return _Found(
        customer=customer,
        identities=identities(connection, customer["id"], _MOST),
        figures=order_lists.figures_of_customer(connection, customer["id"]),
        orders=order_lists.briefs(connection, rows),
        tickets=[row for row, _ in tickets],
    )


def _as_json(found: _Found) -> dict[str, object]:
    return {
        "uid": found.customer["uid"],
        "name": found.customer["name"],
        "identities": [dict(row) for row in found.identities],
        "order_count": found.figures["orders"],
        "return_count": found.figures["returns"],
        "refund_count": found.figures["refunds"],
        "first_order_at": found.figures["since"],
        "orders": [
            {
                "ref": row["ref"],
                "account": row["account"],
                "status": row["status"],
                "payment": row["payment"],
                "fulfilment": row["fulfilment"],
                "placed_at": row["placed_at"],
                "total": {
                    "amount": str(Money(row["total"], row["currency"]).amount),
                    "currency": row["currency"],
                },
                "fetched_at": row["fetched_at"],
            }
            for row in found.orders
        ],
        "tickets": [
            {
                "ref": row["ref"],
                "channel": row["channel"],
                "subject": row["subject"],
                "status": row["status"],
                "last_message_at": row["last_message_at"],
            }
            for row in found.tickets
        ],
    }


def _print(place: Workplace, found: _Found) -> None:
    say(clean(found.customer["name"], multiline=False))
    for row in found.identities:
        say(f"  {clean(row['value'], multiline=False)}")
    figures = found.figures
    tell(
        f"orders: {figures['orders']}, with returns: {figures['returns']}, "
        f"with refunds: {figures['refunds']}"
    )
    for row in found.orders:
        _line(
            local_time(row["placed_at"], place.zone),
            row["ref"],
            row["status_name"] or row["status"],
            money_words(Money(row["total"], row["currency"])),
            row["account"],
        )
    tell(f"tickets: {len(found.tickets)}")
    for row in found.tickets:
        _line(
            local_time(row["last_message_at"], place.zone),
            row["ref"],
            state(row["status"]),
            row["subject"],
        )


def _line(*parts: str) -> None:
    say("  " + " · ".join(clean(part, multiline=False) for part in parts if part))

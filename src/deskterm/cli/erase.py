"""`deskterm erase`: everything of one customer, for good."""

from __future__ import annotations

import argparse
import sqlite3
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from deskterm.cli.one_customer import one_customer
from deskterm.cli.output import note, put_json, say, tell
from deskterm.cli.workplace import Workplace
from deskterm.domain.errors import UsageError
from deskterm.text.clean import clean

if TYPE_CHECKING:
    from deskterm.store.belongings import Extent

_SILENCE_S = 600.0
_YES = ("yes", "oui")
_MOST_ADDRESSES = 20


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser(
        "erase",
        help="erase everything of one customer",
        description="Erases a customer for good: tickets, messages, files, notes, drafts, replies, "
        "orders, and what macros have learned of them. Old mail of theirs is not taken in again.",
    )
    parser.add_argument("customer", help="an address, an id, or words of a name that one has")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Say what goes, ask, and have it erased; 1 where the answer is no."""
    if args.json and not args.yes:
        raise _unconfirmed()
    place = Workplace.of(args)
    with place.reading() as connection:
        customer = one_customer(connection, args.customer, whole=args.yes)
        if not args.json:
            _tell_what_goes(connection, customer)
    if not args.yes and not _says_yes():
        note("Nothing was erased.")
        return 1
    with place.office() as door:
        result = door.call(
            "customer.erase",
            {"customer": customer["uid"]},
            on_progress=lambda _: None,
            timeout_s=_SILENCE_S,
        ).result
    if args.json:
        put_json({"customer": customer["uid"], **result})
    else:
        note("Erased.")
    _tell_what_is_left(result)
    return 0


def _tell_what_goes(connection: sqlite3.Connection, customer: sqlite3.Row) -> None:
    from deskterm.store import belongings, mentions
    from deskterm.store.customer_lists import identities

    person = belongings.person_of(connection, customer)
    found = belongings.extent(connection, customer, mentions.find(connection, person))
    say(clean(customer["name"], multiline=False))
    for row in identities(connection, customer["id"], _MOST_ADDRESSES):
        say(f"  {clean(row['value'], multiline=False)}")
    _tell_extent(found)


def _tell_extent(found: Extent) -> None:
    tell(
        f"tickets: {found.tickets}, messages: {found.messages}, attachments: {found.attachments}, "
        f"orders: {found.orders}"
    )
    tell(f"notes: {found.notes}, drafts: {found.drafts}, replies: {found.replies}")
    if found.mentions:
        tell(
            f"on tickets of others: {found.mentions} messages; what this customer wrote goes, "
            "where others name them it is masked"
        )


def _says_yes() -> bool:
    if not sys.stdin.isatty():
        raise _unconfirmed()
    note("Erase all of this? It cannot be undone. Type yes to erase it")
    return sys.stdin.readline().strip().lower() in _YES


def _unconfirmed() -> UsageError:
    return UsageError(
        "Erasing has to be confirmed", "Nothing was erased.", "Call it again with --yes"
    )


def _tell_what_is_left(result: Mapping[str, object]) -> None:
    """What only a person can decide on."""
    if not result["is_clean"]:
        note(
            "Another program reads the database; its log is emptied when that ends. "
            "Erasing is complete when the office has ended once."
        )
    for path in _paths(result, "left"):
        note(f"A text that was typed lies in {path}; look whether it is about this customer")
    for path in _paths(result, "copies"):
        note(f"A copy of the database from before still holds everything: {path}")


def _paths(result: Mapping[str, object], name: str) -> list[str]:
    found = result[name]
    return [str(path) for path in found] if isinstance(found, list) else []

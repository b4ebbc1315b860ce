"""The one customer that a call names, by id, address or name."""

from __future__ import annotations

import sqlite3

from deskterm.cli.output import say
from deskterm.domain.errors import UsageError
from deskterm.text.clean import clean

_MOST = 20


def one_customer(connection: sqlite3.Connection, name: str, *, whole: bool = False) -> sqlite3.Row:
    """The customer of that id or address, or the only one whose name holds the words.

    Args:
        whole: a part of a name is not enough.

    Raises:
        UsageError: there is none, or there are several, which are listed.
    """
    from deskterm.store.customer_lists import find, identities

    rows = connection.execute("SELECT * FROM customers WHERE uid = ?", (name.strip(),)).fetchall()
    found = rows or find(connection, name, _MOST)
    if len(found) == 1:
        only: sqlite3.Row = found[0]
        if whole and not rows and not _is_whole(connection, only, name):
            raise UsageError(
                "That is a part of a name only",
                "Nothing was done.",
                "Name the customer by address, by id, or by the whole name",
            )
        return only
    for row in found:
        of_them = [one["value"] for one in identities(connection, row["id"], _MOST)]
        say(clean(" · ".join([row["uid"], row["name"], *of_them]), multiline=False))
    if found:
        raise UsageError(
            "Several customers fit", "Nothing was done.", "Name one by address, or by its id"
        )
    raise UsageError("There is no such customer here", "", "'deskterm customer' finds customers")


def _is_whole(connection: sqlite3.Connection, customer: sqlite3.Row, name: str) -> bool:
    from deskterm.store.customer_lists import identities

    known = [one["value"] for one in identities(connection, customer["id"], _MOST)]
    return name.strip().casefold() in {one.casefold() for one in (customer["name"], *known)}

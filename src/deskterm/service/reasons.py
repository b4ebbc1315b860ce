"""Reading the contact reasons that tickets seem to have, by the macros that may answer them.

The screen shows the same for the ticket that is open. Read for all that wait for an answer, it is
found by queries and counts for urgency. Messages are weighed beside the writer, a few at a time.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from hashlib import sha256
from typing import Final

from deskterm.service.reading.macros import Around, likely_reason
from deskterm.service.reading.shelf import Stock
from deskterm.store import overview, reasons
from deskterm.store.reasons import ReadReason, Unread
from deskterm.store.transaction import Transaction

#: Tickets that one call reads, and seconds after each in which others have their turn.
_AT_ONCE: Final = 20
_BREATH_S: Final = 0.003

Write = Callable[[Callable[[Transaction], None]], None]


def read_some(
    around: Around,
    reading: Callable[[], sqlite3.Connection],
    write: Write,
    is_calm: Callable[[], bool],
) -> bool:
    """Read the reasons of a few tickets, the newest first; whether none was left to be read.

    Args:
        reading: a fresh connection.
        write: runs a job of the writer and waits for its end.
        is_calm: whether nobody else wants anything; where not, one ticket is enough.

    Raises:
        DesktermError: the database refuses, or the writer was stopped.
        sqlite3.Error: it cannot be read.
    """
    key = key_of(around.stock)
    connection = reading()
    try:
        if reasons.key_of(connection) != key:
            write(lambda tx: reasons.renew(tx, key))
            return False
        revision = overview.revision(connection)
        found: list[ReadReason] = []
        for one in reasons.unread(connection, _AT_ONCE):
            if found and not is_calm():
                break
            found.append(_read(connection, one, around))
            time.sleep(_BREATH_S)
    finally:
        connection.close()
    if found:
        write(lambda tx: _save(tx, found, revision))
    return not found


def key_of(stock: Stock) -> str:
    """Tells whether reasons would be read in another way: by another lexicon, or other macros."""
    macros = (f"{each.id}={each.reason}" for each in stock.library.macros.values())
    return sha256(" ".join([stock.suggester.key, *sorted(macros)]).encode()).hexdigest()[:16]


def _read(connection: sqlite3.Connection, one: Unread, around: Around) -> ReadReason:
    likely = likely_reason(connection, one.ticket_id, around)
    if likely is None:
        return ReadReason(*one, "", sure=False)
    return ReadReason(*one, likely.reason, likely.sure)


def _save(tx: Transaction, found: list[ReadReason], revision: int) -> None:
    """What was read of a state that is no more is read again. It makes no noise: after an import
    thousands are read, and whoever looks on would read their list anew for each few.
    """
    tx.is_quiet = True
    if overview.revision(tx.connection) == revision:
        reasons.save(tx, found)

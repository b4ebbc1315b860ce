"""Learning anew from the picks, when messages are read in another way than they were.

So it is after a new release, and after the shop's lexicon has changed. The messages are read
beside the writer, so that nobody waits; what was found is put in the place of the counts at once.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from deskterm.service.learning import ReadsMessages, weighing
from deskterm.store import relearning
from deskterm.store.transaction import Transaction

#: How often it is tried, where an agent picks something just then.
_TRIES = 5

Write = Callable[[Callable[[Transaction], bool]], bool]


def relearn(reads: ReadsMessages, reading: Callable[[], sqlite3.Connection], write: Write) -> bool:
    """Learn anew where that is needed; whether the counts are those of the reader afterwards.

    Args:
        reading: a fresh connection.
        write: runs a job of the writer and waits for its answer.

    Raises:
        DesktermError: the database refuses, or the writer was stopped.
        sqlite3.Error: it cannot be read.
    """
    return any(_is_done(reads, reading, write) for _ in range(_TRIES))


def _is_done(reads: ReadsMessages, reading: Callable[[], sqlite3.Connection], write: Write) -> bool:
    connection = reading()
    try:
        if relearning.key_of(connection) == reads.key:
            return True
        found = relearning.relearned(connection, reads.key, weighing(lambda: reads))
    finally:
        connection.close()
    return write(lambda tx: relearning.put(tx, found))

"""Items that cannot be read or stored: each costs itself alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from typing import TypeVar

from deskterm.contract import Unreadable
from deskterm.domain.cards import mask_cards, mask_json
from deskterm.store import accounts
from deskterm.store.transaction import Transaction

T = TypeVar("T")

#: What says that an item, and not the database, is at fault.
POISON = (sqlite3.IntegrityError, sqlite3.DataError, ValueError, OverflowError)

_REASON_CAP = 300
_RAW_CAP = 1 << 20


def set_aside(tx: Transaction, account_id: int, stream: str, odd: Sequence[Unreadable]) -> None:
    """Put items away, with why and with what came."""
    for one in odd:
        name = one.remote_id.encode("utf-8", "replace").decode("utf-8")
        words = mask_cards(one.reason[:_REASON_CAP])
        accounts.quarantine(tx, account_id, stream, name, words, mask_json(one.raw[:_RAW_CAP]))


def alone(tx: Transaction, job: Callable[[], T]) -> T | Exception:
    """Store one item so that it can fail by itself; what was wrong with it where it did."""
    tx.execute("SAVEPOINT one_item")
    try:
        answer = job()
    except POISON as error:
        tx.execute("ROLLBACK TO one_item")
        tx.execute("RELEASE one_item")
        return error
    tx.execute("RELEASE one_item")
    return answer

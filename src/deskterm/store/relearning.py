"""What was learned, learned anew: messages are read in another way than they were.

The picks are kept, and most of their messages. What a message that is gone has taught cannot be
told from the rest of its macro's counts; of these, the part stays that such picks have in them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from deskterm.store.learning import GENERATION, Weigh, state
from deskterm.store.transaction import Transaction

_KEY: Final = "learned_key"


class Stamp(NamedTuple):
    """What tells one set of picks from another."""

    picks: int
    last: int
    weight: int


@dataclass(frozen=True, slots=True)
class Relearned:
    """Counts that were made anew.

    Args:
        key: of what the messages were read with.
        stamp: of the picks that they come from.
        counts: by macro and feature.
        gone: by macro, the part of its picks whose messages are gone, above 0 and up to 1.
    """

    key: str
    stamp: Stamp
    counts: Mapping[tuple[str, str], int]
    gone: Mapping[str, float]


def key_of(connection: sqlite3.Connection) -> str:
    """The key of what messages were read with for the counts; empty: not known."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_KEY,)).fetchone()
    return str(row[0]) if row is not None else ""


def relearned(connection: sqlite3.Connection, key: str, weigh: Weigh) -> Relearned:
    """The counts that the picks come to, in their order. Changes nothing."""
    stamp = _stamp(connection)
    counts: dict[tuple[str, str], int] = {}
    weights: dict[str, list[int]] = {}  # of all picks, and of those whose messages are gone
    picks = connection.execute(
        "SELECT id, macro, weight, message_row FROM macro_picks WHERE weight != 0 AND macro != ''"
        " AND message_row IS NOT NULL ORDER BY id"
    ).fetchall()
    for _, macro, weight, message_row in picks:
        mine = weights.setdefault(macro, [0, 0])
        mine[0] += abs(weight)
        message = connection.execute(
            "SELECT * FROM messages WHERE id = ?", (message_row,)
        ).fetchone()
        if message is None:
            mine[1] += abs(weight)
            continue
        for feature, count in weigh(message, weight).items():
            counts[macro, feature] = counts.get((macro, feature), 0) + count
    gone = {macro: lost / whole for macro, (whole, lost) in weights.items() if lost}
    return Relearned(key, stamp, counts, gone)


def put(tx: Transaction, found: Relearned) -> bool:
    """Put counts in the place of those before; False where the picks have changed meanwhile."""
    if _stamp(tx.connection) != found.stamp:
        return False
    before = state(tx.connection)
    counts = dict(found.counts)
    for macro, part in found.gone.items():
        rows = tx.all("SELECT feature, weight FROM macro_counts WHERE macro = ?", (macro,))
        for feature, weight in rows:
            counts[macro, feature] = counts.get((macro, feature), 0) + int(part * weight)
    tx.execute("DELETE FROM macro_counts")
    tx.executemany(
        "INSERT INTO macro_counts (macro, feature, weight, seq) VALUES (?,?,?,?)",
        [(*at, weight, before.seq + 1) for at, weight in counts.items() if weight],
    )
    tx.executemany(
        "INSERT OR REPLACE INTO meta (name, value) VALUES (?,?)",
        [(_KEY, found.key), (GENERATION, str(before.generation + 1))],
    )
    return True


def _stamp(connection: sqlite3.Connection) -> Stamp:
    row = connection.execute(
        "SELECT count(*), coalesce(max(id), 0), coalesce(sum(weight), 0) FROM macro_picks"
    ).fetchone()
    return Stamp(*row)

"""Reading the moods of messages as they are derived."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping

from deskterm.store import moods, urgency
from deskterm.store.moods import ReadMood
from deskterm.store.transaction import Transaction
from deskterm.text.mood import mood_of


def moods_of(rows: Iterable[sqlite3.Row], shown: Mapping[int, str | None]) -> Iterator[ReadMood]:
    """The moods of those messages that have one.

    Args:
        rows: of `deskterm.store.derived.waiting`.
        shown: what is shown of each; None: the whole body.
    """
    for row in rows:
        if row["speaks"]:
            text = shown[row["id"]]
            mood = mood_of(row["body"] if text is None else text)
            spans = {
                what: [(each.start, each.end) for each in said]
                for what, said in mood.because.items()
            }
            yield ReadMood(row["id"], row["ticket_id"], mood.tone, mood.urgent, mood.risks, spans)


def read_anew(tx: Transaction, tickets: Collection[int]) -> None:
    """Give tickets that hold other messages than before the mood of those."""
    moods.follow_messages(tx, tickets)
    rows = moods.unread(tx.connection, tickets)
    found = list(moods_of(rows, {row["id"]: row["shown"] for row in rows}))
    moods.save(tx, found)
    urgency.refresh(tx, set(tickets).difference(mood.ticket_id for mood in found))

"""From what was counted to the sentences that are worth a macro."""

from __future__ import annotations

import sqlite3

from deskterm.macros.proposing import title_of
from deskterm.service.reading.repeat_rows import RepeatView
from deskterm.store import repeats
from deskterm.text.clean import clean


def often(connection: sqlite3.Connection, agent: str) -> tuple[RepeatView, ...]:
    """The sentences that were typed often and are no macro, most often first."""
    return tuple(
        RepeatView(
            one.uid,
            clean(one.source),
            clean(title_of(one.source), multiline=False),
            one.times,
            one.language,
            tuple(kind for kind, _ in one.kinds),
            one.whole,
        )
        for one in repeats.often(connection, agent)
    )

"""Finding what the team once wrote down: in notes on whatever ticket."""

from __future__ import annotations

import sqlite3
import unicodedata
from typing import Final

from deskterm.domain.clock import from_text
from deskterm.service.reading.lists import line
from deskterm.service.reading.note_rows import NoteView
from deskterm.store.notes import newest_notes
from deskterm.text.clean import clean

#: Notes that are looked through, and that are shown.
MOST_READ: Final = 3_000
MOST_FOUND: Final = 50
#: Characters of a note that are looked at and shown.
TEXT_MAX: Final = 4_000


def found(connection: sqlite3.Connection, ticket_id: int, typed: str) -> tuple[NoteView, ...]:
    """The notes that have every word that was typed, capitals and accents aside: first those on
    tickets like this one, then the newest. Where nothing was typed the newest.
    """
    wanted = _folded(typed).split()
    views: list[NoteView] = []
    for row in newest_notes(connection, ticket_id, MOST_READ):
        body = str(row["body"])[:TEXT_MAX]
        text = _folded(body) if wanted else ""
        if all(word in text for word in wanted):
            views.append(
                NoteView(
                    f"note:{row['uid']}",
                    line(row["ref"]),
                    line(row["author"]),
                    from_text(row["created_at"]),
                    clean(body),
                    bool(row["alike"]),
                )
            )
    return tuple(sorted(views, key=lambda note: not note.alike)[:MOST_FOUND])


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in parts if not unicodedata.combining(c))

"""The playbooks of a shop: read again when a file changes, and those first that fit a ticket."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Final

from deskterm.macros.model import Problem
from deskterm.macros.playbooks import MOST_FILES, SUFFIX, Part, Playbook, read_playbooks
from deskterm.service.reading.lists import line
from deskterm.service.reading.playbook_rows import FitView, PartView, PlaybooksView, PlaybookView
from deskterm.text.clean import clean

#: Mistakes in files that are told of.
MOST_MISTAKES: Final = 20
_RULE, _REASON, _MACRO = 8, 4, 2

_Stamp = tuple[tuple[str, int, int], ...]


class PlaybookShelf:
    """The playbooks of a shop, for several threads.

    Args:
        folder: where they stand; it need not be there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._stamp: _Stamp | None = None
        self._books: tuple[Playbook, ...] = ()
        self._problems: tuple[Problem, ...] = ()

    def books(self) -> tuple[tuple[Playbook, ...], tuple[Problem, ...]]:
        """What there is now, and what is wrong in it."""
        with self._lock:
            stamp = self._look()
            if stamp != self._stamp:
                self._books, self._problems = read_playbooks(self.folder)
                self._stamp = stamp
            return self._books, self._problems

    def _look(self) -> _Stamp:
        found = []
        try:
            files = sorted(self.folder.glob(f"*{SUFFIX}"))[: MOST_FILES + 1]
        except OSError:
            files = []
        for file in files:
            try:
                state = file.stat()
            except OSError:
                continue
            found.append((file.name, state.st_mtime_ns, state.st_size))
        return tuple(found)


def reason_of(connection: sqlite3.Connection, ticket_id: int) -> str:
    """The contact reason of a ticket; empty where nobody said."""
    row = connection.execute(
        "SELECT contact_reason FROM tickets WHERE id = ?", (ticket_id,)
    ).fetchone()
    return (row[0] or "") if row is not None else ""


def fitting(
    shelf: PlaybookShelf, reason: str, macros: Sequence[str], rules: Collection[str]
) -> PlaybooksView:
    """All playbooks: first those about a rule that is broken, then about the contact reason, then
    about macros that are suggested, then the others by title.

    Args:
        reason: of the ticket; empty: not known.
        macros: that are suggested, the likeliest first.
        rules: that the reply breaks as it stands.
    """
    books, problems = shelf.books()
    fits = {book.id: tuple(_fits(book, reason, macros, rules)) for book in books}
    ranked = sorted(
        books,
        key=lambda b: (-_weight(b, reason, macros, rules), b.title.casefold(), b.id),
    )
    return PlaybooksView(
        tuple(_view(book, fits[book.id]) for book in ranked),
        line(str(shelf.folder)),
        tuple(line(str(problem)) for problem in problems[:MOST_MISTAKES]),
    )


def _fits(
    book: Playbook, reason: str, macros: Sequence[str], rules: Collection[str]
) -> Iterator[FitView]:
    for rule in sorted(book.rules.intersection(rules)):
        yield FitView("rule", line(rule))
    if reason and reason in book.reasons:
        yield FitView("reason", line(reason))
    for macro in macros:
        if macro in book.macros:
            yield FitView("macro", line(macro))


def _weight(book: Playbook, reason: str, macros: Sequence[str], rules: Collection[str]) -> float:
    weight: float = _RULE if book.rules.intersection(rules) else 0
    weight += _REASON if reason and reason in book.reasons else 0
    place = next((n for n, macro in enumerate(macros) if macro in book.macros), None)
    return weight + (0 if place is None else _MACRO / (place + 1))


def _view(book: Playbook, fits: tuple[FitView, ...]) -> PlaybookView:
    return PlaybookView(book.id, line(book.title), tuple(map(_part, book.parts)), fits)


def _part(part: Part) -> PartView:
    mark = line(part.mark) if part.mark else None
    return PartView(part.kind, clean(part.text), part.depth, mark)

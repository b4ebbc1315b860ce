"""Marks: tickets of the list that the next command is about, all at once.

They belong to the console, not to the database: another view begins without any, and a ticket that
leaves the view loses its mark, so that nothing is done to what cannot be seen.
"""

from __future__ import annotations

from array import array
from typing import Final

from deskterm.i18n import say
from deskterm.service.reading.views import View
from deskterm.text.clean import SafeText
from deskterm.viewmodel import words
from deskterm.viewmodel.signal import Signal

MOST: Final = 10_000
"""Tickets that can be marked: the office takes no more of them at once."""


class Marks:
    """The tickets that are marked."""

    def __init__(self) -> None:
        #: Other tickets are marked.
        self.changed: Signal[[]] = Signal()
        self._ids: dict[int, None] = {}
        self._view: View | None = None

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, ticket_id: int | None) -> bool:
        return ticket_id in self._ids

    @property
    def ids(self) -> tuple[int, ...]:
        """The tickets, in the order in which they were marked."""
        return tuple(self._ids)

    @property
    def last(self) -> int | None:
        """The ticket that was marked last."""
        return next(reversed(self._ids), None)

    @property
    def words(self) -> SafeText:
        """How many there are; empty for none."""
        if not self._ids:
            return words.NOTHING
        return say("{count} marked", count=words.number(len(self._ids)))

    def toggle(self, ticket_id: int) -> bool:
        """Mark a ticket, or take its mark off; False where there are too many already."""
        if ticket_id in self._ids:
            del self._ids[ticket_id]
            self.changed.emit()
            return True
        return self.add(array("I", [ticket_id]))

    def add(self, ids: array[int]) -> bool:
        """Mark tickets; False, and nothing is, where that would be too many."""
        fresh = dict.fromkeys(ids)
        if len(self._ids.keys() | fresh.keys()) > MOST:
            return False
        for ticket_id in fresh:
            self._ids.pop(ticket_id, None)  # what is marked again is the last one
            self._ids[ticket_id] = None
        self.changed.emit()
        return True

    def clear(self) -> None:
        """Take off all marks."""
        if self._ids:
            self._ids = {}
            self.changed.emit()

    def follow(self, view: View, ids: array[int]) -> None:
        """The list shows this now."""
        before, self._view = self._view, view
        if not self._ids:
            return
        if view != before:
            self.clear()
            return
        shown = self._ids.keys() & set(ids)
        if len(shown) < len(self._ids):
            self._ids = {each: None for each in self._ids if each in shown}
            self.changed.emit()

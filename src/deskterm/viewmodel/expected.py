"""What a model has read ahead for one ticket."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Mark(NamedTuple):
    """What is being read: a ticket, and how many changes of the database there had been."""

    ticket_id: int
    changes: int


class Expected(Generic[T]):
    """Holds what the next ticket needs until that is opened.

    After a change of the database it is in doubt. Most changes are about other tickets, so it is
    shown at once all the same, and read again then.
    """

    def __init__(self) -> None:
        self._asked: Mark | None = None
        self._kept: Mark | None = None
        self._found: T | None = None
        self._changes = 0

    def begin(self, ticket_id: int) -> Mark | None:
        """What is to be read for a ticket; None: it is at hand, or under way."""
        mark = Mark(ticket_id, self._changes)
        if mark == self._asked:
            return None
        if self._asked is not None and self._asked.ticket_id != ticket_id:
            self.forget()
        self._asked = mark
        return mark

    def keep(self, mark: Mark, found: T) -> None:
        """What was read, unless another ticket is expected by now."""
        if self._asked is not None and mark.ticket_id == self._asked.ticket_id:
            self._kept, self._found = mark, found

    def doubt(self) -> None:
        """The database has changed."""
        self._changes += 1

    def forget(self) -> None:
        """Drop it."""
        self._asked = self._kept = self._found = None

    def take(self, ticket_id: int) -> tuple[T, bool] | None:
        """Give away what was read for a ticket, and whether it is in doubt; None: nothing was."""
        if self._kept is None or self._found is None or self._kept.ticket_id != ticket_id:
            return None
        found, doubted = self._found, self._kept.changes != self._changes
        self.forget()
        return found, doubted

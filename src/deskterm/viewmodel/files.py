"""The files of a ticket, and a cursor on one of them."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from deskterm.i18n import say, say_many
from deskterm.service.reading.rows import ConversationView, FileView
from deskterm.text.clean import SafeText
from deskterm.viewmodel.signal import Signal


class TicketFile(NamedTuple):
    """A file, whose message it belongs to (`key` of its entry), who wrote that and when."""

    file: FileView
    key: str
    author: SafeText
    at: datetime


class TicketFiles:
    """The files of one ticket, in the order in which they came."""

    def __init__(self) -> None:
        #: There are other files.
        self.changed: Signal[[]] = Signal()
        #: The cursor went from one place to another.
        self.moved: Signal[[int, int]] = Signal()
        self.items: tuple[TicketFile, ...] = ()
        self.cursor = 0

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.items)

    @property
    def current(self) -> TicketFile | None:
        """The file under the cursor."""
        return self.items[self.cursor] if self.items else None

    @property
    def title(self) -> SafeText:
        """How many there are, in words."""
        return say_many("{count} attachment", "{count} attachments", self.count)

    @property
    def words(self) -> SafeText:
        """What stands where there is none."""
        return say("This ticket has no attachments.")

    def open(self, view: ConversationView, key: str = "") -> None:
        """Show the files of a ticket; the cursor goes to the first one of an entry, where it has
        any, else to the newest.
        """
        self.items = tuple(
            TicketFile(file, entry.key, entry.author, entry.at)
            for entry in view.entries
            for file in entry.files
        )
        own = (place for place, item in enumerate(self.items) if item.key == key)
        self.cursor = next(own, max(0, self.count - 1))
        self.changed.emit()

    def move_to(self, place: int) -> bool:
        """Move the cursor, within bounds; whether it has moved."""
        before, self.cursor = self.cursor, max(0, min(place, self.count - 1))
        if self.cursor == before:
            return False
        self.moved.emit(before, self.cursor)
        return True

    def move_by(self, step: int) -> bool:
        """Move the cursor by so many places; whether it has moved."""
        return self.move_to(self.cursor + step)

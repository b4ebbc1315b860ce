"""Finding what the team wrote down, by some of its words, to put it into the reply."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Final

from deskterm.i18n import say
from deskterm.service.reading.note_rows import NoteView
from deskterm.text.clean import SafeText, clean
from deskterm.ui.chooser import Row
from deskterm.ui.painting import joined
from deskterm.ui.picker import Picker
from deskterm.viewmodel.readers import Asking
from deskterm.viewmodel.time_words import age

Take = Callable[[SafeText], Awaitable[None]]

_SLOT: Final = "notes"
_MOST_LINES: Final = 12


class NotePicker(Picker[NoteView]):
    """Notes to choose from.

    Args:
        readers: look for them.
        now: the time (aware, UTC).
    """

    def __init__(self, readers: Asking, now: Callable[[], datetime]) -> None:
        super().__init__(say("Notes of the team"), "note", _MOST_LINES)
        self._readers = readers
        self._now = now
        self._ticket_id = 0

    def open(self, ticket_id: int, take: Take) -> None:
        """Choose one for a ticket."""
        self._ticket_id = ticket_id
        self.offer(())

        async def picked(note: NoteView) -> None:
            await take(note.text)

        self.begin_for(picked)

    def typed(self, text: str) -> None:
        """Look for what has these words."""
        ticket_id = self._ticket_id
        self._readers.ask(
            _SLOT,
            lambda reading: reading.notes_found(ticket_id, text),
            self.offer,
            self.unread,
        )

    def row(self, thing: NoteView, place: int) -> Row:
        """The beginning of a note, and whose it is."""
        del place
        first = clean(" ".join(thing.text.split()), multiline=False)
        told = joined(thing.ref, thing.author, age(thing.at, self._now()), by=" · ")
        return Row(first, note=told)

    def look(self, chosen: NoteView | None) -> None:
        """The whole note."""
        self.look_at(say("No note has these words") if chosen is None else chosen.text)

"""Finding what the team wrote down, by some of its words, to put it into the reply."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime

from textual.app import ComposeResult
from textual.widgets import Static

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.service.reading.note_rows import NoteView
from deskterm.text.clean import SafeText, clean
from deskterm.ui.chooser import MOST_ROWS, Choices, Chooser, Row
from deskterm.ui.painting import joined
from deskterm.ui.safe import shown
from deskterm.viewmodel.readers import Asking
from deskterm.viewmodel.words import age, error_words

Take = Callable[[SafeText], Awaitable[None]]

_SLOT = "notes"
#: Lines of the terminal that are left to the panes and to the line itself.
_OTHERS = 8
_MOST_PREVIEW = 12


class _FewChoices(Choices):
    """Rows that leave room for the look at one of them."""

    @property
    def most(self) -> int:
        """Rows that are shown at once."""
        return max(3, min(MOST_ROWS, (self.app.size.height - _OTHERS) // 2))


class NotePicker(Chooser):
    """Notes to choose from.

    Args:
        readers: look for them.
        now: the time (aware, UTC).
    """

    def __init__(self, readers: Asking, now: Callable[[], datetime]) -> None:
        super().__init__(say("Notes of the team"), id="note-picker")
        self.choices = _FewChoices()
        self.preview = Static(id="note-preview", classes="preview", markup=False)
        self._readers = readers
        self._now = now
        self._listed: Sequence[NoteView] = ()
        self._ticket_id = 0
        self._chosen = -1
        self._take: Take | None = None

    def compose(self) -> ComposeResult:
        """The look, the list, then the line."""
        yield self.preview
        yield self.choices
        yield self.line

    def open(self, ticket_id: int, take: Take) -> None:
        """Choose one for a ticket."""
        self._ticket_id, self._take = ticket_id, take
        self._put(())
        self.begin()

    def typed(self, text: str) -> None:
        """Look for what has these words."""
        ticket_id = self._ticket_id
        self._readers.ask(
            _SLOT,
            lambda reading: reading.notes_found(ticket_id, text),
            self._put,
            self._unread,
        )

    def move(self, step: int) -> None:
        """Choose another note."""
        if self._listed:
            new, last = self._chosen + step, len(self._listed) - 1
            self._chosen = new % (last + 1) if abs(step) == 1 else max(0, min(new, last))
            self._paint()

    def choose(self, place: int) -> None:
        """Choose the note in a row."""
        if 0 <= place < len(self._listed):
            self._chosen = place
            self._paint()

    async def entered(self) -> None:
        """Take the chosen note."""
        chosen, take = self._current, self._take
        if not self.is_open:
            return
        self.end()
        if chosen is not None and take is not None:
            await take(chosen.text)

    @property
    def _current(self) -> NoteView | None:
        return self._listed[self._chosen] if 0 <= self._chosen < len(self._listed) else None

    def _put(self, notes: Sequence[NoteView]) -> None:
        self._listed = notes
        self._chosen = 0 if notes else -1
        if self.is_attached:
            self._paint()

    def _unread(self, error: DesktermError) -> None:
        if self.is_open:
            self.preview.update(shown(error_words(error)))

    def _paint(self) -> None:
        self.choices.put([self._row(note) for note in self._listed], self._chosen)
        self.preview.styles.max_height = max(
            3, min(_MOST_PREVIEW, self.app.size.height - _OTHERS - self.choices.most)
        )
        chosen = self._current
        self.preview.update(
            shown(say("No note has these words") if chosen is None else chosen.text)
        )

    def _row(self, note: NoteView) -> Row:
        first = clean(" ".join(note.text.split()), multiline=False)
        return Row(first, note=joined(note.ref, note.author, age(note.at, self._now()), by=" · "))

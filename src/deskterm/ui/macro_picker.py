"""Choosing a macro: by typing some of its words, with a look at what it would say here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from textual.app import ComposeResult
from textual.widgets import Static

from deskterm.domain.errors import DesktermError
from deskterm.i18n import language, say
from deskterm.service.reading.macro_rows import FilledView, MacroView
from deskterm.text.clean import clean
from deskterm.ui.chooser import MOST_ROWS, Choices, Chooser, Row
from deskterm.ui.safe import shown
from deskterm.viewmodel.macros import found, missing, why, with_uses
from deskterm.viewmodel.readers import Asking
from deskterm.viewmodel.words import error_words

Take = Callable[[str], Awaitable[None]]

_DIGITS = "123456789"
_SLOT = "macro.preview"
#: Lines of the terminal that are left to the panes and to the line itself.
_OTHERS = 8
_MOST_PREVIEW = 14


class _FewChoices(Choices):
    """Rows that leave room for the look at one of them."""

    @property
    def most(self) -> int:
        """Rows that are shown at once."""
        return max(3, min(MOST_ROWS, (self.app.size.height - _OTHERS) // 2))


class MacroPicker(Chooser):
    """Macros to choose from.

    Args:
        readers: read what a macro says with the values of the ticket.
    """

    def __init__(self, readers: Asking) -> None:
        super().__init__(say("Macro"), id="macro-picker")
        self.choices = _FewChoices()
        self.preview = Static(id="macro-preview", markup=False)
        self._readers = readers
        self._all: Sequence[MacroView] = ()
        self._listed: list[MacroView] = []
        self._ticket_id = 0
        self._chosen = -1
        self._take: Take | None = None
        self._before = ""

    def compose(self) -> ComposeResult:
        """The look, the list, then the line."""
        yield self.preview
        yield self.choices
        yield self.line

    def open(self, macros: Sequence[MacroView], ticket_id: int, take: Take) -> None:
        """Choose one for a ticket."""
        self._all, self._ticket_id, self._take = macros, ticket_id, take
        self._before = ""
        self.begin()

    def typed(self, text: str) -> None:
        """Show what fits; a digit where nothing was typed takes a row at once."""
        before, self._before = self._before, text
        if not before and len(text) == 1 and text in _DIGITS and int(text) <= len(self._listed):
            self.choose(int(text) - 1)
            self.call_later(self.entered)
            return
        self._listed = found(self._all, text)
        self._chosen = 0 if self._listed else -1
        self._paint()

    def move(self, step: int) -> None:
        """Choose another macro."""
        if self._listed:
            new = self._chosen + step
            last = len(self._listed) - 1
            self._chosen = new % (last + 1) if abs(step) == 1 else max(0, min(new, last))
            self._paint()

    def choose(self, place: int) -> None:
        """Choose the macro in a row."""
        if 0 <= place < len(self._listed):
            self._chosen = place
            self._paint()

    async def entered(self) -> None:
        """Use the chosen macro."""
        chosen, take = self._current, self._take
        if not self.is_open:
            return
        self.end()
        if chosen is not None and take is not None:
            await take(chosen.macro)

    @property
    def _current(self) -> MacroView | None:
        return self._listed[self._chosen] if 0 <= self._chosen < len(self._listed) else None

    def _paint(self) -> None:
        digits = not self._before
        self.choices.put(
            [_row(macro, place if digits else -1) for place, macro in enumerate(self._listed)],
            self._chosen,
        )
        self._look()

    def _look(self) -> None:
        """Show what the chosen macro would say."""
        chosen = self._current
        self.preview.styles.max_height = max(
            3, min(_MOST_PREVIEW, self.app.size.height - _OTHERS - self.choices.most)
        )
        if chosen is None:
            self.preview.update(shown(say("No macro fits")))
            return
        ticket_id, macro, speaks = self._ticket_id, chosen.macro, language()
        self._readers.ask(
            _SLOT,
            lambda reading: reading.macro_filled(ticket_id, macro, speaks),
            lambda filled: self._show(macro, filled),
            self._unread,
        )

    def _show(self, macro: str, filled: FilledView | None) -> None:
        chosen = self._current
        if not self.is_open or chosen is None or chosen.macro != macro or filled is None:
            return
        gaps = filled.gaps
        told = f"{missing(gaps[0])}\n\n" if gaps else ""
        self.preview.update(shown(clean(f"{told}{filled.text}")))

    def _unread(self, error: DesktermError) -> None:
        if self.is_open:
            self.preview.update(shown(error_words(error)))


def _row(macro: MacroView, place: int) -> Row:
    digit = _DIGITS[place] if 0 <= place < len(_DIGITS) else " "
    note = why(macro.reasons) if macro.suggested else with_uses(macro)
    return Row(clean(f"{digit} {macro.title}", multiline=False), note=note)

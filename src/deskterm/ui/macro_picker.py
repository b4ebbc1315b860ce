"""Choosing a macro: by typing some of its words, with a look at what it would say here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final

from deskterm.i18n import language, say
from deskterm.service.reading.macro_rows import FilledView, MacroView
from deskterm.text.clean import clean
from deskterm.ui.chooser import Row
from deskterm.ui.picker import Picker
from deskterm.viewmodel.macros import found, missing, why, with_uses
from deskterm.viewmodel.readers import Asking

Take = Callable[[str], Awaitable[None]]

_DIGITS: Final = "123456789"
_SLOT: Final = "macro.preview"
_MOST_LINES: Final = 14


class MacroPicker(Picker[MacroView]):
    """Macros to choose from.

    Args:
        readers: read what a macro says with the values of the ticket.
    """

    def __init__(self, readers: Asking) -> None:
        super().__init__(say("Macro"), "macro", _MOST_LINES)
        self._readers = readers
        self._all: Sequence[MacroView] = ()
        self._ticket_id = 0
        self._before = ""

    def open(self, macros: Sequence[MacroView], ticket_id: int, take: Take) -> None:
        """Choose one for a ticket."""
        self._all, self._ticket_id, self._before = macros, ticket_id, ""

        async def picked(macro: MacroView) -> None:
            await take(macro.macro)

        self.begin_for(picked)

    def typed(self, text: str) -> None:
        """Show what fits; a digit where nothing was typed takes a row at once."""
        before, self._before = self._before, text
        if not before and len(text) == 1 and text in _DIGITS and int(text) <= self.count:
            self.choose(int(text) - 1)
            self.call_later(self.entered)
            return
        self.offer(found(self._all, text))

    def row(self, thing: MacroView, place: int) -> Row:
        """A macro with its digit, while a digit takes it."""
        has_digit = not self._before and place < len(_DIGITS)
        digit = _DIGITS[place] if has_digit else " "
        note = why(thing.reasons) if thing.suggested else with_uses(thing)
        return Row(clean(f"{digit} {thing.title}", multiline=False), note=note)

    def look(self, chosen: MacroView | None) -> None:
        """What the chosen macro would say."""
        if chosen is None:
            self.look_at(say("No macro fits"))
            return
        ticket_id, macro, speaks = self._ticket_id, chosen.macro, language()
        self._readers.ask(
            _SLOT,
            lambda reading: reading.macro_filled(ticket_id, macro, speaks),
            lambda filled: self._show(macro, filled),
            self.unread,
        )

    def _show(self, macro: str, filled: FilledView | None) -> None:
        chosen = self.current
        if not self.is_open or chosen is None or chosen.macro != macro or filled is None:
            return
        gaps = filled.gaps
        told = f"{missing(gaps[0])}\n\n" if gaps else ""
        self.look_at(clean(f"{told}{filled.text}"))

"""Choosing among what was typed again and again, and giving the macro that it becomes a title."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Literal

from deskterm.i18n import say
from deskterm.service.reading.repeat_rows import RepeatView
from deskterm.text.clean import SafeText, clean
from deskterm.ui.chooser import Row
from deskterm.ui.picker import LookingChooser
from deskterm.viewmodel.repeats import found, short, times

#: Called with a sentence, and with the title of its macro.
Make = Callable[[RepeatView, str], None]
Never = Callable[[RepeatView], None]

_MOST_PREVIEW: Final = 12
_ROW_CELLS: Final = 60


class RepeatPicker(LookingChooser):
    """First which one, then what it is called.

    Args:
        make: makes a macro.
        never: the sentence is not worth one.
    """

    def __init__(self, make: Make, never: Never) -> None:
        super().__init__(_sign("list"), "repeat", _MOST_PREVIEW)
        self._make = make
        self._never = never
        self._stage: Literal["list", "title"] = "list"
        self._all: Sequence[RepeatView] = ()
        self._listed: list[RepeatView] = []
        self._chosen = 0
        self._one: RepeatView | None = None
        self._was_listed = False

    def open(self, views: Sequence[RepeatView], uid: str = "") -> None:
        """Show them; go straight to the title of the one of that uid."""
        self._all = views
        one = next((view for view in views if view.uid == uid), None)
        self._was_listed = one is None
        if one is None:
            self._enter("list", "")
        else:
            self._one = one
            self._enter("title", str(one.title))

    def _enter(self, stage: Literal["list", "title"], text: str) -> None:
        self._stage, self._chosen = stage, 0
        self.set_title(_sign(stage))
        self.begin(text)

    def typed(self, text: str) -> None:
        """The list is narrowed, or the title is another one."""
        if self._stage == "list":
            self._listed = found(self._all, text)
            self._chosen = 0
        self._paint()

    def move(self, step: int) -> None:
        """Choose another row."""
        count = len(self._rows())
        if count:
            self._chosen = max(0, min(self._chosen + step, count - 1))
            self._paint()

    def choose(self, place: int) -> None:
        """Choose the row at a place."""
        self.move(place - self._chosen)

    async def entered(self) -> None:
        """On to the title; from there, do it."""
        if self._stage == "list":
            if self._listed:
                self._one = self._listed[self._chosen]
                self._enter("title", str(self._one.title))
            return
        one, title, chosen = self._one, self.line.value.strip(), self._chosen
        self.end()
        if one is None:
            return
        if chosen:
            self._never(one)
        else:
            self._make(one, title)

    def escaped(self) -> None:
        """From the title back to the list, where one came from there."""
        if self._stage == "title" and self._was_listed:
            self._enter("list", "")
        else:
            self.end()

    def _rows(self) -> list[Row]:
        if self._stage == "title":
            return [
                Row(say("Make it a macro of that title")),
                Row(say("Not worth a macro: do not tell me again")),
            ]
        return [Row(short(view.text, _ROW_CELLS), note=times(view)) for view in self._listed]

    def _paint(self) -> None:
        rows = self._rows()
        self.choices.put(rows, self._chosen if rows else -1)
        self.look_at(self._looked_at())

    def _looked_at(self) -> SafeText:
        if self._stage == "title":
            return self._one.text if self._one is not None else clean("")
        if self._listed:
            return self._listed[self._chosen].text
        if self._all:
            return say("Nothing that was typed again has these words")
        return say("Nothing was typed three times yet")


def _sign(stage: Literal["list", "title"]) -> SafeText:
    return say("Title of the macro") if stage == "title" else say("Typed again and again")

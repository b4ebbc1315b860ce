"""The `:` line at the foot of the screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from deskterm.i18n import say
from deskterm.ui.chooser import Chooser, Row
from deskterm.viewmodel.command_line import CommandLine
from deskterm.viewmodel.telling import Parsed
from deskterm.viewmodel.words import error_words

Run = Callable[[Parsed], Awaitable[None]]


class CommandBar(Chooser):
    """A command by name; what it needs is asked for and completed.

    Args:
        model: what is typed.
        run: does a command, where the keys came from.
    """

    def __init__(self, model: CommandLine, run: Run) -> None:
        super().__init__(say("Command line"), id="command-line")
        self.model = model
        self._run = run
        model.changed.connect(self._changed)

    def typed(self, text: str) -> None:
        """Complete."""
        self.model.edit(text)

    def move(self, step: int) -> None:
        """Choose another completion."""
        self.model.move(1 if step > 0 else -1)

    def choose(self, place: int) -> None:
        """Choose the completion in a row."""
        place -= 1 if self.model.error is not None else 0
        if place >= 0:
            self.model.move(place - self.model.cursor)

    async def take_digit(self, digit: int) -> bool:
        """It takes the value that it stands beside."""
        if not self.model.take_digit(digit):
            return False
        await self.entered()
        return True

    def complete(self) -> None:
        """Tab takes the chosen completion, or as much as all of them share."""
        self.put(self.model.take())

    async def entered(self) -> None:
        """Do it; a fault in the line is said, and the line stays."""
        if not self.line.value.strip() and self.model.cursor < 0:
            self.end()
            return
        parsed = self.model.parsed()
        if parsed is not None:
            self.end()
            await self._run(parsed)

    def _changed(self) -> None:
        if not self.is_open:
            return
        model = self.model
        rows = [Row(each.text, each.key, each.note) for each in model.completions]
        chosen = model.cursor
        if model.error is not None:
            rows.insert(0, Row(error_words(model.error), heading=True))
            chosen += 1 if chosen >= 0 else 0
        self.choices.put(rows, chosen)

"""The line for the agent's name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from deskterm.i18n import say
from deskterm.ui.chooser import Chooser


class NameLine(Chooser):
    """One line, and nothing to choose from.

    Args:
        take: called with the name.
    """

    def __init__(self, take: Callable[[str], Awaitable[None]]) -> None:
        super().__init__(say("Your name, as it stands under replies and in the journal"), id="name")
        self._take = take

    def typed(self, text: str) -> None:
        """Nothing is listed."""
        del text
        self.choices.put([], -1)

    def move(self, step: int) -> None:
        """There is nothing to choose."""

    def choose(self, place: int) -> None:
        """There is nothing to choose."""

    async def entered(self) -> None:
        """Take the name, if there is one."""
        name = self.line.value.strip()
        self.end()
        if name:
            await self._take(name)

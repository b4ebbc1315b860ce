"""Showing how a chord goes on to somebody who hesitates in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from deskterm.viewmodel.keys import Prefix

if TYPE_CHECKING:
    from textual.timer import Timer

    from deskterm.ui.app import DeskApp
    from deskterm.ui.which_key import WhichKey

HESITATION_S: Final = 0.3
"""Seconds in a chord after which its keys are shown. It waits for them without limit."""


class Chords:
    """Follows the chords that are begun."""

    def __init__(self, app: DeskApp) -> None:
        self._app = app
        self._shown: WhichKey | None = None
        self._prefix: Prefix | None = None
        self._timer: Timer | None = None

    def follow(self, prefix: Prefix | None) -> None:
        """A chord has begun or goes on, or is over."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._prefix = prefix
        if prefix is not None:
            self._timer = self._app.set_timer(HESITATION_S, self._show)
        elif self._shown is not None:
            self._shown.display = False

    async def _show(self) -> None:
        from deskterm.ui.which_key import WhichKey

        if self._shown is None:
            self._app.load_styles("over.tcss")
            self._shown = WhichKey(self._app.dispatcher.keymap)
            await self._app.screen.mount(self._shown)
        if self._prefix is not None:
            self._shown.show(self._prefix)

"""Notices over the footer: what was done, and what could not be."""

from __future__ import annotations

from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from deskterm.text.clean import SafeText
from deskterm.ui.safe import shown

#: Seconds for which a notice that is no error stays.
STAYS_S = 6.0


class Notices(Static):
    """One notice at a time. An error stays until the next key after it was painted."""

    def __init__(self) -> None:
        super().__init__(id="notice", markup=False)
        self.words: SafeText | None = None
        self.is_error = False
        self._timer: Timer | None = None

    def tell(self, words: SafeText, *, error: bool = False) -> None:
        """Show a notice in place of the one before."""
        self._stop()
        self.words, self.is_error = words, error
        self.set_class(error, "-error")
        self.update(self._content(words))
        self.display = True
        if not error:
            self._timer = self.set_timer(STAYS_S, self.clear)

    def clear(self) -> None:
        """Take the notice away."""
        self._stop()
        if self.words is not None:
            self.words = None
            self.is_error = False
            self.display = False

    def key_pressed(self) -> None:
        """A command was called: an error has been read."""
        if self.is_error:
            self.clear()

    def _content(self, words: SafeText) -> Content:
        return shown(words)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.stop()
            self._timer = None

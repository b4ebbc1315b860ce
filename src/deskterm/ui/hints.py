"""Words over the panes: a terminal too small for them."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from deskterm.i18n import say
from deskterm.ui.painting import cut
from deskterm.ui.safe import shown


class TooSmall(Widget):
    """Covers everything while the terminal is too small to show it."""

    def __init__(self) -> None:
        super().__init__(id="too-small")

    def render(self) -> Content:
        """As much of the words as fits."""
        size = self.app.size
        words = say(
            "Too small: {width}x{height}. Make the terminal larger.",
            width=size.width,
            height=size.height,
        )
        return shown(cut(words, max(1, size.width)))

"""The screen, and containers that put panes side by side and paint nothing themselves.

Textual asks every visible widget for its lines whenever something in the same rows changes, also
those that are wholly covered, and cuts each of them up. What the panes leave free is the screen's.
"""

from __future__ import annotations

from textual import events
from textual.containers import Horizontal, Vertical
from textual.geometry import Region
from textual.reactive import Reactive
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget


class DeskScreen(Screen[None]):
    """The screen of the console."""

    #: As Textual has it, but without a repaint of the whole screen: the panes that lose and get
    #: the keys paint themselves.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self) -> None:
        super().__init__(id="_default")
        #: Whether the first frame has reached the terminal.
        self.stands = False

    def on_resize(self, event: events.Resize) -> None:
        """Textual: it tells the size twice at the start, and would paint everything as often."""
        if not self.stands and event.size == self.size:
            event.prevent_default()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual: there is nothing on it, so one row is every row."""
        row = Region(crop.x, crop.y, crop.width, min(1, crop.height))
        return super().render_lines(row) * crop.height


class Row(Horizontal):
    """Panes side by side."""

    def render_lines(self, _crop: Region) -> list[Strip]:
        """Textual: nothing."""
        return []


class Column(Vertical):
    """Panes one above the other."""

    def render_lines(self, _crop: Region) -> list[Strip]:
        """Textual: nothing."""
        return []

"""A picture in a pane: by the graphics of the terminal, else in half blocks.

The graphics of a terminal are no part of what Textual paints. They are written over the pane after
each of its frames, and taken off as soon as something else has the keys and may stand there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar, Final, NamedTuple

from rich.color import Color
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from deskterm.pictures import graphics
from deskterm.pictures.frame import Form, Frame
from deskterm.service.command import Context
from deskterm.text.clean import SafeText
from deskterm.ui import terminal
from deskterm.ui.abilities import Showing
from deskterm.ui.painting import EMPTY, cut
from deskterm.ui.safe import shown
from deskterm.ui.taking import TakesCommands

_MOST: Final = (1_200, 900)
"""Pixels that are sent to a terminal at most: more cost time and show no more."""

_FREE_ROWS: Final = 3
"""Rows below a picture of the terminal's, where notices stand."""

_HALF: Final = "▀"


class Wanted(NamedTuple):
    """What has to be decoded for a pane. `room`: pixels."""

    form: Form
    room: tuple[int, int]


class Painted(NamedTuple):
    """A frame as this pane shows it: bytes for the terminal, or none where half blocks do."""

    frame: Frame
    showing: Showing
    data: str = ""


class PicturePane(TakesCommands, Widget, can_focus=True):
    """Shows one picture.

    Args:
        resized: the pane has another size, and the picture is wanted for that.
        ascii_only: the terminal has no half blocks; blanks on a ground do then.
    """

    context: ClassVar[Context] = "files"
    _border_title: Content | None
    _border_subtitle: Content | None

    def __init__(self, resized: Callable[[], None], *, ascii_only: bool) -> None:
        super().__init__(id="picture")
        self._resized = resized
        self._ascii_only = ascii_only
        self._painted: Painted | None = None
        self._words: SafeText = EMPTY
        self._is_up = False

    async def laid_out(self) -> None:
        """Wait until the pane has its size."""
        has_size = asyncio.Event()
        self.call_after_refresh(has_size.set)
        await has_size.wait()

    def wanted(self, showing: Showing) -> Wanted:
        """What this pane can show."""
        columns, rows = self.content_size
        if showing.way == "blocks":
            return Wanted("rgb", (max(1, columns), max(2, rows * (1 if self._ascii_only else 2))))
        if rows > 3 * _FREE_ROWS:
            rows -= _FREE_ROWS
        across, down = columns * showing.cell[0], rows * showing.cell[1]
        room = max(1, min(across, _MOST[0])), max(1, min(down, _MOST[1]))
        return Wanted("rgb" if showing.way == "kitty" else "few", room)

    def say(self, words: SafeText) -> None:
        """Show words and no picture."""
        self.take_off()
        self._painted, self._words = None, words
        self.refresh()

    def show(self, painted: Painted) -> None:
        """Show a picture."""
        self.take_off()
        self._painted, self._words = painted, EMPTY
        self.refresh()
        self.call_after_refresh(self._put_up)

    def titles(self, above: SafeText, below: SafeText) -> None:
        """Write into the border."""
        self._border_title, self._border_subtitle = shown(above), shown(below)
        self.refresh()

    def take_off(self) -> None:
        """Nothing of the terminal's graphics stays."""
        if not self._is_up or self._painted is None:
            return
        self._is_up = False
        if self._painted.showing.way == "kitty":
            terminal.write_at(self.app, 0, 0, graphics.kitty_gone())
        self.refresh()

    # Painting

    def render_lines(self, crop: Region) -> list[Strip]:
        """Textual: paint; what the terminal draws itself is drawn anew over that."""
        if self._painted is not None and self._painted.showing.way == "sixel" and self._is_up:
            self.call_later(self._put_up)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Textual: a line in half blocks, or blanks under what the terminal draws."""
        width = self.content_size.width
        painted = self._painted
        if painted is None:
            words = cut(self._words, width) if y == 1 else EMPTY
            return Strip([Segment(words, self.rich_style)]).extend_cell_length(
                width, self.rich_style
            )
        if painted.showing.way != "blocks":
            return Strip.blank(width, self.rich_style)
        line = _blocks(painted.frame, y, ascii_only=self._ascii_only)
        return Strip(line).extend_cell_length(width, self.rich_style)

    def _put_up(self) -> None:
        """Have the terminal draw the picture, unless something else is in front."""
        painted = self._painted
        if painted is None or painted.showing.way == "blocks" or not self.is_attached:
            return
        region = self.content_region
        if not self.display or not region or self.app.focused not in (self, None):
            return
        self._is_up = True
        terminal.write_at(self.app, region.x, region.y, painted.data)

    # Textual's events

    def on_focus(self) -> None:
        """Textual: the keys are here, and nothing is in front."""
        self._put_up()

    def on_blur(self) -> None:
        """Textual: the keys are elsewhere, or the terminal has lost them itself."""
        if self.app.focused not in (self, None):
            self.take_off()

    def on_resize(self, event: events.Resize) -> None:
        """Textual: another size."""
        del event
        if self._painted is not None:
            self._resized()


def paint(frame: Frame, showing: Showing) -> Painted:
    """A frame with the bytes that show it. Takes some tenths of a second for sixel."""
    match showing.way:
        case "kitty":
            columns = -(-frame.size[0] // showing.cell[0])
            rows = -(-frame.size[1] // showing.cell[1])
            return Painted(frame, showing, graphics.kitty(frame, columns, rows))
        case "sixel":
            return Painted(frame, showing, graphics.sixel(frame))
        case _:
            return Painted(frame, showing)


def _blocks(frame: Frame, y: int, *, ascii_only: bool) -> list[Segment]:
    """A line of cells: each shows two pixels, one above the other, or in ASCII one."""
    width, height = frame.size
    rows = (y, y) if ascii_only else (2 * y, 2 * y + 1)
    if rows[0] >= height:
        return []
    upper = _row(frame, rows[0])
    lower = _row(frame, rows[1]) if rows[1] < height else [None] * width
    if ascii_only:
        return [Segment(" ", Style(bgcolor=each)) for each in upper]
    return [
        Segment(_HALF, Style(color=above, bgcolor=below))
        for above, below in zip(upper, lower, strict=True)
    ]


def _row(frame: Frame, number: int) -> list[Color | None]:
    width = frame.size[0]
    start = 3 * width * number
    pixels = frame.pixels[start : start + 3 * width]
    return [Color.from_rgb(*each) for each in zip(*[iter(pixels)] * 3, strict=True)]

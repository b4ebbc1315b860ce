"""A line to type in with a list over it: what palette, help and command line are made of.

These are plain widgets in the one screen, shown over the panes, so that keys typed ahead reach
them in order.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Input

from deskterm.service.command import Context
from deskterm.text.clean import SafeText, clean
from deskterm.ui.does import does
from deskterm.ui.painting import EMPTY, column, cut
from deskterm.ui.safe import shown
from deskterm.ui.taking import TakesText

MOST_ROWS = 12
_GAP = 2
_DIGITS = frozenset("123456789")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: what is chosen, its key, more words; a heading cannot be chosen."""

    text: SafeText
    key: SafeText = EMPTY
    note: SafeText = EMPTY
    heading: bool = False
    dim: bool = False


class Choices(Widget):
    """Rows one below the other, the chosen one marked. As high as its rows, within bounds."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "choice--chosen",
        "choice--key",
        "choice--note",
        "choice--heading",
        "choice--dim",
    }

    def __init__(self) -> None:
        super().__init__()
        self._rows: Sequence[Row] = ()
        self._first = 0
        self.chosen = -1

    def put(self, rows: Sequence[Row], chosen: int) -> None:
        """Show rows; `chosen` is a place among them, -1 for none."""
        height = min(len(rows), self.most)
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
            self.display = bool(rows)
        self._rows = rows
        self.chosen = chosen
        self._follow(height)
        self.refresh()

    @property
    def most(self) -> int:
        """Rows that are shown at once."""
        return max(1, min(MOST_ROWS, self.app.size.height - 6))

    def row_at(self, y: int) -> int | None:
        """The place of the row that is shown on line `y`."""
        place = self._first + y
        return place if y >= 0 and place < len(self._rows) else None

    def _follow(self, height: int) -> None:
        if self.chosen < self._first:
            self._first = max(0, self.chosen)
        elif self.chosen >= self._first + height:
            self._first = self.chosen - height + 1
        self._first = max(0, min(self._first, len(self._rows) - height))
        if self._first == 1 and self._rows and self._rows[0].heading:
            self._first = 0

    def render(self) -> Content:
        """The rows in view."""
        rows = self._rows[self._first : self._first + self.most]
        keys = max((len(row.key) for row in self._rows), default=0)
        return Content("\n").join(
            self._painted(row, self._first + place == self.chosen, keys)
            for place, row in enumerate(rows)
        )

    def _painted(self, row: Row, chosen: bool, keys: int) -> Content:
        width = self.content_size.width
        if row.heading:
            return shown(cut(row.text, width), self._style("heading"))
        mark = clean("> " if chosen else "  ")
        texts = min(max(20, width // 2), max(len(row.text), 24))
        rest = max(0, width - len(mark) - texts - keys - 2 * _GAP)
        parts = (
            shown(mark),
            shown(column(row.text, texts), self._style("dim") if row.dim else ""),
            shown(clean(" " * _GAP)),
            shown(column(row.key, keys), self._style("key")),
            shown(clean(" " * _GAP)),
            shown(column(row.note, rest), self._style("note")),
        )
        line = Content.assemble(*parts)
        return line.stylize(self._chosen) if chosen else line

    @property
    def _chosen(self) -> Style:
        style = self.get_visual_style("choice--chosen")
        # Textual leaves it out, and themes without colours have nothing else.
        is_reversed = self.get_component_styles("choice--chosen").text_style.reverse
        return style + Style(reverse=True) if is_reversed else style

    def _style(self, name: str) -> str:
        return self.get_visual_style(f"choice--{name}").markup_tag


class TypedLine(TakesText, Input):
    """The line of a chooser."""

    context: ClassVar[Context] = "line"

    def __init__(self, chooser: Chooser) -> None:
        super().__init__(compact=True, select_on_focus=False)
        self.cursor_blink = False
        self._chooser = chooser

    async def take_key(self, event: events.Key) -> bool:
        """A digit may take a row; everything else as in any line."""
        if event.key in _DIGITS:
            self._chooser.typed_now(self.value)
            if await self._chooser.take_digit(int(event.key)):
                return True
        return await super().take_key(event)

    async def own_key(self, key: str) -> bool:
        """Keys that need no name: pages of rows, and leaving an empty line backwards."""
        chooser = self._chooser
        chooser.typed_now(self.value)
        match key:
            case "pageup":
                chooser.move(-MOST_ROWS)
            case "pagedown":
                chooser.move(MOST_ROWS)
            case "backspace" if not self.value:
                chooser.escaped()
            case _:
                return False
        return True

    @does("line.up")
    def up(self) -> None:
        """The row above."""
        self._chooser.move(-1)

    @does("line.down")
    def down(self) -> None:
        """The next row."""
        self._chooser.move(1)

    @does("line.complete")
    def complete(self) -> None:
        """What can be completed is."""
        self._chooser.complete()

    @does("line.leave")
    def leave(self) -> None:
        """Back to where the keys were."""
        self._chooser.escaped()

    @does("line.take")
    async def take(self) -> None:
        """What is typed or chosen counts."""
        await self._chooser.entered()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Tell what is typed."""
        event.stop()
        self._chooser.typed_now(self.value)

    def take_paste(self, text: str) -> None:
        """Take a paste as one line of clean text."""
        self.insert_text_at_cursor(clean(text.strip(), multiline=False))


class Chooser(Vertical):
    """Something to type and, over it, what fits. Subclasses say what happens.

    Args:
        sign: what it is, in its border.
    """

    _border_title: Content | None

    def __init__(self, sign: SafeText, *, id: str) -> None:  # noqa: A002 - named as in Textual
        super().__init__(id=id, classes="chooser")
        self.choices = Choices()
        self.line = TypedLine(self)
        self.set_title(sign)
        self._origin: Widget | None = None
        self._told = ""

    def compose(self) -> ComposeResult:
        """The list, then the line."""
        yield self.choices
        yield self.line

    def set_title(self, title: SafeText) -> None:
        """Write into the upper border. Textual's own setter would read the text as markup."""
        self._border_title = shown(title)

    @property
    def is_open(self) -> bool:
        """Whether it is on the screen."""
        return self.is_attached and bool(self.display)

    @property
    def origin(self) -> Widget | None:
        """Where the keys came from, and go back to."""
        return self._origin

    def begin(self, text: str = "") -> None:
        """Take the keys, with some text in the line already."""
        focused = self.screen.focused
        if focused is not self.line:
            self._origin = focused
        self.display = True
        self.put(text)
        self.screen.set_focus(self.line)

    def put(self, text: str) -> None:
        """Write into the line."""
        with self.line.prevent(Input.Changed):
            self.line.value = text
        self.line.cursor_position = len(text)
        self._told = text
        self.typed(text)

    def end(self) -> None:
        """Give the keys back."""
        if not self.is_open:
            return
        self.display = False
        origin = self._origin
        if self.screen.focused in (self.line, None) and origin is not None and origin.is_attached:
            self.screen.set_focus(origin)

    def typed_now(self, text: str) -> None:
        """The line holds this; told once for each text."""
        if text != self._told:
            self._told = text
            self.typed(text)

    # What a subclass says.

    def typed(self, text: str) -> None:
        """The text has changed."""
        raise NotImplementedError

    def move(self, step: int) -> None:
        """Choose another row."""
        raise NotImplementedError

    def choose(self, place: int) -> None:
        """Choose the row at a place."""
        raise NotImplementedError

    async def entered(self) -> None:
        """Enter."""
        raise NotImplementedError

    def complete(self) -> None:
        """Tab."""

    async def take_digit(self, digit: int) -> bool:
        """A digit; False where it is text."""
        del digit
        return False

    def escaped(self) -> None:
        """Esc."""
        self.end()

    async def on_click(self, event: events.Click) -> None:
        """A click takes a row."""
        event.stop()
        if event.widget is self.choices:
            place = self.choices.row_at(event.y)
            if place is not None:
                self.choose(place)
                await self.entered()

"""A text to read from top to bottom: a file, or a message as it came."""

from __future__ import annotations

from collections.abc import Hashable
from typing import ClassVar

from deskterm.service.command import Context
from deskterm.text.clean import SafeText
from deskterm.ui.lines import LinePane
from deskterm.ui.painting import EMPTY, Line, Piece, Span, blanks, part, wrap
from deskterm.ui.taking import TakesCommands

_GAP = blanks(1)


class Pager(LinePane, TakesCommands):
    """Shows one text."""

    context: ClassVar[Context] = "files"

    def __init__(self) -> None:
        super().__init__(id="pager")
        self._text: SafeText = EMPTY
        self._spans: list[Span] = []

    def show(self, text: SafeText) -> None:
        """Show a text from its beginning."""
        self._text = text
        self._wrap()
        self.scroll_lines(-self.top)

    def turn(self, lines: int) -> None:
        """Scroll."""
        self.scroll_lines(max(-self.top, lines))

    def _wrap(self) -> None:
        self._spans = wrap(self._text, self.line_width - 2) if self.line_width > 2 else []
        self.lines_changed()

    def line_count(self) -> int:
        """Lines of the text as it is wrapped."""
        return len(self._spans)

    def line(self, y: int) -> tuple[Line, str]:
        """A line of the text."""
        return (Piece(_GAP), Piece(part(self._text, *self._spans[y]))), ""

    def line_key(self, y: int) -> Hashable:
        """Never kept: another text has lines of the same number."""
        del y
        return None

    def width_changed(self) -> None:
        """The text is wrapped anew."""
        self._wrap()

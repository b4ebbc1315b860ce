"""Rows of a pane as the terminal gets them: with its border, in its colours, kept for later.

Textual keeps the rows of a widget by where they stand. When a pane scrolls it frames every line
anew, and at each repaint it sends all rows of every pane concerned through its filters. Here a line
is framed and filtered once for what it shows.

The only place that reaches into how Textual keeps the rows of a widget (`StylesCache`): that is
where it says which rows have to be painted again.
"""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from textual._styles_cache import StylesCache
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

RowOf = Callable[[int], Strip | None]
"""The row so many lines below the upper border, framed; None: Textual paints it."""


class FramedRows(StylesCache):
    """The rows of a widget whose content lines come ready.

    The content must be left as it is by the style sheet: borders and padding are put around it,
    but no tint, hatch or opacity over it.

    Args:
        row_of: asked for rows that have to be painted.
    """

    def __init__(self, widget: Widget, row_of: RowOf) -> None:
        super().__init__()
        self._widget = widget
        self._row_of = row_of
        self._rows: dict[int, Strip] = {}
        self._sides: tuple[list[Segment], list[Segment]] | None = None

    @classmethod
    def install(cls, widget: Widget, row_of: RowOf) -> FramedRows:
        """Have a widget keep its rows here."""
        rows = cls(widget, row_of)
        widget._styles_cache = rows  # noqa: SLF001 - see above
        return rows

    def framed(self, content: list[Segment]) -> Strip:
        """A line of content, which fills the room between them, with the borders at its sides."""
        if self._sides is None:
            gutter, width = self._widget.styles.gutter, self._width
            whole = self._as_textual_does(gutter.top)
            self._sides = [*whole.crop(0, gutter.left)], [*whole.crop(width - gutter.right)]
        left, right = self._sides
        return Strip([*left, *content, *right], self._width)

    def forget(self) -> None:
        """Borders, or the colours of everything, are others."""
        self.clear()
        self._sides = None

    # What Textual calls.

    def set_dirty(self, *regions: Region) -> None:
        """Some rows have to be painted again, or all."""
        super().set_dirty(*regions)
        for region in regions:
            for y in region.line_range:
                self._rows.pop(y, None)

    def clear(self) -> None:
        """Everything has to be painted again."""
        super().clear()
        self._rows.clear()

    def render_widget(self, widget: Widget, crop: Region) -> list[Strip]:
        """The rows of a part of the widget."""
        width, height = widget.outer_size
        if crop.column_span != (0, width):
            return super().render_widget(widget, crop)
        if width != self._width:
            self.forget()
            self._width = width
        gutter = widget.styles.gutter
        rows = self._rows
        for y in crop.line_range:
            if y not in rows:
                content = gutter.top <= y < height - gutter.bottom
                row = self._row_of(y - gutter.top) if content else None
                rows[y] = self._as_textual_does(y) if row is None else row
        return [rows[y] for y in crop.line_range]

    def _as_textual_does(self, y: int) -> Strip:
        region = Region(0, y, self._widget.outer_size.width, 1)
        return super().render_widget(self._widget, region)[0]

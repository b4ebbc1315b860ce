"""Rows of a pane as the terminal gets them: with its border, in its colours, kept for later.

Textual keeps the rows of a widget by where they stand. When a pane scrolls it frames every line
anew, and at each repaint it sends all rows of every pane concerned through its filters. Here a line
is framed and filtered once for what it shows.

The only place that reaches into how Textual keeps the rows of a widget (`StylesCache`): that is
where it says which rows have to be painted again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, NamedTuple

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual._styles_cache import StylesCache
from textual.cache import FIFOCache
from textual.color import Color
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.style import Style
from textual.widget import Widget

RowOf = Callable[[int], Strip | None]
"""The row so many lines below the upper border, framed; None: Textual paints it."""


_PARTS: Final = 4  # cuts of a row that are kept, as Textual has it


class _Row(Strip):
    """A strip that is painted whole, and so seldom needs what a strip keeps of its parts.

    Seven caches for each row are a third of what the rows of a pane weigh, and one of them makes a
    row hold itself, which only Python's garbage collection ends.
    """

    __slots__ = ()

    def __init__(self, segments: list[Segment], cell_length: int) -> None:
        self._segments = segments
        self._cell_length = cell_length
        self._render_cache = self._link_ids = self._cell_count = None

    def __getattr__(self, name: str) -> FIFOCache[Any, Any]:
        """A cache, once it is asked for."""
        if not name.endswith("_cache"):
            raise AttributeError(name)
        cache: FIFOCache[Any, Any] = FIFOCache(_PARTS)
        setattr(self, name, cache)
        return cache

    def divide(self, cuts: Iterable[int]) -> Sequence[Strip]:
        """Cut into parts that end at these cells; mostly it is one."""
        ends = [cut for cut in cuts if cut <= self.cell_length]
        return (self,) if ends == [self.cell_length] else super().divide(ends)


class _Look(NamedTuple):
    """What Textual looks up about a widget each time it paints a row of it."""

    base: Color
    ground: Color
    opacity: float
    title: tuple[Color, Color, Style]
    subtitle: tuple[Color, Color, Style]


class _Edge(NamedTuple):
    """A border with a label, taken apart: corner, one cell of its line, the label's style."""

    left: list[Segment]
    line: Segment
    label: RichStyle | None
    right: list[Segment]


#: Cells of a border that its label never takes: corners, a cell of line and a blank at each end.
_AROUND_LABEL = 6


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
        self._look: _Look | None = None
        self._sides: tuple[list[Segment], list[Segment]] | None = None
        self._edges: dict[bool, _Edge] = {}

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
        return _Row([*left, *content, *right], self._width)

    def scroll(self, lines: int, pinned: int) -> None:
        """The content has moved up by so many lines, but for the first `pinned` ones.

        Rows that were to be painted again still are, where they stand now.
        """
        gutter, size = self._widget.styles.gutter, self._widget.outer_size
        first, last = gutter.top + pinned, size.height - gutter.bottom - 1
        moved = {
            y - lines: row
            for y, row in self._rows.items()
            if first <= y <= last and first <= y - lines <= last
        }
        self._widget.refresh(Region(-gutter.left, pinned, size.width, last - first + 1))
        self._rows.update(moved)

    def appeared(self) -> None:
        """The widget was hidden and has just been painted, whole.

        Textual keeps what was to be painted while it was hidden, and would paint it once more with
        the next change.
        """
        self._widget._exchange_repaint_regions()  # noqa: SLF001 - see above

    def forget(self) -> None:
        """Borders, or the colours of everything, are others."""
        self.clear()
        self._look = self._sides = None
        self._edges.clear()

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
                if gutter.top <= y < height - gutter.bottom:
                    row = self._row_of(y - gutter.top)
                else:
                    row = self._labelled(y, top=y == 0)
                rows[y] = self._as_textual_does(y) if row is None else row
        return [rows[y] for y in crop.line_range]

    def _labelled(self, y: int, *, top: bool) -> Strip | None:
        """A border whose label is plain text; None where it is something else.

        Textual lays a label out anew each time; only its text changes, with every key.
        """
        widget, width = self._widget, self._width
        label = widget._border_title if top else widget._border_subtitle  # noqa: SLF001 - see above
        styles = widget.styles
        usual = (styles.border_title_align, styles.border_subtitle_align) == ("left", "right")
        if label is None or label.spans or not label.plain or width <= _AROUND_LABEL or not usual:
            return None
        edge = self._edges.get(top)
        if edge is None:
            edge = self._edges[top] = self._edge(y, top=top)
        text = label.truncate(width - _AROUND_LABEL, ellipsis=True)
        named = Segment(f" {text.plain} ", edge.label)
        rest = Segment(edge.line.text * (width - 5 - text.cell_length), edge.line.style)
        middle = [edge.line, named, rest] if top else [rest, named, edge.line]
        return _Row([*edge.left, *middle, *edge.right], width)

    def _edge(self, y: int, *, top: bool) -> _Edge:
        """A border taken apart, as Textual paints it around the shortest label."""
        width = self._width
        row = self._as_textual_does(y, Content("x"))
        line, label = (1, 2) if top else (width - 2, width - 5)
        return _Edge(
            left=[*row.crop(0, 1)],
            line=next(iter(row.crop(line, line + 1))),
            label=next(iter(row.crop(label, label + 3))).style,
            right=[*row.crop(width - 1)],
        )

    def _as_textual_does(self, y: int, label: Content | None = None) -> Strip:
        """A row by Textual's own hand, with a label of one's own in the border."""
        widget = self._widget
        if self._look is None:
            self._look = _look_of(widget)
        base, ground, opacity, title, subtitle = self._look
        above = label or widget._border_title  # noqa: SLF001 - see above
        below = label or widget._border_subtitle  # noqa: SLF001 - see above
        strip = self.render_line(
            styles=widget.styles,
            y=y,
            size=widget.outer_size,
            content_size=widget.container_size,
            padding=widget.styles.padding,
            base_background=base,
            background=ground,
            render_content_line=widget.render_line,
            border_title=None if above is None else (above, *title),
            border_subtitle=None if below is None else (below, *subtitle),
            opacity=opacity,
            ansi_theme=widget.app.ansi_theme,
            native_ansi=widget.app.native_ansi_color,
        )
        for each in widget.get_line_filters():
            strip = strip.apply_filter(each, ground)
        return strip


def _look_of(widget: Widget) -> _Look:
    base, ground = widget.background_colors
    title = widget._get_title_style_information(base)  # noqa: SLF001 - see above
    subtitle = widget._get_subtitle_style_information(base)  # noqa: SLF001 - see above
    return _Look(base, ground, widget.opacity, title, subtitle)

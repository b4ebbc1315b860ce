"""A pane of lines that are painted one by one: its cost follows the screen, not the content.

A pane says how many lines there are and what each one looks like. Lines are painted when they come
into view and kept by what they show. Nothing here lays widgets out anew.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import ClassVar, Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.content import Content
from textual.filter import LineFilter
from textual.geometry import Offset, Region, Size
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip
from textual.widget import Widget

from deskterm.text.clean import SafeText
from deskterm.ui.framed import FramedRows
from deskterm.ui.painting import Line, Span, Styles, highlighted, segments
from deskterm.ui.safe import shown

CURSOR = "line--cursor"
"""The ground under the cursor; over it, other styles leave their colours."""

KEPT_STRIPS = 160
SELECTED_LINES = 5_000
WIDE = 110
"""Columns of the terminal from which on list and conversation stand side by side."""


BLANK: Final = "blank"
"""The key of every line that shows nothing, on the ground of the pane."""


class _Sight(NamedTuple):
    """What is in view while a pane is painted: looked up once, not for each line."""

    width: int
    pinned: int
    scrolled: int
    lines: int
    selection: Selection | None

    def line_at(self, y: int) -> int | None:
        """The line that stands `y` lines below the upper border; None below the last one."""
        line = y if y < self.pinned else y + self.scrolled
        return line if self.width and line < self.lines else None

    def selected_in(self, line: int) -> Span | None:
        """What is selected in a line, as Textual says it (-1: to its end)."""
        return self.selection.get_span(line) if self.selection is not None else None


class LinePane(ScrollView, can_focus=True):
    """Lines under a border, with a cursor. Subclasses say what the lines are.

    Attributes:
        pinned: lines at the top that do not scroll. They are the lines 0 to `pinned - 1`.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {CURSOR, "line--dim"}
    DEFAULT_CSS = """
    LinePane {
        overflow-x: hidden;
        overflow-y: scroll;
        scrollbar-size-vertical: 0;
    }
    """

    pinned: int = 0

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002 - named as in Textual
        super().__init__(id=id, classes=classes)
        self._strips: LRUCache[tuple[Hashable, int], Strip] = LRUCache(KEPT_STRIPS)
        self._style_cache: dict[str, Style] = {}
        self._colours: dict[str, Style] = {}
        self._filters: Sequence[LineFilter] = ()
        self._sight = _Sight(0, 0, 0, 0, None)
        self._rows = FramedRows.install(self, self._row)
        self._lines = 0
        self._laid_out = Size(0, 0)
        self._origin: Offset | None = None
        self._in_view = False

    # What a subclass says.

    def line_count(self) -> int:
        """How many lines there are, pinned ones included."""
        raise NotImplementedError

    def line(self, y: int) -> tuple[Line, str]:
        """What line `y` shows, and the component classes of its ground."""
        raise NotImplementedError

    def line_key(self, y: int) -> Hashable:
        """Equal for lines that look the same; None: not to be kept."""
        raise NotImplementedError

    def cursor_line(self) -> int | None:
        """The line under the cursor, for the cursor of the terminal."""
        return None

    def clicked(self, y: int, *, twice: bool) -> None:
        """Somebody clicked on line `y`."""

    def width_changed(self) -> None:
        """The pane has become wider or narrower; `lines_changed` follows."""

    def scrolled(self) -> None:
        """Other lines have come into view."""

    # What a subclass uses.

    @property
    def line_width(self) -> int:
        """Cells of a line: the scroll bar is not part of it."""
        # Not `size`, which is looked up in the layout: to look there between a change of what is
        # displayed and its layout makes Textual lose the news of that layout.
        return max(0, self.container_size.width - self.scrollbar_size_vertical)

    @property
    def page(self) -> int:
        """Lines that are in view and scroll."""
        return max(1, self.container_size.height - self.pinned)

    @property
    def top(self) -> int:
        """The first line in view below the pinned ones."""
        return round(self.scroll_y) + self.pinned

    def lines_changed(self, first: int | None = None, last: int | None = None) -> None:
        """Repaint some lines, or everything; take over a changed number of lines."""
        self.take_count()
        if first is None:
            self.refresh()
        else:
            self._repaint(first, first if last is None else last)
        self.place_cursor()

    def show_lines(self, first: int, last: int) -> None:
        """Scroll, at once, so that these lines are in view; the first one above all."""
        top = self.top
        if last >= top + self.page:
            top = last - self.page + 1
        self.scroll_lines(min(top, first) - self.top)

    def scroll_lines(self, lines: int) -> None:
        """Scroll by so many lines, at once."""
        if lines:
            self.scroll_to(y=round(self.scroll_y) + lines, animate=False, force=True)

    def title(self, text: SafeText) -> None:
        """Write into the upper border."""
        content = shown(text)
        if content != self._border_title:
            self._border_title = content
            self._repaint_rows(-1, -1)

    def subtitle(self, text: SafeText) -> None:
        """Write into the lower border. Textual's own setter repaints every line of the pane."""
        content = shown(text)
        if content != self._border_subtitle:
            self._border_subtitle = content
            self._repaint_rows(self.container_size.height, self.container_size.height)

    def place_cursor(self) -> None:
        """Put the terminal's cursor where ours is: screen readers and magnifiers follow it."""
        line = self.cursor_line()
        if line is None or self._origin is None or not self.has_focus:
            return
        row = line if line < self.pinned else line - round(self.scroll_y)
        if 0 <= row < self.container_size.height:
            self.app.cursor_position = self._origin + Offset(0, row)

    # Painting.

    _border_title: Content | None
    _border_subtitle: Content | None

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint a part of the pane, its border included."""
        filters = self.get_line_filters()
        if filters != self._filters:
            self._filters = filters
            self._forget_colours()
        self._sight = self._take_sight()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Paint the line that stands `y` lines below the upper border, by itself.

        Textual asks for what lies under the mouse, and for lines in which something is selected.
        """
        sight = self._take_sight()
        line, width = sight.line_at(y), sight.width
        if line is None:
            return Strip.blank(width, self.style_of(""))
        painted = Strip(self._painted(line, width, self.style_of), width)
        span = sight.selected_in(line)
        if span is not None:
            start, end = span
            style = self.screen.get_component_rich_style("screen--selection")
            painted = highlighted(painted, start, len(painted.text) if end < 0 else end, style)
        return painted.apply_offsets(0, line)

    def _row(self, y: int) -> Strip | None:
        """The line at `y` between the borders; None where something in it is selected."""
        sight = self._sight
        line, width = sight.line_at(y), sight.width
        if line is None:
            key: Hashable = BLANK
        elif sight.selected_in(line) is not None:
            return None
        else:
            key = self.line_key(line)
        found = self._strips.get((key, width)) if key is not None else None
        if found is None:
            blank = [Segment(" " * width, self._colour_of(""))]
            found = self._rows.framed(
                blank if line is None else self._painted(line, width, self._colour_of)
            )
            if key is not None:
                self._strips[key, width] = found
        return found

    def _take_sight(self) -> _Sight:
        lines = min(self._lines, self.line_count())
        return _Sight(
            self.line_width, self.pinned, round(self.scroll_y), lines, self.text_selection
        )

    def _painted(self, line: int, width: int, styles: Styles) -> list[Segment]:
        pieces, ground = self.line(line)
        return segments(pieces, width, styles, ground)

    def _colour_of(self, names: str) -> Style:
        """The style of component classes as the terminal gets it."""
        style = self._colours.get(names)
        if style is None:
            one = [Segment(" ", self.style_of(names))]
            for each in self._filters:
                one = each.apply(one, self.background_colors[1])
            style = self._colours[names] = one[0].style or Style.null()
        return style

    def style_of(self, names: str) -> Style:
        """The style of component classes, later ones over earlier ones."""
        style = self._style_cache.get(names)
        if style is None:
            style = self.rich_style
            # Each by itself: several at once would lose the background of the first.
            for name in names.split():
                own = self.get_component_rich_style(name, partial=True)
                style += (
                    own.without_color if names.startswith(f"{CURSOR} ") and name != CURSOR else own
                )
            self._style_cache[names] = style
        return style

    def notify_style_update(self) -> None:
        """Textual: theme, focus or classes have changed."""
        self._style_cache.clear()
        self._forget_colours()
        super().notify_style_update()

    def _forget_colours(self) -> None:
        self._colours.clear()
        self._strips.clear()
        self._rows.forget()

    def _repaint(self, first: int, last: int) -> None:
        if first < self.pinned:
            self._repaint_rows(first, min(last, self.pinned - 1))
        if last >= self.pinned:
            scrolled = round(self.scroll_y)
            self._repaint_rows(max(self.pinned, first - scrolled), last - scrolled)

    def _repaint_rows(self, first: int, last: int) -> None:
        # Whole rows: Textual need not cut them then, and knows from the last time what to write.
        width, height = self.outer_size
        gutter = self.styles.gutter
        first, last = max(first, -gutter.top), min(last, height - gutter.top - 1)
        if first <= last:
            self.refresh(Region(-gutter.left, first, width, last - first + 1))

    def take_count(self) -> None:
        """Take over how many lines there are."""
        count = self.line_count()
        if count == self._lines:
            return
        self._lines = count
        # Set past the reactive, which would lay out the whole screen: the bar is always there, so
        # the number of lines moves no widget.
        self.set_reactive(Widget.virtual_size, Size(0, count))
        if self.is_attached:
            self._scroll_update(Size(0, count))
            self.refresh()

    # Textual's events.

    @property
    def allow_select(self) -> bool:
        """Text can be selected with the mouse."""
        return True

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected, as text: the lines as they are seen, without blanks at their ends."""
        last = self.line_count() - 1
        first_line = 0 if selection.start is None else min(selection.start.y, last)
        last_line = last if selection.end is None else min(selection.end.y, last)
        width = self.line_width
        lines = []
        for line in range(first_line, min(last_line, first_line + SELECTED_LINES) + 1):
            span = selection.get_span(line)
            if span is not None:
                text = Strip(self._painted(line, width, self.style_of)).text
                lines.append(text[span[0] : None if span[1] < 0 else span[1]].rstrip())
        return ("\n".join(lines), "\n") if lines else None

    def selection_updated(self, selection: Selection | None) -> None:
        """Textual: what is selected has changed."""
        del selection
        self.refresh()

    def on_mount(self) -> None:
        """Textual: the pane is on the screen."""
        layouts = self.screen.screen_layout_refresh_signal
        layouts.subscribe(self, self._after_layout, immediate=True)
        self.lines_changed()

    def on_resize(self) -> None:
        """Textual: the pane has another size."""
        if self._origin is None:  # the first layout does not give the signal
            self._after_layout(self.screen)
        self._take_size()

    def _after_layout(self, _: object) -> None:
        """The screen has been laid out: the pane may be elsewhere."""
        region = self.content_region
        if region and not self._in_view:
            self._rows.appeared()
        self._in_view = bool(region)
        if region:
            self._origin = region.offset
            self._take_size()
            self.place_cursor()

    def _take_size(self) -> None:
        if self._laid_out != self.container_size:
            self._laid_out = self.container_size
            self.width_changed()
            self.lines_changed()

    def on_focus(self) -> None:
        """Textual: keys come here."""
        self.place_cursor()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Textual: the pane has been scrolled, by us, by the wheel or by its bar."""
        if self.scrollbar_size_vertical:
            super().watch_scroll_y(old_value, new_value)
        elif round(old_value) != round(new_value):
            # To move a bar that is not seen would have Textual look for it in a new layout.
            self._rows.scroll(round(new_value) - round(old_value), self.pinned)
        if round(old_value) != round(new_value):
            self.scrolled()
            self.place_cursor()

    def on_click(self, event: events.Click) -> None:
        """Textual: a click. Twice opens, and does not select everything."""
        event.prevent_default()
        row = event.get_content_offset(self)
        if row is None:
            return
        line = row.y if row.y < self.pinned else row.y + round(self.scroll_y)
        if line < self.line_count():
            self.clicked(line, twice=event.chain == 2)

"""The text of the composer: a text area whose keys go through the dispatcher."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar, Protocol

from rich.style import Style
from rich.text import Text
from textual.widgets import TextArea
from textual.widgets.text_area import Selection

from deskterm.service.command import Context
from deskterm.service.reading.macro_rows import SpanView
from deskterm.text.clean import SafeText
from deskterm.ui.does import does
from deskterm.ui.taking import TakesText
from deskterm.viewmodel.changes import change
from deskterm.viewmodel.findings import Finding
from deskterm.viewmodel.pasted import fitting

#: How places are marked that a macro has filled in, or not.
_STYLES: Mapping[str, str] = MappingProxyType(
    {"fallback": "fallback", "gap": "gap", "missing": "gap"}
)


class Acts(Protocol):
    """What the keys of the text lead to."""

    def send(self) -> None: ...
    def toggle_note(self) -> None: ...
    def next_finding(self) -> None: ...
    def rule(self) -> None: ...
    def begin_header(self) -> None: ...
    def begin_attach(self) -> None: ...
    def fix(self) -> None: ...
    def next_gap(self) -> None: ...
    def discard(self) -> None: ...
    def leave(self) -> None: ...
    def pause(self) -> None: ...


class WritingArea(TakesText, TextArea):
    """The text itself, with the findings marked in it.

    Args:
        acts: does the commands of the composer.
        typed: called with the text after each change, and before each command.
        tell: says what became of a paste.
    """

    context: ClassVar[Context] = "composer"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "writing--block",
        "writing--warn",
        "writing--hint",
        "writing--value",
        "writing--fallback",
        "writing--gap",
    }

    def __init__(
        self, acts: Acts, typed: Callable[[str], None], tell: Callable[[SafeText], None]
    ) -> None:
        super().__init__(id="composer-text", highlight_cursor_line=False, tab_behavior="focus")
        self.cursor_blink = False
        self._acts = acts
        self._typed = typed
        self._tell = tell
        self._marks: dict[int, list[tuple[int, int | None, str]]] = {}

    def put(self, text: str, index: int | None = None) -> None:
        """Show another text, with the cursor at a place of it, else at the end."""
        with self.prevent(TextArea.Changed):
            self.load_text(text)
        self.go_to(len(text) if index is None else index)

    def change(self, text: str) -> None:
        """Write another text in its place; one undo brings this one back."""
        self.history.checkpoint()
        self.replace(text, (0, 0), self.document.end)
        self.history.checkpoint()
        self.go_to(len(text))
        self.sync()

    def become(self, text: str) -> None:
        """Change what is different in another text; one undo brings this one back. The cursor
        stays where it is in the words.
        """
        start, end, shift = change(self.text, text)
        if start == end and not shift:
            return
        index = self.index
        self.history.checkpoint()
        first, last = self._location(start), self._location(end)
        self.replace(text[start : end + shift], first, last)
        self.history.checkpoint()
        if index > start:
            index = max(index, end) + shift
        self.go_to(index)
        self.sync()

    @property
    def index(self) -> int:
        """Where the cursor stands, in characters from the beginning."""
        row, column = self.cursor_location
        return sum(len(line) + 1 for line in self.document.lines[:row]) + column

    def go_to(self, index: int) -> None:
        """Put the cursor at a place of the text."""
        place = min(max(0, index), len(self.text))
        self.move_cursor(self._location(place))

    def select(self, start: int, end: int) -> None:
        """Select a part of the text: what is typed next stands in its place."""
        self.selection = Selection(self._location(start), self._location(end))

    def put_in(self, text: str) -> int:
        """Put a text in where the cursor is, as typing would; returns where it begins."""
        start = self.index
        result = self.insert(text)
        self.move_cursor(result.end_location)
        self.sync()
        return start

    def _location(self, index: int) -> tuple[int, int]:
        """Row and column of a place in the text."""
        for row, line in enumerate(self.document.lines):
            if index <= len(line):
                return row, index
            index -= len(line) + 1
        return self.document.end

    def sync(self) -> None:
        """Tell what is typed: the message that says so may still be on its way."""
        self._typed(self.text)

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        """Tell what is typed."""
        event.stop()
        self.sync()

    def on_blur(self) -> None:
        """The keys go elsewhere: save at once."""
        self.sync()
        self._acts.pause()

    def on_resize(self) -> None:
        """Textual: findings below take room; the line that is being written stays in view."""
        self.call_after_refresh(self.scroll_cursor_visible)

    def take_paste(self, text: str) -> None:
        """Take as much of a paste as fits."""
        taken, word = fitting(text, self.text)
        if taken and (result := self._replace_via_keyboard(taken, *self.selection)):
            self.move_cursor(result.end_location)
        if word is not None:
            self._tell(word)

    # Marks

    def mark(self, findings: Sequence[Finding], filled: Sequence[SpanView] = ()) -> None:
        """Mark what macros have put in, and over it the places of findings; the gravest come first
        and win.
        """
        marks: dict[int, list[tuple[int, int | None, str]]] = {}
        length = len(self.text)
        places = [(span.start, span.end, _STYLES.get(span.kind, "value")) for span in filled]
        places += [(f.start, f.end, f.severity) for f in reversed(findings) if f.has_place]
        for begin, finish, style in places:
            if begin >= length:
                continue
            first = self._location(begin)
            last = self._location(min(finish, length))
            for row in range(first[0], last[0] + 1):
                start = first[1] if row == first[0] else 0
                end = last[1] if row == last[0] else None
                marks.setdefault(row, []).append((start, end, f"writing--{style}"))
        if marks != self._marks:
            self._marks = marks
            self.notify_style_update()
            self.refresh()

    def get_line(self, line_index: int) -> Text:
        """A line with its marks."""
        line = super().get_line(line_index)
        for start, end, name in self._marks.get(line_index, ()):
            style: Style = self.get_component_rich_style(name, partial=True)
            line.stylize(style, start, end)
        return line

    # Commands

    @does("composer.send")
    def _send(self) -> None:
        self.sync()
        self._acts.send()

    @does("composer.note_toggle")
    def _toggle_note(self) -> None:
        self.sync()
        self._acts.toggle_note()

    @does("composer.next_finding")
    def _next_finding(self) -> None:
        self._acts.next_finding()

    @does("composer.rule")
    def _rule(self) -> None:
        self._acts.rule()

    @does("composer.header")
    def _header(self) -> None:
        self.sync()
        self._acts.begin_header()

    @does("composer.attach")
    def _file(self) -> None:
        self.sync()
        self._acts.begin_attach()

    @does("composer.fix")
    def _fix(self) -> None:
        self.sync()
        self._acts.fix()

    @does("composer.gap")
    def _gap(self) -> None:
        self.sync()
        self._acts.next_gap()

    @does("composer.discard")
    def _discard(self) -> None:
        self.sync()
        self._acts.discard()

    @does("composer.leave")
    def _leave(self) -> None:
        self.sync()
        self._acts.leave()

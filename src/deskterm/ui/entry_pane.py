"""Entries below one another, with a header that stays and a cursor on one of them.

Entries are laid out from the newest one upwards as far as somebody looks. Nothing that is done
outside what is in view moves what is in view.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import ClassVar

from deskterm.i18n import say_many
from deskterm.service.reading.rows import Entry
from deskterm.text.clean import SafeText, clean
from deskterm.ui.blocks import Block, Stack
from deskterm.ui.lines import BLANK, LinePane
from deskterm.ui.painting import EMPTY, Line, Piece, blanks, part, wrap
from deskterm.viewmodel.words import Symbols

_GAP = blanks(1)
_LEAST_PAGE = 6
"""Lines that must remain for the entries before the header is shown."""

#: From and to in the text of an entry, and whether it is the place that is looked at.
Marks = tuple[tuple[int, int, bool], ...]


class EntryPane(LinePane):
    """Lays out entries and moves among them. Subclasses say what entries look like.

    Args:
        symbols: the bars at the left.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "conversation--cursor",
        "conversation--found",
        "conversation--found-here",
        "conversation--note",
    }

    def __init__(
        self,
        symbols: Symbols,
        *,
        id: str | None = None,  # noqa: A002 - named as in Textual
    ) -> None:
        super().__init__(id=id)
        self._symbols = symbols
        self._bar = clean(symbols.bar)
        self._note = clean("|" if symbols.bar.isascii() else "│")
        self._entries: tuple[Entry, ...] = ()
        self._earlier = 0
        self._header: tuple[Line, ...] = ()
        self._place = 0
        self._shows_entries = False
        self._stack = Stack(0, self._lay_out)

    # What a subclass says.

    def lay_out(self, entry: Entry) -> Block:
        """The lines of an entry, the last of them blank."""
        raise NotImplementedError

    def words(self) -> tuple[SafeText, ...]:
        """What stands where there are no entries."""
        raise NotImplementedError

    def marks(self, key: str) -> Marks:
        """What is to be marked in the text of an entry, from its start on."""
        raise NotImplementedError

    def place_changed(self) -> None:
        """The cursor is on another entry."""

    # What a subclass uses.

    @property
    def header(self) -> tuple[Line, ...]:
        """The lines that stay above the entries."""
        return self._header

    @property
    def place(self) -> int:
        """The number of the current entry, 0 where there is none."""
        return self._place

    @property
    def current(self) -> Entry | None:
        """The entry under the cursor."""
        return self._entries[self._place] if self._entries else None

    def show_words(self) -> None:
        """Show no entries."""
        self._shows_entries = False
        self._begin((), 0, ())
        self.lines_changed()
        self.scroll_lines(-self.top)

    def show_entries(
        self, entries: tuple[Entry, ...], earlier: int, header: tuple[Line, ...], *, anew: bool
    ) -> None:
        """Show entries, or show them as they are now.

        Args:
            entries: the oldest first.
            earlier: so many older ones are not among them.
            header: lines that stay above.
            anew: the cursor goes to the newest entry. Else cursor and place stay where they are,
                but who was at the end stays at the end, and what was just written is shown.
        """
        newest = entries[-1] if entries else None
        if newest is not None and newest.kind != "message":
            anew = anew or self.number_of(newest.key) is None
        top = None if anew else self._top_entry()
        at_end = self._place >= len(self._entries) - 1 and top is None
        key = self.current.key if self.current is not None else None
        self._entries = entries
        number = None if anew or at_end or key is None else self.number_of(key)
        self._place = max(0, len(entries) - 1) if number is None else number
        self._shows_entries = True
        self._begin(entries, earlier, header)
        self._return_to(top)

    def number_of(self, key: str) -> int | None:
        """The number of an entry."""
        return next((n for n, entry in enumerate(self._entries) if entry.key == key), None)

    def go_to(self, number: int, character: int | None = None) -> None:
        """Move the cursor to an entry and show it; of its text, the line of a character."""
        if not 0 <= number < self._stack.count:
            return
        base = self._base
        added = self._stack.reach_block(number)
        if added:
            self.take_count()
            self.scroll_lines(added + self._base - base)
        self._set_place(number)
        self._show_place()
        if character is not None:
            line = self._start(number) + self._stack.block(number).line_of(character)
            self.show_lines(line, line)

    def step(self, entries: int) -> None:
        """Move the cursor by entries; on the last one, on to its end."""
        if entries > 0 and self._place + 1 >= len(self._entries):
            self.scroll_lines(self.page // 2)
        else:
            self.go_to(self._place + entries)

    def turn(self, lines: int) -> None:
        """Scroll; where that comes to an end, the cursor goes to the entry there."""
        self.scroll_lines(lines)
        if lines > 0 and round(self.scroll_y) >= self.max_scroll_y:
            self._set_place(max(0, self._stack.count - 1))
        elif lines < 0 and not round(self.scroll_y):
            self._set_place(self._stack.first)

    # Lines.

    def line_count(self) -> int:
        """Header, a line for what is older, and the entries that are laid out."""
        return self._base + self._stack.height if self._shows_entries else len(self._word_lines())

    def line(self, y: int) -> tuple[Line, str]:
        """A line of the header or of an entry."""
        if not self._shows_entries:
            return (Piece(_GAP), Piece(self._word_lines()[y], "line--dim")), ""
        if y < self.pinned:
            return self._header[y], ""
        if y < self._base:
            count = self._stack.first + self._earlier
            older = say_many("{count} older entry", "{count} older entries", count)
            return (Piece(blanks(2)), Piece(older, "line--dim")), ""
        return self._entry_line(*self._stack.at(y - self._base)), ""

    def line_key(self, y: int) -> Hashable:
        """A line of an entry looks the same as long as the entry is laid out the same."""
        if not self._shows_entries or y < self._base:
            return None
        number, line = self._stack.at(y - self._base)
        if line == self._stack.block(number).height - 1:
            return BLANK
        marks = self.marks(self._entries[number].key)
        return self._stack.block(number), line, number == self._place, marks

    def cursor_line(self) -> int | None:
        """The head of the current entry, or the first line of it that is in view."""
        if not self._stack.count:
            return None
        return min(max(self._start(self._place), self.top), self._end(self._place))

    def clicked(self, y: int, *, twice: bool) -> None:
        """A click moves the cursor to an entry."""
        del twice
        if self._stack.count and y >= self._base:
            self.go_to(self._stack.at(y - self._base)[0])

    def width_changed(self) -> None:
        """Entries are laid out anew; what is at the top of the pane stays there."""
        if self._shows_entries:
            top = self._top_entry()
            self._begin(self._entries, self._earlier, self._header)
            self._return_to(top)

    def scrolled(self) -> None:
        """Older entries are laid out before they are looked at; the cursor stays in view."""
        if not self._stack.count:
            return
        if self._stack.first and self.top < self._base + self.page:
            base = self._base
            added = self._stack.reach(self._stack.height + 2 * self.page)
            self.take_count()
            self.scroll_lines(added + self._base - base)
        top, bottom = self.top, self.top + self.page - 1
        if self._end(self._place) < top:
            self._set_place(self._number_at(top))
        elif self._start(self._place) > bottom:
            self._set_place(self._number_at(bottom))

    def _entry_line(self, number: int, line: int) -> Line:
        block = self._stack.block(number)
        if line == block.height - 1:
            return ()
        entry = self._entries[number]
        mark = self._bar if number == self._place else _GAP
        note = self._note if entry.kind == "note" else _GAP
        gutter = (Piece(mark, "conversation--cursor"), Piece(note, "conversation--note"))
        span = block.span(line)
        if span is None:
            return (*gutter, *block.fixed(line))
        return (*gutter, *_marked(block, *span, self.marks(entry.key)))

    def _word_lines(self) -> list[SafeText]:
        room = self.line_width - 2
        return [EMPTY, *(part(text, *span) for text in self.words() for span in wrap(text, room))]

    # Layout.

    def _begin(self, entries: tuple[Entry, ...], earlier: int, header: tuple[Line, ...]) -> None:
        """Start the layout anew."""
        self._entries, self._earlier, self._header = entries, earlier, header
        room = self.container_size.height - len(header)
        self.pinned = len(header) if room >= _LEAST_PAGE else 0
        # Without a width nothing can be laid out; that is done when there is one.
        self._stack = Stack(len(entries) if self.line_width else 0, self._lay_out)
        self._stack.reach(2 * self.page)
        self._stack.reach_block(self._place)

    def _lay_out(self, number: int) -> Block:
        return self.lay_out(self._entries[number])

    @property
    def _base(self) -> int:
        """Lines above the entries: the header, and a line for older ones."""
        return self.pinned + (1 if self._stack.first or self._earlier else 0)

    def _start(self, number: int) -> int:
        return self._base + self._stack.start(number)

    def _end(self, number: int) -> int:
        """The last line of an entry but the blank one."""
        return self._start(number) + max(0, self._stack.block(number).height - 2)

    def _number_at(self, line: int) -> int:
        """The entry that a line belongs to."""
        return self._stack.at(min(max(line - self._base, 0), self._stack.height - 1))[0]

    def _top_entry(self) -> tuple[str, int] | None:
        """The entry at the top of the pane, and which of its lines; None at the very bottom, of
        which the blank last line need not be in view.
        """
        if not self._stack.height or self.top + self.page >= self.line_count() - 1:
            return None
        line = min(max(self.top - self._base, 0), self._stack.height - 1)
        number, below = self._stack.at(line)
        return self._entries[number].key, below

    def _take_size(self) -> None:
        """With fewer lines than before (a composer has opened) the current entry stays in view."""
        before = self._laid_out.height
        super()._take_size()
        if self._laid_out.height < before:
            self._show_place()

    def _return_to(self, top: tuple[str, int] | None) -> None:
        """Go to where `_top_entry` was; else show the current entry."""
        number = self.number_of(top[0]) if top is not None and self._stack.count else None
        if top is None or number is None:
            self.lines_changed()
            self._show_place()
            return
        self._stack.reach_block(number)
        self._stack.reach(self._stack.height + self.page)
        self.lines_changed()
        self.scroll_lines(min(self._start(number) + top[1], self._end(number)) - self.top)

    # The cursor.

    def _set_place(self, number: int) -> None:
        if number == self._place or not self._stack.count:
            return
        before, self._place = self._place, number
        for changed in (before, number):
            self.lines_changed(self._start(changed), self._end(changed) + 1)
        self.place_changed()

    def _show_place(self) -> None:
        """Scroll until the current entry is in view, its head above all."""
        if self._stack.count:
            self.show_lines(self._start(self._place), self._end(self._place))
            self.scrolled()


def _marked(block: Block, start: int, end: int, marks: Marks) -> Line:
    """A line of text, with what is to be marked in it."""
    pieces = []
    place = start
    for first, last, here in marks:
        first, last = max(first, place), min(last, end)
        if first < last:
            pieces.append(Piece(part(block.text, place, first), block.text_style))
            style = "conversation--found-here" if here else "conversation--found"
            found = Piece(part(block.text, first, last), f"{block.text_style} {style}")
            pieces.append(found)
            place = last
    pieces.append(Piece(part(block.text, place, end), block.text_style))
    return tuple(piece for piece in pieces if piece.text)

"""A list of few things that take several lines each, with a cursor on one of them."""

from __future__ import annotations

from collections.abc import Hashable
from typing import ClassVar

from deskterm.text.clean import SafeText
from deskterm.ui.blocks import Block, Stack
from deskterm.ui.lines import CURSOR, LinePane
from deskterm.ui.painting import EMPTY, Line, Piece, blanks, part, wrap
from deskterm.ui.taking import TakesCommands

_GAP = blanks(1)


class BlockList(LinePane, TakesCommands):
    """Items as blocks. Subclasses say what they are and lay them out.

    Args:
        cursor: the sign before the item under the cursor.
    """

    def __init__(self, cursor: SafeText, *, id: str | None = None) -> None:  # noqa: A002 - as in Textual
        super().__init__(id=id)
        self._mark = cursor
        self._stack = Stack(0, self.lay_out)

    COMPONENT_CLASSES: ClassVar[set[str]] = {"item--head", "item--warning", "item--act"}

    # What a subclass says.

    def item_count(self) -> int:
        """How many items there are."""
        raise NotImplementedError

    def lay_out(self, number: int) -> Block:
        """The lines of an item; two cells of the width are taken by the cursor."""
        raise NotImplementedError

    def place(self) -> int:
        """The number of the item under the cursor."""
        raise NotImplementedError

    def go_to(self, number: int) -> None:
        """Move the cursor of the model."""
        raise NotImplementedError

    def words(self) -> SafeText:
        """What stands where there is no item."""
        raise NotImplementedError

    def opened(self) -> None:
        """A double click on the item under the cursor."""

    # What a subclass uses.

    @property
    def room(self) -> int:
        """Cells for the text of an item."""
        return max(1, self.line_width - 3)

    def items_changed(self) -> None:
        """Items or their words are different."""
        if not self.is_attached:
            return
        self._stack = Stack(self.item_count(), self.lay_out)
        self._stack.reach_block(0)
        self.lines_changed()
        self._show_cursor()

    def item_changed(self, number: int) -> None:
        """The words of one item are different."""
        if not self.is_attached or not 0 <= number < self._stack.count:
            return
        height = self._stack.block(number).height
        self._stack.lay_out_again(number)
        if self._stack.block(number).height != height:
            self.lines_changed()
        else:
            self._repaint_item(number)

    def cursor_moved(self, old: int, new: int) -> None:
        """The cursor went from one item to another."""
        if self.is_attached:
            for number in (old, new):
                if 0 <= number < self._stack.count:
                    self._repaint_item(number)
            self._show_cursor()

    # Lines.

    def line_count(self) -> int:
        """Lines of all items."""
        return self._stack.height or len(self._word_lines())

    def line(self, y: int) -> tuple[Line, str]:
        """A line of an item."""
        if not self._stack.count:
            return (Piece(_GAP), Piece(self._word_lines()[y], "line--dim")), ""
        number, below = self._stack.at(y)
        block = self._stack.block(number)
        here = number == self.place()
        mark = self._mark if here and not below else _GAP
        span = block.span(below)
        if span is None:
            line = block.fixed(below)
        else:
            line = (Piece(part(block.text, *span), block.text_style),)
        return (Piece(mark), Piece(_GAP), *line), CURSOR if here and not below else ""

    def line_key(self, y: int) -> Hashable:
        """A line looks the same until its item is laid out anew."""
        if not self._stack.count:
            return None
        number, below = self._stack.at(y)
        return self._stack.block(number), below, number == self.place()

    def cursor_line(self) -> int | None:
        """The first line of the item under the cursor."""
        return self._stack.start(self.place()) if self._stack.count else None

    def clicked(self, y: int, *, twice: bool) -> None:
        """A click moves the cursor, two open."""
        if self._stack.count:
            self.go_to(self._stack.at(y)[0])
            if twice:
                self.opened()

    def width_changed(self) -> None:
        """Every item is laid out anew."""
        self.items_changed()

    def on_mount(self) -> None:
        """Textual: the pane is on the screen."""
        self.items_changed()

    def _word_lines(self) -> list[SafeText]:
        text = self.words()
        return [EMPTY, *(part(text, *span) for span in wrap(text, self.room))]

    def _repaint_item(self, number: int) -> None:
        first = self._stack.start(number)
        self.lines_changed(first, first + self._stack.block(number).height - 1)

    def _show_cursor(self) -> None:
        if self._stack.count:
            first = self._stack.start(self.place())
            self.show_lines(first, first + self._stack.block(self.place()).height - 1)

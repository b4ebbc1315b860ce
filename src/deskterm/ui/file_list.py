"""The files of a ticket in a list, and what is shown of one of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, tzinfo
from typing import ClassVar

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from deskterm.service.command import Context
from deskterm.text.clean import SafeText, clean
from deskterm.ui.block_list import BlockList
from deskterm.ui.blocks import Block
from deskterm.ui.painting import Piece, joined
from deskterm.viewmodel import time_words, words
from deskterm.viewmodel.files import TicketFiles
from deskterm.viewmodel.words import Symbols


class FileList(BlockList):
    """Paints `TicketFiles`.

    Args:
        files: the model.
        symbols: the sign of the cursor.
        now: the time (aware, UTC).
        zone: of the clock on the wall.
        opened: the file under the cursor was clicked twice.
    """

    context: ClassVar[Context] = "files"

    def __init__(
        self,
        files: TicketFiles,
        *,
        symbols: Symbols,
        now: Callable[[], datetime],
        zone: tzinfo,
        opened: Callable[[], None],
    ) -> None:
        super().__init__(clean(symbols.cursor), id="file-list")
        self.files = files
        self._now = now
        self._zone = zone
        self._opened = opened
        files.changed.connect(self._changed)
        files.moved.connect(self.cursor_moved)

    def item_count(self) -> int:
        """How many files there are."""
        return self.files.count

    def place(self) -> int:
        """Where the cursor is."""
        return self.files.cursor

    def go_to(self, number: int) -> None:
        """Move the cursor."""
        self.files.move_to(number)

    def words(self) -> SafeText:
        """What stands where there is no file."""
        return self.files.words

    def opened(self) -> None:
        """A double click."""
        self._opened()

    def lay_out(self, number: int) -> Block:
        """The name alone in its line, as it may be anything; then type, size, who and when."""
        item = self.files.items[number]
        when = time_words.clock(item.at, self._zone, self._now())
        facts = joined(item.file.mime, words.size(item.file.size), item.author, when, by=" · ")
        return Block(
            ((Piece(item.file.filename, "item--head"),), (Piece(facts, "line--dim"),)),
            tail=((),),
        )

    def _changed(self) -> None:
        if self.is_attached:
            self.title(self.files.title)
            self.items_changed()

    def on_mount(self) -> None:
        """Textual: the pane is on the screen."""
        self._changed()


class Overlay(Vertical):
    """Stands over the panes, between the status line and the footer.

    Args:
        parts: of which one is shown at a time.
        left: something else has taken the keys.
        within: the context of the parts; also what the overlay is called.
    """

    def __init__(self, *parts: Widget, left: Callable[[], None], within: Context = "files") -> None:
        super().__init__(id=within, classes="overlay")
        self._parts = parts
        self._within = within
        self._left = left

    def compose(self) -> ComposeResult:
        """The parts."""
        yield from self._parts

    def show(self, one: Widget) -> None:
        """Show one of the parts and give it the keys."""
        for each in self._parts:
            each.display = each is one
        self.display = True
        self.screen.set_focus(one)

    def on_descendant_blur(self) -> None:
        """Textual: the keys have gone from here."""
        focused = self.app.focused
        context = getattr(focused, "context", None)
        if self.display and focused is not None and context not in (self._within, "line"):
            self._left()

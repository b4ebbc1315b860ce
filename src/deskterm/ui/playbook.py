"""A playbook beside the ticket; over the panes where there is no room beside."""

from __future__ import annotations

from typing import ClassVar

from deskterm.i18n import say
from deskterm.service.command import Context
from deskterm.service.reading.playbook_rows import PartView
from deskterm.text.clean import SafeText, clean
from deskterm.ui.block_list import BlockList
from deskterm.ui.blocks import Block
from deskterm.ui.chooser import Chooser, Row
from deskterm.ui.does import does
from deskterm.ui.painting import EMPTY, Line, Piece, blanks, part, wrap
from deskterm.viewmodel.playbook import Playbooks
from deskterm.viewmodel.words import Symbols

_FAR = 1_000_000
_STYLES = {"heading": "item--head", "quote": "line--dim", "code": "line--dim"}


class PlaybookPane(BlockList):
    """Paints `Playbooks`.

    Args:
        books: the model.
        symbols: the sign of the cursor.
    """

    context: ClassVar[Context] = "playbook"

    def __init__(self, books: Playbooks, *, symbols: Symbols) -> None:
        super().__init__(clean(symbols.cursor), id="playbook-pane")
        self.books = books
        books.changed.connect(self._changed)
        books.moved.connect(self.cursor_moved)

    def item_count(self) -> int:
        """How many parts there are."""
        return len(self.books.parts)

    def place(self) -> int:
        """Where the cursor is."""
        return self.books.cursor

    def go_to(self, number: int) -> None:
        """Move the cursor."""
        self.books.move_to(number)

    def words(self) -> SafeText:
        """What stands where there is nothing to read."""
        return self.books.nothing

    def lay_out(self, number: int) -> Block:
        """A part, set in as deep as it is; over the first one why it is shown."""
        one = self.books.parts[number]
        lines: list[Line] = []
        if not number:
            for text, style in ((self.books.why, "item--act"), (self.books.mistakes, "line--dim")):
                lines += [(Piece(part(text, *s), style),) for s in wrap(text, self.room) if text]
            lines.append(())
        lines += self._of_part(one)
        more = self.books.parts[number + 1 : number + 2]
        if not (more and one.kind == more[0].kind == "item"):
            lines.append(())
        return Block((), tail=tuple(lines))

    def _of_part(self, one: PartView) -> list[Line]:
        """The lines of a part; what is looked for stands out."""
        mark = EMPTY
        if one.kind == "item":
            mark = clean(f"{one.mark} " if one.mark else "- ")
        indent = 2 * one.depth
        hanging = blanks(indent + len(mark))
        room = max(10, self.room - indent - len(mark))
        style = _STYLES.get(one.kind, "")
        found = self.books.marks(one)
        lines: list[Line] = []
        for number, (start, end) in enumerate(wrap(one.text, room)):
            before = clean(f"{blanks(indent)}{mark}") if not number else hanging
            lines.append((Piece(before), *_marked(one.text, start, end, found, style)))
        return lines

    def _changed(self) -> None:
        if self.is_attached:
            self.title(self.books.title)
            self.subtitle(self.books.words)
            self.items_changed()

    def on_mount(self) -> None:
        """Textual: the pane is on the screen."""
        self._changed()

    # Commands.

    @does("playbook.down")
    def down(self) -> None:
        """The next part."""
        self._move(1)

    @does("playbook.up")
    def up(self) -> None:
        """The part before."""
        self._move(-1)

    @does("playbook.page_down")
    def page_down(self) -> None:
        """Some parts on."""
        self._move(max(1, self.page // 3))

    @does("playbook.page_up")
    def page_up(self) -> None:
        """Some parts back."""
        self._move(-max(1, self.page // 3))

    @does("playbook.top")
    def first(self) -> None:
        """The beginning."""
        self._move(-_FAR)

    @does("playbook.bottom")
    def last(self) -> None:
        """The end."""
        self._move(_FAR)

    @does("playbook.next")
    def next_book(self) -> None:
        """The next playbook."""
        self.books.turn(1)

    @does("playbook.previous")
    def previous_book(self) -> None:
        """The playbook before."""
        self.books.turn(-1)

    @does("playbook.find_next")
    def find_next(self) -> None:
        """The next place of what is looked for."""
        self.books.find_next()

    def _move(self, step: int) -> None:
        self.books.move_to(self.books.cursor + step)


class PlaybookFind(Chooser):
    """The line for words to find in playbooks; they are marked while they are typed."""

    def __init__(self, books: Playbooks) -> None:
        super().__init__(say("Find in playbooks"), id="playbook-find")
        self._books = books

    def typed(self, text: str) -> None:
        """Mark the words and say in how many places they stand."""
        self._books.find(text)
        self._tell()

    def move(self, step: int) -> None:
        """The next place; round at the end."""
        del step
        self._books.find_next()
        self._tell()

    def choose(self, place: int) -> None:
        """There is nothing to choose."""

    async def entered(self) -> None:
        """Back to the playbook, with the marks."""
        self.end()

    def escaped(self) -> None:
        """Back without marks."""
        self._books.find("")
        self.end()

    def _tell(self) -> None:
        words = self._books.found_words
        self.choices.put([Row(words, heading=True)] if words else [], -1)


def _marked(
    text: SafeText, start: int, end: int, found: list[tuple[int, int]], style: str
) -> list[Piece]:
    """A line of a text, with what was found in it set off."""
    pieces: list[Piece] = []
    at = start
    for first, last in found:
        first, last = max(first, at), min(last, end)
        if first < last:
            if first > at:
                pieces.append(Piece(part(text, at, first), style))
            pieces.append(Piece(part(text, first, last), "item--warning"))
            at = last
    pieces.append(Piece(part(text, at, end), style))
    return pieces

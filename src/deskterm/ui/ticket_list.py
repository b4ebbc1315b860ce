"""The list of tickets: one line for each on a narrow screen, two on a wide one."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar

from deskterm.text.clean import SafeText, clean
from deskterm.ui.does import does
from deskterm.ui.lines import CURSOR, WIDE, LinePane
from deskterm.ui.messages import Opened
from deskterm.ui.painting import EMPTY, Line, Piece, blanks, column, joined, part, wrap
from deskterm.ui.taking import TakesCommands
from deskterm.viewmodel import time_words
from deskterm.viewmodel.marks import Marks
from deskterm.viewmodel.ticket_list import TicketList
from deskterm.viewmodel.urgency import sign
from deskterm.viewmodel.words import Symbols

if TYPE_CHECKING:
    from deskterm.service.command import Context
    from deskterm.service.reading.ticket_rows import TicketRow

_AGE = 4
_ACCOUNT = 9
_CUSTOMER = 17
#: Signs before the subject of what is pressing.
_PRESSING = MappingProxyType({"high": 1, "urgent": 2})
_GAP = blanks(1)
_INDENT = blanks(4)


class TicketListPane(LinePane, TakesCommands):
    """Paints a `TicketList` and moves its cursor.

    Args:
        tickets: the model.
        marks: the tickets that are marked.
        symbols: the marks of a row.
        now: the time that ages are counted to (aware, UTC).
    """

    context: ClassVar[Context] = "list"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "ticket--unread",
        "ticket--marks",
        "ticket--attention",
        "ticket--place",
        "ticket--subject",
    }

    def __init__(
        self,
        tickets: TicketList,
        *,
        symbols: Symbols,
        now: Callable[[], datetime],
        marks: Marks | None = None,
        id: str | None = None,  # noqa: A002 - named as in Textual
    ) -> None:
        super().__init__(id=id)
        self.tickets = tickets
        self._marked = Marks() if marks is None else marks
        self._symbols = symbols
        self._now = now
        tickets.changed.connect(self._changed)
        tickets.rows_changed.connect(self._rows_changed)
        tickets.moved.connect(self._moved)
        tickets.slid.connect(self._slid)
        self._marked.changed.connect(self._marks_changed)

    # Lines.

    @property
    def row_height(self) -> int:
        """Lines of a ticket."""
        return 2 if self.app.size.width >= WIDE else 1

    def line_count(self) -> int:
        """Lines of all tickets, or of the words that stand where there is none."""
        return self.tickets.count * self.row_height or len(self._words())

    def line(self, y: int) -> tuple[Line, str]:
        """A line of a ticket."""
        if not self.tickets.count:
            return (Piece(_GAP), Piece(self._words()[y], "line--dim")), ""
        number, below = divmod(y, self.row_height)
        here = number == self.tickets.cursor
        ground = CURSOR if here else ""
        mark = _GAP if below else self._sign(number, here=here)
        row = self.tickets.row(number)
        if row is None:
            missing = Piece(clean(self._symbols.missing), "line--dim")
            return (Piece(mark), Piece(_INDENT), missing), ground
        if self.row_height == 1:
            return self._one_line(row, mark), ground
        return (self._second_line(row) if below else self._first_line(row, mark)), ground

    def line_key(self, y: int) -> Hashable:
        """A row looks the same as long as it is the same row at the same age."""
        if not self.tickets.count:
            return None
        number, below = divmod(y, self.row_height)
        row = self.tickets.row(number)
        if row is None:
            return None
        here, marked = number == self.tickets.cursor, row.ticket_id in self._marked
        age = None if below else self._age(row)
        return row, below, self.row_height, here, marked, age

    def cursor_line(self) -> int | None:
        """The first line of the ticket under the cursor."""
        return self.tickets.cursor * self.row_height if self.tickets.count else None

    def clicked(self, y: int, *, twice: bool) -> None:
        """A click moves the cursor, two open."""
        if self.tickets.count:
            self.tickets.move_to(y // self.row_height)
            if twice:
                self.open()

    def width_changed(self) -> None:
        """A ticket may now have another number of lines; the one under the cursor stays in view."""
        self.call_next(self._show_cursor)

    def scrolled(self) -> None:
        """The model is told what is in view, and reads it."""
        first = self.top // self.row_height
        self.tickets.looking_at(first, first + self._rows_in_view)

    def ages_changed(self) -> None:
        """A minute has passed."""
        self.lines_changed()

    def _sign(self, number: int, *, here: bool) -> SafeText:
        """The first cell of a row: whether the cursor is there, whether it is marked."""
        signs = self._symbols
        if self.tickets.ticket_at(number) in self._marked:
            return clean(signs.marked_here if here else signs.marked)
        return clean(signs.cursor) if here else _GAP

    def _subject(self, row: TicketRow, weight: str) -> Line:
        """What it is about; before it signs where it is pressing: somebody said so, or the customer
        is angry, or speaks of danger or the law.
        """
        subject = Piece(row.subject or row.preview, weight)
        pressing = clean(self._symbols.urgent * _PRESSING.get(row.priority, 0))
        signs = joined(pressing, sign(row, self._symbols))
        return (Piece(signs, "ticket--attention"), Piece(_GAP), subject) if signs else (subject,)

    def _one_line(self, row: TicketRow, mark: SafeText) -> Line:
        weight = "ticket--unread" if row.unread else ""
        return (
            *self._marks(row, mark),
            Piece(column(self._age(row), _AGE, right=True), "ticket--place"),
            Piece(_GAP),
            Piece(column(clean(row.account, multiline=False), _ACCOUNT), "ticket--place"),
            Piece(_GAP),
            Piece(column(row.customer, _CUSTOMER), weight),
            Piece(_GAP),
            *self._subject(row, weight or "ticket--subject"),
        )

    def _first_line(self, row: TicketRow, mark: SafeText) -> Line:
        room = self.line_width - _ACCOUNT - _AGE - 6
        return (
            *self._marks(row, mark),
            Piece(_GAP),
            Piece(column(row.customer, room), "ticket--unread" if row.unread else ""),
            Piece(_GAP),
            Piece(column(clean(row.account, multiline=False), _ACCOUNT), "ticket--place"),
            Piece(column(self._age(row), _AGE, right=True), "ticket--place"),
        )

    def _second_line(self, row: TicketRow) -> Line:
        return (
            Piece(_INDENT),
            Piece(_GAP),
            *self._subject(row, "ticket--unread" if row.unread else "ticket--subject"),
        )

    def _marks(self, row: TicketRow, mark: SafeText) -> Line:
        """Four cells: the cursor, whose turn it is, what is being written or sent, unread."""
        signs = self._symbols
        waits = row.status.startswith("waiting")
        turn = signs.needs_us if row.needs_us else signs.waiting if waits else " "
        doing = signs.outgoing if row.outgoing else signs.draft if row.has_draft else " "
        alarm = row.attention is not None
        return (
            Piece(mark, "ticket--marks"),
            Piece(
                clean(signs.attention if alarm else turn),
                "ticket--attention" if alarm else "ticket--marks" if row.needs_us else "line--dim",
            ),
            Piece(clean(doing), "ticket--marks"),
            Piece(clean(signs.unread if row.unread else " "), "ticket--unread"),
        )

    def _age(self, row: TicketRow) -> SafeText:
        since = row.waiting_since if row.needs_us and row.waiting_since else row.last_message_at
        return time_words.age(since, self._now())

    def _words(self) -> list[SafeText]:
        """What stands where there is no ticket."""
        text = self.tickets.words
        return [EMPTY, *(part(text, *span) for span in wrap(text, self.line_width - 2))]

    # The model.

    def _changed(self) -> None:
        if not self.is_attached:
            return
        self.title(self.tickets.title)
        self._show_place()
        self.lines_changed()
        self._show_cursor()
        self.scrolled()

    def _slid(self, rows: int) -> None:
        if self.is_attached:
            self.take_count()
            self.scroll_lines(rows * self.row_height)

    def _rows_changed(self, first: int, last: int) -> None:
        if self.is_attached:
            height = self.row_height
            self.lines_changed(first * height, (last + 1) * height - 1)

    def _moved(self, old: int, _new: int) -> None:
        if self.is_attached:
            self._rows_changed(old, old)
            self._show_cursor()
            self._show_place()

    def _show_cursor(self) -> None:
        if self.tickets.count:
            first = self.tickets.cursor * self.row_height
            self.show_lines(first, first + self.row_height - 1)
            self.lines_changed(first, first + self.row_height - 1)

    def _show_place(self) -> None:
        position = self.tickets.position if self.tickets.count else EMPTY
        marked = self._marked.words
        self.subtitle(joined(position, marked, by=" · ") if marked else position)

    def _marks_changed(self) -> None:
        if self.is_attached:
            self._show_place()
            self.lines_changed()

    def on_mount(self) -> None:
        """Textual: the pane is on the screen."""
        self._changed()

    # Commands.

    @does("list.down")
    def down(self) -> None:
        """One ticket down."""
        self.tickets.move_by(1)

    @does("list.up")
    def up(self) -> None:
        """One ticket up."""
        self.tickets.move_by(-1)

    @does("list.top")
    def to_top(self) -> None:
        """To the first ticket."""
        self.tickets.move_to(0)

    @does("list.bottom")
    def to_bottom(self) -> None:
        """To the last ticket."""
        self.tickets.move_to(self.tickets.count - 1)

    @does("list.half_down")
    def half_down(self) -> None:
        """Half a page down."""
        self._turn(self._rows_in_view // 2)

    @does("list.half_up")
    def half_up(self) -> None:
        """Half a page up."""
        self._turn(-(self._rows_in_view // 2))

    @does("list.page_down")
    def page_down(self) -> None:
        """A page down."""
        self._turn(self._rows_in_view)

    @does("list.page_up")
    def page_up(self) -> None:
        """A page up."""
        self._turn(-self._rows_in_view)

    @does("list.sort")
    def sort(self) -> None:
        """Another order."""
        self.tickets.sort()

    def open(self) -> None:
        """Open the ticket under the cursor."""
        ticket_id = self.tickets.current_id
        if ticket_id is not None:
            self.post_message(Opened(ticket_id))

    @property
    def _rows_in_view(self) -> int:
        return max(1, self.page // self.row_height)

    def _turn(self, rows: int) -> None:
        """Scroll and move by as much, so that the cursor stays where it stands on the screen."""
        if rows:
            self.scroll_lines(rows * self.row_height)
            self.tickets.move_by(rows)

"""The ticket list: the ids of a whole view, and the rows that are looked at.

A view may hold a million tickets. Their ids are an array; rows come in pages when they are looked
at, from reader threads, and few are kept. So no key costs more in a longer view.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from deskterm.domain.errors import DesktermError
from deskterm.service.reading.views import NEEDS_US, View
from deskterm.text.clean import SafeText
from deskterm.viewmodel import words
from deskterm.viewmodel.following import follow, place_of
from deskterm.viewmodel.list_pages import (
    KEPT,
    PAGE,
    ListState,
    Page,
    Read,
    around,
    differing,
    first_page,
    in_view,
    mark_read,
    pages_of,
    whole,
)
from deskterm.viewmodel.list_times import BREATH_S, LATER_S, SLOW_S, TYPING_S
from deskterm.viewmodel.ports import Timers
from deskterm.viewmodel.readers import Asking
from deskterm.viewmodel.signal import Signal

if TYPE_CHECKING:
    from deskterm.service.reading.ticket_rows import TicketRow
    from deskterm.viewmodel.reading import ReadingPort


class TicketList:
    """The list of tickets in a view, with a cursor that stays on its ticket.

    Args:
        readers: read for it.
        timers: wait for it.
        view: what it shows first, after `start`.
    """

    def __init__(self, readers: Asking, timers: Timers, view: View = NEEDS_US) -> None:
        #: Everything may be different: view, count, rows, cursor, state.
        self.changed: Signal[[]] = Signal()
        #: The rows from the first to the last place, both included, are different.
        self.rows_changed: Signal[[int, int]] = Signal()
        #: The cursor went from a place to another.
        self.moved: Signal[[int, int]] = Signal()
        #: The list slid under the cursor by so many rows: who shows it scrolls by as much, and
        #: the cursor stays where it is on the screen. Comes before `changed`.
        self.slid: Signal[[int]] = Signal()
        self.view = view
        self.state: ListState = "loading"
        self.error: DesktermError | None = None
        #: The fault in the filter that is being typed (a `QueryError` knows its place).
        self.filter_error: DesktermError | None = None
        self._readers = readers
        self._timers = timers
        self._ids: array[int] = array("I")
        self._cursor = 0
        self._pages: OrderedDict[int, Page] = OrderedDict()
        self._faded: dict[int, TicketRow] = {}
        self._asked: frozenset[int] = frozenset()
        self._generation = 0
        self._seen = (0, PAGE - 1)
        self._reading = False
        self._again = False
        self._resting: Callable[[], None] | None = None
        self._later: Callable[[], None] | None = None
        self._typed = ""
        self._typing: Callable[[], None] | None = None
        self._left_at: int | None = None
        #: It began empty and nobody did anything yet: while a first sync fills it, the cursor stays
        #: at the top instead of on its ticket.
        self._untouched = False

    # What it shows

    @property
    def count(self) -> int:
        """How many tickets the view has, as far as is known."""
        return len(self._ids)

    @property
    def ids(self) -> array[int]:
        """The ids of all tickets of the view, as far as they are known; not to be changed."""
        return self._ids

    @property
    def is_whole(self) -> bool:
        """Whether nothing is being read: count and places are those of the whole view."""
        return not self._reading

    @property
    def cursor(self) -> int:
        """The place of the cursor, from 0; 0 in an empty list too."""
        return self._cursor

    @property
    def current(self) -> TicketRow | None:
        """The ticket under the cursor; None where there is none, or it has not been read yet."""
        return self.row(self._cursor)

    @property
    def current_id(self) -> int | None:
        """The id of the ticket under the cursor; None in an empty list."""
        return self._ids[self._cursor] if self._ids else None

    @property
    def title(self) -> SafeText:
        """The view's title, and how many tickets it has."""
        return words.list_title(self.view, self.count)

    @property
    def position(self) -> SafeText:
        """Where the cursor stands: `3 of 38`."""
        return words.position(self._cursor, self.count)

    @property
    def words(self) -> SafeText:
        """What to say instead of rows, or of a filter that has a fault; else empty."""
        return words.list_state(self.state, self.view, self.error)

    def row(self, place: int) -> TicketRow | None:
        """The row at a place; None where it has not been read yet. Reads it in the background."""
        if not 0 <= place < len(self._ids):
            return None
        number, offset = divmod(place, PAGE)
        page = self._pages.get(number)
        if page is None:
            self._want((number,))
            return self._faded.get(self._ids[place])
        self._pages.move_to_end(number)
        return page[offset] if offset < len(page) else None

    def ticket_at(self, place: int) -> int | None:
        """The id of the ticket at a place."""
        return self._ids[place] if 0 <= place < len(self._ids) else None

    def index_of(self, ticket_id: int) -> int | None:
        """The place of a ticket; None where it is not in the view."""
        return place_of(self._ids, ticket_id, self._cursor)

    # Moving

    def move_by(self, rows: int) -> None:
        """Move the cursor down by so many rows, or up."""
        self.move_to(self._cursor + rows)

    def move_to(self, place: int) -> None:
        """Move the cursor to a place, or as near as there is one."""
        self.touched()
        before = self._cursor
        self._cursor = max(0, min(place, len(self._ids) - 1))
        self._prefetch()
        if self._cursor != before:
            self.moved.emit(before, self._cursor)

    def move_to_ticket(self, ticket_id: int) -> bool:
        """Move the cursor to a ticket; False where it is not in the view."""
        place = self.index_of(ticket_id)
        if place is not None:
            self.move_to(place)
        return place is not None

    def looking_at(self, first: int, last: int) -> None:
        """Say which places are on the screen, both included."""
        self._seen = first, last
        self._prefetch()

    def touched(self) -> None:
        """An agent does something: from now on the cursor stays on its ticket."""
        self._untouched = False

    def seen(self, ticket_id: int) -> None:
        """A ticket was seen: its row shows it at once."""
        place = self.index_of(ticket_id)
        if place is not None and mark_read(self._pages, place):
            self.rows_changed.emit(place, place)

    # Reading

    def start(self, reading: ReadingPort) -> None:
        """Read the first page at once, for the first paint; `refresh` then reads the rest."""
        try:
            self._take(first_page(self.view, reading))
        except DesktermError as error:
            self._fail(error)
        self._untouched = not self._ids

    def show(self, view: View | str, *, ticket_id: int | None = None) -> None:
        """Show a view, or what fits a query; the cursor goes to the first row, or to a ticket."""
        if isinstance(view, str):
            view = View("query", view, view)
        self._forget_typing()
        self._left_at = None
        self._load(view, ticket_id)

    def sort(self) -> None:
        """Show the view in its next order; the cursor goes to the first row."""
        self._load(self.view.sorted_otherwise(), None)

    def refresh(self) -> None:
        """Read anew, as the database has changed. The cursor stays on its ticket."""
        if self._reading or self._resting is not None:
            self._again = True
            return
        self._reading, self._again = True, False
        view, at, seen = self.view, self._cursor, self._seen
        ids = array("I") if self._untouched else self._ids
        self._readers.ask(
            "list", lambda reading: whole(view, reading, ids, at, seen), self._take, self._fail
        )

    def narrow(self, text: str) -> None:
        """Show only what fits `text` too, soon after the last letter; empty text ends it, and the
        cursor is where it was before.
        """
        text = text.strip()
        if text == self._typed:
            return
        self._forget_typing()
        self._typed = text
        self._typing = self._timers.after(TYPING_S, self._narrow_now)

    def _narrow_now(self) -> None:
        self._typing = None
        if not self._typed:
            self.filter_error = None
            self._load(self.view.narrow(""), self._left_at)
            self._left_at = None
            return
        if not self.view.narrowed and self._left_at is None:
            self._left_at = self.current_id
        self._load(self.view.narrow(self._typed), None)

    def _forget_typing(self) -> None:
        if self._typing is not None:
            self._typing()
        self._typing = None
        self._typed = ""

    def _load(self, view: View, ticket_id: int | None) -> None:
        """Read another view: its first page, then the rest; or all of it around a ticket."""
        self._reading, self._again = True, False
        slow = self._timers.after(SLOW_S, self._say_loading)

        def take(read: Read) -> None:
            slow()
            self.view, self.filter_error = view, None
            self._ids = array("I")
            self._cursor = 0
            self._faded, self._pages = {}, OrderedDict()
            self._take(read, news=True)
            if not read.whole:
                if self._resting is not None:
                    self._resting()
                    self._resting = None
                self.refresh()

        def fail(error: DesktermError) -> None:
            slow()
            self._reading = False
            if view.narrowed and error.code == "query":
                self.filter_error = error
                self.state = "shown" if self._ids else "empty"
                self.changed.emit()
            else:
                self.view = view
                self._fail(error)

        if ticket_id is None:
            self._readers.ask("list", partial(first_page, view), take, fail)
        else:
            seen = self._seen[1] - self._seen[0]
            self._readers.ask(
                "list", lambda reading: around(view, reading, ticket_id, seen), take, fail
            )

    def _say_loading(self) -> None:
        if self._reading:
            self.state = "loading"
            self.changed.emit()

    def _take(self, read: Read, *, news: bool = False) -> None:
        """Take in what a reader found, and go on from the cursor's ticket."""
        self._reading = False
        before, old, at = self._describe(), self._ids, self._cursor
        place = read.at
        if old and not self._untouched:
            place = follow(old, at, read.ids)
        self._faded = {row.ticket_id: row for page in self._pages.values() for row in page if row}
        same = old == read.ids
        self._ids, self._cursor = read.ids, place
        self._generation += 1
        self._asked = frozenset()
        self._pages = OrderedDict(read.pages)
        self.error = None
        self.state = read.state
        if read.whole:
            self._rest()
        if news or not same or self._describe() != before:
            if old and place != at:
                self._seen = (self._seen[0] + place - at, self._seen[1] + place - at)
                self.slid.emit(place - at)
            self.changed.emit()
        else:
            self._tell_rows(read.pages)
        self._prefetch()

    def _describe(self) -> tuple[object, ...]:
        return (self.state, self.error, len(self._ids), self._cursor)

    def _tell_rows(self, pages: dict[int, Page]) -> None:
        """Name the rows that are not what they were."""
        places = differing(pages, self._faded)
        if places:
            self.rows_changed.emit(min(places), max(places))

    def _fail(self, error: DesktermError) -> None:
        self._reading = False
        self.error = error
        if not self._ids:
            self.state = "failed"
        self._rest()
        self.changed.emit()

    def _rest(self) -> None:
        """Let a moment pass before the next refresh."""
        if self._resting is None:
            self._resting = self._timers.after(BREATH_S, self._rested)

    def _rested(self) -> None:
        self._resting = None
        if self._again:
            self.refresh()

    # Pages

    def _prefetch(self) -> None:
        """Have the pages of the cursor and of the screen at hand, with one on either side."""
        if not self._ids:
            return
        seen, beside = in_view(self._cursor, self._seen, len(self._ids))
        if self._later is not None:
            self._later()
            self._later = None
        if not all(page in self._pages for page in seen):
            self._want(beside)
        elif not all(page in self._pages or page in self._asked for page in beside):
            # Nobody looks at those yet: the key that came near them is painted first.
            want = partial(self._want_later, self._generation, beside)
            self._later = self._timers.after(LATER_S, want)

    def _want_later(self, generation: int, pages: range) -> None:
        self._later = None
        if generation == self._generation:
            self._want(pages)

    def _want(self, pages: Iterable[int]) -> None:
        """Have pages read that are not at hand; those still wanted are asked for again."""
        missing = {page for page in pages if page not in self._pages}
        if missing <= self._asked:
            return
        if len(self._asked) < KEPT // 2:
            missing |= self._asked
        self._asked = frozenset(missing)
        generation, ids = self._generation, self._ids
        self._readers.ask(
            "list-rows",
            lambda reading: pages_of(reading, ids, sorted(missing)),
            lambda pages: self._take_pages(generation, pages),
            self._no_pages,
        )

    def _take_pages(self, generation: int, pages: dict[int, Page]) -> None:
        if generation != self._generation:
            return
        self._asked = frozenset()
        self._pages.update(pages)
        while len(self._pages) > KEPT:
            self._pages.popitem(last=False)
        for number, page in pages.items():
            self.rows_changed.emit(number * PAGE, number * PAGE + len(page) - 1)

    def _no_pages(self, error: DesktermError) -> None:
        self._asked = frozenset()
        self.error = error
        self.changed.emit()

"""The ticket list: a cursor that stays on its ticket, rows when they are looked at."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.domain.errors import DesktermError
from deskterm.domain.query import QueryError
from deskterm.service.reading import views
from deskterm.service.reading.reading import Reading
from deskterm.service.reading.ticket_rows import TicketRow
from deskterm.service.reading.views import View
from deskterm.text.clean import clean
from deskterm.viewmodel.following import follow
from deskterm.viewmodel.list_pages import KEPT, PAGE
from deskterm.viewmodel.list_times import LATER_S
from deskterm.viewmodel.ticket_list import TicketList
from tests.support.desk import TestDesk, running
from tests.support.models import HandReaders, ManualTimers

AT = datetime(2026, 11, 2, tzinfo=UTC)


def a_row(ticket_id: int, subject: str = "") -> TicketRow:
    return TicketRow(
        ticket_id,
        f"t{ticket_id}",
        "email",
        "support",
        clean("Marta"),
        clean(subject or f"About {ticket_id}"),
        clean(""),
        "open",
        needs_us=True,
        unread=False,
        assignee=None,
        waiting_since=AT,
        snoozed_until=None,
        last_message_at=AT,
        outgoing=None,
        attention=None,
        has_draft=False,
    )


@dataclass
class Shelf:
    """A reading of tickets that a test lays out."""

    ids_now: list[int] = field(default_factory=list)
    subjects: dict[int, str] = field(default_factory=dict)
    asked: list[int] = field(default_factory=list)
    unread: set[int] = field(default_factory=set)
    error: DesktermError | None = None

    def ids(self, view: View) -> array[int]:
        if self.error is not None:
            raise self.error
        if view.narrowed == "(":
            raise QueryError("A bracket is not closed", "", "", at=0)
        if view.narrowed:
            wanted = int(view.narrowed)
            return array("I", (one for one in self.ids_now if one % wanted == 0))
        return array("I", self.ids_now)

    def first_page(self, view: View, limit: int) -> list[TicketRow]:
        return self.rows(self.ids(view)[:limit])

    def has_messages(self) -> bool:
        return True

    def rows(self, ids: Sequence[int]) -> list[TicketRow]:
        self.asked.extend(ids)
        present = set(self.ids_now)
        return [
            a_row(one, self.subjects.get(one, ""))._replace(unread=one in self.unread)
            for one in ids
            if one in present
        ]


class Rig:
    """A list with everything around it worked by hand."""

    def __init__(self, ids: Sequence[int]) -> None:
        self.shelf = Shelf(list(ids))
        self.readers = HandReaders(self.shelf)  # type: ignore[arg-type] # the part that lists use
        self.timers = ManualTimers()
        self.list = TicketList(self.readers, self.timers)
        self.changes = 0
        self.slid: list[int] = []
        self.moves: list[tuple[int, int]] = []
        self.list.changed.connect(self._count)
        self.list.slid.connect(self.slid.append)
        self.list.moved.connect(lambda old, new: self.moves.append((old, new)))
        self.list.start(self.shelf)  # type: ignore[arg-type]
        self.list.refresh()

    def _count(self) -> None:
        self.changes += 1

    def settle(self) -> None:
        """Read all that is wanted, and let all timers run."""
        self.readers.run()
        self.timers.advance(1)
        self.readers.run()
        self.timers.advance(1)

    def become(self, ids: Sequence[int]) -> None:
        """The database changes, and the list hears of it."""
        self.shelf.ids_now = list(ids)
        self.list.refresh()
        self.settle()

    @property
    def state(self) -> str:
        return self.list.state

    def fault(self) -> int | None:
        """The place of the fault in the filter."""
        error = self.list.filter_error
        return error.at if isinstance(error, QueryError) else None

    @property
    def shown(self) -> list[int | None]:
        return [self.list.ticket_at(place) for place in range(self.list.count)]


def test_the_first_page_is_there_at_once_and_the_rest_later() -> None:
    rig = Rig(range(1, 201))
    assert rig.state == "shown"
    assert rig.list.count == PAGE
    first = rig.list.row(0)
    assert first is not None
    assert first.ticket_id == 1
    rig.settle()
    assert rig.shown == list(range(1, 201))
    assert rig.slid == []


def test_a_row_that_has_not_been_read_is_none_and_comes() -> None:
    rig = Rig(range(1, 1001))
    rig.settle()
    told: list[tuple[int, int]] = []
    rig.list.rows_changed.connect(lambda first, last: told.append((first, last)))
    assert rig.list.row(700) is None
    rig.settle()
    row = rig.list.row(700)
    assert row is not None
    assert row.ticket_id == 701
    assert (640, 703) in told
    assert rig.list.row(-1) is rig.list.row(1000) is None


def test_few_pages_are_kept() -> None:
    rig = Rig(range(1, 20_001))
    rig.settle()
    for place in range(0, 20_000, PAGE):
        rig.list.looking_at(place, place + 30)
        rig.list.move_to(place)
        rig.settle()
    assert len(rig.list._pages) <= KEPT
    last = rig.list.current
    assert last is not None
    assert last.ticket_id == rig.list.current_id


def test_moving_stops_at_both_ends() -> None:
    rig = Rig(range(1, 11))
    rig.settle()
    rig.list.move_by(-1)
    assert (rig.list.cursor, rig.moves) == (0, [])
    rig.list.move_by(3)
    rig.list.move_by(100)
    assert rig.list.cursor == 9
    assert rig.moves == [(0, 3), (3, 9)]
    assert rig.list.current_id == 10
    assert rig.list.move_to_ticket(5)
    assert rig.list.cursor == 4
    assert not rig.list.move_to_ticket(99)
    assert rig.list.index_of(7) == 6


def test_new_mail_above_slides_the_list_under_the_cursor() -> None:
    rig = Rig(range(10, 20))
    rig.settle()
    rig.list.move_to(4)
    rig.become([1, 2, *range(10, 20)])
    assert rig.list.current_id == 14
    assert rig.list.cursor == 6
    assert rig.slid == [2]


def test_a_first_sync_fills_the_list_below_a_cursor_that_nobody_has_touched() -> None:
    rig = Rig([])
    rig.settle()
    rig.become(range(10, 20))
    rig.become([1, 2, *range(10, 20)])
    assert (rig.list.cursor, rig.list.current_id, rig.slid) == (0, 1, [])
    rig.list.touched()
    rig.become([0, 1, 2])
    assert (rig.list.cursor, rig.list.current_id, rig.slid) == (1, 1, [1])


def test_a_ticket_that_leaves_gives_the_cursor_to_the_one_that_stood_next() -> None:
    rig = Rig(range(1, 8))
    rig.settle()
    rig.list.move_to(2)
    rig.become([1, 2, 4, 5, 6, 7])
    assert rig.list.current_id == 4
    assert rig.list.cursor == 2
    rig.become([1, 2, 6, 7])
    assert rig.list.current_id == 6
    rig.list.move_to(3)
    rig.become([1, 2, 6])
    assert rig.list.current_id == 6
    rig.become([])
    assert rig.shown == []
    assert rig.state == "empty"
    rig.become([3, 4])
    assert rig.list.current_id == 3


def test_a_change_of_rows_alone_names_those_rows() -> None:
    rig = Rig(range(1, 101))
    rig.settle()
    told: list[tuple[int, int]] = []
    rig.list.rows_changed.connect(lambda first, last: told.append((first, last)))
    before = rig.changes
    rig.shelf.subjects[3] = "Another subject"
    rig.become(range(1, 101))
    row = rig.list.row(2)
    assert row is not None
    assert row.subject == "Another subject"
    assert (2, 2) in told
    assert rig.changes == before


def test_a_refresh_without_news_says_nothing() -> None:
    rig = Rig(range(1, 31))
    rig.settle()
    told: list[int] = []
    rig.list.rows_changed.connect(lambda first, last: told.append(first))
    before = rig.changes
    rig.become(range(1, 31))
    assert rig.changes == before
    assert told == []


def test_much_news_is_read_for_once_in_a_while() -> None:
    rig = Rig(range(1, 31))
    rig.settle()
    rig.readers.asked.clear()
    for _ in range(50):
        rig.list.refresh()
    assert rig.readers.asked == ["list"]
    rig.shelf.ids_now = [5]
    rig.readers.run()
    for _ in range(50):
        rig.list.refresh()
    assert rig.readers.asked.count("list") == 1
    rig.settle()
    assert rig.readers.asked.count("list") == 2
    assert rig.shown == [5]


def test_the_old_rows_stay_on_the_screen_until_the_new_ones_are_read() -> None:
    rig = Rig(range(1, 301))
    rig.settle()
    rig.list.looking_at(0, 20)
    rig.list.move_to(10)
    rig.shelf.ids_now = [0, *range(1, 301)]
    rig.list.refresh()
    rig.readers.run("list")
    assert all(rig.list.row(place) is not None for place in range(70))


def test_another_view_starts_at_its_first_row() -> None:
    rig = Rig(range(1, 301))
    rig.settle()
    rig.list.move_to(200)
    rig.shelf.ids_now = list(range(500, 900))
    rig.list.show(views.ALL)
    assert rig.list.view == views.NEEDS_US
    rig.settle()
    assert rig.list.view == views.ALL
    assert (rig.list.cursor, rig.list.current_id, rig.list.count) == (0, 500, 400)
    rig.list.show(views.MINE, ticket_id=777)
    rig.settle()
    assert rig.list.current_id == 777
    rig.list.show("tag:vip")
    rig.settle()
    assert rig.list.view.query == "tag:vip"
    assert "tag:vip" in rig.list.title


def test_a_refresh_does_not_undo_a_change_of_view() -> None:
    rig = Rig(range(1, 31))
    rig.settle()
    rig.list.show(views.ALL)
    rig.list.refresh()
    rig.settle()
    assert rig.list.view == views.ALL


def test_a_view_that_takes_long_says_so() -> None:
    rig = Rig([1])
    rig.settle()
    rig.list.show(views.ALL)
    assert rig.state == "shown"
    rig.timers.advance(0.2)
    assert rig.state == "loading"
    assert rig.list.words
    rig.settle()
    assert rig.state == "shown"


def test_typing_narrows_the_list_after_a_pause_and_clearing_brings_it_back() -> None:
    rig = Rig(range(1, 101))
    rig.settle()
    rig.list.move_to(41)
    rig.readers.asked.clear()
    rig.list.narrow("1")
    rig.list.narrow("10")
    assert rig.readers.asked == []
    rig.timers.advance(0.1)
    rig.settle()
    assert rig.shown == list(range(10, 101, 10))
    assert rig.list.cursor == 0
    rig.list.move_to(3)
    rig.list.narrow("")
    rig.settle()
    assert rig.list.count == 100
    assert rig.list.current_id == 42
    assert rig.list.view.narrowed == ""


def test_a_fault_in_the_filter_is_told_and_the_list_stays() -> None:
    rig = Rig(range(1, 11))
    rig.settle()
    rig.list.narrow("(")
    rig.timers.advance(0.1)
    rig.settle()
    assert rig.fault() == 0
    assert rig.list.count == 10
    assert rig.state == "shown"
    rig.list.narrow("2")
    rig.timers.advance(0.1)
    rig.settle()
    assert rig.fault() is None
    assert rig.list.count == 5
    rig.list.narrow("(")
    rig.timers.advance(0.1)
    rig.settle()
    rig.list.narrow("")
    rig.timers.advance(0.1)
    rig.settle()
    assert rig.fault() is None
    assert rig.list.count == 10


def test_a_database_that_cannot_be_read_is_told_and_tried_again() -> None:
    rig = Rig([])
    rig.settle()
    rig.shelf.error = DesktermError("The disk reported an error", code="disk_error")
    rig.become([1])
    assert rig.state == "failed"
    assert "disk" in rig.list.words
    rig.shelf.error = None
    rig.become([1])
    assert rig.state == "shown"
    assert rig.list.error is None


def test_with_rows_at_hand_an_error_leaves_them_there() -> None:
    rig = Rig([1, 2])
    rig.settle()
    rig.shelf.error = DesktermError("The disk reported an error", code="disk_error")
    rig.become([1])
    assert rig.state == "shown"
    assert rig.list.error is not None
    assert rig.list.count == 2


def test_each_move_costs_the_same_at_twenty_thousand_tickets() -> None:
    rig = Rig(range(1, 20_001))
    rig.settle()
    rig.list.looking_at(0, 40)
    rig.settle()
    for place in (0, 1, 63, 64, 9_999, 10_000, 19_998):
        rig.list.move_to(place)
        rig.list.looking_at(place, place + 40)
        rig.settle()
        rig.shelf.asked.clear()
        rig.list.move_by(1)
        rig.list.looking_at(place + 1, place + 41)
        rig.settle()
        assert len(rig.shelf.asked) <= 2 * PAGE


steps = st.lists(
    st.one_of(
        st.tuples(st.just("move"), st.integers(-30, 30)),
        st.tuples(st.just("jump"), st.integers(0, 200)),
        st.tuples(st.just("arrive"), st.integers(0, 200)),
        st.tuples(st.just("leave"), st.integers(0, 200)),
        st.tuples(st.just("leave here"), st.just(0)),
        st.tuples(st.just("read"), st.just(0)),
    ),
    max_size=40,
)


@settings(max_examples=150, deadline=None)
@given(start=st.integers(0, 150), what=steps)
def test_the_cursor_stays_on_its_ticket_whatever_happens(
    start: int, what: list[tuple[str, int]]
) -> None:
    """Moves, new mail and leaving tickets in any order, with refreshes that come when they come."""
    rig = Rig(range(1, start + 1))
    rig.settle()
    fresh = 1_000
    for step, number in what:
        ids = rig.shelf.ids_now
        if step == "move":
            rig.list.move_by(number)
        elif step == "jump":
            rig.list.move_to(number)
        elif step == "arrive":
            fresh += 1
            ids.insert(number % (len(ids) + 1), fresh)
            rig.list.refresh()
        elif step == "leave" and ids:
            del ids[number % len(ids)]
            rig.list.refresh()
        elif step == "leave here" and rig.list.current_id in ids:
            ids.remove(rig.list.current_id)
            rig.list.refresh()
        elif step == "read":
            before, old, at = rig.list.current_id, rig.shown, rig.list.cursor
            rig.settle()
            assert rig.shown == rig.shelf.ids_now
            assert rig.list.current_id == _wanted(before, old, at, rig.shelf.ids_now)
            row = rig.list.current
            assert (row.ticket_id if row else None) == rig.list.current_id
    rig.settle()
    assert rig.shown == rig.shelf.ids_now


def _wanted(
    before: int | None, old: Sequence[int | None], at: int, new: Sequence[int]
) -> int | None:
    """Said in the plainest way: the same, else the next that is left, else the last before."""
    if before in new:
        return before
    left = [one for one in old[at:] if one in new] or [
        one for one in reversed(old[:at]) if one in new
    ]
    return left[0] if left else (new[0] if new else None)


def test_a_ticket_far_from_where_it_was_is_found() -> None:
    old = array("I", range(10_000))
    new = array("I", reversed(range(10_000)))
    assert follow(old, 10, new) == 9_989
    assert follow(old, 10, array("I", [9_999])) == 0
    assert follow(array("I"), 0, new) == 0


@pytest.fixture
def full_desk(tmp_path: Path) -> Iterator[TestDesk]:
    with running(tmp_path) as desk:
        yield desk


def test_the_list_on_a_real_file(full_desk: TestDesk) -> None:
    """Resolving the ticket under the cursor leaves the cursor on the next one."""
    refs = [full_desk.open(at=n, sender=f"c{n}@mail.example") for n in range(5)]
    reading = Reading(full_desk.path, "anna", UTC, full_desk.clock.now)
    readers, timers = HandReaders(reading), ManualTimers()
    tickets = TicketList(readers, timers)
    tickets.start(reading)
    tickets.refresh()
    readers.run()
    timers.advance(1)
    tickets.move_to(2)
    full_desk.do("ticket.resolve", refs[2])
    tickets.refresh()
    readers.run()
    current = tickets.current
    assert current is not None
    assert current.ref == refs[3]
    timers.advance(1)
    full_desk.do("app.undo")
    tickets.refresh()
    readers.run()
    assert tickets.current is not None
    assert tickets.current.ref == refs[3]
    assert tickets.count == 5
    reading.close()


def test_pages_that_nobody_looks_at_yet_are_read_when_the_key_is_painted() -> None:
    rig = Rig(range(1, 10 * PAGE))
    rig.settle()
    rig.readers.asked.clear()
    rig.list.move_to(2 * PAGE - 1)  # on a page that is at hand; the one behind it is not
    assert rig.readers.asked == []
    rig.timers.advance(LATER_S)
    assert rig.readers.asked == ["list-rows"]
    rig.settle()
    rig.readers.asked.clear()
    rig.list.move_to(8 * PAGE)  # where nothing is at hand it is read at once
    assert rig.readers.asked == ["list-rows"]


def test_pages_of_an_older_list_are_not_asked_for() -> None:
    rig = Rig(range(1, 10 * PAGE))
    rig.settle()
    rig.list.move_to(2 * PAGE - 1)
    rig.become(range(1, 5))
    rig.readers.asked.clear()
    rig.timers.advance(LATER_S)
    assert rig.readers.asked == []


def test_sorting_goes_round_and_names_what_is_not_its_own() -> None:
    rig = Rig(range(5))
    rig.settle()
    rig.list.move_to(3)
    seen = []
    for _ in range(4):
        seen.append((rig.list.view.order, str(rig.list.title)))
        rig.list.sort()
        rig.settle()
        assert rig.list.cursor == 0
    assert seen == [
        ("urgent", "Needs us · 5"),
        ("newest", "Needs us · newest first · 5"),
        ("waiting", "Needs us · longest waiting first · 5"),
        ("urgent", "Needs us · 5"),
    ]


def test_a_view_that_is_sorted_otherwise_can_be_narrowed() -> None:
    rig = Rig(range(9))
    rig.settle()
    rig.list.sort()
    rig.settle()
    rig.list.narrow("4")
    rig.settle()
    assert (rig.list.view.order, list(rig.list.ids)) == ("newest", [0, 4, 8])
    rig.list.narrow("")
    rig.settle()
    assert (rig.list.view.order, rig.list.count) == ("newest", 9)


def test_the_row_of_a_ticket_that_was_seen_is_unread_no_more() -> None:
    rig = Rig(range(1, 201))
    rig.shelf.unread = {3}
    rig.settle()
    told: list[tuple[int, int]] = []
    rig.list.rows_changed.connect(lambda first, last: told.append((first, last)))
    rig.list.seen(3)
    row = rig.list.row(2)
    assert row is not None
    assert not row.unread
    for known_as_read_elsewhere_or_gone in (3, 4, 190, 999):
        rig.list.seen(known_as_read_elsewhere_or_gone)
    assert told == [(2, 2)]

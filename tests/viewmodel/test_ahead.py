"""What the next key will show is read between two keys, and put right where it was out of date."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from deskterm.service.reading.reading import Reading
from deskterm.service.reading.shelf import Shelf
from deskterm.viewmodel.ahead import CALM_S, KEPT_S, PAUSE_S, Ahead
from deskterm.viewmodel.conversation import Conversation
from deskterm.viewmodel.suggestions import Suggestions
from deskterm.viewmodel.ticket_list import TicketList
from tests.support.desk import TestDesk
from tests.support.ground import kept_ground
from tests.support.models import HandOffice, HandReaders, ManualTimers

TICKETS = 6


class Console:
    """List, conversation and suggestions as the console joins them."""

    def __init__(self, desk: TestDesk) -> None:
        self.refs = [desk.open(at=n, sender=f"c{n}@mail.example") for n in range(TICKETS)]
        folder = desk.path.parent
        shelf = Shelf(folder / "macros", folder / "facts.toml", ground=kept_ground())
        reading = Reading(desk.path, "anna", UTC, desk.clock.now, shelf=lambda: shelf)
        self.readers, self.timers = HandReaders(reading), ManualTimers()
        self.tickets = TicketList(self.readers, self.timers)
        self.conversation = Conversation(self.readers, HandOffice(), self.timers)
        self.suggestions = Suggestions(self.readers, self.timers)
        self.follows = True
        self.ahead = Ahead(self.tickets, self.timers, lambda: self.follows)
        self.ahead.models += [self.conversation, self.suggestions]
        self.tickets.start(reading)
        self.tickets.refresh()
        self.readers.run()
        self.tickets.moved.connect(lambda _old, _new: self._open())
        self.tickets.moved.connect(self.ahead.moved)
        self._open()
        self.timers.advance(1)
        self.readers.run()

    def _open(self) -> None:
        ticket_id = self.tickets.current_id
        assert ticket_id is not None
        self.conversation.open(ticket_id)
        self.suggestions.show(ticket_id)

    def move(self, rows: int) -> None:
        """A key after a rest; everything that is asked for is read."""
        self.tickets.move_by(rows)
        self.readers.run()
        self.timers.advance(1)
        self.readers.run()

    @property
    def shown(self) -> str:
        view = self.conversation.view
        return view.ticket.ref if view is not None else ""


@pytest.fixture
def full_desk(tmp_path: Path) -> Iterator[TestDesk]:
    desk = TestDesk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def console(full_desk: TestDesk) -> Console:
    return Console(full_desk)


def test_the_next_ticket_is_there_with_the_key(console: Console) -> None:
    console.move(1)
    console.tickets.move_by(1)  # nothing is read between the key and what it shows
    assert console.shown == console.refs[2]
    assert console.suggestions.is_about(console.tickets.ids[2])


def test_it_is_the_next_one_in_the_direction_of_the_last_key(console: Console) -> None:
    console.move(3)
    console.move(-1)
    assert console.shown == console.refs[2]
    console.tickets.move_by(-1)
    assert console.shown == console.refs[1]
    console.tickets.move_by(1)
    assert console.shown == console.refs[1]  # back again has to be read
    console.timers.advance(1)
    console.readers.run()
    assert console.shown == console.refs[2]


def test_a_cursor_that_runs_reads_nothing_ahead(console: Console) -> None:
    console.readers.asked.clear()
    for _ in range(3):
        console.tickets.move_by(1)
        console.timers.advance(PAUSE_S / 2)
    assert not [slot for slot in console.readers.asked if slot.endswith("-ahead")]


def tags(console: Console) -> tuple[str, list[str]]:
    view = console.conversation.view
    assert view is not None
    return view.ticket.ref, [str(tag) for tag in view.tags]


def test_what_a_change_made_doubtful_is_shown_with_the_key_and_put_right(
    console: Console, full_desk: TestDesk
) -> None:
    console.move(1)
    full_desk.do("ticket.tag", console.refs[2], tag="new")
    console.ahead.changed()
    console.tickets.move_by(1)
    assert tags(console) == (console.refs[2], [])
    told: list[str] = []
    console.conversation.changed.connect(lambda: told.append("conversation"))
    console.suggestions.changed.connect(lambda: told.append("suggestions"))
    console.readers.run()
    assert tags(console) == (console.refs[2], ["new"])
    assert told == ["conversation"]  # what is as it was is not painted again


def test_a_change_that_comes_while_it_is_read_ahead_makes_it_doubtful(
    console: Console, full_desk: TestDesk
) -> None:
    console.move(1)
    console.tickets.move_by(1)
    console.timers.advance(PAUSE_S)
    console.ahead.changed()
    console.readers.run()  # it may have been read before the change
    console.follows = False  # nobody reads it ahead once more
    console.timers.advance(CALM_S)
    full_desk.do("ticket.tag", console.refs[3], tag="new")
    console.tickets.move_by(1)
    console.readers.run()
    assert tags(console) == (console.refs[3], ["new"])


def test_after_a_change_of_the_database_it_is_read_anew(
    console: Console, full_desk: TestDesk
) -> None:
    console.move(1)
    console.timers.advance(CALM_S)
    full_desk.do("ticket.tag", console.refs[2], tag="newer")
    console.ahead.changed()
    console.timers.advance(CALM_S)
    console.readers.run()
    console.tickets.move_by(1)
    assert tags(console) == (console.refs[2], ["newer"])
    console.readers.asked.clear()
    console.readers.run()
    assert "conversation" not in console.readers.asked


def test_one_change_alone_costs_no_key(console: Console, full_desk: TestDesk) -> None:
    """A ticket that is opened is marked as seen: the next key comes sooner than calm."""
    console.move(1)
    console.timers.advance(CALM_S)
    full_desk.do("ticket.tag", console.refs[2], tag="new")
    console.ahead.changed()
    console.timers.advance(PAUSE_S)
    console.readers.run()
    console.tickets.move_by(1)
    assert console.shown == console.refs[2]


def test_while_changes_come_in_a_row_nothing_is_read_ahead(console: Console) -> None:
    console.move(1)
    console.readers.asked.clear()
    for _ in range(5):
        console.ahead.changed()
        console.timers.advance(PAUSE_S / 2)
    assert not [slot for slot in console.readers.asked if slot.endswith("-ahead")]
    console.timers.advance(CALM_S)
    assert [slot for slot in console.readers.asked if slot.endswith("-ahead")]


def test_changes_in_a_row_do_not_keep_a_move_from_being_read_ahead(console: Console) -> None:
    """While a sync runs, they come all the time."""
    console.tickets.move_by(1)
    for _ in range(4):
        console.ahead.changed()
        console.timers.advance(PAUSE_S / 3)
    console.readers.run()
    console.timers.advance(1)
    console.tickets.move_by(1)
    assert console.shown == console.refs[2]


def test_what_was_read_long_ago_is_dropped(console: Console) -> None:
    console.move(1)
    console.timers.advance(KEPT_S)
    console.tickets.move_by(1)
    assert console.shown == console.refs[1]


def test_an_answer_that_comes_after_a_change_is_dropped(console: Console) -> None:
    console.tickets.move_by(1)
    console.readers.run()
    console.timers.advance(PAUSE_S)
    assert "conversation-ahead" in console.readers.waiting
    console.ahead.changed()
    console.readers.run()
    console.timers.advance(PAUSE_S / 2)
    console.tickets.move_by(1)
    assert console.shown == console.refs[1]


def test_where_the_list_is_alone_nothing_is_read_ahead(console: Console) -> None:
    console.follows = False
    console.readers.asked.clear()
    console.move(1)
    assert not [slot for slot in console.readers.asked if slot.endswith("-ahead")]


def test_at_the_end_of_the_list_there_is_nothing_to_read(console: Console) -> None:
    console.move(TICKETS)
    assert console.shown == console.refs[-1]
    console.move(1)
    assert console.shown == console.refs[-1]

"""The conversation: read when the cursor rests, marked as read once, quotes, headers, finding."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.service.reading.reading import Reading
from deskterm.service.reading.rows import ConversationView, Details, Entry
from deskterm.store import derived
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel.conversation import FIRST, MOST, Conversation
from tests.support.desk import TestDesk, running
from tests.support.models import HandOffice, HandReaders, ManualTimers
from tests.viewmodel.test_ticket_list import a_row

AT = datetime(2026, 11, 2, tzinfo=UTC)


def an_entry(number: int, text: str = "Hello", hidden: int = 0) -> Entry:
    return Entry(
        f"message:{number}",
        "message",
        ours=False,
        author=clean("Marta"),
        address=clean("marta@mail.example"),
        at=AT + timedelta(minutes=number),
        subject=clean("My parcel"),
        text=clean(text),
        hidden=hidden,
    )


@dataclass
class Shelf:
    """A reading of conversations that a test lays out."""

    views: dict[int, ConversationView] = field(default_factory=dict)
    read: list[tuple[int, int | None]] = field(default_factory=list)
    error: DesktermError | None = None

    def put(self, ticket_id: int, *texts: str, unread: bool = False) -> None:
        entries = tuple(an_entry(n, text) for n, text in enumerate(texts))
        row = a_row(ticket_id)._replace(unread=unread)
        self.views[ticket_id] = ConversationView(row, entries, (), (), None, len(texts) or None)

    def conversation(self, ticket_id: int, newest: int | None = None) -> ConversationView | None:
        if self.error is not None:
            raise self.error
        self.read.append((ticket_id, newest))
        view = self.views.get(ticket_id)
        if view is None or newest is None or len(view.entries) <= newest:
            return view
        return view._replace(entries=view.entries[-newest:], earlier=len(view.entries) - newest)

    def orders_of(self, ticket_id: int) -> None:
        """No ticket is about an order here."""

    def whole_text(self, key: str) -> SafeText | None:
        return clean(f"whole of {key}")

    def details(self, key: str) -> Details | None:
        nothing = clean("")
        return Details(clean("Marta"), nothing, nothing, None, AT, nothing, 12)


class Rig:
    """A conversation with everything around it worked by hand."""

    def __init__(self) -> None:
        self.shelf = Shelf()
        self.readers = HandReaders(self.shelf)  # type: ignore[arg-type] # the part that is used
        self.timers = ManualTimers()
        self.office = HandOffice()
        self.conversation = Conversation(self.readers, self.office, self.timers)
        self.changes = 0
        self.conversation.changed.connect(self._count)

    def _count(self) -> None:
        self.changes += 1

    def open(self, ticket_id: int) -> None:
        self.conversation.open(ticket_id, at_once=True)
        self.readers.run()

    @property
    def state(self) -> str:
        return self.conversation.state

    @property
    def texts(self) -> list[str]:
        view = self.conversation.view
        return [] if view is None else [self.conversation.text_of(e) for e in view.entries]


@pytest.fixture
def rig() -> Rig:
    found = Rig()
    found.shelf.put(1, "One")
    found.shelf.put(2, "Two")
    return found


def test_while_the_cursor_runs_nothing_is_read(rig: Rig) -> None:
    assert rig.state == "empty"
    assert rig.conversation.words
    rig.conversation.open(1)
    rig.timers.advance(0.05)
    rig.conversation.open(2)
    rig.timers.advance(0.05)
    assert rig.readers.asked == []
    rig.timers.advance(0.05)
    rig.readers.run()
    assert rig.shelf.read == [(2, FIRST)]
    assert rig.state == "shown"
    assert rig.texts == ["Two"]
    assert "support" in rig.conversation.title


def test_a_single_move_of_the_cursor_is_read_for_at_once(rig: Rig) -> None:
    rig.open(1)
    rig.timers.advance(1)
    rig.conversation.open(2)
    assert rig.readers.waiting == ("conversation",)
    rig.readers.run()
    assert rig.texts == ["Two"]


def test_moves_that_follow_one_another_are_read_for_when_they_end(rig: Rig) -> None:
    rig.open(1)
    for ticket_id in (2, 1, 2, 1, 2, 1):
        rig.timers.advance(0.03)
        rig.conversation.open(ticket_id)
        assert rig.readers.waiting == ()
    rig.timers.advance(0.1)
    assert rig.readers.waiting == ("conversation",)
    rig.readers.run()
    assert rig.texts == ["One"]
    rig.conversation.open(2)
    assert rig.readers.waiting == ("conversation",)


def test_what_is_read_in_the_same_moment_never_says_that_it_is_slow(rig: Rig) -> None:
    rig.open(1)
    rig.changes = 0
    rig.timers.advance(1)
    assert rig.state == "shown"
    assert not rig.changes


def test_an_agent_who_opens_a_ticket_does_not_wait(rig: Rig) -> None:
    rig.conversation.open(1)
    rig.conversation.open(1, at_once=True)
    assert rig.readers.asked == ["conversation"]
    rig.readers.run()
    assert rig.texts == ["One"]
    rig.timers.advance(1)
    rig.readers.run()
    assert rig.shelf.read == [(1, FIRST)]


def test_the_old_conversation_stays_until_the_new_one_is_there_or_late(rig: Rig) -> None:
    rig.open(1)
    rig.conversation.open(2, at_once=True)
    assert rig.texts == ["One"]
    assert rig.state == "shown"
    rig.timers.advance(0.2)
    assert rig.state == "loading"
    assert rig.conversation.view is None
    assert rig.conversation.words
    rig.readers.run()
    assert rig.texts == ["Two"]


def test_an_answer_for_another_ticket_is_not_shown(rig: Rig) -> None:
    rig.conversation.open(1, at_once=True)
    rig.conversation.open(2)
    rig.readers.run()
    assert rig.conversation.view is None


def test_a_ticket_that_is_gone_and_one_that_cannot_be_read(rig: Rig) -> None:
    rig.open(9)
    assert rig.state == "gone"
    assert rig.conversation.words
    rig.shelf.error = DesktermError("The disk reported an error", code="disk_error")
    rig.open(1)
    assert rig.state == "failed"
    assert "disk" in rig.conversation.words
    rig.shelf.error = None
    rig.conversation.refresh()
    rig.readers.run()
    assert rig.state == "shown"
    rig.conversation.close()
    assert rig.state == "empty"
    rig.conversation.refresh()
    assert rig.readers.waiting == ()


def test_news_is_read_and_the_same_is_not_told_twice(rig: Rig) -> None:
    rig.open(1)
    before = rig.changes
    rig.conversation.refresh()
    rig.readers.run()
    assert rig.changes == before
    rig.shelf.put(1, "One", "More")
    rig.conversation.refresh()
    rig.readers.run()
    assert rig.texts == ["One", "More"]
    assert rig.changes == before + 1


def test_of_a_long_ticket_the_newest_end_comes_first(rig: Rig) -> None:
    rig.shelf.put(3, *(f"text {n}" for n in range(FIRST + 40)))
    rig.conversation.open(3, at_once=True)
    rig.readers.run("conversation")
    assert len(rig.texts) == FIRST
    assert rig.texts[-1] == f"text {FIRST + 39}"
    rig.readers.run()
    assert len(rig.texts) == FIRST + 40
    assert rig.shelf.read == [(3, FIRST), (3, MOST)]


def test_an_opened_ticket_is_marked_as_read_at_once(rig: Rig) -> None:
    rig.shelf.put(1, "One", unread=True)
    rig.open(1)
    assert rig.office.sent == [("ticket.seen", {"tickets": ["t1"]})]


def test_what_is_seen_is_shown_so_before_the_office_has_heard_of_it(rig: Rig) -> None:
    seen: list[int] = []
    rig.conversation.seen.connect(seen.append)
    rig.shelf.put(1, "One", unread=True)
    rig.open(1)
    assert seen == [1]
    view = rig.conversation.view
    assert view is not None
    assert not view.ticket.unread
    before = rig.changes
    rig.shelf.put(1, "One", unread=False)
    rig.conversation.refresh()
    rig.readers.run()
    assert rig.changes == before
    assert seen == [1]


def test_under_the_cursor_it_takes_a_moment(rig: Rig) -> None:
    rig.shelf.put(1, "One", unread=True)
    rig.conversation.open(1)
    rig.timers.advance(0.1)
    rig.readers.run()
    rig.timers.advance(1.0)
    assert rig.office.sent == []
    rig.timers.advance(0.6)
    assert rig.office.sent == [("ticket.seen", {"tickets": ["t1"]})]


def test_the_cursor_that_moves_on_marks_nothing(rig: Rig) -> None:
    rig.shelf.put(1, "One", unread=True)
    rig.conversation.open(1)
    rig.timers.advance(0.1)
    rig.readers.run()
    rig.conversation.open(2)
    rig.timers.advance(5)
    rig.readers.run()
    assert rig.office.sent == []


def test_an_agent_can_mark_the_open_ticket_as_unread(rig: Rig) -> None:
    rig.shelf.put(1, "One", unread=True)
    rig.open(1)
    rig.office.sent.clear()
    rig.conversation.refresh()
    rig.readers.run()
    rig.timers.advance(5)
    assert rig.office.sent == []
    rig.shelf.put(1, "One", "And another thing", unread=True)
    rig.conversation.refresh()
    rig.readers.run()
    assert len(rig.office.sent) == 1


def test_what_was_read_when_it_was_opened_can_be_marked_unread_too(rig: Rig) -> None:
    rig.open(1)
    rig.shelf.put(1, "One", unread=True)
    rig.conversation.refresh()
    rig.readers.run()
    rig.timers.advance(5)
    assert rig.office.sent == []


def test_quoted_text_and_headers_are_shown_and_hidden(rig: Rig) -> None:
    rig.open(1)
    rig.conversation.toggle_quoted("message:0")
    rig.conversation.toggle_details("message:0")
    rig.readers.run()
    assert rig.texts == ["whole of message:0"]
    assert rig.conversation.whole_of("message:0") == "whole of message:0"
    details = rig.conversation.details_of("message:0")
    assert details is not None
    assert details.size == 12
    rig.conversation.toggle_quoted("message:0")
    rig.conversation.toggle_details("message:0")
    assert rig.texts == ["One"]
    assert rig.conversation.details_of("message:0") is None


def test_another_ticket_forgets_what_was_shown_of_the_last(rig: Rig) -> None:
    rig.open(1)
    rig.conversation.toggle_quoted("message:0")
    rig.readers.run()
    rig.conversation.find("whole")
    rig.open(2)
    assert rig.texts == ["Two"]
    assert not rig.conversation.matches_in("message:0")
    assert rig.conversation.wanted == ""


def test_finding_begins_at_the_newest_and_goes_round(rig: Rig) -> None:
    rig.shelf.put(3, "Réparé, repare", "nothing", "REPARE")
    rig.open(3)
    rig.conversation.find("répare")
    assert len(rig.conversation.matches) == 3
    match = rig.conversation.match
    assert match is not None
    assert (match.key, match.start, match.end) == ("message:2", 0, 6)
    assert rig.conversation.found_words == "3 of 3"
    rig.conversation.find_next()
    assert rig.conversation.match == rig.conversation.matches_in("message:0")[0]
    rig.conversation.find_next(-1)
    assert rig.conversation.match == match
    rig.shelf.put(3, "Réparé, repare", "nothing", "REPARE", "repare")
    rig.conversation.refresh()
    rig.readers.run()
    assert rig.conversation.match == match
    assert rig.conversation.found_words == "3 of 4"
    rig.conversation.find("absent")
    assert not rig.conversation.matches_in("message:0")
    assert rig.conversation.found_words == "not found"
    rig.conversation.find_next()
    rig.conversation.find("")
    assert rig.conversation.found_words == ""


@pytest.fixture
def full_desk(tmp_path: Path) -> Iterator[TestDesk]:
    with running(tmp_path) as desk:
        yield desk


def test_on_a_real_file(full_desk: TestDesk) -> None:
    ref = full_desk.open(body="Where is it?\n\n> quoted")
    (message,) = full_desk.rows("SELECT id FROM messages")
    full_desk.write(lambda tx: derived.save(tx, [(message["id"], "Where is it?")]))
    reading = Reading(full_desk.path, "anna", UTC, full_desk.clock.now)
    readers, office = HandReaders(reading), HandOffice()
    conversation = Conversation(readers, office, ManualTimers())
    conversation.open(full_desk.ticket(ref)["id"], at_once=True)
    readers.run()
    assert conversation.view is not None
    (entry,) = conversation.view.entries
    assert conversation.text_of(entry) == "Where is it?"
    conversation.toggle_quoted(entry.key)
    readers.run()
    assert conversation.text_of(entry) == "Where is it?\n\n> quoted"
    assert office.sent == [("ticket.seen", {"tickets": [ref]})]
    reading.close()

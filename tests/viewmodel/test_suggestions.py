"""Suggestions while the cursor moves: for whom they are, and what is told of the shop's files."""

from __future__ import annotations

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.service.reading.macro_rows import ReasonView, SuggestionView, TicketMacros
from deskterm.text.clean import clean
from deskterm.viewmodel.suggestions import LOOK_S, RESTS_S, SLOW_S, Suggestions
from tests.support.models import HandReaders, ManualTimers
from tests.ui.panes import AtOnce, FixedReading, ticket


def suggestion(name: str) -> SuggestionView:
    return SuggestionView(name, clean(name.title()), (ReasonView("says", clean(name)),))


class Watched(FixedReading):
    """A shop that has files of its own."""

    def macros_of(self, ticket_id: int, speaks: str) -> TicketMacros | None:
        found = super().macros_of(ticket_id, speaks)
        return found._replace(watched=True) if found is not None else None


class Looking:
    """Somebody who looks at tickets."""

    def __init__(self, reading: FixedReading | None = None) -> None:
        self.reading = reading or FixedReading([ticket(number) for number in range(5)])
        self.reading.suggested = [suggestion("one"), suggestion("two"), suggestion("three")]
        self.readers = HandReaders(self.reading)
        self.timers = ManualTimers()
        self.model = Suggestions(self.readers, self.timers)
        self.changes = 0
        self.mistakes: list[tuple[str, int]] = []
        self.model.changed.connect(self._count)
        self.model.mistaken.connect(lambda first, more: self.mistakes.append((str(first), more)))

    def _count(self) -> None:
        self.changes += 1

    @property
    def names(self) -> list[str]:
        return [item.macro for item in self.model.items]

    def open(self, ticket_id: int, newest: int | None = None) -> None:
        self.model.show(ticket_id, newest)
        self.readers.run()


@pytest.fixture
def looking() -> Looking:
    return Looking()


def test_what_is_shown_is_for_the_ticket_that_is_looked_at(looking: Looking) -> None:
    looking.open(1)
    assert looking.names == ["one", "two", "three"]
    assert looking.model.of(1, 2) == suggestion("two")
    assert looking.model.of(1, 4) is None
    assert looking.model.of(2, 1) is None
    looking.model.show(2)
    assert looking.model.of(2, 1) is None  # those of the other ticket do not count
    assert not looking.model.is_about(2)
    looking.timers.advance(SLOW_S)
    assert looking.names == []
    assert looking.model.words == "Reading…"
    looking.readers.run()
    assert looking.model.is_about(2)


def test_a_ticket_that_is_run_past_is_not_read(looking: Looking) -> None:
    for ticket_id in (1, 2, 3):
        looking.model.show(ticket_id, rests=True)
        looking.timers.advance(RESTS_S / 2)
    assert looking.readers.asked == []
    looking.timers.advance(RESTS_S)
    looking.readers.run()
    assert (looking.model.ticket_id, len(looking.readers.asked)) == (3, 1)


def test_a_new_message_asks_anew(looking: Looking) -> None:
    looking.open(1, newest=10)
    looking.open(1, newest=10)
    assert len(looking.readers.asked) == 1
    looking.reading.suggested.reverse()
    looking.open(1, newest=11)
    assert looking.names == ["three", "two", "one"]


def test_the_cursor_stays_with_its_macro(looking: Looking) -> None:
    looking.open(1)
    looking.model.move_to(1)
    looking.reading.suggested.reverse()
    looking.model.refresh()
    looking.readers.run()
    assert looking.model.current == suggestion("two")
    looking.model.move_to(99)
    assert looking.model.cursor == 2
    looking.model.move_to(-1)
    assert looking.model.cursor == 0


def test_what_does_not_fit_stays_away_from_that_ticket_only(looking: Looking) -> None:
    looking.open(1)
    looking.model.move_to(2)
    looking.model.reject(1, "three")
    assert (looking.names, looking.model.cursor) == (["one", "two"], 1)
    looking.model.refresh()
    looking.readers.run()
    assert looking.names == ["one", "two"]
    assert looking.model.names(1) == ("one", "two")
    assert looking.model.names(2) == ()
    looking.open(2)
    assert looking.names == ["one", "two", "three"]


def test_what_the_office_says_counts_once_it_has_answered(looking: Looking) -> None:
    looking.open(1)
    looking.model.reject(1, "three")
    looking.model.settle(1, "three")  # it was refused, so the reading still has it
    looking.readers.run()
    assert looking.names == ["one", "two", "three"]


def test_the_whole_sum_is_shown_of_the_one_under_the_cursor(looking: Looking) -> None:
    looking.open(1)
    assert not looking.model.shows_sum_of(0)
    looking.model.toggle_reasons()
    assert [looking.model.shows_sum_of(number) for number in (0, 1)] == [True, False]


def test_what_comes_at_once_is_told_once(looking: Looking) -> None:
    model = Suggestions(AtOnce(looking.reading), looking.timers)
    changes: list[int] = []
    model.changed.connect(lambda: changes.append(1))
    model.show(1)
    assert len(changes) == 1
    model.show(2)  # the same are suggested for it
    assert len(changes) == 1
    assert model.is_about(2)


def test_the_same_again_changes_nothing(looking: Looking) -> None:
    looking.open(1)
    before = looking.changes
    looking.model.refresh()
    looking.readers.run()
    assert looking.changes == before


def test_without_any_it_says_so(looking: Looking) -> None:
    looking.reading.suggested = []
    looking.open(1)
    assert "No macro" in looking.model.words
    assert looking.model.current is None
    looking.model.close()
    assert looking.model.words == ""
    assert looking.model.ticket_id is None


def test_mistakes_are_told_once_for_each_reading_of_the_files(looking: Looking) -> None:
    looking.reading.mistakes = (clean("own.toml:3: wrong"), clean("own.toml:9: wrong"))
    looking.open(1)
    looking.open(2)
    assert looking.mistakes == [("own.toml:3: wrong", 1)]
    looking.reading.version = 2
    looking.reading.mistakes = ()
    looking.open(3)
    looking.reading.version = 3
    looking.reading.mistakes = (clean("other.toml: wrong"),)
    looking.open(4)
    assert looking.mistakes[1:] == [("other.toml: wrong", 0)]


def test_files_of_the_shop_are_looked_at_and_others_are_not() -> None:
    looking = Looking(Watched([ticket(1)]))
    looking.open(1)
    looking.reading.suggested = [suggestion("new")]
    looking.reading.version = 2
    looking.timers.advance(LOOK_S)
    looking.readers.run()
    looking.readers.run()
    assert looking.names == ["new"]
    quiet = Looking()
    quiet.open(1)
    asked = len(quiet.readers.asked)
    quiet.timers.advance(10 * LOOK_S)
    assert len(quiet.readers.asked) == asked


def test_what_cannot_be_read_is_said(looking: Looking) -> None:
    def fail(ticket_id: int, speaks: str) -> None:
        raise DesktermError("The disk is gone")

    looking.reading.macros_of = fail  # type: ignore[method-assign] # for this test
    looking.open(1)
    assert looking.model.words == "The disk is gone"
    assert looking.names == []

"""Being called for what comes: once, for what is new, and not at night."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from deskterm.domain.hours import Hours
from deskterm.service.reading.views import NEEDS_US
from deskterm.viewmodel.calling import Calling, Wishes, since_words, title_words
from tests.ui.panes import NOW, AtOnce, FixedReading, NoTimers, ticket

ZONE = ZoneInfo("UTC")


class Watch:
    """A `Calling` over some tickets, and what it called."""

    def __init__(self, quiet: Hours | None = None, *, views: bool = True) -> None:
        self.reading = FixedReading([ticket(1)])
        self.timers = NoTimers()
        wishes = Wishes((NEEDS_US,) if views else (), quiet)
        self.calling = Calling(wishes, AtOnce(self.reading), self.timers, lambda: NOW, ZONE)
        self.heard: list[str] = []
        self.calling.called.connect(self.heard.append)
        self.change()

    def change(self, *numbers: int) -> None:
        self.reading.tickets.update({number: ticket(number) for number in numbers})
        self.calling.changed()
        self.timers.ring()


def test_new_tickets_are_called_once_and_those_of_the_start_never() -> None:
    watch = Watch()
    assert watch.heard == []
    watch.change(2, 3)
    watch.change()
    assert watch.heard == ["2 new tickets: Needs us"]


def test_who_has_just_typed_is_not_called() -> None:
    watch = Watch()
    watch.calling.touched()
    watch.change(2)
    watch.change(3)
    assert watch.heard == ["1 new ticket: Needs us"]


def test_quiet_hours_are_quiet() -> None:
    now = NOW.astimezone(ZONE)
    before, after = (now - timedelta(hours=1)).time(), (now + timedelta(hours=1)).time()
    quiet, loud = Watch(Hours(before, after)), Watch(Hours(after, before))
    quiet.change(2)
    loud.change(2)
    assert quiet.heard == []
    assert len(loud.heard) == 1


def test_nothing_is_read_for_who_wants_no_call() -> None:
    watch = Watch(views=False)
    watch.change(2)
    assert watch.heard == []


def test_the_title_counts_and_an_idle_time_is_not_told() -> None:
    assert title_words(None) == title_words(0) == "deskterm"
    assert title_words(1200) == "deskterm (1,200)"
    assert since_words(0, 0, 0) == ""
    assert since_words(12, 3, 1) == "Since you left: 12 new, 3 answered, 1 failed"

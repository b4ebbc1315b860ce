"""The link to the office: in order, once, and nothing is lost while it is away."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic

import pytest

from deskterm.domain.errors import DesktermError, OfficeSilent
from deskterm.viewmodel.office import MOST_KILLED, OfficeLink

DEADLINE_S = 10.0
GONE = DesktermError("The office has gone", code="office_gone")


class Screen:
    """The screen's thread, worked by hand."""

    def __init__(self) -> None:
        self.queue: queue.Queue[Callable[[], None]] = queue.Queue()

    def run_until(self, condition: Callable[[], bool]) -> None:
        end = monotonic() + DEADLINE_S
        while not condition():
            self.queue.get(timeout=max(0.01, end - monotonic()))()


@dataclass
class Done:
    result: Mapping[str, object]


@dataclass
class Note:
    revision: int


class Door:
    """A door of an office that a test lets come and go."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []
        self.answers: queue.Queue[Mapping[str, object] | DesktermError] = queue.Queue()
        self.news: queue.Queue[int | DesktermError] = queue.Queue()
        self.closed = threading.Event()

    def call(
        self, command: str, params: Mapping[str, object], *, call_id: str | None = None
    ) -> Done:
        assert call_id
        self.calls.append((command, call_id))
        while not self.closed.is_set():
            try:
                answer = self.answers.get(timeout=0.01)
            except queue.Empty:
                continue
            if isinstance(answer, DesktermError):
                raise answer
            return Done(answer)
        raise GONE

    def notes(self, timeout_s: float) -> Note | None:
        while not self.closed.is_set():
            try:
                news = self.news.get(timeout=0.01)
            except queue.Empty:
                continue
            if isinstance(news, DesktermError):
                raise news
            return Note(news)
        raise GONE

    def close(self) -> None:
        self.closed.set()


class Rig:
    def __init__(self) -> None:
        self.screen = Screen()
        self.door = Door()
        self.makers: list[int] = []
        self.link = OfficeLink(self._make, self.screen.queue.put, pauses_s=(0.01, 0.02))
        self.states: list[str] = []
        self.revisions: list[int] = []
        self.results: list[object] = []
        self.link.state.connect(self.states.append)
        self.link.changed.connect(self.revisions.append)

    def _make(self) -> Door:
        self.makers.append(threading.get_ident())
        return self.door

    def send(self, command: str, call_id: str | None = None) -> None:
        self.link.send(
            command,
            {},
            lambda result: self.results.append((command, dict(result))),
            lambda error: self.results.append((command, error.code)),
            call_id=call_id,
        )


@pytest.fixture
def rig() -> Iterator[Rig]:
    found = Rig()
    yield found
    found.link.close()


def test_nothing_is_touched_before_the_start(rig: Rig) -> None:
    rig.send("ticket.resolve")
    assert rig.makers == []
    assert rig.link.pending == 1
    assert rig.link.standing == "starting"
    assert "1 change waits" in rig.link.words
    rig.link.start()
    rig.door.answers.put({"a": 1})
    rig.screen.run_until(lambda: bool(rig.results))
    assert rig.results == [("ticket.resolve", {"a": 1})]
    assert threading.get_ident() not in rig.makers
    assert len(rig.makers) == 1


def test_commands_go_one_after_the_other_in_order(rig: Rig) -> None:
    rig.link.start()
    for number in range(20):
        rig.send(f"c{number}")
        rig.door.answers.put({"n": number})
    rig.screen.run_until(lambda: len(rig.results) == 20)
    assert rig.results == [(f"c{n}", {"n": n}) for n in range(20)]
    assert len({call_id for _, call_id in rig.door.calls}) == 20
    assert rig.link.pending == 0
    rig.screen.run_until(lambda: rig.link.standing == "there")
    assert rig.link.words == ""


def test_while_the_office_is_away_commands_wait_and_keep_their_ids(rig: Rig) -> None:
    rig.link.start()
    for error in (GONE, OfficeSilent("silent"), DesktermError("no", code="office_start")):
        rig.door.answers.put(error)
    rig.send("ticket.reply", call_id="once")
    rig.send("ticket.resolve")
    rig.screen.run_until(lambda: rig.link.standing == "away")
    assert rig.link.pending == 2
    assert "2 changes wait" in rig.link.words
    assert rig.link.problem is not None
    rig.door.answers.put({})
    rig.door.answers.put({})
    rig.screen.run_until(lambda: len(rig.results) == 2)
    assert [r[0] for r in rig.results if isinstance(r, tuple)] == ["ticket.reply", "ticket.resolve"]
    replies = [call_id for command, call_id in rig.door.calls if command == "ticket.reply"]
    assert replies == ["once"] * 4
    rig.screen.run_until(lambda: rig.link.standing == "there")
    assert rig.states[-2:] == ["away", "there"]


def test_a_refusal_goes_to_who_sent_and_the_next_command_goes_on(rig: Rig) -> None:
    rig.link.start()
    rig.door.answers.put(DesktermError("There is no ticket", code="no_ticket"))
    rig.door.answers.put({})
    rig.send("ticket.resolve")
    rig.send("ticket.take")
    rig.screen.run_until(lambda: len(rig.results) == 2)
    assert rig.results == [("ticket.resolve", "no_ticket"), ("ticket.take", {})]


def test_news_that_pile_up_are_told_once(rig: Rig) -> None:
    rig.link.start()
    for revision in range(1, 51):
        rig.door.news.put(revision)
    end = monotonic() + DEADLINE_S
    while rig.link._news != 50:
        assert monotonic() < end
    rig.screen.run_until(lambda: bool(rig.revisions))
    assert rig.revisions == [50]
    rig.door.news.put(51)
    rig.screen.run_until(lambda: len(rig.revisions) == 2)
    assert rig.revisions == [50, 51]


def test_an_office_that_went_and_came_back_is_told(rig: Rig) -> None:
    rig.link.start()
    rig.door.news.put(1)
    rig.screen.run_until(lambda: rig.link.standing == "there")
    rig.door.news.put(GONE)
    rig.screen.run_until(lambda: rig.link.standing == "away")
    rig.door.news.put(2)
    rig.screen.run_until(lambda: rig.link.standing == "there")
    assert rig.states == ["there", "away", "there"]


def test_a_door_that_cannot_be_made_is_tried_again() -> None:
    screen, door = Screen(), Door()
    tries: list[int] = []

    def make() -> Door:
        tries.append(1)
        if len(tries) < 4:
            raise DesktermError("The office could not be started", code="office_start")
        return door

    link = OfficeLink(make, screen.queue.put, pauses_s=(0.01,))
    results: list[object] = []
    door.answers.put({})
    link.send("ticket.take", {}, results.append, results.append)
    link.start()
    try:
        screen.run_until(lambda: bool(results))
    finally:
        link.close()
    assert results == [{}]
    assert len(tries) >= 4


def test_closing_waits_for_what_is_on_its_way_and_delivers_nothing_after(rig: Rig) -> None:
    rig.link.start()
    rig.door.news.put(1)
    rig.screen.run_until(lambda: rig.link.standing == "there")
    rig.send("draft.save")
    rig.door.answers.put({})
    rig.link.close(grace_s=5)
    assert rig.link.pending == 0
    assert [command for command, _ in rig.door.calls] == ["draft.save"]


def test_closing_does_not_wait_for_an_office_that_is_silent(rig: Rig) -> None:
    rig.link.start()
    rig.send("draft.save")
    end = monotonic() + DEADLINE_S
    while not rig.door.calls:
        assert monotonic() < end
    started = monotonic()
    rig.link.close()
    assert monotonic() - started < 1.5
    assert rig.link.pending == 1


def test_a_fault_of_ours_ends_on_the_screens_thread() -> None:
    screen = Screen()

    def make() -> Door:
        raise ZeroDivisionError

    link = OfficeLink(make, screen.queue.put)
    link.start()
    with pytest.raises(ZeroDivisionError):
        screen.run_until(lambda: False)
    link.close()


def test_a_command_that_every_office_dies_of_gives_way(rig: Rig) -> None:
    rig.link.start()
    for _ in range(MOST_KILLED):
        rig.door.answers.put(GONE)
    rig.door.answers.put({})
    rig.send("deadly")
    rig.send("ticket.resolve")
    rig.screen.run_until(lambda: len(rig.results) == 2)
    assert rig.results == [("deadly", "office_gone"), ("ticket.resolve", {})]

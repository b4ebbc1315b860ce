"""Reader threads: the newest request of a slot wins, the others end or are dropped."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from functools import partial
from time import monotonic
from typing import Any

import pytest

from deskterm.domain.errors import DesktermError, Interrupted
from deskterm.viewmodel.readers import Readers

DEADLINE_S = 10.0


class Screen:
    """The screen's thread: runs what it is handed when the test says so."""

    def __init__(self) -> None:
        self.queue: queue.Queue[Callable[[], None]] = queue.Queue()

    def soon(self, act: Callable[[], None]) -> None:
        self.queue.put(act)

    def run_until(self, condition: Callable[[], bool]) -> None:
        end = monotonic() + DEADLINE_S
        while not condition():
            self.queue.get(timeout=max(0.01, end - monotonic()))()

    def run_all(self) -> None:
        while not self.queue.empty():
            self.queue.get()()


class SlowReading:
    """A reading whose work waits until it is let go or interrupted."""

    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self.interrupted = threading.Event()
        self.closed = False

    def interrupt(self) -> None:
        self.interrupted.set()

    def close(self) -> None:
        self.closed = True

    def long_query(self, begun: threading.Event) -> str:
        begun.set()
        assert self.interrupted.wait(DEADLINE_S)
        self.interrupted.clear()
        raise Interrupted


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def opened() -> list[SlowReading]:
    return []


@pytest.fixture
def readers(screen: Screen, opened: list[SlowReading]) -> Iterator[Readers]:
    def open_reading() -> Any:
        opened.append(SlowReading())
        return opened[-1]

    found = Readers(open_reading, screen.soon)
    yield found
    found.close()


def test_an_answer_comes_on_the_screens_thread(readers: Readers, screen: Screen) -> None:
    got: list[tuple[int, int]] = []
    readers.ask(
        "a", lambda r: threading.get_ident(), lambda n: got.append((n, threading.get_ident()))
    )
    screen.run_until(lambda: bool(got))
    reader, here = got[0]
    assert here == threading.get_ident()
    assert reader != here


def _made_ready(readers: Readers, screen: Screen) -> None:
    """Have a thread that waits for work."""
    got: list[int] = []
    readers.ask("first", lambda r: 1, got.append)
    screen.run_until(lambda: bool(got))


def test_a_patient_request_is_answered_before_it_returns(readers: Readers, screen: Screen) -> None:
    _made_ready(readers, screen)
    end = monotonic() + DEADLINE_S
    got: list[int] = []
    while not got and monotonic() < end:  # its thread may not have begun to wait again yet
        readers.ask("a", lambda r: threading.get_ident(), got.append, patience_s=DEADLINE_S)
    assert got
    assert got[0] != threading.get_ident()
    screen.run_all()


def test_who_was_patient_in_vain_is_answered_later_and_once(
    readers: Readers, screen: Screen
) -> None:
    _made_ready(readers, screen)
    gate = threading.Event()
    got: list[bool] = []
    readers.ask("a", lambda r: gate.wait(DEADLINE_S), got.append, patience_s=0.001)
    assert got == []
    gate.set()
    screen.run_until(lambda: bool(got))
    screen.run_all()
    assert got == [True]


def test_nobody_waits_where_no_thread_is_free(readers: Readers, screen: Screen) -> None:
    begun, gate = threading.Event(), threading.Event()

    def block(_: object) -> bool:
        begun.set()
        return gate.wait(DEADLINE_S)

    got: list[bool] = []
    readers.ask("x", block, got.append)
    assert begun.wait(DEADLINE_S)
    begun.clear()
    readers.ask("y", block, got.append)
    assert begun.wait(DEADLINE_S)
    start = monotonic()
    readers.ask("z", lambda r: True, got.append, patience_s=DEADLINE_S)
    assert monotonic() - start < DEADLINE_S / 2
    gate.set()
    screen.run_until(lambda: len(got) == 3)


def test_a_patient_request_that_fails_says_so(readers: Readers, screen: Screen) -> None:
    _made_ready(readers, screen)
    failed: list[DesktermError] = []

    def fail(_: object) -> None:
        raise DesktermError("It cannot be read", "Nothing was changed")

    readers.ask("a", fail, lambda _: None, failed.append, patience_s=0.05)
    screen.run_until(lambda: bool(failed))
    assert [error.title for error in failed] == ["It cannot be read"]


def test_a_newer_request_ends_the_one_under_way(readers: Readers, screen: Screen) -> None:
    begun = threading.Event()
    got: list[str] = []
    readers.ask("a", lambda r: r.long_query(begun), got.append)  # type: ignore[attr-defined] # SlowReading
    assert begun.wait(DEADLINE_S)
    readers.ask("a", lambda r: "second", got.append)
    screen.run_until(lambda: bool(got))
    screen.run_all()
    assert got == ["second"]


def test_an_answer_that_is_late_is_dropped(readers: Readers, screen: Screen) -> None:
    """It was read and handed over before the newer request was made."""
    got: list[str] = []
    readers.ask("a", lambda r: "first", got.append)
    first = screen.queue.get(timeout=DEADLINE_S)
    readers.ask("a", lambda r: "second", got.append)
    first()
    screen.run_until(lambda: bool(got))
    assert got == ["second"]


def test_of_waiting_requests_of_a_slot_only_the_last_is_read_for(
    readers: Readers, screen: Screen
) -> None:
    begun, gate = threading.Event(), threading.Event()
    read: list[int] = []
    got: list[int] = []

    def block(_: object) -> None:
        begun.set()
        assert gate.wait(DEADLINE_S)

    readers.ask("x", block, lambda _: None)
    readers.ask("y", block, lambda _: None)
    assert begun.wait(DEADLINE_S)
    for number in range(20):
        readers.ask("a", partial(_noted, read, number), got.append)
    gate.set()
    screen.run_until(lambda: bool(got))
    assert got == [19]
    assert read[-1] == 19
    assert len(read) <= 2


def _noted(read: list[int], number: int, _reading: object) -> int:
    read.append(number)
    return number


def test_slots_do_not_wait_for_each_other(readers: Readers, screen: Screen) -> None:
    begun = threading.Event()
    got: list[str] = []
    readers.ask("slow", lambda r: r.long_query(begun), got.append)  # type: ignore[attr-defined]
    assert begun.wait(DEADLINE_S)
    readers.ask("quick", lambda r: "quick", got.append)
    screen.run_until(lambda: bool(got))
    assert got == ["quick"]


def test_each_thread_has_a_reading_of_its_own_and_closes_it(
    screen: Screen, readers: Readers, opened: list[SlowReading]
) -> None:
    got: list[bool] = []
    for number in range(30):
        readers.ask(
            f"s{number}",
            lambda r: r.thread == threading.get_ident(),  # type: ignore[attr-defined]
            got.append,
        )
    screen.run_until(lambda: len(got) == 30)
    assert all(got)
    assert len(opened) <= 2
    readers.close()
    assert all(one.closed for one in opened)


def test_an_error_in_words_goes_to_who_asked(readers: Readers, screen: Screen) -> None:
    def refuse(_: object) -> None:
        raise DesktermError("The disk is full", code="disk_full")

    codes: list[str] = []
    readers.ask("a", refuse, lambda _: None, lambda error: codes.append(error.code))
    screen.run_until(lambda: bool(codes))
    assert codes == ["disk_full"]


def test_a_fault_of_ours_ends_on_the_screens_thread_and_reading_goes_on(
    readers: Readers, screen: Screen
) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    got: list[str] = []
    readers.ask("a", fail, lambda _: None)
    with pytest.raises(ZeroDivisionError):
        screen.run_until(lambda: False)
    readers.ask("a", lambda r: "next", got.append)
    screen.run_until(lambda: bool(got))
    assert got == ["next"]


def test_closing_ends_what_is_read_and_delivers_nothing(screen: Screen) -> None:
    readers = Readers(lambda: SlowReading(), screen.soon)  # type: ignore[arg-type,return-value] # a part of one
    begun = threading.Event()
    got: list[object] = []
    readers.ask("a", lambda r: "ready", got.append)
    ready = screen.queue.get(timeout=DEADLINE_S)
    readers.ask("b", lambda r: r.long_query(begun), got.append)  # type: ignore[attr-defined]
    assert begun.wait(DEADLINE_S)
    started = monotonic()
    readers.close()
    assert monotonic() - started < 1.5
    ready()
    screen.run_all()
    readers.ask("c", lambda r: "late", got.append)
    assert got == []


def test_what_was_asked_for_can_be_forgotten(readers: Readers, screen: Screen) -> None:
    got: list[str] = []
    readers.ask("a", lambda r: "first", got.append)
    ready = screen.queue.get(timeout=DEADLINE_S)
    readers.forget("a")
    ready()
    assert got == []

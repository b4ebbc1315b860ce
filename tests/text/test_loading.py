"""The time that goes into reading data, which no work is charged with."""

from __future__ import annotations

import threading
import time

from deskterm.text.loading import loading, spent_loading


def _work(seconds: float = 0.02) -> None:
    """Compute for so long."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def test_what_is_read_within_counts_once_however_deep() -> None:
    before = spent_loading()
    with loading(), loading():
        _work()
    spent = spent_loading()
    assert 0.02 <= spent.computing - before.computing < 0.04
    assert spent.wall - before.wall >= spent.computing - before.computing - 0.005


def test_as_a_decorator_and_where_it_fails() -> None:
    @loading()
    def read() -> None:
        _work()
        raise ValueError

    before = spent_loading()
    try:
        read()
    except ValueError:
        _work()
    assert 0.02 <= spent_loading().computing - before.computing < 0.04


def test_each_thread_counts_for_itself() -> None:
    before = spent_loading()

    def elsewhere() -> None:
        with loading():
            _work()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert spent_loading() == before

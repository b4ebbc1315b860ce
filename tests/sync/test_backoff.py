"""Waits after failures: what the channel asks for, or ever longer with chance mixed in."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest

from deskterm.sync.backoff import CAP_S, PAUSE_AFTER, Backoff
from tests.support.manual_clock import ManualClock

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def backoff(seed: int = 1) -> Backoff:
    return Backoff(ManualClock(NOW), random.Random(seed))


@pytest.mark.parametrize("asked_s", [0, 1, 30, 900])
def test_what_the_channel_asks_for_is_waited_and_a_little_more(asked_s: int) -> None:
    waits = [backoff(seed).failed(NOW + timedelta(seconds=asked_s)) for seed in range(50)]
    assert asked_s <= min(waits)
    assert min(waits) > 0
    assert max(waits) <= asked_s + 5
    assert max(waits) - min(waits) > 3


def test_nobody_is_made_to_wait_longer_than_the_cap() -> None:
    assert CAP_S <= backoff().failed(NOW + timedelta(days=3650)) <= CAP_S + 5


def test_a_time_that_has_passed_still_waits_a_moment() -> None:
    assert backoff().failed(NOW - timedelta(days=1)) >= 0.5


def test_without_a_word_the_ceiling_doubles_and_chance_fills_it() -> None:
    waits: dict[int, list[float]] = {n: [] for n in range(1, PAUSE_AFTER)}
    for seed in range(300):
        mine = backoff(seed)
        for n in waits:
            waits[n].append(mine.failed())
    for n, seen in waits.items():
        ceiling = 2.0 ** (n - 1)
        assert min(seen) >= 0.5
        assert max(seen) <= ceiling
        if ceiling > 1:
            assert max(seen) > 0.9 * ceiling
            assert min(seen) < 0.6 * ceiling


def test_the_fifth_failure_in_a_row_pauses_and_pauses_grow_to_the_cap() -> None:
    mine = backoff()
    for _ in range(PAUSE_AFTER - 1):
        mine.failed()
        assert not mine.paused
    pauses = [mine.failed() for _ in range(7)]
    assert mine.paused
    floors = [60, 120, 240, 480, 900, 900, 900]
    assert all(floor <= pause <= floor + 5 for floor, pause in zip(floors, pauses, strict=True))


def test_a_success_forgets_all_failures() -> None:
    mine = backoff()
    for _ in range(9):
        mine.failed()
    mine.succeeded()
    assert not mine.paused
    assert mine.failed() <= 1

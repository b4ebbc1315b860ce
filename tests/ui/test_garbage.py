"""Full collections wait until nobody types, and do come."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from deskterm.ui.garbage import CALM_S, LOOK_S, Garbage
from tests.support.models import ManualTimers


class Ring:
    """Part of a ring, which only a full collection finds once it has grown old."""

    alive = 0

    def __init__(self) -> None:
        self.itself = self
        Ring.alive += 1

    def __del__(self) -> None:
        Ring.alive -= 1


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    before, was_on = gc.get_threshold(), gc.isenabled()
    gc.set_threshold(1_000_000, 1_000_000, 1_000_000)
    yield
    gc.set_threshold(*before)
    (gc.enable if was_on else gc.disable)()
    gc.unfreeze()


class Pauses:
    def __init__(self) -> None:
        self.timers, self.seconds, self.typed_at = ManualTimers(), 100.0, 100.0
        self.garbage = Garbage(self.timers, lambda: self.typed_at, lambda: self.seconds)
        self.garbage.begin()
        Ring.alive = 0

    def pass_by(self, seconds: float, *, typing: bool) -> None:
        for _ in range(int(seconds / LOOK_S)):
            self.seconds += LOOK_S
            if typing:
                self.typed_at = self.seconds - CALM_S / 2
            self.timers.advance(LOOK_S)

    def leave_garbage(self, smaller_collections: int) -> None:
        """A ring that has outlived so many smaller collections."""
        ring = Ring()
        for _ in range(smaller_collections):
            gc.collect(1)
        assert ring.itself is ring


def test_a_pause_is_used() -> None:
    pauses = Pauses()
    pauses.leave_garbage(1)
    pauses.pass_by(3, typing=False)
    assert Ring.alive == 1  # not worth it yet
    pauses.leave_garbage(5)
    pauses.pass_by(3, typing=True)
    assert Ring.alive == 2
    pauses.pass_by(1, typing=False)
    assert Ring.alive == 0


def test_who_types_without_end_is_not_waited_for() -> None:
    pauses = Pauses()
    pauses.leave_garbage(400)
    pauses.pass_by(1, typing=True)
    assert Ring.alive == 0


def test_afterwards_it_is_as_it_was() -> None:
    before = gc.get_threshold()
    pauses = Pauses()
    assert gc.get_threshold() != before
    pauses.garbage.end()
    assert gc.get_threshold() == before
    pauses.leave_garbage(5)
    looks = gc.get_count()[2]
    pauses.pass_by(5, typing=False)
    assert gc.get_count()[2] == looks

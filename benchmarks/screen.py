"""The console on a pseudo-terminal, against a minimal Textual app: start and memory.

The two sides take turns, in every round and at every size of the backlog. What a key costs is in
`screen_keys`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from benchmarks import backlog, screen_keys
from benchmarks.console import (
    Orders,
    conversation_shows,
    end_office,
    list_shows,
    minimal_ready,
    start_console,
    start_minimal,
)
from benchmarks.desk import Desk
from benchmarks.measure import Row, ratio_row
from benchmarks.terminal import Terminal

#: Rows of the list that must stand on the screen before it counts as filled.
_FIRST_ROWS = 5
#: Starts for each round of the rest: they are short, and on a shared machine one differs from the
#: next by a third.
_STARTS = 4
_GROWTH = 1.25


@dataclass(frozen=True, slots=True)
class _Start:
    """Seconds until the first page stands, processor time until the screen is silent then."""

    wall_s: float
    cpu_s: float


@dataclass(slots=True)
class _Side:
    """What is started again and again; `stop` ends what it leaves behind."""

    start: Callable[[], Terminal]
    ready: Callable[[Terminal], float]
    stop: Callable[[], None]
    found: list[_Start] = field(default_factory=list)
    #: Seconds until the conversation stands as well.
    whole_s: list[float] = field(default_factory=list)
    also: Callable[[str], bool] | None = None

    def once(self, *, counts: bool) -> None:
        """Start it, wait for its first page, end it."""
        with self.start() as terminal:
            wall_s = self.ready(terminal) - terminal.started
            found = _Start(wall_s, terminal.cpu_s)
            if self.also is not None and counts:
                self.whole_s.append(terminal.until(self.also) - terminal.started)
            terminal.settle(0.1)
        self.stop()
        if counts:
            self.found.append(found)


def measure(folder: Path, sizes: Sequence[int], rounds: int, keys: int) -> Iterator[Row]:
    """Start the console on backlogs of these sizes, then use it with so many keys a row."""
    desks = {size: backlog.prepare(folder, size) for size in sizes}
    yield from _starts(desks, rounds * _STARTS)
    used = {}
    for size, desk in desks.items():
        try:
            used[size] = yield from screen_keys.measure(desk, size, rounds, keys)
        finally:
            end_office(desk.home)
    yield from _growth(used)


def _starts(desks: dict[int, Desk], rounds: int) -> Iterator[Row]:
    floor = _Side(start_minimal, minimal_ready, lambda: None)
    sides = {size: _side(desk) for size, desk in desks.items()}
    for number in range(-1, rounds):
        order = [floor, *sides.values()]
        for side in order if number % 2 == 0 else reversed(order):
            side.once(counts=number >= 0)
    for size, side in sides.items():
        yield ratio_row(
            "screen",
            f"Start to the first page of {size:,} messages",
            "s",
            [(our.wall_s, bare.wall_s) for our, bare in zip(side.found, floor.found, strict=True)],
            at_most=1.3,
        )
        yield ratio_row(
            "screen",
            "… and the conversation beside it",
            "s",
            [
                (whole_s, bare.wall_s)
                for whole_s, bare in zip(side.whole_s, floor.found, strict=True)
            ],
        )
        yield ratio_row(
            "screen",
            "… processor time until then",
            "s",
            [(our.cpu_s, bare.cpu_s) for our, bare in zip(side.found, floor.found, strict=True)],
        )
    for small, large in pairwise(sides):
        yield ratio_row(
            "screen",
            f"Processor time of a start, {large:,} against {small:,} messages",
            "s",
            [
                (our.cpu_s, less.cpu_s)
                for our, less in zip(sides[large].found, sides[small].found, strict=True)
            ],
            at_most=_GROWTH,
        )


def _side(desk: Desk) -> _Side:
    first = Orders.of(desk, _FIRST_ROWS).needs_us
    shows = list_shows(*first)
    return _Side(
        lambda: start_console(desk),
        lambda terminal: terminal.until(shows),
        lambda: end_office(desk.home),
        also=conversation_shows(first[0]),
    )


def _growth(used: dict[int, screen_keys.Use]) -> Iterator[Row]:
    for small, large in pairwise(used):
        most, least = used[large], used[small]
        for what, unit, pair in (
            ("Memory", "MiB", (most.rss_mib, least.rss_mib)),
            ("Processor time of a key", "ms", (most.key_cpu_ms, least.key_cpu_ms)),
        ):
            sizes = f"{large:,} against {small:,} messages"
            yield ratio_row("screen", f"{what}, {sizes}", unit, [pair], at_most=_GROWTH)

"""Rows of the table, and how two sides of a ratio are timed: in turns, and by medians."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median

#: Rounds in which the two sides of a ratio alternate.
ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    `figure` and `floor` are in `unit`; `ratio` is the figure over the floor, or over the goal
    where a goal is absolute. `goal` says what is wanted of the ratio (of the figure where there is
    no floor), `spread` how far the rounds lay apart.
    """

    name: str
    what: str
    unit: str
    figure: float
    floor: float | None
    ratio: float | None
    goal: str = ""
    met: bool | None = None
    spread: str = ""

    def as_json(self) -> dict[str, object]:
        """The row as JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds on the wall, and of processor time of this process with all its threads."""

    wall_s: float
    cpu_s: float


def timed(work: Callable[[], object]) -> Spent:
    """Do it and say what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu)


def ratio_row(
    name: str,
    what: str,
    unit: str,
    pairs: Sequence[tuple[float, float]],
    *,
    at_least: float | None = None,
    at_most: float | None = None,
) -> Row:
    """A row from (figure, floor) of each round; the ratio is the median of the rounds' ratios."""
    ratios = [figure / floor for figure, floor in pairs]
    ratio = median(ratios)
    goal, met = "", None
    if at_least is not None:
        goal, met = f"≥ {at_least:g} ×", ratio >= at_least
    if at_most is not None:
        goal, met = f"≤ {at_most:g} ×", ratio <= at_most
    return Row(
        name,
        what,
        unit,
        median(figure for figure, _ in pairs),
        median(floor for _, floor in pairs),
        ratio,
        goal,
        met,
        f"{min(ratios):.2f}–{max(ratios):.2f}",
    )


def percentile(values: Sequence[float], share: float) -> float:
    """The value that `share` (0 to 1) of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

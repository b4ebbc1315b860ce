"""How soon `deskterm demo` is of use: from its start to a list with tickets in it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.console import QUIT, stands_at
from benchmarks.measure import Row
from benchmarks.terminal import Terminal

_GOAL_S = 3.0


def measure(folder: Path, rounds: int) -> Iterator[Row]:
    """Start it so many times, once more than that to have everything read from the disk before."""
    root = folder / "demo"
    root.mkdir()
    waits = [_first_useful_screen(root) for _ in range(rounds + 1)][1:]
    yield Row(
        "demo",
        "demo: first useful screen, seconds from exec",
        "s",
        median(waits),
        None,
        median(waits) / _GOAL_S,
        f"≤ {_GOAL_S:g} s",
        median(waits) <= _GOAL_S,
        f"{min(waits):.2f}-{max(waits):.2f}",
    )


def _first_useful_screen(root: Path) -> float:
    env = {"PATH": os.environ["PATH"], "HOME": str(root), "TMPDIR": str(root), "LANG": "C.UTF-8"}
    terminal = Terminal([sys.executable, "-m", "deskterm", "demo"], env)
    try:
        return terminal.until(stands_at(1)) - terminal.started
    finally:
        terminal.end(keys=QUIT)

"""What became of places in a text that was changed."""

from __future__ import annotations

from typing import NamedTuple


class Change(NamedTuple):
    """Of the text before, `start` to `end` is another one now, which is `shift` longer."""

    start: int
    end: int
    shift: int

    def moved(self, start: int, end: int) -> tuple[int, int] | None:
        """Where a place stands now; None where the change touched it."""
        if end <= self.start:
            return start, end
        if start >= self.end:
            return start + self.shift, end + self.shift
        return None


def change(before: str, after: str) -> Change:
    """How one text became another: what lies between their common beginning and end."""
    start = _common_start(before, after)
    most = min(len(before), len(after)) - start
    end = min(most, _common_start(before[start:][::-1], after[start:][::-1]))
    return Change(start, len(before) - end, len(after) - len(before))


def _common_start(one: str, other: str) -> int:
    """How many characters two texts share at their beginning, found by halves."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low

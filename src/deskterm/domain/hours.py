"""Hours of a day, from one time to another, also over midnight: `22:00-07:00`."""

from __future__ import annotations

import re
from datetime import time
from typing import NamedTuple

_WRITTEN = re.compile(r"([01]?\d|2[0-3]):([0-5]\d) ?- ?([01]?\d|2[0-3]):([0-5]\d)", re.ASCII)


class Hours(NamedTuple):
    """From `start` until just before `end`; the whole day where both are the same."""

    start: time
    end: time

    @classmethod
    def read(cls, text: str) -> Hours:
        """Read `22:00-07:00`.

        Raises:
            ValueError: it is written otherwise; says how it should be.
        """
        found = _WRITTEN.fullmatch(text.strip())
        if found is None:
            raise ValueError("is not written as 22:00-07:00")
        first, second, third, fourth = map(int, found.groups())
        return cls(time(first, second), time(third, fourth))

    def hold(self, at: time) -> bool:
        """Whether a time of the day lies within them."""
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

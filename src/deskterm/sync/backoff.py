"""When to try again: what the channel asks for, or else ever longer with chance mixed in."""

from __future__ import annotations

import random
from datetime import datetime

from deskterm.domain.clock import Clock

#: The longest wait that a channel can ask for, and the longest pause (seconds).
CAP_S = 900.0
#: Failures in a row after which an account is paused.
PAUSE_AFTER = 5
_CEILING_S = 60.0
_FLOOR_S = 0.5
_JITTER_S = 5.0


class Backoff:
    """Failures in a row of one account, and the wait that follows each.

    With a time from the channel: until then, at most 15 minutes, plus up to 5 s so that not
    everybody comes back at once. Without: full jitter under 1, 2, 4, 8 s. From the fifth
    failure in a row on the account is paused: 1, 2, 4, 8, 15 minutes, with jitter on top.
    """

    def __init__(self, clock: Clock, rng: random.Random) -> None:
        self._clock = clock
        self._rng = rng
        self.failures = 0

    @property
    def paused(self) -> bool:
        """Whether so many tries failed in a row that people are told of a pause."""
        return self.failures >= PAUSE_AFTER

    def failed(self, until: datetime | None = None) -> float:
        """Count a failure; seconds to wait before the next try.

        Args:
            until: the time the channel asked for, aware, if it did.
        """
        self.failures += 1
        asked = 0.0
        if until is not None:
            asked = min(max((until - self._clock.now()).total_seconds(), 0.0), CAP_S)
            asked += self._rng.uniform(0.0, _JITTER_S)
        return max(asked, self._own_wait() if until is None or self.paused else _FLOOR_S)

    def succeeded(self) -> None:
        """Forget the failures."""
        self.failures = 0

    def _own_wait(self) -> float:
        if self.paused:
            doubled = 60.0 * 2.0 ** min(self.failures - PAUSE_AFTER, 8)
            return min(CAP_S, doubled) + self._rng.uniform(0.0, _JITTER_S)
        ceiling = min(_CEILING_S, 2.0 ** (self.failures - 1))
        return max(_FLOOR_S, self._rng.uniform(0.0, ceiling))

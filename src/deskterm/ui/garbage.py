"""Full garbage collections at times when nobody notices them.

One takes as long as several keys (some 20 ms), and Python would begin it with any key.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import monotonic
from typing import Final

from deskterm.viewmodel.ports import Monotonic, Timers

LOOK_S: Final = 1.0
"""Seconds between two looks at whether one is due."""

CALM_S: Final = 0.7
"""Seconds without a key after which nobody types."""

#: Smaller collections since the last full one: after so many it is worth it, and after so many more
#: it is done even while somebody types. About eight keys through the list make one of them.
_SOME, _MANY = 2, 300
_NEVER = 1 << 30


class Garbage:
    """Collects for an app.

    Args:
        timers: wait for the next look.
        typed_at: when the last key came, by `now`.
        now: a clock that never jumps.
    """

    def __init__(
        self, timers: Timers, typed_at: Callable[[], float], now: Monotonic = monotonic
    ) -> None:
        self._timers = timers
        self._typed_at = typed_at
        self._now = now
        self._before: tuple[int, int, int] | None = None
        self._cancel: Callable[[], None] | None = None
        self._has_settled = False

    def begin(self) -> None:
        """Collect what a start has left, and from here on only in pauses."""
        gc.collect()
        gc.freeze()  # full collections need not look at what the start has made
        self._before = gc.get_threshold()
        gc.set_threshold(*self._before[:2], _NEVER)
        gc.enable()
        self._cancel = self._timers.after(LOOK_S, self._look)

    def end(self) -> None:
        """Leave it to Python again."""
        if self._cancel is not None:
            self._cancel()
        if self._before is not None:
            gc.set_threshold(*self._before)

    def _look(self) -> None:
        smaller = gc.get_count()[2]
        is_calm = self._now() - self._typed_at() >= CALM_S
        if smaller >= _MANY or (smaller >= _SOME and is_calm):
            gc.collect()
            if not self._has_settled:
                self._has_settled = True
                gc.freeze()  # what was read on first need stays as well
        self._cancel = self._timers.after(LOOK_S, self._look)

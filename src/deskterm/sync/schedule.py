"""When an account does what. All times are seconds of the monotonic clock.

Wall time plays no part: a machine whose clock is set forward or back polls as before.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from deskterm.contract import StreamSpec
from deskterm.domain.clock import Clock
from deskterm.sync.backoff import Backoff

Place = tuple[str | None, datetime | None, str | None]


@dataclass(slots=True)
class StreamTrack:
    """A stream of the account, when it is due, and how often it failed at one place."""

    spec: StreamSpec
    due_at: float
    backoff: Backoff
    failed_at: Place | None = None
    text: str = ""

    @property
    def tries(self) -> int:
        """Failed tries in a row at `failed_at`."""
        return self.backoff.failures

    def failed(self, where: Place, text: str) -> float:
        """Count a failed try; seconds to wait when it is to be tried again soon."""
        if where != self.failed_at:
            self.backoff.succeeded()
        self.failed_at, self.text = where, text
        return self.backoff.failed()

    def worked(self, due_at: float) -> None:
        """The stream is complete; it is due again at that time."""
        self.backoff.succeeded()
        self.failed_at, self.text, self.due_at = None, "", due_at


class Schedule:
    """The times of one account.

    `halted`: nothing happens until a poke. `asked_until`: the channel asked to wait, and a poke
    does not change that. `retry_at`: our own wait after a failure, which a poke ends.
    """

    def __init__(self, clock: Clock, make_backoff: Callable[[], Backoff]) -> None:
        self._clock = clock
        self._make_backoff = make_backoff
        self._tracks: dict[str, StreamTrack] | None = None
        self._rested_at = -math.inf
        self.halted = False
        self.asked_until = -math.inf
        self.retry_at = -math.inf

    def learn(self, streams: Iterable[StreamSpec]) -> None:
        """Take over the streams of a session; new ones are due at once."""
        known, now = self._tracks or {}, self._clock.monotonic()
        self._tracks = {
            s.name: known.get(s.name) or StreamTrack(s, now, self._make_backoff()) for s in streams
        }

    def tracks(self) -> list[StreamTrack]:
        """All streams known so far, in the order of the spec."""
        return list((self._tracks or {}).values())

    def all_due(self) -> None:
        """What a poke means: whatever may happen happens now."""
        now = self._clock.monotonic()
        self.halted = False
        self.retry_at = -math.inf
        for track in self.tracks():
            track.due_at = now

    def due(self) -> list[StreamTrack]:
        """The streams to pull now."""
        now = self._clock.monotonic()
        return [track for track in self.tracks() if track.due_at <= now]

    def works(self) -> bool:
        """Whether the account as a whole is neither stopped nor waiting after a failure."""
        return not self.halted and self.retry_at <= self._clock.monotonic()

    def rest(self, seconds: float) -> None:
        """Let nothing begin for that long."""
        self._rested_at = self._clock.monotonic() + seconds

    def held_until(self) -> float:
        """Before that time not even a poke starts a round."""
        return max(self._rested_at, self.asked_until)

    def next_s(self) -> float:
        """Seconds until the next round without a poke; infinite when there is none."""
        if self.halted:
            return math.inf
        if self._tracks is None:
            due_at = -math.inf
        else:
            due_at = min((t.due_at for t in self._tracks.values()), default=math.inf)
        return max(due_at, self.retry_at) - self._clock.monotonic()

    def again_at(self) -> float:
        """When what failed is tried again; infinite when only a person can help."""
        if self.halted:
            return math.inf
        failing = [t.due_at for t in self.tracks() if t.tries]
        if self.retry_at > -math.inf:
            failing.append(self.retry_at)
        return max(min(failing, default=math.inf), self.asked_until)

    def worst(self) -> StreamTrack | None:
        """The stream with the most failed tries, if any failed."""
        failing = [track for track in self.tracks() if track.tries]
        return max(failing, key=lambda track: track.tries, default=None)

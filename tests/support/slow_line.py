"""A terminal at the end of a long and narrow line, such as a session on another continent."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Final

from tests.support.pty import SILENCE_S, Terminal

DELAY_S: Final = 0.3
BYTES_PER_S: Final = 20_000
#: Bytes that travel in one piece.
_PACKET: Final = 1_000


class SlowTerminal(Terminal):
    """Shows what the program writes `DELAY_S` later, and no more than `BYTES_PER_S` of it."""

    def __init__(
        self, command: Sequence[str], env: Mapping[str, str], size: tuple[int, int] = (80, 24)
    ) -> None:
        #: What is on its way: when it arrives, and what it is.
        self._travelling: deque[tuple[float, bytes]] = deque()
        self._line_is_free_at = 0.0
        super().__init__(command, env, size)

    def settled(self) -> str:
        """The screen after the program has painted what it had to paint, and it has arrived."""
        while self._read(SILENCE_S) or self._travelling:
            pass
        return self.text

    def arrived_within(self, seconds: float) -> bytes:
        """What arrives in a while."""
        before, end = len(self.raw), time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)
        return self.raw[before:]

    def _receive(self, wait_s: float) -> bytes | None:
        end = time.monotonic() + wait_s
        while True:
            now = time.monotonic()
            arrives_at = self._travelling[0][0] if self._travelling else end
            if self._travelling and arrives_at <= now:
                return self._travelling.popleft()[1]
            if now >= end:
                return None
            self._take_in(max(0.0, min(end, arrives_at) - now))

    def _take_in(self, wait_s: float) -> None:
        written = super()._receive(wait_s)
        if written is None:
            return
        for start in range(0, max(1, len(written)), _PACKET):
            packet = written[start : start + _PACKET]
            begins = max(time.monotonic(), self._line_is_free_at)
            self._line_is_free_at = begins + len(packet) / BYTES_PER_S
            self._travelling.append((self._line_is_free_at + DELAY_S, packet))

"""A terminal at the end of a long and narrow line, such as a session on another continent."""

from __future__ import annotations

import time
from collections import deque
from typing import Final

from tests.support.pty import SILENCE_S, Terminal

DELAY_S: Final = 0.3
BYTES_PER_S: Final = 20_000
#: What travels in one piece.
_PACKET: Final = 1_000


class SlowTerminal(Terminal):
    """Shows what the program writes `DELAY_S` later, and no more than `BYTES_PER_S` of it."""

    _line_is_free_at = 0.0

    def settled(self) -> str:
        """The screen after the program has painted what it had to paint, and it has arrived."""
        while self._read(SILENCE_S) or self._travelling:
            pass
        return self.text

    @property
    def _travelling(self) -> deque[tuple[float, bytes]]:
        """What is on its way: when it arrives, and what it is."""
        return self.__dict__.setdefault("_on_its_way", deque())

    def _receive(self, wait_s: float) -> bytes | None:
        end = time.monotonic() + wait_s
        while True:
            now = time.monotonic()
            arrival = self._travelling[0][0] if self._travelling else end
            if arrival <= now and self._travelling:
                return self._travelling.popleft()[1]
            if now >= end:
                return None
            self._take_in(max(0.0, min(end, arrival) - now))

    def _take_in(self, wait_s: float) -> None:
        written = super()._receive(wait_s)
        if written is None:
            return
        for start in range(0, max(1, len(written)), _PACKET):
            packet = written[start : start + _PACKET]
            begins = max(time.monotonic(), self._line_is_free_at)
            self._line_is_free_at = begins + len(packet) / BYTES_PER_S
            self._travelling.append((self._line_is_free_at + DELAY_S, packet))

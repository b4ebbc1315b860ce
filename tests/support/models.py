"""What models of the console ask of the world, worked by hand."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from deskterm.domain.errors import DesktermError, Interrupted
from deskterm.viewmodel.ports import Result
from deskterm.viewmodel.readers import Failed
from deskterm.viewmodel.reading import ReadingPort

T = TypeVar("T")


class ManualTimers:
    """`deskterm.viewmodel.ports.Timers`; time passes by `advance`."""

    def __init__(self) -> None:
        self.now = 0.0
        self._waiting: dict[int, tuple[float, Callable[[], None]]] = {}
        self._numbers = itertools.count()

    def after(self, seconds: float, act: Callable[[], None]) -> Callable[[], None]:
        number = next(self._numbers)
        self._waiting[number] = (self.now + seconds, act)
        return lambda: self._waiting.pop(number, None) and None

    def advance(self, seconds: float) -> None:
        """Let time pass; what is due is done in order."""
        end = self.now + seconds
        while due := [(at, n) for n, (at, _) in self._waiting.items() if at <= end + 1e-9]:
            at, number = min(due)
            self.now = max(self.now, at)
            self._waiting.pop(number)[1]()
        self.now = end


class HandReaders:
    """`deskterm.viewmodel.readers.Asking`; reads when the test says so, newest per slot only."""

    def __init__(self, reading: ReadingPort) -> None:
        self.reading = reading
        self.asked: list[str] = []
        self._waiting: dict[str, Callable[[], None]] = {}

    def ask(
        self,
        slot: str,
        work: Callable[[ReadingPort], T],
        done: Callable[[T], None],
        failed: Failed | None = None,
        *,
        patience_s: float = 0.0,
    ) -> None:
        def run() -> None:
            try:
                answer = work(self.reading)
            except Interrupted:
                return
            except DesktermError as error:
                if failed is not None:
                    failed(error)
                return
            done(answer)

        self.asked.append(slot)
        self._waiting.pop(slot, None)
        self._waiting[slot] = run

    @property
    def waiting(self) -> tuple[str, ...]:
        """The slots that something is to be read for."""
        return tuple(self._waiting)

    def run(self, slot: str | None = None) -> None:
        """Read everything that is wanted, also what is asked for meanwhile; or one slot once."""
        if slot is not None:
            self._waiting.pop(slot)()
            return
        while self._waiting:
            self._waiting.pop(next(iter(self._waiting)))()


@dataclass
class HandOffice:
    """`deskterm.viewmodel.ports.Office`; keeps what it was sent."""

    sent: list[tuple[str, Mapping[str, object]]] = field(default_factory=list)

    def send(
        self,
        command: str,
        params: Mapping[str, object],
        done: Callable[[Result], None],
        failed: Callable[[DesktermError], None],
        *,
        call_id: str | None = None,
    ) -> None:
        self.sent.append((command, params))

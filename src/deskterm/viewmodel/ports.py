"""What the models of the console ask of the world around them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from deskterm.domain.errors import DesktermError
from deskterm.text.clean import SafeText
from deskterm.viewmodel.signal import Signal

#: Runs a function on the screen's thread, soon and in the order in which they were given. May be
#: called in any thread and never blocks.
Soon = Callable[[Callable[[], None]], None]

#: Seconds of a clock that never jumps.
Monotonic = Callable[[], float]

Result = Mapping[str, object]


class Timers(Protocol):
    """Calls a function later, on the screen's thread."""

    def after(self, seconds: float, act: Callable[[], None]) -> Callable[[], None]:
        """Call `act` once after so many seconds; the function that comes back cancels it."""
        ...


class Office(Protocol):
    """The office as models see it: hand over a command, hear of the end. Never blocks."""

    def send(
        self,
        command: str,
        params: Mapping[str, object],
        done: Callable[[Result], None],
        failed: Callable[[DesktermError], None],
        *,
        call_id: str | None = None,
    ) -> None:
        """Have a command done. Commands are sent in the order of the calls; `done` or `failed` is
        called on the screen's thread. A command whose office dies is sent to the next one, once.
        """
        ...


class Link(Office, Protocol):
    """The office with its news; `deskterm.viewmodel.office.OfficeLink` is one."""

    changed: Signal[[int]]
    state: Signal[[str]]

    @property
    def standing(self) -> str:
        """`starting`, `there` or `away`."""
        ...

    @property
    def pending(self) -> int:
        """How many commands the office has not answered yet."""
        ...

    @property
    def words(self) -> SafeText:
        """How it stands; empty while all is well."""
        ...

    def start(self) -> None:
        """Begin to look for an office."""
        ...

    def close(self, grace_s: float = 0.0) -> None:
        """End, after at most so many seconds for what is on its way."""
        ...

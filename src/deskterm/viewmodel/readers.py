"""Threads that read for the models, so that the screen never waits for the disk.

A request has a slot, the place that its answer is for. A newer one of the same slot ends the one
that is being read for, and an answer that is late all the same is dropped by its number.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Final, Protocol, TypeVar

from deskterm.domain.errors import DesktermError, Interrupted
from deskterm.viewmodel.attempt import Attempt
from deskterm.viewmodel.ports import Soon

if TYPE_CHECKING:
    from deskterm.viewmodel.reading import ReadingPort

CLOSE_S: Final = 2.0
"""Seconds that `close` waits for its threads, all together."""

_T = TypeVar("_T")
Failed = Callable[[DesktermError], None]


class Asking(Protocol):
    """Where models have things read; `Readers` is one."""

    def ask(
        self,
        slot: str,
        work: Callable[[ReadingPort], _T],
        done: Callable[[_T], None],
        failed: Failed | None = None,
        *,
        patience_s: float = 0.0,
    ) -> None:
        """Have `work` done in a reader thread, then `done` with what it gave on the screen's.

        Args:
            slot: what the answer is for; a newer request of the same slot takes its place.
            work: reads; runs in a reader thread and touches nothing else.
            done: takes the answer; not called when a newer request was made.
            failed: takes an error in words; without it the error is dropped.
            patience_s: wait for at most so many seconds where a thread is free: what is there by
                then is taken before this returns, and what it changes is painted with what the
                asking has changed. Later answers come as they always do.
        """
        ...


class _Request:
    """`waited` while somebody waits for `attempt`, who is woken by `served`."""

    def __init__(
        self,
        slot: str,
        number: int,
        work: Callable[[ReadingPort], object],
        done: Callable[[object], None],
        failed: Failed | None,
    ) -> None:
        self.slot = slot
        self.number = number
        self.work = work
        self.done = done
        self.failed = failed
        self.attempt: Attempt | None = None
        self.waited = False
        self.served = threading.Event()


class Readers:
    """A few reader threads with a reading each, which they open when they are first needed.

    Args:
        open_reading: opens a reading; called in the thread that uses it.
        soon: runs what comes back on the screen's thread.
        threads: so many read at the same time.
    """

    def __init__(
        self, open_reading: Callable[[], ReadingPort], soon: Soon, threads: int = 2
    ) -> None:
        self._open = open_reading
        self._soon = soon
        self._most = threads
        self._changed = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._waiting: dict[str, _Request] = {}
        self._running: dict[str, ReadingPort] = {}
        self._newest: dict[str, int] = {}
        self._idle = 0
        self._closed = False

    def ask(
        self,
        slot: str,
        work: Callable[[ReadingPort], _T],
        done: Callable[[_T], None],
        failed: Failed | None = None,
        *,
        patience_s: float = 0.0,
    ) -> None:
        """See `Asking.ask`."""
        with self._changed:
            if self._closed:
                return
            number = self._newest.get(slot, 0) + 1
            self._newest[slot] = number
            request = _Request(slot, number, work, _taking(done), failed)
            free = self._idle > len(self._waiting) and slot not in self._running
            request.waited = patience_s > 0 and free
            self._waiting[slot] = request
            if slot in self._running:
                self._running[slot].interrupt()
            elif self._idle < len(self._waiting) and len(self._threads) < self._most:
                self._start()
            self._changed.notify()
        if request.waited:
            self._wait_for(request, patience_s)

    def _wait_for(self, request: _Request, seconds: float) -> None:
        request.served.wait(seconds)
        with self._changed:
            request.waited = False
        if request.attempt is not None:
            self._deliver(request, request.attempt)

    def forget(self, slot: str) -> None:
        """Drop what was asked for a slot."""
        with self._changed:
            self._newest[slot] = self._newest.get(slot, 0) + 1
            self._waiting.pop(slot, None)
            if slot in self._running:
                self._running[slot].interrupt()

    def close(self) -> None:
        """End all reading; nothing is delivered any more. Waits at most `CLOSE_S` seconds."""
        with self._changed:
            self._closed = True
            self._waiting.clear()
            for reading in self._running.values():
                reading.interrupt()
            self._changed.notify_all()
        deadline = monotonic() + CLOSE_S
        for thread in self._threads:
            thread.join(max(0.0, deadline - monotonic()))

    def _start(self) -> None:
        name = f"reader-{len(self._threads) + 1}"
        thread = threading.Thread(target=self._run, name=name, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _run(self) -> None:
        """The life of a reader thread."""
        with Attempt() as life:
            reading = self._open()
            try:
                while (request := self._next(reading)) is not None:
                    self._serve(request, reading)
            finally:
                reading.close()
        if life.error is not None:
            self._soon(life.throw)

    def _next(self, reading: ReadingPort) -> _Request | None:
        """Wait for the oldest request whose slot nobody reads for; None at the end."""
        with self._changed:
            self._idle += 1
            self._changed.wait_for(lambda: self._closed or self._free_slot() is not None)
            self._idle -= 1
            slot = self._free_slot()
            if self._closed or slot is None:
                return None
            self._running[slot] = reading
            return self._waiting.pop(slot)

    def _free_slot(self) -> str | None:
        return next((slot for slot in self._waiting if slot not in self._running), None)

    def _serve(self, request: _Request, reading: ReadingPort) -> None:
        with Attempt() as attempt:
            attempt.value = request.work(reading)
        with self._changed:
            del self._running[request.slot]
            self._changed.notify()
            if request.waited:
                request.attempt = attempt
                request.served.set()
                return
            wanted = not self._closed and self._newest[request.slot] == request.number
        if wanted:
            self._soon(lambda: self._deliver(request, attempt))

    def _deliver(self, request: _Request, attempt: Attempt) -> None:
        with self._changed:
            if self._closed or self._newest[request.slot] != request.number:
                return
        error = attempt.error
        if error is None:
            request.done(attempt.value)
        elif isinstance(error, DesktermError):
            if request.failed is not None:
                request.failed(error)
        elif not isinstance(error, Interrupted):
            attempt.throw()


def _taking(done: Callable[[_T], None]) -> Callable[[object], None]:
    """The same function for whatever the work that belongs to it gives."""
    return done  # type: ignore[return-value] # work and done of one request fit each other

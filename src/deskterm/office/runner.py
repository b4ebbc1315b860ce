"""Begins calls and turns what becomes of them into frames; everything on the office's loop."""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import traceback
from collections.abc import Awaitable, Callable, Mapping
from types import TracebackType
from typing import Protocol, Self

from deskterm.domain.errors import DesktermError
from deskterm.office.protocol import Answer, Call, Failure, Progress, encode

_log = logging.getLogger(__name__)


class Handler(Protocol):
    """What the office does for a call."""

    def begin(
        self, call: Call, progress: Callable[[Mapping[str, object]], None]
    ) -> Mapping[str, object] | Awaitable[Mapping[str, object]]:
        """Do it and give back JSON values, at once or to be awaited.

        An id that was answered before must get its answer again without being done again.

        Args:
            call: what is asked.
            progress: tells the console that a long call is alive; may be called in any thread.

        Raises:
            DesktermError: refused; the console shows its words.
        """
        ...


class Watcher(Protocol):
    """Whoever waits for a call."""

    def progressed(self, frame: bytes) -> None:
        """The call is this far."""
        ...

    def finished(self, frame: bytes) -> None:
        """The answer or the failure; the last that is heard of the call."""
        ...


class CallRunner:
    """Runs calls as tasks of their own: nobody who goes away takes a call with him.

    Args:
        handler: does the calls.
        revision: the database's present revision; a cheap function.
    """

    def __init__(self, handler: Handler, revision: Callable[[], int]) -> None:
        self._handler = handler
        self._revision = revision
        self._running: dict[tuple[str, str], _Run] = {}

    @property
    def running(self) -> int:
        """Calls that have begun and not ended."""
        return len(self._running)

    def begin(self, call: Call, watcher: Watcher) -> None:
        """Begin a call, or join it where a repetition of it is still running."""
        key = (call.id, call.command)
        run = self._running.get(key)
        if run is None:
            run = _Run(call)
            run.watchers.append(watcher)
            self._start(run, key)
        else:
            run.watchers.append(watcher)

    def _start(self, run: _Run, key: tuple[str, str]) -> None:
        """What is done at once is answered without a task, which would cost a turn of the loop."""
        with _Outcome() as outcome:
            answer = self._handler.begin(run.call, run.progress)
            if not isinstance(answer, Mapping):
                self._running[key] = run
                run.task = asyncio.get_running_loop().create_task(self._work(run, key, answer))
                return
            outcome.result = answer
        run.finish(outcome.frame(run.call, self._revision()))

    async def drain(self, grace_s: float) -> None:
        """Wait at most `grace_s` seconds for the running calls to end."""
        if tasks := self._tasks():
            await asyncio.wait(tasks, timeout=grace_s)

    async def cancel(self) -> None:
        """Cancel what still runs."""
        tasks = self._tasks()
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    def _tasks(self) -> list[asyncio.Task[None]]:
        return [run.task for run in self._running.values() if run.task is not None]

    async def _work(
        self, run: _Run, key: tuple[str, str], answer: Awaitable[Mapping[str, object]]
    ) -> None:
        # The answer leaves in the same step of the task in which the handler ends.
        with _Outcome() as outcome:
            outcome.result = await answer
        del self._running[key]
        frame = outcome.frame(run.call, self._revision())
        run.finish(frame)


class _Run:
    """One call under way."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.watchers: list[Watcher] = []
        self.task: asyncio.Task[None] | None = None
        self._over = False
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()

    def finish(self, frame: bytes) -> None:
        self._over = True
        for watcher in self.watchers:
            watcher.finished(frame)

    def progress(self, values: Mapping[str, object]) -> None:
        frame = encode(Progress(self.call.id, values))
        if threading.get_ident() == self._thread:
            self._tell(frame)
        else:
            self._loop.call_soon_threadsafe(self._tell, frame)

    def _tell(self, frame: bytes) -> None:
        if not self._over:
            for watcher in self.watchers:
                watcher.progressed(frame)


class _Outcome:
    """Holds whatever ends a handler: one fault must never take the office down."""

    def __init__(self) -> None:
        self.result: Mapping[str, object] | None = None
        self._error: BaseException | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        self._error = error
        return isinstance(error, Exception | asyncio.CancelledError)

    def frame(self, call: Call, revision: int) -> bytes:
        error = self._error
        if error is None and self.result is not None:
            try:
                return encode(Answer(call.id, revision, self.result))
            except (DesktermError, TypeError) as unfit:
                error = unfit
        if isinstance(error, asyncio.CancelledError):
            return encode(_cancelled(call, revision))
        if not isinstance(error, DesktermError):
            return encode(_internal(call, error, revision))
        words = (error.title, error.explanation, error.advice, error.code)
        return encode(Failure(call.id, *words, revision))


def _cancelled(call: Call, revision: int) -> Failure:
    return Failure(
        call.id,
        "This was stopped before its end",
        "Whether it was done is not known.",
        "Look at it, then try again.",
        "cancelled",
        revision,
    )


def _internal(call: Call, error: BaseException | None, revision: int) -> Failure:
    """A fault of ours: logged with the places it passed through, without any value or message.

    The message of an exception may quote a customer, so only its type is written.
    """
    mark = os.urandom(4).hex()
    chain: list[str] = []
    step = error
    while step is not None and len(chain) < 5:
        places = "".join(traceback.format_tb(step.__traceback__, limit=-20))
        chain.append(f"{type(step).__module__}.{type(step).__qualname__}\n{places}")
        step = step.__cause__ or step.__context__
    _log.error("call %s (%s) failed, mark %s\n%s", call.id, call.command, mark, "from ".join(chain))
    return Failure(
        call.id,
        "A fault in the program stopped this",
        f"It is in the log under the mark {mark}. Everything else goes on.",
        f"Please report it with the lines of the log that bear the mark {mark}.",
        "internal",
        revision,
    )

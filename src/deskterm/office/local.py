"""The office within one process, behind the same door: for tests and for tools without a socket.

Calls and answers pass through the same frames as on a socket, so what could not travel there
fails here as well.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Self, cast

from deskterm.office.door import (
    ANSWER_S,
    CallResult,
    OfficeGone,
    OfficeRefused,
    OnProgress,
    silent,
)
from deskterm.office.protocol import (
    Answer,
    Call,
    ChangeNote,
    Failure,
    Progress,
    decode,
    encode,
    new_call_id,
)
from deskterm.office.runner import CallRunner, Handler


class LocalOffice:
    """A `Door` to a handler that runs on a loop in another thread of this process.

    Args:
        handler: does the calls.
        revision: the database's present revision.
        loop: a loop that runs in another thread; without one, a thread with a loop of its own
            is started here and ended by `close`.
    """

    def __init__(
        self,
        handler: Handler,
        *,
        revision: Callable[[], int],
        loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self._runner = CallRunner(handler, revision)
        self._revision = revision
        self._loop = loop or asyncio.new_event_loop()
        self._thread: threading.Thread | None = None
        if loop is None:
            self._thread = threading.Thread(target=self._loop.run_forever, name="local-office")
            self._thread.start()
        self._calling = threading.Lock()
        self._present: _Present | None = None
        self._changed = threading.Condition()
        self._untold: int | None = None
        self._subscribed = False
        self._closed = False

    def call(
        self,
        command: str,
        params: Mapping[str, object],
        *,
        seen: int | None = None,
        call_id: str | None = None,
        on_progress: OnProgress | None = None,
        timeout_s: float = ANSWER_S,
    ) -> CallResult:
        """See `Door.call`."""
        call = cast("Call", decode(encode(Call(call_id or new_call_id(), command, params, seen))))
        with self._calling:
            present = self._present = _Present()
            if self._closed:
                raise OfficeGone
            self._loop.call_soon_threadsafe(self._runner.begin, call, present)
            while True:
                match present.next(call, timeout_s):
                    case Answer() as answer:
                        return CallResult(answer.result, answer.revision)
                    case Failure() as failure:
                        raise OfficeRefused(failure)
                    case Progress() as progress if on_progress is not None:
                        on_progress(progress.values)

    def publish(self, revision: int) -> None:
        """Tell of a change, as `OfficeServer.publish` does."""
        with self._changed:
            self._untold = max(revision, self._untold or 0)
            self._changed.notify_all()

    def notes(self, timeout_s: float) -> ChangeNote | None:
        """See `Door.notes`."""
        with self._changed:
            if not self._subscribed:
                self._subscribed = True
                self._untold = max(self._revision(), self._untold or 0)
            self._changed.wait_for(lambda: self._closed or self._untold is not None, timeout_s)
            if self._closed:
                raise OfficeGone
            revision, self._untold = self._untold, None
        return None if revision is None else ChangeNote(revision)

    def close(self) -> None:
        """See `Door.close`. Calls that have begun on a loop of this door's own are cancelled."""
        with self._changed:
            if self._closed:
                return
            self._closed = True
            self._changed.notify_all()
        if self._present is not None:
            self._present.leave()
        if self._thread is not None:
            asyncio.run_coroutine_threadsafe(self._runner.cancel(), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Present:
    """The thread that waits for one call."""

    def __init__(self) -> None:
        self._frames: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()

    def progressed(self, frame: bytes) -> None:
        self._frames.put(frame)

    def finished(self, frame: bytes) -> None:
        self._frames.put(frame)

    def leave(self) -> None:
        self._frames.put(None)

    def next(self, call: Call, timeout_s: float) -> object:
        try:
            frame = self._frames.get(timeout=timeout_s)
        except queue.Empty:
            raise silent(call.command, timeout_s) from None
        if frame is None:
            raise OfficeGone
        return decode(frame)

"""An office on need: the first program that has something to write starts it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self, TypeVar

from deskterm.domain.errors import OfficeSilent
from deskterm.office.client import OfficeClient
from deskterm.office.door import (
    ANSWER_S,
    CallResult,
    OfficeGone,
    OnProgress,
)
from deskterm.office.lock import EXIT_RUNNING, is_held, read_info
from deskterm.office.protocol import ChangeNote, new_call_id

if TYPE_CHECKING:
    from deskterm.office.spawn import Started

MAX_STARTS: Final = 3
"""Offices started for one need; each may lose the lock to another that then ends."""

TRIES: Final = 3
"""Offices to which one call is sent before its caller is told."""

_T = TypeVar("_T")

_FIRST_PAUSE_S = 0.002
_LONGEST_PAUSE_S = 0.05
#: Bytes on the disk without which an office cannot even write down why it ended.
_LEAST_ROOM = 64 * 1024


def ensure_office(
    lock_path: Path,
    socket_path: Path,
    command: Sequence[str],
    *,
    wait_s: float = 5.0,
    log_path: Path | None = None,
) -> OfficeClient:
    """Reach the office of a workspace, and start it where there is none.

    Several programs may do this at once: every one of their offices but one is refused the
    lock and ends with `EXIT_RUNNING`, and all reach the one that is left.

    Args:
        lock_path: the lock file. The address in it counts for more than `socket_path`: the
            office may have been started where the runtime folder is another (cron, ssh).
        socket_path: where an office that is started from here listens.
        command: starts the office; detached, with the environment, in `/`.
        wait_s: seconds for all of it.
        log_path: takes what a starting office prints.

    Raises:
        OfficeSilent: nobody answered within `wait_s`.
        DesktermError: the office could not be started (code `office_start`), speaks another
            version, or the paths cannot be used.
    """
    return _Search(lock_path, socket_path, command, log_path, wait_s).run()


class _Search:
    """The state of one `ensure_office`."""

    def __init__(
        self,
        lock_path: Path,
        socket_path: Path,
        command: Sequence[str],
        log_path: Path | None,
        wait_s: float,
    ) -> None:
        self._lock_path = lock_path
        self._socket_path = socket_path
        self._command = command
        self._log_path = log_path
        self._wait_s = wait_s
        self._deadline = time.monotonic() + wait_s
        self._child: Started | None = None
        self._starts = 0

    def run(self) -> OfficeClient:
        pause = _FIRST_PAUSE_S
        while True:
            # Before looking for a client: an end that is seen now leaves its winner to be found.
            ended = self._child is not None and self._child.exit_code is not None
            if (client := self._connected()) is not None:
                return client
            if not is_held(self._lock_path):
                self._start_if_none_is_starting(ended=ended)
            if time.monotonic() >= self._deadline:
                raise self._silence()
            time.sleep(pause)
            pause = min(pause * 1.5, _LONGEST_PAUSE_S)

    def _connected(self) -> OfficeClient | None:
        left = max(self._deadline - time.monotonic(), 0.1)
        for address in self._addresses():
            try:
                return OfficeClient.connect(address, left)
            except OfficeGone:
                continue
        return None

    def _addresses(self) -> list[Path]:
        info = read_info(self._lock_path)
        if info is None or info.socket == self._socket_path:
            return [self._socket_path]
        return [info.socket, self._socket_path]

    def _start_if_none_is_starting(self, *, ended: bool) -> None:
        if self._child is not None and not ended:
            return
        from shutil import disk_usage

        from deskterm.office.spawn import Started, start_failed  # costs milliseconds, see there

        if self._child is not None and self._child.exit_code not in (0, EXIT_RUNNING):
            reason = f"It ended with code {self._child.exit_code}"
            words = self._child.last_words()
            if not words and disk_usage(self._lock_path.parent).free < _LEAST_ROOM:
                words = "the disk is full"
            raise start_failed(f"{reason}. Its last words: {words}" if words else reason)
        if self._starts < MAX_STARTS:
            self._child = Started(self._command, self._log_path)
            self._starts += 1

    def _silence(self) -> OfficeSilent:
        info = read_info(self._lock_path)
        if is_held(self._lock_path):
            who = f"Process {info.pid} on {info.host} is" if info else "Some process is"
            what = f"{who} the office, but takes no calls"
        elif self._child is not None and (words := self._child.last_words()):
            what = f"A new one was started. Its last words: {words}"
        else:
            what = "A new one was started and has not come up"
        return OfficeSilent(
            "The office does not answer",
            f"{what}; waited {self._wait_s:g} s. Nothing was asked of it.",
            "Try again in a moment; `deskterm doctor` tells more.",
        )


class ResilientOffice:
    """A `Door` that outlives its office: when it goes, another is found or started, and the
    call that was under way is sent again with the same id.

    Args:
        find: gives a door to a living office; `ensure_office` with its arguments bound.
        on_gone: told each time that an office has gone, in the thread that noticed.
        tries: how many offices one call is sent to.
    """

    def __init__(
        self,
        find: Callable[[], OfficeClient],
        *,
        on_gone: Callable[[OfficeGone], None] | None = None,
        tries: int = TRIES,
    ) -> None:
        self._find = find
        self._on_gone = on_gone
        self._tries = tries
        self._finding = threading.Lock()
        self._client: OfficeClient | None = None
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
        """See `Door.call`; raises `OfficeGone` only after the last try."""
        same_id = call_id or new_call_id()

        def once(client: OfficeClient) -> CallResult:
            return client.call(
                command,
                params,
                seen=seen,
                call_id=same_id,
                on_progress=on_progress,
                timeout_s=timeout_s,
            )

        for _ in range(self._tries - 1):
            with suppress(OfficeGone):
                return self._with_client(once)
        return self._with_client(once)

    def notes(self, timeout_s: float) -> ChangeNote | None:
        """See `Door.notes`; after a change of office the present revision comes as a note."""
        try:
            return self._with_client(lambda client: client.notes(timeout_s))
        except OfficeGone:
            if self._closed:
                raise
            return None

    def close(self) -> None:
        """See `Door.close`."""
        self._closed = True
        with self._finding:
            client, self._client = self._client, None
        if client is not None:
            client.close()

    def _with_client(self, act: Callable[[OfficeClient], _T]) -> _T:
        client = self._living()
        try:
            return act(client)
        except OfficeGone as gone:
            self._forget(client, gone)
            raise

    def _living(self) -> OfficeClient:
        with self._finding:
            if self._closed:
                raise OfficeGone
            if self._client is None:
                self._client = self._find()
            return self._client

    def _forget(self, client: OfficeClient, gone: OfficeGone) -> None:
        with self._finding:
            was_ours = self._client is client
            if was_ours:
                self._client = None
        if was_ours:
            client.close()
            if self._on_gone is not None:
                self._on_gone(gone)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

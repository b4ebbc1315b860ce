"""The lock that makes one process of a workspace the office.

An exclusive `flock(2)` on `<data>/lock`, held for life: the kernel frees it when its holder
ends, however it ends, so a file that was left behind means nothing. The text in the file says
who holds it and where it listens. The lock belongs to the open file, so a child made by a bare
fork would keep it after its parent: an office starts its children by exec or spawn.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket as sockets
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from deskterm.domain.clock import Clock, from_text, to_text
from deskterm.domain.errors import DesktermError
from deskterm.office.protocol import PROTOCOL

EXIT_RUNNING: Final = os.EX_TEMPFAIL
"""How a program ends that was refused the lock (75, `EX_TEMPFAIL` of sysexits.h)."""

_MAX_TEXT = 4096
_ASKERS_S = 1.0
_PAUSE_S = 0.0005


@dataclass(frozen=True, slots=True)
class LockInfo:
    """Who holds the lock, and the path of the socket it listens on."""

    pid: int
    host: str
    socket: Path
    protocol: int
    started_at: datetime

    @classmethod
    def here(cls, socket: Path, clock: Clock) -> Self:
        """What this process would write."""
        return cls(os.getpid(), sockets.gethostname(), socket, PROTOCOL, clock.now())

    def to_json(self) -> str:
        return json.dumps(
            {
                "pid": self.pid,
                "host": self.host,
                "socket": str(self.socket),
                "protocol": self.protocol,
                "started_at": to_text(self.started_at),
            }
        )


class OfficeRunning(DesktermError):
    """Another process is the office. `info` is None while it has not written who it is."""

    def __init__(self, info: LockInfo | None) -> None:
        who = (
            f"Process {info.pid} on {info.host} has had it since {to_text(info.started_at)}."
            if info
            else "It is just starting."
        )
        super().__init__(
            "Another office already works on this folder",
            f"{who} Nothing was changed.",
            "Use that one, or end it first.",
            code="office_running",
        )
        self.info = info


class OfficeLock:
    """The lock of one workspace; a context manager that releases it.

    Args:
        path: the lock file; its folder exists.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self, info: LockInfo) -> None:
        """Become the office, or fail at once.

        Raises:
            OfficeRunning: another process is.
            DesktermError: the file cannot be used (code `lock_file`, or `disk_full`).
        """
        if self._descriptor is not None:
            raise ValueError("the lock is already held here")
        flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW
        try:
            descriptor = os.open(self._path, flags, 0o600)
            try:
                self._take(descriptor, info)
            except BaseException:
                os.close(descriptor)
                raise
        except OSError as error:
            raise _unusable(self._path, error) from error
        self._descriptor = descriptor

    def _take(self, descriptor: int, info: LockInfo) -> None:
        if not _became_exclusive(descriptor):
            raise OfficeRunning(read_info(self._path))
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, info.to_json().encode(), 0)

    def still_holds(self) -> bool:
        """Whether the file at the path is the one locked here.

        False once somebody has deleted the file: another office could then start beside this
        one, so this one should end.
        """
        if self._descriptor is None:
            return False
        try:
            return os.path.samestat(os.fstat(self._descriptor), self._path.stat())
        except OSError:
            return False

    def release(self) -> None:
        """Stop being the office. The file stays, empty; harmless when nothing is held."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            os.ftruncate(descriptor, 0)
            os.close(descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def is_held(path: Path) -> bool:
    """Whether some process is the office.

    Raises:
        DesktermError: the file cannot be opened (code `lock_file`).
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise _unusable(path, error) from error
    try:
        return not _locked(descriptor, fcntl.LOCK_SH)
    except OSError as error:
        raise _unusable(path, error) from error
    finally:
        os.close(descriptor)


def read_info(path: Path) -> LockInfo | None:
    """What the file says; true only while `is_held`. None where it says nothing readable."""
    try:
        with path.open("rb") as file:
            words = json.loads(file.read(_MAX_TEXT))
        pid, host, protocol = words["pid"], words["host"], words["protocol"]
        if type(pid) is not int or type(host) is not str or type(protocol) is not int:
            return None
        return LockInfo(pid, host, Path(words["socket"]), protocol, from_text(words["started_at"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _became_exclusive(descriptor: int) -> bool:
    # Whoever only asks whether the lock is held takes it, shared, for an instant. Where it can be
    # shared no office has it, so an office that starts in this instant tries again.
    deadline = time.monotonic() + _ASKERS_S
    while not _locked(descriptor, fcntl.LOCK_EX):
        if not _locked(descriptor, fcntl.LOCK_SH) or time.monotonic() > deadline:
            return False
        fcntl.flock(descriptor, fcntl.LOCK_UN)
        time.sleep(_PAUSE_S)
    return True


def _locked(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _unusable(path: Path, error: OSError) -> DesktermError:
    if error.errno == errno.ENOSPC:
        return DesktermError(
            "The disk is full",
            f"There is no room for {path}. What was saved before is unharmed.",
            f"Make room on the disk that holds {path.parent}, then try again",
            code="disk_full",
        )
    return DesktermError(
        "The lock of the data folder cannot be used",
        f"{path}: {error.strerror or error}. Nothing was changed.",
        "The data folder must be on a local disk, be yours and have room.",
        code="lock_file",
    )

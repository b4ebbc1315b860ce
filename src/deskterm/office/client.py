"""The console's side of the socket: blocking, on the standard library's sockets alone.

Nothing here needs an event loop, so that a command line that only hands over one change starts
fast. Calls and change notes have a connection each: an answer never waits behind a note, and
one thread may wait for notes while another calls.
"""

from __future__ import annotations

import os
import socket
import threading
import time
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from deskterm.domain.errors import DesktermError
from deskterm.office.door import (
    ANSWER_S,
    CallResult,
    OfficeAbsent,
    OfficeGone,
    OfficeRefused,
    OnProgress,
    OtherProtocol,
    silent,
)
from deskterm.office.protocol import (
    PROTOCOL,
    Answer,
    Call,
    ChangeNote,
    Failure,
    Frame,
    FrameError,
    FrameReader,
    Hello,
    Progress,
    Subscribe,
    encode,
    new_call_id,
)
from deskterm.office.unixsocket import checked_address, peer_uid

_CHUNK = 256 * 1024
_NOT_ASKED = "Nothing was asked of it."


class OfficeClient:
    """A door to an office in another process; see `Door`. Made by `connect`."""

    def __init__(self, line: _Line, socket_path: Path, timeout_s: float) -> None:
        self._line = line
        self._socket_path = socket_path
        self._timeout_s = timeout_s
        self._calling = threading.Lock()
        self._notes_line: _Line | None = None
        self._noting = threading.Lock()
        self._closed = False

    @classmethod
    def connect(cls, socket_path: Path, timeout_s: float = ANSWER_S) -> Self:
        """Reach the office that listens at `socket_path`.

        Raises:
            OfficeAbsent: nobody listens there.
            OfficeGone: it hung up before it said hello.
            OfficeSilent: it did not say hello within `timeout_s` seconds.
            OtherProtocol: it speaks another version.
            DesktermError: the path is too long, or somebody else's program listens there.
        """
        return cls(_Line(socket_path, timeout_s), socket_path, timeout_s)

    @property
    def office(self) -> Hello:
        """How the office introduced itself."""
        return self._line.office

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
        """See `Door.call`. Calls of several threads go one after the other."""
        call = Call(call_id or new_call_id(), command, params, seen)
        frame = encode(call)
        if not self._calling.acquire(timeout=timeout_s):
            raise silent(
                command, timeout_s, "Another call is still under way; this one was not sent."
            )
        try:
            self._line.send(frame, timeout_s)
            return self._await_answer(call, on_progress, timeout_s)
        except TimeoutError:
            raise silent(command, timeout_s) from None
        finally:
            self._calling.release()

    def _await_answer(
        self, call: Call, on_progress: OnProgress | None, timeout_s: float
    ) -> CallResult:
        deadline = time.monotonic() + timeout_s
        while True:
            frame = self._line.receive(deadline)
            match frame:
                case Answer(id=call.id):
                    return CallResult(frame.result, frame.revision)
                case Failure(id=call.id):
                    raise OfficeRefused(frame)
                case Progress(id=call.id):
                    deadline = time.monotonic() + timeout_s
                    if on_progress is not None:
                        on_progress(frame.values)
                case _:
                    # The end of an earlier call that was given up: its caller has left.
                    continue

    def notes(self, timeout_s: float) -> ChangeNote | None:
        """See `Door.notes`."""
        with self._noting:
            if self._closed:
                raise OfficeGone
            if self._notes_line is None:
                self._notes_line = _Line(self._socket_path, self._timeout_s)
                self._notes_line.send(encode(Subscribe()), self._timeout_s)
            if self._closed:
                raise OfficeGone
            return self._newest_note(self._notes_line, time.monotonic() + timeout_s)

    @staticmethod
    def _newest_note(line: _Line, deadline: float) -> ChangeNote | None:
        try:
            note = line.receive(deadline)
        except TimeoutError:
            return None
        while line.has_frames:
            note = line.receive(deadline)
        return note if isinstance(note, ChangeNote) else None

    def close(self) -> None:
        """See `Door.close`."""
        self._closed = True
        self._line.hang_up()
        with self._calling:
            self._line.close()
        if (line := self._notes_line) is not None:
            line.hang_up()
        with self._noting:
            if self._notes_line is not None:
                self._notes_line.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


class _Line:
    """One connection that has exchanged hellos. For one thread at a time.

    Raises everywhere `OfficeGone` when the connection breaks and, where a time is given,
    `TimeoutError` when it runs out.
    """

    def __init__(self, path: Path, timeout_s: float) -> None:
        deadline = time.monotonic() + timeout_s
        self._reader = FrameReader()
        self._frames: deque[Frame] = deque()
        self._broken = False
        self._socket = _connected(path, timeout_s)
        try:
            self.send(encode(Hello()), timeout_s)
            self.office = _understood(self.receive(deadline))
        except TimeoutError:
            self.close()
            raise silent("Connecting", timeout_s, kept=_NOT_ASKED) from None
        except BaseException:
            self.close()
            raise

    def send(self, frame: bytes, timeout_s: float) -> None:
        """Send one frame whole."""
        if self._broken:
            raise OfficeGone
        try:
            self._socket.settimeout(timeout_s)
            self._socket.sendall(frame)
        except TimeoutError:
            # Half a frame is out: nothing that follows could be understood.
            self._broken = True
            raise
        except OSError:
            self._broken = True
            raise OfficeGone from None

    @property
    def has_frames(self) -> bool:
        """Whether `receive` would not wait."""
        return bool(self._frames)

    def receive(self, deadline: float) -> Frame:
        """The next frame, by the monotonic second `deadline`.

        Raises:
            OfficeRefused: the office ends the connection, and says why.
            FrameError: what came is not of this protocol; the connection cannot go on.
        """
        while not self._frames:
            self._read(max(deadline - time.monotonic(), 0.0))
        frame = self._frames.popleft()
        if isinstance(frame, Failure) and not frame.id:
            self._broken = True
            raise OfficeRefused(frame)
        return frame

    def _read(self, timeout_s: float) -> None:
        if self._broken:
            raise OfficeGone
        try:
            self._socket.settimeout(timeout_s)
            data = self._socket.recv(_CHUNK)
        except (TimeoutError, BlockingIOError):
            raise TimeoutError from None
        except OSError:
            data = b""
        if not data:
            self._broken = True
            raise OfficeGone
        try:
            self._frames.extend(self._reader.feed(data))
        except FrameError:
            self._broken = True
            raise

    def hang_up(self) -> None:
        """End the connection under a thread that waits on it; that thread gets `OfficeGone`."""
        self._broken = True
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self._broken = True
        self._socket.close()


def _understood(first: Frame) -> Hello:
    if not isinstance(first, Hello):
        raise FrameError("The office did not say hello")
    if first.protocol != PROTOCOL:
        raise OtherProtocol(console=Hello(), office=first)
    return first


def _connected(path: Path, timeout_s: float) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(timeout_s)
        connection.connect(checked_address(path))
        uid = peer_uid(connection)
    except (TimeoutError, BlockingIOError):
        # Linux says EAGAIN where the queue of an office that accepts nobody is full.
        connection.close()
        raise silent("Connecting", timeout_s, kept=_NOT_ASKED) from None
    except OSError:
        connection.close()
        raise OfficeAbsent from None
    except DesktermError:
        connection.close()
        raise
    if uid != os.geteuid():
        connection.close()
        raise DesktermError(
            "Another user's program listens in the office's place",
            f"{path} belongs to user {uid}. Nothing was sent to it.",
            "Remove that file, or point XDG_RUNTIME_DIR to a folder of yours.",
            code="office_stranger",
        )
    return connection

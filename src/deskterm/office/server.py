"""The office's side of the socket.

A call costs a turn of the loop where its answer is there at once, else one more. There is no queue
and no task per client, so nothing stands between a console and the writer.
"""

from __future__ import annotations

import asyncio
import logging
import os
import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import cast

from deskterm.domain.errors import DesktermError
from deskterm.office.door import OtherProtocol
from deskterm.office.protocol import (
    PROTOCOL,
    Call,
    ChangeNote,
    Failure,
    Frame,
    FrameError,
    FrameReader,
    Hello,
    Subscribe,
    encode,
)
from deskterm.office.runner import CallRunner, Handler
from deskterm.office.unixsocket import listening_socket, peer_uid

_log = logging.getLogger(__name__)

HELLO_S = 5.0
"""Seconds a connection may stay open without saying hello."""

ACCEPT_TURNS = 3
"""Turns of the loop after which whoever was being accepted has become a `Connection`."""

PART_S = 0.5
"""Seconds a client has to read its last answers when the office stops."""


class OfficeServer:
    """Serves calls and change notes on a unix socket.

    Args:
        socket_path: where to listen; whoever makes this holds the office's lock.
        handler: does the calls.
        revision: the database's present revision; a cheap function.
        monotonic: seconds that never jump, for `idle_since`.
    """

    def __init__(
        self,
        socket_path: Path,
        handler: Handler,
        *,
        revision: Callable[[], int],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.socket_path = socket_path
        self.runner = CallRunner(handler, revision)
        self.revision = revision
        self.stopping = False
        self._monotonic = monotonic
        self._last_busy = monotonic()
        self._connections: set[Connection] = set()
        self._listener: asyncio.Server | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = 0
        self._newest = 0
        self._note_due = False

    async def start(self) -> None:
        """Listen.

        Raises:
            DesktermError: the socket cannot be opened (code `socket_path`).
        """
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()
        listener = listening_socket(self.socket_path)
        try:
            self._listener = await self._loop.create_unix_server(
                lambda: Connection(self), sock=listener
            )
        except BaseException:
            listener.close()
            raise
        self._last_busy = self._monotonic()

    async def stop(self, *, grace_s: float = 5.0) -> None:
        """Stop listening, let calls that have begun end, part from the clients.

        A call that has not ended after `grace_s` seconds is cancelled; its client sees the
        office gone and may send it again to the next one.
        """
        if self._listener is None:
            return
        self.stopping = True
        self.socket_path.unlink(missing_ok=True)
        # A closed asyncio server loses whom it is just accepting, so accepting ends first.
        for listener in self._listener.sockets:
            asyncio.get_running_loop().remove_reader(listener)
        for _ in range(ACCEPT_TURNS):
            await asyncio.sleep(0)
        self._listener.close()
        await self.runner.drain(grace_s)
        await self._part_from_all()
        await self.runner.cancel()
        await self._listener.wait_closed()
        self._listener = None

    async def _part_from_all(self) -> None:
        parting = [connection.part() for connection in tuple(self._connections)]
        if parting:
            await asyncio.wait(parting, timeout=PART_S)
        # Whoever does not read what is left for him by now never will.
        parting = [connection.part(at_once=True) for connection in tuple(self._connections)]
        if parting:
            await asyncio.wait(parting)

    def publish(self, revision: int) -> None:
        """Tell every subscriber of a change. From any thread; several before the loop turns, or
        before a slow client has read, become one."""
        self._newest = max(self._newest, revision)
        if self._loop is None or self._note_due or self.stopping:
            return
        self._note_due = True
        if threading.get_ident() == self._thread:
            self._loop.call_soon(self._send_notes)  # it turns anyway: no need to wake it
        else:
            self._loop.call_soon_threadsafe(self._send_notes)

    @property
    def clients(self) -> int:
        """Connections that have said hello."""
        return sum(connection.greeted for connection in self._connections)

    @property
    def idle_since(self) -> float | None:
        """The monotonic second since which nobody is here and nothing runs; None while busy."""
        if self.clients or self.runner.running:
            return None
        return self._last_busy

    @property
    def newest(self) -> int:
        """The newest revision to tell of."""
        return max(self._newest, self.revision())

    def _send_notes(self) -> None:
        # The mark goes first: what is published from here on schedules another turn.
        self._note_due = False
        for connection in self._connections:
            connection.send_note()

    def opened(self, connection: Connection) -> None:
        """Somebody has connected."""
        self._connections.add(connection)

    def left(self, connection: Connection) -> None:
        """A connection has ended."""
        self._connections.discard(connection)
        self.worked()

    def worked(self) -> None:
        """Something was done: idle time begins anew."""
        self._last_busy = self._monotonic()


class Connection(asyncio.Protocol):
    """One client. Its calls run in order, one at a time.

    While the client does not read (`_choked`), nothing new begins for it, notes and progress
    coalesce, and at most one answer waits in memory. While a call waits its turn, nothing more
    is read from the client, so what it can make the office hold is bounded as well.
    """

    def __init__(self, server: OfficeServer) -> None:
        self._server = server
        self._reader = FrameReader()
        self._waiting: deque[Call] = deque()
        self.greeted = False
        self._subscribed = False
        self._busy = False
        self._beginning = False
        self._choked = False
        self._owed_note = False
        self._owed_progress: bytes | None = None
        loop = asyncio.get_running_loop()
        self._lost: asyncio.Future[None] = loop.create_future()
        self._hello_deadline = loop.call_later(HELLO_S, self._hello_missed)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._transport.set_write_buffer_limits(high=0)
        self._server.opened(self)
        try:
            uid = peer_uid(transport.get_extra_info("socket"))
        except OSError:
            uid = None
        if uid != os.geteuid():
            _log.warning("a connection of another user was refused")
            self._transport.abort()

    def _hello_missed(self) -> None:
        self._transport.abort()

    def data_received(self, data: bytes) -> None:
        try:
            for frame in self._reader.feed(data):
                self._take(frame)
        except DesktermError as error:
            self._refuse(error)

    def _take(self, frame: Frame) -> None:
        if not self.greeted:
            self._greet(frame)
        elif isinstance(frame, Call):
            self._waiting.append(frame)
            self._next()
        elif isinstance(frame, Subscribe):
            self._subscribed = True
            self.send_note()
        else:
            raise FrameError("A console does not send frames of this kind")

    def _greet(self, frame: Frame) -> None:
        if not isinstance(frame, Hello):
            raise FrameError("A connection begins with hello")
        # Counted first: whoever has read our hello is a client.
        self.greeted = frame.protocol == PROTOCOL
        self._transport.write(encode(Hello()))
        if not self.greeted:
            raise OtherProtocol(console=frame, office=Hello())
        self._hello_deadline.cancel()

    def _refuse(self, error: DesktermError) -> None:
        _log.warning("a connection was refused: %s", error.code)
        words = (error.title, error.explanation, error.advice, error.code)
        self._waiting.clear()
        self._transport.write(encode(Failure("", *words, self._server.revision())))
        self._transport.close()

    def _next(self) -> None:
        """Begin the next call where one may begin, and read on where none has to wait."""
        if self._beginning:
            return
        self._beginning = True
        while self._waiting and not (self._busy or self._choked or self._server.stopping):
            self._busy = True
            self._server.runner.begin(self._waiting.popleft(), self)
        self._beginning = False
        if self._waiting:
            self._transport.pause_reading()
        else:
            self._transport.resume_reading()

    def progressed(self, frame: bytes) -> None:
        if self._choked:
            self._owed_progress = frame
        else:
            self._write(frame)

    def finished(self, frame: bytes) -> None:
        self._busy = False
        self._owed_progress = None
        self._write(frame)
        self._server.worked()
        self._next()

    def send_note(self) -> None:
        """Send the newest revision to a subscriber, now or when it has read what came before."""
        if self._subscribed:
            self._owed_note = self._choked
            if not self._choked:
                self._write(encode(ChangeNote(self._server.newest)))

    def _write(self, frame: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(frame)

    def pause_writing(self) -> None:
        self._choked = True

    def resume_writing(self) -> None:
        self._choked = False
        if self._owed_progress is not None:
            frame, self._owed_progress = self._owed_progress, None
            self._write(frame)
        if self._owed_note:
            self.send_note()
        self._next()

    def part(self, *, at_once: bool = False) -> asyncio.Future[None]:
        """Close, after what is written has left unless `at_once`; done when closed."""
        if at_once:
            self._transport.abort()
        else:
            self._transport.close()
        return self._lost

    def connection_lost(self, _: Exception | None) -> None:
        self._hello_deadline.cancel()
        self._waiting.clear()
        self._server.left(self)
        self._lost.set_result(None)

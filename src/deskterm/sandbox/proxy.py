"""A TCP proxy on loopback that spoils connections on request: cut, refused, reset, late or slow.

It passes bytes and knows no protocol, so it may stand before any server, TLS or not.
"""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from typing import Any, Final, Literal, TypeVar

T = TypeVar("T")
Side = Literal["server", "client"]

LOOPBACK: Final = "127.0.0.1"
_CHUNK = 65_536
_BEATS = 20  # pieces a second in which a slow line delivers
_CALL_S = 10.0
#: Closing with this gives the other side a reset instead of an orderly end.
_RESET = struct.pack("ii", 1, 0)


class FaultProxy:
    """Stands between its own `port` and the server's, in the event loop that starts it.

    The switches may be turned at any time. `delay` holds back each piece from the server by so
    many seconds; `pace` lets so many bytes of it through each second, 0 is as fast as it goes.
    """

    def __init__(self, server_port: int) -> None:
        self.port = 0
        self.delay = 0.0
        self.pace = 0
        self.fired = False
        self._server_port = server_port
        self._listener: asyncio.Server | None = None
        self._lines: set[asyncio.StreamWriter] = set()
        self._left: dict[Side, int] = {}

    async def restore(self) -> None:
        """Listen, and let everything pass. The port stays the same from the first time on."""
        self._left.clear()
        if self._listener is None:
            self._listener = await asyncio.start_server(self._serve, LOOPBACK, self.port)
            self.port = self._listener.sockets[0].getsockname()[1]

    def refuse(self) -> None:
        """Refuse new connections; those that stand live on."""
        if self._listener is not None:
            self._listener.close()
            self._listener = None

    def reset(self) -> None:
        """Reset every connection; new ones are welcome."""
        for writer in self._lines:
            line: socket.socket = writer.get_extra_info("socket")
            with suppress(OSError):  # it may have been closed in this very moment
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            writer.transport.abort()
        self._lines.clear()

    def cut(self) -> None:
        """Reset every connection, and refuse new ones."""
        self.refuse()
        self.reset()

    def cut_after(self, count: int, side: Side = "server") -> None:
        """Reset every connection, once, when `count` more bytes came from that side.

        The bytes of all connections count together; `fired` says whether it has come true.
        """
        self.fired = False
        self._left = {side: count}

    async def _serve(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        self._lines.add(to_client)
        try:
            server, to_server = await asyncio.open_connection(LOOPBACK, self._server_port)
        except OSError:
            self._lines.discard(to_client)
            to_client.transport.abort()
            return
        self._lines.add(to_server)
        answers = asyncio.create_task(self._pass_on("server", server, to_client))
        try:
            whole = await self._pass_on("client", client, to_server) and await answers
            if not whole:
                to_client.transport.abort()
                to_server.transport.abort()
        finally:
            answers.cancel()
            for writer in (to_client, to_server):
                self._lines.discard(writer)
                writer.close()

    async def _pass_on(
        self, side: Side, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> bool:
        """Carry one direction to its end; False where the line broke."""
        try:
            while data := await reader.read(_CHUNK):
                left = self._left.get(side)
                if left is not None and len(data) >= left:
                    writer.write(data[:left])
                    self._left.clear()
                    self.fired = True
                    self.reset()
                    return False
                if left is not None:
                    self._left[side] = left - len(data)
                if side == "server":
                    await self._deliver(data, writer)
                else:
                    writer.write(data)
                    await writer.drain()
            writer.write_eof()
        except OSError:
            # The other direction has nobody to speak to any more.
            writer.transport.abort()
            return False
        return True

    async def _deliver(self, data: bytes, writer: asyncio.StreamWriter) -> None:
        if self.delay:
            await asyncio.sleep(self.delay)
        while data:
            size = max(1, self.pace // _BEATS) if self.pace else len(data)
            piece, data = data[:size], data[size:]
            writer.write(piece)
            await writer.drain()
            if self.pace:
                await asyncio.sleep(len(piece) / self.pace)


class Proxy:
    """A `FaultProxy` in a thread of its own, for callers without an event loop."""

    def __init__(self, inner: FaultProxy, loop: asyncio.AbstractEventLoop) -> None:
        self._inner = inner
        self._loop = loop

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._inner.port

    @property
    def fired(self) -> bool:
        """Whether the last `cut_after` has come true."""
        return self._inner.fired

    @property
    def delay(self) -> float:
        """Seconds by which each piece from the server is held back."""
        return self._inner.delay

    @delay.setter
    def delay(self, seconds: float) -> None:
        self._inner.delay = seconds

    @property
    def pace(self) -> int:
        """Bytes a second from the server; 0 is as fast as it goes."""
        return self._inner.pace

    @pace.setter
    def pace(self, count: int) -> None:
        self._inner.pace = count

    def restore(self) -> None:
        """See `FaultProxy.restore`."""
        self._run(self._inner.restore())

    def cut(self) -> None:
        """See `FaultProxy.cut`."""
        self._do(self._inner.cut)

    def refuse(self) -> None:
        """See `FaultProxy.refuse`."""
        self._do(self._inner.refuse)

    def cut_after(self, count: int, side: Side = "server") -> None:
        """See `FaultProxy.cut_after`."""
        self._do(lambda: self._inner.cut_after(count, side))

    def _do(self, act: Callable[[], None]) -> None:
        async def acting() -> None:
            act()

        self._run(acting())

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(_CALL_S)


@contextmanager
def running_proxy(server_port: int) -> Iterator[Proxy]:
    """Start a proxy before the server at that loopback port, and stop it at the end."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="fault-proxy")
    thread.start()
    proxy = Proxy(FaultProxy(server_port), loop)
    try:
        proxy.restore()
        yield proxy
    finally:
        proxy.cut()
        asyncio.run_coroutine_threadsafe(_finish(), loop).result(_CALL_S)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(_CALL_S)
        loop.close()


async def _finish() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)

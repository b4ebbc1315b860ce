"""A line that can be cut: a TCP proxy on loopback between the program and a real server."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

T = TypeVar("T")

_CHUNK = 65_536
#: Closing with this gives the other side a reset instead of an orderly end.
_RESET = struct.pack("ii", 1, 0)


class Proxy:
    """Passes bytes between its own `port` and the server's. The switches work while it runs.

    `delay` holds back each piece from the server by so many seconds.
    """

    def __init__(self, server_port: int, loop: asyncio.AbstractEventLoop) -> None:
        self.delay = 0.0
        self.port = 0
        self._server_port = server_port
        self._loop = loop
        self._listener: asyncio.Server | None = None
        self._lines: set[asyncio.StreamWriter] = set()
        self._left: int | None = None
        self._fired = threading.Event()

    def cut(self) -> None:
        """Reset every connection, and refuse new ones."""
        self._run(self._cut())

    def restore(self) -> None:
        """Let everything pass again."""
        self._run(self._restore())

    def cut_after(self, count: int) -> None:
        """Reset every connection, once, when `count` more bytes came from the server."""
        self._fired.clear()
        self._run(self._limit(count))

    @property
    def fired(self) -> bool:
        """Whether the last `cut_after` has come true."""
        return self._fired.is_set()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _limit(self, count: int) -> None:
        self._left = count

    async def _cut(self) -> None:
        if self._listener is not None:
            self._listener.close()
            self._listener = None
        self._reset_all()

    async def _restore(self) -> None:
        self._left = None
        if self._listener is None:
            self._listener = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
            self.port = self._listener.sockets[0].getsockname()[1]

    def _reset_all(self) -> None:
        for writer in self._lines:
            line: socket.socket = writer.get_extra_info("socket")
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            writer.transport.abort()
        self._lines.clear()

    async def _serve(self, client: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        self._lines.add(to_client)
        try:
            server, to_server = await asyncio.open_connection("127.0.0.1", self._server_port)
        except OSError:
            to_client.close()
            return
        self._lines.add(to_server)
        back = asyncio.create_task(self._answer(server, to_client))
        try:
            await _pass_on(client, to_server)
            await back
        finally:
            back.cancel()
            for writer in (to_client, to_server):
                self._lines.discard(writer)
                writer.close()

    async def _answer(self, server: asyncio.StreamReader, to_client: asyncio.StreamWriter) -> None:
        try:
            while data := await server.read(_CHUNK):
                if self.delay:
                    await asyncio.sleep(self.delay)
                if self._left is not None and len(data) >= self._left:
                    to_client.write(data[: self._left])
                    self._left = None
                    self._fired.set()
                    self._reset_all()
                    return
                if self._left is not None:
                    self._left -= len(data)
                to_client.write(data)
                await to_client.drain()
            to_client.write_eof()
        except OSError:
            return


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(_CHUNK):
            writer.write(data)
            await writer.drain()
        writer.write_eof()
    except OSError:
        return


@contextmanager
def running_proxy(server_port: int) -> Iterator[Proxy]:
    """Start a proxy before the server at that loopback port, and stop it at the end."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="proxy")
    thread.start()
    proxy = Proxy(server_port, loop)
    try:
        proxy.restore()
        yield proxy
    finally:
        proxy.cut()
        asyncio.run_coroutine_threadsafe(_finish(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _finish() -> None:
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)

"""The fault proxy before an echo server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from deskterm.sandbox.proxy import LOOPBACK, FaultProxy, running_proxy

Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]
_S = 5.0


@asynccontextmanager
async def echo_behind_proxy() -> AsyncIterator[FaultProxy]:
    """A server that gives back what it gets, behind a proxy."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(65_536):
                writer.write(data)
                await writer.drain()
        except ConnectionError:
            pass
        finally:
            writer.close()

    server = await asyncio.start_server(echo, LOOPBACK, 0)
    proxy = FaultProxy(server.sockets[0].getsockname()[1])
    await proxy.restore()
    try:
        yield proxy
    finally:
        proxy.cut()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.wait_for(asyncio.gather(*others, return_exceptions=True), _S)


@asynccontextmanager
async def connected(proxy: FaultProxy) -> AsyncIterator[Line]:
    reader, writer = await asyncio.open_connection(LOOPBACK, proxy.port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def echoed(line: Line, data: bytes) -> bytes:
    """What comes back, up to the same length."""
    reader, writer = line
    writer.write(data)
    return await asyncio.wait_for(reader.readexactly(len(data)), _S)


async def is_reset(line: Line) -> bool:
    """Whether the line breaks without an orderly end."""
    reader, writer = line
    try:
        writer.write(b"x")
        while await asyncio.wait_for(reader.read(65_536), _S):
            pass
    except ConnectionResetError:
        return True
    return False


async def test_everything_passes_both_ways_and_an_end_too() -> None:
    data = bytes(range(256)) * 4000
    async with echo_behind_proxy() as proxy, connected(proxy) as (reader, writer):
        writer.write(data)
        writer.write_eof()
        assert await asyncio.wait_for(reader.read(-1), _S) == data


async def test_cut_resets_and_refuses_until_restored_on_the_same_port() -> None:
    async with echo_behind_proxy() as proxy:
        port = proxy.port
        async with connected(proxy) as line:
            assert await echoed(line, b"hello") == b"hello"
            proxy.cut()
            assert await is_reset(line)
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(LOOPBACK, port)
        await proxy.restore()
        assert proxy.port == port
        async with connected(proxy) as line:
            assert await echoed(line, b"hello") == b"hello"


async def test_refuse_lets_lines_live_that_stand() -> None:
    async with echo_behind_proxy() as proxy, connected(proxy) as line:
        assert await echoed(line, b"one") == b"one"
        proxy.refuse()
        with pytest.raises(ConnectionRefusedError):
            await asyncio.open_connection(LOOPBACK, proxy.port)
        assert await echoed(line, b"two") == b"two"


@pytest.mark.parametrize("side", ["server", "client"])
async def test_reset_at_a_byte(side: str) -> None:
    async with echo_behind_proxy() as proxy, connected(proxy) as line:
        assert await echoed(line, b"before") == b"before"
        proxy.cut_after(10, "server" if side == "server" else "client")
        assert await echoed(line, b"123456789") == b"123456789"
        early = proxy.fired
        assert await is_reset(line)
        assert not early
        assert proxy.fired
        async with connected(proxy) as again:
            assert await echoed(again, b"after the only time") == b"after the only time"


async def test_a_server_that_is_not_there() -> None:
    async with echo_behind_proxy() as other:
        gone = other.port
    proxy = FaultProxy(gone)
    await proxy.restore()
    async with connected(proxy) as (reader, _):
        with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
            await asyncio.wait_for(reader.readexactly(1), _S)
    proxy.cut()


async def test_late_and_slow_lines() -> None:
    async with echo_behind_proxy() as proxy, connected(proxy) as line:
        proxy.delay = 0.1
        started = time.monotonic()
        assert await echoed(line, b"late") == b"late"
        assert time.monotonic() - started >= 0.1
        proxy.delay, proxy.pace = 0.0, 2_000
        started = time.monotonic()
        assert await echoed(line, bytes(500)) == bytes(500)
        assert time.monotonic() - started >= 0.15


def test_in_a_thread_of_its_own() -> None:
    with running_proxy(1) as proxy:
        assert proxy.port
        proxy.delay, proxy.pace = 0.5, 100
        assert (proxy.delay, proxy.pace, proxy.fired) == (0.5, 100, False)
        port = proxy.port
        proxy.refuse()
        proxy.restore()
        proxy.cut_after(5)
        assert proxy.port == port

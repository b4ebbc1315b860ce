"""The small HTTP server of the sandbox, spoken to byte by byte."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from email.utils import parsedate_to_datetime

import pytest

from deskterm.sandbox.web import Request, Response, WebServer


@pytest.fixture
async def seen() -> list[Request]:
    return []


@pytest.fixture
async def port(seen: list[Request]) -> AsyncIterator[int]:
    def answer(request: Request) -> Response:
        seen.append(request)
        return Response(body=request.path.encode(), headers={"X-More": "1"})

    server = WebServer(answer, None)
    yield await server.start()
    await server.stop()


async def said(port: int, *pieces: bytes) -> bytes:
    """Everything that is answered until the server or we are done."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
        writer.write_eof()
        async with asyncio.timeout(10):
            return await reader.read()
    finally:
        writer.close()
        await writer.wait_closed()


async def test_requests_follow_each_other_on_one_line(port: int, seen: list[Request]) -> None:
    first = b"GET /a%20b?x=1&x=2&y= HTTP/1.1\r\nHost: shop\r\nX-Odd:  v \r\n\r\n"
    second = b"POST /c HTTP/1.1\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc"
    answer = await said(port, first, second[:20], second[20:])
    assert answer.count(b"HTTP/1.1 200 OK\r\n") == 2
    assert answer.endswith(b"\r\n\r\n/c")
    assert answer.count(b"X-More: 1") == 2
    assert [request.path for request in seen] == ["/a b", "/c"]
    assert seen[0].query == {"x": ["1", "2"], "y": [""]}
    assert (seen[0].first("x"), seen[0].first("z", "none")) == ("1", "none")
    assert seen[0].headers["x-odd"] == "v"
    assert seen[1].body == b"abc"
    date = next(row for row in answer.split(b"\r\n") if row.startswith(b"Date: "))
    assert parsedate_to_datetime(date[6:].decode()).tzinfo is not None


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /\r\n\r\n", 400),
        (b"GET / HTTP/2\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 411),
        (b"GET / HTTP/1.1\r\nContent-Length: x\r\n\r\n", 411),
        (b"GET / HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n", 413),
        (b"GET / HTTP/1.1\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", 431),
    ],
)
async def test_what_it_does_not_take_is_said_and_ends_the_line(
    port: int, seen: list[Request], request_: bytes, status: int
) -> None:
    answer = await said(port, request_)
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"Connection: close" in answer
    assert seen == []


@pytest.mark.parametrize(
    "cut", [b"", b"GET / HT", b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\na"]
)
async def test_a_client_that_leaves_gets_nothing(
    port: int, seen: list[Request], cut: bytes
) -> None:
    assert await said(port, cut) == b""
    assert seen == []
    assert (await said(port, b"GET / HTTP/1.1\r\n\r\n")).startswith(b"HTTP/1.1 200")


async def test_stopping_ends_lines_that_stand(seen: list[Request]) -> None:
    server = WebServer(lambda _: Response(), None)
    reader, writer = await asyncio.open_connection("127.0.0.1", await server.start())
    writer.write(b"GET / HTTP/1.1\r\n\r\n")
    await reader.readuntil(b"\r\n\r\n")
    await server.stop()
    with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
        await reader.readexactly(1)
    writer.close()
    assert seen == []

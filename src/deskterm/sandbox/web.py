"""A small HTTP/1.1 server on loopback (RFC 9112), for faces that speak HTTP.

It takes what a client of an API sends: no chunked bodies, no upgrades, no trailers.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qs, unquote, urlsplit

from deskterm.sandbox.proxy import LOOPBACK

_LONGEST_HEAD: Final = 65_536
_LONGEST_BODY: Final = 1_000_000
_IDLE_S: Final = 60.0


@dataclass(frozen=True, slots=True)
class Request:
    """What a client asks. Names of headers are in lower case; a query has a list for each name."""

    method: str
    path: str
    query: Mapping[str, list[str]]
    headers: Mapping[str, str]
    body: bytes = b""
    is_tls: bool = True

    def first(self, name: str, default: str = "") -> str:
        """The first value of that name in the query."""
        return self.query.get(name, [default])[0]


@dataclass(frozen=True, slots=True)
class Response:
    """What is answered; `Date` and `Content-Length` are added."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


Handler = Callable[[Request], Response]


class _Unfit(Exception):
    """A request that is not served; the number is the status of the answer."""


class WebServer:
    """Answers each request by `handle`, one after the other on each connection.

    Args:
        tls: None serves without TLS.
    """

    def __init__(self, handle: Handler, tls: ssl.SSLContext | None) -> None:
        self._handle = handle
        self._tls = tls
        self._listener: asyncio.Server | None = None
        self._lines: dict[asyncio.StreamWriter, asyncio.Task[None] | None] = {}

    async def start(self) -> int:
        """Listen; the port."""
        self._listener = await asyncio.start_server(
            self._serve, LOOPBACK, 0, ssl=self._tls, limit=_LONGEST_HEAD
        )
        port: int = self._listener.sockets[0].getsockname()[1]
        return port

    async def stop(self) -> None:
        """Stop listening and drop every connection."""
        if self._listener is not None:
            self._listener.close()
            serving = [task for task in self._lines.values() if task is not None]
            for writer in self._lines:
                writer.transport.abort()
            await asyncio.gather(*serving, return_exceptions=True)
            await self._listener.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._lines[writer] = asyncio.current_task()
        try:
            while await self._exchange(reader, writer):
                pass
        except (OSError, TimeoutError, asyncio.IncompleteReadError):
            pass  # leaving in the middle is the client's right
        finally:
            del self._lines[writer]
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """One request and its answer; whether the connection goes on."""
        try:
            request = await asyncio.wait_for(self._request(reader), _IDLE_S)
        except _Unfit as unfit:
            await _write(writer, Response(int(str(unfit))), goes_on=False)
            return False
        goes_on = request.headers.get("connection", "").lower() != "close"
        await _write(writer, self._handle(request), goes_on=goes_on)
        return goes_on

    async def _request(self, reader: asyncio.StreamReader) -> Request:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.LimitOverrunError:
            raise _Unfit(431) from None
        first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
        words = first.split(" ")
        if len(words) != 3 or words[2] != "HTTP/1.1":
            raise _Unfit(400)
        pairs = (line.partition(":") for line in lines)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers or not (length.isascii() and length.isdigit()):
            raise _Unfit(411)
        if len(length) > 9 or int(length) > _LONGEST_BODY:
            raise _Unfit(413)
        target = urlsplit(words[1])
        return Request(
            method=words[0],
            path=unquote(target.path),
            query=parse_qs(target.query, keep_blank_values=True),
            headers=headers,
            body=await reader.readexactly(int(length)),
            is_tls=self._tls is not None,
        )


async def _write(writer: asyncio.StreamWriter, response: Response, *, goes_on: bool) -> None:
    headers = {
        "Date": format_datetime(datetime.now(UTC), usegmt=True),
        "Content-Length": str(len(response.body)),
        "Connection": "keep-alive" if goes_on else "close",
        **response.headers,
    }
    lines = [f"HTTP/1.1 {response.status} {_phrase(response.status)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    writer.write("\r\n".join((*lines, "", "")).encode("latin-1") + response.body)
    await writer.drain()


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"

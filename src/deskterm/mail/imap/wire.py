"""The bytes of an IMAP connection: connecting, upgrading, reading whole responses within caps."""

from __future__ import annotations

import asyncio
import re
import ssl

from deskterm.mail.errors import CannotConnect, ConnectionLost, ProtocolBroken, TlsFailed
from deskterm.mail.imap.parse import Cut, Response, Unreadable, parse
from deskterm.mail.tls import Endpoint, Security, is_loopback, refuse_plain, tls_failure

MAX_LITERAL = 50 * 1024 * 1024
_MAX_LINE = 16 * 1024 * 1024  # a SEARCH answer of two million UIDs
_MAX_RESPONSE = MAX_LITERAL + 2 * _MAX_LINE
_KEPT_OF_CUT = 1024 * 1024
_MAX_SKIPPED = 2 * 1024 * 1024 * 1024
_BUFFER = 1024 * 1024
_LITERAL = re.compile(rb"~?\{(\d{1,10})\+?\}\r?\n")


class _Line(asyncio.StreamReaderProtocol):
    """A stream protocol that tells when its connection is gone."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        super().__init__(reader)
        self.gone = asyncio.Event()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.gone.set()


class Wire:
    """One connection. Reads resume where they were cut off, so that waiting can be timed out."""

    def __init__(
        self,
        endpoint: Endpoint,
        transport: asyncio.Transport,
        protocol: _Line,
        reader: asyncio.StreamReader,
    ) -> None:
        self.endpoint = endpoint
        self._transport = transport
        self._protocol = protocol
        self._reader = reader
        self._pieces: list[bytes] = []
        self._held = 0
        self._line = b""
        self._awaited: int | None = None

    @classmethod
    async def open(cls, endpoint: Endpoint, context: ssl.SSLContext) -> Wire:
        """Connect, with TLS from the first byte on where the endpoint asks for it.

        Raises:
            CannotConnect: name unknown, refused, unreachable.
            TlsFailed: no trustworthy TLS, or a plain line that would leave this machine.
        """
        refuse_plain(endpoint)
        reader = asyncio.StreamReader(limit=_BUFFER)
        implicit = endpoint.security is Security.TLS
        try:
            transport, protocol = await asyncio.get_running_loop().create_connection(
                lambda: _Line(reader),
                endpoint.host,
                endpoint.port,
                ssl=context if implicit else None,
                server_hostname=endpoint.host if implicit else None,
            )
        except ssl.SSLError as error:
            raise tls_failure(endpoint, error) from error
        except ConnectionResetError as error:
            if implicit:
                raise tls_failure(endpoint, error) from error
            raise CannotConnect(f"{endpoint} hung up at once.") from error
        except (OSError, UnicodeError) as error:
            why = getattr(error, "strerror", None) or "no connection"
            raise CannotConnect(f"{endpoint} could not be reached: {why}.") from error
        wire = cls(endpoint, transport, protocol, reader)
        if endpoint.security is Security.NONE:
            peer = transport.get_extra_info("peername")
            if not (isinstance(peer, tuple) and is_loopback(str(peer[0]))):
                wire.abort()
                raise TlsFailed(f"{endpoint} is not on this machine; a plain line is refused.")
        return wire

    async def upgrade(self, context: ssl.SSLContext) -> None:
        """Put TLS on a plain connection, dropping whatever was read but not used before.

        Raises:
            TlsFailed: no trustworthy TLS, or plain text came after the server's consent.
        """
        before = self._reader
        reader = asyncio.StreamReader(limit=_BUFFER)
        protocol = _Line(reader)
        try:
            transport = await asyncio.get_running_loop().start_tls(
                self._transport, protocol, context, server_hostname=self.endpoint.host
            )
        except OSError as error:
            self.abort()
            raise tls_failure(self.endpoint, error) from error
        if transport is None:
            raise TlsFailed(f"{self.endpoint} hung up during the TLS handshake.")
        protocol.connection_made(transport)
        self._transport, self._protocol, self._reader = transport, protocol, reader
        before.feed_eof()
        if await before.read():
            self.abort()
            raise TlsFailed(
                f"{self.endpoint} sent plain text where only TLS was due: somebody may be "
                "meddling with the line."
            )

    def write(self, data: bytes) -> None:
        """Hand bytes to the connection.

        Raises:
            ConnectionLost: it is closed.
        """
        if self._transport.is_closing():
            raise ConnectionLost(f"The connection to {self.endpoint} is closed.")
        self._transport.write(data)

    @property
    def is_open(self) -> bool:
        """Whether more can be written and read."""
        return not (self._transport.is_closing() or self._reader.at_eof())

    @property
    def tls_version(self) -> str:
        """`TLSv1.3` and the like; empty on a plain line."""
        tls = self._transport.get_extra_info("ssl_object")
        return (tls.version() or "") if tls is not None else ""

    def abort(self) -> None:
        """Drop the connection at once."""
        self._transport.abort()

    async def close(self, seconds: float = 2.0) -> None:
        """Close, politely for as long as `seconds`."""
        self._transport.close()
        try:
            async with asyncio.timeout(seconds):
                await self._protocol.gone.wait()
        except TimeoutError:
            self._transport.abort()

    async def next(self) -> Response:
        """The next response; one that cannot be read comes with an empty name.

        Raises:
            ConnectionLost: the server closed the connection.
            ProtocolBroken: a line or literal over the caps.
        """
        try:
            pieces = await self._whole()
        except (asyncio.IncompleteReadError, OSError) as error:
            raise ConnectionLost(f"{self.endpoint} closed the connection.") from error
        try:
            return parse(pieces)
        except Unreadable:
            return Response(b"*")

    async def _whole(self) -> list[bytes]:
        while True:
            if self._awaited is None:
                line = await self._read_line()
                size = _literal_size(line)
                self._keep(line if size is None else line[: line.rindex(b"{")])
                if size is None:
                    pieces, self._pieces, self._held = self._pieces, [], 0
                    return pieces
                self._awaited = size
            literal = await self._read_literal(self._awaited)
            self._awaited = None
            self._keep(literal)

    def _keep(self, piece: bytes) -> None:
        self._held += len(piece)
        if self._held > _MAX_RESPONSE or len(self._pieces) > 10_000:
            raise ProtocolBroken(f"{self.endpoint} sent a response without end.")
        self._pieces.append(piece)

    async def _read_line(self) -> bytes:
        while True:
            try:
                line = self._line + await self._reader.readuntil(b"\n")
            except asyncio.LimitOverrunError as over:
                self._line += await self._reader.readexactly(over.consumed)
                if len(self._line) > _MAX_LINE:
                    raise ProtocolBroken(f"{self.endpoint} sent a line without end.") from over
            else:
                self._line = b""
                return line

    async def _read_literal(self, size: int) -> bytes:
        if size <= MAX_LITERAL:
            return await self._reader.readexactly(size)
        if size > _MAX_SKIPPED:
            raise ProtocolBroken(f"{self.endpoint} announced a literal of {size} bytes.")
        kept = await self._reader.readexactly(_KEPT_OF_CUT)
        left = size - len(kept)
        while left:
            left -= len(await self._reader.readexactly(min(left, _BUFFER)))
        return Cut(kept)


def _literal_size(line: bytes) -> int | None:
    if not line.endswith((b"}\r\n", b"}\n")):
        return None
    match = _LITERAL.fullmatch(line, max(line.rfind(b"{"), 0))
    return int(match[1]) if match else None

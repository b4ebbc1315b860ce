"""An IMAP server that follows a script, for what a real server would never do."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

from tests.support.turns import turns

#: Seconds that scripts have to end, once their client is done.
_PATIENCE_S: Final = 0.5


@dataclass
class Scripted:
    """One client as the script sees it; `heard` keeps every line the client sent."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    heard: list[bytes]

    async def say(self, *lines: str | bytes) -> None:
        """Send lines, each with its line end."""
        for line in lines:
            data = line.encode() if isinstance(line, str) else line
            self.writer.write(data + b"\r\n")
        await self.writer.drain()

    async def raw(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.writer.write(data)
        await self.writer.drain()

    async def hear(self) -> tuple[str, str]:
        """The tag and the rest of the next line of the client."""
        line = await self.reader.readline()
        if not line:
            raise ConnectionResetError("the client has gone")
        self.heard.append(line.rstrip(b"\r\n"))
        tag, _, rest = line.decode("utf-8", "replace").rstrip("\r\n").partition(" ")
        return tag, rest

    async def answer(self, expected: str, *untagged: str, status: str = "OK done") -> str:
        """Hear a command that begins as expected, and complete it; returns the command."""
        tag, rest = await self.hear()
        assert rest.upper().startswith(expected), f"{expected} expected, {rest} heard"
        await self.say(*untagged, f"{tag} {status}")
        return rest

    async def start_tls(self, context: ssl.SSLContext) -> None:
        """Put TLS on the connection.

        Raises:
            ConnectionResetError: the client left meanwhile. asyncio says nothing then, and leaves
                the writer without a transport, which its end stumbles over.
        """
        plain = self.writer.transport
        await self.writer.start_tls(context)
        wrapped: asyncio.WriteTransport | None = self.writer.transport
        if wrapped is None:
            self.writer.__dict__["_transport"] = plain
            raise ConnectionResetError("left during the handshake")

    async def greet_and_sign_in(self, capabilities: str = "IMAP4rev1 AUTH=PLAIN SASL-IR") -> None:
        """Everything up to the first command after the sign-in."""
        await self.say("* OK ready")
        await self.answer("CAPABILITY", f"* CAPABILITY {capabilities}")
        await self.answer("AUTHENTICATE PLAIN")
        await self.answer("CAPABILITY", f"* CAPABILITY {capabilities}")


Script = Callable[[Scripted], Awaitable[None]]


@dataclass
class FakeImap:
    """A running server: its port, every line it heard, and what went wrong in its script."""

    port: int
    heard: list[bytes] = field(default_factory=list)
    broken: list[BaseException] = field(default_factory=list)

    def was_told(self, secret: str) -> bool:
        """Whether a secret was heard in clear text."""
        return any(secret.encode() in line for line in self.heard)


@asynccontextmanager
async def scripted_imap(
    script: Script, *, tls: ssl.SSLContext | None = None
) -> AsyncIterator[FakeImap]:
    """Run the script for each client; a client that leaves ends its script."""
    fake = FakeImap(0)
    served: list[asyncio.StreamWriter] = []
    scripts: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.append(writer)
        if (own := asyncio.current_task()) is not None:
            scripts.add(own)
        try:
            await script(Scripted(reader, writer, fake.heard))
        except (OSError, asyncio.IncompleteReadError, ssl.SSLError):
            pass  # the client left, as clients do
        except AssertionError as error:
            fake.broken.append(error)
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=tls)
    fake.port = server.sockets[0].getsockname()[1]
    try:
        yield fake
    finally:
        server.close()
        if scripts:
            await asyncio.wait(scripts, timeout=_PATIENCE_S)
        for script_task in scripts:
            script_task.cancel()
        await asyncio.gather(*scripts, return_exceptions=True)
        for writer in served:
            writer.transport.abort()
        await turns()
        await server.wait_closed()
    assert not fake.broken, fake.broken

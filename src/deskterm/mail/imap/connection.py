"""An IMAP client session (RFC 3501, RFC 9051): sign-in, folders, search, marks, append, IDLE.

One command at a time, each with a deadline of its own; what several FETCHes in flight need is in
`fetch`. A connection on which anything but a clean refusal happened is closed and not used again.
"""

from __future__ import annotations

import asyncio
import base64
import ssl
from array import array
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from deskterm.mail.errors import (
    CannotConnect,
    ConnectionLost,
    ProtocolBroken,
    ServerRefused,
    SignInRefused,
    TlsFailed,
    TransportError,
    plain_words,
)
from deskterm.mail.imap.folder import FolderInfo, FolderState, decode_name, encode_name
from deskterm.mail.imap.parse import Response, number
from deskterm.mail.imap.wire import Wire
from deskterm.mail.imap.words import Literal, Part, date_time, one_line, quote, uid_set
from deskterm.mail.tls import Endpoint, Security

CONNECT_SECONDS = 20.0
COMMAND_SECONDS = 30.0
SEARCH_SECONDS = 120.0
IDLE_REFRESH_SECONDS = 9 * 60.0
#: What a slow line must still carry; deadlines of large transfers are made from it.
SLOWEST_BYTES_PER_SECOND = 20_000
#: Where a server is in trouble or asks for patience; the credentials may well be right (RFC 5530).
_NOT_OUR_FAULT = frozenset({"UNAVAILABLE", "INUSE", "LIMIT", "SERVERBUG", "CONTACTADMIN"})
_MAX_UID = 2**32 - 1
_NEWS = frozenset({b"EXISTS", b"EXPUNGE", b"VANISHED", b"FETCH"})


@dataclass(frozen=True, slots=True)
class Answer:
    """The completion of a command and what came before it."""

    done: Response
    untagged: tuple[Response, ...]

    def named(self, name: bytes) -> list[Response]:
        """The untagged responses of that name."""
        return [r for r in self.untagged if r.name == name]


class ImapConnection:
    """A connection, signed in or about to be.

    `exists` is the number of mails in the open folder and `arrivals` counts how often it grew,
    both kept up to date by whatever the server lets drop while it answers commands.
    """

    def __init__(self, wire: Wire) -> None:
        self.capabilities: frozenset[str] = frozenset()
        self.exists = 0
        self.arrivals = 0
        self._wire = wire
        self._count = 0
        self._leaving = False

    @classmethod
    async def connect(
        cls, endpoint: Endpoint, context: ssl.SSLContext, *, seconds: float = CONNECT_SECONDS
    ) -> Self:
        """Connect up to the point where credentials may be sent.

        Raises:
            CannotConnect: no connection, or no greeting in time.
            TlsFailed: no trustworthy TLS, or a session that was signed in without us.
            ConnectionLost: hung up during the greeting.
        """
        wire: Wire | None = None
        ready = False
        try:
            async with asyncio.timeout(seconds):
                wire = await Wire.open(endpoint, context)
                connection = cls(wire)
                await connection._greet(context)
                ready = True
                return connection
        except TimeoutError as error:
            raise CannotConnect(f"{endpoint} did not answer within {seconds:.0f} s.") from error
        finally:
            if wire is not None and not ready:
                wire.abort()

    async def _greet(self, context: ssl.SSLContext) -> None:
        endpoint = self._wire.endpoint
        greeting = await self._wire.next()
        if greeting.name == b"BYE":
            raise CannotConnect(f"{endpoint} declined: {plain_words(greeting.text)}")
        if greeting.name == b"PREAUTH":
            raise TlsFailed(f"{endpoint} says we are signed in already (PREAUTH); refused.")
        if greeting.name != b"OK":
            raise ProtocolBroken(f"{endpoint} does not greet like an IMAP server.")
        if endpoint.security is Security.STARTTLS:
            await self.command(b"CAPABILITY")
            if "STARTTLS" not in self.capabilities:
                raise TlsFailed(f"{endpoint} does not offer STARTTLS, which this account asks for.")
            await self.command(b"STARTTLS")
            await self._wire.upgrade(context)
            self.capabilities = frozenset()
        await self.command(b"CAPABILITY")

    @property
    def is_open(self) -> bool:
        """Whether commands can still be given."""
        return self._wire.is_open

    @property
    def tls_version(self) -> str:
        """`TLSv1.3` and the like; empty on a plain line."""
        return self._wire.tls_version

    async def sign_in(self, username: str, password: str) -> None:
        """Sign in by AUTHENTICATE PLAIN (RFC 4616) where offered, else by LOGIN.

        Raises:
            SignInRefused: the server refused, or offers neither way.
            ServerRefused: the server cannot sign anybody in at the moment.
        """
        try:
            if "AUTH=PLAIN" in self.capabilities:
                await self._authenticate_plain(username, password)
            elif "LOGINDISABLED" in self.capabilities:
                raise SignInRefused(f"{self._wire.endpoint} offers no sign-in by password.")
            else:
                await self.command(b"LOGIN", quote(username), quote(password))
        except ServerRefused as error:
            if error.code in _NOT_OUR_FAULT:
                raise
            said = error.text.replace(password, "…") if password else error.text
            raise SignInRefused(said) from None
        await self.command(b"CAPABILITY")

    async def _authenticate_plain(self, username: str, password: str) -> None:
        packed = base64.b64encode(f"\0{username}\0{password}".encode())
        async with self._within(COMMAND_SECONDS, "AUTHENTICATE"):
            tag = self._tag()
            if "SASL-IR" in self.capabilities:
                self._wire.write(tag + b" AUTHENTICATE PLAIN " + packed + b"\r\n")
            else:
                self._wire.write(tag + b" AUTHENTICATE PLAIN\r\n")
                await self._go_ahead(tag, "AUTHENTICATE")
                self._wire.write(packed + b"\r\n")
            await self._finish(tag, "AUTHENTICATE")

    async def identify(self, name: str, version: str) -> None:
        """Tell the server who we are (RFC 2971), where it cares to know."""
        if "ID" in self.capabilities:
            fields = (quote("name"), quote(name), quote("version"), quote(version))
            words = b" ".join(f for f in fields if isinstance(f, bytes))
            await self.command(b"ID", b"(" + words + b")")

    async def folders(self) -> list[FolderInfo]:
        """All folders, with their special use where the server tells it (RFC 6154)."""
        extended = {"SPECIAL-USE", "LIST-EXTENDED"} <= self.capabilities
        tail = (b"RETURN", b"(SPECIAL-USE)") if extended else ()
        answer = await self.command(b"LIST", b'""', b'"*"', *tail)
        found = []
        for response in answer.named(b"LIST"):
            match response.values:
                case [list() as marks, bytes() | None as delimiter, bytes() as name, *_]:
                    attributes = {m.decode("ascii", "replace").lower() for m in _only_bytes(marks)}
                    mark = (delimiter or b"").decode("ascii", "replace")
                    found.append(FolderInfo(decode_name(name), mark, frozenset(attributes)))
        return found

    async def examine(self, folder: str) -> FolderState:
        """Open a folder for reading only; switches CONDSTORE on where offered (RFC 7162 3.1.8)."""
        return await self._open(b"EXAMINE", folder)

    async def select(self, folder: str) -> FolderState:
        """Open a folder for reading and marking."""
        return await self._open(b"SELECT", folder)

    async def _open(self, verb: bytes, folder: str) -> FolderState:
        condstore = (b"(CONDSTORE)",) if "CONDSTORE" in self.capabilities else ()
        answer = await self.command(verb, quote(encode_name(folder).decode("ascii")), *condstore)
        said = {r.code: number(r.argument.strip()) for r in answer.untagged if r.code}
        validity = said.get("UIDVALIDITY")
        if validity is None:
            raise ProtocolBroken(f"{self._wire.endpoint} gives the folder no UIDVALIDITY.")
        exists = [r.number for r in answer.named(b"EXISTS")]
        self.exists = exists[-1] if exists else 0
        return FolderState(
            folder, validity, said.get("UIDNEXT"), self.exists, said.get("HIGHESTMODSEQ") or None
        )

    async def search(self, *criteria: Part) -> array[int]:
        """UIDs that match, ascending; the criteria are those of RFC 3501 6.4.4."""
        answer = await self.command(b"UID SEARCH", *criteria, seconds=SEARCH_SECONDS)
        found: set[int] = set()
        for response in answer.named(b"SEARCH"):
            found.update(int(v) for v in _only_bytes(response.values) if v.isdigit())
        return array("L", sorted(uid for uid in found if uid <= _MAX_UID))

    async def store(self, uids: Iterable[int], change: str, flags: Sequence[str]) -> None:
        r"""Change marks: `change` is `+`, `-` or empty, `flags` such as `\Seen`."""
        words = " ".join(flags).encode("ascii")
        await self.command(
            b"UID STORE", uid_set(uids), change.encode("ascii") + b"FLAGS.SILENT", b"(%s)" % words
        )

    async def append(
        self, folder: str, raw: bytes, *, flags: Sequence[str] = (), at: datetime | None = None
    ) -> None:
        """Put a mail into a folder; `at` becomes its INTERNALDATE."""
        parts: list[Part] = [quote(encode_name(folder).decode("ascii"))]
        if flags:
            parts.append(b"(%s)" % " ".join(flags).encode("ascii"))
        if at is not None:
            parts.append(b'"%s"' % date_time(at))
        seconds = COMMAND_SECONDS + len(raw) / SLOWEST_BYTES_PER_SECOND
        await self.command(b"APPEND", *parts, Literal(raw), seconds=seconds)

    async def noop(self) -> None:
        """Ask for news, and whether the connection still lives."""
        await self.command(b"NOOP")

    async def idle(self, seconds: float) -> bool:
        """Wait for news of the open folder (RFC 2177), at most `seconds`.

        Raises:
            ServerRefused: the server does not know IDLE.
            ConnectionLost: the server hung up, which is not the same as no news.
        """
        clock = asyncio.get_running_loop().time
        end = clock() + seconds
        while (left := end - clock()) > 0:
            if await self._idle_once(min(left, IDLE_REFRESH_SECONDS)):
                return True
        return False

    async def _idle_once(self, seconds: float) -> bool:
        async with self._unharmed():
            tag = self._tag()
            self._wire.write(tag + b" IDLE\r\n")
            async with self._within(COMMAND_SECONDS, "IDLE"):
                news = await self._go_ahead(tag, "IDLE")
            try:
                async with asyncio.timeout(seconds):
                    while not news:
                        response = await self.read()
                        if response.tag == tag:
                            raise ProtocolBroken(f"{self._wire.endpoint} broke IDLE off.")
                        news = response.name in _NEWS
            except TimeoutError:
                news = False
            async with self._within(COMMAND_SECONDS, "DONE"):
                self._wire.write(b"DONE\r\n")
                answer = await self._finish(tag, "IDLE")
            return news or any(r.name in _NEWS for r in answer.untagged)

    async def command(self, *parts: Part, seconds: float = COMMAND_SECONDS) -> Answer:
        """Give one command and wait for its completion, at most `seconds`.

        Raises:
            ServerRefused: NO or BAD; the connection stays usable.
            ConnectionLost: hung up, or no answer in time; the connection is closed.
            ProtocolBroken: nonsense came; the connection is closed.
        """
        verb = parts[0].decode("ascii", "replace") if isinstance(parts[0], bytes) else ""
        async with self._within(seconds, verb):
            tag = self._tag()
            line = tag
            early: list[Response] = []
            for part in parts:
                if isinstance(part, Literal):
                    short = "LITERAL+" in self.capabilities
                    self._wire.write(b"%s {%d%s}\r\n" % (line, len(part.data), b"+" * short))
                    if not short:
                        await self._go_ahead(tag, verb, early)
                    line = part.data
                else:
                    line += b" " + one_line(part)
            self._wire.write(line + b"\r\n")
            return await self._finish(tag, verb, early)

    def start(self, line: bytes) -> bytes:
        """Send a command without literals and do not wait; returns its tag."""
        tag = self._tag()
        self._wire.write(tag + b" " + one_line(line) + b"\r\n")
        return tag

    async def read(self) -> Response:
        """The next response, after taking note of what it says of folder and connection.

        Raises:
            ConnectionLost: the server says BYE or hangs up.
        """
        response = await self._wire.next()
        if response.name == b"EXISTS":
            self.arrivals += response.number > self.exists
            self.exists = response.number
        elif response.name == b"EXPUNGE":
            self.exists = max(0, self.exists - 1)
        elif response.name == b"CAPABILITY":
            self.capabilities = frozenset(
                v.decode("ascii", "replace").upper() for v in _only_bytes(response.values)
            )
        elif response.name == b"BYE" and not self._leaving:
            said = plain_words(response.text)
            raise ConnectionLost(f"{self._wire.endpoint} ended the session: {said}")
        return response

    def refusal(self, response: Response, verb: str) -> ServerRefused:
        """The error that a NO or BAD stands for."""
        said = plain_words(response.text) or response.name.decode("ascii")
        return ServerRefused(
            f"{self._wire.endpoint} refused {verb}: {said}",
            code=response.code,
            bad=response.name == b"BAD",
        )

    def abort(self) -> None:
        """Drop the connection at once."""
        self._wire.abort()

    async def close(self) -> None:
        """Log out and close. Never raises what the server does to it."""
        if not self._wire.is_open:
            self._wire.abort()
            return
        self._leaving = True
        try:
            await self.command(b"LOGOUT", seconds=2.0)
        except TransportError:
            self._wire.abort()
        await self._wire.close()

    def _tag(self) -> bytes:
        self._count += 1
        return b"d%d" % self._count

    async def _finish(self, tag: bytes, verb: str, early: Iterable[Response] = ()) -> Answer:
        untagged = list(early)
        while (response := await self.read()).tag != tag:
            untagged.append(response)
        if response.name != b"OK":
            raise self.refusal(response, verb)
        return Answer(response, tuple(untagged))

    async def _go_ahead(self, tag: bytes, verb: str, early: list[Response] | None = None) -> bool:
        """Wait for `+`; returns whether news came before it."""
        news = False
        while (response := await self.read()).tag != b"+":
            if response.tag == tag:
                raise self.refusal(response, verb)
            news = news or response.name in _NEWS
            if early is not None:
                early.append(response)
        return news

    @asynccontextmanager
    async def _unharmed(self) -> AsyncIterator[None]:
        """Close the connection unless the block ends well or with a clean refusal."""
        well = False
        try:
            yield
            well = True
        except ServerRefused:
            well = True
            raise
        finally:
            if not well:
                self._wire.abort()

    @asynccontextmanager
    async def _within(self, seconds: float, verb: str) -> AsyncIterator[None]:
        async with self._unharmed():
            try:
                async with asyncio.timeout(seconds):
                    yield
            except TimeoutError as error:
                raise ConnectionLost(
                    f"{self._wire.endpoint} did not answer {verb} within {seconds:.0f} s."
                ) from error


def _only_bytes(values: Iterable[object]) -> list[bytes]:
    return [v for v in values if isinstance(v, bytes)]

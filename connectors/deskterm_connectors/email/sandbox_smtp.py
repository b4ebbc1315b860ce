"""The SMTP side of the simulated mailbox: aiosmtpd, with switches for what goes wrong."""

from __future__ import annotations

import asyncio
import hmac
import logging
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from deskterm.sandbox.misbehave import Misbehaviour
from deskterm.sandbox.proxy import LOOPBACK

MOST_BYTES: Final = 25_000_000
_SILENCE_S = 300.0


@dataclass(frozen=True, slots=True)
class Submitted:
    """A mail that was taken. `number` is the server's name for it."""

    number: int
    sender: str
    recipients: tuple[str, ...]
    raw: bytes


class _Handler:
    """aiosmtpd calls `handle_VERB` before it does what it would do by itself."""

    def __init__(self, server: SmtpServer) -> None:
        self._server = server

    def sign_in(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: Any
    ) -> AuthResult:
        right = isinstance(data, LoginPassword) and self._server.knows(data.login, data.password)
        refused = self._server.mind.happens("refuse_login", "email", server="smtp")
        return AuthResult(success=right and not refused, handled=False)

    async def handle_MAIL(  # noqa: N802 - aiosmtpd looks for it by name
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if not session.authenticated:
            return "530 5.7.0 Authentication required"
        if (refused := self._refused("MAIL")) is not None:
            return refused
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - as above
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if (refused := self._refused("RCPT")) is not None:
            return refused
        if self._server.mind.happens("refuse_recipient", "email", server="smtp"):
            return "550 5.1.1 Nobody of that name lives here"
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - as above
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        mind = self._server.mind
        if mind.happens("try_later", "email", server="smtp"):
            return "451 4.7.1 Busy, come back in a while"
        if (refused := self._refused("DATA")) is not None:
            return refused
        number = self._server.take(envelope)
        if mind.happens("lose_answer", "email", server="smtp"):
            transport = server.transport
            if isinstance(transport, asyncio.Transport):
                transport.abort()
        return f"250 2.0.0 Taken as {number}"

    def _refused(self, verb: str) -> str | None:
        if self._server.mind.happens("refuse_command", "email", server="smtp", command=verb):
            return "554 5.3.0 The sandbox was told to refuse this"
        return None


class SmtpServer:
    """Submission behind TLS; every mail that was taken goes to `taken` before the answer leaves.

    Args:
        user: its user name.
        tls: a server's context.
        mind: the switches for misbehaviour.
    """

    def __init__(
        self,
        user: str,
        password: str,
        tls: ssl.SSLContext,
        mind: Misbehaviour,
        taken: Callable[[Submitted], None],
    ) -> None:
        self.mind = mind
        self._user = user
        self._password = password
        self._tls = tls
        self._taken = taken
        self._count = 0
        self._server: asyncio.Server | None = None

    async def start(self) -> int:
        """Listen on loopback; the port."""
        loop = asyncio.get_running_loop()
        handler = _Handler(self)
        # aiosmtpd warns there of its own old names at each sign-in.
        logging.getLogger("mail.log").setLevel(logging.ERROR)

        def connection() -> SMTP:
            return SMTP(
                handler,
                authenticator=handler.sign_in,
                auth_require_tls=False,  # TLS is there from the first byte, unseen by aiosmtpd
                data_size_limit=MOST_BYTES,
                hostname="sandbox.example",
                ident="deskterm sandbox",
                timeout=_SILENCE_S,
                loop=loop,
            )

        self._server = await loop.create_server(connection, LOOPBACK, 0, ssl=self._tls)
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def knows(self, user: bytes, password: bytes) -> bool:
        """Whether these are the credentials."""
        given = hmac.compare_digest(user, self._user.encode())
        return hmac.compare_digest(password, self._password.encode()) and given

    def take(self, envelope: Envelope) -> int:
        """Note a mail; the number under which it is known."""
        self._count += 1
        raw = envelope.original_content or b""
        recipients = tuple(envelope.rcpt_tos)
        self._taken(Submitted(self._count, envelope.mail_from or "", recipients, raw))
        return self._count

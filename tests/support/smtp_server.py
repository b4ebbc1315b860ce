"""A real SMTP server on loopback that keeps a ledger of what it took and misbehaves on request."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import trustme
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support.turns import turns

PASSWORD = "correct-horse-battery"


class OnBody(Enum):
    """What happens when the final dot has come."""

    TAKE = auto()
    DROP_BEFORE_TAKING = auto()  # the mail is lost, and so is the line
    DROP_AFTER_TAKING = auto()  # the mail is taken, and the answer is lost
    SILENT_AFTER_TAKING = auto()  # the mail is taken, and no answer ever comes


@dataclass(frozen=True)
class Taken:
    """A mail in the ledger."""

    sender: str
    recipients: tuple[str, ...]
    raw: bytes


@dataclass
class SmtpServer:
    """The server's ledger and its switches; all may be changed while it runs.

    `answers` maps a verb (MAIL, RCPT, DATA, BODY) or a recipient to a reply line given instead
    of a yes. `hang_up_on` names a verb at which the line is dropped. `once_taken` is called when
    a mail is in the ledger, before the answer leaves.
    """

    port: int = 0
    ca_file: Path = Path()
    taken: list[Taken] = field(default_factory=list)
    sign_ins: list[tuple[str, str]] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    password: str = PASSWORD
    on_body: OnBody = OnBody.TAKE
    answers: dict[str, str] = field(default_factory=dict)
    hang_up_on: str = ""
    once_taken: Callable[[], None] = lambda: None

    def message_ids(self) -> list[str]:
        """The Message-IDs of what was taken, in order."""
        found = []
        for mail in self.taken:
            for line in mail.raw.split(b"\r\n\r\n")[0].split(b"\r\n"):
                if line.lower().startswith(b"message-id:"):
                    found.append(line.partition(b":")[2].strip().decode())
        return found


class _Handler:
    """aiosmtpd calls `handle_VERB` before it does what it would do by itself."""

    def __init__(self, ledger: SmtpServer) -> None:
        self._ledger = ledger

    def sign_in(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        assert isinstance(data, LoginPassword)
        password = data.password.decode()
        self._ledger.sign_ins.append((data.login.decode(), password))
        return AuthResult(success=password == self._ledger.password, handled=False)

    async def handle_MAIL(  # noqa: N802  aiosmtpd looks for it by name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self._note(server, "MAIL")
        if (answer := self._ledger.answers.get("MAIL")) is not None:
            return answer
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(  # noqa: N802  aiosmtpd looks for it by name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self._note(server, "RCPT")
        answers = self._ledger.answers
        if (answer := answers.get(address, answers.get("RCPT"))) is not None:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_RSET(  # noqa: N802  aiosmtpd looks for it by name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self._note(server, "RSET")
        return "250 OK"

    async def handle_DATA(  # noqa: N802  aiosmtpd looks for it by name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        self._note(server, "BODY")
        ledger = self._ledger
        if (answer := ledger.answers.get("BODY")) is not None:
            return answer
        if ledger.on_body is not OnBody.DROP_BEFORE_TAKING:
            raw = envelope.original_content or b""
            ledger.taken.append(Taken(envelope.mail_from or "", tuple(envelope.rcpt_tos), raw))
            ledger.once_taken()
        if ledger.on_body in (OnBody.DROP_BEFORE_TAKING, OnBody.DROP_AFTER_TAKING):
            _hang_up(server)
        if ledger.on_body is OnBody.SILENT_AFTER_TAKING:
            await asyncio.Event().wait()
        return "250 2.0.0 taken as 4711"

    def _note(self, server: SMTP, verb: str) -> None:
        self._ledger.commands.append(verb)
        if self._ledger.hang_up_on == verb:
            _hang_up(server)


class _Smtp(SMTP):
    """aiosmtpd with a switch for the answer to the DATA command itself."""

    def __init__(self, ledger: SmtpServer, handler: _Handler, **options: Any) -> None:
        super().__init__(handler, authenticator=handler.sign_in, **options)
        self._ledger = ledger

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802  as above
        self._ledger.commands.append("DATA")
        if self._ledger.hang_up_on == "DATA":
            _hang_up(self)
        elif (answer := self._ledger.answers.get("DATA")) is not None:
            await self.push(answer)
        else:
            await super().smtp_DATA(arg)


def _hang_up(server: SMTP) -> None:
    transport = server.transport
    assert isinstance(transport, asyncio.Transport)
    transport.abort()


@contextmanager
def running_smtp_server(
    *,
    security: Literal["tls", "starttls", "none"] = "tls",
    names: tuple[str, ...] = ("localhost", "127.0.0.1"),
    trusted: bool = True,
    offers_auth: bool = True,
    size: int = 10_000_000,
) -> Iterator[SmtpServer]:
    """Start a server in a thread of its own and stop it at the end.

    `names` stand in its certificate; with `trusted` false, `ca_file` is another authority's.
    """
    ledger = SmtpServer()
    ca = trustme.CA()
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    ca.issue_cert(*names).configure_cert(tls)
    handler = _Handler(ledger)
    loop = asyncio.new_event_loop()
    served: list[SMTP] = []

    def connection() -> SMTP:
        server = _Smtp(
            ledger,
            handler,
            loop=loop,
            hostname="mail.example",
            data_size_limit=size,
            tls_context=tls if security == "starttls" else None,
            require_starttls=security == "starttls",
            auth_required=offers_auth and security == "starttls",
            auth_require_tls=security == "starttls" or not offers_auth,
        )
        served.append(server)
        return server

    thread = threading.Thread(target=loop.run_forever, name="smtp-server")
    thread.start()
    starting = loop.create_server(
        connection, "127.0.0.1", 0, ssl=tls if security == "tls" else None
    )
    server = asyncio.run_coroutine_threadsafe(starting, loop).result(10)
    ledger.port = server.sockets[0].getsockname()[1]
    with TemporaryDirectory(prefix="smtp-") as folder:
        ledger.ca_file = Path(folder) / "ca.pem"
        (ca if trusted else trustme.CA()).cert_pem.write_to_path(ledger.ca_file)
        try:
            yield ledger
        finally:
            asyncio.run_coroutine_threadsafe(_stop(server, served), loop).result(10)
            loop.call_soon_threadsafe(loop.stop)
            thread.join(10)
            loop.close()


async def _stop(server: asyncio.Server, served: list[SMTP]) -> None:
    """End the server, and every connection that has not ended by itself yet."""
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    for one in served:
        if one.transport is not None:
            _hang_up(one)
    await turns()

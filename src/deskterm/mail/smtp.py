"""Handing a mail to a submission server, step by step, so that the outcome is known exactly.

Up to the first byte after the answer to DATA nothing can have been taken. From then on only an
answer to the final dot counts: 2xx is taken, 4xx and 5xx are not (RFC 5321 4.2.5), and where none
comes the outcome is unclear (RFC 1047).
"""

from __future__ import annotations

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiosmtplib

from deskterm.mail.errors import (
    CannotConnect,
    ConnectionLost,
    NotTaken,
    OutcomeUnclear,
    SignInRefused,
    TlsFailed,
    plain_words,
)
from deskterm.mail.tls import Endpoint, Security, is_loopback, refuse_plain, tls_failure

STEP_SECONDS = 30.0
SUBMIT_SECONDS = 600.0
_TEMPORARY_SIGN_IN = frozenset({421, 432, 454})


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where and as whom to send. `context` is always used, and always checks."""

    endpoint: Endpoint
    username: str
    password: str = field(repr=False)
    context: ssl.SSLContext = field(repr=False)


@dataclass(frozen=True, slots=True)
class SmtpFacts:
    """What a server offers: largest mail in bytes (None: it does not say), sign-in, TLS."""

    size: int | None
    signed_in: bool
    tls_version: str


async def probe(server: SmtpServer, *, seconds: float = 60.0) -> SmtpFacts:
    """Connect and sign in without sending anything. Raises as `submit`, but never unclear."""
    try:
        async with asyncio.timeout(seconds), _session(server) as session:
            return session.facts
    except TimeoutError as error:
        raise _silent(server, seconds) from error


async def submit(
    server: SmtpServer,
    sender: str,
    recipients: Sequence[str],
    raw: bytes,
    *,
    seconds: float = SUBMIT_SECONDS,
) -> str:
    """Hand over one mail; returns the server's words. Sent to all recipients or to none.

    Args:
        server: where to.
        sender: envelope sender; empty for the null sender.
        recipients: envelope recipients, bare addresses.
        raw: the mail with CRLF line ends.
        seconds: for the whole of it.

    Raises:
        CannotConnect, TlsFailed, SignInRefused, ConnectionLost: before anything was handed over.
        NotTaken: the server said no.
        OutcomeUnclear: silence or a lost line after the mail began to go out.
    """
    handover = _Handover()
    try:
        async with asyncio.timeout(seconds), _session(server) as session:
            await session.hand_over(sender, recipients, raw, handover)
    except TimeoutError as error:
        if handover.begun and not handover.words:
            raise _unclear(server) from error
        if not handover.begun:
            raise _silent(server, seconds) from error
    return handover.words


@dataclass(slots=True)
class _Handover:
    """How far it got: `begun` once the mail may be taken, `words` once it was."""

    begun: bool = False
    words: str = ""


class _Session:
    """A signed-in SMTP session."""

    def __init__(self, server: SmtpServer, client: aiosmtplib.SMTP) -> None:
        self._server = server
        self._client = client
        self.facts = SmtpFacts(None, signed_in=False, tls_version="")

    async def open(self) -> None:
        endpoint, client = self._server.endpoint, self._client
        await client.connect()
        await client.ehlo(hostname=self._own_name())
        if endpoint.security is Security.STARTTLS:
            if not client.supports_extension("starttls"):
                raise TlsFailed(f"{endpoint} does not offer STARTTLS, which this account asks for.")
            await client.starttls(server_hostname=endpoint.host)
            await client.ehlo(hostname=self._own_name())
        elif endpoint.security is Security.NONE and not is_loopback(self._address("peername")):
            raise TlsFailed(f"{endpoint} is not on this machine; a plain line is refused.")
        signed_in = await self._sign_in()
        tls = client.get_transport_info("ssl_object")
        said = client.esmtp_extensions.get("size", "").strip()
        size = int(said) if re.fullmatch(r"[0-9]{1,15}", said) and int(said) else None
        self.facts = SmtpFacts(size, signed_in, (tls.version() or "") if tls else "")

    async def _sign_in(self) -> bool:
        client, server = self._client, self._server
        if not client.supports_extension("auth"):
            return False
        offered = client.supported_auth_methods
        try:
            if "plain" in offered:
                await client.auth_plain(server.username, server.password)
            elif "login" in offered:
                await client.auth_login(server.username, server.password)
            else:
                raise SignInRefused(f"{server.endpoint} offers no sign-in by password.")
        except aiosmtplib.SMTPAuthenticationError as error:
            words = plain_words(error.message)
            said = words.replace(server.password, "…") if server.password else words
            if error.code in _TEMPORARY_SIGN_IN:
                raise NotTaken(
                    f"{server.endpoint} cannot sign anybody in now: {error.code} {said}",
                    permanent=False,
                    code=error.code,
                ) from None
            raise SignInRefused(
                f"{server.endpoint} refused the sign-in: {error.code} {said}"
            ) from None
        return True

    async def hand_over(
        self, sender: str, recipients: Sequence[str], raw: bytes, handover: _Handover
    ) -> None:
        client, size = self._client, self.facts.size
        if size is not None and len(raw) > size:
            raise NotTaken(
                f"{self._server.endpoint} takes mails up to {size} bytes; this one has {len(raw)}.",
                permanent=True,
                too_large=True,
            )
        sized = client.supports_extension("size")
        try:
            await client.mail(sender, options=[f"SIZE={len(raw)}"] if sized else None)
        except aiosmtplib.SMTPSenderRefused as error:
            raise self._said_no(error.code, error.message, "the sender") from error
        for recipient in recipients:
            try:
                await client.rcpt(recipient)
            except aiosmtplib.SMTPRecipientRefused as error:
                await client.rset()
                raise self._said_no(
                    error.code, error.message, f"the recipient {recipient}", recipient
                ) from error
        consent = await client.execute_command(b"DATA")
        if consent.code != 354:
            raise self._said_no(consent.code, consent.message, "the mail")
        await self._body(raw, handover)

    async def _body(self, raw: bytes, handover: _Handover) -> None:
        protocol = self._client.protocol
        if protocol is None:
            raise ConnectionLost(f"{self._server.endpoint} hung up before the mail went out.")
        ending = b".\r\n" if raw.endswith(b"\r\n") else b"\r\n.\r\n"
        # RFC 5321 4.5.2: a leading dot is doubled.
        stuffed = re.sub(rb"(?m)^\.", b"..", raw) + ending
        protocol.write(stuffed)
        handover.begun = True
        try:
            answer = await protocol.read_response()
        except (aiosmtplib.SMTPException, OSError) as error:
            raise _unclear(self._server) from error
        if 400 <= answer.code <= 599:
            raise self._said_no(answer.code, answer.message, "the mail")
        if answer.code != 250:
            raise _unclear(self._server)
        handover.words = plain_words(f"{answer.code} {answer.message}")

    def _said_no(self, code: int, message: str, what: str, recipient: str = "") -> NotTaken:
        return NotTaken(
            f"{self._server.endpoint} refused {what}: {code} {plain_words(message)}",
            permanent=500 <= code <= 599,
            code=code,
            recipient=recipient,
            too_large=code == 552,
        )

    def _own_name(self) -> str:
        """An address literal for EHLO (RFC 5321 4.1.4): a name would tell of the machine."""
        own = self._address("sockname") or "127.0.0.1"
        return f"[IPv6:{own.partition('%')[0]}]" if ":" in own else f"[{own}]"

    def _address(self, which: str) -> str:
        name = self._client.get_transport_info(which)
        return str(name[0]) if isinstance(name, tuple) and name else ""


@asynccontextmanager
async def _session(server: SmtpServer) -> AsyncIterator[_Session]:
    refuse_plain(server.endpoint)
    client = aiosmtplib.SMTP(
        hostname=server.endpoint.host,
        port=server.endpoint.port,
        use_tls=server.endpoint.security is Security.TLS,
        start_tls=False,
        tls_context=server.context,
        validate_certs=True,
        local_hostname="[127.0.0.1]",
        timeout=STEP_SECONDS,
    )
    session = _Session(server, client)
    try:
        async with _in_our_words(server):
            await session.open()
            yield session
        await _leave(client)
    finally:
        client.close()


async def _leave(client: aiosmtplib.SMTP) -> None:
    try:
        async with asyncio.timeout(2.0):
            await client.quit()
    except (aiosmtplib.SMTPException, OSError):
        client.close()


@asynccontextmanager
async def _in_our_words(server: SmtpServer) -> AsyncIterator[None]:
    endpoint = server.endpoint
    try:
        yield
    except aiosmtplib.SMTPConnectTimeoutError as error:
        raise CannotConnect(f"{endpoint} did not answer.") from error
    except aiosmtplib.SMTPResponseException as error:
        # Read timeouts and hang-ups are no SMTPResponseException; this is a clear word.
        raise NotTaken(
            f"{endpoint} answered {error.code} {plain_words(error.message)}",
            permanent=500 <= error.code <= 599,
            code=max(error.code, 0),
        ) from error
    except aiosmtplib.SMTPConnectError as error:
        cause = error.__cause__
        implicit = endpoint.security is Security.TLS
        if isinstance(cause, ssl.SSLError) or (
            implicit and isinstance(cause, ConnectionResetError)
        ):
            raise tls_failure(endpoint, cause) from error
        lost = isinstance(cause, aiosmtplib.SMTPServerDisconnected)
        why = "it hung up at once" if lost else getattr(cause, "strerror", None) or "no connection"
        raise CannotConnect(f"{endpoint} could not be reached: {plain_words(why)}.") from error
    except ssl.SSLError as error:
        raise tls_failure(endpoint, error) from error
    except aiosmtplib.SMTPException as error:
        raise ConnectionLost(f"{endpoint} hung up or fell silent before the mail.") from error
    except UnicodeError as error:
        raise CannotConnect(f"{endpoint} is no usable host name.") from error


def _silent(server: SmtpServer, seconds: float) -> ConnectionLost:
    return ConnectionLost(
        f"{server.endpoint} was not done within {seconds:.0f} s; the mail had not begun to go out."
    )


def _unclear(server: SmtpServer) -> OutcomeUnclear:
    return OutcomeUnclear(
        f"{server.endpoint} was given the mail, and no clear answer came: it may have gone out."
    )

"""A mailbox at work: reads by IMAP, sends by SMTP."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from importlib import metadata
from typing import ClassVar

from deskterm.contract import (
    CheckReport,
    ConnectorError,
    ConnectorSpec,
    NotFound,
    Page,
    ReadBack,
    Receipt,
    Refused,
    Reply,
    SentMatch,
    SentProbe,
    Session,
    SessionContext,
    Start,
)
from deskterm.domain.mail import OutgoingMail
from deskterm.mail import smtp
from deskterm.mail.compose import address_spec, to_bytes
from deskterm.mail.digest import content_digest
from deskterm.mail.errors import ConnectionLost, ServerRefused
from deskterm.mail.imap import (
    FetchJob,
    FolderState,
    ImapConnection,
    fetch_one,
    find_sent,
    quote,
)
from deskterm.mail.tls import client_context
from deskterm_connectors.email.cursor import FolderCursor
from deskterm_connectors.email.failures import in_contract_words
from deskterm_connectors.email.pull import FolderPull
from deskterm_connectors.email.settings import Settings, read_settings
from deskterm_connectors.email.spec import INBOX, SENT, SPEC

_POLL_SECONDS = 30.0
_FOLDER_OF_INBOX = "INBOX"


class EmailSession(Session):
    """One mailbox. At most two lasting connections: one that reads, one that waits."""

    spec: ClassVar[ConnectorSpec] = SPEC

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._read_settings: Settings | None = None
        self._reader: ImapConnection | None = None
        self._waiter: ImapConnection | None = None
        self._reading = asyncio.Lock()
        self._waiting = asyncio.Lock()
        self._sent_name: str | None = None
        self._tls_context: ssl.SSLContext | None = None
        self._pulled: dict[str, FolderState] = {}

    @property
    def _settings(self) -> Settings:
        if self._read_settings is None:
            self._read_settings = read_settings(self.context.fields)
        return self._read_settings

    async def check(self) -> CheckReport:
        """Sign in to both servers for real; the lines say what works and what is missing."""
        settings = self._settings
        lines: list[str] = []
        async with self._visit() as imap:
            tls = imap.tls_version or "no TLS, this machine only"
            lines.append(f"Reading: signed in to {settings.imap} as {settings.username} ({tls}).")
            inbox = await imap.examine(_FOLDER_OF_INBOX)
            lines.append(f"Reading: the inbox holds {inbox.exists} mails.")
            lines.append(await self._sent_line(imap))
            lines.append(
                "News: the server tells of new mail at once (IDLE)."
                if "IDLE" in imap.capabilities
                else "News: the server has no IDLE; new mail is looked for every 30 seconds."
            )
        try:
            with in_contract_words(settings.smtp, "smtp"):
                facts = await smtp.probe(await self._smtp_server())
        except ConnectorError as error:
            error.text = f"Reading works, but sending does not. {error.text}"
            error.args = (error.text,)
            raise
        how = "signed in to" if facts.signed_in else "connected, no sign-in asked for, to"
        tls = facts.tls_version or "no TLS, this machine only"
        limit = f", mails up to {facts.size // 1_000_000} MB" if facts.size else ""
        lines.append(f"Sending: {how} {settings.smtp} ({tls}{limit}).")
        return CheckReport(tuple(lines))

    async def _sent_line(self, imap: ImapConnection) -> str:
        name = await self._sent_folder(imap)
        if name is None:
            return (
                "Missing: no folder of sent mail was found. Answers written elsewhere will not "
                "show up, and no copy is filed; name the folder in sent_folder."
            )
        who = "filed by us" if self._settings.sent_copy == "ours" else "kept by the server"
        return f"Sent mail: folder {name}; copies of replies are {who}."

    async def pull(self, stream: str, start: Start) -> AsyncGenerator[Page, None]:
        """Pages of one folder; `inbox` or `sent`. See `FolderPull`.

        Leaving early is fine; close the generator, as it holds the reading connection.
        """
        settings = self._settings
        async with self._reading:
            with in_contract_words(settings.imap, "imap"):
                connection, seen = await self._opened(stream)
                if seen is None:
                    return
                run = FolderPull(
                    connection,
                    seen,
                    FolderCursor.from_text(start.cursor),
                    since=settings.since,
                    in_sent=stream == SENT,
                    archive=self.context.archive,
                    clock=self.context.clock,
                    log=self.context.log,
                    confirmed=self.context.confirmed,
                )
                async with aclosing(run.pages()) as pages:
                    async for page in pages:
                        yield page
                if run.cursor is not None:
                    self._pulled[stream] = FolderState(
                        seen.name,
                        seen.uidvalidity,
                        run.cursor.uidnext,
                        connection.exists,
                        seen.highest_modseq,
                    )

    async def _opened(self, stream: str) -> tuple[ImapConnection, FolderState | None]:
        """The reading connection with the stream's folder open; None where there is none."""
        if self._reader is not None and self._reader.is_open:
            try:
                return await self._open_on(self._reader, stream)
            except (ConnectionLost, ServerRefused):
                # Servers end sessions that were silent for long, and refuse a folder that was made
                # anew under an open one: a fresh session tells what is really wrong.
                await self._reader.close()
                self._reader = None
        self._reader = await self._sign_in()
        return await self._open_on(self._reader, stream)

    async def _open_on(
        self, connection: ImapConnection, stream: str
    ) -> tuple[ImapConnection, FolderState | None]:
        folder = _FOLDER_OF_INBOX if stream == INBOX else await self._sent_folder(connection)
        if folder is None:
            return connection, None
        async with self.context.budget.take():
            return connection, await connection.examine(folder)

    async def wait(self, stream: str, seconds: float) -> bool:
        """Wait for news of the inbox by IDLE on a connection of its own."""
        if stream != INBOX:
            raise self._lacks("wait", stream)
        async with self._waiting:
            with in_contract_words(self._settings.imap, "imap"):
                if self._waiter is None or not self._waiter.is_open:
                    self._waiter = await self._sign_in()
                waiter = self._waiter
                now = await waiter.examine(_FOLDER_OF_INBOX)
                pulled = self._pulled.get(INBOX)
                if (
                    pulled is not None
                    and replace(now, uidnext=now.uidnext or pulled.uidnext) != pulled
                ):
                    return True
                if "IDLE" in waiter.capabilities:
                    return await waiter.idle(seconds)
                return await _poll(waiter, seconds)

    async def send(self, reply: Reply) -> Receipt:
        """Write the reply as a mail and carry it."""
        return await self.carry(self._mail(reply))

    async def carry(self, mail: OutgoingMail) -> Receipt:
        """Send once by SMTP."""
        raw = _written(mail)
        settings = self._settings
        recipients = list(dict.fromkeys(address_spec(a) for a in (*mail.to, *mail.cc)))
        async with self.context.budget.take():
            with in_contract_words(settings.smtp, "smtp"):
                server = await self._smtp_server()
                words = await smtp.submit(server, address_spec(settings.address), recipients, raw)
        return Receipt(f"mail:{content_digest(raw)}", self.context.clock.now(), words, raw)

    def _mail(self, reply: Reply) -> OutgoingMail:
        return OutgoingMail(
            message_id=reply.key,
            date=reply.started_at,
            sender=self._settings.address,
            to=reply.to,
            cc=reply.cc,
            subject=reply.subject,
            text=reply.text,
            in_reply_to=reply.in_reply_to,
            references=reply.references,
            attachments=reply.attachments,
        )

    async def find_sent(self, probe: SentProbe) -> SentMatch | None:
        """Look for the reply's Message-ID in the folder of sent mail."""
        async with self._visit() as imap:
            folder = await self._sent_folder(imap)
            if folder is None:
                return None
            await imap.examine(folder)
            uids = await _with_message_id(imap, probe.key)
            if not uids:
                return None
            uid = uids[-1]
            job = FetchJob(b"(UID INTERNALDATE BODY.PEEK[])", "body", {uid})
            found = (await fetch_one(imap, job)).answers.get(uid)
            if found is None or found.body is None:
                return None
            return SentMatch(f"mail:{content_digest(found.body)}", found.received_at)

    async def file_copy(self, reply: Reply, receipt: Receipt) -> None:
        """Put a copy into the folder of sent mail, unless it is there or the server sees to it."""
        if self._settings.sent_copy == "server":
            return
        raw = receipt.raw or _written(self._mail(reply))
        async with self._visit() as imap:
            folder = await self._sent_folder(imap)
            if folder is None:
                raise NotFound("This mailbox has no folder of sent mail; name one in sent_folder.")
            await imap.examine(folder)
            if not await _with_message_id(imap, reply.key):
                await imap.append(folder, raw, flags=[r"\Seen"], at=receipt.accepted_at)

    def read_back(self) -> ReadBack:
        """A copy that we file ourselves proves nothing by its absence; nor does a late one."""
        if self._settings.sent_copy == "ours":
            return ReadBack(settle=timedelta(0), looks=1, gap=timedelta(0))
        return ReadBack(settle=timedelta(seconds=90), looks=2, gap=timedelta(seconds=30))

    async def close(self) -> None:
        """Log out everywhere."""
        connections = [c for c in (self._reader, self._waiter) if c is not None]
        self._reader = self._waiter = None
        await asyncio.gather(*(c.close() for c in connections))

    @asynccontextmanager
    async def _visit(self) -> AsyncIterator[ImapConnection]:
        """A connection for a moment, so that nobody waits for a long read to end."""
        with in_contract_words(self._settings.imap, "imap"):
            connection = await self._sign_in()
            try:
                yield connection
            finally:
                await connection.close()

    async def _sign_in(self) -> ImapConnection:
        settings = self._settings
        password = await self.context.secrets.get("password")
        async with self.context.budget.take():
            connection = await ImapConnection.connect(settings.imap, await self._tls())
            done = False
            try:
                await connection.sign_in(settings.username, password)
                await connection.identify("deskterm", metadata.version("deskterm"))
                done = True
            finally:
                if not done:
                    connection.abort()
            return connection

    async def _smtp_server(self) -> smtp.SmtpServer:
        settings = self._settings
        password = await self.context.secrets.get("password")
        return smtp.SmtpServer(settings.smtp, settings.username, password, await self._tls())

    async def _tls(self) -> ssl.SSLContext:
        """Made once, and in a thread: reading the system's authorities takes long."""
        if self._tls_context is None:
            ca_file = self._settings.tls_ca_file
            self._tls_context = await asyncio.to_thread(client_context, ca_file)
        return self._tls_context

    async def _sent_folder(self, connection: ImapConnection) -> str | None:
        if self._settings.sent_folder:
            return self._settings.sent_folder
        if self._sent_name is None:
            self._sent_name = find_sent(await connection.folders())
        return self._sent_name


def _written(mail: OutgoingMail) -> bytes:
    try:
        return to_bytes(mail)
    except ValueError as error:
        raise Refused(f"The mail cannot be written: {error}.", code="mail") from error


async def _with_message_id(imap: ImapConnection, key: str) -> Sequence[int]:
    return await imap.search(b"HEADER", b"Message-ID", quote(key))


async def _poll(connection: ImapConnection, seconds: float) -> bool:
    clock = asyncio.get_running_loop().time
    end, arrivals = clock() + seconds, connection.arrivals
    while (left := end - clock()) > 0:
        await asyncio.sleep(min(left, _POLL_SECONDS))
        await connection.noop()
        if connection.arrivals != arrivals:
            return True
    return False

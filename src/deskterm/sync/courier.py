"""Takes replies to their channel: through the account's own session, or as mail of a mail face."""

from __future__ import annotations

import asyncio
import sqlite3
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from deskterm.contract import (
    Capability,
    ConnectorError,
    ReadBack,
    Receipt,
    Refused,
    Reply,
    SentMatch,
    SentProbe,
    Session,
    Unavailable,
    Unclear,
)
from deskterm.domain.clock import from_text
from deskterm.domain.mail import Envelope, OutgoingAttachment, OutgoingMail
from deskterm.mail.references import reply_references
from deskterm.service import attached
from deskterm.service.addressing import Recipients
from deskterm.sync.answering import facts_of, headers_of
from deskterm.sync.faces import FaceAccount, written
from deskterm.sync.ports import SessionFactory

#: Seconds that a send, a look or the filing of a copy may take.
SEND_S = 120.0
_OPEN_S = 60.0
_CLOCK_SLACK = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A reply ready to go, with the account that carries it.

    `face` is set where the account's messages travel as mail of another account, and `parent`
    is then the mail that is answered.
    """

    account: str
    reply: Reply
    face: FaceAccount | None = None
    parent: Envelope | None = None


def pack(
    connection: sqlite3.Connection,
    item: sqlite3.Row,
    account: str,
    attachments: Path,
    face: FaceAccount | None,
) -> Parcel:
    """Make the parcel for an outbox item. The same item gives the same parcel at every try."""
    parent = connection.execute(
        "SELECT * FROM messages WHERE id = ?", (item["parent_row"],)
    ).fetchone()
    ticket = connection.execute(
        "SELECT ref FROM tickets WHERE id = ?", (item["ticket_id"],)
    ).fetchone()
    thread = connection.execute(
        "SELECT remote_id FROM threads WHERE id = ?", (item["thread_id"],)
    ).fetchone()
    recipients = Recipients.load(item["recipients"])
    answered = facts_of(parent) if parent is not None else None
    reply = Reply(
        key=item["key"],
        ticket_ref=ticket["ref"],
        thread_remote_id=(thread["remote_id"] or "") if thread else "",
        text=item["body"],
        started_at=from_text(item["started_at"]),
        subject=item["subject"],
        to=recipients.to,
        cc=recipients.cc,
        in_reply_to=answered.message_id if answered else None,
        references=reply_references(answered) if answered else (),
        attachments=tuple(_file(f, attachments) for f in attached.load(item["attachments"])),
    )
    if face is None:
        return Parcel(account, reply)
    full = headers_of(connection, parent) if parent is not None else None
    return Parcel(face.mailbox, reply, face, full)


def probe_of(item: sqlite3.Row, thread_remote_id: str, text_digest: str) -> SentProbe:
    """What to look for on the channel; the clock of a channel may be two minutes behind ours."""
    started = from_text(item["started_at"])
    return SentProbe(item["key"], thread_remote_id, text_digest, started - _CLOCK_SLACK)


class Courier:
    """Keeps one session for sending for each account, apart from those that pull.

    Args:
        factory: opens a session for an account.
        send_s: seconds that a send, a look or the filing of a copy may take.
    """

    def __init__(self, factory: SessionFactory, *, send_s: float = SEND_S) -> None:
        self._factory = factory
        self._send_s = send_s
        self._sessions: dict[str, Session] = {}
        self._stale: set[str] = set()

    async def send(self, parcel: Parcel) -> Receipt:
        """Send once.

        Raises:
            ConnectorError: as the contract says; whatever else goes wrong after the session is
                open comes out as `Unclear`, because then nobody knows.
        """
        mail = _mail(parcel)
        session = await self._session(parcel.account)
        try:
            async with asyncio.timeout(self._send_s):
                if mail is None:
                    return await session.send(parcel.reply)
                return await session.carry(mail)
        except ConnectorError:
            await self._drop(parcel.account)
            raise
        except TimeoutError:
            await self._drop(parcel.account)
            raise Unclear(f"no answer within {self._send_s:g} s") from None
        except Exception as error:
            await self._drop(parcel.account)
            raise Unclear(f"the connector stopped: {type(error).__name__}") from error

    async def find(self, account: str, probe: SentProbe) -> SentMatch | None:
        """Look for a reply on the channel."""
        session = await self._session(account)
        async with asyncio.timeout(self._send_s):
            return await session.find_sent(probe)

    async def file(self, parcel: Parcel, receipt: Receipt) -> None:
        """File the copy of a sent reply."""
        session = await self._session(parcel.account)
        async with asyncio.timeout(self._send_s):
            await session.file_copy(parcel.reply, receipt)

    async def read_back(self, account: str) -> ReadBack | None:
        """How far looking can be trusted; None where the channel offers no look."""
        session = await self._session(account)
        if Capability.FIND_SENT not in session.spec.capabilities:
            return None
        return session.read_back()

    async def files_copies(self, account: str) -> bool:
        """Whether sent replies are to be filed by us."""
        session = await self._session(account)
        return Capability.FILE_COPY in session.spec.capabilities

    def forget(self, account: str) -> None:
        """Open a new session for the next reply of that account."""
        self._stale.add(account)

    async def close(self) -> None:
        """Let go of every session."""
        for account in list(self._sessions):
            await self._drop(account)

    async def _session(self, account: str) -> Session:
        if account in self._stale:
            self._stale.discard(account)
            await self._drop(account)
        session = self._sessions.get(account)
        if session is None:
            session = await self._open(account)
            self._sessions[account] = session
        return session

    async def _open(self, account: str) -> Session:
        """Nothing has left before a session is open, whatever goes wrong with it."""
        try:
            async with asyncio.timeout(_OPEN_S):
                return await self._factory(account)
        except ConnectorError:
            raise
        except TimeoutError:
            raise Unavailable(f"no session within {_OPEN_S:g} s") from None
        except Exception as error:
            raise Unavailable(f"the connector did not start: {type(error).__name__}") from error

    async def _drop(self, account: str) -> None:
        session = self._sessions.pop(account, None)
        if session is not None:
            await session.close()


def _mail(parcel: Parcel) -> OutgoingMail | None:
    """What the mail face makes of the reply; None where the channel takes it as it is."""
    if parcel.face is None:
        return None
    if parcel.parent is None:
        raise Refused("The mail that this answers is gone.", code="mail_face")
    return written(parcel.face, parcel.reply, parcel.parent)


def _file(file: attached.Attached, folder: Path) -> OutgoingAttachment:
    return OutgoingAttachment(file.filename, file.mime, attached.content_of(file, folder) or b"")

r"""The IMAP side of the simulated mailbox: pymap over mails that live in memory.

pymap's own memory back end takes every mail apart when it is put in; here a mail stays bytes until
somebody asks for its parts, which nobody does who fetches whole mails. Besides that it differs
in three things: many mails arrive as one event, `Sent` is marked `\Sent` (RFC 6154), and an IDLE
that begins after news came tells them at once.
"""

from __future__ import annotations

import asyncio
import hmac
import re
import ssl
from argparse import Namespace
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from pymap.backend.dict.mailbox import MailboxData, MailboxSet, Message
from pymap.backend.session import BaseSession
from pymap.bytes import Writeable
from pymap.concurrent import Event, Subsystem
from pymap.config import BackendCapability, IMAPConfig
from pymap.context import connection_exit
from pymap.exceptions import InvalidAuth
from pymap.imap import IMAPConnection
from pymap.imap.state import ConnectionState
from pymap.message import BaseLoadedMessage
from pymap.mime import MessageContent
from pymap.parsing.command import Command
from pymap.parsing.message import AppendMessage
from pymap.parsing.response import CommandResponse, ResponseNo
from pymap.parsing.specials import FetchRequirement, ObjectId
from pymap.parsing.specials.flag import Answered, Flag, Seen
from pymap.selected import SelectedMailbox

from deskterm.sandbox.misbehave import Misbehaviour
from deskterm.sandbox.proxy import LOOPBACK

INBOX = "INBOX"
SENT = "Sent"
ARCHIVE = "Archive"
_MOST_BYTES = 25_000_000
_LONGEST_LINE = 1_048_576  # bytes of a command line; sets of UIDs get long


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail for a folder. `at` becomes its INTERNALDATE."""

    raw: bytes
    at: datetime
    seen: bool = False
    answered: bool = False


class _Loaded(BaseLoadedMessage):
    """A mail's content, taken apart only where a part is asked for."""

    def __init__(self, message: _Message, requirement: FetchRequirement) -> None:
        super().__init__(message, requirement, None)
        self._raw = message.raw

    @property
    def content(self) -> MessageContent:
        if self._content is None:
            self._content = MessageContent.parse(self._raw)
        return self._content

    def get_body(self, section: Sequence[int] | None = None, binary: bool = False) -> Writeable:
        if section or binary:
            return super().get_body(section, binary)
        return Writeable.wrap(self._raw)

    def get_size(self, section: Sequence[int] | None = None) -> int:
        return super().get_size(section) if section else len(self._raw)

    def get_header(self, name: bytes) -> Sequence[str]:
        head = self._raw.partition(b"\r\n\r\n")[0]
        pattern = rb"(?im)^%s:((?:[^\r\n]|\r\n[ \t]){0,4000})" % re.escape(name)
        return [found.decode("utf-8", "replace") for found in re.findall(pattern, head)]


class _Message(Message):
    """A mail in a folder."""

    __slots__ = ["raw"]

    def __init__(self, uid: int, mail: Mail, flags: Iterable[Flag]) -> None:
        marks = ObjectId.random_email_id(), ObjectId.random_thread_id()
        super().__init__(uid, mail.at, flags, email_id=marks[0], thread_id=marks[1])
        self.raw = mail.raw

    async def load_content(self, requirement: FetchRequirement) -> Any:
        return _Loaded(self, requirement)


class _Folder(MailboxData):
    """A folder; mails come in by `put`, from clients by APPEND."""

    def put(self, mails: Sequence[Mail]) -> list[int]:
        """Add mails as one event; their UIDs, in order."""
        first = self._max_uid + 1
        for uid, mail in enumerate(mails, first):
            marks = ((Seen, mail.seen), (Answered, mail.answered))
            self._messages[uid] = _Message(uid, mail, [flag for flag, on in marks if on])
        self._max_uid += len(mails)
        uids = list(range(first, self._max_uid + 1))
        if uids:
            self._mod_sequences.update(uids)
            self._updated.set()
        return uids

    async def append(
        self,
        append_msg: AppendMessage,
        *,
        recent: bool = False,  # noqa: ARG002 - given by pymap; nobody asks what is recent
    ) -> Message:
        at = append_msg.when or datetime.now().astimezone()
        flags = append_msg.flag_set
        mail = Mail(bytes(append_msg.literal), at, Seen in flags, Answered in flags)
        return self._messages[self.put([mail])[0]]

    async def copy(self, uid: int, destination: MailboxData, *, recent: bool = False) -> int | None:
        message = self._messages.get(uid)
        if not isinstance(message, _Message):
            return None
        flags = message.permanent_flags
        copied = AppendMessage(message.raw, message.internal_date, flags)
        return (await destination.append(copied, recent=recent)).uid

    async def move(self, uid: int, destination: MailboxData, *, recent: bool = False) -> int | None:
        moved = await self.copy(uid, destination, recent=recent)
        if moved is not None:
            await self.delete([uid])
        return moved

    async def update_selected(
        self, selected: SelectedMailbox, *, wait_on: Event | None = None
    ) -> SelectedMailbox:
        # What came between the last answer and this IDLE is news; the event for it is past.
        if wait_on is not None and selected.mod_sequence != self._mod_sequences.highest:
            wait_on = None
        return await super().update_selected(selected, wait_on=wait_on)

    def number_anew(self) -> None:
        """Another UIDVALIDITY, UIDs from 1, modification numbers that know nothing of before."""
        kept = sorted(self._messages.items())
        mails = [(m.raw, m) for _, m in kept if isinstance(m, _Message)]
        self._uid_validity += 1000
        self._max_uid = 0
        self._messages.clear()
        for raw, message in mails:
            self._max_uid += 1
            fresh = _Message(
                self._max_uid, Mail(raw, message.internal_date), message.permanent_flags
            )
            self._messages[self._max_uid] = fresh
            self._mod_sequences.update([self._max_uid])


class _Folders(MailboxSet):
    """The folders of the one mailbox."""

    def __init__(self) -> None:
        super().__init__()
        self._inbox = self.inbox = self._made()
        self.sent = self._set[SENT] = self._made()
        self._set[ARCHIVE] = self._made()

    def _made(self) -> _Folder:
        return _Folder(self._content_cache, self._thread_cache)

    def number_anew(self) -> None:
        for folder in (self.inbox, self.sent):
            folder.number_anew()


class _Session(BaseSession[Message]):
    """One client that has signed in."""

    def __init__(self, owner: str, config: IMAPConfig, folders: _Folders) -> None:
        super().__init__(owner)
        self._config = config
        self._folders = folders

    @property
    def config(self) -> IMAPConfig:
        return self._config

    @property
    def mailbox_set(self) -> Any:
        return self._folders

    async def list_mailboxes(
        self,
        ref_name: str,
        filter_: str,
        subscribed: bool = False,
        selected: SelectedMailbox | None = None,
    ) -> tuple[Iterable[tuple[str, str | None, Sequence[bytes]]], SelectedMailbox | None]:
        found, after = await super().list_mailboxes(ref_name, filter_, subscribed, selected)
        uses = {SENT: [b"Sent"], ARCHIVE: [b"Archive"]}
        return [(n, mark, [*marks, *uses.get(n, [])]) for n, mark, marks in found], after


class _Config(IMAPConfig):
    """TLS from the first byte, one user, no look-ups of host names."""

    def __init__(self, tls: ssl.SSLContext) -> None:
        super().__init__(
            Namespace(passlib_cfg=None, proxy_protocol=None),
            host=LOOPBACK,
            port=0,
            ssl_context=tls,
            tls_enabled=False,
            reject_dnsbl=False,
            cpu_subsystem=Subsystem.for_asyncio(),
            max_append_len=_MOST_BYTES,
        )

    @property
    def backend_capability(self) -> BackendCapability:
        return BackendCapability(
            idle=True, object_id=True, multi_append=True, custom=[b"SPECIAL-USE"]
        )

    @cached_property
    def tls_auth(self) -> Any:
        return super().tls_auth

    @property
    def greeting(self) -> bytes:
        return b"The sandbox is ready."


class _Door:
    """Signs the one user in: what pymap calls a login, an identity and a user at once."""

    def __init__(
        self, user: str, password: str, open_session: Callable[[], _Session], mind: Misbehaviour
    ) -> None:
        self.tokens: Any = None
        self.name = self.authcid = user
        self.roles: frozenset[str] = frozenset()
        self._password = password
        self._open_session = open_session
        self._mind = mind

    async def authenticate(self, credentials: Any) -> Any:
        refused = self._mind.happens("refuse_login", "email", server="imap")
        if refused or not credentials.verify(self):
            raise InvalidAuth
        return self

    async def authorize(self, authenticated: Any, authzid: str) -> Any:
        if authzid not in ("", self.name):
            raise InvalidAuth
        return authenticated

    def compare_authcid(self, authcid: str) -> bool:
        return hmac.compare_digest(authcid.encode(), self.name.encode())

    def compare_secret(self, secret: str) -> bool:
        return hmac.compare_digest(secret.encode(), self._password.encode())

    @asynccontextmanager
    async def new_session(self) -> AsyncIterator[_Session]:
        yield self._open_session()


class _State(ConnectionState):
    """A conversation in which a command may be answered with no on request."""

    def __init__(self, door: Any, config: IMAPConfig, mind: Misbehaviour) -> None:
        super().__init__(door, config)
        self._mind = mind

    async def do_command(self, cmd: Command) -> CommandResponse:
        verb = cmd.command.decode("ascii", "replace").upper().removeprefix("UID ")
        if self._mind.happens("refuse_command", "email", server="imap", command=verb):
            return ResponseNo(cmd.tag, b"The sandbox was told to refuse this.")
        return await super().do_command(cmd)


class _Here:
    """What pymap asks of a connection: that it is local."""

    from_localhost = True
    dnsbl = None
    unique_id = b""


class _Gathered:
    """A stream's writer that sends each response at once, which pymap writes in many pieces.

    A TLS stream does not say that its line broke before the event loop has had a turn, and pymap
    writes all it has without one. So each response grants a turn, and a broken line ends them.
    """

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self._waiting = bytearray()
        self._broken = False

    def write(self, data: bytes) -> None:
        self._waiting += data

    async def drain(self) -> None:
        self._send()
        await asyncio.sleep(0)
        try:
            await self._writer.drain()
        except ConnectionError:
            self._broken = True
            raise

    def close(self) -> None:
        self._send()
        self._writer.close()

    def _send(self) -> None:
        if self._waiting and not self._broken and not self._writer.is_closing():
            self._writer.write(bytes(self._waiting))
        self._waiting.clear()


class ImapServer:
    """One mailbox behind TLS.

    Args:
        user: its user name.
        tls: a server's context.
        mind: the switches for misbehaviour.
    """

    def __init__(self, user: str, password: str, tls: ssl.SSLContext, mind: Misbehaviour) -> None:
        self._config = _Config(tls)
        self._config.apply_context()
        self._tls = tls
        self._mind = mind
        self._folders = _Folders()
        self._door = _Door(
            user, password, lambda: _Session(user, self._config, self._folders), mind
        )
        self._server: asyncio.Server | None = None

    async def start(self) -> int:
        """Listen on loopback; the port."""
        self._server = await asyncio.start_server(
            self._serve, LOOPBACK, 0, ssl=self._tls, limit=_LONGEST_LINE
        )
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    def put(self, folder: str, mails: Sequence[Mail]) -> list[int]:
        """Add mails to `INBOX` or `Sent` as one event; their UIDs."""
        place = self._folders.sent if folder == SENT else self._folders.inbox
        return place.put(mails)

    def number_anew(self) -> None:
        """Give both folders another UIDVALIDITY. Connections must be dropped at the same time."""
        self._folders.number_anew()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        here: Any = _Here()
        gathered: Any = _Gathered(writer)
        connection = IMAPConnection(self._config.commands, self._config, reader, gathered, here)
        async with AsyncExitStack() as stack:
            connection_exit.set(stack)
            stack.enter_context(closing(connection))
            await connection.run(_State(self._door, self._config, self._mind))

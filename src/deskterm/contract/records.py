"""What travels between a connector and the engine. All frozen; all times aware UTC."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from deskterm.domain.mail import Address, MailLocation, OutgoingAttachment
from deskterm.domain.order import Order, StockLevel

Direction = Literal["inbound", "outbound"]
AuthorKind = Literal["customer", "agent", "automation", "channel", "partner"]


@dataclass(frozen=True, slots=True)
class Party:
    """Someone on the channel: `handle` is the channel's own id of them, `name` what it shows."""

    handle: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class RecordedAttachment:
    """A file on a message, with its content already fetched."""

    filename: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class MessageRecord:
    """One message as the channel gives it, for channels that do not travel as mail.

    `raw` is the channel's own JSON, kept beside. `order_refs` in the channel's own spelling.
    """

    remote_id: str
    thread_remote_id: str
    direction: Direction
    author_kind: AuthorKind
    author: Party
    text: str
    sent_at: datetime
    received_at: datetime
    subject: str = ""
    order_refs: tuple[str, ...] = ()
    attachments: tuple[RecordedAttachment, ...] = ()
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class MailItem:
    """One mail as it lies on the server. The engine parses it and asks the mail faces.

    `received_at` is INTERNALDATE. `in_sent` says that it lay in the folder of sent mail. Only
    mail that comes from a file has no location.
    """

    location: MailLocation | None
    raw: bytes
    received_at: datetime
    seen: bool = False
    answered: bool = False
    in_sent: bool = False


@dataclass(frozen=True, slots=True)
class MailStub:
    """Enough of a mail to recognise it after its folder was numbered anew."""

    location: MailLocation
    message_id: str | None
    size: int
    received_at: datetime


@dataclass(frozen=True, slots=True)
class FlagsChanged:
    """The marks of a mail we may know have changed on the server."""

    location: MailLocation
    seen: bool
    answered: bool


@dataclass(frozen=True, slots=True)
class FolderListing:
    """Every UID of a folder up to (and without) `below`: what is missing has left the folder."""

    folder: str
    uidvalidity: int
    below: int
    uids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """One item that the connector cannot read, so that it costs itself alone and not its page.

    The engine sets it aside with `raw`, the channel's own bytes. `reason` is shown to people:
    what is odd about the item, without its text. The same item has the same `remote_id`.
    """

    remote_id: str
    raw: bytes
    reason: str


@dataclass(frozen=True, slots=True)
class OrderRecord:
    """An order, whole: what is missing in it is no longer there. `raw` is the channel's JSON.

    `is_partial`: the channel was not asked for its notes and parcels. What we have of them stays.
    """

    order: Order
    raw: bytes = b""
    is_partial: bool = False

    @property
    def remote_id(self) -> str:
        """The channel's key of the order."""
        return self.order.remote_id


@dataclass(frozen=True, slots=True)
class OrderGone:
    """An order that the channel no longer has; our copy is marked and kept."""

    remote_id: str


@dataclass(frozen=True, slots=True)
class StockRecord:
    """How much there is of one variant. `raw` is the channel's JSON."""

    level: StockLevel
    raw: bytes = b""

    @property
    def remote_id(self) -> str:
        """The channel's key of what is counted."""
        return f"{self.level.product_ref}:{self.level.variant_ref}"


Record = (
    MessageRecord
    | MailItem
    | FlagsChanged
    | FolderListing
    | Unreadable
    | OrderRecord
    | OrderGone
    | StockRecord
)


@dataclass(frozen=True, slots=True)
class Page:
    """Some records and where to go on from; the engine stores both in one transaction.

    Token streams give `cursor`, opaque to the engine, in every page. Time streams give
    `position`, which only resumes a cut run, and in the first page `server_time`, the channel's
    own clock or the newest stamp of the first answer.
    """

    records: tuple[Record, ...] = ()
    cursor: str | None = None
    position: str | None = None
    server_time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """A message to send, fixed before the first try and equal in all tries.

    `key` is the idempotency key; for mail it is the Message-ID with its angle brackets.
    `started_at` is the time of the first try.
    """

    key: str
    ticket_ref: str
    thread_remote_id: str
    text: str
    started_at: datetime
    subject: str = ""
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    attachments: tuple[OutgoingAttachment, ...] = ()


@dataclass(frozen=True, slots=True)
class Receipt:
    """The channel's yes. `raw` is what was sent, where the channel keeps no copy of its own."""

    remote_id: str
    accepted_at: datetime
    text: str = ""
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class SentProbe:
    """What to look for when nobody can say whether a reply went out.

    `text_digest` as made by `deskterm.domain.outbox.text_digest`; `not_before` is the time of the
    first try less two minutes.
    """

    key: str
    thread_remote_id: str
    text_digest: str
    not_before: datetime


@dataclass(frozen=True, slots=True)
class SentMatch:
    """The reply was seen on the channel."""

    remote_id: str
    sent_at: datetime | None = None
    details: dict[str, str] = field(default_factory=dict)

"""Mail as data: where a mail lies, what its headers say, what was in it, what we send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Address:
    """A mailbox with the name shown beside it; `addr` keeps its case."""

    name: str
    addr: str

    @property
    def key(self) -> str:
        """The form used to compare addresses."""
        return self.addr.strip().lower()


@dataclass(frozen=True, slots=True)
class MailLocation:
    """One copy of a mail on a server: valid only while `uidvalidity` stays (RFC 9051 2.3.1)."""

    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Envelope:
    """What the headers say, decoded and folded to one line each, but not cleaned for display.

    `headers` holds every header by lower-case name in order of appearance. `automatic` names
    the sign by which the mail is known to be automatic, or is None.
    """

    message_id: str | None
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    sender: Address | None
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    date: datetime | None
    automatic: str | None
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MailPart:
    """A part that is not the text: an attachment or an inline picture.

    `path` is its IMAP section number, `content` the decoded bytes.
    """

    path: str
    filename: str
    mime: str
    content: bytes
    content_id: str | None = None
    inline: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """A bounce or delay notice (RFC 3464): `action` is failed, delayed, delivered, ..."""

    action: str
    status: str
    recipient: str
    diagnostic: str
    original_message_id: str | None


@dataclass(frozen=True, slots=True)
class ParsedMail:
    """A mail read into text.

    `text` is the whole text, quotes included. `unreadable` says why it could not be read in
    full; then `text` holds what could be.
    """

    envelope: Envelope
    text: str
    attachments: tuple[MailPart, ...] = ()
    report: DeliveryReport | None = None
    remote_images: int = 0
    unreadable: str | None = None


@dataclass(frozen=True, slots=True)
class OutgoingAttachment:
    """A file to send."""

    filename: str
    mime: str
    content: bytes


@dataclass(frozen=True, slots=True)
class OutgoingMail:
    """A mail to send. Equal values give equal bytes, so that a second try is the same mail.

    `message_id`, `in_reply_to` and `references` carry their angle brackets.
    """

    message_id: str
    date: datetime
    sender: Address
    to: tuple[Address, ...]
    subject: str
    text: str
    cc: tuple[Address, ...] = ()
    reply_to: Address | None = None
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    attachments: tuple[OutgoingAttachment, ...] = ()
    automatic: bool = False

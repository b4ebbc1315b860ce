"""A message on its way into the database: read, cleaned of card numbers, not yet placed."""

from __future__ import annotations

from dataclasses import dataclass

from deskterm.domain.mail import MailLocation


@dataclass(frozen=True, slots=True)
class FiledAttachment:
    """A file whose content lies in the attachment folder under its SHA-256 `digest`."""

    path: str
    filename: str
    mime: str
    size: int
    digest: str
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject with what threading needs of it.

    `key` is the normalised form, empty where the subject is too short or too common to go by.
    """

    text: str
    key: str = ""
    is_reply: bool = False


@dataclass(frozen=True, slots=True)
class Arrival:
    """One message to be stored.

    `remote_id` is unique within the account. `thread_keys` are what the message shares with
    others of its thread, strongest first; `own_key` is the one others will share with it.
    `ticket_ref` is the reference of ours that the message carries. `party` is the customer's
    address on this channel, of kind `party_kind`. Times are ISO text. `mail` is JSON with what
    an answer needs (see `deskterm.store.mailfacts`). `packed` is `raw` as it is stored, where that
    was made ahead so that the writer need not. `location` is set for mail. `thread_id` is set
    for what we sent ourselves: there is nothing to find out. `thread_remote_id` is set where the
    channel itself says which messages belong together.
    """

    remote_id: str
    direction: str
    author_kind: str
    author_name: str
    author_address: str
    party_kind: str
    party: str
    party_name: str
    subject: Subject
    body: str
    received_at: str
    received_s: int
    sent_at: str | None = None
    thread_keys: tuple[str, ...] = ()
    own_key: str | None = None
    ticket_ref: str | None = None
    order_refs: tuple[tuple[str, str], ...] = ()
    automatic: str | None = None
    message_id: str | None = None
    mail: str | None = None
    attachments: tuple[FiledAttachment, ...] = ()
    raw: bytes = b""
    packed: bytes = b""
    raw_format: str = "mail"
    location: MailLocation | None = None
    seen: bool = False
    answered: bool = False
    unreadable: str | None = None
    thread_id: int | None = None
    thread_remote_id: str | None = None

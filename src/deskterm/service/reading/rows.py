"""What readers show of the database. Plain data; text from outside is `SafeText` from here on.

Times are UTC. A `ticket_id` is the local row id, which no person sees; a `ref` is what people
type.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Literal, NamedTuple

from deskterm.service.reading.ticket_rows import TicketRow
from deskterm.text.clean import SafeText


class FileView(NamedTuple):
    """An attachment: name, type, size in bytes."""

    filename: SafeText
    mime: SafeText
    size: int
    digest: str


class Entry(NamedTuple):
    """One thing in a conversation, in the order of time.

    Args:
        key: unique within the conversation and stable, e.g. `message:5021` or `note:<uid>`.
        kind: `message` of the customer or ours, `note` for the team, `outgoing` for a reply that
            has not left yet.
        ours: we wrote it.
        author: name, or the address where there is no name.
        address: of the author, empty where there is none.
        text: what it says without quoted text and signature; at most 200,000 characters.
        hidden: what `text` leaves away of the whole text: number of characters.
        marks: further words on it: automatic, could not be read in full, cut…
        state: for `outgoing`, the state of its outbox item; its uid is `item`.
        reason: for `outgoing`, why it waits.
        hold_until: for `outgoing` in its hold window.
        send_at: for `outgoing` that leaves later.
        call: for a note about a call, who called: `inbound` for the customer; `duration_s` is how
            many seconds it took.
    """

    key: str
    kind: Literal["message", "note", "outgoing"]
    ours: bool
    author: SafeText
    address: SafeText
    at: datetime
    subject: SafeText
    text: SafeText
    hidden: int = 0
    automatic: SafeText | None = None
    unreadable: bool = False
    files: tuple[FileView, ...] = ()
    state: str = ""
    item: str = ""
    reason: SafeText | None = None
    hold_until: datetime | None = None
    send_at: datetime | None = None
    call: str = ""
    duration_s: int = 0


class LinkView(NamedTuple):
    """Another ticket that this one knows of. `outward`: this one is a `kind` of the other."""

    kind: str
    ref: str
    outward: bool


class DraftView(NamedTuple):
    """The agent's open draft. `body` is what the agent typed, unchanged; `follow` what is to follow
    when it has left, as parameters of `ticket.reply`; `account`: that by which a new message
    leaves.
    """

    uid: str
    kind: Literal["reply", "note"]
    body: str
    to: str
    cc: str
    subject: str
    files: tuple[str, ...]
    updated_at: datetime
    follow: Mapping[str, str] = MappingProxyType({})
    account: str = ""


class MoodView(NamedTuple):
    """What the customer's newest message sounds like.

    Args:
        said: their words for the `tone`, for `urgent`, and for each risk by its name.
    """

    tone: str
    urgent: bool
    risks: tuple[str, ...]
    said: Mapping[str, tuple[SafeText, ...]] = MappingProxyType({})


class ConversationView(NamedTuple):
    """Everything about one ticket.

    `newest_inbound` is the row id that a reply says it has seen. `earlier`: so many older messages
    have not been read yet. `draft` is the one that was written on last. `account` is the one by
    which an answer leaves. `merged_into`: the ticket that holds what was said on this one.
    `mood`: what was read in the customer's newest message; None where nothing was read yet.
    """

    ticket: TicketRow
    entries: tuple[Entry, ...]
    tags: tuple[SafeText, ...]
    order_refs: tuple[SafeText, ...]
    draft: DraftView | None
    newest_inbound: int | None
    earlier: int = 0
    account: str = ""
    links: tuple[LinkView, ...] = ()
    merged_into: str | None = None
    mood: MoodView | None = None


class Details(NamedTuple):
    """The headers of a message, each in one line; empty where it has none. `size` in bytes."""

    sender: SafeText
    to: SafeText
    cc: SafeText
    sent_at: datetime | None
    received_at: datetime
    message_id: SafeText
    size: int


class RawView(NamedTuple):
    """A message as it came: how it begins, made safe, and its size in bytes. `whole`: that is all
    of it.
    """

    text: SafeText
    size: int
    whole: bool


class Outgoing(NamedTuple):
    """A reply in the outbox, whatever ticket it belongs to."""

    item: str
    ticket_id: int
    ref: str
    channel: str
    customer: SafeText
    subject: SafeText
    text: SafeText
    state: str
    reason: SafeText | None
    hold_until: datetime | None
    next_try_at: datetime | None
    created_at: datetime
    author: SafeText
    send_at: datetime | None = None


class AccountState(NamedTuple):
    """How the sync of an account is doing; `state` as in the account's health."""

    name: str
    channel: str
    state: str
    text: SafeText
    until: datetime | None
    synced_at: datetime | None
    changed_at: datetime | None
    tickets: int
    quarantined: int


class Counts(NamedTuple):
    """The figures of the status line. `next_hold`: when the next held reply leaves; `paused`: all
    sending is stopped; `next_due`: when the next window for an answer closes.
    """

    needs_us: int
    mine: int
    snoozed: int
    outbox: int
    asking: int
    messages: int
    next_hold: datetime | None
    paused: bool = False
    next_due: datetime | None = None

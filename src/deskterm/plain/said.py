"""What plain mode says of tickets, conversations, outbox and accounts: whole words, no signs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo

from deskterm.domain.outbox import DeliveryState
from deskterm.i18n import heard, say, say_many
from deskterm.plain.pages import Block
from deskterm.service.reading.rows import ConversationView, Details, Entry, FileView, Outgoing
from deskterm.service.reading.ticket_rows import TicketRow
from deskterm.service.reading.views import NEEDS_US, View
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel import moods, time_words, words
from deskterm.viewmodel.outbox import OutboxList
from deskterm.viewmodel.sorting import order_of
from deskterm.viewmodel.urgency import mood, why_here

_DOT = " · "
_BLANK = clean(" ")
"""A line between two entries, for who sees them."""


def listed(*parts: SafeText | None, by: str = ", ") -> SafeText:
    """Parts in one line; those that are empty are left out."""
    return clean(by.join(part for part in parts if part), multiline=False)


def spoken(text: SafeText) -> SafeText:
    """Words of a model that stand apart by dots, with commas: a dot in the middle is read out."""
    return clean(text.replace(_DOT, ", "))


# Tickets


def list_head(view: View, count: int, first: int, last: int) -> SafeText:
    """What a list has, and which part of it follows: `12 tickets need us, showing 1 to 10.`"""
    if view == NEEDS_US:
        what = say_many("{count} ticket needs us", "{count} tickets need us", count)
    else:
        number = say_many("{count} ticket", "{count} tickets", count)
        what = say("{title}: {number}", title=words.view_title(view), number=number)
    if view.usual:
        what = say("{what}, {order}", what=what, order=order_of(view))
    if first == last:
        return say("{what}, showing {first}.", what=what, first=first)
    return say("{what}, showing {first} to {last}.", what=what, first=first, last=last)


def ticket_line(number: int, row: TicketRow, now: datetime) -> SafeText:
    """A ticket of a list: its number, who, what, and how it stands."""
    return say(
        "{number}. {customer}: {subject} ({facts})",
        number=number,
        customer=row.customer,
        subject=row.subject,
        facts=listed(*_facts(row, now), clean(row.ref)),
    )


def _facts(row: TicketRow, now: datetime) -> Iterable[SafeText]:
    if row.attention is not None:
        yield heard(row.attention)
    if row.outgoing is not None:
        yield say("on its way")
    if row.has_draft:
        yield say("draft")
    yield say("needs us") if row.needs_us else words.status(row.status)
    if row.unread:
        yield say("unread")
    if row.priority in ("high", "urgent"):
        yield say("priority {priority}", priority=clean(row.priority))
    yield mood(row.tone, row.risks)
    yield time_words.ago(row.waiting_since or row.last_message_at, now)


def ticket_head(view: ConversationView, now: datetime) -> Block:
    """What stands over a conversation."""
    row = view.ticket
    facts = [say("needs us") if row.needs_us else words.status(row.status), clean(row.account)]
    if view.order_refs:
        facts.append(say("Order {orders}", orders=listed(*view.order_refs)))
    if view.tags:
        facts.append(say("Tags {tags}", tags=listed(*view.tags)))
    if row.assignee is not None:
        facts.append(say("Assigned to {agent}", agent=row.assignee))
    if view.draft is not None:
        facts.append(say("draft"))
    count = say_many(
        "{count} entry, the newest first.",
        "{count} entries, the newest first.",
        len(view.entries) + view.earlier,
    )
    return (
        say(
            "{ref}, {customer}: {subject}",
            ref=clean(row.ref),
            customer=row.customer,
            subject=row.subject,
        ),
        listed(*facts),
        heard(row.attention) if row.attention is not None else words.NOTHING,
        _sounds(view),
        why_here(row, now, by=", "),
        count,
    )


def _sounds(view: ConversationView) -> SafeText:
    """What the customer's newest message sounds like, with their words."""
    return words.NOTHING if view.mood is None else listed(*moods.told(view.mood), by="; ")


def entries(view: ConversationView, now: datetime, zone: tzinfo) -> Iterable[Block]:
    """The entries of a conversation, the newest first; the oldest has the number 1."""
    count = len(view.entries) + view.earlier
    for place, entry in enumerate(reversed(view.entries)):
        yield _entry(entry, count - place, count, now, zone)


def _entry(entry: Entry, number: int, count: int, now: datetime, zone: tzinfo) -> Block:
    head = say(
        "{place}, {who}, {facts}:",
        place=words.position(number - 1, count),
        who=_who(entry),
        facts=listed(*_marks(entry, now, zone)),
    )
    tail = [_file(file) for file in entry.files]
    if entry.hidden:
        what = say_many("{count} character quoted", "{count} characters quoted", entry.hidden)
        tail.append(say("{what}; 'quote {number}' reads it all", what=what, number=number))
    return (head, clean(entry.text.strip("\n")), *tail, _BLANK)


def _who(entry: Entry) -> SafeText:
    name = entry.author or entry.address
    if entry.kind == "note":
        return say("note of {author}", author=name)
    if entry.kind == "outgoing":
        return say("reply of {author} that has not left", author=name)
    return say("You ({author})", author=name) if entry.ours else name


def _marks(entry: Entry, now: datetime, zone: tzinfo) -> Iterable[SafeText]:
    yield time_words.clock(entry.at, zone, now)
    if entry.state:
        yield words.delivery(entry.state)
    if entry.hold_until is not None:
        yield time_words.countdown(entry.hold_until, now)
    if entry.reason is not None:
        yield heard(entry.reason)
    if entry.automatic is not None:
        yield say("automatic")
    if entry.unreadable:
        yield say("could not be read in full")


def _file(file: FileView) -> SafeText:
    return say(
        "file {name} ({type}, {size})",
        name=file.filename,
        type=file.mime,
        size=words.size(file.size),
    )


def details(found: Details, subject: SafeText, zone: tzinfo) -> Block:
    """The headers of a message."""
    sent = time_words.exactly(found.sent_at, zone) if found.sent_at else words.NOTHING
    fields = (
        (say("From"), found.sender),
        (say("To"), found.to),
        (say("Cc"), found.cc),
        (say("Subject"), subject),
        (say("Sent"), sent),
        (say("Received"), time_words.exactly(found.received_at, zone)),
        (say("Message-ID"), found.message_id),
        (say("Size"), words.size(found.size)),
    )
    return tuple(say("{name}: {value}", name=name, value=value) for name, value in fields if value)


# Outbox


def outgoing(
    number: int, item: Outgoing, outbox: OutboxList, acts: SafeText, now: datetime, zone: tzinfo
) -> Block:
    """A reply that has not left: how it stands, how it begins, and what can be done."""
    tries = words.NOTHING
    if item.next_try_at is not None and item.state == DeliveryState.RETRY_LATER:
        tries = say("Next try {time}", time=time_words.due(item.next_try_at, zone, now))
    return (
        say(
            "{number}. {state}: {customer}: {subject} ({ref})",
            number=number,
            state=outbox.state_words(item),
            customer=item.customer,
            subject=item.subject,
            ref=clean(item.ref),
        ),
        clean(item.text.strip().partition("\n")[0], multiline=False),
        heard(item.reason) if item.reason is not None else words.NOTHING,
        outbox.hint(item),
        tries,
        say("You can type: {acts}", acts=acts) if acts else words.NOTHING,
    )

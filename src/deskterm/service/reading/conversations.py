"""From everything that is stored about a ticket to what a conversation shows."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from operator import attrgetter

from deskterm.domain.clock import from_text
from deskterm.domain.mail import Address
from deskterm.domain.outbox import DeliveryState
from deskterm.service.reading.lists import line, line_or_none, text, ticket_row, time_or_none
from deskterm.service.reading.rows import (
    ConversationView,
    Details,
    DraftView,
    Entry,
    FileView,
    LinkView,
    MoodView,
    RawView,
)
from deskterm.store.entries import (
    message,
    message_count,
    name_of_way,
    note_text,
    open_drafts,
    outgoing_text,
)
from deskterm.store.lists import list_rows
from deskterm.store.mailfacts import MailFacts
from deskterm.store.messages import raw_beginning
from deskterm.store.moods import mood_of_ticket
from deskterm.store.readers import Conversation, conversation
from deskterm.store.tickets import newest_inbound
from deskterm.text.clean import SafeText, clean

MOST_RAW = 200_000
"""Bytes of a message as it came that are shown."""


def read(
    connection: sqlite3.Connection, ticket_id: int, agent: str, newest: int | None
) -> ConversationView | None:
    """Everything about a ticket."""
    found = conversation(connection, ticket_id, newest)
    if found is None:
        return None
    inbound = newest_inbound(connection, ticket_id)
    left_out = newest is not None and len(found.messages) == newest
    earlier = message_count(connection, ticket_id) - len(found.messages) if left_out else 0
    entries = [_message(found, row) for row in found.messages]
    since = entries[0].at if entries and earlier else None
    entries += [one for one in map(_note, found.notes) if since is None or one.at >= since]
    entries.sort(key=attrgetter("at"))
    entries += map(_outgoing, found.outgoing)
    mine = _drafts_of(found.drafts, agent)
    return ConversationView(
        ticket=ticket_row(list_rows(connection, [ticket_id])[0]),
        entries=tuple(entries),
        tags=tuple(map(line, found.tags)),
        order_refs=tuple(map(line, found.order_refs)),
        draft=mine[0] if mine else None,
        newest_inbound=None if inbound is None else inbound["id"],
        earlier=earlier,
        account=name_of_way(connection, ticket_id),
        links=tuple(LinkView(link.kind, link.ref, link.outward) for link in found.links),
        merged_into=found.merged_into,
        mood=mood_view(connection, ticket_id),
    )


def mood_view(connection: sqlite3.Connection, ticket_id: int) -> MoodView | None:
    """What a ticket's newest message sounds like; None where nothing was read yet."""
    mood = mood_of_ticket(connection, ticket_id)
    if mood is None:
        return None
    said = {what: tuple(map(line, places)) for what, places in mood.said.items()}
    return MoodView(mood.tone, mood.urgent, mood.risks, said)


def _message(found: Conversation, row: sqlite3.Row) -> Entry:
    whole = row["body"]
    shown = whole if row["shown"] is None else row["shown"].rstrip()
    return Entry(
        key=f"message:{row['id']}",
        kind="message",
        ours=row["direction"] == "outbound",
        author=line(row["author_name"] or row["author_address"]),
        address=line(row["author_address"]),
        at=from_text(row["received_at"]),
        subject=line(row["subject"]),
        text=text(shown),
        hidden=max(0, len(whole.rstrip()) - len(shown.rstrip())),
        automatic=line_or_none(row["automatic"]),
        unreadable=bool(row["unreadable"]),
        files=tuple(
            FileView(line(f["filename"]), line(f["mime"]), f["size"], f["digest"])
            for f in found.attachments.get(row["id"], ())
        ),
    )


def _note(row: sqlite3.Row) -> Entry:
    return Entry(
        key=f"note:{row['uid']}",
        kind="note",
        ours=True,
        author=line(row["author"]),
        address=clean(""),
        at=from_text(row["created_at"]),
        subject=clean(""),
        text=text(row["body"]),
        call=(row["direction"] or "") if row["kind"] == "phone" else "",
        duration_s=row["duration_s"] or 0,
    )


def _outgoing(row: sqlite3.Row) -> Entry:
    held = row["state"] == DeliveryState.HELD
    return Entry(
        key=f"outgoing:{row['uid']}",
        kind="outgoing",
        ours=True,
        author=line(row["author"]),
        address=clean(""),
        at=from_text(row["created_at"]),
        subject=line(row["subject"]),
        text=text(row["body"]),
        files=tuple(_files(row["attachments"])),
        state=row["state"],
        item=row["uid"],
        reason=line_or_none(row["reason"]),
        hold_until=time_or_none(row["hold_until"]) if held else None,
        send_at=time_or_none(row["send_at"]) if row["state"] == DeliveryState.SCHEDULED else None,
    )


def _files(stored: str | None) -> Iterable[FileView]:
    for one in json.loads(stored or "[]"):
        yield FileView(line(one["filename"]), line(one["mime"]), one["size"], one["digest"])


def drafts(connection: sqlite3.Connection, ticket_id: int | None, agent: str) -> list[DraftView]:
    """The agent's open drafts on a ticket, or of new messages; last written first."""
    rows = open_drafts(connection, ticket_id)
    accounts = {row["uid"]: row["account"] or "" for row in rows}
    return [each._replace(account=accounts[each.uid]) for each in _drafts_of(rows, agent)]


def _drafts_of(rows: Iterable[sqlite3.Row], agent: str) -> list[DraftView]:
    """The open drafts that an agent writes, the one that was written on last first."""
    mine = [row for row in rows if row["author"] == agent]
    mine.sort(key=lambda row: row["updated_at"], reverse=True)
    return [
        DraftView(
            uid=row["uid"],
            kind="note" if row["kind"] == "note" else "reply",
            body=row["body"],
            to=row["to_line"],
            cc=row["cc_line"],
            subject=row["subject"],
            files=tuple(json.loads(row["files"])),
            updated_at=from_text(row["updated_at"]),
            follow=_follow(row["follow_up"]),
        )
        for row in mine
    ]


def _follow(stored: str | None) -> dict[str, str]:
    """What follows a reply, from the names in which it is stored to those of the parameters."""
    kept = json.loads(stored) if stored else {}
    return {name if name == "macro" else f"then_{name}": kept[name] for name in kept}


def whole_text(connection: sqlite3.Connection, key: str) -> SafeText | None:
    """The text of an entry with what the conversation leaves away; None where there is none."""
    kind, _, name = key.partition(":")
    if kind == "message" and name.isdecimal():
        row = message(connection, int(name))
        return None if row is None else text(row["body"])
    body = (note_text if kind == "note" else outgoing_text)(connection, name)
    return None if body is None else text(body)


def details(connection: sqlite3.Connection, key: str) -> Details | None:
    """The headers of a message; None for what has none."""
    kind, _, name = key.partition(":")
    row = message(connection, int(name)) if kind == "message" and name.isdecimal() else None
    if row is None:
        return None
    facts = MailFacts.load(row["mail"])
    return Details(
        sender=_addresses((Address(row["author_name"], row["author_address"]),)),
        to=_addresses(facts.to),
        cc=_addresses(facts.cc),
        sent_at=time_or_none(row["sent_at"]),
        received_at=from_text(row["received_at"]),
        message_id=line(row["message_id"] or ""),
        size=row["raw_size"] or len(row["body"].encode("utf-8", "replace")),
    )


def raw(connection: sqlite3.Connection, key: str) -> RawView | None:
    """A message as it came; None for what came from nowhere."""
    kind, _, name = key.partition(":")
    if kind != "message" or not name.isdecimal():
        return None
    found = raw_beginning(connection, int(name), MOST_RAW)
    if found is None:
        return None
    content, size = found
    return RawView(clean(content.decode("utf-8", "replace")), size, len(content) >= size)


def _addresses(found: Iterable[Address]) -> SafeText:
    return line(", ".join(f"{a.name} <{a.addr}>" if a.name else a.addr for a in found))

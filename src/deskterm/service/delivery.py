"""What the end of a delivery does to ticket and conversation, in one transaction."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from deskterm.domain.arrival import Arrival, Subject
from deskterm.domain.clock import to_text
from deskterm.domain.ids import message_rowid_base
from deskterm.domain.outbox import DeliveryState
from deskterm.domain.ticket import Status
from deskterm.service import attached
from deskterm.service.addressing import Recipients
from deskterm.service.follow_up import follow
from deskterm.service.work import Work
from deskterm.store import ingest, outbox, tickets, turns
from deskterm.store.mailfacts import MailFacts
from deskterm.store.rowids import RowIds
from deskterm.store.transaction import Change

_PER_SECOND = 64


@dataclass(frozen=True, slots=True)
class Sent:
    """The channel's yes: its id for the message, when, and what was sent where we keep a copy."""

    remote_id: str
    at: datetime
    raw: bytes = b""
    message_id: str | None = None
    references: tuple[str, ...] = ()


def record_sent(work: Work, item: sqlite3.Row, sent: Sent, *, copy_due: bool = False) -> None:
    """Move an item to `sent`, add the message to its thread, and do what was to follow."""
    tx = work.tx
    columns = {"remote_id": sent.remote_id, "reason": None, "copy_due": int(copy_due)}
    if not outbox.step(tx, item, DeliveryState.SENT, dict(columns)):
        return
    ticket = tx.one("SELECT * FROM tickets WHERE id = ?", (item["ticket_id"],))
    if ticket is None:
        return
    arrival = _as_arrival(work, item, ticket, sent)
    ingest.place(tx, item["account_id"], ticket["channel"], [arrival], RowIds())
    turns.refresh(tx, item["ticket_id"])
    change = Change(item["author"], "outbox", item["group_uid"], "ticket.reply")
    outbox.note_on_ticket(tx, change, item["ticket_id"])
    if item["then_resolve"]:
        row = tx.one("SELECT * FROM tickets WHERE id = ?", (item["ticket_id"],))
        if row is not None and row["waiting_since"] is None:
            tickets.set_field(tx, change, row, "status", Status.RESOLVED)
            tickets.set_field(tx, change, row, "snoozed_until", None)
        elif row is not None:
            reason = "The customer wrote while the reply was on its way"
            outbox.note_on_ticket(tx, change, row["id"], reason)
    follow(work, item, change)


def record_stopped(work: Work, item: sqlite3.Row, state: DeliveryState, reason: str) -> bool:
    """Move an item to a state in which a person must decide, and say so on its ticket."""
    if not outbox.step(work.tx, item, state, {"reason": reason}):
        return False
    change = Change(item["author"], "outbox", item["group_uid"], "ticket.reply")
    attention = f"The reply did not go out: {reason}"
    outbox.note_on_ticket(work.tx, change, item["ticket_id"], attention)
    return True


def record_question(work: Work, item: sqlite3.Row, reason: str) -> None:
    """Move an item to `ask_agent`: it may have gone out, and only a person can find out."""
    if not outbox.step(work.tx, item, DeliveryState.ASK_AGENT, {"reason": reason}):
        return
    change = Change(item["author"], "outbox", item["group_uid"], "ticket.reply")
    attention = f"The reply may have gone out: {reason}"
    outbox.note_on_ticket(work.tx, change, item["ticket_id"], attention)


def _as_arrival(work: Work, item: sqlite3.Row, ticket: sqlite3.Row, sent: Sent) -> Arrival:
    recipients = Recipients.load(item["recipients"])
    mail = MailFacts(to=recipients.to, cc=recipients.cc, references=sent.references)
    at = to_text(sent.at)
    return Arrival(
        remote_id=sent.remote_id,
        direction="outbound",
        author_kind="agent",
        author_name=item["author"],
        author_address="",
        party_kind="email",
        party=recipients.to[0].key if recipients.to else ticket["customer_name"],
        party_name=ticket["customer_name"],
        subject=Subject(item["subject"]),
        body=item["body"],
        sent_at=at,
        received_at=at,
        received_s=message_rowid_base(sent.at, work.tx.moment) // _PER_SECOND,
        thread_keys=sent.references,
        own_key=sent.message_id,
        message_id=sent.message_id,
        mail=mail.dump(),
        attachments=tuple(
            attached.filed(file, number)
            for number, file in enumerate(attached.load(item["attachments"]), start=1)
        ),
        raw=sent.raw,
        thread_id=item["thread_id"],
    )

"""What a list shows of a ticket: all of `deskterm.service.reading.rows` that a start needs.

Times are UTC. A `ticket_id` is the local row id, which no person sees; a `ref` is what people type.
"""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from deskterm.text.clean import SafeText


class TicketRow(NamedTuple):
    """A ticket as a list shows it.

    `outgoing`: a reply is on its way, `reply`, or one that resolves the ticket, `resolve`.
    `attention`: why the ticket wants to be looked at. `needs_us`: it is our turn. `reason`: the
    contact reason. `tone` and `risks`: of the customer's newest message. `causes`: what makes it
    more pressing, or less (`deskterm.domain.urgency`). `closes_at`: when the window for an answer
    closes.
    """

    ticket_id: int
    ref: str
    channel: str
    account: str
    customer: SafeText
    subject: SafeText
    preview: SafeText
    status: str
    needs_us: bool
    unread: bool
    assignee: SafeText | None
    waiting_since: datetime | None
    snoozed_until: datetime | None
    last_message_at: datetime
    outgoing: str | None
    attention: SafeText | None
    has_draft: bool
    priority: str = "normal"
    reason: str | None = None
    tone: str = "neutral"
    risks: tuple[str, ...] = ()
    causes: tuple[str, ...] = ()
    closes_at: datetime | None = None

"""From rows of the ticket table to what a list shows."""

from __future__ import annotations

import sqlite3
from datetime import datetime, tzinfo

from deskterm.domain.clock import from_text
from deskterm.domain.query import parse_query
from deskterm.domain.query_nodes import And, Node
from deskterm.service.reading.ticket_rows import TicketRow
from deskterm.service.reading.views import View
from deskterm.store.where import Compiled, compile_query
from deskterm.text.clean import SafeText, clean

#: Characters of one message that are shown, and of a place of one line.
LONGEST_TEXT = 200_000
_LONGEST_LINE = 1_000


def compiled(view: View, agent: str, now: datetime, zone: tzinfo) -> Compiled:
    """A view's query, narrowed by what was typed.

    Raises:
        QueryError: one of them cannot be read; its place counts in that one.
    """
    nodes = [parse_query(text, now=now, zone=zone) for text in (view.query, view.narrowed) if text]
    return compile_query(And(tuple(part for node in nodes for part in _parts(node))), agent)


def _parts(node: Node) -> tuple[Node, ...]:
    return node.parts if isinstance(node, And) else (node,)


def ticket_row(row: sqlite3.Row) -> TicketRow:
    """A ticket as a list shows it."""
    return TicketRow(
        ticket_id=row["id"],
        ref=row["ref"],
        channel=row["channel"],
        account=row["account"],
        customer=line(row["customer_name"]),
        subject=line(row["subject"]),
        preview=line(row["preview"]),
        status=row["status"],
        needs_us=bool(row["needs_us"]),
        unread=bool(row["unread"]),
        assignee=line_or_none(row["assignee"]),
        waiting_since=time_or_none(row["waiting_since"]),
        snoozed_until=time_or_none(row["snoozed_until"]),
        last_message_at=from_text(row["last_message_at"]),
        outgoing=row["outgoing"],
        attention=line_or_none(row["attention"]),
        has_draft=bool(row["has_draft"]),
        priority=row["priority"],
        reason=row["contact_reason"],
        tone=row["tone"],
        risks=tuple(row["risks"].split()),
        causes=tuple(row["urgency_causes"].split()),
        closes_at=time_or_none(row["window_ends_at"]),
    )


def line(text: str) -> SafeText:
    """Text for a place of one line; no place shows more of it than this."""
    return clean(text[:_LONGEST_LINE], multiline=False)


def line_or_none(text: str | None) -> SafeText | None:
    """The same for what may not be there."""
    return None if text is None else line(text)


def time_or_none(text: str | None) -> datetime | None:
    """A stored time."""
    return from_text(text) if text else None


def text(stored: str) -> SafeText:
    """Text of several lines, cut where it is longer than a screen can bear."""
    return clean(stored[:LONGEST_TEXT])

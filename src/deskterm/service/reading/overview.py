"""What stands around the list: figures, outbox, accounts."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from deskterm.domain.clock import from_text, to_text
from deskterm.domain.outbox import DeliveryState
from deskterm.service.reading.lists import line, line_or_none, text, time_or_none
from deskterm.service.reading.rows import AccountState, Counts, Outgoing
from deskterm.store import overview

#: Items of the outbox that are shown.
MOST_OUTGOING = 1_000

NO_COUNTS = Counts(0, 0, 0, 0, 0, 0, None)


def counts(connection: sqlite3.Connection, agent: str, now: datetime) -> Counts:
    """The figures of the status line."""
    row = overview.figures(connection, agent, to_text(now))
    return Counts(
        needs_us=row["needs_us"],
        mine=row["mine"],
        snoozed=row["snoozed"],
        outbox=row["outbox"],
        asking=row["asking"],
        messages=row["messages"],
        next_hold=time_or_none(row["next_hold"]),
        paused=bool(row["paused"]),
        next_due=time_or_none(row["next_due"]),
    )


def outbox(connection: sqlite3.Connection) -> list[Outgoing]:
    """What has not left yet, first what asks something."""
    return [_outgoing(row) for row in overview.outgoing(connection, MOST_OUTGOING)]


def _outgoing(row: sqlite3.Row) -> Outgoing:
    held = row["state"] == DeliveryState.HELD
    return Outgoing(
        item=row["uid"],
        ticket_id=row["ticket_id"],
        ref=row["ref"],
        channel=row["channel"],
        customer=line(row["customer_name"]),
        subject=line(row["subject"]),
        text=text(row["body"]),
        state=row["state"],
        reason=line_or_none(row["reason"]),
        hold_until=time_or_none(row["hold_until"]) if held else None,
        next_try_at=time_or_none(row["next_try_at"]),
        created_at=from_text(row["created_at"]),
        author=line(row["author"]),
        send_at=time_or_none(row["send_at"]) if row["state"] == DeliveryState.SCHEDULED else None,
    )


def accounts(connection: sqlite3.Connection) -> list[AccountState]:
    """How each account does; the state is empty before its first sync."""
    return [
        AccountState(
            name=row["name"],
            channel=row["channel"],
            state=row["state"] or "",
            text=line(row["text"] or ""),
            until=time_or_none(row["until_at"]),
            synced_at=time_or_none(row["synced_at"]),
            changed_at=time_or_none(row["changed_at"]),
            tickets=row["tickets"],
            quarantined=row["quarantined"],
        )
        for row in overview.account_states(connection)
    ]

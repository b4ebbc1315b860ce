"""Mails that lie in one account's folders and belong to another account."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeldMail:
    """A message that came or went as mail; `size` in bytes, None where no mail is kept of it."""

    account: str
    thread_id: int
    remote_id: str
    direction: str
    received_at: str
    size: int | None


def known(
    connection: sqlite3.Connection, account_id: int, remote_ids: Collection[str]
) -> frozenset[str]:
    """Which of these messages an account holds."""
    rows = connection.execute(
        "SELECT remote_id FROM messages WHERE account_id = ?"
        " AND remote_id IN (SELECT value FROM json_each(?))",
        (account_id, json.dumps(list(remote_ids))),
    ).fetchall()
    return frozenset(row[0] for row in rows)


def held(
    connection: sqlite3.Connection, accounts: Collection[str], message_ids: Collection[str]
) -> dict[str, list[HeldMail]]:
    """By Message-ID, what the accounts of these names hold."""
    rows = connection.execute(
        "SELECT m.message_id, a.name, m.thread_id, m.remote_id, m.direction, m.received_at, r.size"
        " FROM messages m JOIN accounts a ON a.id = m.account_id AND a.removed_at IS NULL"
        " LEFT JOIN raw_messages r ON r.message_row = m.id"
        " WHERE m.message_id IN (SELECT value FROM json_each(?))"
        " AND +a.name IN (SELECT value FROM json_each(?)) ORDER BY m.id",
        (json.dumps(list(message_ids)), json.dumps(list(accounts))),
    ).fetchall()
    found: dict[str, list[HeldMail]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(HeldMail(*row[1:]))
    return found


def leaving(
    connection: sqlite3.Connection, accounts: Collection[str], ref: str, key: str
) -> HeldMail | None:
    """A reply of a ticket that goes out under this Message-ID, and may not be noted as sent yet."""
    row = connection.execute(
        "SELECT a.name, o.thread_id, '', 'outbound', o.created_at, NULL FROM tickets k"
        " JOIN outbox_items o ON o.ticket_id = k.id JOIN accounts a ON a.id = o.account_id"
        " WHERE k.ref = ? AND o.key = ? AND a.name IN (SELECT value FROM json_each(?))",
        (ref, key, json.dumps(list(accounts))),
    ).fetchone()
    return HeldMail(*row) if row else None

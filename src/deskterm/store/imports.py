"""How far imports got."""

from __future__ import annotations

import sqlite3

from deskterm.store.transaction import Transaction


def load(connection: sqlite3.Connection, account_id: int, source: str) -> str | None:
    """How far an import got; None where it never began or is complete."""
    row = connection.execute(
        "SELECT done FROM imports WHERE account_id = ? AND source = ?", (account_id, source)
    ).fetchone()
    return str(row[0]) if row else None


def save(tx: Transaction, account_id: int, source: str, done: str) -> None:
    """Note how far an import got, in the transaction that stores the batch."""
    tx.execute(
        "INSERT OR REPLACE INTO imports (account_id, source, done, updated_at) VALUES (?,?,?,?)",
        (account_id, source, done, tx.now),
    )


def forget(tx: Transaction, account_id: int, source: str) -> None:
    """The import is complete."""
    tx.execute("DELETE FROM imports WHERE account_id = ? AND source = ?", (account_id, source))

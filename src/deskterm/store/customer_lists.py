"""Finding customers, by address or by name."""

from __future__ import annotations

import sqlite3

_ESCAPES = str.maketrans({"%": "\\%", "_": "\\_", "\\": "\\\\"})


def find(connection: sqlite3.Connection, words: str, limit: int) -> list[sqlite3.Row]:
    """The customers with that address or handle; where there is none, those whose name holds the
    words, the ones that came last first.
    """
    words = words.strip()
    exact = connection.execute(
        "SELECT DISTINCT c.* FROM identities i JOIN customers c ON c.id = i.customer_id"
        " WHERE i.value IN (?1, lower(?1)) ORDER BY c.id LIMIT ?2",
        (words, limit),
    ).fetchall()
    if exact or not words:
        return exact
    return connection.execute(
        "SELECT c.* FROM customers c WHERE c.name LIKE ?1 ESCAPE '\\' OR EXISTS"
        " (SELECT 1 FROM identities i WHERE i.customer_id = c.id AND i.name LIKE ?1 ESCAPE '\\')"
        " ORDER BY c.id DESC LIMIT ?2",
        (f"%{words.translate(_ESCAPES)}%", limit),
    ).fetchall()


def identities(connection: sqlite3.Connection, customer_id: int, limit: int) -> list[sqlite3.Row]:
    """The addresses and handles of a customer."""
    return connection.execute(
        "SELECT kind, value, name FROM identities WHERE customer_id = ? ORDER BY id LIMIT ?",
        (customer_id, limit),
    ).fetchall()

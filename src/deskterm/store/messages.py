"""Messages as they came."""

from __future__ import annotations

import sqlite3
import zlib

from deskterm.domain.errors import DesktermError


def raw_of(connection: sqlite3.Connection, message_row: int) -> bytes:
    """The raw bytes of a message, card numbers masked; empty where none are kept."""
    row = connection.execute(
        "SELECT content FROM raw_messages WHERE message_row = ?", (message_row,)
    ).fetchone()
    return zlib.decompress(row[0]) if row else b""


def raw_beginning(
    connection: sqlite3.Connection, message_row: int, most: int
) -> tuple[bytes, int] | None:
    """The first bytes of a message as it came, and how many there are in all; None where none
    are kept. No more is unpacked than is asked for.
    """
    row = connection.execute(
        "SELECT content, size FROM raw_messages WHERE message_row = ?", (message_row,)
    ).fetchone()
    if row is None:
        return None
    return zlib.decompressobj().decompress(row["content"], most), row["size"]


def newest_raw(connection: sqlite3.Connection, ticket_id: int) -> bytes:
    """The newest message of a ticket as it came.

    Raises:
        DesktermError: none is kept (`no_raw`).
    """
    row = connection.execute(
        "SELECT r.content FROM raw_messages r JOIN messages m ON m.id = r.message_row"
        " WHERE m.ticket_id = ? ORDER BY m.id DESC LIMIT 1",
        (ticket_id,),
    ).fetchone()
    if row is None:
        raise DesktermError("No raw message is kept for this ticket", code="no_raw")
    return zlib.decompress(row[0])

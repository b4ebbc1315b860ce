"""Everything that is kept of one customer, row by row, as `docs/data.md` explains the tables."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from typing import Final

from deskterm.store.belongings import person_of, rows_of
from deskterm.store.mentions import find, written_by

_IN: Final = "IN (SELECT value FROM json_each(?))"
_OF_MESSAGES: Final = ("attachments", "mail_places")
_OF_TICKETS: Final = ("notes", "order_mentions", "ticket_tags", "ticket_links", "ticket_orders")
_OF_ORDERS: Final = (
    *("line_items", "shipments", "tracking_events", "refunds", "returns", "order_notes"),
)

Row = dict[str, object]


def everything_of(
    connection: sqlite3.Connection, customer: sqlite3.Row
) -> Iterator[tuple[str, Row]]:
    """Each row with the name of its table; what is stored as bytes (raw copies) is left out."""
    person = person_of(connection, customer)
    elsewhere = written_by(connection, person, find(connection, person))
    rows = rows_of(connection, customer["id"], elsewhere)

    def several(table: str, column: str, ids: Sequence[object]) -> Iterator[tuple[str, Row]]:
        sql = f"SELECT * FROM {table} WHERE {column} {_IN} ORDER BY 1, 2"
        for row in connection.execute(sql, (json.dumps(list(ids)),)):
            yield table, {k: v for k, v in dict(row).items() if not isinstance(v, bytes)}

    own = (customer["id"],)
    yield from several("customers", "id", own)
    yield from several("identities", "customer_id", own)
    yield from several("tickets", "id", rows.tickets)
    yield from several("messages", "id", rows.messages)
    for table in _OF_MESSAGES:
        yield from several(table, "message_row", rows.messages)
    for table in _OF_TICKETS:
        yield from several(table, "ticket_id", rows.tickets)
    yield from several("drafts", "uid", rows.drafts)
    yield from several("outbox_items", "id", rows.items)
    yield from several("orders", "id", rows.orders)
    for table in _OF_ORDERS:
        yield from several(table, "order_id", rows.orders)
    yield from several("journal_values", "customer_id", own)

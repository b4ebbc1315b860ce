"""What triage needs of the tables: links between tickets, merging, reasons, calls, send later.

`home_id` is the ticket that something belongs to by itself, where a merge has it on another one:
then `ticket_id` follows from it and from `merged_into_id` (`deskterm.store.merging`).
"""

from __future__ import annotations

from typing import Final

from deskterm.store.tables import table

#: What a merge takes along from one ticket to another.
MOVING: Final = ("threads", "notes", "order_mentions", "ticket_orders")

#: Tickets that know of each other: `ticket_id` is a `kind` of `other_id`.
TABLES: Final = (
    table(
        "ticket_links",
        "id",
        "id int, uid text!, ticket_id int!, other_id int!, kind text!, author text!, "
        "created_at text!, revoked_at text",
        refs={"ticket_id": "tickets", "other_id": "tickets"},
    ),
)

STATEMENTS: Final = (
    "ALTER TABLE tickets ADD COLUMN contact_reason TEXT",
    "ALTER TABLE tickets ADD COLUMN priority TEXT NOT NULL DEFAULT 'normal'",
    "ALTER TABLE tickets ADD COLUMN merged_into_id INTEGER REFERENCES tickets(id)",
    "ALTER TABLE notes ADD COLUMN kind TEXT NOT NULL DEFAULT 'note'",
    "ALTER TABLE notes ADD COLUMN direction TEXT",
    "ALTER TABLE notes ADD COLUMN duration_s INTEGER",
    "ALTER TABLE outbox_items ADD COLUMN send_at TEXT",
    *(
        statement
        for name in MOVING
        for statement in (
            f"ALTER TABLE {name} ADD COLUMN home_id INTEGER REFERENCES tickets(id)",
            f"CREATE INDEX {name}_home ON {name} (home_id) WHERE home_id IS NOT NULL",
        )
    ),
    "CREATE UNIQUE INDEX ticket_links_uid ON ticket_links (uid)",
    "CREATE INDEX ticket_links_ticket ON ticket_links (ticket_id)",
    "CREATE INDEX ticket_links_other ON ticket_links (other_id)",
    "CREATE INDEX tickets_merged ON tickets (merged_into_id) WHERE merged_into_id IS NOT NULL",
    "CREATE INDEX tickets_reason ON tickets (contact_reason) WHERE contact_reason IS NOT NULL",
    # What was merged into another ticket is in no list.
    "DROP INDEX tickets_latest",
    "CREATE INDEX tickets_latest ON tickets (last_message_at, id) WHERE merged_into_id IS NULL",
)

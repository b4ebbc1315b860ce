"""What is kept of sentences that agents type again and again: counts, and texts without values."""

from __future__ import annotations

from typing import Final

from deskterm.store.tables import table

TABLES: Final = (
    table(
        "repeats",
        "id",
        "id int, uid text!, digest text!, language text!, whole int!, source text!, state text!, "
        "macro text!, told int!, first_at text!, last_at text!",
        defaults={"whole": 0, "source": "", "state": "", "macro": "", "told": 0},
    ),
    table(
        "repeat_uses",
        "id",
        "id int, repeat_id int!, item_uid text!, ticket_id int!, channel_kind text!, author text!",
        refs={"repeat_id": "repeats"},
    ),
)

STATEMENTS: Final = (
    "CREATE UNIQUE INDEX repeats_digest ON repeats (digest)",
    "CREATE INDEX repeats_last ON repeats (last_at)",
    "CREATE INDEX repeat_uses_repeat ON repeat_uses (repeat_id, author)",
    "CREATE INDEX repeat_uses_item ON repeat_uses (item_uid)",
    "CREATE INDEX repeat_uses_ticket ON repeat_uses (ticket_id)",
    # Of a reply that was made from several macros each is learned from.
    "DROP INDEX macro_picks_item",
    "CREATE UNIQUE INDEX macro_picks_item ON macro_picks (item_uid, macro)"
    " WHERE item_uid IS NOT NULL",
)

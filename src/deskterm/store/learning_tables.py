"""What macros are learned from: who took which, and the counts that came of it. No text."""

from __future__ import annotations

from typing import Final

from deskterm.store.tables import table

TABLES: Final = (
    table(
        "macro_picks",
        "id",
        "id int, item_uid text, ticket_id int!, message_row int, macro text!, kind text!, "
        "weight int!, offered text!, author text!, at text!",
        defaults={"macro": "", "weight": 0, "offered": ""},
    ),
    table(
        "macro_counts",
        "macro feature",
        "macro text, feature text, weight int!, seq int!",
    ),
    table(
        "macro_uses",
        "macro author",
        "macro text, author text, used int!, rewritten int!, dismissed int!, offered int!",
        defaults={"used": 0, "rewritten": 0, "dismissed": 0, "offered": 0},
    ),
)

STATEMENTS: Final = (
    "CREATE UNIQUE INDEX macro_picks_item ON macro_picks (item_uid) WHERE item_uid IS NOT NULL",
    "CREATE INDEX macro_picks_ticket ON macro_picks (ticket_id)",
    "CREATE INDEX macro_counts_seq ON macro_counts (seq)",
)

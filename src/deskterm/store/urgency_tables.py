"""What the urgency of tickets needs of the tables.

`urgency` is the score in minutes, `urgency_causes` names why, with blanks between. `urgency_until`
is when time alone changes it. `window_ends_at` is when the window for an answer closes.
"""

from __future__ import annotations

from typing import Final

#: Where a ticket stands: the second since which its customer counts as waiting. Where nobody waits,
#: it stands behind. Indexes of the same words keep the order.
RANK: Final = (
    "coalesce(CAST(strftime('%s', {t}waiting_since) AS INTEGER) - 60 * {t}urgency,"
    " CAST(strftime('%s', {t}last_message_at) AS INTEGER) + 100000000000)"
)
_RANK: Final = RANK.format(t="")

#: The conditions are those of `deskterm.store.where`, word for word, or SQLite does not use the
#: index (https://www.sqlite.org/partialindex.html section 3).
STATEMENTS: Final = (
    "ALTER TABLE tickets ADD COLUMN urgency_causes TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE tickets ADD COLUMN urgency_until TEXT",
    "ALTER TABLE tickets ADD COLUMN window_ends_at TEXT",
    f"CREATE INDEX tickets_pressing ON tickets ({_RANK}, id)"
    " WHERE ((status IN ('new', 'open') AND outgoing IS NULL) OR attention IS NOT NULL)",
    "DROP INDEX tickets_owner",
    f"CREATE INDEX tickets_owner ON tickets (assignee, {_RANK}, id, account_id)"
    " WHERE status NOT IN ('resolved', 'closed', 'spam')",
    "CREATE INDEX tickets_window ON tickets (window_ends_at) WHERE window_ends_at IS NOT NULL",
    "CREATE INDEX tickets_urgency_until ON tickets (urgency_until) WHERE urgency_until IS NOT NULL",
    # It is worked out when a message is read, and what customers wait for is read anew.
    "UPDATE messages SET derived = 0 WHERE id IN (SELECT max(m.id) FROM tickets t"
    " JOIN messages m ON m.ticket_id = t.id AND m.direction = 'inbound' AND m.automatic IS NULL"
    " WHERE t.waiting_since IS NOT NULL GROUP BY t.id)",
)

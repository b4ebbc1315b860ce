"""What suggested contact reasons need of the tables.

`suggested_reason` is the reason that a ticket seems to have; none where no macro speaks to what its
customer writes. `reason_message` is the message that it was read for, 0 where it is to be read, or
to be read anew.
"""

from __future__ import annotations

from typing import Final

#: The customer's newest message, as stage two has seen it or an agent judged it; 0: there is none.
NEWEST: Final = "max(coalesce(mood_message, 0), coalesce(mood_settled, 0))"
#: The condition that the reason of a ticket is to be read. Its index holds these tickets alone, so
#: that a look costs what there is to do (https://www.sqlite.org/partialindex.html section 3).
UNREAD: Final = (
    "waiting_since IS NOT NULL AND status NOT IN ('resolved', 'closed', 'spam')"
    f" AND contact_reason IS NULL AND reason_message <> {NEWEST}"
)
#: The reason that counts: what an agent said, else what is suggested.
KNOWN: Final = "coalesce({t}contact_reason, {t}suggested_reason)"
_KNOWN: Final = KNOWN.format(t="")

STATEMENTS: Final = (
    "ALTER TABLE tickets ADD COLUMN suggested_reason TEXT",
    "ALTER TABLE tickets ADD COLUMN reason_sure INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE tickets ADD COLUMN reason_message INTEGER NOT NULL DEFAULT 0",
    f"CREATE INDEX tickets_reason_unread ON tickets (last_message_at, id) WHERE {UNREAD}",
    "DROP INDEX tickets_reason",
    f"CREATE INDEX tickets_reason ON tickets ({_KNOWN}, last_message_at, id)"
    f" WHERE {_KNOWN} IS NOT NULL",
)

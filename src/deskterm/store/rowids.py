"""Row ids of messages: (received seconds since 2010) x 64 + counter, next free upward.

A search that walks the index from its end meets the newest message first and stops there.
"""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Sequence

from deskterm.store.transaction import Transaction

_PER_SECOND = 64
_REMEMBERED = 4_096


class RowIds:
    """Hands out ids.

    Remembers where the last runs ended, so that many mails of one second (a mailbox copied in
    one go) cost one look a batch and not a walk.
    """

    def __init__(self) -> None:
        self._ends: OrderedDict[int, int] = OrderedDict()

    def take(self, tx: Transaction, seconds: Sequence[int]) -> list[int]:
        """Ids for messages received at `seconds` (whole seconds since 2010, ascending)."""
        starts = {s: max(s * _PER_SECOND, self._ends.get(s, -1) + 1) for s in seconds}
        taken = {
            row[0]
            for row in tx.all(
                "SELECT id FROM messages WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(starts.values())),),
            )
        }
        ids: list[int] = []
        last = -1
        for second in seconds:
            start = starts[second]
            looked_at = last < start and start not in taken
            last = start if looked_at else self._free(tx, max(start, last + 1))
            self._remember(second, last)
            ids.append(last)
        return ids

    def _remember(self, second: int, end: int) -> None:
        self._ends[second] = end
        self._ends.move_to_end(second)
        if len(self._ends) > _REMEMBERED:
            self._ends.popitem(last=False)

    @staticmethod
    def _free(tx: Transaction, candidate: int) -> int:
        if tx.one("SELECT 1 FROM messages WHERE id = ?", (candidate,)) is None:
            return candidate
        row = tx.one(
            "SELECT m.id + 1 FROM messages m WHERE m.id >= ? AND NOT EXISTS"
            " (SELECT 1 FROM messages n WHERE n.id = m.id + 1) ORDER BY m.id LIMIT 1",
            (candidate,),
        )
        return int(row[0]) if row else candidate

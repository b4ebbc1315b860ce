"""Links: two tickets that know of each other."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

from deskterm.store.transaction import Change, Transaction

LinkKind = Literal["duplicate_of", "related_to"]


@dataclass(frozen=True, slots=True)
class Link:
    """A link as one of its tickets sees it. `outward`: this ticket is a `kind` of the other."""

    kind: str
    ref: str
    outward: bool


def add(
    tx: Transaction, change: Change, ticket: sqlite3.Row, other: sqlite3.Row, kind: LinkKind
) -> None:
    """Link a ticket to another one; nothing where it is linked so already."""
    _set(tx, change, ticket, (kind, other["uid"]), there=True)


def invert(
    tx: Transaction, change: Change, ticket: sqlite3.Row, value: str, *, there: bool
) -> bool:
    """Take a link back, or bring it back. `value` is what the journal says of it; False where
    nothing is different then.
    """
    kind, _, uid = value.partition(" ")
    return _set(tx, change, ticket, (kind, uid), there=there)


def _set(
    tx: Transaction, change: Change, ticket: sqlite3.Row, to: tuple[str, str], *, there: bool
) -> bool:
    kind, uid = to
    other = tx.one("SELECT id FROM tickets WHERE uid = ?", (uid,))
    if other is None:
        return False
    row = tx.one(
        "SELECT id, revoked_at FROM ticket_links"
        " WHERE ticket_id = ? AND other_id = ? AND kind = ? ORDER BY id DESC LIMIT 1",
        (ticket["id"], other["id"], kind),
    )
    if (row is not None and row["revoked_at"] is None) == there:
        return False
    if row is None:
        tx.execute(
            "INSERT INTO ticket_links (uid, ticket_id, other_id, kind, author, created_at)"
            " VALUES (?,?,?,?,?,?)",
            (tx.new_uid(), ticket["id"], other["id"], kind, change.author, tx.now),
        )
    else:
        tx.execute(
            "UPDATE ticket_links SET revoked_at = ? WHERE id = ?",
            (None if there else tx.now, row["id"]),
        )
    value = f"{kind} {uid}"
    op, old, new = ("add", None, value) if there else ("remove", value, None)
    tx.journal(change, "ticket", ticket["uid"], "link", op, old, new, ticket["customer_id"])
    return True


def of_ticket(connection: sqlite3.Connection, ticket_id: int) -> list[Link]:
    """The links of a ticket that stand, oldest first."""
    rows = connection.execute(
        "SELECT l.kind, k.ref, l.ticket_id = ?1 FROM ticket_links l JOIN tickets k"
        " ON k.id = CASE WHEN l.ticket_id = ?1 THEN l.other_id ELSE l.ticket_id END"
        " WHERE ?1 IN (l.ticket_id, l.other_id) AND l.revoked_at IS NULL ORDER BY l.id",
        (ticket_id,),
    ).fetchall()
    return [Link(row[0], row[1], bool(row[2])) for row in rows]

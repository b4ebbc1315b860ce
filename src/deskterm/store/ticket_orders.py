"""Which tickets are about which orders: what was found, and what agents decided.

A link that was found (`deskterm.domain.matching`) follows from mails and orders and is worked out
anew when one of them comes; it is in no journal. What an agent linked or unlinked stays, whatever
comes. So a row is an agent's where `method` is `agent`, or where somebody revoked it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from deskterm.domain.clock import from_text, to_text
from deskterm.domain.matching import BY_AGENT, REACH, SLACK, Candidate, Match, TicketFacts, match
from deskterm.store import reasons, urgency
from deskterm.store.transaction import Change, Transaction

#: Who signs a link that was found.
FOUND = "sync"

#: Tickets that one order can be found for when it comes, and orders among which one is looked for.
_MOST_TICKETS = 200
_MOST_CANDIDATES = 500
_MOST_NAMED = 100
_MOST_ADDRESSES = 20
_MOST_MESSAGES = 50

_CANDIDATES = (
    "SELECT o.id, o.ref_key, o.placed_at, o.buyer_key, o.payment FROM orders o"
    " JOIN accounts a ON a.id = o.account_id WHERE a.removed_at IS NULL"
    " AND (a.id = :account OR NOT (a.marketplace OR :marketplace)) AND "
)
_BY_REF = _CANDIDATES + "o.ref_key IN (SELECT value FROM json_each(:named)) LIMIT :most"
_BY_BUYER = (
    _CANDIDATES + "o.buyer_key IN (SELECT value FROM json_each(:addresses)) AND o.buyer_key != ''"
    " AND o.placed_at BETWEEN :after AND :before ORDER BY o.placed_at LIMIT :most"
)
#: Tickets in a batch for which there is anything to look at.
_WORTH_A_LOOK = (
    "SELECT m.ticket_id FROM order_mentions m"
    " WHERE m.ticket_id IN (SELECT value FROM json_each(?1))"
    " AND EXISTS (SELECT 1 FROM orders o WHERE o.ref_key = m.order_ref)"
    " UNION SELECT t.id FROM tickets t JOIN identities i ON i.customer_id = t.customer_id"
    " AND i.kind = 'email' WHERE t.id IN (SELECT value FROM json_each(?1))"
    " AND EXISTS (SELECT 1 FROM orders o WHERE o.buyer_key = i.value AND o.buyer_key != '')"
    " UNION SELECT l.ticket_id FROM ticket_orders l"
    " WHERE l.ticket_id IN (SELECT value FROM json_each(?1))"
)
_TOUCHED_BY = (
    "SELECT ticket_id FROM (SELECT m.ticket_id FROM orders o JOIN order_mentions m"
    " ON m.order_ref = o.ref_key WHERE o.id = ?1 LIMIT ?2)"
    " UNION SELECT id FROM (SELECT t.id FROM orders o JOIN identities i ON i.kind = 'email'"
    " AND i.value = o.buyer_key JOIN tickets t ON t.customer_id = i.customer_id"
    " WHERE o.id = ?1 AND o.buyer_key != '' AND t.last_message_at >= ?3"
    " ORDER BY t.last_message_at LIMIT ?2)"
    " UNION SELECT ticket_id FROM (SELECT ticket_id FROM ticket_orders WHERE order_id = ?1"
    " LIMIT ?2)"
)
_TICKET = (
    "SELECT t.id, t.account_id, t.customer_id, t.last_message_at, a.marketplace"
    " FROM tickets t JOIN accounts a ON a.id = t.account_id WHERE t.id = ?"
)
#: The surest first; of an agent's the last one; of the others the last order.
_IN_ORDER = (
    "ORDER BY l.score DESC, CASE l.method WHEN 'agent' THEN l.created_at END DESC,"
    " o.placed_at DESC, o.id"
)


@dataclass(frozen=True, slots=True)
class Link:
    """A ticket's link to an order, by row; `reason` as in `deskterm.domain.matching.Match`."""

    order: int
    method: str
    score: int
    reason: dict[str, str]
    author: str
    created_at: str


def links(connection: sqlite3.Connection, ticket_id: int, most: int) -> list[Link]:
    """The orders that a ticket is about, the first one first."""
    rows = connection.execute(
        "SELECT l.order_id, l.method, l.score, l.reason, l.author, l.created_at AS at"
        " FROM ticket_orders l JOIN orders o ON o.id = l.order_id"
        f" WHERE l.ticket_id = ? AND l.revoked_at IS NULL {_IN_ORDER} LIMIT ?",
        (ticket_id, most),
    ).fetchall()
    return [
        Link(r["order_id"], r["method"], r["score"], json.loads(r["reason"]), r["author"], r["at"])
        for r in rows
    ]


def match_orders(tx: Transaction, orders: Iterable[int]) -> None:
    """Find the tickets of orders that are new or have changed."""
    tickets: set[int] = set()
    for order in orders:
        row = tx.one("SELECT placed_at FROM orders WHERE id = ?", (order,))
        if row is not None:
            since = to_text(from_text(row[0]) - SLACK)
            found = tx.all(_TOUCHED_BY, (order, _MOST_TICKETS, since))
            tickets.update(one[0] for one in found)
    for ticket_id in sorted(tickets):
        _match(tx, ticket_id)


def match_tickets(tx: Transaction, tickets: Collection[int]) -> None:
    """Find the orders of tickets to which messages came, or about which an agent decided."""
    if tickets and tx.one("SELECT 1 FROM orders LIMIT 1") is not None:
        for row in tx.all(_WORTH_A_LOOK, (json.dumps(sorted(tickets)),)):
            _match(tx, row[0])


def link(tx: Transaction, change: Change, ticket: sqlite3.Row, order: int) -> bool:
    """An agent says that a ticket is about an order; False where one has said so already."""
    if _standing(tx, ticket["id"], order, "AND method = 'agent'"):
        return False
    uid = tx.new_uid()
    _add(tx, uid, ticket["id"], Match(order, "agent", BY_AGENT), change.author)
    _journal(tx, change, ticket, "add", uid)
    _match(tx, ticket["id"])
    return True


def unlink(tx: Transaction, change: Change, ticket: sqlite3.Row, order: int) -> bool:
    """An agent says that a ticket is not about an order; False where nothing said it was."""
    standing = _standing(tx, ticket["id"], order)
    for uid in standing:
        _revoke(tx, uid, change.author)
        _journal(tx, change, ticket, "remove", uid)
    _match(tx, ticket["id"])
    return bool(standing)


def put_back(tx: Transaction, change: Change, ticket: sqlite3.Row, uid: str, op: str) -> bool:
    """Take back an entry of the journal about a link: `add` is revoked, `remove` stands again.

    False where it is no longer as that entry left it. What a redo removes an agent has removed;
    what an undo removes nobody ever linked.
    """
    row = tx.one("SELECT revoked_at FROM ticket_orders WHERE uid = ?", (uid,))
    if row is None or (row[0] is None) != (op == "add"):
        return False
    if op == "add":
        _revoke(tx, uid, change.author if change.cause == "redo" else None)
    else:
        tx.execute(
            "UPDATE ticket_orders SET revoked_at = NULL, revoked_by = NULL WHERE uid = ?", (uid,)
        )
    _journal(tx, change, ticket, "remove" if op == "add" else "add", uid)
    _match(tx, ticket["id"])
    return True


def forget_found(tx: Transaction, ticket_id: int) -> None:
    """Forget what was found for a ticket that goes into another one."""
    tx.execute("DELETE FROM ticket_orders WHERE ticket_id = ?", (ticket_id,))


def _standing(tx: Transaction, ticket_id: int, order: int, condition: str = "") -> list[str]:
    rows = tx.all(
        "SELECT uid FROM ticket_orders WHERE ticket_id = ? AND order_id = ?"
        f" AND revoked_at IS NULL {condition} ORDER BY id",
        (ticket_id, order),
    )
    return [row[0] for row in rows]


def _revoke(tx: Transaction, uid: str, by: str | None) -> None:
    tx.execute(
        "UPDATE ticket_orders SET revoked_at = ?, revoked_by = ? WHERE uid = ?", (tx.now, by, uid)
    )


def _journal(tx: Transaction, change: Change, ticket: sqlite3.Row, op: str, uid: str) -> None:
    old, new = (None, uid) if op == "add" else (uid, None)
    tx.journal(change, "ticket", ticket["uid"], "order", op, old, new, ticket["customer_id"])


def _match(tx: Transaction, ticket_id: int) -> None:
    """Work out anew what a ticket is about, as far as no agent decided."""
    ticket = tx.one(_TICKET, (ticket_id,))
    if ticket is None:
        return
    rows = tx.all(
        "SELECT uid, order_id, method, score, reason, revoked_at, revoked_by"
        " FROM ticket_orders WHERE ticket_id = ?",
        (ticket_id,),
    )
    linked = {r["order_id"] for r in rows if r["method"] == "agent" and r["revoked_at"] is None}
    unlinked = {r["order_id"] for r in rows if r["revoked_by"] is not None}
    facts = _facts(tx, ticket, decided=bool(linked | unlinked))
    wanted = {
        one.order_id: one
        for one in match(facts, _candidates(tx, ticket, facts))
        if one.order_id not in linked | unlinked
    }
    for row in rows:
        if row["method"] == "agent" or row["revoked_at"] is not None:
            continue
        if _is(row, wanted.get(row["order_id"])):
            del wanted[row["order_id"]]
        else:
            tx.execute("DELETE FROM ticket_orders WHERE uid = ?", (row["uid"],))
    for one in wanted.values():
        _add(tx, tx.new_uid(), ticket_id, one, FOUND)
    urgency.refresh(tx, [ticket_id])
    reasons.forget(tx, [ticket_id])


def _add(tx: Transaction, uid: str, ticket_id: int, found: Match, author: str) -> None:
    reason = json.dumps(dict(found.reason))
    tx.execute(
        "INSERT INTO ticket_orders (uid, ticket_id, order_id, method, score, reason, author,"
        " created_at) VALUES (?,?,?,?,?,?,?,?)",
        (uid, ticket_id, found.order_id, found.method, found.score, reason, author, tx.now),
    )


def _is(row: sqlite3.Row, wanted: Match | None) -> bool:
    """Whether a link that stands is what was found just now."""
    return wanted is not None and (row["method"], row["score"], json.loads(row["reason"])) == (
        wanted.method,
        wanted.score,
        dict(wanted.reason),
    )


def _facts(tx: Transaction, ticket: sqlite3.Row, *, decided: bool) -> TicketFacts:
    named = tx.all(
        "SELECT order_ref, text FROM order_mentions WHERE ticket_id = ? ORDER BY rowid LIMIT ?",
        (ticket["id"], _MOST_NAMED),
    )
    addresses = tx.all(
        "SELECT value FROM identities WHERE customer_id = ? AND kind = 'email' ORDER BY id LIMIT ?",
        (ticket["customer_id"], _MOST_ADDRESSES),
    )
    wrote_at = tx.all(
        "SELECT received_at FROM messages WHERE ticket_id = ? AND direction = 'inbound'"
        " AND automatic IS NULL ORDER BY id LIMIT ?",
        (ticket["id"], _MOST_MESSAGES),
    )
    return TicketFacts(
        named={row[0]: row[1] for row in named},
        addresses=frozenset(row[0] for row in addresses),
        wrote_at=[from_text(row[0]) for row in wrote_at],
        last_at=from_text(ticket["last_message_at"]),
        decided=decided,
    )


def _candidates(tx: Transaction, ticket: sqlite3.Row, facts: TicketFacts) -> list[Candidate]:
    """The orders that a ticket can be about. Own shops share theirs with the shop's mailboxes; a
    marketplace's belong to its own tickets alone.
    """
    where = {
        "account": ticket["account_id"],
        "marketplace": ticket["marketplace"],
        "most": _MOST_CANDIDATES,
    }
    rows: list[sqlite3.Row] = []
    if facts.named:
        rows += tx.connection.execute(_BY_REF, {**where, "named": json.dumps(list(facts.named))})
    if facts.addresses and facts.wrote_at:
        span = {
            "addresses": json.dumps(sorted(facts.addresses)),
            "after": to_text(facts.wrote_at[0] - REACH),
            "before": to_text(facts.wrote_at[-1] + SLACK),
        }
        rows += tx.connection.execute(_BY_BUYER, {**where, **span})
    found = {row[0]: Candidate(row[0], row[1], from_text(row[2]), row[3], row[4]) for row in rows}
    return list(found.values())

"""What is known of a ticket where a ready text is looked for."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from deskterm.domain.order import Order
from deskterm.domain.triage import GRAVE
from deskterm.store.order_reading import load
from deskterm.store.ticket_orders import links

#: Parts of one kind that are read of the order, and messages that are looked at.
_MOST_PARTS = 50
_MOST_MESSAGES = 8

_NEWEST = (
    "SELECT direction, coalesce(shown, body) AS text FROM messages"
    " WHERE ticket_id = ? AND automatic IS NULL ORDER BY id DESC LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class TicketSituation:
    """A ticket, as the channel tells of it.

    Args:
        text: what the customer wrote since our last answer, the newest first, without quoted text
            and signatures; where we wrote last, what that answered. Empty: nothing.
        reason: the contact reason; empty: nobody said.
        marketplace: whether it is a third party's channel.
        order: the first order that the ticket is about.
        account: name of the account that it came by.
        messages: how many messages the customer has written.
        grave: whether the customer's newest message speaks of the law or of danger.
    """

    ref: str
    channel: str
    marketplace: bool
    customer: str
    subject: str
    reason: str
    text: str
    order: Order | None
    account: str = ""
    grave: bool = False
    messages: int = 0


def situation(connection: sqlite3.Connection, ticket_id: int) -> TicketSituation | None:
    """The situation of a ticket; None where there is no ticket."""
    row = connection.execute(
        "SELECT t.ref, t.channel, t.customer_name, t.subject, t.contact_reason, a.marketplace,"
        " a.name AS account, t.risks, (SELECT count(*) FROM messages m WHERE m.ticket_id = t.id"
        " AND m.direction = 'inbound' AND m.automatic IS NULL) AS messages"
        " FROM tickets t JOIN accounts a ON a.id = t.account_id"
        " WHERE t.id = ?",
        (ticket_id,),
    ).fetchone()
    if row is None:
        return None
    orders = load(connection, [link.order for link in links(connection, ticket_id, 1)], _MOST_PARTS)
    return TicketSituation(
        ref=row["ref"],
        channel=row["channel"],
        marketplace=bool(row["marketplace"]),
        customer=row["customer_name"],
        subject=row["subject"],
        reason=row["contact_reason"] or "",
        text="\n\n".join(_open_texts(connection, ticket_id)),
        order=orders[0].order if orders else None,
        account=row["account"],
        messages=row["messages"],
        grave=not GRAVE.isdisjoint(row["risks"].split()),
    )


def newest_texts(connection: sqlite3.Connection, ticket_id: int, most: int) -> list[str]:
    """What the customer wrote last, the newest first, without quoted text and signatures."""
    rows = connection.execute(
        "SELECT coalesce(shown, body) FROM messages WHERE ticket_id = ? AND direction = 'inbound'"
        " AND automatic IS NULL ORDER BY id DESC LIMIT ?",
        (ticket_id, most),
    ).fetchall()
    return [row[0] for row in rows]


def _open_texts(connection: sqlite3.Connection, ticket_id: int) -> list[str]:
    texts: list[str] = []
    for row in connection.execute(_NEWEST, (ticket_id, _MOST_MESSAGES)).fetchall():
        if row["direction"] == "inbound":
            texts.append(row["text"])
        elif texts:
            break
    return texts

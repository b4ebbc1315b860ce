"""What is known of a ticket where a ready text is looked for."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from deskterm.domain.order import Order
from deskterm.store.order_reading import load
from deskterm.store.ticket_orders import links
from deskterm.store.tickets import newest_inbound

#: Parts of one kind that are read of the order.
_MOST_PARTS = 50


@dataclass(frozen=True, slots=True)
class TicketSituation:
    """A ticket, as the channel tells of it.

    Args:
        text: the customer's newest message without quoted text and signature; empty without one.
        reason: the contact reason; empty: nobody said.
        marketplace: whether it is a third party's channel.
        order: the first order that the ticket is about.
    """

    ref: str
    channel: str
    marketplace: bool
    customer: str
    subject: str
    reason: str
    text: str
    order: Order | None


def situation(connection: sqlite3.Connection, ticket_id: int) -> TicketSituation | None:
    """The situation of a ticket; None where there is no ticket."""
    row = connection.execute(
        "SELECT t.ref, t.channel, t.customer_name, t.subject, t.contact_reason, a.marketplace"
        " FROM tickets t JOIN accounts a ON a.id = t.account_id WHERE t.id = ?",
        (ticket_id,),
    ).fetchone()
    if row is None:
        return None
    newest = newest_inbound(connection, ticket_id)
    text = "" if newest is None else newest["body"] if newest["shown"] is None else newest["shown"]
    orders = load(connection, [link.order for link in links(connection, ticket_id, 1)], _MOST_PARTS)
    return TicketSituation(
        ref=row["ref"],
        channel=row["channel"],
        marketplace=bool(row["marketplace"]),
        customer=row["customer_name"],
        subject=row["subject"],
        reason=row["contact_reason"] or "",
        text=text,
        order=orders[0].order if orders else None,
    )

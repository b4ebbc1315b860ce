"""New messages by a channel that writes on orders: a shop whose notes on an order are mailed to its
buyer. Who is written to follows from the order, and all that is written on one order is one ticket.
"""

from __future__ import annotations

import sqlite3

from deskterm.domain.errors import DesktermError, UsageError
from deskterm.domain.order_refs import normalise
from deskterm.service.work import Work
from deskterm.store import merging, ticket_orders
from deskterm.store.accounts import Account
from deskterm.store.customers import begin_ticket
from deskterm.store.drafts import Content
from deskterm.store.tickets import ticket_by_ref

_ORDERS = (
    "SELECT id, remote_id, ref, buyer_key, buyer_name FROM orders"
    " WHERE account_id = ? AND ref_key = ? AND gone_at IS NULL LIMIT 2"
)
_TICKET = "SELECT ticket_id FROM threads WHERE account_id = ? AND remote_id = ? ORDER BY id LIMIT 1"


def begin_on_order(work: Work, account: Account, content: Content) -> sqlite3.Row:
    """The ticket of what is written on an order; its number stands where recipients stand.

    Raises:
        UsageError: no number is named.
        DesktermError: there is no such order, or there are several (`no_order`), or it does not
            tell its buyer's address (`no_recipient`).
    """
    tx, number = work.tx, content.to.strip()
    if not number:
        raise UsageError("No order is named", "", "Name its number with --to")
    found = tx.all(_ORDERS, (account.id, normalise(number)))
    if len(found) != 1:
        raise DesktermError(
            f"{account.name} has no single order {number[:40]!r}",
            "Messages by this account are notes on an order. Nothing was sent.",
            "Look at the number, or sync and try again",
            code="no_order",
        )
    order = found[0]
    if not order["buyer_key"]:
        raise DesktermError(
            f"The order {order['ref']} does not tell its buyer's address",
            "The shop could not mail a note. Nothing was sent.",
            "Write by another account",
            code="no_recipient",
        )
    there = tx.one(_TICKET, (account.id, order["remote_id"]))
    if there is not None:
        ticket_id = merging.end_of(tx.connection, there["ticket_id"])
        row: sqlite3.Row = tx.execute("SELECT * FROM tickets WHERE id = ?", (ticket_id,)).fetchone()
        return row
    ref = begin_ticket(
        tx,
        work.change(),
        account,
        (order["buyer_key"], order["buyer_name"]),
        content.subject.strip() or f"Order {order['ref']}",
        content.body,
        remote_id=order["remote_id"],
    )
    ticket = ticket_by_ref(tx.connection, ref)
    ticket_orders.link(tx, work.change(), ticket, order["id"])
    return ticket_by_ref(tx.connection, ref)

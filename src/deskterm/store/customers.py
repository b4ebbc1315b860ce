"""Customers and the tickets that are begun for them."""

from __future__ import annotations

import os

from deskterm.domain.ids import ticket_ref
from deskterm.domain.preview import preview_of
from deskterm.domain.ticket import Status
from deskterm.store.accounts import Account
from deskterm.store.transaction import Change, Transaction


def customer_of(tx: Transaction, kind: str, value: str, name: str) -> int:
    """The customer with that address or handle; a new one where nobody has it."""
    row = tx.one("SELECT customer_id FROM identities WHERE kind = ? AND value = ?", (kind, value))
    if row is not None:
        return int(row[0])
    cursor = tx.execute(
        "INSERT INTO customers (uid, name, created_at) VALUES (?,?,?)",
        (tx.new_uid(), name or value, tx.now),
    )
    customer_id = int(cursor.lastrowid or 0)
    tx.execute(
        "INSERT INTO identities (customer_id, kind, value, name) VALUES (?,?,?,?)",
        (customer_id, kind, value, name),
    )
    return customer_id


def new_ref(tx: Transaction) -> str:
    """A reference that no ticket has."""
    while True:
        ref = ticket_ref(os.urandom)
        if tx.one("SELECT 1 FROM tickets WHERE ref = ?", (ref,)) is None:
            return ref


def begin_ticket(
    tx: Transaction,
    change: Change,
    account: Account,
    party: tuple[str, str],
    subject: str,
    body: str,
    *,
    remote_id: str | None = None,
) -> str:
    """Begin a ticket, with a thread, for somebody who has not written; returns its reference.

    `party` is (address in the form used to compare, name), `remote_id` what the channel calls the
    thread, where it has one already.
    """
    address, name = party
    customer_id = customer_of(tx, "email", address, name)
    uid, ref = tx.new_uid(), new_ref(tx)
    cursor = tx.execute(
        "INSERT INTO tickets (uid, ref, account_id, channel, customer_id, customer_name,"
        " subject, preview, status, unread, urgency, last_message_at, created_at)"
        " VALUES (?,?,?,?,?,?,?,?,?,0,0,?,?)",
        (
            uid,
            ref,
            account.id,
            account.channel,
            customer_id,
            name or address,
            subject,
            preview_of(body),
            Status.NEW,
            tx.now,
            tx.now,
        ),
    )
    tx.execute(
        "INSERT INTO threads (ticket_id, account_id, remote_id, subject_key, last_message_at)"
        " VALUES (?,?,?,'',?)",
        (cursor.lastrowid, account.id, remote_id, tx.now),
    )
    tx.journal(change, "ticket", uid, "begun", "create", None, ref, customer_id)
    return ref

"""Telling people what became of mails that faces claimed, in the transaction that stores them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from deskterm.store import accounts, tickets
from deskterm.store.accounts import Account
from deskterm.store.transaction import Change, Transaction
from deskterm.sync.health import one_line


def remark(
    tx: Transaction, account_id: int, rows: Sequence[int], remarks: Mapping[str, str]
) -> None:
    """Put what is to be said about new messages on their tickets, where agents see it.

    Args:
        rows: the messages that are new; a repeat says nothing again.
        remarks: words by `remote_id`.
    """
    if not remarks or not rows:
        return
    change = Change("sync", "sync", tx.new_uid())
    for found in tx.all(
        "SELECT m.remote_id, m.ticket_id FROM messages m WHERE m.account_id = ?"
        " AND m.id IN (SELECT value FROM json_each(?))"
        " AND m.remote_id IN (SELECT value FROM json_each(?)) ORDER BY m.id",
        (account_id, json.dumps(list(rows)), json.dumps(list(remarks))),
    ):
        ticket = tx.one("SELECT * FROM tickets WHERE id = ?", (found["ticket_id"],))
        if ticket is not None:
            tickets.set_field(tx, change, ticket, "attention", remarks[found["remote_id"]])


def note_health(tx: Transaction, account: Account, why: str, *, is_used: bool) -> None:
    """Keep the line about an account whose mail comes through a mailbox.

    Args:
        why: what stopped its mail face at the last mail; empty where nothing did.
        is_used: whether mail came for it.
    """
    state = "broken" if why else "ok"
    text = one_line(f"{why}; its mail stays with {account.carrier}") if why else ""
    present = accounts.health(tx.connection, account.id)
    if is_used or present is None or (present.state, present.text) != (state, text):
        accounts.set_health(tx, account.id, state, text, None, 1 if why else 0)

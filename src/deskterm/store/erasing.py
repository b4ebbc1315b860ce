"""Erasing a customer (`deskterm.store.belongings`): rows go from every table.

Of the journal the values go, while its chain still verifies. What was written stands in the pages
of the full-text index until that is made anew (`merge_index`).
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from deskterm.store import mentions, merging, moods, tickets, tombstones, turns, urgency
from deskterm.store.belongings import Extent, Rows, extent, person_of, rows_of
from deskterm.store.mentions import Person
from deskterm.store.transaction import Change, Transaction

_UNFINISHED: Final = "erasing"
_STORED_FILE: Final = re.compile(r"[0-9a-f]{64}")
_IN: Final = "IN (SELECT value FROM json_each(?))"
#: What belongs to these, by the column that says to whom.
_BELONGINGS: Final = (
    ("item_id", ("outbox_attempts",)),
    ("message_row", ("mail_places", "raw_messages", "attachments")),
    (
        "order_id",
        (
            *("line_items", "shipments", "tracking_events", "refunds", "returns", "order_notes"),
            "ticket_orders",
        ),
    ),
    ("thread_id", ("thread_keys",)),
    (
        "ticket_id",
        (
            *("order_mentions", "ticket_tags", "ticket_orders", "ticket_links", "notes", "drafts"),
            *("macro_picks", "outbox_items", "threads"),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased. `files` are digests of attachments that nothing names any more; `refs` the
    references that the tickets had.
    """

    extent: Extent
    person: Person
    files: frozenset[str]
    refs: tuple[str, ...]


def erase(
    tx: Transaction, change: Change, customer: sqlite3.Row, mentioned: Sequence[int]
) -> Erased:
    """Erase a customer; what macros have learned of them is to be forgotten before.

    Args:
        mentioned: what `mentions.find` has found.
    """
    connection = tx.connection
    person = person_of(connection, customer)
    told = extent(connection, customer, mentioned)
    _take_apart(tx, change, rows_of(connection, customer["id"]).tickets)
    elsewhere = mentions.written_by(connection, person, mentioned)
    rows = rows_of(connection, customer["id"], elsewhere)
    others = [row for row in mentioned if row not in set(rows.messages)]
    files = _files(tx, rows)
    refs, uids = _names(tx, rows)
    touched = _tickets_of(tx, elsewhere)
    _forget_answers(tx, (*refs, *uids))
    mentions.unindex(tx, rows.messages)
    _delete_rows(tx, rows)
    _forget_journal(tx, customer["id"], uids)
    tx.execute("DELETE FROM identities WHERE customer_id = ?", (customer["id"],))
    tx.execute("DELETE FROM customers WHERE id = ?", (customer["id"],))
    _mend_others(tx, touched, elsewhere)
    mentions.mask(tx, person, others)
    tombstones.put(tx, person.identities)
    tx.journal(change, "customer", customer["uid"], "customer", "remove", None, None)
    unnamed = _unnamed(connection, files)
    _note_unfinished(tx, unnamed)
    return Erased(told, person, unnamed, tuple(refs))


def unfinished(connection: sqlite3.Connection) -> frozenset[str] | None:
    """Digests of files that are to go after an erasure whose end nobody has noted; None: there is
    no such erasure.
    """
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (_UNFINISHED,)).fetchone()
    return None if row is None else _unnamed(connection, row[0].split())


def finished(tx: Transaction) -> None:
    """Files, index and log are clean."""
    tx.execute("DELETE FROM meta WHERE name = ?", (_UNFINISHED,))


def _note_unfinished(tx: Transaction, files: Collection[str]) -> None:
    before = unfinished(tx.connection) or frozenset[str]()
    tx.execute(
        "INSERT OR REPLACE INTO meta (name, value) VALUES (?,?)",
        (_UNFINISHED, " ".join(sorted(before | set(files)))),
    )


def merge_index(tx: Transaction, pages: int) -> bool:
    """Go on making the full-text index anew, for about so many pages; below zero: begin.

    Returns whether there is more to do (https://www.sqlite.org/fts5.html 6.4).
    """
    before = tx.connection.total_changes
    tx.execute("INSERT INTO search (search, rank) VALUES ('merge', ?)", (pages,))
    return tx.connection.total_changes - before >= 2


def _take_apart(tx: Transaction, change: Change, own: Sequence[int]) -> None:
    """Take tickets of others out of theirs, and theirs out of those of others."""
    here = json.dumps(list(own))
    merged = tx.all(
        f"SELECT * FROM tickets WHERE merged_into_id IS NOT NULL AND (id {_IN})"
        f" <> (merged_into_id {_IN})",
        (here, here),
    )
    touched = set[int]()
    for ticket in merged:
        touched |= merging.set_merged(tx, change, ticket, None)
        if ticket["id"] not in own:
            tickets.set_field(tx, change, ticket, "status", turns.status_of(tx, ticket["id"]))
    moods.follow_messages(tx, touched)
    urgency.refresh(tx, touched)


def _files(tx: Transaction, rows: Rows) -> set[str]:
    """Digests of the files that these rows name."""
    found = {
        row[0]
        for row in tx.all(
            f"SELECT digest FROM attachments WHERE message_row {_IN}", (json.dumps(rows.messages),)
        )
    }
    for sql, ids in (
        (f"SELECT attachments FROM outbox_items WHERE id {_IN}", json.dumps(rows.items)),
        (f"SELECT files FROM drafts WHERE uid {_IN}", json.dumps(rows.drafts)),
    ):
        for row in tx.all(sql, (ids,)):
            found.update(_STORED_FILE.findall(row[0] or ""))
    return found


def _unnamed(connection: sqlite3.Connection, digests: Collection[str]) -> frozenset[str]:
    """Those of these files that no row names any more."""
    named = {
        row[0]
        for row in connection.execute(
            f"SELECT DISTINCT digest FROM attachments WHERE digest {_IN}",
            (json.dumps(sorted(digests)),),
        )
    }
    for sql in ("SELECT attachments FROM outbox_items", "SELECT files FROM drafts"):
        for row in connection.execute(sql):
            named.update(_STORED_FILE.findall(row[0] or ""))
    return frozenset(digests) - named


def _names(tx: Transaction, rows: Rows) -> tuple[list[str], list[str]]:
    """The references of the tickets, and by what else journal and answers know what goes."""
    found = tx.all(f"SELECT ref, uid FROM tickets WHERE id {_IN}", (json.dumps(rows.tickets),))
    items = tx.all(f"SELECT uid FROM outbox_items WHERE id {_IN}", (json.dumps(rows.items),))
    uids = [*(row["uid"] for row in found), *rows.drafts, *(row[0] for row in items)]
    return [row["ref"] for row in found], uids


def _tickets_of(tx: Transaction, messages: Sequence[int]) -> list[int]:
    rows = tx.all(
        f"SELECT DISTINCT ticket_id FROM messages WHERE id {_IN}", (json.dumps(list(messages)),)
    )
    return [row[0] for row in rows]


def _delete_rows(tx: Transaction, rows: Rows) -> None:
    """Everything that points to something goes before it."""
    orders = json.dumps(rows.orders)
    tx.execute(
        "DELETE FROM order_lookups WHERE order_ref IN (SELECT ref_key FROM orders"
        f" WHERE id {_IN} UNION SELECT order_ref FROM order_mentions WHERE ticket_id {_IN})",
        (orders, json.dumps(rows.tickets)),
    )
    ids = {
        "item_id": json.dumps(rows.items),
        "message_row": json.dumps(rows.messages),
        "order_id": orders,
        "thread_id": json.dumps(rows.threads),
        "ticket_id": json.dumps(rows.tickets),
    }
    # Without it every thread that goes has all messages read: one of them might point to it.
    tx.execute("CREATE INDEX messages_thread ON messages (thread_id)")
    for column, tables in _BELONGINGS:
        if column == "thread_id":
            tx.execute(f"DELETE FROM messages WHERE id {_IN}", (ids["message_row"],))
        for table in tables:
            tx.execute(f"DELETE FROM {table} WHERE {column} {_IN}", (ids[column],))
    tx.execute("DROP INDEX messages_thread")
    tx.execute(f"DELETE FROM drafts WHERE uid {_IN}", (json.dumps(rows.drafts),))
    tx.execute(f"DELETE FROM ticket_links WHERE other_id {_IN}", (ids["ticket_id"],))
    tx.execute(
        f"UPDATE tickets SET follows_ticket_id = NULL WHERE follows_ticket_id {_IN}",
        (ids["ticket_id"],),
    )
    tx.execute(f"DELETE FROM orders WHERE id {_IN}", (orders,))
    tx.execute(f"UPDATE tickets SET merged_into_id = NULL WHERE id {_IN}", (ids["ticket_id"],))
    tx.execute(f"DELETE FROM tickets WHERE id {_IN}", (ids["ticket_id"],))


def _forget_journal(tx: Transaction, customer_id: int, uids: Sequence[str]) -> None:
    tx.execute(
        "DELETE FROM journal_values WHERE customer_id = ? OR seq IN"
        f" (SELECT seq FROM journal_entries WHERE entity_uid {_IN})",
        (customer_id, json.dumps(list(uids))),
    )


def _forget_answers(tx: Transaction, names: Sequence[str]) -> None:
    """Remembered answers of commands about what goes may quote it."""
    wanted = [json.dumps(name) for name in names]
    for row in tx.all("SELECT id, answer FROM answered_calls"):
        if any(name in row["answer"] for name in wanted):
            tx.execute("DELETE FROM answered_calls WHERE id = ?", (row["id"],))


def _mend_others(tx: Transaction, touched: Sequence[int], gone: Sequence[int]) -> None:
    """Tickets of others on which the customer wrote say nothing of it any more."""
    for ticket_id in touched:
        tx.execute("UPDATE tickets SET preview = '' WHERE id = ?", (ticket_id,))
        merging.recount(tx, ticket_id)
    tx.execute(
        f"UPDATE tickets SET mood_spans = NULL, mood_message = NULL WHERE mood_message {_IN}",
        (json.dumps(list(gone)),),
    )

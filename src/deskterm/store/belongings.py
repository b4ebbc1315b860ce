"""What belongs to a customer: its extent, its rows, and what keeps it from being erased."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from deskterm.domain.errors import DesktermError
from deskterm.domain.outbox import DeliveryState
from deskterm.store.mentions import Person
from deskterm.store.tombstones import Identity

#: States in which nobody knows, or nobody has said, whether a reply has gone out.
_OPEN_ENDS: Final = (
    DeliveryState.SENDING,
    DeliveryState.UNKNOWN,
    DeliveryState.SETTLING,
    DeliveryState.ASK_AGENT,
)
_IN: Final = "IN (SELECT value FROM json_each(?))"
_HOME: Final = "coalesce(home_id, ticket_id)"
_ORDERS: Final = (
    "SELECT o.id FROM identities i CROSS JOIN orders o ON o.buyer_key = i.value"
    " WHERE i.customer_id = ?1 AND i.kind = 'email' AND o.buyer_key != '' UNION"
    " SELECT o.id FROM identities i JOIN accounts a ON a.channel = i.kind"
    " JOIN orders o ON o.account_id = a.id AND o.buyer_remote_id = i.value"
    " WHERE i.customer_id = ?1 AND o.buyer_remote_id != ''"
)


class Extent(NamedTuple):
    """How much there is of a customer; `mentions` are messages on the tickets of others that they
    wrote or that name their address.
    """

    tickets: int
    messages: int
    attachments: int
    notes: int
    drafts: int
    replies: int
    orders: int
    mentions: int


@dataclass(frozen=True, slots=True)
class Rows:
    """What belongs to a customer by itself, by row; drafts by uid."""

    tickets: list[int]
    threads: list[int]
    messages: list[int]
    drafts: list[str]
    items: list[int]
    orders: list[int]


def customer_by_uid(connection: sqlite3.Connection, uid: str) -> sqlite3.Row:
    """A customer.

    Raises:
        DesktermError: there is none (`no_customer`).
    """
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM customers WHERE uid = ?", (uid,)
    ).fetchone()
    if row is None:
        raise _no_customer()
    return row


def customer_named(connection: sqlite3.Connection, name: str) -> sqlite3.Row:
    """The customer of that uid, or with that whole address or handle.

    Raises:
        DesktermError: there is none (`no_customer`), or there are several (`several_customers`).
    """
    found: list[sqlite3.Row] = connection.execute(
        "SELECT * FROM customers WHERE uid = ?1 UNION SELECT c.* FROM identities i"
        " JOIN customers c ON c.id = i.customer_id WHERE i.value IN (?1, lower(?1)) LIMIT 2",
        (name.strip(),),
    ).fetchall()
    if len(found) > 1:
        raise DesktermError(
            "Several customers fit",
            "Nothing was done.",
            "Name one by address, or by its id",
            code="several_customers",
        )
    if not found:
        raise _no_customer()
    return found[0]


def _no_customer() -> DesktermError:
    return DesktermError(
        "There is no such customer here",
        "",
        "'deskterm customer' finds customers by address or name",
        code="no_customer",
    )


def person_of(connection: sqlite3.Connection, customer: sqlite3.Row) -> Person:
    """How a customer is named."""
    rows = connection.execute(
        "SELECT kind, value, name FROM identities WHERE customer_id = ?", (customer["id"],)
    ).fetchall()
    named = connection.execute(
        "SELECT DISTINCT customer_name FROM tickets WHERE customer_id = ?", (customer["id"],)
    ).fetchall()
    names = [customer["name"], *(row["name"] or "" for row in rows), *(row[0] for row in named)]
    return Person((Identity(row["kind"], row["value"]) for row in rows), names)


def extent(
    connection: sqlite3.Connection, customer: sqlite3.Row, mentioned: Collection[int]
) -> Extent:
    """How much there is; `mentioned` is what `mentions.find` has found."""
    rows = rows_of(connection, customer["id"])

    def count(table: str, column: str, ids: Sequence[int]) -> int:
        sql = f"SELECT count(*) FROM {table} WHERE {column} {_IN}"
        return int(connection.execute(sql, (json.dumps(ids),)).fetchone()[0])

    return Extent(
        tickets=len(rows.tickets),
        messages=len(rows.messages),
        attachments=count("attachments", "message_row", rows.messages),
        notes=count("notes", _HOME, rows.tickets),
        drafts=len(rows.drafts),
        replies=len(rows.items),
        orders=len(rows.orders),
        mentions=len(set(mentioned) - set(rows.messages)),
    )


def refuse_open_ends(connection: sqlite3.Connection, customer: sqlite3.Row) -> None:
    """Refuse while a reply to the customer is leaving, or may have left.

    Raises:
        DesktermError: there is one (`reply_under_way`).
    """
    states = ", ".join(f"'{state}'" for state in _OPEN_ENDS)
    own = json.dumps(rows_of(connection, customer["id"]).tickets)
    person = person_of(connection, customer)
    for item in connection.execute(
        f"SELECT ticket_id {_IN} AS own, recipients FROM outbox_items WHERE state IN ({states})",
        (own,),
    ).fetchall():
        if item["own"] or person.is_named(item["recipients"]):
            raise DesktermError(
                "A reply to this customer is leaving, or may have left",
                "Nothing was erased.",
                "Wait for it, or decide about it ('deskterm outbox list'); then erase again",
                code="reply_under_way",
            )


def leaving_elsewhere(connection: sqlite3.Connection, customer: sqlite3.Row) -> list[sqlite3.Row]:
    """Replies on tickets of others that have not ended and go to the customer as well."""
    own = json.dumps(rows_of(connection, customer["id"]).tickets)
    person = person_of(connection, customer)
    found = connection.execute(
        f"SELECT * FROM outbox_items WHERE NOT ticket_id {_IN}"
        " AND state NOT IN ('sent', 'withdrawn')",
        (own,),
    ).fetchall()
    return [item for item in found if person.is_named(item["recipients"])]


def rows_of(
    connection: sqlite3.Connection, customer_id: int, elsewhere: Sequence[int] = ()
) -> Rows:
    """What belongs to a customer by itself, wherever merges have it."""

    def ids(sql: str, *values: object) -> list[int]:
        return [row[0] for row in connection.execute(sql, values).fetchall()]

    own = ids("SELECT id FROM tickets WHERE customer_id = ?", customer_id)
    here = json.dumps(own)
    threads = ids(f"SELECT id FROM threads WHERE ticket_id {_IN} OR home_id {_IN}", here, here)
    threads = ids(
        f"SELECT id FROM threads WHERE id {_IN} AND {_HOME} {_IN}", json.dumps(threads), here
    )
    spoken = json.dumps(threads)
    messages = ids(
        f"SELECT id FROM messages WHERE thread_id {_IN} AND ticket_id IN"
        f" (SELECT ticket_id FROM threads WHERE id {_IN})",
        spoken,
        spoken,
    )
    addresses = ids(
        "SELECT value FROM identities WHERE customer_id = ? AND kind = 'email'"
        " AND value LIKE '%@%'",
        customer_id,
    )
    return Rows(
        tickets=own,
        threads=threads,
        messages=[*messages, *(row for row in elsewhere if row not in set(messages))],
        drafts=_drafts(connection, here, [str(one) for one in addresses]),
        items=ids(f"SELECT id FROM outbox_items WHERE ticket_id {_IN}", here),
        orders=ids(_ORDERS, customer_id),
    )


def _drafts(connection: sqlite3.Connection, tickets: str, addresses: list[str]) -> list[str]:
    """Drafts on these tickets, and new messages to these addresses."""
    found = connection.execute(
        f"SELECT uid FROM drafts WHERE ticket_id {_IN}", (tickets,)
    ).fetchall()
    loose = connection.execute("SELECT uid, to_line FROM drafts WHERE ticket_id IS NULL").fetchall()
    written = [
        row["uid"] for row in loose if any(one in row["to_line"].lower() for one in addresses)
    ]
    return [*(row[0] for row in found), *written]

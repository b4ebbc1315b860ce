"""Where an erased customer is named among what belongs to others.

What they wrote on the tickets of others goes; where others named their address, address and name
are masked with as many signs, so that places within the text stay true. The raw copy of such a
message goes: it cannot be masked in every encoding.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from deskterm.store import merging
from deskterm.store.mailfacts import MailFacts
from deskterm.store.tombstones import Identity
from deskterm.store.transaction import Transaction

_SIGN: Final = "x"
_ESCAPES: Final = str.maketrans({"%": "\\%", "_": "\\_", "\\": "\\\\"})
_NAMED_IN: Final = ("author_address", "mail", "body", "subject")
#: Beside messages: the columns in which people name others.
_BESIDE: Final = (
    ("tickets", ("subject", "preview"), ""),
    ("notes", ("body",), ""),
    ("drafts", ("body", "to_line", "cc_line", "subject"), ""),
    ("outbox_items", ("body", "subject", "recipients"), " AND state IN ('sent', 'withdrawn')"),
)


class Person:
    """How a customer is named.

    Args:
        identities: addresses and handles.
        names: the names that they gave.
    """

    def __init__(self, identities: Iterable[Identity], names: Iterable[str]) -> None:
        self.identities = tuple(identities)
        self.addresses = frozenset(
            one.value for one in self.identities if one.kind == "email" and "@" in one.value
        )
        words = [rf"(?<!\w){re.escape(name)}(?!\w)" for name in _longest_first(names)]
        needles = [*map(re.escape, _longest_first(self.addresses)), *words]
        self._named = re.compile("|".join(needles) or r"(?!)", re.IGNORECASE)

    def masked(self, text: str) -> str:
        """A text without address and name, and as long as before."""
        return self._named.sub(lambda found: _SIGN * len(found[0]), text)

    def is_named(self, text: str) -> bool:
        """Whether a text holds an address of theirs."""
        lower = text.lower()
        return any(address in lower for address in self.addresses)

    def is_author(self, row: sqlite3.Row) -> bool:
        """Whether they wrote a message; the row has `author_address` and `channel`."""
        handle = row["author_address"]
        return handle.strip().lower() in self.addresses or (
            Identity(row["channel"], handle) in self.identities
        )


def find(connection: sqlite3.Connection, person: Person) -> list[int]:
    """The messages that they wrote or that name an address of theirs, on whatever ticket.

    Reads every message: no place for it in a transaction of the writer.
    """
    conditions: list[str] = []
    values: list[str] = []
    for address in sorted(person.addresses):
        conditions += [f"m.{column} LIKE ? ESCAPE '\\'" for column in _NAMED_IN]
        values += [_holding(address)] * len(_NAMED_IN)
    for kind, value in person.identities:
        conditions.append(
            "m.author_address = ? AND m.account_id IN (SELECT id FROM accounts WHERE channel = ?)"
        )
        values += [value, kind]
    if not conditions:
        return []
    rows = connection.execute(
        f"SELECT m.id FROM messages m WHERE {' OR '.join(conditions)}", values
    ).fetchall()
    return [row[0] for row in rows]


def written_by(connection: sqlite3.Connection, person: Person, found: Sequence[int]) -> list[int]:
    """Those of these messages that the person wrote."""
    return [row["id"] for row in _rows(connection, found) if person.is_author(row)]


def mask(tx: Transaction, person: Person, found: Sequence[int]) -> None:
    """Mask them in these messages, and in whatever else of other people names their address."""
    touched: set[int] = set()
    for row in _rows(tx.connection, found):
        touched.add(row["ticket_id"])
        _mask_message(tx, person, row)
    for ticket_id in touched:
        merging.recount(tx, ticket_id)
    for table, columns, condition in _BESIDE:
        _mask_rows(tx, person, table, columns, condition)
    _forget_values(tx, person)


def _mask_message(tx: Transaction, person: Person, row: sqlite3.Row) -> None:
    unindex(tx, [row["id"]])
    tx.execute(
        "UPDATE messages SET subject = ?, body = ?, shown = ?, mail = ? WHERE id = ?",
        (
            person.masked(row["subject"]),
            person.masked(row["body"]),
            None if row["shown"] is None else person.masked(row["shown"]),
            _without(row["mail"], person.addresses),
            row["id"],
        ),
    )
    tx.execute("DELETE FROM raw_messages WHERE message_row = ?", (row["id"],))
    tx.execute(
        "INSERT INTO search (rowid, subject, body, author_name)"
        " SELECT id, subject, body, author_name FROM messages WHERE id = ?",
        (row["id"],),
    )


def unindex(tx: Transaction, messages: Sequence[int]) -> None:
    """Take messages out of the index while they are there (www.sqlite.org/fts5.html 6.1)."""
    tx.execute(
        "INSERT INTO search (search, rowid, subject, body, author_name)"
        " SELECT 'delete', id, subject, body, author_name FROM messages"
        " WHERE id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(messages)),),
    )


def _mask_rows(
    tx: Transaction, person: Person, table: str, columns: Sequence[str], condition: str
) -> None:
    for address in sorted(person.addresses):
        named = " OR ".join(f"{column} LIKE ?1 ESCAPE '\\'" for column in columns)
        for row in tx.all(
            f"SELECT rowid AS number, {', '.join(columns)} FROM {table} WHERE ({named}){condition}",
            (_holding(address),),
        ):
            tx.execute(
                f"UPDATE {table} SET {', '.join(f'{c} = ?' for c in columns)} WHERE rowid = ?",
                (*(person.masked(row[column]) for column in columns), row["number"]),
            )


def _forget_values(tx: Transaction, person: Person) -> None:
    """What the journal, remembered answers and the quarantine hold of their addresses."""
    for address in sorted(person.addresses):
        holding = _holding(address)
        tx.execute(
            "DELETE FROM journal_values WHERE old_value LIKE ?1 ESCAPE '\\'"
            " OR new_value LIKE ?1 ESCAPE '\\'",
            (holding,),
        )
        tx.execute("DELETE FROM answered_calls WHERE answer LIKE ? ESCAPE '\\'", (holding,))
        tx.execute("DELETE FROM quarantine WHERE CAST(raw AS TEXT) LIKE ? ESCAPE '\\'", (holding,))


def _rows(connection: sqlite3.Connection, messages: Sequence[int]) -> list[sqlite3.Row]:
    return connection.execute(
        "SELECT m.id, m.ticket_id, m.subject, m.body, m.shown, m.mail, m.author_address, a.channel"
        " FROM messages m JOIN accounts a ON a.id = m.account_id"
        " WHERE m.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(messages)),),
    ).fetchall()


def _without(mail: str | None, addresses: Collection[str]) -> str | None:
    """What an answer needs, without these recipients."""
    if mail is None:
        return None
    facts = MailFacts.load(mail)
    to, cc, reply_to = (
        tuple(one for one in several if one.key not in addresses)
        for several in (facts.to, facts.cc, facts.reply_to)
    )
    return MailFacts(to, cc, reply_to, facts.in_reply_to, facts.references).dump()


def _holding(address: str) -> str:
    return f"%{address.translate(_ESCAPES)}%"


def _longest_first(texts: Iterable[str]) -> list[str]:
    return sorted({text.strip() for text in texts if text.strip()}, key=len, reverse=True)

"""Learning from the macros that agents take: the picks, and what the counts come to.

A pick names a message and a macro and holds no text. What it adds to the counts comes from whoever
reads the message; taking a pick back subtracts the same again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

from deskterm.store.transaction import Transaction

#: `sent` as it was, `rewritten` before it was sent, `dismissed`; `none`: an answer without a macro.
PickKind = Literal["sent", "rewritten", "dismissed", "none"]

#: What a message adds to the counts of a macro by feature, for a weight.
Weigh = Callable[[sqlite3.Row, int], Mapping[str, int]]

#: Where in `meta` it stands how often rows have gone for good.
GENERATION: Final = "learned_generation"
_AT_ONCE: Final = 500


@dataclass(frozen=True, slots=True)
class Pick:
    """What an agent did with suggestions.

    Args:
        message_row: the customer's message that was answered; None: there is none.
        macro: the one that was taken or dismissed; empty: none.
        weight: parts of one that it counts, below zero against the macro.
        offered: the macros that were suggested; of several picks of a reply one has them.
        item_uid: the reply; empty for what is no reply.
    """

    ticket_id: int
    message_row: int | None
    macro: str
    kind: PickKind
    weight: int
    author: str
    offered: tuple[str, ...] = ()
    item_uid: str = ""


class State(NamedTuple):
    """How far the counts are. `generation`: rows have gone for good since another one."""

    generation: int
    seq: int


@dataclass(frozen=True, slots=True)
class Uses:
    """How often macros were sent, and how often each could have been: it was suggested, or sent."""

    used: Mapping[str, int]
    of: Mapping[str, int]


class Statistics(NamedTuple):
    """What became of a macro.

    Args:
        used: how often it was sent; `rewritten` of these heavily.
        dismissed: how often an agent said that it does not fit.
        offered: how often it was suggested, or sent, where something was sent.
        reopened: how often the customer wrote again after it.
    """

    macro: str
    used: int
    rewritten: int
    dismissed: int
    offered: int
    reopened: int


# Writing


def add(tx: Transaction, pick: Pick, weigh: Weigh) -> None:
    """Take in a pick."""
    tx.execute(
        "INSERT INTO macro_picks (item_uid, ticket_id, message_row, macro, kind, weight, offered,"
        " author, at) VALUES (?,?,?,?,?,?,?,?,?)",
        (
            pick.item_uid or None,
            pick.ticket_id,
            pick.message_row,
            pick.macro,
            pick.kind,
            pick.weight,
            " ".join(pick.offered),
            pick.author,
            tx.now,
        ),
    )
    row = tx.one("SELECT * FROM macro_picks WHERE id = last_insert_rowid()")
    if row is not None:
        _count(tx, row, weigh, 1)


def take_back(tx: Transaction, item_uid: str, weigh: Weigh) -> None:
    """Take back what a reply has taught, where it has."""
    for row in tx.all("SELECT * FROM macro_picks WHERE item_uid = ? ORDER BY id", (item_uid,)):
        _forget(tx, row, weigh)


def undismiss(tx: Transaction, ticket_id: int, macro: str, weigh: Weigh) -> bool:
    """A macro that was dismissed on a ticket fits after all; False where it was not."""
    row = _dismissal(tx.connection, ticket_id, macro)
    if row is None:
        return False
    _forget(tx, row, weigh)
    return True


def forget_customer(tx: Transaction, customer_id: int, weigh: Weigh) -> int:
    """Subtract everything that the messages of a customer have taught, and forget the picks.

    To be called while the messages are still there. Features that nothing else has taught are
    gone from the file afterwards. Returns how many picks there were.
    """
    rows = tx.all(
        "SELECT p.* FROM macro_picks p JOIN tickets t ON t.id = p.ticket_id"
        " WHERE t.customer_id = ?",
        (customer_id,),
    )
    for row in rows:
        _subtract(tx, row, weigh)
        tx.execute("DELETE FROM macro_picks WHERE id = ?", (row["id"],))
    if rows:
        tx.execute("DELETE FROM macro_counts WHERE weight = 0")
        generation = state(tx.connection).generation + 1
        tx.execute(
            "INSERT OR REPLACE INTO meta (name, value) VALUES (?,?)", (GENERATION, str(generation))
        )
    return len(rows)


def _forget(tx: Transaction, row: sqlite3.Row, weigh: Weigh) -> None:
    _count(tx, row, weigh, -1)
    tx.execute("DELETE FROM macro_picks WHERE id = ?", (row["id"],))


def _count(tx: Transaction, row: sqlite3.Row, weigh: Weigh, sign: Literal[1, -1]) -> None:
    """Count a pick, or take it off again."""
    _learn(tx, row, weigh, sign)
    macro, kind = row["macro"], row["kind"]
    if kind == "dismissed":
        _use(tx, row, macro, sign, "dismissed")
        return
    if macro:
        _use(tx, row, macro, sign, "used", *(["rewritten"] if kind == "rewritten" else []))
    for offered in dict.fromkeys((*row["offered"].split(), *([macro] if macro else []))):
        _use(tx, row, offered, sign, "offered")


def _subtract(tx: Transaction, row: sqlite3.Row, weigh: Weigh) -> None:
    """Take off what the words of a message have added; how often macros were used stays."""
    _learn(tx, row, weigh, -1)


def _learn(tx: Transaction, row: sqlite3.Row, weigh: Weigh, sign: Literal[1, -1]) -> None:
    message = tx.one("SELECT * FROM messages WHERE id = ?", (row["message_row"],))
    if message is None or not row["weight"] or not row["macro"]:
        return
    counts = weigh(message, sign * row["weight"])
    seq = state(tx.connection).seq + 1
    tx.executemany(
        "INSERT INTO macro_counts (macro, feature, weight, seq) VALUES (?,?,?,?)"
        " ON CONFLICT (macro, feature) DO UPDATE"
        " SET weight = weight + excluded.weight, seq = excluded.seq",
        [(row["macro"], feature, weight, seq) for feature, weight in counts.items() if weight],
    )


def _use(tx: Transaction, row: sqlite3.Row, macro: str, by: int, *columns: str) -> None:
    """Change how often an agent has done something with a macro."""
    names, marks = ", ".join(columns), ",".join("?" * len(columns))
    setters = ", ".join(f"{name} = {name} + excluded.{name}" for name in columns)
    tx.execute(
        f"INSERT INTO macro_uses (macro, author, {names}) VALUES (?,?,{marks})"
        f" ON CONFLICT (macro, author) DO UPDATE SET {setters}",
        (macro, row["author"], *[by] * len(columns)),
    )


# Reading


def state(connection: sqlite3.Connection) -> State:
    """How far the counts are."""
    row = connection.execute(
        "SELECT (SELECT value FROM meta WHERE name = ?), (SELECT max(seq) FROM macro_counts)",
        (GENERATION,),
    ).fetchone()
    return State(int(row[0] or 0), int(row[1] or 0))


def counts(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """All counts: macro, feature, and weight in parts of one."""
    return connection.execute(
        "SELECT macro, feature, weight FROM macro_counts WHERE weight != 0"
    ).fetchall()


def counts_since(connection: sqlite3.Connection, seq: int) -> list[tuple[str, str, int]]:
    """The counts that have changed after `State.seq`, as they are now; 0: it is gone."""
    return connection.execute(
        "SELECT macro, feature, weight FROM macro_counts WHERE seq > ?", (seq,)
    ).fetchall()


def count(connection: sqlite3.Connection, macro: str, feature: str) -> int:
    """How much a macro has of a feature, in parts of one."""
    row = connection.execute(
        "SELECT weight FROM macro_counts WHERE macro = ? AND feature = ?", (macro, feature)
    ).fetchone()
    return int(row[0]) if row is not None else 0


def uses(connection: sqlite3.Connection, author: str) -> Uses:
    """How often an agent has sent each macro."""
    rows = connection.execute(
        "SELECT macro, used, offered FROM macro_uses WHERE author = ?", (author,)
    ).fetchall()
    return Uses(
        {row["macro"]: row["used"] for row in rows if row["used"] > 0},
        {row["macro"]: row["offered"] for row in rows},
    )


def dismissed(connection: sqlite3.Connection, ticket_id: int) -> frozenset[str]:
    """The macros that somebody said do not fit a ticket."""
    rows = connection.execute(
        "SELECT macro FROM macro_picks WHERE ticket_id = ? AND kind = 'dismissed'", (ticket_id,)
    ).fetchall()
    return frozenset(row["macro"] for row in rows)


def is_dismissed(connection: sqlite3.Connection, ticket_id: int, macro: str) -> bool:
    """Whether somebody said that a macro does not fit a ticket."""
    return _dismissal(connection, ticket_id, macro) is not None


def statistics(connection: sqlite3.Connection) -> list[Statistics]:
    """What became of each macro that was used, suggested or dismissed, most used first."""
    rows = connection.execute(
        "SELECT macro, sum(used) AS used, sum(rewritten) AS rewritten,"
        " sum(dismissed) AS dismissed, sum(offered) AS offered FROM macro_uses GROUP BY macro"
        " HAVING used + dismissed + offered > 0 ORDER BY used DESC, macro"
    ).fetchall()
    again = _reopened(connection)
    return [
        Statistics(
            row["macro"],
            row["used"],
            row["rewritten"],
            row["dismissed"],
            row["offered"],
            again.get(row["macro"], 0),
        )
        for row in rows
    ]


def _reopened(connection: sqlite3.Connection) -> dict[str, int]:
    """How often a customer wrote again after a macro, on the same ticket or in the thread that was
    answered, which may belong to another ticket by now.
    """
    again = (
        "EXISTS (SELECT 1 FROM messages m WHERE {} AND m.direction = 'inbound'"
        " AND m.automatic IS NULL AND m.id > coalesce(p.message_row, 0) AND m.received_at > p.at)"
    )
    on_ticket = again.format("m.ticket_id = p.ticket_id")
    in_thread = again.format("m.ticket_id = a.ticket_id AND m.thread_id = a.thread_id")
    rows = connection.execute(
        "SELECT p.macro, count(*) FROM macro_picks p LEFT JOIN messages a ON a.id = p.message_row"
        f" WHERE p.kind IN ('sent', 'rewritten') AND ({on_ticket} OR {in_thread}) GROUP BY p.macro"
    ).fetchall()
    return {row[0]: row[1] for row in rows}


def _dismissal(connection: sqlite3.Connection, ticket_id: int, macro: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM macro_picks WHERE ticket_id = ? AND macro = ? AND kind = 'dismissed'"
        " ORDER BY id DESC LIMIT 1",
        (ticket_id, macro),
    ).fetchone()
    return row

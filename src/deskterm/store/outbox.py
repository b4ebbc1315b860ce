"""The outbox in the database: rows that move only along the steps of `deskterm.domain.outbox`."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from deskterm.domain.checked import CheckedReply
from deskterm.domain.errors import DesktermError
from deskterm.domain.outbox import (
    ENDED,
    IN_ORDER,
    LEAVES_SOON,
    LEAVING,
    NEEDS_US,
    NOT_BEGUN,
    DeliveryState,
    check_step,
)
from deskterm.store import tickets
from deskterm.store.overview import PAUSED
from deskterm.store.transaction import Change, Transaction, Value

#: Characters of the end of an id that are enough to name it.
_LEAST_END = 6


@dataclass(frozen=True, slots=True)
class NewItem:
    """A reply about to be held. What it says is what the rules have let pass.

    `follow_up` is JSON: what is done once it has left.
    """

    ticket_id: int
    thread_id: int
    account_id: int
    author: str
    checked: CheckedReply
    subject: str
    recipients: str
    attachments: str
    key: str
    group_uid: str
    hold_s: float
    hold_until: str
    then_resolve: bool = False
    draft_uid: str | None = None
    parent_row: int | None = None
    seen_row: int | None = None
    override_reason: str | None = None
    send_at: str | None = None
    follow_up: str | None = None


def put(tx: Transaction, item: NewItem) -> str:
    """Hold a reply, or keep it for the time it is to leave at; returns its uid.

    Raises:
        TypeError: it did not pass the rules.
        DesktermError: the draft was sent already (`already_sent`): the key was pressed twice.
    """
    if type(item.checked) is not CheckedReply:
        raise TypeError("Only what the rules have let pass can be held")
    uid = tx.new_uid()
    try:
        tx.execute(
            "INSERT INTO outbox_items (uid, key, draft_uid, group_uid, ticket_id, thread_id,"
            " account_id, author, body, subject, recipients, attachments, parent_row, seen_row,"
            " check_digest, check_verdict, checked_by, override_reason, overridden, then_resolve,"
            " state, hold_s, hold_until, send_at, follow_up, attempts, looks, copy_due, created_at)"
            " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,0,0,0,?)",
            (
                uid,
                item.key,
                item.draft_uid,
                item.group_uid,
                item.ticket_id,
                item.thread_id,
                item.account_id,
                item.author,
                item.checked.text,
                item.subject,
                item.recipients,
                item.attachments,
                item.parent_row,
                item.seen_row,
                item.checked.digest,
                item.checked.verdict,
                ", ".join(item.checked.packs),
                item.override_reason,
                " ".join(sorted(item.checked.overridden)),
                int(item.then_resolve),
                DeliveryState.HELD if item.send_at is None else DeliveryState.SCHEDULED,
                item.hold_s,
                item.hold_until,
                item.send_at,
                item.follow_up,
                tx.now,
            ),
        )
    except sqlite3.IntegrityError as error:
        if "outbox_items.draft_uid" not in str(error):
            raise
        raise DesktermError(
            "This draft is on its way already",
            "It was sent once; nothing was sent again.",
            "'deskterm outbox list' shows where it stands",
            code="already_sent",
        ) from error
    return uid


def step(
    tx: Transaction,
    item: sqlite3.Row,
    after: DeliveryState,
    columns: dict[str, Value] | None = None,
) -> bool:
    """Move an item one step; False where somebody else moved it first.

    Raises:
        StepRefused: the machine has no such step.
    """
    check_step(DeliveryState(item["state"]), after)
    values: dict[str, Value] = {"state": after, **(columns or {})}
    if after in ENDED:
        values["ended_at"] = tx.now
    setters = ", ".join(f"{name} = ?" for name in values)
    moved = tx.execute(
        f"UPDATE outbox_items SET {setters} WHERE id = ? AND state = ?",
        (*values.values(), item["id"], item["state"]),
    ).rowcount
    return moved == 1


def release(tx: Transaction, item: sqlite3.Row) -> bool:
    """Let a reply leave whose time has come; False where it was given another time meanwhile."""
    fresh = item_by_id(tx.connection, item["id"])
    if fresh is None or fresh["state"] != DeliveryState.SCHEDULED or fresh["send_at"] > tx.now:
        return False
    return step(tx, fresh, DeliveryState.QUEUED)


def item_by_uid(connection: sqlite3.Connection, uid: str) -> sqlite3.Row:
    """One item, by its uid or the unmistakable end of it.

    Raises:
        DesktermError: there is none (`no_item`).
    """
    end = uid.strip().lower()
    rows = connection.execute(
        "SELECT * FROM outbox_items WHERE uid = ?1 OR (length(?1) >= ?2 AND"
        " substr(uid, -length(?1)) = ?1) ORDER BY uid = ?1 DESC LIMIT 2",
        (end, _LEAST_END),
    ).fetchall()
    if not rows or (len(rows) > 1 and rows[0]["uid"] != end):
        raise DesktermError(
            f"There is no single outbox item {uid[:40]}",
            "",
            "'deskterm outbox list' shows them",
            code="no_item",
        )
    found: sqlite3.Row = rows[0]
    return found


def item_by_id(connection: sqlite3.Connection, item_id: int) -> sqlite3.Row | None:
    """One item by its row."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM outbox_items WHERE id = ?", (item_id,)
    ).fetchone()
    return row


def in_states(connection: sqlite3.Connection, states: Iterable[DeliveryState]) -> list[sqlite3.Row]:
    """Every item in one of these states, oldest first."""
    wanted = list(states)
    marks = ",".join("?" * len(wanted))
    return connection.execute(
        f"SELECT * FROM outbox_items WHERE state IN ({marks}) ORDER BY id",
        wanted,
    ).fetchall()


def place(item: sqlite3.Row) -> tuple[object, ...]:
    """Where an item stands; another place when it moves, or is held a second time."""
    return tuple(item[name] for name in ("id", "state", "attempts", "looks", "hold_until"))


def is_first_of_thread(connection: sqlite3.Connection, item: sqlite3.Row) -> bool:
    """Whether no earlier item of the same thread is still on its way."""
    marks = ",".join("?" * len(IN_ORDER))
    row = connection.execute(
        f"SELECT 1 FROM outbox_items WHERE thread_id = ? AND id < ? AND state IN ({marks}) LIMIT 1",
        (item["thread_id"], item["id"], *IN_ORDER),
    ).fetchone()
    return row is None


def leaves_soon(connection: sqlite3.Connection) -> bool:
    """Whether anything is about to leave, or to be decided, without a person and without a wait.

    An item behind one that waits (for a person, for the channel) waits with it. While sending is
    paused only what has begun to leave counts.
    """
    soon = sorted(LEAVES_SOON - NOT_BEGUN if is_paused(connection) else LEAVES_SOON)
    waits = sorted(IN_ORDER - LEAVES_SOON)
    row = connection.execute(
        f"SELECT 1 FROM outbox_items i WHERE i.state IN ({_marks(soon)}) AND NOT EXISTS"
        " (SELECT 1 FROM outbox_items e WHERE e.thread_id = i.thread_id AND e.id < i.id"
        f" AND e.state IN ({_marks(waits)})) LIMIT 1",
        (*soon, *waits),
    ).fetchone()
    return row is not None


def is_for_later(connection: sqlite3.Connection, until: str | None = None) -> bool:
    """Whether a reply waits for its time; with `until` one whose time has come by then."""
    row = connection.execute(
        "SELECT 1 FROM outbox_items WHERE state = ?1 AND (?2 IS NULL OR send_at <= ?2) LIMIT 1",
        (DeliveryState.SCHEDULED, until),
    ).fetchone()
    return row is not None


def is_paused(connection: sqlite3.Connection) -> bool:
    """Whether an agent has stopped all sending."""
    return paused_at(connection) is not None


def paused_at(connection: sqlite3.Connection) -> str | None:
    """Since when all sending is stopped; None while it is not."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (PAUSED,)).fetchone()
    return None if row is None else str(row[0])


def set_paused(tx: Transaction, change: Change, *, paused: bool) -> None:
    """Stop all sending, or let it go on. Holds until it is changed, whatever is restarted."""
    before = paused_at(tx.connection)
    if paused:
        tx.execute("INSERT OR IGNORE INTO meta (name, value) VALUES (?,?)", (PAUSED, tx.now))
    else:
        tx.execute("DELETE FROM meta WHERE name = ?", (PAUSED,))
    tx.journal(change, "outbox", "outbox", "paused", "set", before, paused_at(tx.connection))


def begin_attempt(tx: Transaction, item: sqlite3.Row, body_digest: str) -> bool:
    """Write down, before the first byte leaves, that it may leave. False: somebody was first."""
    number = item["attempts"] + 1
    started = item["started_at"] or tx.now
    if not step(tx, item, DeliveryState.SENDING, {"attempts": number, "started_at": started}):
        return False
    tx.execute(
        "INSERT INTO outbox_attempts (item_id, number, started_at, body_digest, thread_head)"
        " VALUES (?1, ?2, ?3, ?4,"
        " (SELECT max(id) FROM messages WHERE ticket_id = ?5 AND thread_id = ?6))",
        (item["id"], number, tx.now, body_digest, item["ticket_id"], item["thread_id"]),
    )
    return True


def end_attempt(tx: Transaction, item: sqlite3.Row, outcome: str, code: str, text: str) -> None:
    """Write down how the present attempt ended; `text` holds the channel's words, no body."""
    tx.execute(
        "UPDATE outbox_attempts SET ended_at = ?, outcome = ?, code = ?, text = ?"
        " WHERE item_id = ? AND number = ?",
        (tx.now, outcome, code, text[:500], item["id"], item["attempts"]),
    )


def may_have_gone_before(connection: sqlite3.Connection, item: sqlite3.Row) -> bool:
    """Whether an earlier attempt ended without anybody knowing how."""
    row = connection.execute(
        "SELECT 1 FROM outbox_attempts WHERE item_id = ? AND number < ?"
        " AND coalesce(outcome, 'unknown') = 'unknown' LIMIT 1",
        (item["id"], item["attempts"]),
    ).fetchone()
    return row is not None


def attempts(connection: sqlite3.Connection, item_id: int) -> list[sqlite3.Row]:
    """The tries of an item, oldest first."""
    return connection.execute(
        "SELECT * FROM outbox_attempts WHERE item_id = ? ORDER BY number", (item_id,)
    ).fetchall()


def recover(tx: Transaction) -> int:
    """After a start: what stood in `sending` may have gone out. Returns how many."""
    found = in_states(tx.connection, [DeliveryState.SENDING])
    for item in found:
        step(tx, item, DeliveryState.UNKNOWN, {"reason": "deskterm was stopped while sending"})
        end_attempt(tx, item, "unknown", "", "stopped while sending")
    return len(found)


def forget_ended_before(tx: Transaction, moment: str) -> None:
    """Keep end states for their time as a record, then let them go."""
    old = "SELECT id FROM outbox_items WHERE ended_at < ? AND copy_due = 0"
    tx.execute(f"DELETE FROM outbox_attempts WHERE item_id IN ({old})", (moment,))
    tx.execute("DELETE FROM outbox_items WHERE ended_at < ? AND copy_due = 0", (moment,))


def note_on_ticket(
    tx: Transaction, change: Change, ticket_id: int, attention: str | None = None
) -> None:
    """Say on the ticket what its replies are about to do, and why one needs us.

    Without new `attention` what the ticket says stays as long as another reply needs us.
    """
    ticket = tx.one("SELECT * FROM tickets WHERE id = ?", (ticket_id,))
    if ticket is None:
        return
    items = tx.all(
        "SELECT state, then_resolve FROM outbox_items WHERE ticket_id = ?"
        " AND state NOT IN ('sent', 'withdrawn')",
        (ticket_id,),
    )
    leaving = [bool(item["then_resolve"]) for item in items if item["state"] in LEAVING]
    outgoing = ("resolve" if any(leaving) else "reply") if leaving else None
    tickets.set_field(tx, change, ticket, "outgoing", outgoing)
    if attention is not None or not any(item["state"] in NEEDS_US for item in items):
        tickets.set_field(tx, change, ticket, "attention", attention)


def copies_due(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """Sent items whose copy is still to be filed on the channel."""
    return connection.execute(
        "SELECT * FROM outbox_items WHERE copy_due = 1 ORDER BY id"
    ).fetchall()


def copy_filed(tx: Transaction, item_id: int) -> None:
    """The copy lies on the channel."""
    tx.execute("UPDATE outbox_items SET copy_due = 0 WHERE id = ?", (item_id,))


def sent_raw(connection: sqlite3.Connection, item: sqlite3.Row) -> bytes:
    """What was sent, byte for byte; empty where it is not kept."""
    row = connection.execute(
        "SELECT r.content FROM raw_messages r JOIN messages m ON m.id = r.message_row"
        " WHERE m.account_id = ? AND m.remote_id = ?",
        (item["account_id"], item["remote_id"]),
    ).fetchone()
    return zlib.decompress(row[0]) if row else b""


def look_again(
    tx: Transaction, item: sqlite3.Row, next_try_at: str, looks: int, reason: str
) -> None:
    """A look brought nothing yet; the next one follows."""
    tx.execute(
        "UPDATE outbox_items SET next_try_at = ?, looks = ?, reason = coalesce(reason, ?)"
        " WHERE id = ? AND state = ?",
        (next_try_at, looks, reason, item["id"], DeliveryState.SETTLING),
    )


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))

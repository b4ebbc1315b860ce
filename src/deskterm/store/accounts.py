"""Accounts, their health, and where their sync stands."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from deskterm.domain.errors import DesktermError
from deskterm.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Account:
    """One login on one channel. `fields` are its settings without secrets."""

    id: int
    uid: str
    name: str
    channel: str
    fields: Mapping[str, str]
    added_at: str
    removed_at: str | None = None

    @property
    def carrier(self) -> str:
        """Who talks to the network for it: the mailbox account that it names, else itself."""
        return self.fields.get("mailbox") or self.name

    @property
    def operator(self) -> str:
        """The marketplace behind a channel that serves several; empty: none, or not told."""
        return self.fields.get("operator", "")

    @property
    def site(self) -> str:
        """The site of the marketplace, as its channel calls it; empty: none, or not told."""
        return self.fields.get("site", "")


@dataclass(frozen=True, slots=True)
class AccountHealth:
    """How an account does, in a word and in words."""

    state: str
    text: str
    until_at: str | None
    failures: int
    changed_at: str
    synced_at: str | None


@dataclass(frozen=True, slots=True)
class StoredCursor:
    """Where the next pull of a stream begins; times as ISO text."""

    cursor: str | None = None
    since_at: str | None = None
    position: str | None = None
    start_mark_at: str | None = None
    finished_at: str | None = None


_ACCOUNT = "SELECT id, uid, name, channel, fields, added_at, removed_at FROM accounts"


def _account(row: sqlite3.Row) -> Account:
    return Account(row[0], row[1], row[2], row[3], json.loads(row[4]), row[5], row[6])


def all_accounts(connection: sqlite3.Connection) -> list[Account]:
    """Every account that has not been removed."""
    rows = connection.execute(_ACCOUNT + " WHERE removed_at IS NULL ORDER BY id").fetchall()
    return [_account(row) for row in rows]


def account_named(connection: sqlite3.Connection, name: str) -> Account:
    """The account of that name.

    Raises:
        DesktermError: there is none (`no_account`).
    """
    row = connection.execute(
        _ACCOUNT + " WHERE removed_at IS NULL AND name = ?", (name,)
    ).fetchone()
    if row is None:
        known = ", ".join(a.name for a in all_accounts(connection)) or "none yet"
        raise DesktermError(
            f"There is no account named {name}",
            f"Known accounts: {known}",
            "'deskterm account list' shows them",
            code="no_account",
        )
    return _account(row)


def carried_by(connection: sqlite3.Connection, mailbox: str) -> list[Account]:
    """The accounts whose messages travel as mail of that mailbox, removed ones too."""
    rows = connection.execute(_ACCOUNT + " ORDER BY id").fetchall()
    return [a for a in map(_account, rows) if a.carrier == mailbox and a.name != mailbox]


def account_by_id(connection: sqlite3.Connection, account_id: int) -> Account | None:
    """The account of that id, also when it was removed."""
    row = connection.execute(_ACCOUNT + " WHERE id = ?", (account_id,)).fetchone()
    return _account(row) if row else None


def add_account(
    tx: Transaction,
    name: str,
    channel: str,
    fields: Mapping[str, str],
    *,
    marketplace: bool = False,
) -> Account:
    """Add an account. Orders of a `marketplace` belong to its own tickets alone.

    Raises:
        DesktermError: the name is taken (`account_exists`).
    """
    if tx.one("SELECT 1 FROM accounts WHERE name = ? AND removed_at IS NULL", (name,)):
        raise DesktermError(
            f"There is already an account named {name}",
            "Nothing was changed.",
            "Choose another name, or remove the other account first",
            code="account_exists",
        )
    uid = tx.new_uid()
    cursor = tx.execute(
        "INSERT INTO accounts (uid, name, channel, fields, added_at, marketplace)"
        " VALUES (?,?,?,?,?,?)",
        (
            *(uid, name, channel, json.dumps(dict(fields), ensure_ascii=False), tx.now),
            int(marketplace),
        ),
    )
    return Account(int(cursor.lastrowid or 0), uid, name, channel, dict(fields), tx.now)


def change_fields(tx: Transaction, account: Account, fields: Mapping[str, str]) -> None:
    """Replace the settings of an account."""
    text = json.dumps(dict(fields), ensure_ascii=False)
    tx.execute("UPDATE accounts SET fields = ? WHERE id = ?", (text, account.id))


def remove_account(tx: Transaction, account: Account) -> None:
    """Stop using an account. Its tickets stay readable."""
    tx.execute("UPDATE accounts SET removed_at = ? WHERE id = ?", (tx.now, account.id))


def health(connection: sqlite3.Connection, account_id: int) -> AccountHealth | None:
    """The health of an account, None before its first sync."""
    row = connection.execute(
        "SELECT state, text, until_at, failures, changed_at, synced_at FROM account_health"
        " WHERE account_id = ?",
        (account_id,),
    ).fetchone()
    return AccountHealth(*row) if row else None


def set_health(
    tx: Transaction, account_id: int, state: str, text: str, until_at: str | None, failures: int
) -> None:
    """Note how an account does; a good state also notes the time of the sync."""
    tx.execute(
        "INSERT INTO account_health (account_id, state, text, until_at, failures, changed_at,"
        " synced_at) VALUES (?,?,?,?,?,?,?) ON CONFLICT (account_id) DO UPDATE SET"
        " state = excluded.state, text = excluded.text, until_at = excluded.until_at,"
        " failures = excluded.failures, changed_at = excluded.changed_at,"
        " synced_at = coalesce(excluded.synced_at, synced_at)",
        (account_id, state, text, until_at, failures, tx.now, tx.now if state == "ok" else None),
    )


def confirm(tx: Transaction, account_id: int, token: str) -> None:
    """Remember that a person said yes to one question of an account."""
    tx.execute(
        "INSERT OR IGNORE INTO account_confirmations (account_id, token, at) VALUES (?,?,?)",
        (account_id, token, tx.now),
    )
    tx.execute("DELETE FROM meta WHERE name = ? AND value = ?", (f"asked:{account_id}", token))


def confirmations(connection: sqlite3.Connection, account_id: int) -> frozenset[str]:
    """The questions a person said yes to."""
    rows = connection.execute(
        "SELECT token FROM account_confirmations WHERE account_id = ?", (account_id,)
    ).fetchall()
    return frozenset(row[0] for row in rows)


def load_cursor(connection: sqlite3.Connection, account_id: int, stream: str) -> StoredCursor:
    """Where a stream stands; empty before its first page."""
    row = connection.execute(
        "SELECT cursor, since_at, position, start_mark_at, finished_at FROM sync_cursors"
        " WHERE account_id = ? AND stream = ?",
        (account_id, stream),
    ).fetchone()
    return StoredCursor(*row) if row else StoredCursor()


def save_cursor(tx: Transaction, account_id: int, stream: str, state: StoredCursor) -> None:
    """Move a cursor; always in the transaction that stores the page."""
    tx.execute(
        "INSERT OR REPLACE INTO sync_cursors (account_id, stream, cursor, since_at, position,"
        " start_mark_at, finished_at) VALUES (?,?,?,?,?,?,?)",
        (
            account_id,
            stream,
            state.cursor,
            state.since_at,
            state.position,
            state.start_mark_at,
            state.finished_at,
        ),
    )


def start_run(tx: Transaction, account_id: int) -> int:
    """Note the start of a sync."""
    cursor = tx.execute(
        "INSERT INTO sync_runs (account_id, started_at) VALUES (?,?)", (account_id, tx.now)
    )
    return int(cursor.lastrowid or 0)


def end_run(
    tx: Transaction, run_id: int, outcome: str, counts: tuple[int, int, int], error: str
) -> None:
    """Note the end of a sync; `counts` are stored, changed and quarantined. One that went well is
    the account's newest, also where nothing was new.
    """
    tx.execute(
        "UPDATE sync_runs SET ended_at = ?, outcome = ?, stored = ?, changed = ?,"
        " quarantined = ?, error = ? WHERE id = ?",
        (tx.now, outcome, *counts, error, run_id),
    )
    if outcome == "ok":
        tx.execute(
            "UPDATE account_health SET synced_at = ?"
            " WHERE account_id = (SELECT account_id FROM sync_runs WHERE id = ?)",
            (tx.now, run_id),
        )
    tx.execute("DELETE FROM sync_runs WHERE started_at < date(?, '-30 days')", (tx.now,))


def quarantine(
    tx: Transaction, account_id: int, stream: str, remote_id: str, reason: str, raw: bytes
) -> None:
    """Set an item aside that could not be stored."""
    tx.execute(
        "INSERT INTO quarantine (account_id, stream, remote_id, reason, raw, tries, first_at,"
        " last_at) VALUES (?,?,?,?,?,1,?,?) ON CONFLICT (account_id, remote_id) DO UPDATE SET"
        " tries = tries + 1, last_at = excluded.last_at, reason = excluded.reason",
        (account_id, stream, remote_id, reason, raw, tx.now, tx.now),
    )


def ask(tx: Transaction, account_id: int, token: str) -> None:
    """Remember what an account asks, until a person answers."""
    tx.execute(
        "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (f"asked:{account_id}", token)
    )


def asked_token(connection: sqlite3.Connection, account_id: int) -> str | None:
    """What an account asks at present."""
    row = connection.execute(
        "SELECT value FROM meta WHERE name = ?", (f"asked:{account_id}",)
    ).fetchone()
    return str(row[0]) if row else None

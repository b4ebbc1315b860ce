"""Drafts: what is being written. One open reply and one open note for each ticket and author, and
any number of new messages.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, replace

from deskterm.domain.errors import DesktermError
from deskterm.store.transaction import Transaction

REPLY, NOTE = "reply", "note"


@dataclass(frozen=True, slots=True)
class Content:
    """What a draft holds.

    Args:
        body: the text.
        kind: `reply` (a new message too) or `note`.
        to, cc, subject: as typed; empty where it follows from the ticket.
        files: names of files as `deskterm.service.attached` reads them.
        follow_up: JSON: what is done once it has left; None: nothing.
    """

    body: str
    kind: str = REPLY
    to: str = ""
    cc: str = ""
    subject: str = ""
    files: tuple[str, ...] = ()
    follow_up: str | None = None

    @classmethod
    def of(cls, row: sqlite3.Row) -> Content:
        """What a row holds."""
        return cls(
            row["body"],
            row["kind"],
            row["to_line"],
            row["cc_line"],
            row["subject"],
            tuple(json.loads(row["files"])),
            row["follow_up"],
        )

    @property
    def is_empty(self) -> bool:
        """Whether nobody would miss it."""
        typed = (self.body, self.to, self.cc, self.subject)
        return not any(text.strip() for text in typed) and not self.files

    @property
    def columns(self) -> tuple[str | None, ...]:
        """The values of the columns in `_CONTENT`."""
        files = json.dumps(self.files, ensure_ascii=False)
        return self.body, self.kind, self.to, self.cc, self.subject, files, self.follow_up

    def above(self, other: Content) -> Content:
        """This and another text in one, this one first; nothing is said twice."""
        mine, below = self.body.strip(), other.body.strip()
        if not below or below in self.body:
            body = self.body
        elif not mine or mine in other.body:
            body = other.body
        else:
            body = f"{self.body}\n\n{other.body}"
        return replace(
            self,
            body=body,
            to=self.to or other.to,
            cc=self.cc or other.cc,
            subject=self.subject or other.subject,
            files=tuple(dict.fromkeys((*self.files, *other.files))),
            follow_up=self.follow_up or other.follow_up,
        )


_CONTENT = "body, kind, to_line, cc_line, subject, files, follow_up"


def add(
    tx: Transaction,
    author: str,
    content: Content,
    *,
    ticket_id: int | None = None,
    account_id: int | None = None,
    state: str = "open",
) -> str:
    """A new draft; returns its uid. Without a ticket it is a new message by that account."""
    uid = tx.new_uid()
    tx.execute(
        f"INSERT INTO drafts (uid, ticket_id, account_id, author, {_CONTENT}, state, updated_at)"
        " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (uid, ticket_id, account_id, author, *content.columns, state, tx.now),
    )
    return uid


def put(tx: Transaction, uid: str, content: Content) -> None:
    """Replace what a draft holds."""
    setters = ", ".join(f"{name} = ?" for name in _CONTENT.split(", "))
    tx.execute(
        f"UPDATE drafts SET {setters}, updated_at = ? WHERE uid = ?",
        (*content.columns, tx.now, uid),
    )


def by_uid(connection: sqlite3.Connection, uid: str) -> sqlite3.Row:
    """One draft.

    Raises:
        DesktermError: there is no such draft (`no_draft`).
    """
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM drafts WHERE uid = ?", (uid,)
    ).fetchone()
    if row is None:
        raise DesktermError("There is no such draft", code="no_draft")
    return row


def must_be_open(connection: sqlite3.Connection, uid: str, ticket_id: int | None) -> sqlite3.Row:
    """An open draft of a ticket (None: of a new message). Refuses one that is none any more: the
    send key was pressed twice.

    Raises:
        DesktermError: it was sent or thrown away already (`already_sent`), or it is no draft of
            this ticket (`no_draft`).
    """
    row = by_uid(connection, uid)
    if row["state"] != "open":
        raise DesktermError(
            "This draft is on its way already, or was thrown away",
            "Nothing was sent again.",
            "'deskterm outbox list' shows where it stands",
            code="already_sent",
        )
    if row["ticket_id"] != ticket_id:
        raise DesktermError("There is no such draft on this ticket", code="no_draft")
    return row


def open_one(
    connection: sqlite3.Connection, ticket_id: int | None, author: str, kind: str = REPLY
) -> sqlite3.Row | None:
    """The author's open draft of that kind on a ticket."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT * FROM drafts WHERE ticket_id = ? AND author = ? AND kind = ? AND state = 'open'",
        (ticket_id, author, kind),
    ).fetchone()
    return row


def keep_beside(tx: Transaction, ticket_id: int, author: str, content: Content) -> str:
    """Keep what could not be sent: as the open draft, or below what stands there."""
    other = open_one(tx.connection, ticket_id, author, content.kind)
    if other is None:
        return add(tx, author, content, ticket_id=ticket_id)
    put(tx, other["uid"], Content.of(other).above(content))
    return str(other["uid"])


def set_state(tx: Transaction, uid: str, state: str) -> None:
    """`submitted` when it went to the outbox, `discarded` when it was thrown away."""
    tx.execute("UPDATE drafts SET state = ?, updated_at = ? WHERE uid = ?", (state, tx.now, uid))


def set_account(tx: Transaction, uid: str, account_id: int) -> None:
    """The draft of a new message is to leave by that account."""
    tx.execute("UPDATE drafts SET account_id = ? WHERE uid = ?", (account_id, uid))


def submit(tx: Transaction, uid: str, ticket_id: int, content: Content) -> None:
    """A draft goes to the outbox as it is sent; that of a new message belongs to its ticket now."""
    put(tx, uid, content)
    set_state(tx, uid, "submitted")
    tx.execute("UPDATE drafts SET ticket_id = ? WHERE uid = ?", (ticket_id, uid))


def bring_back(tx: Transaction, uid: str) -> None:
    """A draft that was sent or thrown away is open again. Where another was begun since, the text
    that came back stands before the other, so that nothing typed is lost.
    """
    row = tx.one("SELECT * FROM drafts WHERE uid = ?", (uid,))
    if row is None or row["state"] == "open":
        return
    other = open_one(tx.connection, row["ticket_id"], row["author"], row["kind"])
    if other is None:
        set_state(tx, uid, "open")
    else:
        put(tx, other["uid"], Content.of(row).above(Content.of(other)))

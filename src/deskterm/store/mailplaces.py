"""Where copies of a mail lie on the server, and what is learned from that."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from deskterm.domain.mail import MailLocation
from deskterm.domain.ticket import Status
from deskterm.store import tickets, turns
from deskterm.store.transaction import Change, Transaction


@dataclass(frozen=True, slots=True)
class KnownMail:
    """What identifies a mail besides its place; `size` in bytes, `received_at` ISO text."""

    location: MailLocation
    message_id: str | None
    size: int
    received_at: str


def recognise(
    tx: Transaction, account_id: int, found: Sequence[KnownMail], holders: Collection[int] = ()
) -> set[MailLocation]:
    """Note new places of mails we hold. A doubtful match is left to be fetched and compared.

    `holders` are further accounts to which mails of this mailbox belong.
    """
    recognised = set()
    held_by = json.dumps([account_id, *holders])
    for mail in found:
        if mail.message_id is None:
            continue
        rows = tx.all(
            "SELECT m.id FROM messages m JOIN raw_messages r ON r.message_row = m.id"
            " WHERE m.message_id = ? AND m.received_at = ? AND r.size = ?"
            " AND +m.account_id IN (SELECT value FROM json_each(?))",
            (mail.message_id, mail.received_at, mail.size, held_by),
        )
        if len(rows) == 1:
            _put(tx, account_id, mail.location, rows[0][0])
            recognised.add(mail.location)
    return recognised


def set_marks(
    tx: Transaction, account_id: int, location: MailLocation, *, seen: bool, answered: bool
) -> bool:
    """Take over the marks that another mail program set. False: nothing changed, or not ours."""
    row = tx.one(
        "SELECT m.id, m.ticket_id, m.answered, m.direction FROM mail_places p"
        " JOIN messages m ON m.id = p.message_row"
        " WHERE p.account_id = ? AND p.folder = ? AND p.uidvalidity = ? AND p.uid = ?",
        (account_id, location.folder, location.uidvalidity, location.uid),
    )
    if row is None:
        return False
    ticket = tx.one("SELECT * FROM tickets WHERE id = ?", (row["ticket_id"],))
    if ticket is None:
        return False
    change = Change("sync", "sync", tx.new_uid())
    changed = False
    if seen and ticket["unread"] and _is_newest(tx, row["id"], row["ticket_id"]):
        changed = tickets.set_field(tx, change, ticket, "unread", 0)
    if bool(row["answered"]) != answered and row["direction"] == "inbound":
        tx.execute("UPDATE messages SET answered = ? WHERE id = ?", (int(answered), row["id"]))
        turns.refresh(tx, row["ticket_id"])
        after = tx.one("SELECT waiting_since FROM tickets WHERE id = ?", (row["ticket_id"],))
        if (
            answered
            and after is not None
            and after[0] is None
            and ticket["status"] in (Status.NEW, Status.OPEN)
        ):
            tickets.set_field(tx, change, ticket, "status", Status.WAITING_CUSTOMER)
        changed = True
    return changed


def drop_missing(
    tx: Transaction,
    account_id: int,
    folder: str,
    uidvalidity: int,
    listing: tuple[int, Collection[int]],
) -> int:
    """Compare with a complete listing (`below`, uids): what left the folder stays with us, and is
    marked as gone where no other place is known. Returns how many left.
    """
    below, uids = listing
    present = set(uids)
    gone = [
        (row[0], row[1])
        for row in tx.all(
            "SELECT uid, message_row FROM mail_places WHERE account_id = ? AND folder = ?"
            " AND uidvalidity = ? AND uid < ?",
            (account_id, folder, uidvalidity, below),
        )
        if row[0] not in present
    ]
    for uid, message_row in gone:
        tx.execute(
            "DELETE FROM mail_places WHERE account_id = ? AND folder = ? AND uidvalidity = ?"
            " AND uid = ?",
            (account_id, folder, uidvalidity, uid),
        )
        tx.execute(
            "UPDATE messages SET gone_at = ? WHERE id = ? AND NOT EXISTS"
            " (SELECT 1 FROM mail_places p WHERE p.message_row = messages.id)",
            (tx.now, message_row),
        )
    return len(gone)


def void_older(tx: Transaction, account_id: int, folder: str, uidvalidity: int) -> None:
    """Forget places of a numbering that is no longer valid."""
    tx.execute(
        "DELETE FROM mail_places WHERE account_id = ? AND folder = ? AND uidvalidity != ?",
        (account_id, folder, uidvalidity),
    )


def _put(tx: Transaction, account_id: int, location: MailLocation, message_row: int) -> None:
    tx.execute(
        "INSERT OR REPLACE INTO mail_places (account_id, folder, uidvalidity, uid, message_row)"
        " VALUES (?,?,?,?,?)",
        (account_id, location.folder, location.uidvalidity, location.uid, message_row),
    )
    tx.execute("UPDATE messages SET gone_at = NULL WHERE id = ?", (message_row,))


def _is_newest(tx: Transaction, message_row: int, ticket_id: int) -> bool:
    row = tx.one(
        "SELECT max(id) FROM messages WHERE ticket_id = ? AND direction = 'inbound'", (ticket_id,)
    )
    return row is not None and row[0] == message_row

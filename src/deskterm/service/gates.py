"""What a reply must pass at the moment of sending, whatever it passed before."""

from __future__ import annotations

import sqlite3

from deskterm.domain.clock import from_text
from deskterm.domain.errors import DesktermError
from deskterm.rules.model import CheckResult, body_digest
from deskterm.service import addressing, attached
from deskterm.service.addressing import Recipients
from deskterm.service.checking import Written, check_reply
from deskterm.service.work import Work
from deskterm.store.accounts import account_by_id

_REPEAT_S = 600


def reason_to_stop(work: Work, item: sqlite3.Row) -> str | None:
    """Why an item must not leave now, in words; None when every gate is open.

    A gate that cannot be looked at (a broken file of rules, say) is closed.

    The gates: the account is there, the text is the one that was checked, the rules as they are
    today, the recipient is still the one of the ticket, the files are unchanged, the customer has
    not written since, the same text did not just go to the same thread.
    """
    try:
        return _first_closed(work, item)
    except DesktermError as error:
        return str(error)


def _first_closed(work: Work, item: sqlite3.Row) -> str | None:
    connection = work.tx.connection
    account = account_by_id(connection, item["account_id"])
    ticket = work.tx.one("SELECT * FROM tickets WHERE id = ?", (item["ticket_id"],))
    if (
        account is None
        or ticket is None
        or work.tx.one(
            "SELECT 1 FROM accounts WHERE id = ? AND removed_at IS NOT NULL", (item["account_id"],)
        )
    ):
        return "The account it would leave by was removed"
    if body_digest(item["body"]) != item["check_digest"]:
        return "The text is not the one that was checked"
    recipients = Recipients.load(item["recipients"])
    terms = work.desk.channels.terms(account)
    if not recipients.chosen and terms.by_mail:
        now_derived = addressing.derived(connection, ticket, terms)
        if now_derived.keys != recipients.keys:
            return "The customer's address has changed since you wrote"
    files = attached.load(item["attachments"])
    for file in files:
        if attached.content_of(file, work.desk.attachments) is None:
            return f"The file {file.filename} is gone or was changed"
    result = check_reply(
        connection,
        work.desk,
        ticket,
        terms,
        Written(item["body"], item["subject"], recipients, files, item["seen_row"]),
        work.tx.moment,
    )
    return _verdict(result, item["override_reason"]) or _repeated(work, item)


def same_text_before(work: Work, thread_id: int, digest: str, but: int = 0) -> bool:
    """Whether the same text went, or is going, to the same thread within ten minutes."""
    row = work.tx.one(
        "SELECT created_at, ended_at FROM outbox_items WHERE thread_id = ? AND check_digest = ?"
        " AND id != ? AND (id < ? OR ? = 0) AND state != 'withdrawn' ORDER BY id DESC LIMIT 1",
        (thread_id, digest, but, but, but),
    )
    if row is None:
        return False
    return (work.tx.moment - from_text(row[1] or row[0])).total_seconds() < _REPEAT_S


def _verdict(result: CheckResult, override: str | None) -> str | None:
    stopping = [
        f
        for f in result.findings
        if f.severity == "block" or (f.severity == "warn" and not override)
    ]
    if not stopping:
        return None
    return "; ".join(f"{f.says_in('en')} ({f.rule})" for f in stopping[:3])


def _repeated(work: Work, item: sqlite3.Row) -> str | None:
    if item["override_reason"]:
        return None
    if same_text_before(work, item["thread_id"], item["check_digest"], but=item["id"]):
        return "The same text went to this thread less than ten minutes ago"
    return None

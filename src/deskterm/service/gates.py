"""What a reply must pass at the moment of sending, whatever it passed before."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import timedelta

from deskterm.domain.clock import to_text
from deskterm.domain.errors import DesktermError
from deskterm.domain.outbox import IN_ORDER
from deskterm.rules.model import CheckResult, body_digest
from deskterm.rules.passing import warned
from deskterm.service import addressing, attached
from deskterm.service.addressing import Recipients
from deskterm.service.checking import Written, check_reply
from deskterm.service.work import ChannelTerms, Work
from deskterm.store.accounts import account_by_id

#: Stands among the warnings that an agent passed for "the same text again".
SAME_TEXT = "same_text"
_REPEAT = timedelta(minutes=10)


def reason_to_stop(work: Work, item: sqlite3.Row) -> str | None:
    """Why an item must not leave now, in words; None when every gate is open.

    A gate that cannot be looked at (a broken file of rules, say) is closed.

    The gates: the account is there, the text is the one that was checked, the recipient is still
    the one of the ticket, the files are unchanged, the rules as they are today (the customer has
    not written since is one of them), the same text did not just go to the same thread. A warning
    that the agent passed with a reason stays passed; a block never is.
    """
    try:
        account = account_by_id(work.tx.connection, item["account_id"])
        ticket = work.tx.one("SELECT * FROM tickets WHERE id = ?", (item["ticket_id"],))
        if account is None or account.removed_at is not None or ticket is None:
            return "The account it would leave by was removed"
        terms = work.desk.channels.terms(account)
        if not terms.can_send:
            return f"Replies cannot be sent by {terms.title}"
        written = _written(work, item, account.channel)
        reason = _changed(work, item, ticket, terms, written)
        if reason is not None:
            return reason
        overridden = frozenset((item["overridden"] or "").split())
        result = check_reply(work.tx.connection, work.desk, ticket, terms, written, work.tx.moment)
        return _verdict(result, overridden) or _repeated(work, item, overridden)
    except DesktermError as error:
        return str(error)


def warnings_now(work: Work, item: sqlite3.Row, seen_row: int | None) -> frozenset[str]:
    """What an agent passes who sends an item anyway, having seen everything up to `seen_row`."""
    account = account_by_id(work.tx.connection, item["account_id"])
    ticket = work.tx.one("SELECT * FROM tickets WHERE id = ?", (item["ticket_id"],))
    if account is None or ticket is None:
        return frozenset()
    result = check_reply(
        work.tx.connection,
        work.desk,
        ticket,
        work.desk.channels.terms(account),
        replace(_written(work, item, account.channel), seen_row=seen_row),
        work.tx.moment,
    )
    return warned(result) | {SAME_TEXT}


def _written(work: Work, item: sqlite3.Row, channel: str) -> Written:
    files = attached.load(item["attachments"])
    return Written(
        item["body"],
        item["subject"],
        Recipients.load(item["recipients"]),
        channel,
        [attached.lying(file, work.desk.attachments) for file in files],
        item["seen_row"],
    )


def _changed(
    work: Work, item: sqlite3.Row, ticket: sqlite3.Row, terms: ChannelTerms, written: Written
) -> str | None:
    """What is no longer as it was when the reply was checked."""
    if body_digest(item["body"]) != item["check_digest"]:
        return "The text is not the one that was checked"
    if not written.recipients.chosen and terms.by_mail:
        now_derived = addressing.derived(work.tx.connection, ticket, terms)
        if now_derived.keys != written.recipients.keys:
            return "The customer's address has changed since you wrote"
    for file in attached.load(item["attachments"]):
        if attached.content_of(file, work.desk.attachments) is None:
            return f"The file {file.filename} is gone or was changed"
    return None


def same_text_before(work: Work, thread_id: int, digest: str, but: int = 0) -> bool:
    """Whether the same text left within ten minutes, or is about to leave, in the same thread.

    `but` is an item that does not count, nor do those that were written after it and wait for it.
    """
    waiting = sorted(IN_ORDER)
    row = work.tx.one(
        "SELECT 1 FROM outbox_items WHERE thread_id = ? AND check_digest = ? AND id != ? AND"
        " ((state = 'sent' AND ended_at > ?) OR ((id < ? OR ? = 0)"
        " AND state IN (SELECT value FROM json_each(?)))) LIMIT 1",
        (
            thread_id,
            digest,
            but,
            to_text(work.tx.moment - _REPEAT),
            but,
            but,
            json.dumps(waiting),
        ),
    )
    return row is not None


def _verdict(result: CheckResult, overridden: frozenset[str]) -> str | None:
    stopping = [
        f
        for f in result.findings
        if f.severity == "block" or (f.severity == "warn" and f.rule not in overridden)
    ]
    if not stopping:
        return None
    return "; ".join(f"{f.says_in('en')} ({f.rule})" for f in stopping[:3])


def _repeated(work: Work, item: sqlite3.Row, overridden: frozenset[str]) -> str | None:
    if SAME_TEXT in overridden:
        return None
    if same_text_before(work, item["thread_id"], item["check_digest"], but=item["id"]):
        return "The same text went to this thread less than ten minutes ago"
    return None

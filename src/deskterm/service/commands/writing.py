"""Writing to the customer: a reply is checked, held, and leaves by the outbox."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import timedelta
from email.utils import getaddresses
from pathlib import Path

from deskterm.domain.cards import mask_cards
from deskterm.domain.clock import to_text
from deskterm.domain.errors import DesktermError, UsageError
from deskterm.domain.mail import Address
from deskterm.rules.model import CheckResult
from deskterm.service import addressing, attached
from deskterm.service.act import (
    Act,
    Outcome,
    Params,
    flag_of,
    needed,
    text_of,
    the_ticket,
)
from deskterm.service.addressing import Recipients
from deskterm.service.checking import Written, as_json, check_reply
from deskterm.service.gates import SAME_TEXT, same_text_before, warned
from deskterm.service.work import ChannelTerms, Work
from deskterm.store import drafts, outbox
from deskterm.store.accounts import Account, account_by_id
from deskterm.store.tickets import newest_inbound


@dataclass(frozen=True, slots=True)
class _Passed:
    """How a reply passed its check: `override` is the reason an agent gave for `overridden`."""

    result: CheckResult
    override: str | None
    overridden: frozenset[str]
    draft_uid: str
    then_resolve: bool


def _reply(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    row = the_ticket(ticket)
    account, terms = _channel(work, row)
    written, draft_uid = _written(work, row, terms, params)
    result = check_reply(work.tx.connection, work.desk, row, terms, written, work.tx.moment)
    override = text_of(params, "reason").strip() or None
    verdict = _stopped(work, row, result, override)
    if verdict is not None:
        _keep(work, row, written.text, draft_uid)
        return verdict
    written, overridden = _passed(work, row, terms, written, override)
    if draft_uid is None:
        draft_uid = drafts.add_submitted(work.tx, row["id"], work.desk.agent, written.text)
    passed = _Passed(result, override, overridden, draft_uid, flag_of(params, "resolve"))
    uid = _hold(work, row, account, written, passed)
    return {
        "outcome": "held",
        "item": uid,
        "hold_s": work.desk.hold_s,
        "findings": as_json(result.findings),
    }


def _passed(
    work: Work,
    ticket: sqlite3.Row,
    terms: ChannelTerms,
    written: Written,
    override: str | None,
) -> tuple[Written, frozenset[str]]:
    """What an agent who gave a reason passed: all that is written now counts as seen, and the
    warnings that remain then need no other reason when the reply leaves.
    """
    if not override:
        return written, frozenset()
    newest = newest_inbound(work.tx.connection, ticket["id"])
    written = replace(written, seen_row=newest["id"] if newest else None)
    result = check_reply(work.tx.connection, work.desk, ticket, terms, written, work.tx.moment)
    return written, warned(result) | {SAME_TEXT}


def _keep(work: Work, ticket: sqlite3.Row, text: str, draft_uid: str | None) -> None:
    """Keep what was written and may not leave; a card number is masked before it is stored."""
    keep = drafts.keep if draft_uid else drafts.keep_beside
    keep(work.tx, ticket["id"], work.desk.agent, mask_cards(text))


def _channel(work: Work, ticket: sqlite3.Row) -> tuple[Account, ChannelTerms]:
    account = account_by_id(work.tx.connection, ticket["account_id"])
    if account is None:
        raise DesktermError("The account of this ticket is gone", code="no_account")
    terms = work.desk.channels.terms(account)
    if not terms.can_send:
        raise DesktermError(
            f"Replies cannot be sent by {terms.title}",
            "Nothing was sent.",
            "Answer in the channel's own pages",
            code="cannot_send",
        )
    return account, terms


def _written(
    work: Work, ticket: sqlite3.Row, terms: ChannelTerms, params: Params
) -> tuple[Written, str | None]:
    draft_uid = text_of(params, "draft") or None
    text = text_of(params, "text")
    if draft_uid:
        drafts.must_be_open(work.tx.connection, draft_uid, ticket["id"])
        if "text" not in params:
            text = drafts.body_of(work.tx.connection, draft_uid)
    typed = text_of(params, "to"), text_of(params, "cc")
    if any(typed) and terms.carried is not None:
        raise UsageError(
            f"{terms.title} says itself who gets an answer",
            "Nothing was sent.",
            "Leave out --to and --cc",
        )
    recipients = (
        _chosen(*typed) if any(typed) else addressing.derived(work.tx.connection, ticket, terms)
    )
    if typed[1] and not typed[0]:
        derived = addressing.derived(work.tx.connection, ticket, terms)
        recipients = replace(recipients, to=derived.to)
    subject = text_of(params, "subject") or _reply_subject(ticket["subject"])
    paths = params.get("attach", [])
    if not isinstance(paths, list):
        raise UsageError("attach must be a list of paths")
    files = [attached.take(Path(str(p)), work.desk.attachments) for p in paths]
    return Written(text, subject, recipients, files, _seen(work, ticket, params)), draft_uid


def _seen(work: Work, ticket: sqlite3.Row, params: Params) -> int | None:
    """The newest message of the customer among those that the agent had on the screen."""
    seen = params.get("seen")
    if seen is not None and (not isinstance(seen, int) or not 0 <= seen < 1 << 63):
        raise UsageError("seen must be the row of a message")
    newest = newest_inbound(work.tx.connection, ticket["id"], seen)
    return newest["id"] if newest else None


def _chosen(to: str, cc: str) -> Recipients:
    return Recipients(_addresses(to), _addresses(cc), chosen=True)


def _addresses(text: str) -> tuple[Address, ...]:
    found = tuple(Address(name, addr) for name, addr in getaddresses([text]) if name or addr)
    for address in found:
        local, _, domain = address.addr.rpartition("@")
        if not local or not domain or any(c.isspace() for c in address.addr):
            raise UsageError(f"{text[:80]!r} is no list of mail addresses")
    return found


def _reply_subject(subject: str) -> str:
    bare = " ".join(subject.split())
    return bare if bare.lower().startswith("re:") else f"Re: {bare}"


def _stopped(
    work: Work,
    ticket: sqlite3.Row,
    result: CheckResult,
    override: str | None,
) -> Outcome | None:
    """The answer when the reply may not leave, or not without a reason."""
    if result.verdict == "block":
        return {"outcome": "blocked", "findings": as_json(result.findings)}
    if override:
        return None
    if result.verdict == "warn":
        return {"outcome": "needs_reason", "findings": as_json(result.findings)}
    thread_id = _thread(work, ticket)
    if same_text_before(work, thread_id, result.digest):
        return {
            "outcome": "needs_reason",
            "findings": [],
            "says": "The same text went to this thread less than ten minutes ago",
        }
    return None


def _thread(work: Work, ticket: sqlite3.Row) -> int:
    parent = addressing.parent_of(work.tx.connection, ticket["id"])
    if parent is not None:
        return int(parent["thread_id"])
    row = work.tx.one(
        "SELECT id FROM threads WHERE ticket_id = ? ORDER BY id DESC LIMIT 1", (ticket["id"],)
    )
    if row is None:
        raise DesktermError("This ticket has no thread to answer in", code="no_thread")
    return int(row[0])


def _hold(
    work: Work,
    ticket: sqlite3.Row,
    account: Account,
    written: Written,
    passed: _Passed,
) -> str:
    tx = work.tx
    result, override = passed.result, passed.override
    parent = addressing.parent_of(tx.connection, ticket["id"])
    hold_until = tx.moment + timedelta(seconds=work.desk.hold_s)
    uid = outbox.put(
        tx,
        outbox.NewItem(
            ticket_id=ticket["id"],
            thread_id=_thread(work, ticket),
            account_id=account.id,
            author=work.desk.agent,
            body=written.text,
            subject=written.subject,
            recipients=written.recipients.dump(),
            attachments=attached.dump(written.attachments),
            key=work.desk.channels.reply_key(account, ticket["ref"]),
            check_digest=result.digest,
            check_verdict=result.verdict,
            group_uid=work.call_id,
            hold_s=work.desk.hold_s,
            hold_until=to_text(hold_until),
            then_resolve=passed.then_resolve,
            draft_uid=passed.draft_uid,
            parent_row=parent["id"] if parent else None,
            seen_row=written.seen_row,
            override_reason=override,
            overridden=passed.overridden,
        ),
    )
    change = work.change()
    tx.journal(change, "ticket", ticket["uid"], "reply", "create", None, uid, ticket["customer_id"])
    if override:
        tx.journal(
            change,
            "outbox",
            uid,
            "override",
            "set",
            ",".join(f.rule for f in result.findings) or None,
            override,
            ticket["customer_id"],
        )
    drafts.set_state(tx, passed.draft_uid, "submitted")
    outbox.note_on_ticket(tx, change, ticket["id"])
    return uid


def _save_draft(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    body = mask_cards(text_of(params, "text"))
    return {"draft": drafts.keep(work.tx, the_ticket(ticket)["id"], work.desk.agent, body)}


def _discard_draft(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    row, uid = the_ticket(ticket), needed(params, "draft")
    drafts.must_be_open(work.tx.connection, uid, row["id"])
    drafts.set_state(work.tx, uid, "discarded")
    work.tx.journal(
        work.change(), "ticket", row["uid"], "draft", "remove", uid, None, row["customer_id"]
    )
    return {}


ACTS = {
    "ticket.reply": Act(_reply),
    "draft.save": Act(_save_draft),
    "draft.discard": Act(_discard_draft),
}

"""Writing to the customer: a reply is checked, held, and leaves by the outbox."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from deskterm.domain.checked import CheckedReply
from deskterm.domain.clock import to_text
from deskterm.domain.errors import DesktermError, UsageError
from deskterm.domain.when import parse_when
from deskterm.rules.model import CheckResult
from deskterm.service import addressing, attached, repeats, typed
from deskterm.service.act import Act, Outcome, Params, flag_of, needed, text_of, the_ticket
from deskterm.service.addressing import Recipients, way_of
from deskterm.service.checking import (
    Written,
    as_json,
    check_reply,
    hint_of,
    packs_of,
    pass_reply,
    try_reply,
)
from deskterm.service.follow_up import FollowUp
from deskterm.service.gates import SAME_TEXT, same_text_before
from deskterm.service.learning import Lesson, learn
from deskterm.service.order_notes import begin_on_order
from deskterm.service.voices import is_tense, voice_hints
from deskterm.service.work import ChannelTerms, Work
from deskterm.store import drafts, outbox
from deskterm.store.accounts import Account, account_by_id, account_named
from deskterm.store.customers import begin_ticket
from deskterm.store.drafts import Content
from deskterm.store.tickets import newest_inbound, ticket_by_ref

MANY: Final = 5
"""Replies at once, beyond which they are held for longer: they are not read one by one."""

MANY_HOLD_S: Final = 60.0
"""Seconds of that longer hold window."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """A piece of writing on its way: what it says, from which draft, by which account.

    `send_at`: it leaves then, not at the end of its hold window. `trial`: nothing is to be kept of
    it.
    """

    content: Content
    draft_uid: str | None
    account: Account
    terms: ChannelTerms
    override: str | None
    then_resolve: bool
    send_at: datetime | None
    follow_up: FollowUp
    lesson: Lesson
    trial: bool


@dataclass(frozen=True, slots=True)
class _Passed:
    """How a letter passed: `broken` are the rules that it breaks, as the agent was told."""

    written: Written
    checked: CheckedReply
    broken: tuple[str, ...]


def _reply(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    row = the_ticket(ticket)
    account = account_by_id(work.tx.connection, way_of(work.tx.connection, row)[1])
    if account is None:
        raise DesktermError("The account of this ticket is gone", code="no_account")
    letter = _letter(work, account, row["id"], params)
    outcome = _submit(work, row, letter, params)
    if outcome["outcome"] == "held" or letter.trial:
        return outcome
    kept = typed.masked(letter.content)
    if letter.draft_uid:
        drafts.put(work.tx, letter.draft_uid, kept)
        uid = letter.draft_uid
    else:
        uid = drafts.keep_beside(work.tx, row["id"], work.desk.agent, kept)
    return {**outcome, "draft": uid, "saved_at": work.tx.now}


def _new(work: Work, _ticket: sqlite3.Row | None, params: Params) -> Outcome:
    """Begin a ticket and hold its first message; where that is stopped, no ticket is left behind
    and the text is a draft without one.
    """
    tx = work.tx
    letter = _letter(work, account_named(tx.connection, needed(params, "account")), None, params)
    account, content = letter.account, letter.content
    on_order = letter.terms.on_orders
    if not on_order and (not letter.terms.by_mail or letter.terms.carried is not None):
        raise DesktermError(
            f"A conversation cannot be begun through {letter.terms.title}",
            "The customer writes first there. Nothing was sent.",
            "Choose an account of a mailbox",
            code="cannot_begin",
        )
    tx.execute("SAVEPOINT begun")
    begin = begin_on_order if on_order else _begin_by_mail
    ticket = begin(work, account, content)
    outcome = _submit(work, ticket, letter, params)
    if outcome["outcome"] == "held":
        tx.execute("RELEASE begun")
        return {"ticket": ticket["ref"], **outcome}
    tx.execute("ROLLBACK TO begun")
    tx.execute("RELEASE begun")
    if letter.trial:
        return outcome
    kept = typed.masked(content)
    if letter.draft_uid:
        drafts.put(tx, letter.draft_uid, kept)
    uid = letter.draft_uid or drafts.add(tx, work.desk.agent, kept, account_id=account.id)
    return {**outcome, "draft": uid, "saved_at": tx.now}


def _begin_by_mail(work: Work, account: Account, content: Content) -> sqlite3.Row:
    """A ticket for the customer whom a mail is to."""
    party = next(iter(typed.addresses(content.to)), None)
    if party is None:
        raise UsageError("Nobody to send this to", "", "Name the recipient with --to")
    if party.key in work.desk.channels.terms(account).identities:
        raise UsageError(f"{party.addr[:80]} is an address of ours", "", "Name the customer's")
    if not content.subject.strip():
        raise UsageError("The message has no subject", "", "Give it with --subject")
    ref = begin_ticket(
        work.tx, work.change(), account, (party.key, party.name), content.subject, content.body
    )
    return ticket_by_ref(work.tx.connection, ref)


def _letter(work: Work, account: Account, ticket_id: int | None, params: Params) -> _Letter:
    terms = work.desk.channels.terms(account)
    if not terms.can_send:
        raise DesktermError(
            f"Replies cannot be sent by {terms.title}",
            "Nothing was sent.",
            "Answer in the channel's own pages",
            code="cannot_send",
        )
    uid = text_of(params, "draft") or None
    draft = drafts.must_be_open(work.tx.connection, uid, ticket_id) if uid else None
    content = typed.content_of(params, draft)
    follow_up = FollowUp.load(content.follow_up).checked(work)
    return _Letter(
        content=content,
        draft_uid=uid,
        account=account,
        terms=terms,
        override=text_of(params, "reason").strip() or None,
        then_resolve=flag_of(params, "resolve"),
        send_at=_send_at(work, params),
        follow_up=follow_up,
        lesson=Lesson.of(params, follow_up.macros),
        trial=flag_of(params, "dry_run"),
    )


def _send_at(work: Work, params: Params) -> datetime | None:
    """When it is to leave; None where that is at once, or within the hold window."""
    text = text_of(params, "send_at").strip()
    if not text:
        return None
    moment = parse_when(text, work.tx.moment, work.desk.zone)
    return moment if moment > work.tx.moment + timedelta(seconds=_hold_s(work)) else None


def _hold_s(work: Work) -> float:
    """Seconds of the hold window: longer where many replies leave at once."""
    return max(work.desk.hold_s, MANY_HOLD_S) if work.count > MANY else work.desk.hold_s


def _submit(work: Work, ticket: sqlite3.Row, letter: _Letter, params: Params) -> Outcome:
    """Check a letter and, where nothing stops it, hold it. A trial holds nothing and says what the
    header would be, how what was found can be mended, what the channel is strict about, and what is
    not as the shop writes.
    """
    written = _written(work, ticket, letter, params)
    looked_at = work.tx.connection, work.desk, ticket, letter.terms, written, work.tx.moment
    header: Outcome = {}
    if not letter.trial:
        result = check_reply(*looked_at)
        findings = as_json(result.findings)
    else:
        result, fixes = try_reply(*looked_at)
        findings = [*as_json(result.findings, fixes), *_hints(work, ticket, letter)]
        header = {
            "to": typed.as_line(written.recipients.to),
            "cc": typed.as_line(written.recipients.cc),
            "subject": written.subject,
            "hint": dict(hint_of(packs_of(work.desk, written.channel, letter.terms))),
            "tense": is_tense(ticket),
        }
    verdict = _stopped(work, ticket, result, letter.override)
    if verdict is not None:
        return {**verdict, "findings": findings, **header}
    outcome: Outcome = {"outcome": "held"}
    if not letter.trial:
        passed = _passed(work, ticket, letter, written, result)
        outcome |= _hold(work, ticket, letter, passed)
    if letter.send_at is not None:
        outcome["send_at"] = to_text(letter.send_at)
    return {
        **outcome,
        "hold_s": _hold_s(work),
        "findings": findings,
        **header,
    }


def _hints(work: Work, ticket: sqlite3.Row, letter: _Letter) -> list[dict[str, object]]:
    """What is not as the shop writes."""
    voices, text = work.desk.voices, letter.content.body
    if voices is None:
        return []
    name = letter.account.name
    return voice_hints(work.tx.connection, voices, ticket, name, text, work.desk.agent)


def _written(work: Work, ticket: sqlite3.Row, letter: _Letter, params: Params) -> Written:
    content, terms = letter.content, letter.terms
    if (content.to or content.cc) and terms.carried is not None:
        raise UsageError(
            f"{terms.title} says itself who gets an answer",
            "Nothing was sent.",
            "Leave out --to and --cc",
        )
    by_shop = terms.on_orders  # the shop itself knows the address
    to, cc = ((), ()) if by_shop else (typed.addresses(content.to), typed.addresses(content.cc))
    if to or cc:
        derived = () if to else addressing.derived(work.tx.connection, ticket, terms).to
        recipients = Recipients(to or derived, cc, chosen=True)
    else:
        recipients = addressing.derived(work.tx.connection, ticket, terms)
    files = [attached.look(name, work.desk.attachments) for name in content.files]
    subject = content.subject.strip() or _reply_subject(work, ticket)
    channel, seen = letter.account.channel, _seen(work, ticket, params)
    return Written(content.body, subject, recipients, channel, files, seen)


def _seen(work: Work, ticket: sqlite3.Row, params: Params) -> int | None:
    """The newest message of the customer among those that the agent had on the screen."""
    seen = params.get("seen")
    if seen is not None and (not isinstance(seen, int) or not 0 <= seen < 1 << 63):
        raise UsageError("seen must be the row of a message")
    newest = newest_inbound(work.tx.connection, ticket["id"], seen)
    return newest["id"] if newest else None


def _reply_subject(work: Work, ticket: sqlite3.Row) -> str:
    bare = " ".join(str(ticket["subject"]).split())
    if bare.lower().startswith("re:") or addressing.is_untold(work.tx.connection, ticket["id"]):
        return bare
    return f"Re: {bare}"


def _stopped(
    work: Work,
    ticket: sqlite3.Row,
    result: CheckResult,
    override: str | None,
) -> Outcome | None:
    """The answer when the reply may not leave, or not without a reason."""
    if result.verdict == "block":
        return {"outcome": "blocked"}
    if override:
        return None
    if result.verdict == "warn":
        return {"outcome": "needs_reason"}
    if same_text_before(work, _thread(work, ticket), result.digest):
        return {
            "outcome": "needs_reason",
            "says": "The same text went to this thread less than ten minutes ago",
        }
    return None


def _passed(
    work: Work, ticket: sqlite3.Row, letter: _Letter, written: Written, result: CheckResult
) -> _Passed:
    """What an agent who gave a reason passed: all that is written now counts as seen, and the
    warnings that remain then need no other reason when the reply leaves.
    """
    also: frozenset[str] | None = None
    if letter.override:
        newest = newest_inbound(work.tx.connection, ticket["id"])
        written = replace(written, seen_row=newest["id"] if newest else None)
        also = frozenset({SAME_TEXT})
    tx = work.tx
    checked = pass_reply(tx.connection, work.desk, ticket, letter.terms, written, tx.moment, also)
    return _Passed(written, checked, tuple(finding.rule for finding in result.findings))


def _thread(work: Work, ticket: sqlite3.Row) -> int:
    thread_id, _ = way_of(work.tx.connection, ticket)
    if thread_id is None:
        raise DesktermError("This ticket has no thread to answer in", code="no_thread")
    return thread_id


def _hold(work: Work, ticket: sqlite3.Row, letter: _Letter, passed: _Passed) -> Outcome:
    """Put a letter into the outbox, with copies of its files; the item, and what was noticed."""
    tx, written, override = work.tx, passed.written, letter.override
    files = [attached.take(file, work.desk.attachments) for file in written.attachments]
    sent = replace(letter.content, files=tuple(file.stored_name for file in files))
    draft_uid = letter.draft_uid
    if draft_uid is None:
        draft_uid = drafts.add(tx, work.desk.agent, sent, ticket_id=ticket["id"], state="submitted")
    else:
        drafts.submit(tx, draft_uid, ticket["id"], sent)
    parent = addressing.parent_of(tx.connection, ticket["id"])
    uid = outbox.put(
        tx,
        outbox.NewItem(
            ticket_id=ticket["id"],
            thread_id=_thread(work, ticket),
            account_id=letter.account.id,
            author=work.desk.agent,
            checked=passed.checked,
            subject=written.subject,
            recipients=written.recipients.dump(),
            attachments=attached.dump(files),
            key=work.desk.channels.reply_key(letter.account, ticket["ref"]),
            group_uid=work.call_id,
            hold_s=_hold_s(work),
            hold_until=to_text(tx.moment + timedelta(seconds=_hold_s(work))),
            send_at=to_text(letter.send_at) if letter.send_at is not None else None,
            follow_up=letter.follow_up.dump(),
            then_resolve=letter.then_resolve,
            draft_uid=draft_uid,
            parent_row=parent["id"] if parent else None,
            seen_row=written.seen_row,
            override_reason=override,
        ),
    )
    change, customer = work.change(), ticket["customer_id"]
    tx.journal(change, "ticket", ticket["uid"], "reply", "create", None, uid, customer)
    if override:
        rules = ",".join(passed.broken) or None
        tx.journal(change, "outbox", uid, "override", "set", rules, override, customer)
    learn(work, ticket["id"], written.seen_row, uid, letter.lesson)
    outbox.note_on_ticket(tx, change, ticket["id"])
    noticed = repeats.notice(work, ticket["id"], uid, sent.body, letter.follow_up.macros)
    return {"item": uid, **noticed}


ACTS = {
    "ticket.reply": Act(_reply),
    "ticket.new": Act(_new),
}

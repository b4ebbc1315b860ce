"""Checking a reply against the rules, with the facts of its ticket."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from deskterm.domain.cards import mask_cards
from deskterm.domain.checked import CheckedReply
from deskterm.rules.library import resolve_channel
from deskterm.rules.model import AttachmentFacts, CheckResult, Draft, Facts, Finding, RulePack
from deskterm.rules.passing import check_to_send, let_pass
from deskterm.service import addressing
from deskterm.service.addressing import Recipients
from deskterm.service.attached import Lying
from deskterm.service.ticket_facts import ticket_facts
from deskterm.service.work import ChannelTerms, Desk

if TYPE_CHECKING:
    from deskterm.rules.fixes import Fix


@dataclass(frozen=True, slots=True)
class Written:
    """What an agent wrote, with where it goes. `seen_row`: the newest
    message of the customer that the agent has seen. `channel`: that of the account it leaves by.
    """

    text: str
    subject: str
    recipients: Recipients
    channel: str
    attachments: Sequence[Lying] = ()
    seen_row: int | None = None


def check_reply(
    connection: sqlite3.Connection,
    desk: Desk,
    ticket: sqlite3.Row,
    terms: ChannelTerms,
    written: Written,
    now: datetime,
) -> CheckResult:
    """Run every rule of the ticket's channel, and of the mailbox that carries it, over a reply."""
    draft, facts, packs = _case(connection, desk, ticket, terms, written, now)
    return check_to_send(draft, facts, packs)


def pass_reply(
    connection: sqlite3.Connection,
    desk: Desk,
    ticket: sqlite3.Row,
    terms: ChannelTerms,
    written: Written,
    now: datetime,
    also: frozenset[str] | None = None,
) -> CheckedReply:
    """What the outbox takes.

    Args:
        also: given where the agent has a reason for passing every warning, and what else with it.

    Raises:
        DesktermError: it may not leave (`blocked`), or not without a reason (`needs_reason`).
    """
    draft, facts, packs = _case(connection, desk, ticket, terms, written, now)
    return let_pass(draft, facts, packs, despite_warnings=also is not None, also=also or ())


def try_reply(
    connection: sqlite3.Connection,
    desk: Desk,
    ticket: sqlite3.Row,
    terms: ChannelTerms,
    written: Written,
    now: datetime,
) -> tuple[CheckResult, tuple[Fix | None, ...]]:
    """The same for a reply that is not to leave yet, with a fix for each finding that has one."""
    from deskterm.rules.fixes import offers  # no start of an office needs the rewrites

    draft, facts, packs = _case(connection, desk, ticket, terms, written, now)
    result = check_to_send(draft, facts, packs)
    return result, offers(draft, facts, packs, result)


def _case(
    connection: sqlite3.Connection,
    desk: Desk,
    ticket: sqlite3.Row,
    terms: ChannelTerms,
    written: Written,
    now: datetime,
) -> tuple[Draft, Facts, Sequence[RulePack]]:
    known = ticket_facts(connection, ticket, desk.channels, now)
    draft = Draft(
        text=written.text,
        channel=written.channel,
        subject=written.subject,
        kind="initiative" if known.newest_inbound_id is None else "reply",
        attachments=tuple(
            AttachmentFacts(a.filename, a.mime, a.size, a.path) for a in written.attachments
        ),
        recipients=written.recipients.keys,
        sender=terms.ours.key if terms.ours else "",
    )
    facts = replace(
        known,
        seen_inbound_id=None if written.seen_row is None else str(written.seen_row),
        limits=terms.limit,
        allowed_recipients=_allowed(connection, ticket, terms),
        identities=terms.identities or None,
        server_max_bytes=desk.max_reply_bytes if terms.by_mail else None,
        api_text=not terms.by_mail,
        operator=terms.operator,
        site=terms.site,
    )
    return draft, facts, packs_of(desk, written.channel, terms)


def _allowed(
    connection: sqlite3.Connection, ticket: sqlite3.Row, terms: ChannelTerms
) -> frozenset[str] | None:
    """Who may get it. The first message of a ticket says itself who takes part."""
    if not terms.by_mail or addressing.is_untold(connection, ticket["id"]):
        return None
    return addressing.allowed(connection, ticket, terms)


def packs_of(desk: Desk, channel: str, terms: ChannelTerms) -> Sequence[RulePack]:
    """The packs of the channel; before them those of the mailbox that carries its messages."""
    own = desk.packs_for(resolve_channel(channel, terms.operator))
    if terms.carried is None:
        return own
    carriers = desk.packs_for(terms.carried.channel)
    known = {pack.channel for pack in carriers}
    return (*carriers, *(pack for pack in own if pack.channel not in known))


def hint_of(packs: Sequence[RulePack]) -> Mapping[str, str]:
    """What the channel is strict about, by language: what its most particular pack says."""
    return next((pack.hint for pack in reversed(packs) if pack.hint), {})


def as_json(
    findings: Sequence[Finding], fixes: Sequence[Fix | None] = ()
) -> list[dict[str, object]]:
    """Findings as the machine interface shows them, with what they say in English (`says`) and in
    every other language that the pack has (`says_in`). They are kept with the answer to a call, so
    a card number they quote is masked.

    Args:
        fixes: one for each finding, or None; shown as `rewrite`. They hold what was written, and
            are for answers only that are not kept.
    """
    shown = [_finding_as_json(finding) for finding in findings]
    for finding, fix in zip(shown, fixes, strict=False):
        if fix is not None:
            finding["rewrite"] = {"start": fix.start, "end": fix.end, "instead": fix.instead}
    return shown


def _finding_as_json(finding: Finding) -> dict[str, object]:
    says, checked_on = finding.says, finding.checked_on
    return {
        "rule": finding.rule,
        "severity": finding.severity,
        "start": finding.start,
        "end": finding.end,
        "excerpt": mask_cards(finding.excerpt),
        "says": finding.says_in("en"),
        "says_in": {code: sentence for code, sentence in says.items() if code != "en"},
        "source": finding.source,
        "source_kind": finding.source_kind,
        "changed_from": finding.changed_from,
        "fix": finding.fix,
        "checked_on": checked_on.isoformat() if checked_on else None,
    }

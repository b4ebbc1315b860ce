"""Checking a reply against the rules, with the facts of its ticket."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from deskterm.domain.cards import mask_cards
from deskterm.domain.clock import from_text
from deskterm.rules.engine import check
from deskterm.rules.model import AttachmentFacts, CheckResult, Draft, Facts, Finding, RulePack
from deskterm.service import addressing
from deskterm.service.addressing import Recipients
from deskterm.service.attached import Lying
from deskterm.service.work import ChannelTerms, Desk
from deskterm.store.tickets import newest_inbound


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
    newest = newest_inbound(connection, ticket["id"])
    draft = Draft(
        text=written.text,
        channel=written.channel,
        subject=written.subject,
        kind="reply" if newest is not None else "initiative",
        attachments=tuple(
            AttachmentFacts(a.filename, a.mime, a.size, a.path) for a in written.attachments
        ),
        recipients=written.recipients.keys,
        sender=terms.ours.key if terms.ours else "",
    )
    facts = Facts(
        now=now,
        last_inbound_at=from_text(newest["received_at"]) if newest else None,
        newest_inbound_id=str(newest["id"]) if newest else None,
        seen_inbound_id=None if written.seen_row is None else str(written.seen_row),
        limits=terms.limit,
        allowed_recipients=_allowed(connection, ticket, terms),
        identities=terms.identities or None,
        server_max_bytes=desk.max_reply_bytes if terms.by_mail else None,
        thread_subject=newest["subject"] if newest else None,
        api_text=not terms.by_mail,
    )
    return check(draft, facts, _packs(desk, written.channel, terms))


def _allowed(
    connection: sqlite3.Connection, ticket: sqlite3.Row, terms: ChannelTerms
) -> frozenset[str] | None:
    """Who may get it. The first message of a ticket says itself who takes part."""
    if not terms.by_mail or addressing.is_untold(connection, ticket["id"]):
        return None
    return addressing.allowed(connection, ticket, terms)


def _packs(desk: Desk, channel: str, terms: ChannelTerms) -> Sequence[RulePack]:
    """The packs of the channel; before them those of the mailbox that carries its messages."""
    own = desk.packs_for(channel)
    if terms.carried is None:
        return own
    carriers = desk.packs_for(terms.carried.channel)
    known = {pack.channel for pack in carriers}
    return (*carriers, *(pack for pack in own if pack.channel not in known))


def as_json(findings: Sequence[Finding]) -> list[dict[str, object]]:
    """Findings as the machine interface shows them, with what they say in English (`says`) and in
    every other language that the pack has (`says_in`). They are kept with the answer to a call, so
    a card number they quote is masked.
    """
    return [
        {
            "rule": f.rule,
            "severity": f.severity,
            "start": f.start,
            "end": f.end,
            "excerpt": mask_cards(f.excerpt),
            "says": f.says_in("en"),
            "says_in": {code: says for code, says in f.says.items() if code != "en"},
            "source": f.source,
            "fix": f.fix,
            "checked_on": f.checked_on.isoformat() if f.checked_on else None,
        }
        for f in findings
    ]

"""From the rule packs of an account's channel to a sheet that can be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

from deskterm.rules.library import EVERYWHERE, has_pack, resolve_channel
from deskterm.rules.model import DRAFT_GATES, Rule, RulePack
from deskterm.rules.shop import Broken
from deskterm.service.checking import hint_of
from deskterm.service.reading.rule_rows import BrokenRules, RuleSheet, RuleView
from deskterm.store.accounts import Account
from deskterm.text.clean import clean

PacksFor = Callable[[str], Sequence[RulePack]]


def sheet(
    accounts: Iterable[Account], name: str, packs_for: PacksFor, today: date
) -> RuleSheet | None:
    """The rules of an account: those of its channel, and of the mailbox that carries its messages.

    None where there is no such account.

    Raises:
        DesktermError: a pack is not as it must be.
    """
    known = {account.name: account for account in accounts}
    own = known.get(name)
    if own is None:
        return None
    carrier = known.get(own.carrier, own)
    ours = packs_for(resolve_channel(own.channel, own.operator))
    packs = [*reversed(ours)]  # the most particular first
    names = {pack.channel for pack in packs}
    packs += [pack for pack in packs_for(carrier.channel) if pack.channel not in names]
    return RuleSheet(
        channel=clean(own.channel, multiline=False),
        rules=tuple(_view(rule) for pack in packs for rule in pack.rules),
        hint=hint_of(ours),
        overdue=tuple(clean(p.channel, multiline=False) for p in packs if p.is_stale(today)),
        has_own=has_pack(packs, own.channel, own.operator),
    )


def broken_rules(files: Iterable[Broken]) -> list[BrokenRules]:
    """The shop's files of rules that cannot be used, as they are shown."""
    return [
        BrokenRules(
            clean(Path(one.file).name, multiline=False),
            one.error.explanation,
            None if one.channel == EVERYWHERE else clean(one.channel, multiline=False),
            one.has_older,
        )
        for one in files
    ]


def _view(rule: Rule) -> RuleView:
    return RuleView(
        id=clean(rule.id, multiline=False),
        severity=rule.severity,
        stated=rule.stated,
        says=rule.says,
        source=clean(rule.source, multiline=False),
        source_kind=rule.source_kind,
        checked_on=rule.checked_on,
        at_draft=rule.gate in DRAFT_GATES,
    )

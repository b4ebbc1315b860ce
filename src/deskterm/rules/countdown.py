"""Until when a ticket can be answered: the window rules of its channel, seen from the ticket."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from deskterm.rules.model import Draft, Facts, Rule, RulePack
from deskterm.rules.parameters import truth, words
from deskterm.rules.windows import Window

_DETECTOR = "window"


@dataclass(frozen=True, slots=True)
class Countdown:
    """When the window for a plain answer closes, and what the rule behind it says then.

    `rule` is its id. `says` are its sentences by language, which name the way out; `{closed}` in
    them is how long ago it closed.
    """

    closes_at: datetime
    rule: str
    says: Mapping[str, str]


def countdown(packs: Sequence[RulePack], facts: Facts) -> Countdown | None:
    """The window that closes first for an answer of the plain type; None where there is none.

    Only windows that begin with the customer's last message count, and only rules that stop an
    answer or ask about it.
    """
    found = (
        Countdown(closes_at, rule.id, rule.says)
        for pack in packs
        for rule in pack.rules
        if _speaks(rule, pack, facts)
        for window in _windows(rule)
        if (closes_at := window.closes_at(facts)) is not None
    )
    return min(found, key=lambda one: one.closes_at, default=None)


def _speaks(rule: Rule, pack: RulePack, facts: Facts) -> bool:
    return rule.severity != "hint" and rule.applies.holds(Draft("", pack.channel), facts)


def _windows(rule: Rule) -> Iterator[Window]:
    for check in rule.checks:
        asked = check.parameters
        if check.detector != _DETECTOR or words(asked, "types") or truth(asked, "inside"):
            continue
        window = Window.of(asked)
        if window.since == "last_inbound":
            yield window

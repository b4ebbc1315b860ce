"""Fixes: rewrites that are offered only where they mend what was found and break nothing else."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from deskterm.rules.detectors.base import TEXT_CAP
from deskterm.rules.engine import check, ground_of
from deskterm.rules.model import CheckResult, Draft, Facts, Finding, Rule, RulePack, Severity
from deskterm.rules.rewrites import REWRITES, Edit, Task

#: Milliseconds of computing for the offers of one check; what is left out is offered next time.
OFFERS_MS: Final = 25.0

_WEIGHTS: tuple[Severity, ...] = ("block", "warn", "hint")
#: How often a rule is broken: by severity, the gravest first.
_Breaks = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fix:
    """A rewrite that helps: `instead` in the place of the text from `start` to `end`."""

    name: str
    start: int
    end: int
    instead: str

    def applied(self, text: str) -> str:
        """The text afterwards."""
        return Edit(self.start, self.end, self.instead).applied(text)


def offered(
    draft: Draft,
    facts: Facts,
    packs: Sequence[RulePack],
    finding: Finding,
    *,
    before: CheckResult | None = None,
    has_time: Callable[[], bool] = lambda: True,
) -> Fix | None:
    """The fix for a finding, if there is one that helps.

    A fix helps where its rule is broken less afterwards, and no rule is broken more or worse.

    Args:
        before: what the check said about this draft; made anew if it is not at hand.
        has_time: asked before each further check; without time nothing more is tried.
    """
    rewrite = REWRITES.get(finding.fix or "")
    rule = _rule(packs, finding.rule)
    if rewrite is None or rule is None or len(draft.text) > TEXT_CAP:
        return None
    was = _breaks(before or check(draft, facts, packs))
    # What is in its files stays as it is, and need not be read again.
    files = tuple(replace(file, path=None) for file in draft.attachments)
    task = Task(draft, facts, ground_of(packs), rule, finding.start, finding.end)
    for edit in rewrite(task):
        after = edit.applied(draft.text)
        if after == draft.text:
            continue
        if not has_time():
            break
        now = _breaks(check(replace(draft, text=after, attachments=files), facts, packs))
        if _helps(was, now, rule.id):
            return Fix(finding.fix or "", *edit)
    return None


def offers(
    draft: Draft,
    facts: Facts,
    packs: Sequence[RulePack],
    result: CheckResult,
    *,
    budget_ms: float = OFFERS_MS,
    timer: Callable[[], float] = time.thread_time,
) -> tuple[Fix | None, ...]:
    """A fix for each finding of a check, those of the gravest sought first.

    Args:
        budget_ms: milliseconds of computing after which no further fix is sought.
        timer: the clock of the budget, in seconds.
    """
    begun = timer()

    def has_time() -> bool:
        return (timer() - begun) * 1000 <= budget_ms

    found: dict[int, Fix | None] = {}
    order = sorted(
        (at for at, finding in enumerate(result.findings) if finding.fix),
        key=lambda at: _WEIGHTS.index(result.findings[at].severity),
    )
    for at in order:
        if not has_time():
            break
        finding = result.findings[at]
        found[at] = offered(draft, facts, packs, finding, before=result, has_time=has_time)
    return tuple(found.get(at) for at in range(len(result.findings)))


def _rule(packs: Sequence[RulePack], rule_id: str) -> Rule | None:
    rules = (rule for pack in reversed(packs) for rule in pack.rules)
    return next((rule for rule in rules if rule.id == rule_id), None)


def _breaks(result: CheckResult) -> Mapping[str, _Breaks]:
    counts = Counter((finding.rule, finding.severity) for finding in result.findings)
    rules = {finding.rule for finding in result.findings}
    return {rule: tuple(counts[rule, weight] for weight in _WEIGHTS) for rule in rules}


def _helps(was: Mapping[str, _Breaks], now: Mapping[str, _Breaks], rule_id: str) -> bool:
    none = (0,) * len(_WEIGHTS)
    return now.get(rule_id, none) < was.get(rule_id, none) and all(
        breaks <= was.get(rule, none) for rule, breaks in now.items()
    )

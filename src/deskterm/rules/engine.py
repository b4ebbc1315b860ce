"""The engine: a draft, what is known around it and rule packs in; findings and a verdict out.

Pure and fast enough to run while typing. A budget is looked at between detectors: what could not
be checked in time is said, never passed over.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from types import MappingProxyType

from deskterm.rules.detectors.base import TEXT_CAP, WINDOW, Detector, Ground, Match, Reading
from deskterm.rules.model import (
    CheckResult,
    Draft,
    Facts,
    Finding,
    Look,
    Parameter,
    Rule,
    RulePack,
    Severity,
    Verdict,
    body_digest,
)
from deskterm.rules.standing import OUTDATED, UNCHECKED
from deskterm.text.loading import spent_loading
from deskterm.text.matching import MatchingCopy

#: Milliseconds of computing for the check of a long text.
BUDGET_MS = 40.0
#: The same for a text of one window or less. Its work is bounded by that alone (some 10 ms), so
#: time beyond it was lost to a neighbour on the machine, which a thread's clock counts as its own.
SHORT_BUDGET_MS = 500.0
EXCERPT_CAP = 80
#: More places than this are told of by the first ones.
MAX_PER_RULE = 50
#: Places that are looked through for the sure ones among them; hostile text has thousands.
_MOST_PLACES = 2_000

_WEIGHT: Mapping[Severity, int] = MappingProxyType({"block": 2, "warn": 1, "hint": 0})
_VERDICTS: tuple[Verdict, ...] = ("ok", "warn", "block")


def check(
    draft: Draft,
    facts: Facts,
    packs: Sequence[RulePack],
    *,
    budget_ms: float | None = None,
    timer: Callable[[], float] = time.thread_time,
) -> CheckResult:
    """Check a draft against every rule of the packs that applies to it.

    Never raises because of what the draft holds. A place found by one detector under several rules
    is told once, under the strictest rule and among equals the last pack's, which is the most
    particular one.

    Args:
        budget_ms: milliseconds after which no further detector starts; by default `BUDGET_MS`, and
            `SHORT_BUDGET_MS` for a text of one window.
        timer: the clock of the budget, in seconds; by default this thread's computing time, so
            that a busy machine does not make a good reply doubtful. What is read on first need
            does not count.
    """
    from deskterm.rules.detectors.table import CHEAP, DETECTORS  # no start of an office needs them

    asked = [
        (rule, one.look)
        for pack in packs
        for rule in pack.rules
        if rule.checks and rule.applies.holds(draft, facts)
        for one in rule.checks
    ]
    asked.sort(key=lambda one: one[1][0] not in CHEAP)  # a text that takes too long had these
    if budget_ms is None:
        budget_ms = BUDGET_MS if len(draft.text) > WINDOW else SHORT_BUDGET_MS
    begun, computed, before = time.perf_counter(), timer(), spent_loading()
    reading = Reading(draft, facts, MatchingCopy.of(draft.text[:TEXT_CAP]), ground_of(packs))
    seen: dict[Look, tuple[Match, ...]] = {}
    best: dict[tuple[str, Match], Finding] = {}
    skipped: list[str] = []
    for rule, look in asked:
        if look not in seen:
            loading = spent_loading().computing - before.computing
            if (timer() - computed - loading) * 1000 > budget_ms:
                skipped.append(rule.id)
                continue
            seen[look] = _run(DETECTORS[look[0]], look[1], reading)
        for match in seen[look]:
            finding, place = _finding(rule, match, draft.text), (look[0], match)
            rival = best.get(place)
            if rival is None or _WEIGHT[finding.severity] >= _WEIGHT[rival.severity]:
                best[place] = finding
    findings = [*best.values(), *_unchecked(draft.text, skipped), *_outdated(packs)]
    findings.sort(key=lambda f: (f.start, f.end, -_WEIGHT[f.severity], f.rule))
    worst = max((_WEIGHT[finding.severity] for finding in findings), default=0)
    loading = spent_loading().wall - before.wall
    elapsed = round((time.perf_counter() - begun - loading) * 1000, 3)
    return CheckResult(_VERDICTS[worst], tuple(findings), body_digest(draft.text), elapsed)


def standing_finding(rule: Rule, excerpt: str = "", **details: str) -> Finding:
    """What one of the check's own rules has to say; it is about no place in the text."""
    return _finding(rule, Match(excerpt=excerpt, details=tuple(details.items())), "")


def ground_of(packs: Iterable[RulePack]) -> Ground:
    """What the packs together say of the channel itself."""
    known = list(packs)
    return Ground(
        domains=frozenset(domain for pack in known for domain in pack.domains),
        order_numbers=tuple(pattern for pack in known for pattern in pack.order_numbers),
    )


def _run(
    detector: Detector, parameters: Iterable[tuple[str, Parameter]], reading: Reading
) -> tuple[Match, ...]:
    matches = sorted(
        islice(detector.run(reading, dict(parameters)), _MOST_PLACES),
        key=lambda match: (not match.sure, match.start, match.end),
    )
    return tuple(matches[:MAX_PER_RULE])


def _finding(rule: Rule, match: Match, text: str) -> Finding:
    severity: Severity = rule.severity
    if severity == "block" and not match.sure:
        severity = "warn"
    excerpt = text[match.start : match.end] if match.excerpt is None else match.excerpt
    return Finding(
        rule=rule.id,
        severity=severity,
        start=match.start,
        end=match.end,
        excerpt=excerpt[:EXCERPT_CAP],
        says=_filled(rule.says, match.details),
        source=rule.source,
        source_kind=rule.source_kind,
        fix=rule.fix,
        changed_from=rule.stated if rule.stated != rule.severity else None,
        checked_on=rule.checked_on,
    )


def _filled(says: Mapping[str, str], details: Iterable[tuple[str, str]]) -> Mapping[str, str]:
    values, sentences = dict(details), dict(says)
    for language in says:
        for name, value in values.items():
            told = values.get(f"{name}.{language}", value)
            sentences[language] = sentences[language].replace(f"{{{name}}}", told)
    return sentences


def _unchecked(text: str, skipped: Iterable[str]) -> Iterator[Finding]:
    for rule_id in skipped:
        yield standing_finding(UNCHECKED, excerpt=rule_id)
    if len(text) > TEXT_CAP:
        yield _finding(UNCHECKED, Match(TEXT_CAP, len(text)), text)


def _outdated(packs: Iterable[RulePack]) -> Iterator[Finding]:
    for problem in dict.fromkeys(pack.outdated for pack in packs if pack.outdated):
        yield standing_finding(OUTDATED, problem=problem)

"""The engine: a draft, what is known around it and rule packs in; findings and a verdict out.

Pure and fast enough to run while typing. A budget is looked at between detectors: what could not
be checked in time is said, never passed over.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from deskterm.rules.detectors import DETECTORS
from deskterm.rules.detectors.base import TEXT_CAP, Ground, Match, Reading
from deskterm.rules.model import (
    Applies,
    Check,
    CheckResult,
    Draft,
    Facts,
    Finding,
    Parameter,
    Rule,
    RulePack,
    Severity,
    Verdict,
    body_digest,
)
from deskterm.text.matching import MatchingCopy

BUDGET_MS = 50.0
EXCERPT_CAP = 80
#: More places than this are told of by the first ones.
MAX_PER_RULE = 50

_WEIGHT: Mapping[Severity, int] = MappingProxyType({"block": 2, "warn": 1, "hint": 0})
_VERDICTS: tuple[Verdict, ...] = ("ok", "warn", "block")

#: A detector with its parameters; rules that agree in them share one run.
_Look = tuple[str, tuple[tuple[str, Parameter], ...]]

#: The engine's own rule, which no pack can leave out.
UNCHECKED = Rule(
    id="everywhere.could_not_check",
    says=MappingProxyType(
        {
            "en": "This could not be checked in time, or the text is too long to be checked in "
            "full. Read it once more yourself.",
            "fr": "Ceci n'a pas pu être vérifié à temps, ou le texte est trop long pour l'être en "
            "entier. Relisez-le vous-même.",
        }
    ),
    severity="warn",
    stated="warn",
    gate="text",
    checks=(),
    applies=Applies(),
    fix=None,
    source="House default: what was not checked is never called fine",
    source_kind="house",
    checked_on=date(2026, 11, 21),
)


def check(
    draft: Draft,
    facts: Facts,
    packs: Sequence[RulePack],
    *,
    budget_ms: float = BUDGET_MS,
    timer: Callable[[], float] = time.thread_time,
) -> CheckResult:
    """Check a draft against every rule of the packs that applies to it.

    Never raises because of what the draft holds. A place found by one detector under several rules
    is told once, under the strictest rule and among equals the last pack's, which is the most
    particular one.

    Args:
        budget_ms: milliseconds after which no further detector starts.
        timer: the clock of the budget, in seconds; by default this thread's computing time, so
            that a busy machine does not make a good reply doubtful.
    """
    begun, computed = time.perf_counter(), timer()
    reading = Reading(draft, facts, MatchingCopy.of(draft.text[:TEXT_CAP]), ground_of(packs))
    asked = [
        (rule, _look(one))
        for pack in packs
        for rule in pack.rules
        if rule.checks and rule.applies.holds(draft, facts)
        for one in rule.checks
    ]
    seen: dict[_Look, tuple[Match, ...]] = {}
    best: dict[tuple[str, Match], Finding] = {}
    skipped: list[str] = []
    for rule, look in asked:
        if look not in seen:
            if (timer() - computed) * 1000 > budget_ms:
                skipped.append(rule.id)
                continue
            seen[look] = _run(look, reading)
        for match in seen[look]:
            finding, place = _finding(rule, match, draft.text), (look[0], match)
            rival = best.get(place)
            if rival is None or _WEIGHT[finding.severity] >= _WEIGHT[rival.severity]:
                best[place] = finding
    findings = [*best.values(), *_unchecked(draft.text, skipped)]
    findings.sort(key=lambda f: (f.start, f.end, -_WEIGHT[f.severity], f.rule))
    worst = max((_WEIGHT[finding.severity] for finding in findings), default=0)
    elapsed = round((time.perf_counter() - begun) * 1000, 3)
    return CheckResult(_VERDICTS[worst], tuple(findings), body_digest(draft.text), elapsed)


def ground_of(packs: Iterable[RulePack]) -> Ground:
    """What the packs together say of the channel itself."""
    known = list(packs)
    return Ground(
        domains=frozenset(domain for pack in known for domain in pack.domains),
        order_numbers=tuple(pattern for pack in known for pattern in pack.order_numbers),
    )


def _look(check: Check) -> _Look:
    return check.detector, tuple(sorted(check.parameters.items()))


def _run(look: _Look, reading: Reading) -> tuple[Match, ...]:
    detector, parameters = look
    matches = sorted(
        DETECTORS[detector].run(reading, dict(parameters)),
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
    sentences = dict(says)
    for name, value in details:
        for language, sentence in sentences.items():
            sentences[language] = sentence.replace(f"{{{name}}}", value)
    return sentences


def _unchecked(text: str, skipped: Iterable[str]) -> Iterator[Finding]:
    for rule_id in skipped:
        yield _finding(UNCHECKED, Match(excerpt=rule_id), text)
    if len(text) > TEXT_CAP:
        yield _finding(UNCHECKED, Match(TEXT_CAP, len(text)), text)

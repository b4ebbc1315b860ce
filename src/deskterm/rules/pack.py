"""Reading a rule pack (`rules.toml`): strict, so that a typing error never loosens a rule.

Every error names the file, the line, the rule and the key. What only an unverified source asks for
is lowered to `warn` while reading. The format is described in `docs/rules.md`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import get_args

from deskterm.domain.errors import DesktermError
from deskterm.domain.toml_lines import lines_of
from deskterm.rules.detectors.base import Detector
from deskterm.rules.model import (
    DRAFT_GATES,
    Applies,
    Check,
    DraftKind,
    Example,
    Expectation,
    Gate,
    Parameter,
    Rule,
    RulePack,
    Severity,
    SourceKind,
)
from deskterm.rules.tables import Source, Table, read_toml

#: Named rewrites that a rule may offer.
FIXES: frozenset[str] = frozenset({"remove", "order_number", "shorten", "plain", "mask", "swap"})
_RULE_ID = re.compile(r"[a-z0-9_]{1,40}\.[a-z0-9_]{1,60}")
_CHANNEL = re.compile(r"[a-z0-9_]{1,40}")
_LONGEST_SHAPE = 60
_SHAPES: Mapping[str, str] = MappingProxyType({"#": "[0-9]", "?": "[0-9A-Za-z]"})
_NAMED_PLACE = re.compile(r"\{([a-z_]{1,30})\}")
_SEVERITIES: Mapping[str, Severity] = MappingProxyType(
    {"block": "block", "warn": "warn", "hint": "hint", "info": "hint"}
)
_GATES: Mapping[str, Gate] = MappingProxyType({gate: gate for gate in get_args(Gate)})
_SOURCES: Mapping[str, SourceKind] = MappingProxyType({k: k for k in get_args(SourceKind)})
_EXPECTATIONS: Mapping[str, Expectation] = MappingProxyType({e: e for e in get_args(Expectation)})
_TO = frozenset({*get_args(DraftKind), "api_text"})


def load_pack(file: Traversable | Path) -> RulePack:
    """Read a rule pack.

    Raises:
        DesktermError: the file cannot be read, or something in it is not as it must be.
    """
    content, text = read_toml(file)
    try:
        return parse_pack(content, str(file))
    except DesktermError:
        # Only now is it worth knowing on which line each key stands.
        return parse_pack(content, str(file), text)


def parse_pack(content: Mapping[str, object], file: str, text: str = "") -> RulePack:
    """Make a pack of what a TOML file holds; `file` names it in messages, which name a line as well
    where its `text` is given.

    Raises:
        DesktermError: something in it is not as it must be.
    """
    source = Source(file, lines_of(text))
    top = Table(content, source)
    head = top.table("pack")
    channel, version = head.text("channel"), head.text("version")
    if not _CHANNEL.fullmatch(channel):
        raise head.error("channel", "may hold only a-z, 0-9 and _")
    review_days = head.take("review_days", int)
    if review_days < 1:
        raise head.error("review_days", "must be 1 or more")
    pack = RulePack(
        channel=channel,
        version=version,
        review_days=review_days,
        rules=(),
        sites=head.texts("sites"),
        includes=head.texts("includes"),
        domains=frozenset(domain.casefold() for domain in head.texts("domains")),
        order_numbers=_order_numbers(head),
        hint=head.sentences("hint") if "hint" in head.names() else MappingProxyType({}),
        file=file,
    )
    head.end()
    rules = tuple(_rule(table) for table in top.tables("rule"))
    top.end()
    if not rules:
        raise top.error("rule", "is missing")
    ids = [rule.id for rule in rules]
    for number, rule_id in enumerate(ids, 1):
        if rule_id in ids[: number - 1]:
            raise source.error(("rule", number, "id"), f"rule {rule_id}: id stands twice")
    return replace(pack, rules=rules)


def _order_numbers(head: Table) -> tuple[re.Pattern[str], ...]:
    """Shapes: `#` is a digit, `?` a letter or a digit, everything else stands for itself."""
    patterns: list[re.Pattern[str]] = []
    for shape in head.texts("order_numbers"):
        if not 4 <= len(shape) <= _LONGEST_SHAPE or "#" not in shape:
            raise head.error("order_numbers", f"holds {shape!r}, which is no shape such as 12-####")
        body = "".join(_SHAPES.get(sign) or re.escape(sign) for sign in shape)
        patterns.append(re.compile(rf"(?<![\w-]){body}(?![\w-])"))
    return tuple(patterns)


def _rule(table: Table) -> Rule:
    rule_id = table.text("id")
    if not _RULE_ID.fullmatch(rule_id):
        raise table.error("id", f"is {rule_id!r} and must look like channel.rule_name")
    table.label = f"rule {rule_id}: "
    gate = table.choice("gate", _GATES)
    checks = _checks(table, gate)
    stated = table.choice("severity", _SEVERITIES)
    source_kind = table.choice("source_kind", _SOURCES)
    lowered = source_kind == "unverified" and stated == "block"
    fix = table.choice("fix", {"none": "none", **{fix: fix for fix in FIXES}})
    rule = Rule(
        id=rule_id,
        says=_says(table, checks),
        severity="warn" if lowered else stated,
        stated=stated,
        gate=gate,
        checks=checks,
        applies=_applies(table),
        fix=None if fix == "none" else fix,
        source=table.text("source"),
        source_kind=source_kind,
        checked_on=table.take("checked_on", date),
        examples=tuple(_example(example) for example in table.tables("example")),
    )
    table.end()
    return rule


def _says(table: Table, checks: Sequence[Check]) -> Mapping[str, str]:
    says = table.sentences("says")
    known = frozenset[str]()
    if checks:
        detectors = _detectors()
        known = frozenset.intersection(*(detectors[check.detector].details for check in checks))
    for language, sentence in says.items():
        for name in _NAMED_PLACE.findall(sentence):
            if name not in known:
                raise table.error(f"says.{language}", f"mentions {{{name}}}, which nothing fills")
    return says


def _detectors() -> Mapping[str, Detector]:
    from deskterm.rules.detectors.table import DETECTORS  # no start of an office needs them

    return DETECTORS


def _checks(table: Table, gate: Gate) -> tuple[Check, ...]:
    """One table `check`, or several: then what any of them finds breaks the rule."""
    if gate not in DRAFT_GATES:
        if "check" in table.names():
            raise table.error("check", f"belongs to no rule of the gate {gate}")
        return ()
    several = table.holds("check", list)
    checks = table.tables("check") if several else [table.table("check")]
    if not checks:
        raise table.error("check", "is empty")
    return tuple(_check(inner, table, gate) for inner in checks)


def _check(inner: Table, table: Table, gate: Gate) -> Check:
    name = inner.text("detector")
    detectors = _detectors()
    detector = detectors.get(name)
    if detector is None:
        raise inner.error("detector", f"is {name!r}; known are {', '.join(sorted(detectors))}")
    if detector.gate != gate:
        raise table.error("gate", f"must be {detector.gate} for the detector {name}")
    parameters = {key: _parameter(inner, key, value) for key, value in detector.parameters.items()}
    inner.end()
    problem = detector.problem(parameters)
    if problem is not None:
        raise inner.error(*problem)
    return Check(name, MappingProxyType(parameters))


def _parameter(table: Table, key: str, default: Parameter) -> Parameter:
    if isinstance(default, tuple):
        return table.texts(key) or default
    return table.take_or(key, default)


def _applies(table: Table) -> Applies:
    inner = table.table_or_empty("applies")
    applies = Applies(
        to=frozenset(inner.texts("to", _TO)),
        stage=frozenset(inner.texts("stage")),
        site=frozenset(inner.texts("site")),
        operator=frozenset(map(str.casefold, inner.texts("operator"))),
        not_operator=frozenset(map(str.casefold, inner.texts("not_operator"))),
    )
    inner.end()
    return applies


def _example(table: Table) -> Example:
    expect = table.choice("expect", _EXPECTATIONS)
    return Example(expect, table.rest())


def load_severities(file: Path) -> dict[str, Severity]:
    """The severities that a shop sets for rules: `[severity]` with lines `"rule.id" = "warn"`.

    Raises:
        DesktermError: the file cannot be read, or something in it is not as it must be.
    """
    content, text = read_toml(file)
    top = Table(content, Source(str(file), lines_of(text)))
    table = top.table("severity")
    top.end()
    severities: dict[str, Severity] = {}
    for rule_id in table.names():
        if not _RULE_ID.fullmatch(rule_id):
            raise table.error(rule_id, "must look like channel.rule_name")
        severities[rule_id] = table.choice(rule_id, _SEVERITIES)
    return severities


def with_severities(pack: RulePack, severities: Mapping[str, Severity]) -> RulePack:
    """The pack with the shop's severities; rules of other packs in `severities` are no concern."""
    rules = tuple(
        replace(rule, severity=severities[rule.id], shop_changed=True)
        if severities.get(rule.id, rule.severity) != rule.severity
        else rule
        for rule in pack.rules
    )
    return replace(pack, rules=rules)

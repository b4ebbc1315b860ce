"""Reading a rule pack (`rules.toml`): strict, so that a typing error never loosens a rule.

Every error names the file, the rule and the key. What only an unverified source asks for is
lowered to `warn` while reading. The format is described in `docs/rules.md`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, get_args

from deskterm.domain.errors import DesktermError
from deskterm.rules.detectors import DETECTORS
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

LANGUAGES = ("en", "fr")
#: Named rewrites that a rule may offer.
FIXES: frozenset[str] = frozenset()
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

T = TypeVar("T")


class _Table:
    """One table of a file, read key by key; what is left over at the end is an error."""

    def __init__(self, content: Mapping[str, object], where: str) -> None:
        self._left = dict(content)
        self.where = where

    def error(self, key: str, problem: str) -> DesktermError:
        return pack_error(f"{self.where}: {key} {problem}")

    def take(self, key: str, kind: type[T]) -> T:
        if key not in self._left:
            raise self.error(key, "is missing")
        value = self._left.pop(key)
        # By exact type: in Python True is an int and a time is a date.
        if type(value) is not kind:
            raise self.error(key, f"must be {_KINDS[kind]}")
        return value

    def take_or(self, key: str, default: T) -> T:
        return self.take(key, type(default)) if key in self._left else default

    def text(self, key: str) -> str:
        value = self.take(key, str).strip()
        if not value:
            raise self.error(key, "is empty")
        return value

    def choice(self, key: str, choices: Mapping[str, T]) -> T:
        value = self.take(key, str)
        if value not in choices:
            raise self.error(key, f"is {value!r} and must be one of {', '.join(choices)}")
        return choices[value]

    def texts(self, key: str, allowed: frozenset[str] = frozenset()) -> tuple[str, ...]:
        """A list of texts; empty where the key is missing. An empty `allowed` takes any."""
        values: list[str] = []
        for value in self.take_or(key, list[object]()):
            if not isinstance(value, str) or (allowed and value not in allowed):
                wanted = f"one of {', '.join(sorted(allowed))}" if allowed else "texts"
                raise self.error(key, f"holds {value!r} and may hold only {wanted}")
            values.append(value)
        return tuple(values)

    def table(self, key: str) -> _Table:
        return _Table(self.take(key, dict), f"{self.where}: {key}")

    def tables(self, key: str) -> list[_Table]:
        inner: list[_Table] = []
        for number, value in enumerate(self.take_or(key, list[object]()), 1):
            if not isinstance(value, dict):
                raise self.error(key, "must be tables")
            inner.append(_Table(value, f"{self.where}: {key} {number}"))
        return inner

    def sentences(self, key: str) -> Mapping[str, str]:
        """A sentence in each of `LANGUAGES`, or in one of them."""
        inner = self.table(key)
        says = {code: inner.text(code) for code in LANGUAGES if code in inner.names()}
        inner.end()
        if not says:
            raise self.error(key, f"needs a sentence in one of {', '.join(LANGUAGES)}")
        return MappingProxyType(says)

    def holds(self, key: str, kind: type) -> bool:
        return type(self._left.get(key)) is kind

    def names(self) -> tuple[str, ...]:
        return tuple(self._left)

    def rest(self) -> Mapping[str, object]:
        rest, self._left = self._left, {}
        return rest

    def end(self) -> None:
        for key in self._left:
            raise self.error(key, "is no key that belongs here")


_KINDS: Mapping[type, str] = {
    str: "a text in quotes",
    int: "a whole number",
    bool: "true or false",
    date: "a date such as 2026-11-21, without quotes",
    list: "a list",
    dict: "a table",
}


def pack_error(problem: str) -> DesktermError:
    """The error for a file of rules that cannot be used."""
    return DesktermError(
        "A file of rules cannot be used",
        problem,
        "Correct the file; nothing is checked with half a pack",
        code="rules",
    )


def read_toml(file: Traversable | Path) -> dict[str, object]:
    """The content of a TOML file.

    Raises:
        DesktermError: it cannot be read or is no TOML.
    """
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise pack_error(f"{file}: {error.strerror or 'cannot be read'}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise pack_error(f"{file}: {error}") from error


def load_pack(file: Traversable | Path) -> RulePack:
    """Read a rule pack.

    Raises:
        DesktermError: the file cannot be read, or something in it is not as it must be.
    """
    return parse_pack(read_toml(file), str(file))


def parse_pack(content: Mapping[str, object], file: str) -> RulePack:
    """Make a pack of what a TOML file holds; `file` names it in messages.

    Raises:
        DesktermError: something in it is not as it must be.
    """
    top = _Table(content, file)
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
    rules = tuple(_rule(table, file) for table in top.tables("rule"))
    top.end()
    if not rules:
        raise pack_error(f"{file}: rule is missing")
    ids = [rule.id for rule in rules]
    for rule_id in ids:
        if ids.count(rule_id) > 1:
            raise pack_error(f"{file}: rule {rule_id}: id stands twice")
    return replace(pack, rules=rules)


def _order_numbers(head: _Table) -> tuple[re.Pattern[str], ...]:
    """Shapes: `#` is a digit, `?` a letter or a digit, everything else stands for itself."""
    patterns: list[re.Pattern[str]] = []
    for shape in head.texts("order_numbers"):
        if not 4 <= len(shape) <= _LONGEST_SHAPE or "#" not in shape:
            raise head.error("order_numbers", f"holds {shape!r}, which is no shape such as 12-####")
        body = "".join(_SHAPES.get(sign) or re.escape(sign) for sign in shape)
        patterns.append(re.compile(rf"(?<![\w-]){body}(?![\w-])"))
    return tuple(patterns)


def _rule(table: _Table, file: str) -> Rule:
    rule_id = table.text("id")
    if not _RULE_ID.fullmatch(rule_id):
        raise table.error("id", f"is {rule_id!r} and must look like channel.rule_name")
    table.where = f"{file}: rule {rule_id}"
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


def _says(table: _Table, checks: Sequence[Check]) -> Mapping[str, str]:
    says = table.sentences("says")
    known = frozenset[str]()
    if checks:
        known = frozenset.intersection(*(DETECTORS[check.detector].details for check in checks))
    for language, sentence in says.items():
        for name in _NAMED_PLACE.findall(sentence):
            if name not in known:
                raise table.error(f"says.{language}", f"mentions {{{name}}}, which nothing fills")
    return says


def _checks(table: _Table, gate: Gate) -> tuple[Check, ...]:
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


def _check(inner: _Table, table: _Table, gate: Gate) -> Check:
    name = inner.text("detector")
    detector = DETECTORS.get(name)
    if detector is None:
        raise inner.error("detector", f"is {name!r}; known are {', '.join(sorted(DETECTORS))}")
    if detector.gate != gate:
        raise table.error("gate", f"must be {detector.gate} for the detector {name}")
    parameters = {key: _parameter(inner, key, value) for key, value in detector.parameters.items()}
    inner.end()
    return Check(name, MappingProxyType(parameters))


def _parameter(table: _Table, key: str, default: Parameter) -> Parameter:
    if isinstance(default, tuple):
        return table.texts(key) or default
    return table.take_or(key, default)


def _applies(table: _Table) -> Applies:
    inner = _Table(table.take_or("applies", dict[str, object]()), f"{table.where}: applies")
    applies = Applies(
        to=frozenset(inner.texts("to", _TO)),
        stage=frozenset(inner.texts("stage")),
        site=frozenset(inner.texts("site")),
        operator=frozenset(inner.texts("operator")),
    )
    inner.end()
    return applies


def _example(table: _Table) -> Example:
    expect = table.choice("expect", _EXPECTATIONS)
    return Example(expect, table.rest())


def load_severities(file: Path) -> dict[str, Severity]:
    """The severities that a shop sets for rules: `[severity]` with lines `"rule.id" = "warn"`.

    Raises:
        DesktermError: the file cannot be read, or something in it is not as it must be.
    """
    top = _Table(read_toml(file), str(file))
    table = top.table("severity")
    top.end()
    severities: dict[str, Severity] = {}
    for rule_id in table.names():
        if not _RULE_ID.fullmatch(rule_id):
            raise table.error(repr(rule_id), "must look like channel.rule_name")
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

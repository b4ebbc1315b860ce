"""Reading files of macros (TOML). What is wrong is said with file and line, the rest works.

The format is described in `docs/macros.md`. Reading is strict: an unknown key is a mistake.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar, get_args

from deskterm.domain.errors import UsageError
from deskterm.domain.ticket import Status
from deskterm.domain.toml_lines import Way
from deskterm.domain.toml_tables import TomlTable
from deskterm.domain.triage import CONTACT_REASONS, is_agent, is_tag
from deskterm.domain.when import parse_when
from deskterm.macros.grammar import Condition, GrammarError, parse, parse_condition
from deskterm.macros.lines import first_line_of, key_lines, toml_mistake
from deskterm.macros.model import (
    ANYWHERE,
    ActionKind,
    Macro,
    MacroAction,
    MacroVariant,
    Problem,
    Variable,
    VariableKind,
)
from deskterm.macros.states import ORDER_STATES, OrderState

FILE_MAX = 2_000_000  # bytes
MACROS_MAX = 2_000  # in one file
LINE_MAX = 200  # characters of a title, a label, a phrase
LIST_MAX = 200

_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")
_CHANNEL = re.compile(r"[a-z][a-z0-9_]{0,39}")
_FILE = re.compile(r"\w[\w .()-]{0,99}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_DAYS = re.compile(r"\+([0-9]{1,2})")
_STATES: Mapping[str, OrderState] = MappingProxyType({state: state for state in ORDER_STATES})
_KINDS: Mapping[str, VariableKind] = MappingProxyType({k: k for k in get_args(VariableKind)})
_ACTIONS = "action.tag, action.status, action.snooze, action.assign"
#: Any moment will do to see whether a snooze can be read.
_SOME_DAY = datetime(2026, 11, 20, 12, tzinfo=UTC)

T = TypeVar("T")


class _Wrong(Exception):
    """A value that cannot be used: under which key, why, and where in its text."""

    def __init__(self, key: str, problem: str, at: GrammarError | None = None) -> None:
        super().__init__(problem)
        self.key = key
        self.problem = problem
        self.at = at


class _Table(TomlTable):
    """One table of a file of macros."""

    @property
    def prefix(self) -> str:
        """The way to it, with a point after each step."""
        return "".join(f"{step}." for step in self.way)

    def error(self, key: str, problem: str) -> _Wrong:
        """See `TomlTable.error`."""
        return _Wrong(self.prefix + key, problem)

    def inner(self, content: Mapping[str, object], way: Way, name: str) -> _Table:
        """See `TomlTable.inner`."""
        del name
        return _Table(content, (*self.way, *way))

    def text(self, key: str, default: str | None = None) -> str:
        """A text of one line."""
        if default is not None and key not in self.names():
            return default
        return _one_line(self.take(key, str), self.prefix + key)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts of one line each; empty where the key is missing."""
        return _lines(self.take_or(key, list[object]()), self.prefix + key)

    def text_or_texts(self, key: str) -> tuple[str, ...]:
        """One text, or a list of them."""
        return (self.text(key),) if self.holds(key, str) else self.texts(key)

    def by_language(self, key: str, read: Callable[[object, str], T]) -> dict[str, T]:
        """What stands there for each language."""
        if key in self.names() and not self.holds(key, dict):
            raise self.error(key, f"needs a language: {key}.en, {key}.fr")
        inner = self.table_or_empty(key).rest()
        for language in inner:
            if not _LANGUAGE.fullmatch(language):
                raise self.error(f"{key}.{language}", "is no language; two letters, such as en")
        return {
            language: read(value, f"{self.prefix}{key}.{language}")
            for language, value in inner.items()
        }

    def choices(self, key: str, known: Mapping[str, T]) -> frozenset[T]:
        """What words of a list stand for."""
        names = self.texts(key)
        for name in names:
            if name not in known:
                raise self.error(key, f"holds {name!r}; known are {', '.join(known)}")
        return frozenset(known[name] for name in names)


def read_macros(file: Path | Traversable) -> tuple[tuple[Macro, ...], tuple[Problem, ...]]:
    """The macros of a file, and what is wrong with those that are left out. Never raises."""
    name = str(file)
    try:
        raw = file.read_bytes()
        if len(raw) > FILE_MAX:
            return (), (Problem(name, 0, f"it is larger than {FILE_MAX} bytes"),)
        text = raw.decode()
        content = tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        return (), (toml_mistake(name, error),)
    lines = key_lines(text)
    problems = [
        Problem(name, lines.get(key, 0), f"{key[:40]} is no key that belongs here", skipped=False)
        for key in content
        if key != "macro"
    ]
    given = content.get("macro", [])
    if not isinstance(given, list) or len(given) > MACROS_MAX:
        problems.append(Problem(name, lines.get("macro", 0), "macros are written [[macro]]"))
        given = []
    macros = []
    for number, one in enumerate(given, 1):
        table = _Table(one if isinstance(one, dict) else {}, ("macro", number))
        try:
            macros.append(_macro(table, name, text, lines))
        except _Wrong as wrong:
            problems.append(_problem(wrong, number, one, name, text, lines))
    return tuple(macros), tuple(problems)


def macro_of(table: Mapping[str, object], file: str) -> Macro | Problem:
    """A macro from what a table of a file would hold, or what is wrong with it."""
    try:
        return _macro(_Table(table, ("macro", 1)), file, "", {})
    except _Wrong as wrong:
        return _problem(wrong, 1, table, file, "", {})


def _problem(
    wrong: _Wrong, number: int, given: object, file: str, text: str, lines: Mapping[str, int]
) -> Problem:
    macro = given.get("id", "") if isinstance(given, dict) else ""
    head = f"macro.{number}"
    line = _line_of(wrong.key, lines) or lines.get(head, 0)
    words = f"{wrong.key.removeprefix(f'{head}.')} {wrong.problem}"
    if wrong.at is None:
        return Problem(file, line, words, str(macro)[:60])
    inner = first_line_of(text, line) + wrong.at.line - 1
    return Problem(file, inner, words, str(macro)[:60], wrong.at.column)


def _line_of(key: str, lines: Mapping[str, int]) -> int:
    """The line of a key, or of the nearest table around it."""
    while key and key not in lines:
        key = key.rpartition(".")[0]
    return lines.get(key, 0)


def _macro(table: _Table, file: str, text: str, lines: Mapping[str, int]) -> Macro:
    macro_id = table.text("id")
    if not _ID.fullmatch(macro_id):
        raise table.error("id", "may hold only a-z, 0-9 and _")
    titles = table.by_language("title", _one_line)
    if not titles:
        raise table.error("title", "is missing: title.en, title.fr")
    where = _Where(text, lines)
    variants = _variants(table, ANYWHERE, where)
    for inner in table.tables("variant"):
        bodies = _variants(inner, ANYWHERE, where)
        variants += tuple(replace(b, channel=c) for c in _channels(inner) for b in bodies)
        inner.end()
    if not variants:
        raise table.error("body", "is missing: body.en, body.fr")
    reason = table.text("reason", "")
    if reason and reason not in CONTACT_REASONS:
        raise table.error("reason", f"must be one of {', '.join(CONTACT_REASONS)}")
    macro = Macro(
        id=macro_id,
        titles=titles,
        variants=variants,
        reason=reason,
        variables=tuple(_variable(inner) for inner in table.tables("variable")),
        actions=_actions(table),
        favours=table.choices("favours", _STATES),
        not_for=table.choices("not_for", _STATES),
        needs=frozenset(table.texts("needs")),
        when=_when(table),
        only_for=frozenset(name.casefold() for name in table.texts("only_for")),
        attach=_attached(table),
        asks=table.by_language("asks", _lines),
        file=file,
        line=_line_of(table.prefix.rstrip("."), lines),
    )
    table.end()
    return macro


def _when(table: _Table) -> tuple[Condition, ...]:
    try:
        return tuple(map(parse_condition, table.texts("when")))
    except GrammarError as error:
        raise table.error("when", f"cannot be read: {error.problem}") from error


def _attached(table: _Table) -> tuple[str, ...]:
    names = table.texts("attach")
    for name in names:
        if not _FILE.fullmatch(name):
            raise table.error("attach", f"holds {name!r}; it takes names of files beside this one")
    return names


def _channels(table: _Table) -> tuple[str, ...]:
    """The channels, or kinds of channels, that a text is for: one or a list."""
    named = table.texts("channel") if table.holds("channel", list) else (table.text("channel"),)
    if not named or not all(map(_CHANNEL.fullmatch, named)):
        raise table.error("channel", "is no channel, and no kind of channel")
    return named


class _Where:
    """Where texts stand in a file."""

    def __init__(self, text: str, lines: Mapping[str, int]) -> None:
        self.text = text
        self.lines = lines

    def line(self, key: str) -> int:
        return first_line_of(self.text, _line_of(key, self.lines))


def _variants(table: _Table, channel: str, where: _Where) -> tuple[MacroVariant, ...]:
    bodies = table.by_language("body", _source)
    variants = []
    for language, source in bodies.items():
        key = f"{table.prefix}body.{language}"
        try:
            body = parse(source)
        except GrammarError as error:
            raise _Wrong(key, error.problem, error) from error
        variants.append(MacroVariant(language, channel, body, source, where.line(key)))
    return tuple(variants)


def _variable(table: _Table) -> Variable:
    kind = table.text("type", "text")
    if kind not in _KINDS:
        raise table.error("type", f"is {kind!r} and must be one of {', '.join(_KINDS)}")
    fallbacks = table.by_language("fallback", _one_line)
    for language, said in fallbacks.items():
        if kind == "date" and not _DAYS.fullmatch(said):
            raise table.error(f"fallback.{language}", "of a date is in working days, such as +2")
    variable = Variable(
        table.text("name"),
        _KINDS[kind],
        table.by_language("label", _one_line),
        fallbacks,
        table.by_language("choices", _lines),
    )
    table.end()
    return variable


def _actions(table: _Table) -> tuple[MacroAction, ...]:
    if "action" in table.names() and not table.holds("action", dict):
        raise table.error("action", f"needs a name: {_ACTIONS}")
    inner = table.table_or_empty("action")
    named = inner.text_or_texts("tag")
    actions = [MacroAction("tag", tag) for tag in named]
    for tag in actions:
        if not is_tag(tag.value):
            raise inner.error("tag", f"holds {tag.value!r}; a tag has small letters and no blanks")
    kinds: Sequence[ActionKind] = ("status", "snooze", "assign")
    for kind in kinds:
        if kind in inner.names():
            actions.append(MacroAction(kind, inner.text(kind)))
            _check_action(actions[-1], inner)
    inner.end()
    return tuple(actions)


def _check_action(action: MacroAction, table: _Table) -> None:
    if action.kind == "status" and action.value not in set(Status):
        raise table.error("status", f"must be one of {', '.join(Status)}")
    if action.kind == "assign" and not is_agent(action.value):
        raise table.error("assign", "must be me, or a name of at most 80 characters")
    if action.kind == "snooze":
        try:
            parse_when(action.value, _SOME_DAY, UTC)
        except UsageError as error:
            raise table.error("snooze", "must be a time to come, such as 3d or 1w") from error


def _one_line(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise _Wrong(key, "must be a text in quotes")
    bare = value.strip()
    # A space that does not break is no blank to Python's idea of printing.
    if not bare or len(bare) > LINE_MAX or not re.sub("[\u00a0\u202f]", " ", bare).isprintable():
        raise _Wrong(key, f"must be one line of 1 to {LINE_MAX} characters")
    return bare


def _lines(value: object, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > LIST_MAX:
        raise _Wrong(key, f"must be a list of at most {LIST_MAX} texts")
    return tuple(_one_line(each, key) for each in value)


def _source(value: object, key: str) -> str:
    if not isinstance(value, str) or not value.strip():
        raise _Wrong(key, "must be a text that is not empty")
    return value.rstrip()

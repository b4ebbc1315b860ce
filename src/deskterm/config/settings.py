"""Reads `settings.toml` (TOML 1.0) and says exactly what is wrong with it."""

from __future__ import annotations

import difflib
import json
import os
import re
import stat
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, overload

from deskterm.config.options import (
    Known,
    LogSettings,
    MailSettings,
    OfficeSettings,
    OutboxSettings,
    SecretsSettings,
    Settings,
    SyncSettings,
    describe,
    known_settings,
    type_words,
)
from deskterm.config.paths import Home
from deskterm.domain.errors import DesktermError

__all__ = [
    "LogSettings",
    "MailSettings",
    "OfficeSettings",
    "OutboxSettings",
    "SecretsSettings",
    "Settings",
    "SyncSettings",
    "describe",
    "load",
    "shown_value",
]

FILE_MAX = 1_000_000  # bytes
TEXT_MAX = 1_000  # characters in one value
LIST_MAX = 200  # values in one list

_PLACE = re.compile(r" \(at (?:line (\d{1,9}), column \d{1,9}|end of document)\)$")


@overload
def load(home: Home, *, strict: Literal[True] = True) -> Settings: ...


@overload
def load(home: Home, *, strict: Literal[False]) -> tuple[Settings, tuple[DesktermError, ...]]: ...


def load(
    home: Home, *, strict: bool = True
) -> Settings | tuple[Settings, tuple[DesktermError, ...]]:
    """The settings of a workspace; the defaults where there is no file.

    Args:
        home: names the file.
        strict: False gives the settings with defaults for what is wrong, and what is wrong.

    Raises:
        DesktermError: `settings`, if strict and anything in the file is wrong.
    """
    settings, problems = _load(home.settings_file)
    if not strict:
        return settings, problems
    if len(problems) > 1:
        raise DesktermError(
            f"settings.toml has {len(problems)} mistakes",
            " / ".join(f"{p.title}: {p.explanation}" for p in problems),
            problems[0].advice,
            code="settings",
        )
    if problems:
        raise problems[0]
    return settings


@dataclass(frozen=True, slots=True)
class _File:
    """A file as it was read. `open_to` says in words who else can change it, or is empty."""

    path: Path
    text: str
    open_to: str

    def problem(self, title: str, why: str, advice: str, line: int | None = None) -> DesktermError:
        place = f"{self.path}, line {line}" if line else str(self.path)
        return DesktermError(title, f"{place}: {why}", advice, code="settings")

    def line_of(self, key: str) -> int | None:
        """The line on which a dotted key or table stands, as far as simple reading finds it."""
        table = ""
        for number, line in enumerate(self.text.splitlines(), 1):
            bare = line.strip()
            if bare.startswith("["):
                table = _dotted(bare.strip("[] \t")) + "."
                name = table[:-1]
            else:
                name = table + _dotted(bare.partition("=")[0])
            if name == key:
                return number
        return None


def _load(path: Path) -> tuple[Settings, tuple[DesktermError, ...]]:
    try:
        file = _read(path)
        values = _parse(file)
    except FileNotFoundError:
        return Settings(), ()
    except DesktermError as error:
        return Settings(), (error,)
    problems: list[DesktermError] = []
    settings = Settings()
    known = {each.key: each for each in known_settings()}
    for key, value in _flat(values, known):
        problem = _judge(file, key, value, known)
        if problem is None:
            settings = _with(settings, key.split("."), _converted(known[key], value))
        else:
            problems.append(problem)
    return settings, tuple(problems)


def _read(path: Path) -> _File:
    try:
        with path.open("rb") as stream:
            state = os.fstat(stream.fileno())
            raw = stream.read(FILE_MAX + 1)
        open_to = _open_to(state) or _open_to(path.parent.stat(), folder=True)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise DesktermError(
            "The settings cannot be read",
            f"{path}: {error.strerror or type(error).__name__}",
            "Check the permissions of the file and its folder",
            code="settings",
        ) from error
    unread = _File(path, "", open_to)
    if len(raw) > FILE_MAX:
        raise unread.problem(
            "The settings file is too large", f"over {FILE_MAX} bytes", "Make it shorter"
        )
    try:
        return _File(path, raw.decode(), open_to)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise unread.problem(
            "The settings are not UTF-8 text", "a byte cannot be read", "Save it as UTF-8", line
        ) from error


def _parse(file: _File) -> dict[str, Any]:
    try:
        return tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        words = str(error)
        place = _PLACE.search(words)
        line = int(place[1]) if place and place[1] else file.text.count("\n") + 1
        raise file.problem(
            "The settings are not valid TOML",
            f"{_shown(_PLACE.sub('', words))}. Nothing of the file is used",
            "Mend that line; docs/settings.md has examples",
            line,
        ) from error
    except RecursionError as error:
        raise file.problem(
            "The settings are not valid TOML", "brackets are nested too deep", "Remove them"
        ) from error


def _flat(
    values: Mapping[str, Any], known: Mapping[str, Known], prefix: str = ""
) -> Iterator[tuple[str, Any]]:
    """Dotted keys with their values; only known tables are entered."""
    for name, value in values.items():
        key = prefix + name
        if isinstance(value, dict) and any(each.startswith(f"{key}.") for each in known):
            yield from _flat(value, known, f"{key}.")
        else:
            yield key, value


def _judge(file: _File, key: str, value: Any, known: Mapping[str, Known]) -> DesktermError | None:
    line = file.line_of(key)
    if key not in known:
        return _unknown(file, key, known, line)
    each = known[key]
    if each.option.guarded and file.open_to:
        return file.problem(
            f"The setting {key} is not used",
            f"{file.open_to}, and this setting decides what runs with your rights",
            f"Look at it, then: chown $(id -un) and chmod go-w on {file.path} and its folder",
            line,
        )
    why = _why_not(each, value)
    if not why:
        return None
    return file.problem(
        f"The setting {key} has a wrong value",
        f"{why}. It must be {type_words(each)}",
        f"Mend it, or remove the line for the default, {shown_value(each.default)}",
        line,
    )


def _unknown(file: _File, key: str, known: Mapping[str, Known], line: int | None) -> DesktermError:
    tables = {each.rpartition(".")[0] for each in known} - {""}
    if key in tables:
        return file.problem(
            f"The setting {key} is a table", "it has one value here", f"Write [{key}]", line
        )
    by_end = [each for each in known if each.rpartition(".")[2] == key.rpartition(".")[2]]
    near = by_end or difflib.get_close_matches(key, [*known, *tables], n=1, cutoff=0.5)
    return file.problem(
        f"There is no setting {_shown(key)}",
        f"the nearest is {near[0]}" if near else "no other has a name like it",
        "Mend or remove the line; docs/settings.md lists all settings",
        line,
    )


def _why_not(known: Known, value: Any) -> str:
    """Why a value cannot be taken; empty when it can."""
    option, default = known.option, known.default
    if isinstance(default, tuple):
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            return "it is not a list of texts"
        if len(value) > LIST_MAX:
            return f"it has more than {LIST_MAX} values"
        texts = value
    elif isinstance(default, str):
        if not isinstance(value, str):
            return "it is not a text in quotes"
        texts = [value]
    else:
        return _why_not_number(known, value)
    for text in texts:
        if len(text) > TEXT_MAX or not text.isprintable():
            return f"a text has control characters or more than {TEXT_MAX} characters"
        if option.choices and text not in option.choices:
            return f"{_shown(text)!r} is not one of them"
        if option.shape and (why := _why_no_shape(text)):
            return f"{_shown(text)!r} {why}"
        if option.hours and text and (why := _why_no_hours(text)):
            return f"{_shown(text)!r} {why}"
    return ""


def _why_no_hours(text: str) -> str:
    from deskterm.domain.hours import Hours

    try:
        Hours.read(text)
    except ValueError as error:
        return str(error)
    return ""


def _why_no_shape(text: str) -> str:
    from deskterm.domain.order_shapes import compile_shape

    try:
        compile_shape(text)
    except ValueError as error:
        return str(error)
    return ""


def _why_not_number(known: Known, value: Any) -> str:
    if isinstance(known.default, bool):
        return "" if isinstance(value, bool) else "it is not true or false"
    if isinstance(value, bool) or not isinstance(value, int | float):
        return "it is not a number"
    if isinstance(known.default, int) and not isinstance(value, int):
        return "it is not a whole number"
    low, high = known.option.low, known.option.high
    if low is not None and high is not None and not low <= value <= high:
        return f"{value:g} is out of range" if isinstance(value, float) else "it is out of range"
    return ""


def _converted(known: Known, value: Any) -> Any:
    if isinstance(known.default, tuple):
        return tuple(value)
    return float(value) if isinstance(known.default, float) else value


def _with(part: Any, names: list[str], value: Any) -> Any:
    """A copy of the (nested) tuple with one value changed."""
    if len(names) > 1:
        value = _with(getattr(part, names[0]), names[1:], value)
    return part._replace(**{names[0]: value})


def _open_to(state: os.stat_result, *, folder: bool = False) -> str:
    what = "the folder of the file" if folder else "the file"
    if state.st_uid not in (os.geteuid(), 0):
        return f"{what} belongs to user id {state.st_uid}"
    if state.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return f"other users can write to {what}"
    return ""


def shown_value(value: object) -> str:
    """A value as it is written in TOML."""
    if isinstance(value, tuple):
        return json.dumps(list(value), ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False)


def _dotted(words: str) -> str:
    return ".".join(word.strip(" \t\"'") for word in words.split("."))


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() else "�" for c in text[:80])

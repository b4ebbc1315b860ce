"""Tables of a TOML file, read key by key: what is missing, wrong or left over is an error.

Every error names the file, the line and the key.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from deskterm.domain.errors import DesktermError
from deskterm.rules.lines import Way, nearest

LANGUAGES = ("en", "fr")
_KINDS: Mapping[type, str] = MappingProxyType(
    {
        str: "a text in quotes",
        int: "a whole number",
        bool: "true or false",
        date: "a date such as 2026-11-21, without quotes",
        list: "a list",
        dict: "a table",
    }
)
#: How the reader of the standard library says where a file is no TOML.
_AT_LINE = re.compile(r" \(at line (\d{1,9}), column \d{1,9}\)$")
_AT_END = "(at line {}, column 1)"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Source:
    """A file as messages name it, with the lines of its keys where they are known."""

    name: str
    lines: Mapping[Way, int] = field(default_factory=dict)

    def error(self, path: Way, problem: str) -> DesktermError:
        """The error for something that stands at that place of the file, or ought to."""
        line = nearest(self.lines, path)
        place = self.name if line is None else f"{self.name}:{line}"
        return pack_error(f"{place}: {problem}")


class Table:
    """One table of a file. `label` names it in messages, `path` is the way to it."""

    def __init__(
        self,
        content: Mapping[str, object],
        source: Source,
        path: Way = (),
        label: str = "",
    ) -> None:
        self._left = dict(content)
        self._source = source
        self._path = path
        self.label = label

    def error(self, key: str, problem: str) -> DesktermError:
        """The error for one of its keys; `says.en` may mean the key `en` of its table `says`."""
        whole = (*self._path, key)
        path = whole if whole in self._source.lines else (*self._path, *key.split("."))
        return self._source.error(path, f"{self.label}{key} {problem}")

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

    def table(self, key: str) -> Table:
        return self._inner(self.take(key, dict), (key,), key)

    def table_or_empty(self, key: str) -> Table:
        return self._inner(self.take_or(key, dict[str, object]()), (key,), key)

    def tables(self, key: str) -> list[Table]:
        inner: list[Table] = []
        for number, value in enumerate(self.take_or(key, list[object]()), 1):
            if not isinstance(value, dict):
                raise self.error(key, "must be tables")
            inner.append(self._inner(value, (key, number), f"{key} {number}"))
        return inner

    def _inner(self, content: Mapping[str, object], path: Way, name: str) -> Table:
        return Table(content, self._source, (*self._path, *path), f"{self.label}{name}: ")

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


def pack_error(problem: str) -> DesktermError:
    """The error for a file of rules that cannot be used."""
    return DesktermError(
        "A file of rules cannot be used",
        problem,
        "Correct the file; nothing is checked with half a pack",
        code="rules",
    )


def read_toml(file: Traversable | Path) -> tuple[dict[str, object], str]:
    """The content of a TOML file, and its text.

    Raises:
        DesktermError: it cannot be read or is no TOML.
    """
    text = ""
    try:
        text = file.read_text(encoding="utf-8")
        return tomllib.loads(text), text
    except OSError as error:
        raise pack_error(f"{file}: {error.strerror or 'cannot be read'}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        said = str(error).replace("(at end of document)", _AT_END.format(text.count("\n") + 1))
        at = _AT_LINE.search(said)
        place = f"{file}:{at[1]}" if at else f"{file}"
        raise pack_error(f"{place}: {_AT_LINE.sub('', said)}") from error

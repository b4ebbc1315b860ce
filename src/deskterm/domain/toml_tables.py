"""A table of a TOML file, read key by key: what is missing, wrong or left over is an error.

How an error is worded and raised is up to the kind of file (`Table.error`).
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Self, TypeVar

from deskterm.domain.toml_lines import Way

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

T = TypeVar("T")


class TomlTable(ABC):
    """One table.

    Args:
        content: its keys and values.
        way: how it is reached in the file.
    """

    def __init__(self, content: Mapping[str, object], way: Way = ()) -> None:
        self._left = dict(content)
        self.way = way

    @abstractmethod
    def error(self, key: str, problem: str) -> Exception:
        """The error for one of its keys, to be raised by whoever found the problem."""

    @abstractmethod
    def inner(self, content: Mapping[str, object], way: Way, name: str) -> Self:
        """A table within this one; `name` is what messages call it."""

    def take(self, key: str, kind: type[T]) -> T:
        """A value of a kind, which must be there."""
        if key not in self._left:
            raise self.error(key, "is missing")
        value = self._left.pop(key)
        # By exact type: in Python True is an int and a time is a date.
        if type(value) is not kind:
            raise self.error(key, f"must be {_KINDS[kind]}")
        return value

    def take_or(self, key: str, default: T) -> T:
        """A value of the kind of the default, which counts where there is none."""
        return self.take(key, type(default)) if key in self._left else default

    def choice(self, key: str, choices: Mapping[str, T]) -> T:
        """What one of these words stands for."""
        value = self.take(key, str)
        if value not in choices:
            raise self.error(key, f"is {value!r} and must be one of {', '.join(choices)}")
        return choices[value]

    def table(self, key: str) -> Self:
        """A table, which must be there."""
        return self.inner(self.take(key, dict), (key,), key)

    def table_or_empty(self, key: str) -> Self:
        """A table; an empty one where there is none."""
        return self.inner(self.take_or(key, dict[str, object]()), (key,), key)

    def tables(self, key: str) -> list[Self]:
        """The tables of an array; none where it is missing."""
        found: list[Self] = []
        for number, value in enumerate(self.take_or(key, list[object]()), 1):
            if not isinstance(value, dict):
                raise self.error(key, "must be tables")
            found.append(self.inner(value, (key, number), f"{key} {number}"))
        return found

    def holds(self, key: str, kind: type) -> bool:
        """Whether a value of that kind is there and was not taken."""
        return type(self._left.get(key)) is kind

    def names(self) -> tuple[str, ...]:
        """The keys that were not taken."""
        return tuple(self._left)

    def rest(self) -> Mapping[str, object]:
        """Take everything that is left."""
        rest, self._left = self._left, {}
        return rest

    def end(self) -> None:
        """Nothing may be left."""
        for key in self._left:
            raise self.error(key, "is no key that belongs here")

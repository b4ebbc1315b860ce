"""Regular expressions by name, each compiled when it is first asked for.

Compiling is most of what it costs to load a module full of patterns, and a text needs few of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from deskterm.text.loading import loading


class Patterns(Mapping[str, re.Pattern[str]]):
    """Patterns by name.

    Compiling one counts as reading data (`loading`), so that it takes nothing from the time that a
    text may take.

    Args:
        written: regular expressions as Python's `re` reads them.
    """

    __slots__ = ("_compiled", "_written")

    def __init__(self, **written: str) -> None:
        self._written = written
        self._compiled: dict[str, re.Pattern[str]] = {}

    def __getitem__(self, name: str) -> re.Pattern[str]:
        found = self._compiled.get(name)
        return self._compile(name) if found is None else found

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)

    @loading()
    def _compile(self, name: str) -> re.Pattern[str]:
        found = self._compiled[name] = re.compile(self._written[name])
        return found


class JoinedPatterns(Mapping[str, re.Pattern[str]]):
    """The patterns of several tables in one.

    Args:
        tables: by what stands before each of their names.
    """

    __slots__ = ("_places",)

    def __init__(self, tables: Mapping[str, Mapping[str, re.Pattern[str]]]) -> None:
        self._places = {
            f"{prefix}{name}": (table, name) for prefix, table in tables.items() for name in table
        }

    def __getitem__(self, name: str) -> re.Pattern[str]:
        table, own = self._places[name]
        return table[own]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)

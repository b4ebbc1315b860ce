"""On which line of a TOML file a key stands, which the standard library's reader does not tell.

Reads only what the headers of tables and the keys before a `=` look like (TOML 1.0.0, Keys and
Table). It serves messages alone: where it is mistaken, a message points to a line near by.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

#: How a key is reached: by names, and in an array of tables by numbers from 1.
Way = tuple[str | int, ...]

_LONGEST_LINE = 2_000
_KEY = r"(?:[A-Za-z0-9_-]{1,80}|\"[^\"\n]{1,80}\"|'[^'\n]{1,80}')"
_KEYS = rf"[ \t]{{0,20}}({_KEY}(?:[ \t]{{0,9}}\.[ \t]{{0,9}}{_KEY}){{0,9}})[ \t]{{0,20}}"
_HEADER = re.compile(rf"[ \t]{{0,20}}(\[\[?){_KEYS}\]")
_ASSIGNED = re.compile(rf"{_KEYS}=")
_ONE_KEY = re.compile(_KEY)
_QUOTES = ('"""', "'''")


def lines_of(text: str) -> dict[Way, int]:
    """The line, from 1, on which each table and each key of a file first stands."""
    found: dict[Way, int] = {}
    counts: dict[Way, int] = {}
    table: Way = ()
    quoted = ""
    for number, line in enumerate(text.splitlines(), 1):
        if quoted:
            quoted = "" if quoted in line else quoted
            continue
        shown = line[:_LONGEST_LINE]
        if header := _HEADER.match(shown):
            table = _table(_names(header[2]), counts, several=header[1] == "[[")
            _note(found, table, (), number)
        elif assigned := _ASSIGNED.match(shown):
            _note(found, table, _names(assigned[1]), number)
            quoted = _left_open(line)
    return found


def nearest(lines: Mapping[Way, int], path: Way) -> int | None:
    """The line of a key, else of the innermost table around it that is known."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def _names(keys: str) -> tuple[str, ...]:
    return tuple(key.strip("\"'") for key in _ONE_KEY.findall(keys))


def _table(names: tuple[str, ...], counts: dict[Way, int], *, several: bool) -> Way:
    """The path of a header: arrays of tables on the way mean their last table."""
    path: Way = ()
    for place, name in enumerate(names, 1):
        path = (*path, name)
        if several and place == len(names):
            counts[path] = counts.get(path, 0) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _note(found: dict[Way, int], table: Way, names: tuple[str, ...], number: int) -> None:
    whole = (*table, *names)
    for length in range(len(table) or 1, len(whole) + 1):
        found.setdefault(whole[:length], number)


def _left_open(line: str) -> str:
    """The quotes of a text of several lines that begins on this one and ends on a later one."""
    return next((quotes for quotes in _QUOTES if line.count(quotes) == 1), "")

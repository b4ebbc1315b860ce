"""What a file of keys says, line by line (TOML 1.0), before it is judged.

    preset = "arrows"
    digits = "azerty"

    [anywhere]
    "Ctrl+e" = "ticket.resolve"
    "g x" = "go.outbox"

    [list]
    "S" = ""

A table is a place, a key in it runs a command, and one with nothing (or `false`) does nothing.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.text.clean import SafeText, clean

PRESET, DIGITS = "preset", "digits"

MOST_MENDED: Final = 20
"""Lines that are no TOML before nothing of a file is used."""

#: One part of a key, as TOML writes it: bare, or in either kind of quotes; and what follows it.
_BARE = r"(?P<bare>[A-Za-z0-9_-]{1,200})"
_QUOTED = r"""(?P<quoted>"(?:[^"\\\n]|\\.){0,200}"|'[^'\n]{0,200}')"""
_PART = re.compile(rf"[ \t]*(?:{_BARE}|{_QUOTED})[ \t]*(?P<end>[.=\]])")
_PLACE = re.compile(r" \(at (?:line (\d{1,9}), column \d{1,9}|end of document)\)$")


class Line(NamedTuple):
    """One line: what it says about a key, or about all of them (`context` is empty then).

    Args:
        file: where it stands, for people; empty for a keymap that comes with the program.
        number: from 1; None where it could not be found.
    """

    file: str
    number: int | None
    context: str
    key: str
    value: object

    @property
    def place(self) -> SafeText:
        """File and line, for people."""
        name = clean(self.file, multiline=False)
        if self.number is None:
            return name
        return say("{file}, line {number}", file=name, number=self.number)


class Problem(NamedTuple):
    """What is wrong with a line, which is passed over."""

    line: Line
    error: DesktermError


class KeyFile(NamedTuple):
    """The lines of a file, in their order, and those that cannot be read."""

    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()


def parse(text: str, name: str) -> KeyFile:
    """Read the text of a file that people know as `name`. Lines that are no TOML are left out."""
    rows = text.splitlines()
    problems: list[Problem] = []
    while True:
        try:
            table = tomllib.loads("\n".join(rows))
        except tomllib.TOMLDecodeError as error:
            number, why = _told(error, rows)
            problems.append(_no_toml(name, number, why))
            if number is None or len(problems) > MOST_MENDED:
                return KeyFile((), tuple(problems))
            rows[number - 1] = ""
        except RecursionError:
            return KeyFile((), (_no_toml(name, None, say("brackets are nested too deep")),))
        else:
            return KeyFile(tuple(_lines(table, dict(_numbers(rows)), name)), tuple(problems))


def _lines(
    table: Mapping[str, object], numbers: Mapping[tuple[str, ...], int], name: str
) -> Iterator[Line]:
    for key, value in table.items():
        number = numbers.get((key,))
        if not isinstance(value, dict):
            yield Line(name, number, "", key, value)
            continue
        if not value:
            yield Line(name, number, key, "", None)
        for inner, each in value.items():
            yield Line(name, numbers.get((key, inner), number), key, inner, each)


def _numbers(rows: Sequence[str]) -> Iterator[tuple[tuple[str, ...], int]]:
    """The keys of a file with the lines they stand on, as far as simple reading finds them."""
    table: tuple[str, ...] = ()
    for number, line in enumerate(rows, 1):
        bare = line.lstrip()
        is_table = bare.startswith("[")
        found = _key(bare[1:] if is_table else bare, "]" if is_table else "=")
        if found and is_table:
            table = found
        if found:
            yield (found if is_table else (*table, *found)), number


def _key(text: str, end: str) -> tuple[str, ...]:
    """The dotted key at the beginning of a text, up to the sign after it; empty for none."""
    parts: list[str] = []
    at = 0
    while found := _PART.match(text, at):
        parts.append(found["bare"] or _unquoted(found["quoted"]))
        if found["end"] != ".":
            return tuple(parts) if found["end"] == end else ()
        at = found.end()
    return ()


def _unquoted(quoted: str) -> str:
    try:
        return str(tomllib.loads(f"key = {quoted}")["key"])
    except tomllib.TOMLDecodeError:
        return ""


def _told(error: tomllib.TOMLDecodeError, rows: Sequence[str]) -> tuple[int | None, str]:
    """The row that an error is about, and what it says."""
    words = str(error)
    found = _PLACE.search(words)
    filled = [number for number, row in enumerate(rows, 1) if row.strip()]
    number = int(found[1]) if found and found[1] else max(filled, default=0)
    return (number if number in filled else None), _PLACE.sub("", words)


def _no_toml(name: str, number: int | None, why: str) -> Problem:
    line = Line(name, number, "", "", None)
    error = DesktermError(
        say("A line of your keys is not valid TOML"),
        say("{place}: {why}", place=line.place, why=clean(why[:200], multiline=False)),
        say("Mend it; docs/keymap.md has examples"),
        code="keys",
    )
    return Problem(line, error)

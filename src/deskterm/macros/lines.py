"""On which line something stands in a TOML file, which the standard reader does not tell."""

from __future__ import annotations

import re
import tomllib

from deskterm.domain.toml_lines import lines_of
from deskterm.macros.model import Problem

_PLACE = re.compile(r" \(at (?:line (\d{1,9}), column (\d{1,9})|end of document)\)$")
_FENCES = ('"""', "'''")


def toml_mistake(file: str, error: Exception) -> Problem:
    """What is wrong with a file as a whole, from what reading it raised."""
    if isinstance(error, tomllib.TOMLDecodeError):
        words = str(error)
        place = _PLACE.search(words)
        line, column = (int(place[1]), int(place[2])) if place and place[1] else (0, 0)
        return Problem(file, line, _PLACE.sub("", words)[:200], column=column)
    if isinstance(error, UnicodeDecodeError):
        return Problem(file, error.object.count(b"\n", 0, error.start) + 1, "it is not UTF-8 text")
    if isinstance(error, RecursionError):
        return Problem(file, 0, "brackets are nested too deep")
    return Problem(file, 0, getattr(error, "strerror", None) or "it cannot be read")


def key_lines(text: str) -> dict[str, int]:
    """The line of each dotted key and table, as far as simple reading finds it.

    The tables of an array are counted: `macro.1`, `macro.1.variant.2.body.en`.
    """
    return {".".join(map(str, way)): line for way, line in lines_of(text).items()}


def first_line_of(text: str, line: int) -> int:
    """The line on which the text of a key begins: the next one after an opening fence."""
    lines = text.splitlines()
    here = lines[line - 1].rstrip() if 0 < line <= len(lines) else ""
    return line + 1 if here.endswith(_FENCES) else line

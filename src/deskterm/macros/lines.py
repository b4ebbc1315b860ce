"""On which line something stands in a TOML file, which the standard reader does not tell."""

from __future__ import annotations

import re
import tomllib

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
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    fence = ""
    for number, line in enumerate(text.splitlines(), 1):
        if fence:
            fence = "" if line.count(fence) % 2 else fence
            continue
        bare = line.strip()
        if bare.startswith("["):
            name = ".".join(_resolved(_dotted(bare.split("#")[0].strip("[] \t")), counts))
            if bare.startswith("[["):
                counts[name] = counts.get(name, 0) + 1
                name = f"{name}.{counts[name]}"
            found.setdefault(name, number)
            table = f"{name}."
        elif "=" in bare and not bare.startswith("#"):
            key, _, value = bare.partition("=")
            found.setdefault(table + ".".join(_dotted(key)), number)
            fence = next((f for f in _FENCES if value.count(f) % 2), "")
    return found


def _dotted(words: str) -> list[str]:
    return [word.strip(" \t\"'") for word in words.split(".")]


def _resolved(names: list[str], counts: dict[str, int]) -> list[str]:
    """The names with the number of the newest table after each array in front."""
    path: list[str] = []
    for number, name in enumerate(names, 1):
        path.append(name)
        if number < len(names) and (count := counts.get(".".join(path))):
            path.append(str(count))
    return path


def first_line_of(text: str, line: int) -> int:
    """The line on which the text of a key begins: the next one after an opening fence."""
    lines = text.splitlines()
    here = lines[line - 1].rstrip() if 0 < line <= len(lines) else ""
    return line + 1 if here.endswith(_FENCES) else line

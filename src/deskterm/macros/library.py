"""All macros of a shop: the bundled ones, and those of its folder, which come before them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from deskterm.macros import lint
from deskterm.macros.facts import Facts
from deskterm.macros.files import read_macros
from deskterm.macros.grammar import Include, walk
from deskterm.macros.model import Library, Macro, Problem

SUFFIX = ".toml"


def load_library(folder: Path | None = None, facts: Facts | None = None) -> Library:
    """The bundled macros and those of a shop's folder; a macro of the shop replaces a bundled one.

    What cannot be used is left out and told of in `Library.problems`. Never raises.
    """
    own = sorted(folder.glob(f"*{SUFFIX}")) if folder and folder.is_dir() else []
    return read_library([bundled_files(), own], facts or Facts())


def bundled_files() -> list[Traversable]:
    """The files of the macros that come with the program, in a fixed order."""
    folder = files("deskterm.macros").joinpath("starter")
    found = (file for file in folder.iterdir() if file.name.endswith(SUFFIX))
    return sorted(found, key=lambda file: file.name)


def read_library(shelves: Iterable[Iterable[Path | Traversable]], facts: Facts) -> Library:
    """Macros of several shelves of files; one on a later shelf replaces one on an earlier.

    Within a shelf the first of an id counts, and the second is reported.
    """
    macros: dict[str, Macro] = {}
    problems: list[Problem] = []
    for shelf in shelves:
        here: dict[str, Macro] = {}
        for file in shelf:
            found, wrong = read_macros(file)
            problems += wrong
            for macro in found:
                if macro.id in here:
                    first = f"{here[macro.id].file}:{here[macro.id].line}"
                    words = f"it stands in {first} as well, which counts"
                    problems.append(Problem(macro.file, macro.line, words, macro.id))
                else:
                    here[macro.id] = macro
        macros |= here
    return _sound(macros, problems, facts)


def _sound(macros: dict[str, Macro], problems: list[Problem], facts: Facts) -> Library:
    """Without the macros that are of no use, and without those that take them in."""
    for macro in _in_circles(macros):
        words = "it takes itself in, by way of other macros or at once"
        problems.append(Problem(macro.file, macro.line, words, macro.id))
        del macros[macro.id]
    kept: list[Problem] = []
    changed = True
    while changed:
        kept = [wrong for macro in macros.values() for wrong in lint.check(macro, macros, facts)]
        broken = {wrong.macro for wrong in kept if wrong.skipped}
        problems += [wrong for wrong in kept if wrong.macro in broken]
        macros = {name: macro for name, macro in macros.items() if name not in broken}
        changed = bool(broken)
    return Library(
        macros, tuple(sorted([*problems, *kept], key=lambda p: (p.file, p.line, p.column)))
    )


def _in_circles(macros: Mapping[str, Macro]) -> list[Macro]:
    """The macros from which a way of inclusions leads back to them."""
    takes = {
        name: {
            node.macro
            for variant in macro.variants
            for node in walk(variant.body)
            if isinstance(node, Include)
        }
        for name, macro in macros.items()
    }
    return [macro for name, macro in macros.items() if name in _reached(name, takes)]


def _reached(start: str, takes: Mapping[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    ahead = set(takes[start])
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            ahead |= takes.get(name, set())
    return seen

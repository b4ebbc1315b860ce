"""The file that spares a start the reading of lexicon, seeds and bundled macros.

`prepared.txt` holds what these come to (`deskterm.macros.preparing` makes it), in blocks that are
parted by blank lines: a digest of its sources, the lines of the lexicon
(`deskterm.macros.lexicon.Lexicon`), the words that are no slips (`deskterm.macros.slips`), and the
counts of macros (`deskterm.macros.base.Layer`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Final

from deskterm.macros.base import Layer, by_first
from deskterm.macros.lexicon import Lexicon
from deskterm.macros.slips import Known, of_lines

FILE: Final = "prepared.txt"
_SOURCES: Final = ("lexicon.toml", "elsewhere.toml")
_LANGUAGES: Final = "languages.txt"  # of `deskterm.text`


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the program brings for suggestions.

    Args:
        digest: of all of it.
        lexicon: the bundled one.
        known: words that are no slips.
        layer: the counts of the bundled macros, and of what is no macro's business.
    """

    digest: str
    lexicon: Lexicon
    known: Known
    layer: Layer


@lru_cache(maxsize=1)
def prepared() -> Prepared:
    """What is in the file; where that was made from other sources, they are read instead."""
    raw = files("deskterm.macros").joinpath(FILE).read_bytes()
    if not raw.startswith(sources().encode() + b"\n"):
        from deskterm.macros.preparing import written  # somebody is at work on the sources

        raw = written()
    return read(raw)


def read(raw: bytes) -> Prepared:
    """What the file holds.

    Raises:
        ValueError: it is something else.
    """
    _, lexicon, words, counts = raw.split(b"\n\n")
    return Prepared(
        sha256(raw).hexdigest(),
        Lexicon(by_first(lexicon.decode().split("\n"))),
        of_lines(words.decode().split("\n")),
        Layer.read(counts),
    )


def sources() -> str:
    """A digest of the files that it is made from, the macros left out, which have their own."""
    digest = sha256()
    folder = files("deskterm.macros")
    for name in _SOURCES:
        digest.update(folder.joinpath(name).read_bytes())
    digest.update(files("deskterm.text").joinpath(_LANGUAGES).read_bytes())
    for file in sorted(folder.joinpath("seeds").iterdir(), key=lambda each: each.name):
        digest.update(file.read_bytes())
    return digest.hexdigest()

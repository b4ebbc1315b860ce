"""Makes the file that is read at a start (`deskterm.macros.prepared`) from its sources.

    python -m deskterm.macros.preparing > src/deskterm/macros/prepared.txt

A word is as common as it is in its language (`deskterm.text.language`) or, where it is commoner
there, in what customers and the shop say to each other.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from importlib.resources import files
from math import log
from typing import Final

from deskterm.macros.base import Layer
from deskterm.macros.features import Reader
from deskterm.macros.lexicon import BOTH, Entries, Lexicon, pattern, read_entries
from deskterm.macros.library import load_library
from deskterm.macros.phrases import folded
from deskterm.macros.prepared import sources
from deskterm.macros.profiles import digests_of, texts_of
from deskterm.macros.seeds import by_language, load_elsewhere, load_seeds
from deskterm.macros.slips import ALL, Known, lines_of
from deskterm.macros.stopwords import STOP_WORDS
from deskterm.macros.words import sentences
from deskterm.text.language import LANGUAGES, listed

_MARK: Final = re.compile(r"\{[{%][^{}%]{0,300}[%}]\}")


def written() -> bytes:
    """The file as its sources give it."""
    entries, _ = read_entries(files("deskterm.macros").joinpath("lexicon.toml"))
    lexicon = Lexicon.of(entries)
    library = load_library()
    layer = Layer.of(
        texts_of(library, {**load_seeds(), **load_elsewhere()}),
        Reader(lexicon),
        digests_of(library),
    )
    blocks = (
        [sources()],
        (f"{word}\t{line}" for word, line in lexicon.lines.items()),
        lines_of(known_words(entries)),
    )
    return b"\n\n".join((*("\n".join(lines).encode() for lines in blocks), layer.written()))


def known_words(entries: Entries) -> Known:
    """The words of each language."""
    of_all = dict.fromkeys(sorted(STOP_WORDS), 1.0)
    return {**{language: _words(language, entries) for language in LANGUAGES}, ALL: of_all}


def _words(language: str, entries: Entries) -> Mapping[str, float]:
    found: dict[str, float] = {}
    for written, worth in listed(language):
        for word in folded(written).split("'"):
            if word:
                found[word] = max(worth, found.get(word, 0.0))
    said = Counter(
        word.folded for text in _texts(language) for each in sentences(text) for word in each.words
    )
    for word in _of_entries(entries, language):
        said[word] += 1
    for word, times in said.items():
        found[word] = max(1 + round(log(times), 1), found.get(word, 0.0))
    return {word: found[word] for word in sorted(found, key=lambda word: (-found[word], word))}


def _texts(language: str) -> Iterator[str]:
    """What customers say and the shop answers."""
    yield from by_language(language)
    for macro in load_library():
        yield macro.titles.get(language, "")
        for variant in macro.variants:
            if variant.language == language:
                yield _MARK.sub(" ", variant.source)
        for phrase in macro.asks.get(language, ()):
            yield phrase.replace("*", " ")


def _of_entries(entries: Entries, language: str) -> Iterator[str]:
    for languages in entries.values():
        for entry in languages.get(language, ()):
            for side in entry.split(BOTH):
                yield from (word for word in pattern(side) if word[-1] != "*")


if __name__ == "__main__":
    sys.stdout.buffer.write(written())

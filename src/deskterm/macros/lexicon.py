"""The lexicon: what customers mean, whatever words and language they say it in.

A text file that a shop can edit: a table for each concept, and in it for each language a list of
entries. An entry is a `word`, a `beginning*` of words, `several words` in their order with at most
two others between them, or `one + other`: both, or all of several, in one sentence, in any order.
A shop's own file adds to the one that comes with the program.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final, NamedTuple, TypeGuard

from deskterm.macros.lines import key_lines, toml_mistake
from deskterm.macros.model import Problem
from deskterm.macros.phrases import GAP, folded
from deskterm.macros.words import Sentence, parts_of

FILE_MAX: Final = 2_000_000  # bytes
_BEGINNING_MIN, _BEGINNING_MAX = 2, 24  # letters of a beginning
_TELLING: Final = 5  # letters of a beginning that a word with a slip hardly has
_KEPT: Final = 4_000  # words that are remembered with what they may say
ENTRY_MAX: Final = 200  # characters
BOTH: Final = " + "
SIDES_MAX: Final = 4

_NAME = re.compile(r"[\w-]{1,60}")
_PIECE = re.compile(r"[^\W_]+(?:'[^\W_]+)*")

#: Entries by concept, and by language within.
Entries = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Found:
    """A concept in a message, and where the words stand that say it: from where to where."""

    concept: str
    places: tuple[tuple[int, int], ...]


class _Part(NamedTuple):
    """One side of entries.

    Args:
        words: in their order; one with a star is a beginning.
        means: the concepts that it says alone.
        with_others: the concepts that it says where others stand in the sentence as well.
    """

    words: tuple[str, ...]
    means: tuple[str, ...]
    with_others: tuple[tuple[tuple[str, ...], str], ...]


class Lexicon:
    """Finds concepts in sentences; a message is read once for all of them.

    Args:
        lines: by the first word of parts, these: `part=concept concept;concept=part+part`, with
            tabs between them. One is taken apart when a message has its word.
    """

    def __init__(self, lines: Mapping[str, str]) -> None:
        self.lines = lines
        self._read: dict[str, dict[str, _Part]] = {}
        self._by_word: dict[str, Sequence[tuple[str, _Part]]] = {}

    @classmethod
    def of(cls, entries: Entries) -> Lexicon:
        """A lexicon of entries."""
        found: dict[str, tuple[list[str], list[str]]] = {}
        for concept, languages in entries.items():
            for written in languages.values():
                for entry in written:
                    first, *others = [" ".join(pattern(side)) for side in entry.split(BOTH)]
                    alone, with_others = found.setdefault(first, ([], []))
                    if others:
                        with_others.append(f"{concept}={'+'.join(others)}")
                        for other in others:
                            found.setdefault(other, ([], []))
                    else:
                        alone.append(concept)
        by_word: dict[str, list[str]] = {}
        for said, (alone, with_others) in found.items():
            line = ";".join((f"{said}={' '.join(alone)}", *with_others))
            by_word.setdefault(said.split(" ", 1)[0], []).append(line)
        return cls({word: "\t".join(lines) for word, lines in by_word.items()})

    def plus(self, more: Lexicon) -> Lexicon:
        """A lexicon of the entries of both."""
        shared = self.lines.keys() & more.lines.keys()
        both = {word: f"{self.lines[word]}\t{more.lines[word]}" for word in shared}
        return Lexicon({**self.lines, **more.lines, **both})

    @property
    def words(self) -> frozenset[str]:
        """All words that stand in full in an entry."""
        parts = (part for line in self.lines.values() for part in line.split("\t"))
        said = (word for part in parts for word in part.partition("=")[0].split(" "))
        return frozenset(word for word in said if word[-1] != "*")

    def knows(self, word: str) -> bool:
        """Whether a word stands in an entry, or begins as one of some length."""
        lengths = range(_TELLING, min(len(word), _BEGINNING_MAX) + 1)
        return word in self.lines or any(word[:n] + "*" in self.lines for n in lengths)

    def found(self, sentence: Sentence) -> Iterator[Found]:
        """The concepts in one sentence; one may come several times."""
        heard = self._heard(sentence)
        for part, place in heard.values():
            for concept in part.means:
                yield Found(concept, (place,))
            for others, concept in part.with_others:
                if all(other in heard for other in others):
                    places = {place, *(heard[other][1] for other in others)}
                    yield Found(concept, tuple(sorted(places)))

    def _heard(self, sentence: Sentence) -> dict[str, tuple[_Part, tuple[int, int]]]:
        """The parts that stand in a sentence, and from where to where in the text."""
        words = sentence.words
        heard: dict[str, tuple[_Part, tuple[int, int]]] = {}
        for at, word in enumerate(words):
            for said, part in self._beginning_with(word.folded):
                if said in heard:
                    continue
                last = _end(part.words, sentence, at) if len(part.words) > 1 else at
                if last >= 0:
                    heard[said] = part, (word.start, words[last].end)
        return heard

    def _beginning_with(self, word: str) -> Sequence[tuple[str, _Part]]:
        if word not in self._by_word:
            if len(self._by_word) >= _KEPT:
                self._by_word.clear()
            self._by_word[word] = tuple(self._look_up(word))
        return self._by_word[word]

    def _look_up(self, word: str) -> Iterator[tuple[str, _Part]]:
        """The parts that begin with a word, or with a beginning that it has."""
        if word in self.lines:
            yield from self._parts(word).items()
        for length in range(_BEGINNING_MIN, min(len(word), _BEGINNING_MAX) + 1):
            if (beginning := word[:length] + "*") in self.lines:
                yield from self._parts(beginning).items()

    def _parts(self, first: str) -> dict[str, _Part]:
        """The parts that begin with a word, or with a beginning."""
        if first not in self._read:
            self._read[first] = _parts_of(self.lines[first])
        return self._read[first]


def _parts_of(line: str) -> dict[str, _Part]:
    parts: dict[str, _Part] = {}
    for each in line.split("\t"):
        alone, *pairs = each.split(";")
        said, _, concepts = alone.partition("=")
        others = [pair.partition("=") for pair in pairs]
        part = _Part(
            tuple(said.split(" ")),
            tuple(concepts.split()),
            tuple((tuple(sides.split("+")), concept) for concept, _, sides in others),
        )
        if before := parts.get(said):  # of another lexicon
            part = _Part(
                part.words, before.means + part.means, before.with_others + part.with_others
            )
        parts[said] = part
    return parts


def pattern(written: str) -> tuple[str, ...]:
    """The words of one side of an entry as messages have them; open ones keep their star."""
    words: list[str] = []
    for piece in folded(written).split():
        parts = [part for word in _PIECE.findall(piece) for part in parts_of(word)]
        if parts and piece.endswith("*"):
            parts[-1] += "*"
        words += parts
    return tuple(words)


def _end(pattern: Sequence[str], sentence: Sentence, start: int) -> int:
    """Where a pattern that begins at a word ends; -1 where it does not go on."""
    words = sentence.words
    at = start
    for wanted in pattern[1:]:
        for place in range(at + 1, min(at + 2 + GAP, len(words))):
            if _is(words[place].folded, wanted):
                at = place
                break
        else:
            return -1
    return at


def _is(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted[-1] == "*" else word == wanted


def load_lexicon(own: Path | None = None) -> tuple[Lexicon, tuple[Problem, ...]]:
    """The bundled lexicon with what a shop adds, and what is wrong in the shop's file."""
    entries, problems = read_entries(files("deskterm.macros").joinpath("lexicon.toml"))
    if own is None or not own.is_file():
        return Lexicon.of(entries), problems
    more, wrong = read_entries(own)
    return Lexicon.of(entries).plus(Lexicon.of(more)), (*problems, *wrong)


def read_entries(file: Path | Traversable) -> tuple[Entries, tuple[Problem, ...]]:
    """The entries of a file; what cannot be used is left out and told of. Never raises."""
    try:
        raw = file.read_bytes()
        if len(raw) > FILE_MAX:
            return {}, (Problem(file.name, 0, "it is too large"),)
        text = raw.decode()
        content = tomllib.loads(text)
    except (OSError, ValueError, RecursionError) as error:
        return {}, (toml_mistake(file.name, error),)
    return _entries(content, file.name, key_lines(text))


def _entries(
    content: Mapping[str, object], file: str, lines: Mapping[str, int]
) -> tuple[Entries, tuple[Problem, ...]]:
    entries: dict[str, dict[str, tuple[str, ...]]] = {}
    problems = []
    for concept, languages in content.items():
        if not isinstance(languages, dict):
            words = f"{concept} needs a table of languages"
            problems.append(Problem(file, lines.get(concept, 0), words))
            continue
        if not _NAME.fullmatch(concept):
            words = f"{concept[:60]!r} needs a name of letters, digits and _"
            problems.append(Problem(file, lines.get(concept, 0), words))
            continue
        for language, written in languages.items():
            key = f"{concept}.{language}"
            each = written if isinstance(written, list) else [written]
            entries.setdefault(concept, {})[language] = tuple(filter(_sound, each))
            for wrong in itertools.filterfalse(_sound, each):
                words = f"{key}: {str(wrong)[:60]!r} is no word, phrase or `one + other`"
                problems.append(Problem(file, lines.get(key, 0), words))
    return entries, tuple(problems)


def _sound(entry: object) -> TypeGuard[str]:
    """Whether it is an entry: some sides, each with a word."""
    if not isinstance(entry, str) or len(entry) > ENTRY_MAX:
        return False
    sides = entry.split(BOTH)
    return len(sides) <= SIDES_MAX and all(map(_PIECE.search, sides))

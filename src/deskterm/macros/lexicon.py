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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Final, TypedDict, TypeGuard, cast

from deskterm.macros.lines import key_lines, toml_mistake
from deskterm.macros.model import Problem
from deskterm.macros.phrases import GAP, folded
from deskterm.macros.words import Sentence, parts_of

FILE_MAX: Final = 2_000_000  # bytes
_BEGINNING_MIN, _BEGINNING_MAX = 2, 24  # letters of a beginning
_TELLING: Final = 5  # letters of a beginning that a word with a slip hardly has
ENTRY_MAX: Final = 200  # characters
BOTH: Final = " + "
SIDES_MAX: Final = 4

_PIECE = re.compile(r"[^\W_]+(?:'[^\W_]+)*")

#: Entries by concept, and by language within.
Entries = Mapping[str, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Found:
    """A concept in a message, and where the words stand that say it: from where to where."""

    concept: str
    places: tuple[tuple[int, int], ...]


class _Table(TypedDict):
    """The entries, put in order for looking them up. Plain data, which can be kept as JSON.

    A part is one side of entries: words in their order, the last letters of one left open (`*`).

    Args:
        parts: the words of each part.
        means: the concepts that each part says alone.
        with_others: the concepts that each says where other parts stand in the sentence as well.
        by_word: the numbers of the parts that begin with a word; `by_beginning` likewise.
    """

    parts: list[list[str]]
    means: list[list[str]]
    with_others: list[list[tuple[list[int], str]]]
    by_word: dict[str, list[int]]
    by_beginning: dict[str, list[int]]


class Lexicon:
    """Finds concepts in sentences; a message is read once for all of them."""

    def __init__(self, table: _Table) -> None:
        self._table = table
        self._parts = table["parts"]
        self._by_word = table["by_word"]
        self._by_beginning = table["by_beginning"]

    @classmethod
    def of(cls, entries: Entries) -> Lexicon:
        """A lexicon of entries."""
        lexicon = cls(
            {"parts": [], "means": [], "with_others": [], "by_word": {}, "by_beginning": {}}
        )
        numbers: dict[tuple[str, ...], int] = {}
        for concept, languages in entries.items():
            for written in languages.values():
                for entry in written:
                    lexicon._add(concept, entry, numbers)
        return lexicon

    @classmethod
    def of_json(cls, table: Any) -> Lexicon:
        """What `as_json` gave."""
        parts = [part.split() for part in table["parts"]]
        return cls(cast(_Table, {**table, "parts": parts}))

    def as_json(self) -> object:
        """The lexicon as JSON values that are quick to read."""
        return {**self._table, "parts": [" ".join(part) for part in self._parts]}

    @property
    def words(self) -> frozenset[str]:
        """All words that stand in full in an entry."""
        return frozenset(word for part in self._parts for word in part if word[-1] != "*")

    def knows(self, word: str) -> bool:
        """Whether a word stands in an entry, or begins as one of some length."""
        lengths = range(_TELLING, min(len(word), _BEGINNING_MAX) + 1)
        return word in self._by_word or any(word[:n] in self._by_beginning for n in lengths)

    def found(self, sentence: Sentence) -> Iterator[Found]:
        """The concepts in one sentence; one may come several times."""
        heard = self._heard(sentence)
        for number, place in heard.items():
            for concept in self._table["means"][number]:
                yield Found(concept, (place,))
            for others, concept in self._table["with_others"][number]:
                if all(other in heard for other in others):
                    places = {place, *(heard[other] for other in others)}
                    yield Found(concept, tuple(sorted(places)))

    def _add(self, concept: str, entry: str, numbers: dict[tuple[str, ...], int]) -> None:
        first, *others = [self._number(side, numbers) for side in entry.split(BOTH)]
        if others:
            self._table["with_others"][first].append((others, concept))
        else:
            self._table["means"][first].append(concept)

    def _number(self, written: str, numbers: dict[tuple[str, ...], int]) -> int:
        words = pattern(written)
        if words not in numbers:
            numbers[words] = number = len(self._parts)
            self._parts.append(list(words))
            self._table["means"].append([])
            self._table["with_others"].append([])
            first = words[0]
            if first.endswith("*"):
                self._by_beginning.setdefault(first[:-1], []).append(number)
            else:
                self._by_word.setdefault(first, []).append(number)
        return numbers[words]

    def _heard(self, sentence: Sentence) -> dict[int, tuple[int, int]]:
        """The parts that stand in a sentence, and from where to where in the text."""
        words = sentence.words
        heard: dict[int, tuple[int, int]] = {}
        for at, word in enumerate(words):
            for number in self._beginning_with(word.folded):
                if number in heard:
                    continue
                last = _end(self._parts[number], sentence, at)
                if last >= 0:
                    heard[number] = (word.start, words[last].end)
        return heard

    def _beginning_with(self, word: str) -> Iterator[int]:
        yield from self._by_word.get(word, ())
        for length in range(_BEGINNING_MIN, min(len(word), _BEGINNING_MAX) + 1):
            yield from self._by_beginning.get(word[:length], ())


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
    return Lexicon.of(joined(entries, more)), (*problems, *wrong)


def joined(one: Entries, other: Entries) -> Entries:
    """All entries of both."""
    return {
        concept: {
            language: (*one.get(concept, {}).get(language, ()), *there)
            for language, there in _languages(concept, one, other)
        }
        for concept in dict.fromkeys((*one, *other))
    }


def _languages(concept: str, one: Entries, other: Entries) -> Iterable[tuple[str, Sequence[str]]]:
    here, there = one.get(concept, {}), other.get(concept, {})
    return ((language, there.get(language, ())) for language in dict.fromkeys((*here, *there)))


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

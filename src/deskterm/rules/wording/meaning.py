"""What a sentence means, by a vote of its words: finds what no phrase has been written for.

Each word, its beginning, and each two words beside each other speak for some topics and against
others. How much was learnt from sentences of which we know the topic
(`meanings/` beside the sources; `python -m meanings` makes `meaning.bin`): a logistic regression
over several classes. What was not learnt has no vote.

The file is a line of JSON, the CRC-32 of all votes in rising order (four bytes each, little end
first), and for each vote a byte for each class, of which 128 is 0.
"""

from __future__ import annotations

import json
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from math import exp, sqrt
from typing import Final, NamedTuple
from zlib import crc32

from deskterm.rules.wording.sentences import Sentences
from deskterm.text.loading import loading

ZERO: Final = 128
#: The class of what speaks of no topic.
NONE: Final = "fine"
FILE: Final = "meaning.bin"

#: How likely what is found must be: to be told at all, and to be certain.
LIKELY: Final = 0.85
CERTAIN: Final = 0.93
#: Topics that many may speak of who are allowed to: they do not make another one likelier.
_HARMLESS: Final = frozenset({"review_request", "asks_contact"})
#: Words of which two sentences are weighed together, and after which a sentence is cut into two.
_TOGETHER: Final = 40
_LONGEST: Final = 30
#: What a word of a find must weigh, as a part of the heaviest, to be shown with it.
_SHOWN: Final = 0.3
_WORDS_KEPT, _SENTENCES_KEPT = 2_048, 256
#: Votes are found by the upper bits of their names first.
_LOWER: Final = 20
_PARTS: Final = 1 << (32 - _LOWER)

Vector = Sequence[float]


class Meant(NamedTuple):
    """Words of a text that mean a topic: the first, the last, and how likely, up to 1."""

    topic: str
    first: int
    last: int
    likely: float


@dataclass(frozen=True, slots=True)
class _Window:
    """Some words in a row, what they weigh together, and how many votes they have cast."""

    words: range
    sums: Vector
    cast: int

    def and_next(self, other: _Window) -> _Window:
        sums = [one + two for one, two in zip(self.sums, other.sums, strict=True)]
        return _Window(range(self.words.start, other.words.stop), sums, self.cast + other.cast)


class Model:
    """Weights, ready to be asked.

    Args:
        content: the file.
    """

    def __init__(self, content: bytes) -> None:
        head, _, rest = content.partition(b"\n")
        told = json.loads(head)
        self.classes = tuple(told["classes"])
        #: What one step of a weight is worth, and the weight of each class before any word is read.
        self._scale: float = told["scale"]
        self._bias: Vector = told["bias"]
        end = 4 * told["votes"]
        self._known = array("I", rest[:end])
        if sys.byteorder == "big":
            self._known.byteswap()
        self._weights = rest[end:]
        #: Where the votes begin that have the same upper bits, so that few are looked through.
        self._starts = [bisect_left(self._known, part << _LOWER) for part in range(_PARTS + 1)]
        self._weighed = lru_cache(_SENTENCES_KEPT)(self._weigh)

    def meant(self, text: Sentences) -> Iterator[Meant]:
        """What the text means, from left to right."""
        for window in self._windows(text):
            likely = self.likelihoods(window.sums, window.cast)
            topic = max((name for name in likely if name != NONE), key=likely.__getitem__)
            beside = sum(likely[name] for name in _HARMLESS if name != topic)
            sure = 1 - likely[NONE] - beside
            if sure >= LIKELY:
                yield self._shown(text, window.words, topic, sure)

    def likelihoods(self, sums: Vector, cast: int) -> dict[str, float]:
        """How likely each class is, by the sums of the weights of so many votes."""
        factor = self._scale / sqrt(cast)
        raised = [exp(bias + factor * each) for bias, each in zip(self._bias, sums, strict=True)]
        total = sum(raised)
        return {name: each / total for name, each in zip(self.classes, raised, strict=True)}

    def _windows(self, text: Sentences) -> Iterator[_Window]:
        """Each sentence, and each two in a row that are short."""
        before: _Window | None = None
        for words in _pieces(text):
            sums, cast = self._weighed(tuple(text.words[words.start : words.stop]))
            here = _Window(words, sums, cast)
            yield here
            if before is not None and words.stop - before.words.start <= _TOGETHER:
                yield before.and_next(here)
            before = here

    def _weigh(self, words: Sequence[str]) -> tuple[Vector, int]:
        """The sums of the weights of a sentence, and of how many votes. Who types has the same
        sentences weighed again and again.
        """
        every = votes(words)
        rows = [row for row in map(self._row, every) if row]
        less = ZERO * len(rows)
        sums = [sum(column) - less for column in zip(*rows, strict=True)]
        return sums or [0] * len(self.classes), len(every)

    def _row(self, vote: str) -> bytes:
        """The weights of a vote for each class; nothing where it is not known."""
        name, known = name_of(vote), self._known
        part = name >> _LOWER
        end = self._starts[part + 1]
        at = bisect_left(known, name, self._starts[part], end)
        if at == end or known[at] != name:
            return b""
        start = at * len(self.classes)
        return self._weights[start : start + len(self.classes)]

    def _shown(self, text: Sentences, words: range, topic: str, likely: float) -> Meant:
        """The words that say it most, and what stands between them."""
        mine, none = self.classes.index(topic), self.classes.index(NONE)
        weighed = [
            sum(row[mine] - row[none] for row in map(self._row, each) if row)
            for each in _by_word(text.words[words.start : words.stop])
        ]
        least = _SHOWN * max(weighed)
        telling = [at for at, weight in enumerate(weighed) if weight >= least]
        return Meant(topic, words[telling[0]], words[telling[-1]], likely)


def votes(words: Sequence[str]) -> set[str]:
    """What a sentence has votes as; a word that is said again says nothing more."""
    return set(chain.from_iterable(_by_word(words)))


def _by_word(words: Sequence[str]) -> list[tuple[str, ...]]:
    """For each word, what it has a vote as: itself, its beginning, and with the word before it; the
    last one with the end of the sentence, too.
    """
    before = "^"
    cast: list[tuple[str, ...]] = []
    for word in words:
        alone, stem = _alone(word)
        cast.append((*alone, f"{before} {stem}"))
        before = stem
    if cast:
        cast[-1] += (f"{before} $",)
    return cast


@lru_cache(_WORDS_KEPT)
def _alone(word: str) -> tuple[tuple[str, ...], str]:
    """What a word has a vote as by itself, and its stem."""
    alone = (word, f"{word[:4]}*") if len(word) > 4 else (word,)
    return alone, word[:5] if len(word) > 6 else word


def name_of(vote: str) -> int:
    """A number for a vote."""
    return crc32(vote.encode())


def _pieces(text: Sentences) -> Iterator[range]:
    """The sentences, long ones in pieces."""
    for words in text.sentences():
        for start in range(words.start, words.stop, _LONGEST):
            yield range(start, min(start + _LONGEST, words.stop))


@cache
@loading()
def model() -> Model:
    """The model that comes with deskterm, read once."""
    return Model(files("deskterm.rules.wording").joinpath(FILE).read_bytes())

"""What a message is weighed by: its words, their beginnings, pairs of words, and what it means.

Each kind has a weight; the features of a message together have length 1, so that a long message
says no more than a short one. How much a feature tells is weighed when macros are scored
(`deskterm.macros.profiles`), not here. A beginning of a word stands for its other forms and its
slips; a word that nobody knows is read as the known one that is one slip away.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import sqrt
from types import MappingProxyType
from typing import Final

from deskterm.macros.lexicon import Lexicon
from deskterm.macros.slips import SHORTEST, Known, Slips
from deskterm.macros.stopwords import STOP_WORDS
from deskterm.macros.words import Sentence, Word, sentences

#: What stands before a feature and tells its kind.
WORD: Final = "w:"
PAIR: Final = "p:"
BEGINNING: Final = "b:"
CONCEPT: Final = "c:"
WEIGHTS: Final[Mapping[str, float]] = MappingProxyType(
    {WORD: 1.0, PAIR: 1.0, BEGINNING: 0.7, CONCEPT: 1.25}
)
Places = tuple[tuple[int, int], ...]
_BEGINNINGS: Final = (3, 4)  # letters


@dataclass(frozen=True, slots=True)
class Features:
    """What a text is weighed by.

    Args:
        weights: by feature; of length 1 together unless there are none.
        said: the customer's words behind a feature, for the reasons.
    """

    weights: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    said: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


class Reader:
    """Turns texts into features."""

    def __init__(self, lexicon: Lexicon, slips: Slips | None = None) -> None:
        self._lexicon = lexicon
        self._slips = slips

    def features(self, *texts: tuple[str, float], names: frozenset[str] = frozenset()) -> Features:
        """The features of texts, each with its weight.

        Args:
            names: folded names that are no features, such as the customer's.
        """
        counts: dict[str, float] = {}
        said: dict[str, str] = {}
        for text, weight in texts:
            there: dict[str, float] = {}
            for sentence in self._meant(sentences(text, names)):
                for name, places in self._of(sentence):
                    if name.startswith(CONCEPT):
                        there[name] = WEIGHTS[CONCEPT]
                    else:
                        there[name] = there.get(name, 0.0) + WEIGHTS[name[:2]]
                    if name not in said:
                        said[name] = " … ".join(text[start:end] for start, end in places)
            for name, count in there.items():
                counts[name] = counts.get(name, 0.0) + count * weight
        return Features(unit(counts), said)

    def knowing(self, known: Known) -> Reader:
        """A reader that sees through slips.

        Args:
            known: words that are none, besides those that the lexicon knows.
        """
        return Reader(self._lexicon, Slips(known))

    def _meant(self, written: list[Sentence]) -> list[Sentence]:
        """The sentences without slips."""
        slips = self._slips
        words = [word.folded for sentence in written for word in sentence.words]
        odd = [] if slips is None else [word for word in words if not self._knows(word, slips)]
        if slips is None or not odd:
            return written
        language = slips.language(words)
        meant = {word: slips.meant(word, language) for word in odd}
        return [Sentence(tuple(_read(word, meant) for word in each.words)) for each in written]

    def _knows(self, word: str, slips: Slips) -> bool:
        return len(word) < SHORTEST or slips.knows(word) or self._lexicon.knows(word)

    def _of(self, sentence: Sentence) -> Iterator[tuple[str, Places]]:
        for found in self._lexicon.found(sentence):
            yield CONCEPT + found.concept, found.places
        before: Word | None = None
        for word in sentence.words:
            if len(word.folded) < 2 or word.folded in STOP_WORDS:
                continue
            here = ((word.start, word.end),)
            yield WORD + word.folded, here
            for letters in _BEGINNINGS:
                yield BEGINNING + word.folded[:letters].ljust(letters, "_"), here
            if before is not None:
                yield f"{PAIR}{before.folded} {word.folded}", ((before.start, word.end),)
            before = word


def _read(word: Word, meant: Mapping[str, str]) -> Word:
    return Word(meant.get(word.folded, word.folded), word.start, word.end)


def unit(counts: Mapping[str, float]) -> dict[str, float]:
    """The same weights with a length of 1."""
    length = sqrt(sum(weight * weight for weight in counts.values()))
    return {name: weight / length for name, weight in counts.items()} if length else {}


def summed(vectors: Iterable[tuple[Mapping[str, float], float]]) -> dict[str, float]:
    """Vectors added up, each with its weight."""
    total: dict[str, float] = {}
    for vector, weight in vectors:
        for name, share in vector.items():
            total[name] = total.get(name, 0.0) + share * weight
    return total

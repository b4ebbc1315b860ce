"""Slips of the pen: a word that nobody knows is read as the known one that is one slip away.

A slip is a letter too many, too few, another one, or two that changed places (the four kinds of
Damerau, "A technique for computer detection and correction of spelling errors", 1964). Of several
known words the likeliest is taken: one of the message's language, the commoner the word and the
more usual the slip. Another letter at the end makes another word more often than a slip, so it is
none here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from math import exp
from string import ascii_lowercase
from typing import Final

#: Shorter words are too near to each other; one of these letters needs to be a likely slip.
SHORTEST: Final = 3
_LIKELY: Final = 30.0
_LONGEST: Final = 24
_KEPT: Final = 4_000  # answers that are remembered
#: A message of another language has so many words fewer of one.
_LEAD: Final = 2
#: How usual slips are beside a letter that was left out or doubled and two that changed places.
_ADDED: Final = 0.2
_OTHER: Final = 0.1
_FIRST: Final = 0.5  # times that where the first letter is another one

#: How common a word is, as a logarithm, by word, and by language.
Known = Mapping[str, Mapping[str, float]]
ALL: Final = ""


class Slips:
    """Finds the words that are meant.

    Args:
        known: words that are no slips; those under `ALL` are of every language.
    """

    def __init__(self, known: Known) -> None:
        self._known = known
        self._meant: dict[tuple[str, str], str] = {}

    def language(self, words: Iterable[str]) -> str:
        """The language that most of the words are of; empty where two have about as many."""
        words = list(words)
        counts = [
            (sum(word in there for word in words), language)
            for language, there in self._known.items()
            if language != ALL
        ]
        if not counts:
            return ALL
        *others, (most, best) = sorted(counts)
        return best if not others or most - others[-1][0] >= _LEAD else ALL

    def knows(self, word: str) -> bool:
        """Whether it is no slip, in any language."""
        return any(word in there for there in self._known.values())

    def meant(self, word: str, language: str = ALL) -> str:
        """The word itself where it is known or nothing is near, else the known one.

        Args:
            language: of the message.
        """
        if not SHORTEST <= len(word) <= _LONGEST or self.knows(word):
            return word
        if (word, language) not in self._meant:
            if len(self._meant) >= _KEPT:
                self._meant.clear()
            self._meant[word, language] = self._nearest(word, language)
        return self._meant[word, language]

    def _nearest(self, word: str, language: str) -> str:
        names = self._known if language == ALL else (language, ALL)
        there = [self._known[name] for name in names if name in self._known]
        short = len(word) == SHORTEST
        found: dict[str, float] = {}
        for near, usual in _slipped(word):
            if short and (usual < 1 or len(near) < SHORTEST):
                continue
            common = max((words[near] for words in there if near in words), default=None)
            if common is not None:
                first = 1.0 if near[0] == word[0] else _FIRST
                found[near] = max(found.get(near, 0.0), usual * first * exp(common))
        if short:
            found = {near: likely for near, likely in found.items() if likely >= _LIKELY}
        return min(found, key=lambda near: (-found[near], near), default=word)


def lines_of(known: Known) -> Iterator[str]:
    """Words as lines: language, how common, words."""
    for language, words in known.items():
        grouped: dict[float, list[str]] = {}
        for word, common in words.items():
            grouped.setdefault(common, []).append(word)
        for common, there in grouped.items():
            yield f"{language} {common:g} {' '.join(there)}"


def of_lines(lines: Iterable[str]) -> Known:
    """What `lines_of` gave.

    Raises:
        ValueError: it is something else.
    """
    known: dict[str, dict[str, float]] = {}
    for line in lines:
        language, common, words = line.split(" ", 2)
        known.setdefault(language, {}).update(dict.fromkeys(words.split(" "), float(common)))
    return known


def _slipped(word: str) -> Iterator[tuple[str, float]]:
    """All that is one slip away, and how usual it is."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        rest = tail[1:]
        if tail:
            yield head + rest, 1.0 if head[-1:] == tail[0] else _ADDED
        if rest:
            yield head + rest[0] + tail[0] + rest[1:], 1.0
        for letter in ascii_lowercase:
            yield head + letter + tail, 1.0
            if rest:
                yield head + letter + rest, _OTHER

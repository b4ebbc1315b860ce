"""Slips of the pen: a word that nobody knows is read as the known one that is one slip away.

A slip is a letter too many, too few, another one, or two that changed places (the four kinds of
Damerau, "A technique for computer detection and correction of spelling errors", 1964). Of several
known words the commonest is taken. Another letter at the end makes another word more often than a
slip, so it is none here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import ascii_lowercase
from typing import Final

#: Shorter words are too near to each other.
SHORTEST: Final = 4
_LONGEST: Final = 24
_KEPT: Final = 4_000  # answers that are remembered


class Slips:
    """Finds the words that are meant.

    Args:
        known: how common each known word is.
    """

    def __init__(self, known: Mapping[str, int]) -> None:
        self._known = known
        self._meant: dict[str, str] = {}

    def meant(self, word: str) -> str:
        """The word itself where it is known or nothing is near, else the known one."""
        if word in self._known or not SHORTEST <= len(word) <= _LONGEST:
            return word
        if word not in self._meant:
            if len(self._meant) >= _KEPT:
                self._meant.clear()
            near = self._known.keys() & set(_slipped(word))
            best = min(near, key=lambda one: (-self._known[one], one), default=word)
            self._meant[word] = best
        return self._meant[word]


def _slipped(word: str) -> Iterator[str]:
    """All that is one slip away."""
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        rest = tail[1:]
        if tail:
            yield head + rest
        if rest:
            yield head + rest[0] + tail[0] + rest[1:]
        for letter in ascii_lowercase:
            yield head + letter + tail
            if rest:
                yield head + letter + rest

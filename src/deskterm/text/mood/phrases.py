"""Phrases of a list, looked for in the words of a message.

An entry of a list is written as people read it:

- `refund`, `sue you`: these words, one after another;
- `scam*`: every word that begins so;
- `bad/poor/terrible`: one of these words;
- `very?`: may be missing;
- `..`: up to three words, whichever;
- `bank + refund*`: both in one sentence, in either order.

Capitals and accents do not matter, nor the apostrophe of English short forms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from deskterm.text.mood.words import Word, words_of

_BETWEEN: Final = 3  # words that `..` stands for at most
_BOTH: Final = " + "
_GAP: Final = ".."
_STEM_MIN: Final = 2

#: First and one past the last word of a match; two of them for an entry with two sides.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place of a phrase: words or beginnings of words, one of which stands there."""

    exact: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    optional: bool = False
    gap: bool = False

    def takes(self, word: str) -> bool:
        return word in self.exact or (bool(self.stems) and word.startswith(self.stems))


_Side = tuple[_Slot, ...]


@dataclass(slots=True)
class Phrases:
    """The entries of one list, by their first word, so that a message is read once."""

    _exact: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _stems: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    _sides: list[tuple[int, _Side]] = field(default_factory=list)
    _pairs: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[str]) -> Phrases:
        """Read entries.

        Raises:
            ValueError: an entry has no word, or begins with what may be missing.
        """
        phrases = cls()
        for number, entry in enumerate(entries):
            sides = entry.split(_BOTH)
            phrases._pairs[number] = len(sides)
            for written in sides:
                phrases._add(number, _side(written, entry))
        return phrases

    def found(self, words: Sequence[Word]) -> Iterator[tuple[Span, ...]]:
        """Where each entry stands, the longest reading of it at every place."""
        halves: dict[int, list[Span]] = defaultdict(list)
        for start, word in enumerate(words):
            for place in self._beginning_with(word.folded):
                number, side = self._sides[place]
                end = _end(side, words, start)
                if end < 0:
                    continue
                if self._pairs[number] == 1:
                    yield ((start, end),)
                else:
                    halves[place].append((start, end))
        yield from self._both(words, halves)

    def _add(self, number: int, side: _Side) -> None:
        place = len(self._sides)
        self._sides.append((number, side))
        for word in side[0].exact:
            self._exact[word].append(place)
        for stem in side[0].stems:
            self._stems[stem].append(place)

    def _beginning_with(self, word: str) -> Iterator[int]:
        yield from self._exact.get(word, ())
        for length in range(_STEM_MIN, len(word) + 1):
            yield from self._stems.get(word[:length], ())

    def _both(
        self, words: Sequence[Word], halves: dict[int, list[Span]]
    ) -> Iterator[tuple[Span, ...]]:
        """Entries with two sides whose sides stand in one sentence, once each."""
        for place, firsts in halves.items():
            following = place + 1
            if following not in halves or self._sides[following][0] != self._sides[place][0]:
                continue
            seconds = {words[start].sentence: (start, end) for start, end in halves[following]}
            for first in firsts:
                second = seconds.get(words[first[0]].sentence)
                if second is not None and not overlap(first, second):
                    yield (first, second)
                    break


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans share a word."""
    return one[0] < other[1] and other[0] < one[1]


def _side(written: str, entry: str) -> _Side:
    slots: list[_Slot] = []
    for piece in written.split():
        if piece == _GAP:
            slots.append(_Slot(gap=True))
            continue
        optional = piece.endswith("?")
        slots += _slots(piece.removesuffix("?").split("/"), optional)
    if not slots or slots[0].optional or slots[0].gap or slots[-1].gap:
        raise ValueError(f"{entry!r} must begin and end with a word")
    return tuple(slots)


def _slots(choices: Sequence[str], optional: bool) -> Iterator[_Slot]:
    """The slots of a piece: one, or several where it is written with an elision (`d'urgent`)."""
    read = [([w.folded for w in words_of(c.rstrip("*"))], c.endswith("*")) for c in choices]
    if len(read) == 1:
        words, open_end = read[0]
        for word in words[:-1]:
            yield _Slot(frozenset({word}), optional=optional)
        read = [(words[-1:], open_end)]
    exact = frozenset(words[0] for words, open_end in read if not open_end and len(words) == 1)
    stems = tuple(words[0] for words, open_end in read if open_end and len(words) == 1)
    if len(exact) + len(stems) < len({(*words, end) for words, end in read}):
        raise ValueError(f"{'/'.join(choices)!r} must be single words")
    yield _Slot(exact, stems, optional)


def _end(side: _Side, words: Sequence[Word], start: int) -> int:
    """Where a side that begins at a word ends; -1 where it does not go on."""
    ends = {start + 1}
    for slot in side[1:]:
        following: set[int] = set()
        for at in ends:
            if slot.gap:
                following.update(range(at, min(at + _BETWEEN, len(words)) + 1))
                continue
            if slot.optional:
                following.add(at)
            if at < len(words) and _near(words, start, at) and slot.takes(words[at].folded):
                following.add(at + 1)
        ends = following
        if not ends:
            return -1
    return max(ends)


def _near(words: Sequence[Word], start: int, at: int) -> bool:
    """A phrase does not go beyond its sentence."""
    return words[start].sentence == words[at].sentence

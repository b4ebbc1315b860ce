"""A text as folded words and signs with their places, for the detectors of contacts.

Folded is lower case without accents, one character for one, so that places stay those of the
matching copy. Letters written apart (`e x a m p l e`) are one word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from deskterm.rules.detectors.base import Reading
from deskterm.text.patterns import Patterns

PATTERNS = Patterns(
    accented="[\xc0-\u017f\u1e9e]",
    piece=r"([^\W_]{1,100}|[^\w\s]|_)",
    apart=(
        r"(?<![^\W_])[^\W\d_][ ]{1,2}[^\W\d_][ ]{1,2}[^\W\d_](?![^\W_])"
        r"|(?:\.|dot|point|punkt|punto)[ ]{0,2}[^\W\d_][ ][^\W\d_](?![^\W_])"
    ),
)
_LEAST_APART = 3
#: Behind these an ending of two letters may be written apart.
_DOTS = frozenset({".", "@", "dot", "point", "punkt", "punto"})
_WIDEST_GAP = 2


def _base(char: str) -> str:
    base = unicodedata.normalize("NFD", char.lower())[0]
    return base if len(char.lower()) == 1 or base.isascii() else char


_UNACCENTED = {code: _base(chr(code)) for code in (*range(0xC0, 0x180), 0x1E9E)}


def folded(text: str) -> str:
    """The text in lower case and without accents, as long as it was."""
    if text.isascii():
        return text.lower()
    return PATTERNS["accented"].sub(lambda found: _UNACCENTED[ord(found[0])], text).lower()


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words and single signs of a text; `starts` and `ends` are places in the matching copy.

    `apart` are the indices of words that were written letter by letter, `vocabulary` are all
    different words and signs.
    """

    text: str
    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    apart: frozenset[int]
    vocabulary: frozenset[str]

    def __len__(self) -> int:
        return len(self.words)

    def word(self, index: int) -> str:
        """The word or sign there; empty beyond either end."""
        return self.words[index] if 0 <= index < len(self.words) else ""

    def gap(self, index: int) -> str:
        """The blanks between that word and the one before it."""
        return self.text[self.ends[index - 1] : self.starts[index]] if index > 0 else ""

    def is_word(self, index: int) -> bool:
        """Whether letters or digits stand there."""
        return self.word(index)[:1].isalnum()

    def glued(self, index: int) -> bool:
        """Whether no blank stands between that word and the one before it."""
        return 0 < index < len(self.words) and self.ends[index - 1] == self.starts[index]

    def where(self, wanted: frozenset[str]) -> Iterator[int]:
        """The places of those words and signs."""
        if wanted.isdisjoint(self.vocabulary):
            return iter(())
        return (place for place, word in enumerate(self.words) if word in wanted)

    def before(self, index: int, most: int) -> Iterator[str]:
        """The words before that one, nearest first, no more than so many; signs are left out."""
        for place in range(index - 1, max(-1, index - 1 - 2 * most), -1):
            if self.is_word(place):
                yield self.words[place]
                most -= 1
            if not most:
                return

    def after(self, index: int, most: int) -> Iterator[str]:
        """The words after that one, nearest first, no more than so many; signs are left out."""
        for place in range(index + 1, min(len(self.words), index + 1 + 2 * most)):
            if self.is_word(place):
                yield self.words[place]
                most -= 1
            if not most:
                return


def tokens_of(reading: Reading) -> Tokens:
    """The words and signs of a text; ask for them with `reading.once(tokens_of)`."""
    text = folded(reading.copy.text)
    # Blanks and tokens by turns. The pattern has nothing to go back for, so needs no windows.
    parts = PATTERNS["piece"].split(text)
    places = list(accumulate(map(len, parts)))
    words = parts[1::2]
    plain = Tokens(text, words, places[0:-1:2], places[1::2], frozenset(), frozenset(words))
    return plain if PATTERNS["apart"].search(text) is None else _joined(plain)


def _joined(plain: Tokens) -> Tokens:
    """The same with letters that were written apart as words."""
    lone = [len(word) == 1 and word.isalpha() for word in plain.words]
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    apart: set[int] = set()
    place = 0
    while place < len(lone):
        end = place + 1
        if lone[place]:
            end = _end_of_row(plain, lone, place)
            least = _LEAST_APART - (bool(words) and words[-1] in _DOTS)
            if end - place >= least:
                apart.add(len(words))
            else:
                end = place + 1
        words.append("".join(plain.words[place:end]))
        starts.append(plain.starts[place])
        ends.append(plain.ends[end - 1])
        place = end
    return Tokens(plain.text, words, starts, ends, frozenset(apart), frozenset(words))


def _end_of_row(plain: Tokens, lone: Sequence[bool], place: int) -> int:
    """Behind the last of the single letters that begin there, a blank or two between them."""
    end = place + 1
    while end < len(lone) and lone[end]:
        behind, ahead = plain.ends[end - 1], plain.starts[end]
        if not 0 < ahead - behind <= _WIDEST_GAP or "\n" in plain.text[behind:ahead]:
            break
        end += 1
    return end

"""A text as folded words and signs with their places, for the detectors of contacts.

Folded is lower case without accents, one character for one, so that places stay those of the
matching copy. Letters written apart (`e x a m p l e`, `e-x-a-m-p-l-e`) are one word.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from deskterm.rules.detectors.base import Reading
from deskterm.rules.detectors.contacts.suffixes import is_ending
from deskterm.text.patterns import Patterns

PATTERNS = Patterns(
    accented="[\xc0-\u017f\u1e9e]",
    piece=r"([^\W_]{1,100}|[^\w\s]|_)",
    apart=(
        r"(?<![^\W_])[^\W\d_][ ]{1,2}[^\W\d_][ ]{1,2}[^\W\d_](?![^\W_])"
        r"|(?:\.|dot|point|punkt|punto)[ ]{0,2}[^\W\d_][ ][^\W\d_](?![^\W_])"
    ),
    parted=r"(?P<stroke>[_*~|/+=-])[^\W\d_](?P=stroke)[^\W\d_](?![^\W_])",
)
_LEAST_APART = 3
#: Behind these an ending of two letters may be written apart.
_DOTS = frozenset({".", "@", "dot", "point", "punkt", "punto"})
#: Words of one letter in the five languages.
_WORDS_OF_ONE = frozenset("aàyoòeèéiu")
_WIDEST_GAP = 2
#: Signs that may stand between the letters of one word, and those of an address among them.
_STROKES = frozenset("-_*~|/+=")
_SIGNS = frozenset(".@")


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
    parted = not _STROKES.isdisjoint(plain.vocabulary) and PATTERNS["parted"].search(text)
    return _joined(plain) if parted or PATTERNS["apart"].search(text) else plain


def _joined(plain: Tokens) -> Tokens:
    """The same with letters that were written apart as words."""
    lone = [len(word) == 1 and word.isalpha() for word in plain.words]
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    apart: set[int] = set()
    place = 0
    while place < len(lone):
        if _is_stroke_at_sign(plain, place, words, apart, lone):
            place += 1
            continue
        end, letters = place + 1, plain.words[place]
        if lone[place]:
            end, letters = _row(plain, lone, place)
            behind_dot = bool(words) and words[-1] in _DOTS
            if behind_dot and _ends_before(letters):
                end, letters = end - 1, letters[:-1]
            least = _LEAST_APART - behind_dot
            if len(letters) >= least:
                apart.add(len(words))
            else:
                end, letters = place + 1, plain.words[place]
        words.append(letters)
        starts.append(plain.starts[place])
        ends.append(plain.ends[end - 1])
        place = end
    return Tokens(plain.text, words, starts, ends, frozenset(apart), frozenset(words))


def _ends_before(letters: str) -> bool:
    """Whether the last letter is the next word of the sentence: `. o r g a lot`."""
    is_word = letters[-1].casefold() in _WORDS_OF_ONE
    return is_word and not is_ending(letters) and is_ending(letters[:-1])


def _is_stroke_at_sign(
    plain: Tokens, place: int, words: Sequence[str], apart: Collection[int], lone: Sequence[bool]
) -> bool:
    """Whether the stroke there parts letters from a dot or an at sign: `s-a-v-@-s-h-o-p`."""
    if plain.words[place] not in _STROKES or not words or not plain.glued(place):
        return False
    if len(words) - 1 in apart:
        return plain.word(place + 1) in _SIGNS and plain.glued(place + 1)
    ahead = place + 1 < len(lone) and lone[place + 1]
    return words[-1] in _SIGNS and len(words) - 2 in apart and ahead


def _row(plain: Tokens, lone: Sequence[bool], place: int) -> tuple[int, str]:
    """Behind the last of the single letters that begin there, and the letters.

    A blank or two stand between them, or everywhere the same sign.
    """
    end, letters = place + 1, [plain.words[place]]
    stroke = plain.word(end)
    if stroke in _STROKES and plain.glued(end):
        while (
            plain.word(end) == stroke
            and end + 1 < len(lone)
            and lone[end + 1]
            and plain.glued(end)
            and plain.glued(end + 1)
        ):
            letters.append(plain.words[end + 1])
            end += 2
        return end, "".join(letters)
    while end < len(lone) and lone[end]:
        behind, ahead = plain.ends[end - 1], plain.starts[end]
        if not 0 < ahead - behind <= _WIDEST_GAP or "\n" in plain.text[behind:ahead]:
            break
        letters.append(plain.words[end])
        end += 1
    return end, "".join(letters)

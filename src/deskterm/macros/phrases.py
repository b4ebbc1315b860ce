"""Words and phrases of macros, looked for in what a customer wrote.

Capitals and accents do not matter. The words of a phrase have to come in their order, with at most
`GAP` others between two of them; `rembours*` is every word that begins so.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

GAP = 2
WORDS_MAX = 600  # of a message; what a customer wants stands near its beginning
TEXT_MAX = 12_000  # characters that are looked at
_WORD = re.compile(r"[^\W_]{1,60}")
_PART = re.compile(r"[^\W_]{1,60}\*?")
_STEM_MIN = 3
_STEM_MAX = 20
#: Short forms of English, which people write with and without their apostrophe.
_SHORT = {"hasnt": "has not", "havent": "have not", "isnt": "is not", "doesnt": "does not"}
_SHORT |= {"didnt": "did not", "dont": "do not", "wont": "will not", "wasnt": "was not"}
_SHORT |= {"cant": "cannot", "couldnt": "could not"}
_APOSTROPHES = str.maketrans("’ʼ`´", "''''")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of a macro. `words` are folded; `said` is as it was written."""

    owner: int
    said: str
    words: tuple[str, ...]


def folded(text: str) -> str:
    """The text in small letters, without accents, with plain apostrophes."""
    small = text.translate(_APOSTROPHES).casefold()
    if small.isascii():
        return small
    apart = unicodedata.normalize("NFD", small)
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("œ", "oe")


def words_of(text: str, pattern: re.Pattern[str] = _WORD) -> list[str]:
    """The folded words of a text, short forms of English in full."""
    found: list[str] = []
    for piece in folded(text[:TEXT_MAX]).split():
        whole = piece.replace("'", "").strip('.,;:!?()"')
        if whole in _SHORT:
            found += _SHORT[whole].split()
        else:
            found += pattern.findall(piece)
        if len(found) >= WORDS_MAX:
            break
    return found[:WORDS_MAX]


@dataclass(slots=True)
class PhraseIndex:
    """Phrases by their first word, so that a message is read once for all of them."""

    _by_word: dict[str, list[Phrase]] = field(default_factory=lambda: defaultdict(list))
    _by_stem: dict[str, list[Phrase]] = field(default_factory=lambda: defaultdict(list))

    def add(self, owner: int, phrases: Iterable[str]) -> None:
        """Take in the phrases of a macro; `owner` is its number."""
        for said in phrases:
            words = tuple(words_of(said, _PART))
            if words and words[0].endswith("*"):
                self._by_stem[words[0][:-1]].append(Phrase(owner, said, words))
            elif words:
                self._by_word[words[0]].append(Phrase(owner, said, words))

    def found(self, text: str) -> Iterator[Phrase]:
        """Each phrase that stands in the text, once."""
        words = words_of(text)
        places: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            places[word].append(place)
        for word, starts in places.items():
            for phrase in self._beginning_with(word):
                if any(_goes_on(phrase.words, words, start) for start in starts):
                    yield phrase

    def _beginning_with(self, word: str) -> Iterator[Phrase]:
        yield from self._by_word.get(word, ())
        for length in range(_STEM_MIN, min(len(word), _STEM_MAX) + 1):
            yield from self._by_stem.get(word[:length], ())


def _goes_on(phrase: Sequence[str], words: Sequence[str], start: int) -> bool:
    """Whether the words after the first follow, each soon after the one before."""
    at = start
    for wanted in phrase[1:]:
        near = range(at + 1, min(at + 2 + GAP, len(words)))
        found = next((place for place in near if _is(words[place], wanted)), None)
        if found is None:
            return False
        at = found
    return True


def _is(word: str, wanted: str) -> bool:
    return word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted


def shared_by(index_of: Mapping[int, Iterable[str]]) -> dict[tuple[str, ...], int]:
    """How many macros have a phrase, by its words."""
    owners: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for owner, phrases in index_of.items():
        for said in phrases:
            owners[tuple(words_of(said, _PART))].add(owner)
    return {words: len(having) for words, having in owners.items()}

"""A text as folded words in sentences, each word a bit, so that phrases are found by shifting.

Words are in lower case and without accents; an apostrophe or a hyphen parts them ("l'avis" is two
words). Sentences lie so far apart that no gap of a phrase reaches from one into the next.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from deskterm.text.language import guess, is_little
from deskterm.text.patterns import Patterns

#: Bits from behind the last word of a sentence to the first word of the next.
APART = 10
#: Shortest beginning of words that a phrase may ask for.
SHORTEST_STEM = 3
_LONGEST_WORD = 40
_SHORTEST_CAPITALS = 4
_LANGUAGES = ("en", "fr", "de", "es", "it")
#: Words that a sentence must have for its language to be told.
_TELLING = 5

_UNIT = (
    r"[ ]?(?:(?P<percent>%|(?:per[ ]?cent|pour[ ]?cent|prozent|por[ ]ciento|per[ ]cento)\b)"
    r"|(?P<money>[€$£]|(?:euros?|eur|dollars?|usd|pounds?|gbp|chf|bucks)\b))"
)
PATTERNS = Patterns(
    token=(
        rf"(?P<word>[^\W\d_][^\W_]{{0,{_LONGEST_WORD - 1}}}"
        r"(?:[\u0300-\u036f]{1,2}[^\W_]{0,20}){0,7})"
        rf"|(?P<number>(?P<sign>[€$£][ ]?)?\d{{1,12}}(?:[.,]\d{{1,6}}){{0,3}}(?i:{_UNIT})?)"
        r"|(?P<stop>[.!?;…。]{1,20})"
        r"|(?P<line>\n\s{0,40})"
        r"|(?P<stars>[★☆⭐🌟✩✪✭✮✯✰]{1,20}|(?<!\*)\*{5}(?!\*))"
        r"|(?P<equals>=|->|→|⇒)"
    ),
    code=r"[A-Z]{3,20}\d{1,4}",
)


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words that end with a full stop within a sentence (a lone letter always does).
_SHORTENED = _words(
    "mr mrs ms dr prof st ste mme mlle hr fr herr sr sra srta dna sig sigg dott eg ie vs approx ca"
    " bzw zb inkl exkl evtl ggf bspw usw etc incl excl tel mob ref art max min env av bd rue str"
    " pag num cf ex ud uds avda"
)
#: Short for "number", where one follows.
_NUMBERED = _words("no nr num n p s art ref")
_SIGNS: Mapping[str, str] = {"stars": "★", "equals": "="}
#: Services that lead away, known also with a digit or a capital I in a letter's place.
_SERVICES = _words(
    "paypal venmo cashapp zelle revolut bizum lydia paylib bitcoin moneygram twint"
    " whatsapp telegram instagram facebook messenger"
)
_AS_LETTERS = (str.maketrans("01345I", "oleasl"), str.maketrans("01345", "oieas"))
_BULLETS = "-–—*•·>"
#: A line at least this long was broken by a mail program, not by its writer.
_WRAPPED = 50
_NOT_ASCII = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "ı": "i"})


def fold(word: str) -> str:
    """The word in lower case and without accents."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFD", word.casefold().translate(_NOT_ASCII))
    return "".join(char for char in apart if not unicodedata.combining(char))


def _meant(word: str) -> str:
    """The service that a word names in disguise (`PayPa1`, `Venm0`), else the word."""
    if word.isalpha() and "I" not in word:
        return word
    seen = (word.translate(letters).lower() for letters in _AS_LETTERS)
    return next((name for name in seen if name in _SERVICES), word)


class Sentences:
    """The words of a text with their places.

    Beside themselves, words count as classes: `#` a number, `#%` a share, `#$` an amount of money,
    `★` stars, `=` the sign or an arrow, `CODE` a coupon like NEW25, `CAPS` a word in capitals.

    Attributes:
        words: each word folded, and each number or sign as one of those classes.
        spans: where each word stands in the text.
        inside: bits of all words and of the places behind each sentence.
        firsts: bits of each sentence's first word.
        lasts: bits behind each sentence's last word.
        keys: all words and classes, and all beginnings of words with a `*`.
        masks: for phrases to keep bits in that they have worked out.
        possible: for phrases to keep what they have looked for in `keys`.
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._languages: dict[int, str | None] = {}
        self.words: list[str] = []
        self.spans: list[tuple[int, int]] = []
        self._places: list[int] = []
        self._first_words: list[int] = []
        self._by_word: dict[str, list[int]] = {}
        self._read(text)
        self.masks: dict[object, int] = {}
        self.possible: dict[object, bool] = {}
        self._sorted: list[str] = sorted(self._by_word)
        behind = [self._places[first - 1] + 1 for first in self._first_words[1:]]
        behind += [self._places[-1] + 1] if self._places else []
        self.firsts = _bits([self._places[first] for first in self._first_words])
        self.lasts = _bits(behind)
        self.inside = self._inside()
        stems = {
            word[:length] + "*"
            for word in self._sorted
            for length in range(SHORTEST_STEM, len(word) + 1)
        }
        self.keys = frozenset(self._by_word) | stems

    def _read(self, text: str) -> None:
        known: dict[str, tuple[str, list[int]]] = {}
        by_word, spans, places = self._by_word, self.spans, self._places
        words = self.words
        place, new = 0, True
        for match in PATTERNS["token"].finditer(text):
            kind = match.lastgroup
            if kind in ("stop", "line"):
                if not new and self._parts(match, text, new_line=kind == "line"):
                    place, new = place + APART, True
                continue
            if new:
                self._first_words.append(len(spans))
                new = False
            if kind == "word":
                word = match.group()
                folded, its_places = known.get(word) or ("", [])
                if not folded:
                    folded = fold(_meant(word))
                    its_places = by_word.setdefault(folded, [])
                    known[word] = folded, its_places
                its_places.append(place)
                words.append(folded)
                if word.isupper() and len(word) >= _SHORTEST_CAPITALS:
                    by_word.setdefault(_capitals(word), []).append(place)
            else:
                for name in _names(match):
                    by_word.setdefault(name, []).append(place)
                words.append(_class(match))
            spans.append(match.span())
            places.append(place)
            place += 1

    def _inside(self) -> int:
        runs = ("1" * (len(words) + 1) for words in self.sentences())
        return int(("0" * (APART - 1)).join(runs)[::-1] or "0", 2)

    def _parts(self, match: re.Match[str], text: str, *, new_line: bool) -> bool:
        """Whether this mark or line break ends a sentence."""
        start, end = match.span()
        after = text[end : end + 1]
        if new_line:
            if after.islower():
                return False
            before = start - text.rfind("\n", max(0, start - _WRAPPED), start)
            wrapped = match.group().count("\n") == 1 and before > _WRAPPED
            return not wrapped or after in _BULLETS
        if match.group() != ".":
            # Three points are a pause unless a new sentence begins.
            following = text[end : end + 3].lstrip()[:1]
            return not match.group().endswith("..") or not following.islower()
        last = self.spans[-1]
        word = fold(text[last[0] : last[1]]) if last[1] == start else ""
        if after.isalnum():
            return after.isupper() and len(word) > 1 and word.isalpha()
        following = text[end : end + 3].lstrip()[:1]
        numbered = word in _NUMBERED and following.isdigit()
        counted = word.isdigit() and len(self.spans) - 1 == self._first_words[-1]
        lone = len(word) == 1 and word.isalpha()
        return not (word in _SHORTENED or lone or numbered or counted)

    def any_of(self, words: frozenset[str]) -> int:
        """Bits of the places of all those words; `pay*` is all that begin so."""
        found: list[int] = []
        for word in words & self.keys:
            for one in self._beginning(word[:-1]) if word.endswith("*") else (word,):
                found += self._by_word[one]
        return _bits(found)

    def _beginning(self, stem: str) -> Iterator[str]:
        for place in range(bisect_left(self._sorted, stem), len(self._sorted)):
            if not self._sorted[place].startswith(stem):
                return
            yield self._sorted[place]

    def word_at(self, place: int) -> int:
        """Which word has that bit, or is the next one after it."""
        return bisect_left(self._places, place)

    def sentence_of(self, word: int) -> int:
        """Which sentence a word stands in."""
        return bisect_left(self._first_words, word + 1) - 1

    def tells(self, word: int) -> bool:
        """Whether a word says something: it is no name, no number and none of the little words."""
        start, end = self.spans[word]
        written = self._text[start:end]
        return written.islower() and not any(is_little(written, one) for one in _LANGUAGES)

    def language_of(self, sentence: int) -> str | None:
        """The language of a sentence; None where it cannot be told for certain."""
        if sentence not in self._languages:
            first = self._first_words[sentence]
            last = (*self._first_words, len(self.spans))[sentence + 1] - 1
            found = guess(self._text[self.spans[first][0] : self.spans[last][1]])
            telling = found.sure and found.words >= _TELLING
            self._languages[sentence] = found.language if telling else None
        return self._languages[sentence]

    def sentences(self) -> Iterator[range]:
        """The words of each sentence."""
        ends = [*self._first_words[1:], len(self.spans)]
        for first, end in zip(self._first_words, ends, strict=False):
            yield range(first, end)


def _names(match: re.Match[str]) -> Iterator[str]:
    """What a number or a sign counts as."""
    name = _class(match)
    yield name
    if match.lastgroup == "number":
        yield match.group() if name == "#" else "#"


def _class(match: re.Match[str]) -> str:
    """The class of a number or a sign that says most."""
    if match.lastgroup != "number":
        return _SIGNS[match.lastgroup or ""]
    if match["percent"]:
        return "#%"
    return "#$" if match["sign"] or match["money"] else "#"


def _capitals(word: str) -> str:
    return "CODE" if PATTERNS["code"].fullmatch(word) else "CAPS"


def _bits(places: list[int]) -> int:
    if not places:
        return 0
    row = bytearray(max(places) // 8 + 1)
    for place in places:
        row[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(row, "little")

"""Which language a text is written in: by its words, and by how words of the language look.

Six languages are told apart. A word that the table knows speaks for the languages that have it,
the more the commoner it is there; its pairs and triples of letters speak a little for all words.
Names, numbers and what stands in quotation marks say nothing of the text around them. The table is
made from lists of words (`python -m languages`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources
from operator import mul
from typing import Final

from deskterm.text.loading import loading

LANGUAGES: Final = ("en", "fr", "de", "es", "it", "nl")
#: Characters that are looked at; nobody changes the language in the middle of a letter.
LOOKED_AT: Final = 1_000
#: How strong a guess must be: of fewer words than `_FEW`, and of more.
_STRONG_OF_FEW: Final = 1.5
_STRONG: Final = 1.0
_FEW: Final = 3
#: The part of the words that it must know, so that a language of none of the six is not told.
_KNOWN: Final = 0.3
#: What letters count beside words, and a name beside other words.
_LETTERS: Final = 0.2
_NAME: Final = 0.4

_WORD = re.compile(r"[^\W\d_]{1,30}['’]?")
_QUOTED = re.compile(r"\"[^\"\n]{1,80}\"|«[^»\n]{1,80}»|“[^”\n]{1,80}”|„[^“”\n]{1,80}[“”]")
_SENTENCE_END = frozenset('.!?:;\n\r¡¿•*-–—("“«„')
#: What a part of an address or of a number has beside it; not an empty string.
_ATTACHED = frozenset("@_/0123456789")

_Worth = tuple[float, ...]
_NOTHING: _Worth = (0.0,) * len(LANGUAGES)


@dataclass(frozen=True, slots=True)
class Guess:
    """What a text says of its language.

    Attributes:
        language: the likeliest as two letters (ISO 639-1); None of a text without words.
        sure: whether it can be relied on.
        words: how many words of two letters and more were weighed.
        lead: how far it is ahead of the next language, as a logarithm of likelihoods; 0 and up.
        known: the part of the words that the language has in its list, from 0 to 1.
    """

    language: str | None = None
    sure: bool = False
    words: int = 0
    lead: float = 0.0
    known: float = 0.0

    @property
    def strength(self) -> float:
        """The lead, less where many words are none of the language's."""
        return self.lead * self.known


@dataclass(frozen=True, slots=True)
class _Table:
    """What words and groups of letters are worth to each language."""

    words: dict[str, _Worth] = field(default_factory=dict)
    letters: dict[str, _Worth] = field(default_factory=dict)
    little: dict[str, set[str]] = field(default_factory=lambda: {one: set() for one in LANGUAGES})


def language_of(text: str) -> str | None:
    """The language of a text as two letters (ISO 639-1); None where it cannot be told surely."""
    found = guess(text)
    return found.language if found.sure else None


def guess(text: str) -> Guess:
    """The likeliest language of a text, sure or not."""
    looked_at = text[:LOOKED_AT]
    words = list(_words(_QUOTED.sub(" ", looked_at))) or list(_words(looked_at))
    if not words:
        return Guess()
    counted = Counter(words)
    weights = [counts * times for (_, counts), times in counted.items()]
    worths, having = zip(*(_weigh(word) for word, _ in counted), strict=True)
    scores = [sum(map(mul, weights, column)) for column in zip(*worths, strict=True)]
    known = [sum(map(mul, weights, column)) for column in zip(*having, strict=True)]
    total = sum(weights)
    best, following = sorted(range(len(LANGUAGES)), key=lambda place: -scores[place])[:2]
    lead = scores[best] - scores[following]
    part, long = known[best] / total, sum(len(word) > 1 for word, _ in words)
    enough = _STRONG if long >= _FEW else _STRONG_OF_FEW
    sure = long > 0 and part >= _KNOWN and lead * part >= enough
    return Guess(LANGUAGES[best], sure, long, lead, part)


def knows(word: str, language: str) -> bool:
    """Whether a word, in small letters, is a common one of that language."""
    return _table().words.get(word, _NOTHING)[LANGUAGES.index(language)] > 0


def listed(language: str) -> Iterator[tuple[str, float]]:
    """The words of a language's list, in small letters, and what each is worth to it."""
    place = LANGUAGES.index(language)
    return ((word, worth[place]) for word, worth in _table().words.items() if worth[place] > 0)


def is_little(word: str, language: str) -> bool:
    """Whether it is one of the language's little words, which every sentence needs."""
    return word in _table().little[language]


def groups_of_letters(word: str) -> Iterator[str]:
    """The pairs and triples of letters of a word, with a sign for its edges."""
    edged = f"_{word}_"
    for size in (2, 3):
        for place in range(len(edged) - size + 1):
            yield edged[place : place + size]


def words_of(text: str) -> Iterator[str]:
    """The words of a text in small letters; an elided one keeps its apostrophe: `l'`, `avis`."""
    for match in _WORD.finditer(text.lower()):
        yield match.group().replace("’", "'")


def _words(text: str) -> Iterator[tuple[str, float]]:
    """Each word and how much it counts. Parts of addresses and of numbers are no words."""
    shouted, end = text.isupper(), 0
    for match in _WORD.finditer(text):
        word, before = match.group(), text[end : match.start()]
        first = not end or (before != " " and not _SENTENCE_END.isdisjoint(before))
        end = match.end()
        if before[-1:] in _ATTACHED or text[end : end + 1] in _ATTACHED:
            continue
        name = not first and not shouted and word[0].isupper()
        yield word.lower().replace("’", "'"), _NAME if name else 1.0


@lru_cache(maxsize=4_096)
def _weigh(word: str) -> tuple[_Worth, _Worth]:
    """What a word speaks for each language, and 1 for those that have it in their list."""
    table = _table()
    groups = [table.letters.get(group, _NOTHING) for group in groups_of_letters(word)]
    part = _LETTERS * len(groups) ** -0.5
    of_word = table.words.get(word, _NOTHING)
    columns = zip(of_word, *groups, strict=True)
    worth = tuple(own + part * sum(letters) for own, *letters in columns)
    return worth, tuple(float(own > 0) for own in of_word)


@cache
@loading()
def _table() -> _Table:
    """The table of the package, read once. A line is `language kind worth: entries`."""
    table = _Table()
    source = resources.files("deskterm.text").joinpath("languages.txt")
    known: dict[_Worth, _Worth] = {}  # many have the same worth: it is kept once
    for line in source.read_text(encoding="utf-8").splitlines():
        head, _, entries = line.partition(": ")
        if not line or line.startswith("#"):
            continue
        language, kind, worth = head.split()
        place, target = LANGUAGES.index(language), table.letters
        if kind != "letters":
            target = table.words
        if kind == "little":
            table.little[language].update(entries.split())
        own = float(worth)
        for entry in entries.split():
            before = target.get(entry, _NOTHING)
            both = (*before[:place], own, *before[place + 1 :])
            target[entry] = known.setdefault(both, both)
    return table

"""Phrases: sequences of words with alternatives and gaps, found in time linear in the text.

A phrase is written as words separated by blanks. A word that ends in `*` stands for all that begin
so; `{a|b c|d*}` is one of several, `[a|b]` may be missing; `...` is a gap of at most eight words
and `..` of at most three, both within a sentence; `^` and `$` are the beginning and the end of a
sentence, `//` goes on with the next one; `<name>` is a group of alternatives by its name. Classes
of words stand for themselves (`sentences.Sentences`): `#`, `#%`, `#$`, `★`, `=`, `CODE`, `CAPS`.

All places where a phrase can have got to are the bits of one number: each step is a few shifts of
it, whatever the text holds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from deskterm.rules.wording.sentences import APART, SHORTEST_STEM, Sentences, fold
from deskterm.text.loading import loading

#: Places of one phrase in a text that are told of.
MAX_PLACES = 20
_GAPS: Mapping[str, tuple[int, ...]] = {"...": (1, 2, 4, 1), "..": (1, 2)}
_CLASSES = frozenset({"#", "#%", "#$", "★", "=", "CODE", "CAPS"})
_LONGEST_CLASS = max(map(len, _CLASSES))
_PART = re.compile(r"\{([^{}\[\]]{1,4000})\}|\[([^{}\[\]]{1,4000})\]|([^\s{}\[\]]{1,60})|(\S)")
_GROUP = re.compile(r"<([a-z_]{1,30})>")
_WORD = re.compile(r"[^\W_]{1,40}\*?")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


class PhraseError(ValueError):
    """A phrase is not written as it must be; the message says which and why."""


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """One of several: words, beginnings of words (`pay*`), or chains of further choices.

    `keys` are words of which a text must have one for this to be in it.
    """

    words: frozenset[str]
    chains: tuple[tuple[Choice, ...], ...]
    keys: frozenset[str]

    @classmethod
    def of(cls, words: frozenset[str], chains: Iterable[tuple[Choice, ...]] = ()) -> Choice:
        """A choice with the keys that follow from it."""
        several = tuple(chains)
        keys = words.union(*map(_rarest, several)) if several else words
        return cls(words, several, keys)

    def possible(self, text: Sentences) -> bool:
        """Whether the text has the words for it, wherever they stand."""
        known = text.possible.get(self)
        if known is None:
            known = text.possible[self] = not self.keys.isdisjoint(text.keys) and (
                not self.words.isdisjoint(text.keys)
                or any(all(link.possible(text) for link in chain) for chain in self.chains)
            )
        return known

    def forward(self, text: Sentences, reach: int) -> int:
        out = (reach & self._mask(text)) << 1
        for chain in self.chains:
            here = reach
            for link in chain:
                here = link.forward(text, here)
                if not here:
                    break
            out |= here
        return out

    def backward(self, text: Sentences, reach: int) -> int:
        out = (reach >> 1) & self._mask(text)
        for chain in self.chains:
            here = reach
            for link in reversed(chain):
                here = link.backward(text, here)
                if not here:
                    break
            out |= here
        return out

    def _mask(self, text: Sentences) -> int:
        known = text.masks.get(self)
        if known is None:
            known = text.masks[self] = text.any_of(self.words)
        return known


class _Optional(NamedTuple):
    choice: Choice

    def forward(self, text: Sentences, reach: int) -> int:
        return reach | self.choice.forward(text, reach)

    def backward(self, text: Sentences, reach: int) -> int:
        return reach | self.choice.backward(text, reach)


class _Gap(NamedTuple):
    shifts: tuple[int, ...]

    def forward(self, text: Sentences, reach: int) -> int:
        for shift in self.shifts:
            reach |= reach << shift
        return reach & text.inside

    def backward(self, text: Sentences, reach: int) -> int:
        for shift in self.shifts:
            reach |= reach >> shift
        return reach & text.inside


class _First:
    def forward(self, text: Sentences, reach: int) -> int:
        return reach & text.firsts

    backward = forward


class _Last:
    def forward(self, text: Sentences, reach: int) -> int:
        return reach & text.lasts

    backward = forward


class _Next:
    def forward(self, text: Sentences, reach: int) -> int:
        return ((reach & text.lasts) << APART) & text.firsts

    def backward(self, text: Sentences, reach: int) -> int:
        return ((reach & text.firsts) >> APART) & text.lasts


_Step = Choice | _Optional | _Gap | _First | _Last | _Next
_EDGES: Mapping[str, Callable[[], _Step]] = {"^": _First, "$": _Last, "//": _Next}


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A phrase of a language, ready to be looked for.

    `keys` are words of which a text must have one for the phrase to be in it; a beginning of words
    among them keeps its `*`.
    """

    language: str
    steps: tuple[_Step, ...]
    needs: tuple[Choice, ...]
    keys: frozenset[str]

    def places(self, text: Sentences) -> Iterator[tuple[int, int]]:
        """The first and last word of each place, from left to right, none touching another.

        Not in a sentence that is in another language for certain: the same letters may mean
        something else there.
        """
        for need in self.needs:
            if not need.possible(text):
                return
        reach = text.inside
        for step in self.steps:
            reach = step.forward(text, reach)
            if not reach:
                return
        done = 0
        for _ in range(MAX_PLACES):
            end = reach & -reach
            starts = end
            for step in reversed(self.steps):
                starts = step.backward(text, starts)
            start = starts.bit_length() - 1
            if start >= done:
                done = end.bit_length() - 1
                first = text.word_at(start)
                if text.language_of(text.sentence_of(first)) in (None, self.language):
                    yield first, text.word_at(done) - 1
            reach ^= end
            if not reach:
                return


@dataclass(frozen=True, slots=True)
class Grammar:
    """How phrases of a language are read: its groups by name, and each choice only once."""

    language: str
    groups: Mapping[str, Choice]
    _read: dict[str, Choice] = field(default_factory=dict)
    _signed: dict[str, frozenset[str]] = field(default_factory=dict)

    def phrase(self, written: str) -> Phrase:
        """Read a phrase.

        Raises:
            PhraseError: it is not written as it must be.
        """
        try:
            steps = tuple(self._steps(written))
        except PhraseError as error:
            raise PhraseError(f"{written!r}: {error}") from None
        needs = tuple(step for step in steps if isinstance(step, Choice))
        if not needs:
            raise PhraseError(f"{written!r}: has no word that must be there")
        if isinstance(steps[0], _Gap) or isinstance(steps[-1], _Gap):
            raise PhraseError(f"{written!r}: a gap needs a word on both sides")
        return Phrase(self.language, steps, needs, _rarest(needs))

    def late(self, written: str) -> LatePhrase:
        """A phrase that is read when a text may have it.

        Raises:
            PhraseError: it has no word that must be there.
        """
        parts = [several or plain for several, _, plain, _ in _PART.findall(written)]
        needed = [part for part in parts if part and part not in _GAPS and part not in _EDGES]
        if not needed:
            raise PhraseError(f"{written!r}: has no word that must be there")
        return LatePhrase(self, written, self._signs(max(needed, key=_rareness)))

    def _signs(self, written: str) -> frozenset[str]:
        """Words of which a text must have one for those alternatives to be in it."""
        known = self._signed.get(written)
        if known is None:
            signs: set[str] = set()
            for alternative in written.split("|"):
                words = [] if "<" in alternative else _WORD.findall(alternative)
                longest = max(words, key=len, default="")
                plain = len(longest) > _LONGEST_CLASS
                signs |= _spellings(longest) if plain else self.choice(alternative).keys
            known = self._signed[written] = frozenset(signs)
        return known

    def choice(self, written: str) -> Choice:
        """Read alternatives with `|` between them.

        Raises:
            PhraseError: they are not written as they must be.
        """
        known = self._read.get(written)
        if known is None:
            known = self._read[written] = self._choice(written)
        return known

    def _choice(self, written: str) -> Choice:
        words: set[str] = set()
        chains: list[tuple[Choice, ...]] = []
        for alternative in written.split("|"):
            if alternative.isalpha() and alternative not in _CLASSES:
                words |= _spellings(alternative)
                continue
            links = [link for part in alternative.split() for link in self._links(part)]
            if not links:
                raise PhraseError("an alternative is empty")
            if len(links) > 1:
                chains.append(tuple(links))
            else:
                words |= links[0].words
                chains.extend(links[0].chains)
        return Choice.of(frozenset(words), chains)

    def _steps(self, written: str) -> Iterator[_Step]:
        for several, optional, plain, other in _PART.findall(written):
            if other:
                raise PhraseError(f"{other} stands where it cannot")
            if several:
                yield self.choice(several)
            elif optional:
                yield _Optional(self.choice(optional))
            elif plain in _GAPS:
                yield _Gap(_GAPS[plain])
            elif plain in _EDGES:
                yield _EDGES[plain]()
            else:
                yield self.choice(plain)

    def _links(self, part: str) -> Iterator[Choice]:
        """A group, a class, a word, or the words that an apostrophe or a hyphen parts."""
        named = _GROUP.fullmatch(part)
        if named and named[1] not in self.groups:
            raise PhraseError(f"no group is called {named[1]}")
        if named:
            yield self.groups[named[1]]
        elif part in _CLASSES:
            yield Choice.of(frozenset({part}))
        elif _WORD.sub("", part).strip("'’-"):
            raise PhraseError(f"{part} is no word")
        else:
            for word in _WORD.findall(part):
                yield self._word(word)

    def _word(self, word: str) -> Choice:
        known = self._read.get(word)
        if known is None:
            known = self._read[word] = Choice.of(_spellings(word))
        return known


def _spellings(word: str) -> frozenset[str]:
    """The word folded. An umlaut may also be written as two letters."""
    if word.endswith("*") and len(word) <= SHORTEST_STEM:
        raise PhraseError(f"{word} stands for too much")
    if word.isascii():
        return frozenset({word.lower()})
    return frozenset({fold(word), fold(word.lower().translate(_UMLAUTS))})


class LatePhrase:
    """A phrase of which only `keys` are known until a text has one of them (see `Phrase`)."""

    __slots__ = ("_grammar", "_phrase", "_written", "keys")

    def __init__(self, grammar: Grammar, written: str, keys: frozenset[str]) -> None:
        self._grammar = grammar
        self._written = written
        self._phrase: Phrase | None = None
        self.keys = keys

    def places(self, text: Sentences) -> Iterator[tuple[int, int]]:
        """The first and last word of each place.

        Raises:
            PhraseError: it is not written as it must be.
        """
        if self._phrase is None:
            with loading():
                self._phrase = self._grammar.phrase(self._written)
        return self._phrase.places(text)


def _rareness(part: str) -> int:
    """How rare a text has one of those alternatives, at a glance: long words are rare ones."""
    return 0 if "<" in part else min(map(len, part.split("|")))


def _rarest(steps: Iterable[Choice]) -> frozenset[str]:
    """The keys of one step: long words are rare ones, so they say no most often."""
    return max((step.keys for step in steps), key=lambda words: min(map(len, words)))

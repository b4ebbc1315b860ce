"""What a detector is, and how patterns are run so that no text can make them slow.

A running `re` match cannot be interrupted. So every pattern has bounded repeats only, is searched
in windows of a fixed size, and stands in its module's `PATTERNS`, which a test pumps with long
hostile strings.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar, cast

from deskterm.rules.model import Draft, Facts, Gate, Parameter
from deskterm.text.matching import MatchingCopy

_T = TypeVar("_T")

#: Characters of the text that patterns look at; the engine says so when there are more.
TEXT_CAP = 20_000
WINDOW = 2_000
#: No pattern can match more than this, so that a match cut by a window lies whole in the next.
OVERLAP = 200


@dataclass(frozen=True, slots=True)
class Match:
    """A place in the original text. What is not `sure` never blocks.

    `excerpt` names what was found where that is not a place in the text (then both positions
    are 0). `details`, names with values, fill the places in the rule's sentence; a name with a
    language behind it (`closed.fr`) in the sentence of that language.
    """

    start: int = 0
    end: int = 0
    sure: bool = True
    excerpt: str | None = None
    details: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """What the packs of a check know of the channel itself (see `RulePack`)."""

    domains: frozenset[str] = frozenset()
    order_numbers: tuple[re.Pattern[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A draft with its facts, read once for all detectors. `copy` ends at `TEXT_CAP`."""

    draft: Draft
    facts: Facts
    copy: MatchingCopy
    ground: Ground = Ground()
    _worked_out: dict[Callable[..., object], object] = field(default_factory=dict)

    def once(self, work: Callable[[Reading], _T]) -> _T:
        """What that function makes of this reading, worked out once for all detectors."""
        if work not in self._worked_out:
            self._worked_out[work] = work(self)
        return cast("_T", self._worked_out[work])

    def mark(self, start: int, end: int, *, sure: bool = True) -> Match:
        """A match at that place of the copy."""
        place = self.copy.span(start, end)
        return Match(*place, sure=sure)


@dataclass(frozen=True, slots=True)
class Detector:
    """A named look at a draft.

    Args:
        gate: the gate of the rules that may use it.
        parameters: every parameter it takes, with its default; the default's type is the type.
        details: the names that a rule's sentence may mention in braces.
        problem: the parameter whose value cannot be used, and what it must be; None: all can.
    """

    run: Callable[[Reading, Mapping[str, Parameter]], Iterable[Match]]
    gate: Gate
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    details: frozenset[str] = frozenset()
    problem: Callable[[Mapping[str, Parameter]], tuple[str, str] | None] = lambda _: None


def scan(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """All matches of a bounded pattern, looked for window by window."""
    place = 0
    while place < len(text):
        end = min(place + WINDOW, len(text))
        limit = end if end == len(text) else end - OVERLAP
        following = limit
        for match in pattern.finditer(text, place, end):
            if match.start() >= limit:
                break
            yield match
            following = max(following, match.end())
        place = following


def scan_lines(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """At most one match a line, from its first character on; the pattern stays within the line."""
    place = 0
    while place >= 0:
        match = pattern.match(text, place, min(place + WINDOW, len(text)))
        if match:
            yield match
        place = text.find("\n", place) + 1 or -1


def holds_any(text: str, signs: Iterable[str]) -> bool:
    """Whether one of the signs stands in the text: quick, where a pattern needs one of them."""
    return any(sign in text for sign in signs)


def first_come(candidates: Iterable[tuple[int, int, bool]], reading: Reading) -> Iterator[Match]:
    """Matches of those places (start, end, sure) of the copy that no earlier one has touched."""
    claimed = bytearray(len(reading.copy.text))
    for start, end, sure in candidates:
        if not any(claimed[start:end]):
            claimed[start:end] = b"\x01" * (end - start)
            yield reading.mark(start, end, sure=sure)


def unaccented(text: str) -> str:
    """The text without accents, which may make it shorter."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(c for c in apart if not unicodedata.combining(c))


def any_of(words: Iterable[str]) -> str:
    """An alternation of literal words, longest first; a blank in a word stands for one to three."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(w).replace(r"\ ", r"[ \t]{1,3}") for w in ordered) + ")"

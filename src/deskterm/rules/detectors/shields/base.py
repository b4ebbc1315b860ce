"""What a shield is, how shields are asked whether they cover a place, and where numbers begin."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal, get_args

from deskterm.rules.detectors.base import scan
from deskterm.text.patterns import Patterns

Kind = Literal[
    "order_number",
    "tracking",
    "ean",
    "price",
    "size",
    "date",
    "time",
    "version",
    "percent",
    "own_value",
    "file",
    "name",
    "sentence_join",
    "own_domain",
    "carrier",
    "ip",
    "serial",
    "page",
]
KINDS: frozenset[Kind] = frozenset(get_args(Kind))
PATTERNS = Patterns(digits=r"\d{1,180}")
#: Numbers and words of a text that are looked at; an answer has fewer, a flood finds no shield.
MOST = 300


@dataclass(frozen=True, slots=True)
class Shield:
    """A place of `reading.copy.text` that is surely something harmless, and what it is."""

    start: int
    end: int
    kind: Kind


def covered(
    shields: Sequence[Shield],
    start: int,
    end: int,
    text: str,
    kinds: Collection[str] = KINDS,
) -> bool:
    """Whether every letter and digit of `text[start:end]` lies beneath shields of those kinds.

    Several may share the place: a date and a time side by side make a row of digits together.

    Args:
        shields: as `shields()` gives them, in the order of their beginnings.
    """
    place = start
    for shield in shields:
        if shield.start >= end:
            break
        if shield.kind not in kinds or shield.end <= place:
            continue
        if any(char.isalnum() for char in text[place : max(place, shield.start)]):
            return False
        place = shield.end
    return place >= end or (place > start and not any(map(str.isalnum, text[place:end])))


def numbers(text: str) -> tuple[int, ...]:
    """Where rows of digits begin: the first `MOST` of a text."""
    return tuple(match.start() for match in islice(scan(PATTERNS["digits"], text), MOST))

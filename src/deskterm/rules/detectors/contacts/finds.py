"""What the detectors of contacts find."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

_T = TypeVar("_T")

#: So many places of one kind are looked at; no reply that people write has more.
MOST_PLACES = 150
Kind = Literal["email", "phone", "link", "social"]


@dataclass(frozen=True, slots=True)
class Find:
    """A contact in `reading.copy.text`.

    Attributes:
        masked: it is written so that a machine would not see it.
        host: of a link, in lower case, as far as it is known.
        carrier: the link leads to a known parcel carrier.
    """

    start: int
    end: int
    kind: Kind
    sure: bool = True
    masked: bool = False
    host: str = ""
    carrier: bool = False


def few(places: Iterable[_T]) -> Iterator[_T | None]:
    """So many of them, and None where there are more."""
    for number, place in enumerate(places):
        if number == MOST_PLACES:
            yield None
            return
        yield place


def unread(start: int, end: int, kind: Kind) -> Find:
    """What is told of the rest of a text with more beginnings of contacts than any reply has."""
    return Find(start, end, kind, sure=False)


def merged(finds: Iterable[Find]) -> tuple[Find, ...]:
    """From left to right, overlapping ones as one: an address counts for more than its host."""
    found: list[Find] = []
    for find in sorted(finds, key=lambda one: (one.start, -one.end)):
        if not found or find.start >= found[-1].end:
            found.append(find)
            continue
        last = found[-1]
        main = min(last, find, key=lambda one: (_RANK[one.kind], not one.sure))
        found[-1] = replace(
            main,
            start=last.start,
            end=max(last.end, find.end),
            sure=last.sure or find.sure,
            masked=last.masked or find.masked,
            carrier=last.carrier and find.carrier,
        )
    return tuple(found)


_RANK = {"email": 0, "phone": 1, "social": 2, "link": 3}


def sentence_around(text: str, find: Find, stop: re.Pattern[str], reach: int) -> tuple[int, int]:
    """Where the sentence around a find begins and ends, no further than `reach` characters off."""
    begin, end = max(0, find.start - reach), min(len(text), find.end + reach)
    for before in stop.finditer(text, begin, find.start):
        begin = before.end()
    behind = stop.search(text, find.end, end)
    return begin, behind.start() if behind else end

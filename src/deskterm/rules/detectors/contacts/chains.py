"""Rows of words with dots and at signs between them, however these are written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from deskterm.rules.detectors.contacts.marks import (
    ATS,
    DOTS,
    ENDINGS_APART,
    HYPHENS,
    ODD_DOTS,
    Mark,
    is_framed,
    is_loose_comma,
    is_named,
    mark_at,
)
from deskterm.rules.detectors.contacts.tokens import Tokens

_GLUE = frozenset("-_+")
_MOST_PIECES = 12
_MOST_LABELS = 16
_PIVOTS = frozenset({".", "@", ",", "a", *ODD_DOTS, *DOTS, *ATS})


class Label(NamedTuple):
    """A part of an address: its first and last token, and the sign before it."""

    first: int
    last: int
    mark: Mark | None = None


def chains(tokens: Tokens) -> Iterator[tuple[Label, ...]]:
    """Every row of at least two parts, from left to right; rows do not overlap."""
    if _PIVOTS.isdisjoint(tokens.vocabulary):
        return
    done = 0
    for pivot, word in enumerate(tokens.words):
        if pivot < done or word not in _PIVOTS or not _may_part(tokens, pivot, word):
            continue
        listed = tokens.word(pivot - 1) == "," and is_named(word)
        place = pivot - (listed or is_framed(tokens, pivot))
        mark = mark_at(tokens, place) if place > done and tokens.is_word(place - 1) else None
        if mark is None:
            continue
        labels = [Label(_label_start(tokens, place - 1, done), place - 1)]
        while mark is not None and len(labels) < _MOST_LABELS:
            labels.append(Label(mark.following, _label_end(tokens, mark.following), mark))
            mark = mark_at(tokens, labels[-1].last + 1)
        yield tuple(labels)
        done = labels[-1].last + 1


def _may_part(tokens: Tokens, place: int, word: str) -> bool:
    """A quick look: most full stops and commas stand at the end of a sentence, or in a number."""
    following = tokens.word(place + 1)
    if not following[:1].isalnum():
        return is_framed(tokens, place) and (word != "a" or tokens.word(place - 1) not in _GLUE)
    if word == ".":
        if not tokens.glued(place + 1):
            return following in ENDINGS_APART or tokens.gap(place) != ""
        left = tokens.word(place - 1)
        return not (left.isdecimal() and following.isdecimal() and tokens.word(place + 2) != ".")
    if word == ",":
        tight = tokens.glued(place) and tokens.glued(place + 1)
        return tight or is_loose_comma(tokens, place)
    return word != "a"


def _label_start(tokens: Tokens, place: int, done: int) -> int:
    """The first token of the part that ends there."""
    for _ in range(_MOST_PIECES):
        glue, before = tokens.word(place - 1), place - 2
        if before < done or not tokens.is_word(before):
            break
        tight = tokens.glued(place) and tokens.glued(place - 1)
        if not (tight if glue in _GLUE else glue in HYPHENS):
            break
        place = before
    return place


def _label_end(tokens: Tokens, place: int) -> int:
    """The last token of the part that begins there: `my-shop`, `my dash shop`."""
    for _ in range(_MOST_PIECES):
        behind = place + 2
        glue = tokens.word(place + 1)
        if not tokens.is_word(behind):
            break
        if glue in _GLUE:
            named = tokens.word(behind) in DOTS or tokens.word(behind) in ATS
            tight = tokens.glued(place + 1) and tokens.glued(behind)
            if not tight or (named and tokens.word(behind + 1) == glue):
                break
        elif glue not in HYPHENS:
            break
        place = behind
    return place

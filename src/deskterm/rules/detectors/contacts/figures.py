"""Rows of figures: groups of digits with nothing but separators between them, however written.

A digit may be a figure, a word, a letter that looks like one, or all of that in one row of signs
(`five5five`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from deskterm.rules.detectors.base import Reading
from deskterm.rules.detectors.contacts.numerals import (
    LEAST_SQUEEZED,
    numerals,
    spoken,
    squeezed,
)
from deskterm.rules.detectors.contacts.tokens import Tokens, tokens_of
from deskterm.rules.detectors.shields import shields
from deskterm.rules.detectors.wording import word_set

#: More groups no reply has.
MOST_GROUPS = 1_500
_NO_SHIELDS = frozenset({"sentence_join", "own_domain", "carrier", "name", "page"})
_LETTERS = str.maketrans({"o": "0", "l": "1", "i": "1", "|": "1"})
_FIGURES = frozenset("0123456789")
_DIGIT_LIKE = _FIGURES | frozenset("oli")
_NO_SEPARATORS = frozenset("=€$£¥%@#&?!")
_SAID_SEPARATORS = word_set(
    "dash hyphen dot space then tiret point espace puis punkt strich dann leerzeichen punto guion"
    " espacio luego trattino spazio poi slash plus underscore"
)
_MOST_SEPARATORS = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Figures in a row: their digits, tokens, and what stands between them and the group before."""

    digits: str
    first: int
    last: int
    between: str
    said: bool = False
    swapped: bool = False


def figure_words(reading: Reading) -> frozenset[str]:
    """The words and signs of the text that may be digits; ask by `reading.once(figure_words)`."""
    return frozenset(filter(_is_figure, reading.once(tokens_of).vocabulary))


def taken(reading: Reading, claimed: Sequence[tuple[int, int]]) -> bytearray:
    """The places of the copy that are claimed or lie beneath a shield, as ones."""
    places_taken = bytearray(len(reading.copy.text))
    places = [(one.start, one.end) for one in reading.once(shields) if one.kind not in _NO_SHIELDS]
    for start, end in (*places, *claimed):
        places_taken[start:end] = b"\x01" * (end - start)
    return places_taken


def rows(
    reading: Reading, places_taken: bytearray, goes_on: Callable[[Tokens, int, int], bool]
) -> Iterator[list[Group]]:
    """Groups of figures outside the places that are taken.

    Args:
        goes_on: whether what stands between two places of the tokens leads from one group of a
            number to the next.
    """
    tokens, row = reading.once(tokens_of), list[Group]()
    done, left = 0, MOST_GROUPS
    for place in tokens.where(reading.once(figure_words)):
        if place < done or not left or places_taken[tokens.starts[place]]:
            continue
        if row and not goes_on(tokens, done, place):
            yield row
            row = []
        group = _group(tokens, place, row)
        if group is not None:
            row.append(group)
            done, left = group.last + 1, left - 1
    if row:
        yield row


def _is_figure(word: str) -> bool:
    if word[0] in _FIGURES or word in numerals() or _DIGIT_LIKE.issuperset(word):
        return True
    mixed = word[0].isalnum() and not word.isalpha()
    return (mixed or len(word) >= LEAST_SQUEEZED) and squeezed(word) is not None


def separated(tokens: Tokens, done: int, place: int) -> bool:
    """Whether only separators stand between a row and the next group; a row of dots is one."""
    left, last = _MOST_SEPARATORS, ""
    for word in tokens.words[done:place]:
        left -= word != last
        if left < 0 or not _separates(word):
            return False
        last = word
    return True


def _separates(word: str) -> bool:
    if word[0].isalnum():
        return word in _SAID_SEPARATORS
    return word not in _NO_SEPARATORS


def _group(tokens: Tokens, place: int, row: Sequence[Group]) -> Group | None:
    word = tokens.words[place]
    if not word[0].isalnum():
        return None
    between = tokens.text[tokens.ends[row[-1].last] : tokens.starts[place]] if row else ""
    if word.isascii() and word.isdecimal():
        return Group(word, place, place, between)
    if _DIGIT_LIKE.issuperset(word):
        figures = any(map(str.isdecimal, word))
        if figures or (row and not row[-1].said and len(word) <= 2 and _is_within(tokens, place)):
            return Group(word.translate(_LETTERS), place, place, between, swapped=True)
    if word in numerals():
        number = spoken(tokens, place)
        if number is not None:
            return Group(number.digits, number.first, number.last, between, said=True)
    else:
        digits = squeezed(word)
        if digits is not None:
            return Group(digits, place, place, between, said=True)
    return None


def _is_within(tokens: Tokens, place: int) -> bool:
    """Whether figures follow a lone letter that may stand for one."""
    return any(tokens.word(place + ahead)[:1].isdecimal() for ahead in (1, 2))

"""Telephone numbers: in figures however they are parted, in words, with letters for figures.

A row of figures is cut where a shield lies on it (a price, a date, an order number). What is left
is a number if it has the shape of one (`plans`), or if words around say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from deskterm.rules.detectors.base import Reading, scan
from deskterm.rules.detectors.contacts.cues import cue_after, cue_before
from deskterm.rules.detectors.contacts.figures import MOST_GROUPS, Group, rows, separated, taken
from deskterm.rules.detectors.contacts.finds import Find, unread
from deskterm.rules.detectors.contacts.plans import Number, grade
from deskterm.rules.detectors.contacts.tokens import Tokens, tokens_of
from deskterm.rules.detectors.wording import word_set
from deskterm.text.language import LANGUAGES, is_little
from deskterm.text.patterns import Patterns

_LEAST_DIGITS = 6
_MOST_DIGITS = 15
#: So many groups are read, and numbers looked for at so many of them: more no reply has.
_MOST_BEGINNINGS = 80
_JOINTS = frozenset("-_./")
_SHORT_CUES = word_set("tel fax mob mobile phone ph t p gsm sms hotline whatsapp wa handy telefon")
#: Signs that part two numbers as well as two groups of one.
_HARD = frozenset(" \n\t,;/:(|")
_USUAL = frozenset(" .-/()")
PATTERNS = Patterns(
    vanity=(
        r"(?<![\w-])(?:1[ .-]\(?8(?:00|33|44|55|66|77|88)\)?[ .-](?:[A-Z0-9]{1,4}[ .-])?"
        r"|8(?:00|33|44|55|66|77|88)-(?:[A-Z0-9]{1,4}-)?)[A-Z]{4,9}(?![\w-])"
    ),
)


def phones(reading: Reading, claimed: Sequence[tuple[int, int]]) -> Iterator[Find]:
    """Telephone numbers outside the places that are claimed."""
    tokens = reading.once(tokens_of)
    left, read = _MOST_BEGINNINGS, 0
    for row in rows(reading, taken(reading, claimed), separated):
        place = 0
        while place < len(row):
            digits = sum(len(group.digits) for group in row[place : place + _MOST_DIGITS])
            if digits < _LEAST_DIGITS:
                break
            left -= 1
            if not left:
                yield unread(tokens.starts[row[place].first], len(tokens.text), "phone")
                return
            found = _number(reading, tokens, row, place)
            if found is None:
                place += 1
                continue
            find, place = found
            yield find
        read += len(row)
        if read >= MOST_GROUPS:
            yield unread(tokens.ends[row[-1].last], len(tokens.text), "phone")


def vanity(reading: Reading) -> Iterator[Find]:
    """`1-800-555-LAMP`: letters on the keys of a toll-free number."""
    text = reading.copy.text
    if "8" in text:
        for match in scan(PATTERNS["vanity"], text):
            yield Find(*match.span(), "phone")


def _number(
    reading: Reading, tokens: Tokens, row: Sequence[Group], first: int
) -> tuple[Find, int] | None:
    """The longest of the surest numbers that begin with that group, and the group behind it."""
    if not _may_begin(tokens, row, first):
        return None
    start = _with_plus(tokens, row[first].first)
    plus = start is not None
    before = cue_before(tokens, row[first].first)
    count, best = 0, None
    for last in range(first, len(row)):
        count += len(row[last].digits)
        if count > _MOST_DIGITS + 2 or (last > first and "+" in row[last].between):
            break
        if count < _LEAST_DIGITS or not _may_end(tokens, row, last):
            continue
        number = _as_number(reading, row[first : last + 1], plus=plus)
        cue = before or cue_after(tokens, row[last].last)
        sure = grade(number, cue)
        if sure and cue is None and _are_counts(row[first : last + 1]):
            sure = None if _names_a_thing(tokens, row[last].last + 1) else False
        if sure is not None and (best is None or sure >= best[0]):
            best = (sure, last)
    if best is None:
        return None
    sure, last = best
    place = tokens.starts[row[first].first] if start is None else start
    closed = any(")" in group.between for group in row[first + 1 : last + 1])
    if closed and tokens.text[place - 1 : place] == "(":
        place -= 1
    masked = _is_masked(row[first : last + 1])
    return Find(place, tokens.ends[row[last].last], "phone", sure, masked), last + 1


def _are_counts(groups: Sequence[Group]) -> bool:
    """Whether words part figures that may be counted: "300 then 555 then 1234"."""
    return all(not group.said and group.digits[0] != "0" for group in groups) and any(
        any(map(str.isalpha, group.between)) for group in groups[1:]
    )


def _names_a_thing(tokens: Tokens, place: int) -> bool:
    """Whether the word there goes on with what was counted."""
    word = tokens.word(place)
    return word.isalpha() and not any(is_little(word, language) for language in LANGUAGES)


def _as_number(reading: Reading, groups: Sequence[Group], *, plus: bool) -> Number:
    # The zero in "+44 (0)20" is not dialled.
    kept = [
        group
        for place, group in enumerate(groups)
        if not (plus and place and group.digits == "0" and "(" in group.between)
    ]
    return Number(
        groups=[group.digits for group in kept],
        between=[group.between for group in kept[1:]],
        plus=plus,
        said=sum(group.said for group in groups),
        swapped=any(group.swapped for group in groups),
        language=reading.draft.language or "",
    )


def _may_begin(tokens: Tokens, row: Sequence[Group], index: int) -> bool:
    """Whether the group is not the continuation of what is glued to it."""
    if index:
        return not _HARD.isdisjoint(row[index].between)
    place = row[0].first
    if not tokens.glued(place) or tokens.word(place - 1) not in _JOINTS:
        return True
    before = tokens.word(place - 2)
    return not (tokens.glued(place - 1) and before[:1].isalnum()) or before in _SHORT_CUES


def _may_end(tokens: Tokens, row: Sequence[Group], index: int) -> bool:
    if index + 1 < len(row):
        if row[index].said and row[index + 1].said and row[index + 1].between in (" ", "-", ", "):
            return False
        return not _HARD.isdisjoint(row[index + 1].between)
    place = row[index].last + 1
    glued = tokens.glued(place) and tokens.word(place) in "-_/" and tokens.glued(place + 1)
    return not (glued and tokens.is_word(place + 1))


def _with_plus(tokens: Tokens, place: int) -> int | None:
    """Where the plus sign before that token stands, spelled or not."""
    before = tokens.word(place - 1)
    if before == "+" or (before == "plus" and not tokens.glued(place)):
        return tokens.starts[place - 1]
    if before in ("(", "[") and tokens.word(place - 2) == "+":
        return tokens.starts[place - 2]
    return None


def _is_masked(groups: Sequence[Group]) -> bool:
    if any(group.said or group.swapped for group in groups):
        return True
    scattered = len(groups) > _LEAST_DIGITS and all(len(group.digits) == 1 for group in groups)
    return scattered or any(not _USUAL.issuperset(group.between) for group in groups[1:])

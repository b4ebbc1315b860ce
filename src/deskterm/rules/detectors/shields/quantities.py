"""Numbers with a form of their own: prices, sizes, dates, times, versions.

A telephone number must not pass for one of them: a part that begins with a zero is no measure, a
date that goes on is none, and blanks group thousands only once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from deskterm.rules.detectors.base import unaccented
from deskterm.rules.detectors.shields.base import Kind, Shield
from deskterm.rules.detectors.shields.codes import is_called
from deskterm.rules.detectors.shields.cues import (
    ADDRESSED,
    AFTER,
    MONTHS,
    VERSION_ENDINGS,
    VERSIONED,
)
from deskterm.text.patterns import Patterns

_YEAR = r"(?:19|20)\d{2}"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_MONTH = r"(?:1[0-2]|0?[1-9])"
_HOUR = r"(?:2[0-4]|[01]?\d)"
_MINUTES = r"[0-5]\d(?!\d)"
_MEASURE = r"(?!0[\dx×*])\d{1,5}(?:[.,]\d{1,3})?(?:[ ]?(?:mm|cm|m|in|[\"″])(?!\w))?"
_BY = r"[ ]?[x×*][ ]?"
_END = r"(?!\d|[./:-]\d)"

#: By the kind of the shield and a word of their own.
_SHAPES: Mapping[str, str] = {
    "date_iso": rf"{_YEAR}[-/.]{_MONTH}[-/.]{_DAY}(?:T\d\d:\d\d(?::\d\d)?)?{_END}",
    "date_day_first": rf"{_DAY}(?P<eu>[./-]){_MONTH}(?P=eu)(?:{_YEAR}|\d{{2}}){_END}",
    "date_month_first": rf"{_MONTH}(?P<us>[/-]){_DAY}(?P=us)(?:{_YEAR}|\d{{2}}){_END}",
    "date_apart": rf"{_DAY}[ ](?:1[0-2]|0[1-9])[ ]{_YEAR}(?!\d|[ ]\d)",
    "version": rf"(?!0\d|\d{{3}}(?:\.\d{{3}}){{2}})\d{{1,3}}(?:\.\d{{1,3}}){{2}}"
    rf"(?:-?(?:alpha|beta|rc)\.?\d{{0,3}})?{_END}",
    "time": rf"{_HOUR}(?:[:.]{_MINUTES}|[ ]?[hH][ ]?{_MINUTES})?[ ]?(?:[ap]\.?m\b\.?|Uhr\b|uhr\b)"
    rf"|{_HOUR}(?::{_MINUTES}(?::{_MINUTES})?|[ ]?[hH][ ]?{_MINUTES})(?![:.]?\w)",
    "price_sum": r"\d{1,4}[ ]?[@x×*][ ]?\d{1,5}[.,]\d{2}(?:[ ]?=[ ]?\d{1,6}[.,]\d{2})?"
    rf"(?![ ]?[x×*@]){_END}",
    "size_by": rf"{_MEASURE}(?:{_BY}{_MEASURE}){{1,3}}(?!{_BY}\d|[ ]?[/|][ ]?\d[*×])"
    rf"{_END}",
    "date_short": rf"{_DAY}[./]{_MONTH}\.?(?!\w|[./:-]\d)",
}
PATTERNS = Patterns(
    shape="|".join(f"(?P<{name}>{shape})" for name, shape in _SHAPES.items()),
    amount=(
        r"(?:\d{1,3}(?:[.,'’]\d{3}){1,2}(?!\d)|[1-9]\d{0,2}[ ]\d{3}(?!\d)|\d{1,6}(?!\d))"
        r"(?:[.,](?:\d{1,2}(?!\d)|[-–]{1,2}))?"
    ),
    span=r"(?!0\d)\d{1,5}(?:[ ]?[-–/][ ]?(?!0\d)\d{1,5}){1,3}(?!\d)",
    after=r"[ ]?([€£$%‰\"″]|°[CF]?|[^\W\d_]{1,12})(?![\w’'])",
    ordinal=(
        r"\d{1,2}(?:st|nd|rd|th|er|[.º°ª])?[ ]{1,2}(?:of[ ]|de[ ]|di[ ]|d['’])?([^\W\d_]{3,10})\.?"
        rf"(?:,?[ ](?:del?[ ])?{_YEAR}(?!\d))?"
    ),
    day=rf"{_DAY}(?:st|nd|rd|th)?(?:,?[ ]{_YEAR})?(?!\w|[./:-]\d|[ ]?\d)",
    before=r"([€£$]|[^\W\d_]{3,10}\.?)[ ]{0,1}\Z",
    # A version of four parts looks like the address of a machine (RFC 791), one of three times
    # three figures like a telephone number.
    long_version=r"(?!0\d)(?:\d{1,2}(?:\.\d{1,5}){3}|\d{3}(?:\.\d{3}){2})(?![\w/:?#]|[.-]\w)",
    word=r"[^\W\d_]{2,30}",
    stop=r"[.!?](?=\s)|\n\n",
)
_MONEY = frozenset({"€", "£", "$", "eur", "usd", "gbp", "chf"})
#: Letters of the longest word looked at before a number.
_BEFORE = 12
#: Characters on either side of a version in which words say that it is one.
_ABOUT = 80
#: No telephone number has fewer figures.
_LEAST_CALLED = 9


def quantities(text: str, numbers: Iterable[int]) -> Iterator[Shield]:
    """Every such number of a text, among those that begin at these places."""
    end = 0
    for start in numbers:
        if start < end or _goes_on(text, start):
            continue
        shield = (
            _long_version(text, start)
            or _shape(text, start)
            or _amount(text, start)
            or _day(text, start)
        )
        if shield:
            end = shield.end
            yield shield


def _goes_on(text: str, place: int) -> bool:
    """Whether what stands before belongs to the same row of signs."""
    before = text[max(0, place - 2) : place]
    if before[-1:].isalnum() or before[-1:] in ("_", "+"):
        return True
    return len(before) > 1 and before[1] in "./:,*×" and before[0].isdecimal()


def _shape(text: str, start: int) -> Shield | None:
    match = PATTERNS["shape"].match(text, start)
    if not match or ("-" in match.group() and text[max(0, start - 1) : start] == "-"):
        return None
    kind = cast("Kind", str(match.lastgroup).partition("_")[0])
    if kind == "size" and match[0][-1].isdecimal() and _is_called(text, start, match[0]):
        return None
    return Shield(start, match.end(), kind)


def _is_called(text: str, start: int, measures: str) -> bool:
    """Whether measures are the figures of a telephone: "my mobile: 699*118*405"."""
    count = sum(map(str.isdecimal, measures))
    long = count > _LEAST_CALLED or (count == _LEAST_CALLED and measures[0] in "679")
    return long and is_called(text, start)


def _long_version(text: str, start: int) -> Shield | None:
    """A version that looks like something else, where the nearest words that tell speak of one."""
    match = PATTERNS["long_version"].match(text, start)
    if match is None:
        return None
    begin, end = max(0, start - _ABOUT), min(len(text), match.end() + _ABOUT)
    for stop in PATTERNS["stop"].finditer(text, begin, start):
        begin = stop.end()
    behind = PATTERNS["stop"].search(text, match.end(), end)
    before = reversed(PATTERNS["word"].findall(text, begin, start))
    ahead = PATTERNS["word"].findall(text, match.end(), behind.start() if behind else end)
    for word in map(_lower, (*before, *ahead)):
        if word in ADDRESSED:
            return None
        if word in VERSIONED or word.endswith(VERSION_ENDINGS):
            return Shield(start, match.end(), "version")
    return None


def _amount(text: str, start: int) -> Shield | None:
    """A number with a unit, a currency or a per cent sign, on whichever side."""
    ahead = text[max(0, start - 2) : start]
    if len(ahead) == 2 and ahead[0].isdecimal() and ahead[1] in " -–":
        return None
    before = PATTERNS["before"].search(text[max(0, start - _BEFORE) : start])
    led = before is not None and _lower(before.group(1)) in _MONEY
    for name in ("amount", "span"):
        match = PATTERNS[name].match(text, start)
        if match is None:
            continue
        if led:
            return Shield(start, match.end(), "price")
        after = PATTERNS["after"].match(text, match.end())
        kind = AFTER.get(_lower(after.group(1))) if after else None
        if after and kind:
            return Shield(start, after.end(), kind)
    return None


def _day(text: str, start: int) -> Shield | None:
    """A day with its month in words: "21 November", "le 1er mars 2026", "March 3rd, 2026"."""
    match = PATTERNS["ordinal"].match(text, start)
    if match and unaccented(match.group(1)).lower() in MONTHS:
        return Shield(start, match.end(), "date")
    before = PATTERNS["before"].search(text[max(0, start - _BEFORE) : start])
    if before and unaccented(before.group(1)).lower().rstrip(".") in MONTHS:
        match = PATTERNS["day"].match(text, start)
        if match:
            return Shield(start, match.end(), "date")
    return None


def _lower(word: str) -> str:
    return word.lower() if word.isascii() else unaccented(word).lower()

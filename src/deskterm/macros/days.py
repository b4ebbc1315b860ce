"""Days that stand in a text as people write them, in the six languages that are told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

#: The months in their order: English, French, German, Spanish, Italian, Dutch, and short forms.
_MONTHS: Final = (
    "january janvier januar enero gennaio januari jan janv gen ene",
    "february février fevrier februar febrero febbraio februari feb févr fevr",
    "march mars märz marzo maart mar mrt",
    "april avril abril aprile apr avr abr",
    "may mai mayo maggio mei mag",
    "june juin juni junio giugno jun giu",
    "july juillet juli julio luglio jul juil lug",
    "august août aout agosto augustus aug ago",
    "september septembre septiembre settembre sept sep sett set",
    "october octobre oktober octubre ottobre oct okt ott",
    "november novembre noviembre nov",
    "december décembre decembre dezember diciembre dicembre dec déc dez dic",
)
_NUMBERS: Final[Mapping[str, int]] = MappingProxyType(
    {name: number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
)
_WEEKDAYS: Final = (
    "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi"
    " samedi dimanche montag dienstag mittwoch donnerstag freitag samstag sonntag lunes martes"
    " miércoles jueves viernes sábado domingo lunedì martedì mercoledì giovedì venerdì sabato"
    " domenica maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
)
_MONTH: Final = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_DAY: Final = "[0-9]{1,2}"
_YEAR: Final = "(?:,? (?:de )?([0-9]{4}))?(?![0-9])"
_BEFORE: Final = rf"(?<![\w.,/])(?:(?:{'|'.join(_WEEKDAYS.split())})[,.]? (?:der |den |the )?)?"
_PATTERNS: Final = (
    # "Tuesday 24 November", "24th of May", "1er mai 2026", "24. November", "24 de mayo de 2026".
    re.compile(
        rf"(?i:{_BEFORE}({_DAY})(?:st|nd|rd|th|er|\.|º)? (?:of |de )?({_MONTH})(?!\w)\.?{_YEAR})"
    ),
    # "May 24", "November 24th, 2026".
    re.compile(rf"(?i:{_BEFORE}({_MONTH})\.? ({_DAY})(?:st|nd|rd|th)?{_YEAR})(?!\w)"),
    # "24/11/2026", "24.11.", "24-11-26".
    re.compile(r"(?<![\w.,/-])([0-9]{1,2})[./-]([0-9]{1,2})[./-](?:([0-9]{2}|[0-9]{4}))?(?![\w/])"),
    re.compile(r"(?<![\w.,/-])([0-9]{1,2})/([0-9]{1,2})(?![\w/])()"),
    # ISO 8601.
    re.compile(r"(?<![\w.,/-])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![\w/-])"),
)
_MONTH_FIRST, _ISO = 1, 4


@dataclass(frozen=True, slots=True)
class Day:
    """A day of a text. `year` is None where it does not stand there."""

    start: int
    end: int
    day: int
    month: int
    year: int | None = None


def days_in(text: str) -> Iterator[Day]:
    """The days that a text names, as far as day and month stand there; none within another."""
    taken: list[Day] = []
    for number, pattern in enumerate(_PATTERNS):
        for match in pattern.finditer(text):
            found = _day(number, match)
            if found is not None and not any(
                found.start < other.end and other.start < found.end for other in taken
            ):
                taken.append(found)
    yield from sorted(taken, key=lambda each: each.start)


def _day(number: int, match: re.Match[str]) -> Day | None:
    first, second, third = match.groups()
    if number == _ISO:
        day, month, year = int(third), int(second), first
    elif number == _MONTH_FIRST:
        day, month, year = int(second), _month(first), third
    else:
        day, month, year = int(first), _month(second), third
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    whole = None if not year else int(year) + (2000 if len(year) == 2 else 0)
    # A full stop may be that of the sentence.
    return Day(match.start(), match.start() + len(match.group().rstrip(".")), day, month, whole)


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else _NUMBERS[text.casefold()]

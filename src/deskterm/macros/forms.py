"""Values as people write them in a language: dates, amounts, numbers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from deskterm.domain.money import Money

if TYPE_CHECKING:
    from babel import Locale

#: Patterns of Unicode TS 35, part 4. A day of the week helps to read a date without a calendar.
_DATES: Mapping[str, str] = {
    "en": "EEEE d MMMM",
    "fr": "EEEE d MMMM",
    "de": "EEEE, d. MMMM",
    "es": "EEEE d 'de' MMMM",
    "it": "EEEE d MMMM",
    "nl": "EEEE d MMMM",
}
_YEARS: Mapping[str, str] = {"es": " 'de' y"}
_CODE = re.compile(r"([A-Z]{3})(-?[0-9])")


def written(value: str | int | date | Money, language: str, today: date) -> str:
    """A value in words of that language; English forms for a language that nobody knows.

    A date has its year where that is not this year's.
    """
    if isinstance(value, str):
        return value
    # Here, because reading the tables takes longer than anything else a console loads.
    from babel.dates import format_date
    from babel.numbers import format_currency, format_decimal

    locale = _locale(language)
    if isinstance(value, Money):
        return _set_off(format_currency(value.amount, value.currency, locale=locale))
    if isinstance(value, int):
        return format_decimal(Decimal(value), locale=locale)
    pattern = _DATES.get(locale.language, _DATES["en"])
    if locale.language == "fr" and value.day == 1:
        pattern = pattern.replace("d", "d'er'")
    if value.year != today.year:
        pattern += _YEARS.get(locale.language, " y")
    return format_date(value, pattern, locale=locale)


def _set_off(amount: str) -> str:
    """A code before a number stands apart from it (Unicode TS 35, part 3, currency spacing)."""
    return _CODE.sub("\\1\u00a0\\2", amount)


@cache
def _locale(language: str) -> Locale:
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale("en")

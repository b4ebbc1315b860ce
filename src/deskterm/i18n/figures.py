"""Money and days as the reader's country writes them, by Babel (Unicode CLDR).

Babel takes some 60 ms to load, so these are not for what stands on the first frame. What does
(times of day, ages, counts) goes through the catalogue.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from deskterm.domain.money import Money, decimals
from deskterm.i18n import language
from deskterm.text.clean import SafeText, clean

if TYPE_CHECKING:
    from babel import Locale
    from babel.numbers import NumberPattern

#: English as this program writes it: the day before the month.
_ENGLISH: Final = "en_GB"


def money(amount: Money) -> SafeText:
    """An amount with the sign of its currency and all its decimals: `€1,249.90`, `1 249,90 €`."""
    locale = _locale(language())
    pattern = _pattern(locale.language, decimals(amount.currency))
    shown = pattern.apply(amount.amount, locale, currency=amount.currency, currency_digits=False)
    return clean(shown, multiline=False)


def day(on: date) -> SafeText:
    """A day in full: `9 November 2026`, `9 novembre 2026`."""
    from babel.dates import format_date

    return clean(format_date(on, "long", locale=_locale(language())), multiline=False)


@lru_cache(maxsize=4)
def _locale(language: str) -> Locale:
    from babel import Locale

    return Locale.parse(_ENGLISH if language.startswith("en") else language)


@lru_cache(maxsize=16)
def _pattern(language: str, places: int) -> NumberPattern:
    """How a language writes amounts with so many decimals: those of ISO 4217, not of CLDR, which
    rounds some currencies to what is paid in cash.
    """
    from babel.numbers import parse_pattern

    pattern = parse_pattern(_locale(language).currency_formats["standard"].pattern)
    pattern.frac_prec = (places, places)
    return pattern

"""Articles, dates and sums of money as English, French and German write them."""

from __future__ import annotations

from datetime import datetime

from deskterm.sandbox.model import Language
from deskterm.sandbox.products import Ware

# By gender and in the order of the names: what a sentence puts before a noun, or for it.
_FRENCH = ("le", "du", "un", "mon", "ce", "son", "il", "pe")
_FRENCH_FORMS = {
    "m": ("le", "du", "un", "mon", "ce", "son", "il", ""),
    "f": ("la", "de la", "une", "ma", "cette", "sa", "elle", "e"),
}
_GERMAN = (
    *("der", "den", "dem", "ein", "einen", "einem", "mein", "meinen", "meinem"),
    *("ihr", "zu"),
)
_GERMAN_FORMS = {
    "m": (
        *("der", "den", "dem", "ein", "einen", "einem", "mein", "meinen", "meinem"),
        *("Ihr", "zum"),
    ),
    "f": (
        *("die", "die", "der", "eine", "eine", "einer", "meine", "meine", "meiner"),
        *("Ihre", "zur"),
    ),
    "n": (
        *("das", "das", "dem", "ein", "ein", "einem", "mein", "mein", "meinem"),
        *("Ihr", "zum"),
    ),
}
_MONTHS: dict[Language, tuple[str, ...]] = {
    "en": (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    "fr": (
        *("janvier", "février", "mars", "avril", "mai", "juin", "juillet"),
        *("août", "septembre", "octobre", "novembre", "décembre"),
    ),
    "de": (
        *("Januar", "Februar", "März", "April", "Mai", "Juni", "Juli"),
        *("August", "September", "Oktober", "November", "Dezember"),
    ),
}
_DAYS: dict[Language, tuple[str, ...]] = {
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "de": ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"),
}


def words_for(ware: Ware, language: Language, suffix: str = "") -> dict[str, str]:
    """How a sentence speaks of a product: its name, its noun, and what agrees with it.

    Args:
        suffix: put behind each name, for a sentence that speaks of two products.
    """
    gender = ware.gender[language]
    thing = ware.product.name[language]
    words = {"thing": thing, "noun": ware.noun[language], "model": ware.model}
    words["price"] = money(ware.product.price_cents, language)
    if language == "en":
        words["a"] = "an" if thing[0] in "AEIOU" else "a"
    elif language == "fr":
        words |= zip(_FRENCH, _FRENCH_FORMS[gender], strict=True)
    else:
        words |= zip(_GERMAN, _GERMAN_FORMS[gender], strict=True)
    words |= {name.capitalize(): text[:1].upper() + text[1:] for name, text in words.items()}
    return {name + suffix: text for name, text in words.items()} if suffix else words


def day(moment: datetime, language: Language, said_at: datetime) -> str:
    """A date as it stands behind `on`, `le` and `am`, with its year if that is another one.

    Args:
        said_at: when the date is mentioned.
    """
    month = _MONTHS[language][moment.month - 1]
    number = f"{moment.day}." if language == "de" else str(moment.day)
    if language == "fr" and moment.day == 1:
        number = "1er"
    date = f"{number} {month}"
    return date if moment.year == said_at.year else f"{date} {moment.year}"


def weekday(moment: datetime, language: Language) -> str:
    """The name of the day."""
    return _DAYS[language][moment.weekday()]


def money(cents: int, language: Language) -> str:
    """A sum in euros."""
    euros, rest = divmod(cents, 100)
    if language == "en":
        return f"€{euros}.{rest:02}" if rest else f"€{euros}"
    return f"{euros},{rest:02} €" if rest else f"{euros} €"


def of_name(name: str) -> str:
    """French `de` before a name: de Lucie, d'Éloïse."""
    return f"d'{name}" if name[0] in "AEIOUYÉÈÊHÂÎÔ" else f"de {name}"

"""Which languages there are, which one is wanted, and what speaks it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from deskterm.i18n import ENGLISH, Translator

DOMAIN: Final = "deskterm"
LOCALE: Final = Path(__file__).parent / "locale"

#: Languages with a complete catalogue, beside English.
TRANSLATED: Final = ("fr",)
#: English in strange letters: what a test does not find so was not given to the catalogue. The
#: code is the one of the Unicode CLDR for accented pseudo-English.
PSEUDO: Final = "en-XA"

_AUTO: Final = "auto"
#: Where a language is asked for, the most telling first (GNU gettext manual, "Locale Environment
#: Variables"). LANGUAGE comes before all of them, but not where the locale is C.
_VARIABLES: Final = ("LC_ALL", "LC_MESSAGES", "LANG")


def wanted(setting: str, env: Mapping[str, str]) -> str:
    """The code of the language to speak.

    Args:
        setting: of the settings: `auto`, which follows the environment, or a code.
        env: environment variables.
    """
    if setting != _AUTO:
        return setting
    locale = next((value for name in _VARIABLES if (value := env.get(name))), "C")
    if _code(locale) in ("c", "posix"):
        return ENGLISH
    asked = [*filter(None, env.get("LANGUAGE", "").split(":")), locale]
    known = (code for code in map(_code, asked) if code == ENGLISH or code in TRANSLATED)
    return next(known, ENGLISH)


def _code(locale: str) -> str:
    """`fr` of `fr_CA.UTF-8@euro`."""
    for mark in "@._-":
        locale = locale.partition(mark)[0]
    return locale.lower()


@cache
def translator(language: str) -> Translator | None:
    """What speaks a language; None for English and for what has no catalogue."""
    if language == PSEUDO:
        from deskterm.i18n.pseudo import Pseudo

        return Pseudo()
    if language not in TRANSLATED:
        return None
    from deskterm.i18n.catalogue import Catalogue

    return Catalogue.of(language, catalogue_file(language))


def catalogue_file(language: str) -> Path:
    """Where the compiled translations of a language lie."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.mo"


def faults(language: str) -> tuple[str, ...]:
    """What cannot be used of a language's catalogue, in English; nothing where all is well."""
    if language not in TRANSLATED:
        return ()
    from deskterm.i18n.catalogue import Catalogue

    file = catalogue_file(language)
    catalogue = Catalogue.of(language, file)
    if catalogue is None:
        return (f"{file} cannot be read",)
    return tuple(
        f"{file}: the translation of {each!r} cannot be used" for each in catalogue.unsound()
    )

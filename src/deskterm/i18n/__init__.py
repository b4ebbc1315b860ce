"""The words of the program, in the language of who reads them.

English is the source: a message is its own id. Translations are gettext catalogues (GNU gettext
manual, "PO Files"). What comes out is plain `SafeText`, never markup; what is filled in must be
clean already.
"""

from __future__ import annotations

import gettext
from collections.abc import Sequence
from pathlib import Path

from deskterm.text.clean import SafeText, clean

DOMAIN = "deskterm"
CATALOGUES = Path(__file__).parent / "catalogues"


class _Language:
    """The catalogue in use; chosen once, when a program starts."""

    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def choose(languages: Sequence[str]) -> None:
    """Use the first language that there is a catalogue for; else English."""
    _Language.catalogue = gettext.translation(DOMAIN, CATALOGUES, languages, fallback=True)


def say(message: str, /, **values: SafeText | int) -> SafeText:
    """A message in the reader's language.

    Args:
        message: English, with `{name}` where a value goes.
        values: clean text or numbers.

    Raises:
        TypeError: a value is text that has not been cleaned.
    """
    # The empty message is the head of a catalogue.
    return _filled(_Language.catalogue.gettext(message) if message else "", values)


def say_many(one: str, many: str, count: int, /, **values: SafeText | int) -> SafeText:
    """A message that depends on a number, which stands in it as `{count}`."""
    return _filled(_Language.catalogue.ngettext(one, many, count), {**values, "count": count})


def marked(message: str) -> str:
    """Marks a message for translation where it is kept in a table; `say` translates it."""
    return message


def _filled(message: str, values: dict[str, SafeText | int]) -> SafeText:
    for name, value in values.items():
        if not isinstance(value, SafeText | int):
            raise TypeError(f"{name} must be SafeText or a number")
    return clean(message.format_map(values) if values else message)

"""A macro made of what was typed again and again: its id, its title and its variables."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from typing import Final

from deskterm.macros.variables import KINDS, LABELS

#: Characters of a title that is proposed, and of an id.
_TITLE_MAX: Final = 48
_ID_MAX: Final = 50
_ASKED: Final = re.compile(r"\{\{\?([a-z]{1,20})\}\}")
_PLACE: Final = re.compile(r"\{\{[^{}]{1,80}\}\}")
#: Values beside one another.
_BLANKS: Final = re.compile(r" ?…[ …]{1,40}")
_OTHER_SIGNS: Final = re.compile(r"[^a-z0-9]{1,200}")


def title_of(source: str) -> str:
    """A title for a text: its first words, and `…` where a value stands."""
    body = source.replace("{{greeting}}", " ").replace("{{closing}}", " ").strip()
    first = body.splitlines()[0] if body else ""
    words = _BLANKS.sub(" … ", _PLACE.sub("…", first)).strip(" .,;:…-")
    if len(words) <= _TITLE_MAX:
        return words or "…"
    return words[: _TITLE_MAX - 1].rpartition(" ")[0].rstrip(" .,;:…-") + " …"


def id_of(title: str, taken: Collection[str]) -> str:
    """An id made from a title that nobody has yet."""
    apart = unicodedata.normalize("NFD", title.lower())
    plain = "".join(char for char in apart if not unicodedata.combining(char))
    name = _OTHER_SIGNS.sub("_", plain).strip("_")[:_ID_MAX].strip("_")
    if not name or not name[0].isalpha():
        name = f"macro_{name}".strip("_")
    number, free = 2, name
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free


def table_of(
    macro_id: str, title: str, source: str, language: str, reason: str = ""
) -> dict[str, object]:
    """The macro as a table of a file, as `deskterm.macros.files.macro_of` reads it.

    Args:
        source: as `with_variables` makes it; what it asks is asked one by one.
        reason: the contact reason; empty: none.
    """
    counts: dict[str, int] = {}
    variables: list[dict[str, object]] = []

    def numbered(match: re.Match[str]) -> str:
        asked = match[1]
        counts[asked] = number = counts.get(asked, 0) + 1
        name = asked if number == 1 else f"{asked} {number}"
        variables.append(_variable(asked, name, number))
        return f"{{{{?{name}}}}}"

    body = _ASKED.sub(numbered, source)
    table: dict[str, object] = {"id": macro_id, "title": {language: title}}
    table |= {"body": {language: body}}
    table |= {"reason": reason} if reason else {}
    return table | ({"variable": variables} if variables else {})


def _variable(asked: str, name: str, number: int) -> dict[str, object]:
    more = "" if number == 1 else f" {number}"
    labels = {language: f"{words}{more}" for language, words in LABELS.get(asked, {}).items()}
    return {"name": name, "type": KINDS.get(asked, "text"), "label": labels or {"en": name}}

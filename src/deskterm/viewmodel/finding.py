"""Finding words in a text as people mean them: capitals and accents do not count."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

#: Places that are marked in one text.
MOST = 2_000


def places(text: str, wanted: str) -> list[tuple[int, int]]:
    """Where `wanted` stands in `text`, as starts and ends in it; none for a text without letters.

    `strasse` finds `Straße`, `e` finds `é` however it is written. Takes time in proportion to the
    length of the text.
    """
    needle = _folded(wanted.strip())[0]
    if not needle:
        return []
    copy, origin = _folded(text)
    found: list[tuple[int, int]] = []
    at = copy.find(needle)
    while at >= 0 and len(found) < MOST:
        end = at + len(needle)
        found.append((origin[at], origin[end] if end < len(copy) else len(text)))
        at = copy.find(needle, end)
    return found


def _folded(text: str) -> tuple[str, Sequence[int]]:
    """A copy to compare, and the place in the text of each of its characters."""
    if text.isascii():
        return text.lower(), range(len(text))
    fold = {character: _fold(character) for character in set(text)}
    if all(len(one) == 1 for one in fold.values()):
        return "".join(map(fold.__getitem__, text)), range(len(text))
    origin = [place for place, character in enumerate(text) for _ in fold[character]]
    return "".join(map(fold.__getitem__, text)), origin


def _fold(character: str) -> str:
    """The letters that a character counts as; none for a mark."""
    parts = unicodedata.normalize("NFKD", character)
    return "".join(c for c in parts if not unicodedata.combining(c)).casefold()

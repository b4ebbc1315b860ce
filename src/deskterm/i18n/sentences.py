"""Recognises sentences with values in them: English of another process, or out of the database.

A sentence is known by the texts around its values. They are looked for one after another from
where the one before ended, so that no text, however made, costs more than its length for each
sentence that is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from deskterm.i18n.placeholders import literals_of

#: Letters that must stand in two sentences next to each other for them to be told apart.
_BETWEEN = ". "


class _Known(NamedTuple):
    """A sentence: its texts, the names between them, and how it is called."""

    texts: tuple[str, ...]
    names: tuple[str, ...]
    message: str


class Sentences:
    """The sentences that can be recognised.

    Args:
        messages: English, with `{name}` where a value stands.
    """

    def __init__(self, messages: Iterable[str]) -> None:
        self._plain: set[str] = set()
        known = []
        for message in messages:
            texts, names = literals_of(message)
            if names:
                known.append(_Known(texts, names, message))
            else:
                self._plain.add(message)
        # What says most by itself is tried first.
        known.sort(key=lambda one: -sum(map(len, one.texts)))
        self._known = tuple(known)

    def recognise(self, text: str) -> tuple[str, Mapping[str, str]] | None:
        """The message that a text was made from, and its values; None where there is none."""
        if text in self._plain:
            return text, {}
        for one in self._known:
            values = _values(one.texts, text)
            if values is not None:
                return one.message, dict(zip(one.names, values, strict=True))
        return None


def _values(texts: tuple[str, ...], text: str) -> list[str] | None:
    """What stands between the texts; None where they do not stand there."""
    first, last = texts[0], texts[-1]
    end = len(text) - len(last)
    if not text.startswith(first) or not text.endswith(last) or end < len(first):
        return None
    values, place = [], len(first)
    for literal in texts[1:-1]:
        found = text.find(literal, place, end)
        if found < 0:
            return None
        values.append(text[place:found])
        place = found + len(literal)
    values.append(text[place:end])
    return values


def parts_of(text: str) -> list[str]:
    """The sentences of a text, which stand next to each other with a full stop between."""
    return text.split(_BETWEEN)


def joined(parts: Iterable[str]) -> str:
    """The opposite of `parts_of`."""
    return _BETWEEN.join(parts)

"""How long a text is, in the unit that a channel counts in."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Literal

from deskterm.rules import segments
from deskterm.rules.model import TextUnit

#: `segments` are the parts of a text message (`deskterm.rules.segments`).
Unit = Literal[TextUnit, "segments"]
UNITS: Final[Mapping[str, Unit]] = MappingProxyType(
    {"characters": "characters", "utf16": "utf16", "bytes": "bytes", "segments": "segments"}
)


def length(text: str, unit: Unit) -> int:
    """How long a text is: code points, UTF-16 code units, bytes of UTF-8, or parts."""
    if unit == "characters":
        return len(text)
    if unit == "bytes":
        return len(text.encode("utf-8", "surrogatepass"))
    if unit == "segments":
        return segments.segments(text)
    return len(text) + sum(char > "\uffff" for char in text)


def fitting(text: str, most: int, unit: Unit) -> int:
    """How many characters of the text, from its beginning, are no longer than `most`."""
    if unit == "segments":
        return segments.fitting(text, most)
    used = 0
    for place, char in enumerate(text):
        used += length(char, unit)
        if used > most:
            return place
    return len(text)

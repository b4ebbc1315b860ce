"""Plain properties of the draft's text: empty, too long, written before the last message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deskterm.rules.detectors.base import Detector, Match, Reading
from deskterm.rules.model import Parameter, TextUnit
from deskterm.text.matching import unseen


def _empty_text(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    text = reading.draft.text
    if all(char.isspace() or not char.isprintable() or unseen(char) for char in text):
        # A file sent without a word may be meant so.
        yield Match(0, len(text), sure=not reading.draft.attachments)


def length(text: str, unit: TextUnit) -> int:
    """How long a text is: code points, UTF-16 code units, or bytes of UTF-8."""
    if unit == "characters":
        return len(text)
    if unit == "bytes":
        return len(text.encode("utf-8", "surrogatepass"))
    return len(text) + sum(char > "\uffff" for char in text)


def _cut(text: str, maximum: int, unit: TextUnit) -> int:
    """How many characters of the text fit."""
    used = 0
    for place, char in enumerate(text):
        used += length(char, unit)
        if used > maximum:
            return place
    return len(text)


def _length(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    limit, text = reading.facts.limits, reading.draft.text
    if limit is None:
        return
    used = length(text, limit.unit)
    if used > limit.maximum:
        details = (("over", str(used - limit.maximum)), ("maximum", str(limit.maximum)))
        yield Match(_cut(text, limit.maximum, limit.unit), len(text), details=details)


def _staleness(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    newest, seen = reading.facts.newest_inbound_id, reading.facts.seen_inbound_id
    if newest is not None and newest != seen:
        yield Match(excerpt="")


DETECTORS: Mapping[str, Detector] = {
    "empty_text": Detector(_empty_text, "text"),
    "length": Detector(_length, "text", details=frozenset({"over", "maximum"})),
    "staleness": Detector(_staleness, "window"),
}

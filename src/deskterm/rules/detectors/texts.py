"""Plain properties of the draft's text: empty, too long or short, older than the last message."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deskterm.rules.detectors.base import Detector, Match, Reading
from deskterm.rules.lengths import UNITS, fitting, length
from deskterm.rules.model import Parameter
from deskterm.rules.parameters import number, one_of, word, words
from deskterm.text.matching import unseen


def _empty_text(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    text = reading.draft.text
    if all(char.isspace() or not char.isprintable() or unseen(char) for char in text):
        # A file sent without a word may be meant so.
        yield Match(0, len(text), sure=not reading.draft.attachments)


def _length(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    only, limits = words(parameters, "types"), reading.facts.limits
    if only and reading.draft.message_type not in only:
        return
    maximum, unit = number(parameters, "maximum"), UNITS[word(parameters, "unit")]
    if not maximum and limits is not None:
        maximum, unit = limits.maximum, limits.unit
    text = reading.draft.text
    used = length(text, unit)
    for most, sure in ((maximum, True), (number(parameters, "ask_over"), False)):
        if most and used > most:
            details = (("over", str(used - most)), ("maximum", str(most)))
            yield Match(fitting(text, most, unit), len(text), sure=sure, details=details)
            return


def _too_short(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    text, minimum = reading.draft.text, number(parameters, "minimum")
    if 0 < length(text.strip(), UNITS[word(parameters, "unit")]) < minimum:
        yield Match(0, len(text), details=(("minimum", str(minimum)),))


def _staleness(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    newest, seen = reading.facts.newest_inbound_id, reading.facts.seen_inbound_id
    if newest is not None and newest != seen:
        yield Match(excerpt="")


def _unit_problem(parameters: Mapping[str, Parameter]) -> tuple[str, str] | None:
    return one_of(parameters, "unit", UNITS)


DETECTORS: Mapping[str, Detector] = {
    "empty_text": Detector(_empty_text, "text"),
    "length": Detector(
        _length,
        "text",
        parameters={
            "maximum": 0,
            "unit": "characters",
            "ask_over": 0,
            "types": tuple[str, ...](),
        },
        details=frozenset({"over", "maximum"}),
        problem=_unit_problem,
    ),
    "too_short": Detector(
        _too_short,
        "text",
        parameters={"minimum": 1, "unit": "characters"},
        details=frozenset({"minimum"}),
        problem=_unit_problem,
    ),
    "staleness": Detector(_staleness, "window"),
}

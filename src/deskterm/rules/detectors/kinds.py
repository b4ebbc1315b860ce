"""Whether this kind of message may leave at all: who began, what was agreed, which type it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from deskterm.rules.detectors.base import Detector, Match, Reading
from deskterm.rules.model import Parameter
from deskterm.rules.parameters import truth, words

_NOWHERE = ""
_SUBJECT_CAP = 500


def _initiative(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    """Without `allowed` and `states` nobody may begin here but the customer."""
    if reading.draft.kind != "initiative":
        return
    allowed, states = words(parameters, "allowed"), words(parameters, "states")
    kind = reading.draft.message_type
    wrong_type = bool(allowed) and kind not in allowed
    if wrong_type or _wrong_state(reading, states) or not (allowed or states):
        yield Match(excerpt=kind)


def _message_type(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    kind, only = reading.draft.message_type, words(parameters, "types")
    if only and kind not in only:
        return
    if not kind:
        if truth(parameters, "required"):
            yield Match(excerpt=_NOWHERE)
        return
    allowed = words(parameters, "allowed")
    wrong = kind in words(parameters, "forbidden") or (bool(allowed) and kind not in allowed)
    if wrong or _wrong_state(reading, words(parameters, "states")):
        yield Match(excerpt=kind)


def _wrong_state(reading: Reading, states: tuple[str, ...]) -> bool:
    state = reading.facts.order_state
    return bool(states) and bool(state) and state not in states


def _opted_out(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    if reading.facts.opted_out:
        yield Match(excerpt=_NOWHERE)


def _needs_consent(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    consented = reading.facts.consented
    if consented is False or (consented is None and truth(parameters, "ask")):
        yield Match(sure=consented is False, excerpt=_NOWHERE)


def _needs_order_number(reading: Reading, _: Mapping[str, Parameter]) -> Iterator[Match]:
    """Any of the order's own numbers will do; where none is known there is nothing to say."""
    draft, shapes = reading.draft, reading.ground.order_numbers
    if draft.kind != "initiative":
        return
    written = f"{draft.subject[:_SUBJECT_CAP]}\n{reading.copy.text}"
    own = reading.facts.own_values
    numbers = {value for value in own if any(shape.fullmatch(value) for shape in shapes)} or own
    folded = written.casefold()
    if numbers and not any(number.casefold() in folded for number in numbers if number):
        yield Match(excerpt=_NOWHERE)


_NONE: tuple[str, ...] = ()

DETECTORS: Mapping[str, Detector] = {
    "initiative_only": Detector(
        _initiative, "window", parameters={"allowed": _NONE, "states": _NONE}
    ),
    "message_type": Detector(
        _message_type,
        "window",
        parameters={
            "allowed": _NONE,
            "forbidden": _NONE,
            "states": _NONE,
            "types": _NONE,
            "required": False,
        },
    ),
    "opted_out": Detector(_opted_out, "window"),
    "needs_consent": Detector(_needs_consent, "window", parameters={"ask": False}),
    "needs_order_number": Detector(_needs_order_number, "text"),
}

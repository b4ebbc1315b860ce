"""Wording that is wrong only as things stand: a claim before its time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from deskterm.rules.detectors import phrasing
from deskterm.rules.detectors.base import Detector, Match, Reading
from deskterm.rules.model import Parameter
from deskterm.rules.parameters import words

_WORDING = phrasing.DETECTORS["wording"].run


def _too_early(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterable[Match]:
    """The topics, where the order's state is known and is none of `states`."""
    state = reading.facts.order_state
    if not state or state in words(parameters, "states"):
        return ()
    return _WORDING(reading, parameters)


DETECTORS: Mapping[str, Detector] = {
    "too_early": Detector(_too_early, "text", parameters={"topics": (), "states": ()}),
}

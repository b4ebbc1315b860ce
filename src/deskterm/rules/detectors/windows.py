"""Whether the moment for a message is over, or has not come: windows and quiet hours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from deskterm.domain.hours import Hours
from deskterm.rules.detectors.base import Detector, Match, Reading
from deskterm.rules.model import Parameter
from deskterm.rules.parameters import at_most, one_of, truth, word, words
from deskterm.rules.windows import LONGEST_DAYS, SINCE, Window, told

#: Where nothing in the text is found, there is nothing to quote.
_NOWHERE = ""
_SUNDAY = 6


def _window(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    only, but = words(parameters, "types"), words(parameters, "but_types")
    kind, now = reading.draft.message_type, reading.facts.now
    if kind in but or (only and kind not in only):
        return
    closes_at = Window.of(parameters).closes_at(reading.facts)
    if closes_at is None or (now > closes_at) == truth(parameters, "inside"):
        return
    yield Match(excerpt=_NOWHERE, details=told(abs(now - closes_at)))


def _window_problem(parameters: Mapping[str, Parameter]) -> tuple[str, str] | None:
    return (
        one_of(parameters, "since", SINCE)
        or at_most(parameters, LONGEST_DAYS, "days", "business_days")
        or at_most(parameters, LONGEST_DAYS * 24, "hours")
    )


def _quiet_hours(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    zone = _zone(reading.facts.buyer_zone) or _zone(word(parameters, "zone"))
    if zone is None:
        return
    there = reading.facts.now.astimezone(zone)
    quiet = _hours(parameters).hold(there.time())
    if quiet or (truth(parameters, "sundays") and there.weekday() == _SUNDAY):
        yield Match(excerpt=_NOWHERE, details=(("time", f"{there:%H:%M}"),))


def _hours(parameters: Mapping[str, Parameter]) -> Hours:
    return Hours.read(f"{word(parameters, 'from')}-{word(parameters, 'until')}")


def _hours_problem(parameters: Mapping[str, Parameter]) -> tuple[str, str] | None:
    try:
        _hours(parameters)
    except ValueError:
        return "from", "and until must be times of the day such as 21:00 and 08:00"
    if word(parameters, "zone") and _zone(word(parameters, "zone")) is None:
        return "zone", "must be a time zone such as Europe/Paris"
    return None


def _zone(name: str) -> ZoneInfo | None:
    """A time zone by its IANA name; None where there is none of that name."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


DETECTORS: Mapping[str, Detector] = {
    "window": Detector(
        _window,
        "window",
        parameters={
            "since": "last_inbound",
            "hours": 0,
            "days": 0,
            "business_days": 0,
            "types": tuple[str, ...](),
            "but_types": tuple[str, ...](),
            "inside": False,
        },
        details=frozenset({"closed"}),
        problem=_window_problem,
    ),
    "quiet_hours": Detector(
        _quiet_hours,
        "window",
        parameters={"from": "21:00", "until": "08:00", "zone": "", "sundays": False},
        details=frozenset({"time"}),
        problem=_hours_problem,
    ),
}

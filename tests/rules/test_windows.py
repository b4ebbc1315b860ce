"""Windows and quiet hours: open, over, not known."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.rules.detectors.base import Match
from deskterm.rules.engine import check
from deskterm.rules.model import Draft, Facts
from deskterm.rules.pack import parse_pack
from deskterm.rules.windows import Window
from tests.rules.looking import look
from tests.rules.support import FACTS, NOW

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def ago(time: timedelta) -> Facts:
    return replace(FACTS, last_inbound_at=NOW - time)


def told(matches: list[Match]) -> dict[str, str]:
    (match,) = matches
    return dict(match.details)


def test_a_window_is_open_to_its_last_moment_and_then_closed() -> None:
    assert look("window", facts=ago(24 * HOUR), hours=24) == []
    (match,) = look("window", facts=ago(24 * HOUR + timedelta(seconds=1)), hours=24)
    assert match.sure
    assert look("window", facts=FACTS, hours=24) == []


@pytest.mark.parametrize(
    ("closed_for", "words"),
    [
        (timedelta(minutes=5, seconds=50), ("5 min", "5 min")),
        (3 * HOUR, ("3 h", "3 h")),
        (47 * HOUR, ("47 h", "47 h")),
        (9 * DAY, ("9 days", "9 jours")),
    ],
)
def test_it_says_for_how_long_it_has_been_closed(
    closed_for: timedelta, words: tuple[str, str]
) -> None:
    details = told(look("window", facts=ago(DAY + closed_for), days=1))
    assert (details["closed"], details["closed.fr"]) == words


def test_a_window_may_begin_with_the_order_or_its_end() -> None:
    facts = replace(FACTS, order_created_at=NOW - 100 * DAY, order_completed_at=NOW - 10 * DAY)
    assert look("window", facts=facts, since="order_created", days=90)
    assert look("window", facts=facts, since="order_completed", days=30) == []
    assert look("window", facts=facts, since="last_inbound", days=1) == []


def test_business_days_leave_out_the_weekend() -> None:
    wednesday = datetime(2026, 11, 18, 10, tzinfo=UTC)
    window = Window("last_inbound", timedelta(), business_days=3)
    closes = window.closes_at(replace(FACTS, last_inbound_at=wednesday))
    assert closes == datetime(2026, 11, 23, 10, tzinfo=UTC)
    friday = wednesday + 2 * DAY
    facts = replace(FACTS, last_inbound_at=friday, now=friday + 4 * DAY)
    assert look("window", facts=facts, business_days=2) == []
    assert look("window", facts=replace(facts, now=friday + 5 * DAY), business_days=2)


def test_a_window_may_hold_for_some_types_of_message_only() -> None:
    facts = ago(2 * DAY)
    tagged = {"message_type": "HUMAN_AGENT"}
    assert look("window", facts=facts, hours=24)
    assert look("window", facts=facts, draft=tagged, hours=24, but_types=("HUMAN_AGENT",)) == []
    assert look("window", facts=facts, hours=24, types=("HUMAN_AGENT",)) == []
    assert look("window", facts=facts, draft=tagged, hours=24, types=("HUMAN_AGENT",))


def test_what_is_for_later_may_not_leave_within_the_window() -> None:
    only: dict[str, Any] = {"types": ("HUMAN_AGENT",), "inside": True, "hours": 24}
    tagged = {"message_type": "HUMAN_AGENT"}
    assert look("window", facts=ago(HOUR), draft=tagged, **only)
    assert look("window", facts=ago(25 * HOUR), draft=tagged, **only) == []
    assert look("window", facts=ago(HOUR), **only) == []


@pytest.mark.parametrize(
    ("at", "zone", "quiet"),
    [
        (21, "Europe/London", True),
        (23, "Europe/London", True),
        (7, "Europe/London", True),
        (8, "Europe/London", False),
        (12, "Europe/London", False),
        (20, "Europe/Paris", True),
        (21, "America/New_York", False),
        (23, "", False),
        (23, "Nowhere/Atall", False),
        (23, "../../etc/passwd", False),
    ],
)
def test_nobody_is_written_to_at_night_where_they_live(at: int, zone: str, quiet: bool) -> None:
    facts = replace(FACTS, now=NOW.replace(hour=at), buyer_zone=zone)
    assert bool(look("quiet_hours", facts=facts)) is quiet


def test_quiet_hours_have_a_usual_zone_and_may_hold_all_sunday() -> None:
    sunday_noon = replace(FACTS, now=datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert look("quiet_hours", facts=sunday_noon, zone="Europe/Paris") == []
    (match,) = look("quiet_hours", facts=sunday_noon, zone="Europe/Paris", sundays=True)
    assert dict(match.details) == {"time": "13:00"}
    early = replace(FACTS, now=NOW.replace(hour=6), buyer_zone="Europe/Berlin")
    assert look("quiet_hours", facts=early, from_="20:00", until="06:30") == []


_PACK = {
    "pack": {"channel": "short", "version": "1", "review_days": 1},
}


def _rule(detector: str, gate: str, **parameters: object) -> dict[str, object]:
    return {
        "id": "short.rule",
        "says": {"en": "It closed {closed} ago.", "fr": "Fermé depuis {closed}."},
        "severity": "block",
        "gate": gate,
        "check": {"detector": detector, **parameters},
        "fix": "none",
        "source": "House default",
        "source_kind": "house",
        "checked_on": NOW.date(),
    }


@pytest.mark.parametrize(
    ("detector", "parameters", "problem"),
    [
        ("window", {"since": "last_inbund"}, "check: since must be one of last_inbound"),
        ("window", {"days": -1}, "check: days must be between 0"),
        ("window", {"hours": 10**9}, "check: hours must be between 0"),
        ("quiet_hours", {"from": "25:00"}, "check: from and until must be times"),
        ("quiet_hours", {"zone": "Paris"}, "check: zone must be a time zone"),
    ],
)
def test_a_pack_with_a_window_that_cannot_be_is_refused(
    detector: str, parameters: dict[str, object], problem: str
) -> None:
    rule = _rule(detector, "window", **parameters)
    if detector != "window":
        rule["says"] = {"en": "Not now."}
    with pytest.raises(DesktermError, match=problem):
        parse_pack({**_PACK, "rule": [rule]}, "file")


def test_a_rule_tells_it_in_each_of_its_languages() -> None:
    pack = parse_pack({**_PACK, "rule": [_rule("window", "window", days=1)]}, "file")
    (finding,) = check(Draft("Hello", "short"), ago(5 * DAY), [pack]).findings
    assert finding.severity == "block"
    assert finding.says == {"en": "It closed 4 days ago.", "fr": "Fermé depuis 4 jours."}

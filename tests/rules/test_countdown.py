"""Until when a ticket can be answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from deskterm.rules.countdown import countdown
from deskterm.rules.model import RulePack
from deskterm.rules.pack import parse_pack
from tests.rules.support import FACTS, NOW

WROTE = NOW - timedelta(hours=20)
FACTS_THEN = replace(FACTS, last_inbound_at=WROTE)


def a_rule(name: str, severity: str = "block", to: Any = None, **parameters: Any) -> Any:
    return {
        "id": f"chat.{name}",
        "says": {"en": f"{name}: closed {{closed}} ago.", "fr": f"{name} : depuis {{closed}}."},
        "severity": severity,
        "gate": "window",
        "check": {"detector": "window", **parameters},
        "applies": {"to": to} if to else {},
        "fix": "none",
        "source": "House default",
        "source_kind": "house",
        "checked_on": NOW.date(),
    }


def a_pack(*rules: Any) -> list[RulePack]:
    head = {"channel": "chat", "version": "1", "review_days": 1}
    return [parse_pack({"pack": head, "rule": list(rules)}, "file")]


def test_the_window_that_closes_first_counts() -> None:
    found = countdown(a_pack(a_rule("week", days=7), a_rule("day", hours=24)), FACTS_THEN)
    assert found is not None
    assert (found.rule, found.closes_at) == ("chat.day", WROTE + timedelta(hours=24))
    assert found.says == {"en": "day: closed {closed} ago.", "fr": "day : depuis {closed}."}


@pytest.mark.parametrize(
    "rule",
    [
        a_rule("told", "hint", hours=24),
        a_rule("ours", to=["initiative"], hours=24),
        a_rule("tagged", types=["HUMAN_AGENT"], days=7),
        a_rule("tag", types=["HUMAN_AGENT"], inside=True, hours=24),
        a_rule("too_early", inside=True, hours=24),
        a_rule("order", since="order_created", days=90),
    ],
)
def test_a_window_that_is_none_for_an_answer_is_no_countdown(rule: Any) -> None:
    assert countdown(a_pack(rule), FACTS_THEN) is None


def test_without_a_message_of_the_customer_nothing_runs() -> None:
    assert countdown(a_pack(a_rule("day", hours=24)), FACTS) is None
    tagged = a_rule("day", hours=24, but_types=["HUMAN_AGENT"])
    assert countdown(a_pack(tagged), FACTS_THEN) is not None
    assert countdown(a_pack(a_rule("ask", "warn", hours=24)), FACTS_THEN) is not None

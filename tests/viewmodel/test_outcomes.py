"""What a notice says at the end of a command."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.service.table import TABLE
from deskterm.viewmodel.keys import Keymap
from deskterm.viewmodel.outcomes import Outcomes
from tests.ui.panes import NOW

OUTCOMES = Outcomes(
    Keymap(TABLE.values()).key_of,
    lambda: NOW,
    ZoneInfo("Europe/Paris"),
    {command.id: command.title for command in TABLE.values()},
)


@pytest.mark.parametrize(
    ("command_id", "one", "told"),
    [
        ("ticket.resolve", {}, "Resolved k7m2q9 · e · z undoes"),
        (
            "ticket.snooze",
            {"until": "2026-11-10T08:00:00.000Z"},
            "Snoozed k7m2q9 until tomorrow 09:00 · s · z undoes",
        ),
        ("ticket.take", {"assignee": "anna"}, "anna owns k7m2q9 · a · z undoes"),
        ("ticket.assign", {"assignee": None}, "Nobody owns k7m2q9 · A · z undoes"),
        ("ticket.tag", {"tags": ["vip"]}, "Tags of k7m2q9: #vip · t · z undoes"),
        ("ticket.unread", {"unread": True}, "Unread: k7m2q9 · u · z undoes"),
        ("ticket.spam", {}, "k7m2q9 is spam · ! · z undoes"),
        (
            "ticket.reason",
            {"reason": "wismo"},
            "Contact reason of k7m2q9: where is my order · T · z undoes",
        ),
        ("ticket.reason", {"reason": None}, "k7m2q9 has no contact reason · T · z undoes"),
        ("ticket.priority", {"priority": "high"}, "Priority of k7m2q9: high · p · z undoes"),
        ("ticket.merge", {"into": "abc234"}, "k7m2q9 is merged into abc234 · M · z undoes"),
        ("ticket.phone_log", {"note": "uid"}, "Call kept on k7m2q9 · H · z undoes"),
        ("ticket.split", {"new": "abc234"}, "Split off k7m2q9: abc234 · z undoes"),
    ],
)
def test_the_act_its_key_and_the_way_back(
    command_id: str, one: Mapping[str, object], told: str
) -> None:
    result = {"done": [{"ticket": "k7m2q9", **one}], "skipped": []}
    assert OUTCOMES.done(TABLE[command_id], result) == told


def test_undo_says_what_it_undid_and_what_stayed() -> None:
    result = {
        "label": "ticket.resolve",
        "tickets": ["k7m2q9"],
        "changed": ["status"],
        "kept": ["assignee of k7m2q9: ben changed it"],
    }
    told = OUTCOMES.done(TABLE["app.undo"], result)
    assert told == (
        "Undone: Resolve k7m2q9 · left alone: assignee of k7m2q9: ben changed it · Z does it again"
    )


def test_a_refusal_says_why() -> None:
    error = DesktermError("Resolve: It is resolved already", code="disabled")
    assert OUTCOMES.refused(TABLE["ticket.resolve"], error) == "Resolve: It is resolved already"
    error = DesktermError("'x' is not a time", "Nothing was changed")
    told = OUTCOMES.refused(TABLE["ticket.snooze"], error)
    assert told == "Snooze: 'x' is not a time. Nothing was changed"


def test_what_cannot_be_undone_does_not_say_so() -> None:
    assert OUTCOMES.done(TABLE["sync.now"], {}) == "Looking for news · R"
    assert "undoes" not in OUTCOMES.done(TABLE["outbox.mark_sent"], {})

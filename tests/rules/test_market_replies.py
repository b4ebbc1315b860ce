"""Whole replies on the marketplaces, against all packs of their channel."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from deskterm.rules.engine import check
from deskterm.rules.library import packs_for
from deskterm.rules.model import CheckResult, Draft
from tests.rules.support import FACTS, NO_HURRY_MS

_REPLIES = tomllib.loads(Path(__file__).with_name("market_replies.toml").read_text("utf-8"))


def _checked(channel: str, text: str) -> CheckResult:
    return check(Draft(text, channel), FACTS, packs_for(channel), budget_ms=NO_HURRY_MS)


def _told(kind: str) -> list[tuple[str, str]]:
    return [(channel, text) for channel in _REPLIES for text in _REPLIES[channel][kind]]


@pytest.mark.parametrize(("channel", "text"), _told("blocked"))
def test_what_leads_away_is_blocked(channel: str, text: str) -> None:
    assert _checked(channel, text).verdict == "block"


@pytest.mark.parametrize(("channel", "text"), _told("clean"))
def test_a_clean_reply_draws_nothing(channel: str, text: str) -> None:
    assert _checked(channel, text).findings == ()

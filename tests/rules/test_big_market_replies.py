"""Whole replies on Amazon, eBay, Walmart and Etsy, against all packs of their channel."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from deskterm.rules.engine import check
from deskterm.rules.library import packs_for
from deskterm.rules.model import Draft, DraftKind, Verdict
from tests.rules.support import FACTS, NO_HURRY_MS

_REPLIES = tomllib.loads(Path(__file__).with_name("big_market_replies.toml").read_text("utf-8"))


def _verdict(channel: str, text: str, kind: DraftKind = "reply") -> Verdict:
    draft = Draft(text, channel, kind=kind)
    return check(draft, FACTS, packs_for(channel), budget_ms=NO_HURRY_MS).verdict


def _replies(kind: str) -> list[tuple[str, str]]:
    return [(channel, text) for channel in _REPLIES for text in _REPLIES[channel].get(kind, [])]


@pytest.mark.parametrize(("channel", "text"), _replies("blocked"))
def test_what_a_market_forbids_is_blocked(channel: str, text: str) -> None:
    assert _verdict(channel, text) == "block"


@pytest.mark.parametrize(("channel", "text"), _replies("unasked"))
def test_what_nobody_asked_for_is_blocked(channel: str, text: str) -> None:
    assert _verdict(channel, text, "initiative") == "block"


@pytest.mark.parametrize(("channel", "text"), _replies("told"))
def test_what_is_doubtful_is_told(channel: str, text: str) -> None:
    assert _verdict(channel, text) in ("warn", "block")


@pytest.mark.parametrize(("channel", "text"), _replies("clean"))
def test_a_clean_reply_leaves(channel: str, text: str) -> None:
    assert _verdict(channel, text) == "ok"

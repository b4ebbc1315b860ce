"""Replies written for these tests, short and long, with the verdict that their channel gives."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from deskterm.rules.engine import check
from deskterm.rules.library import packs_for
from deskterm.rules.model import Draft, Facts
from tests.rules.support import NO_HURRY_MS, NOW

_REPLIES = [
    group
    for name in ("replies.toml", "clean_replies.toml")
    for group in tomllib.loads(Path(__file__).with_name(name).read_text("utf-8"))["replies"]
]


@pytest.mark.parametrize(
    "group",
    [pytest.param(g, id=f"{g['expect']}-{g['channel']}-{g['language']}") for g in _REPLIES],
)
def test_a_reply_gets_the_verdict_of_its_channel(group: dict[str, Any]) -> None:
    packs = packs_for(group["channel"])
    facts = Facts(now=NOW, buyer_language=group["language"])
    wrong = {}
    for text in group["texts"]:
        draft = Draft(text, group["channel"], language=group["language"])
        result = check(draft, facts, packs, budget_ms=NO_HURRY_MS)
        if result.verdict != group["expect"]:
            wrong[text] = [(found.rule, found.excerpt) for found in result.findings]
    assert wrong == {}


def test_there_are_replies_in_five_languages() -> None:
    for expect in ("block", "ok"):
        languages = {group["language"] for group in _REPLIES if group["expect"] == expect}
        assert languages == {"en", "fr", "de", "es", "it"}

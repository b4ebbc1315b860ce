"""The practice cases: what these detectors can decide they decide, and clean text stays clean."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from deskterm.rules.case import read_case
from deskterm.rules.engine import check
from deskterm.rules.library import packs_for
from tests.rules.support import NO_HURRY_MS, NOW

_FILE = Path(__file__).parents[1] / "data" / "policy_dev" / "cases.jsonl"
_CASES = [json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]
#: Reasons for a block that need nothing but the draft and no pack of a marketplace.
_DECIDABLE = {"payment_data", "placeholder", "empty"}


def _verdict(raw: dict[str, Any]) -> str:
    case = read_case(raw, now=NOW)
    packs = packs_for(case.draft.channel, operator=case.facts.operator)
    return check(case.draft, case.facts, packs, budget_ms=NO_HURRY_MS).verdict


def _cases(wanted: list[dict[str, Any]]) -> list[Any]:
    assert wanted
    return [pytest.param(raw, id=raw["id"]) for raw in wanted]


@pytest.mark.parametrize("raw", _cases([c for c in _CASES if c["expect"] == "ok"]))
def test_clean_text_draws_nothing(raw: dict[str, Any]) -> None:
    assert _verdict(raw) == "ok"


@pytest.mark.parametrize(
    "raw",
    _cases(
        [
            c
            for c in _CASES
            if c["expect"] == "block" and (c["channel"] == "email" or c["rule_hint"] in _DECIDABLE)
        ]
    ),
)
def test_what_can_be_decided_is_blocked(raw: dict[str, Any]) -> None:
    assert _verdict(raw) == "block"


def test_the_set_is_whole() -> None:
    assert len(_CASES) == 156
    assert len({raw["id"] for raw in _CASES}) == 156

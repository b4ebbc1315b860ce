"""Short ways to make drafts, facts and packs."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from deskterm.rules.engine import check
from deskterm.rules.library import bundled_packs
from deskterm.rules.model import CheckResult, Draft, Facts, RulePack

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
FACTS = Facts(now=NOW)
#: Long enough for any test; the budget has tests of its own.
NO_HURRY_MS = 600_000.0


def all_rules() -> dict[str, RulePack]:
    """Each bundled rule by its id, alone in its pack."""
    return {
        rule.id: replace(pack, rules=(rule,)) for pack in bundled_packs() for rule in pack.rules
    }


def check_with(rule_id: str, text: str = "Hello.", **draft: Any) -> CheckResult:
    """What one rule alone says to a text on the channel email."""
    written = replace(Draft(text, "email"), **draft)
    return check(written, FACTS, [all_rules()[rule_id]], budget_ms=NO_HURRY_MS)

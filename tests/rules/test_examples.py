"""Every example of the bundled packs, and what a bundled pack must have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deskterm.rules.case import read_case
from deskterm.rules.engine import check
from deskterm.rules.library import bundled_packs
from deskterm.rules.model import DRAFT_GATES, Example, RulePack
from tests.rules.drawing import drawn
from tests.rules.support import NO_HURRY_MS, NOW, all_rules

_RULES = all_rules()
_EXAMPLES = [
    pytest.param(pack, example, id=f"{rule_id}-{number}")
    for rule_id, pack in _RULES.items()
    for number, example in enumerate(pack.rules[0].examples, 1)
]
#: Families of rules that a pack holds, where they are not those of its own name.
_FAMILIES = {
    "carriers": {"tracking"},
    "live_chat": {"chat", "crisp", "intercom"},
    "meta": {"meta", "messenger"},
    "reviews": {"review"},
    "tiktok_social": {"tiktok"},
}
_SHARED_PAGE = Path(__file__).parents[2] / "docs" / "rules-shared.md"


@pytest.mark.parametrize(("pack", "example"), _EXAMPLES)
def test_the_rule_says_what_its_example_expects(
    pack: RulePack, example: Example, tmp_path: Path
) -> None:
    case = read_case(drawn({"channel": pack.channel, **example.case}, tmp_path), now=NOW)
    assert case.unknown == ()
    result = check(case.draft, case.facts, [pack], budget_ms=NO_HURRY_MS)
    said = "hint" if result.verdict == "ok" and result.findings else result.verdict
    assert said == example.expect, result.findings
    assert {finding.rule for finding in result.findings} <= {pack.rules[0].id}


@pytest.mark.parametrize("rule_id", _RULES)
def test_a_bundled_rule_is_complete(rule_id: str) -> None:
    pack = _RULES[rule_id]
    rule = pack.rules[0]
    assert rule_id.partition(".")[0] in _FAMILIES.get(pack.channel, {pack.channel})
    assert set(rule.says) == {"en", "fr"}
    if rule.gate in DRAFT_GATES:
        expected = [example.expect for example in rule.examples]
        assert rule.severity in expected
        assert "ok" in expected


@pytest.mark.parametrize("pack", bundled_packs(), ids=lambda pack: pack.channel)
def test_the_page_of_a_pack_names_its_rules_and_severities(pack: RulePack) -> None:
    page = Path(pack.file).with_name("RULES.md")
    if pack.channel == "everywhere":
        assert not page.exists()
        return
    text = page.read_text(encoding="utf-8") if page.exists() else _part_of_the_shared_page(pack)
    checked = re.split(r"^#{2,3} Held elsewhere|^#{2,3} Examples", text, flags=re.MULTILINE)[0]
    rows = [row.split("|") for row in checked.splitlines() if row.startswith("| `")]
    named = {row[1].strip(" `"): row[2].strip() for row in rows}
    assert named == {rule.id: rule.severity for rule in pack.rules}


def _part_of_the_shared_page(pack: RulePack) -> str:
    assert Path(pack.file).parent.name == "packs"
    page = _SHARED_PAGE.read_text(encoding="utf-8")
    _, found, part = page.partition(f"\n## {pack.channel}: ")
    assert found
    return part.partition("\n## ")[0]

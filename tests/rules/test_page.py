"""The page of all rules is the packs' own word."""

from __future__ import annotations

from pathlib import Path

from deskterm.rules.library import bundled_packs
from deskterm.rules.page import page

_PAGE = Path(__file__).parents[2] / "docs" / "all-rules.md"


def test_the_page_of_all_rules_is_up_to_date() -> None:
    again = "run: python -m deskterm.rules.page > docs/all-rules.md"
    assert _PAGE.read_text(encoding="utf-8") == page(), again


def test_every_rule_has_one_row() -> None:
    rows = [line.split("`")[1] for line in page().splitlines() if line.startswith("| `")]
    known = [rule.id for pack in bundled_packs() for rule in pack.rules]
    assert set(rows) > set(known)
    assert len(rows) == len(set(rows))

"""Packs of the marketplaces: texts too long to be examples, and what operators want otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deskterm.rules.engine import check
from deskterm.rules.library import packs_for
from deskterm.rules.model import Draft, Verdict
from tests.rules.support import FACTS, NO_HURRY_MS, all_rules


@pytest.mark.parametrize(
    ("rule_id", "text", "verdict"),
    [
        ("mirakl.length", "é" * 50_001, "block"),
        ("mirakl.length", "é" * 50_000, "ok"),
        ("woocommerce.note_max_bytes", "a log of the boiler\n" * 3_500, "block"),
        ("woocommerce.note_max_bytes", "<b>é</b>" * 17_500, "block"),
        ("woocommerce.note_max_bytes", "a step " * 1_142, "ok"),
        ("woocommerce.note_max_bytes", "x" * 20_000, "ok"),
        ("tiktok_shop.text_max_2000", "é" * 2_400, "block"),
        ("tiktok_shop.text_max_2000", "é" * 1_200, "ok"),
    ],
)
def test_the_longest_text(rule_id: str, text: str, verdict: Verdict) -> None:
    pack = all_rules()[rule_id]
    result = check(Draft(text, pack.channel), FACTS, [pack], budget_ms=NO_HURRY_MS)
    # A text longer than what patterns look at is told of beside the rule.
    found = {finding.rule for finding in result.findings} & {rule_id}
    assert found == ({rule_id} if verdict == "block" else set())
    assert verdict == "ok" or result.verdict == verdict


@pytest.mark.parametrize(
    ("operator", "text"),
    [
        ("leroymerlin", "Ouvrez la commande sur www.leroymerlin.fr."),
        ("decathlon", "Su pedido está en decathlon.es, en su cuenta."),
        ("fnac", "Sur fnac.com, ouvrez la commande."),
        ("darty", "La facture est sur www.darty.com/compte."),
        ("mediamarktsaturn", "Telefon: 030 23125 014"),
    ],
)
def test_an_operators_own_pages_are_no_way_out(operator: str, text: str) -> None:
    facts = replace(FACTS, operator=operator)
    packs = packs_for("mirakl", operator=operator)
    assert check(Draft(text, "mirakl"), facts, packs, budget_ms=NO_HURRY_MS).findings == ()

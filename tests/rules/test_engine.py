"""The engine: verdicts, order, places, budget."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.rules.detectors.base import TEXT_CAP
from deskterm.rules.engine import MAX_PER_RULE, check
from deskterm.rules.library import packs_for
from deskterm.rules.model import Applies, AttachmentFacts, Draft, Facts, RulePack, TextLimit
from deskterm.rules.standing import UNCHECKED
from tests.rules.support import FACTS, NO_HURRY_MS, NOW, all_rules, check_with

_EMAIL = packs_for("email")
_PIECES = st.sampled_from(
    [
        "{{", "}}", "{{a}}", "[name]", "<", ">", "XXX", "%A_B%", "${", "Hello", "Dear", " ,", "\n",
        "  ", "None", "order #", "4111 1111 1111 1111", "send us your CVV", "\u200b", "０", "é",
        "n°", "\ud800", "ﷺ", "\u202e", "e\u0301", "👍", "\x00", "a" * 50, ":", ".",
    ]
)  # fmt: skip
_TEXTS = st.text() | st.lists(_PIECES).map("".join)


def _rules(packs: Sequence[RulePack]) -> set[str]:
    return {rule.id for pack in packs for rule in pack.rules}


def test_a_clean_reply_is_ok_and_its_digest_is_of_the_exact_text() -> None:
    text = "Hello Ana,\r\nyour parcel has left. \n"
    result = check(Draft(text, "email"), FACTS, _EMAIL)
    assert result.verdict == "ok"
    assert result.findings == ()
    assert result.digest == hashlib.sha256(text.encode()).hexdigest()
    assert result.ms >= 0


def test_hints_alone_leave_it_ok() -> None:
    result = check_with("email.subject_kept", subject="Re: Re: parcel")
    assert [finding.severity for finding in result.findings] == ["hint"]
    assert result.verdict == "ok"


def test_the_strictest_finding_is_the_verdict() -> None:
    text = "Bonjour ,\nvotre colis {{order.number}} est parti."
    result = check(Draft(text, "email"), FACTS, _EMAIL)
    assert [(f.rule, f.severity, f.excerpt) for f in result.findings] == [
        ("everywhere.no_empty_value", "warn", "Bonjour ,"),
        ("everywhere.no_placeholder", "block", "{{order.number}}"),
    ]
    assert result.verdict == "block"


def test_findings_mark_the_original_text() -> None:
    text = "\u200bé０ {\u200b{na\u200bme}} and ４１１１ １１１１ １１１１ １１１１\u200b."
    result = check(Draft(text, "email"), FACTS, _EMAIL)
    assert [text[f.start : f.end] for f in result.findings] == [
        "{\u200b{na\u200bme}}",
        "４１１１ １１１１ １１１１ １１１１",
    ]


def test_a_place_is_told_once_by_the_most_particular_rule() -> None:
    result = check(Draft("Card 4111 1111 1111 1111.", "email"), FACTS, _EMAIL)
    assert [finding.rule for finding in result.findings] == ["email.no_card_numbers"]
    everywhere, *_, email = _EMAIL
    softer = replace(email, rules=tuple(replace(rule, severity="warn") for rule in email.rules))
    result = check(Draft("Card 4111 1111 1111 1111.", "email"), FACTS, [everywhere, softer])
    assert [f.rule for f in result.findings] == ["everywhere.no_card_numbers"]
    assert result.verdict == "block"


def test_a_changed_severity_is_told() -> None:
    pack = all_rules()["everywhere.no_placeholder"]
    lowered = replace(pack, rules=(replace(pack.rules[0], severity="warn", shop_changed=True),))
    result = check(Draft("{{a_b}}", "email"), FACTS, [lowered])
    assert result.verdict == "warn"
    assert result.findings[0].changed_from == "block"


def test_an_excerpt_is_cut() -> None:
    result = check(
        Draft("x" * 1_000, "email"), replace(FACTS, limits=TextLimit(10)), packs_for("other")
    )
    (finding,) = result.findings
    assert (finding.start, finding.end, len(finding.excerpt)) == (10, 1_000, 80)
    assert "990" in finding.says["en"]
    assert "10" in finding.says["fr"]


def test_many_places_are_told_by_the_first_sure_ones() -> None:
    text = "[date] " * 200 + "{{a}} " * 200
    result = check_with("everywhere.no_placeholder", text)
    assert len(result.findings) == MAX_PER_RULE
    assert {finding.excerpt for finding in result.findings} == {"{{a}}"}


def test_out_of_time_is_said_for_each_rule_left_out() -> None:
    clock, draft = count(), Draft("{{a}}", "email")
    result = check(draft, FACTS, _EMAIL, timer=lambda: float(next(clock)))
    assert {finding.rule for finding in result.findings} == {UNCHECKED.id}
    asked = {
        r.id for pack in _EMAIL for r in pack.rules if r.checks and r.applies.holds(draft, FACTS)
    }
    assert {finding.excerpt for finding in result.findings} == asked
    assert result.verdict == "warn"


@pytest.mark.parametrize(
    ("text", "whole"), [("Hello. " + "All is well. " * 10, True), ("All is well. " * 200, False)]
)
def test_a_stall_of_the_machine_leaves_no_rule_of_a_short_text_out(text: str, whole: bool) -> None:
    ticks = count()
    draft = Draft(text, "email")
    result = check(draft, FACTS, _EMAIL, timer=lambda: 0.1 * (next(ticks) > 3))
    assert (UNCHECKED.id not in {finding.rule for finding in result.findings}) == whole


def test_what_is_cheap_was_checked_of_a_text_that_takes_too_long() -> None:
    ticks = count()
    draft = Draft("All is well. " * 1_000, "ebay")
    result = check(draft, FACTS, packs_for("ebay"), timer=lambda: 0.1 * (next(ticks) > 8))
    assert result.verdict == "block"
    told = {finding.rule for finding in result.findings}
    assert {"ebay.text_length", UNCHECKED.id} <= told


def test_a_rule_that_shares_a_look_needs_no_time() -> None:
    times = iter([0.0] * 3)  # the start, and two looks: for numbers, and for requests
    everywhere = all_rules()["everywhere.no_card_numbers"]
    email = all_rules()["email.no_card_numbers"]
    draft = Draft("Card 4111 1111 1111 1111.", "email")
    result = check(draft, FACTS, [everywhere, email], timer=lambda: next(times))
    assert [finding.rule for finding in result.findings] == ["email.no_card_numbers"]


def test_a_text_too_long_to_be_read_in_full_warns() -> None:
    text = "word " * (TEXT_CAP // 5) + "{{a}}"
    result = check(Draft(text, "email"), FACTS, _EMAIL, budget_ms=NO_HURRY_MS)
    assert [(f.rule, f.start, f.end) for f in result.findings] == [
        (UNCHECKED.id, TEXT_CAP, len(text))
    ]
    assert result.verdict == "warn"


@pytest.mark.parametrize(
    ("applies", "draft", "facts", "speaks"),
    [
        (Applies(), {}, {}, True),
        (Applies(to=frozenset({"reply"})), {}, {}, True),
        (Applies(to=frozenset({"reply"})), {"kind": "initiative"}, {}, False),
        (Applies(to=frozenset({"api_text"})), {}, {}, False),
        (Applies(to=frozenset({"api_text"})), {}, {"api_text": True}, True),
        (Applies(stage=frozenset({"presale"})), {}, {}, False),
        (Applies(stage=frozenset({"presale"})), {}, {"stage": "presale"}, True),
        (Applies(site=frozenset({"fr"})), {}, {"site": "de"}, False),
        (Applies(site=frozenset({"fr", ""})), {}, {}, True),
        (Applies(operator=frozenset({"fnac"})), {}, {"operator": "fnac"}, True),
        (Applies(operator=frozenset({"fnac"})), {}, {"operator": "Fnac"}, True),
        (Applies(not_operator=frozenset({"fnac"})), {}, {"operator": "Fnac"}, False),
        (Applies(not_operator=frozenset({"fnac"})), {}, {"operator": "darty"}, True),
        (Applies(not_operator=frozenset({"fnac"})), {}, {}, True),
        (
            Applies(to=frozenset({"reply"}), operator=frozenset({"fnac"})),
            {"kind": "automatic"},
            {"operator": "fnac"},
            False,
        ),
    ],
)
def test_a_rule_speaks_where_it_applies(
    applies: Applies, draft: dict[str, Any], facts: dict[str, Any], speaks: bool
) -> None:
    pack = all_rules()["everywhere.no_empty_text"]
    narrowed = replace(pack, rules=(replace(pack.rules[0], applies=applies),))
    result = check(
        replace(Draft("", "email"), **draft), replace(Facts(now=NOW), **facts), [narrowed]
    )
    assert bool(result.findings) is speaks


@settings(deadline=None)
@given(_TEXTS, _TEXTS, st.sampled_from(["characters", "utf16", "bytes"]))
def test_never_raises_and_every_place_lies_in_the_text(text: str, other: str, unit: str) -> None:
    draft = Draft(
        text,
        "email",
        subject=other,
        attachments=(AttachmentFacts(other, other, 1),),
        recipients=(other,),
        sender=other,
    )
    facts = Facts(
        now=NOW,
        values={other: text},
        limits=TextLimit(3, unit),  # type: ignore[arg-type]  # drawn from the three units
        allowed_recipients=frozenset(),
        identities=frozenset(),
        thread_subject=text,
    )
    result = check(draft, facts, _EMAIL, budget_ms=NO_HURRY_MS)
    places = [(finding.start, finding.end) for finding in result.findings]
    assert all(0 <= start <= end <= len(text) for start, end in places)
    assert places == sorted(places)
    assert (result.verdict == "block") == any(f.severity == "block" for f in result.findings)

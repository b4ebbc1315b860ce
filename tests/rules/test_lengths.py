"""How long a text is in each channel's unit, and where it runs over."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from deskterm.rules.lengths import Unit, fitting, length
from deskterm.rules.model import TextLimit
from deskterm.rules.segments import beyond_gsm, segments
from tests.rules.looking import look
from tests.rules.support import FACTS

EMOJI = "\U0001f4e6"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("é" * 160, 1),
        ("a" * 160 + "ê", 3),
        ("’" + "a" * 149, 3),
        ("ê" * 70, 1),
        ("ê" * 71, 2),
        ("ê" * 134, 2),
        ("ê" * 135, 3),
        (EMOJI * 35, 1),
        (EMOJI * 36, 2),
        # 33 pairs make 66 units; the 34th does not go into the 67 of one part.
        (EMOJI * 66, 2),
        (EMOJI * 67, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        # An escape and its character stay together: 76 pairs in 153 places.
        ("€" * 152, 2),
        ("€" * 153, 3),
        ("a\nb\rc\f", 1),
    ],
)
def test_a_text_message_has_parts(text: str, parts: int) -> None:
    assert segments(text) == parts


def test_one_character_turns_it_all() -> None:
    assert beyond_gsm("Déjà là: 5 €, [ok]") is None
    assert beyond_gsm("Votre reçu") == 8
    assert beyond_gsm("It’s") == 2


@pytest.mark.parametrize(
    ("unit", "text", "count"),
    [
        ("characters", "é" + EMOJI, 2),
        ("utf16", "é" + EMOJI, 3),
        ("bytes", "é" + EMOJI, 6),
        ("segments", "é" + EMOJI, 1),
        ("bytes", "\ud800", 3),
    ],
)
def test_each_channel_has_its_unit(unit: Unit, text: str, count: int) -> None:
    assert length(text, unit) == count


@pytest.mark.parametrize("unit", ["characters", "utf16", "bytes", "segments"])
@pytest.mark.parametrize("most", [1, 2, 7])
@pytest.mark.parametrize("text", ["a" * 2_000, "é" * 2_000, "ê" * 2_000, EMOJI * 999, "a€" * 999])
def test_what_fits_is_all_that_fits(unit: Unit, most: int, text: str) -> None:
    end = fitting(text, most, unit)
    assert length(text[:end], unit) <= most
    assert length(text[: end + 1], unit) > most


def test_instagram_counts_bytes() -> None:
    text = "a" * 970 + "é" * 20
    (match,) = look("length", text, maximum=1_000, unit="bytes")
    assert dict(match.details) == {"over": "10", "maximum": "1000"}
    assert text[match.start : match.end] == "é" * 5
    assert look("length", "é" * 500, maximum=1_000, unit="bytes") == []


def test_the_connector_says_the_limit_where_the_pack_does_not() -> None:
    facts = replace(FACTS, limits=TextLimit(5, "utf16"))
    assert look("length", EMOJI * 3, facts)
    assert look("length", EMOJI * 3, facts, maximum=10) == []
    assert look("length", EMOJI * 3) == []


def test_before_it_is_too_long_it_may_be_long_enough_to_ask() -> None:
    asked: dict[str, Any] = {"maximum": 10, "ask_over": 2, "unit": "segments"}
    assert look("length", "a" * 306, **asked) == []
    (unsure,) = look("length", "a" * 307, **asked)
    assert (unsure.sure, unsure.start) == (False, 306)
    (sure,) = look("length", "a" * 1_531, **asked)
    assert (sure.sure, sure.start) == (True, 1_530)


def test_a_limit_may_belong_to_one_type_of_message() -> None:
    key: dict[str, Any] = {"message_type": "digitalAccessKey"}
    limits: dict[str, Any] = {"maximum": 4, "types": ("digitalAccessKey",)}
    assert look("length", "Hello", draft=key, **limits)
    assert look("length", "Hello", **limits) == []


@pytest.mark.parametrize(("text", "found"), [("ok", True), (" ok ", True), ("OK.", False)])
def test_a_text_can_be_too_short(text: str, found: bool) -> None:
    assert bool(look("too_short", text, minimum=3)) is found
    assert look("too_short", " ", minimum=3) == []

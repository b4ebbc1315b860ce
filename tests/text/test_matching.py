"""The matching copy: what patterns see, and the way back to the original."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.text.matching import MatchingCopy, unseen

_AWKWARD = st.text(
    st.sampled_from("aé\u0301\u200b\u00ad\u202e０٣ﷺﬁ½👍🏽\ufe0f\u3164\n \ud800\u0345")
)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("plain {text}", "plain {text}"),
        ("con\u200btact", "contact"),
        ("０６ ３９", "06 39"),
        ("٠١٢٣", "0123"),
        ("info＠example．org", "info@example.org"),
        ("e\u0301te\u0301", "été"),
        ("a\u00adb\u202ec\ufeffd\U000e0041e", "abcde"),
        ("\u3164\u115f\u2800\ufe0f", ""),
        ("ﬁn", "fin"),
        ("a\u00a0b", "a b"),
    ],
)
def test_reads_what_people_see(text: str, seen: str) -> None:
    assert MatchingCopy.of(text).text == seen


def test_tells_that_something_was_hidden() -> None:
    assert MatchingCopy.of("a\u200bb").hidden
    assert not MatchingCopy.of("été ０").hidden
    assert not MatchingCopy.of("ascii").hidden


@pytest.mark.parametrize(
    ("text", "seen", "original"),
    [
        ("see {\u200b{na\u200bme}}\u200b now", "{{name}}", "{\u200b{na\u200bme}}"),
        ("é: ４１１１ ok", "4111", "４１１１"),
        ("xﷺy", "y", "y"),
        ("un cafe\u0301 noir", "café", "cafe\u0301"),
        ("e\u200b\u0301 after", "é", "e\u200b\u0301"),
    ],
)
def test_marks_what_was_typed(text: str, seen: str, original: str) -> None:
    copy = MatchingCopy.of(text)
    place = copy.text.index(seen)
    start, end = copy.span(place, place + len(seen))
    assert text[start:end] == original


def test_a_part_of_an_expanded_character_marks_all_of_it() -> None:
    copy = MatchingCopy.of("a½b")
    assert copy.text == "a1⁄2b"
    assert copy.span(1, 2) == (1, 2)
    assert copy.span(4, 5) == (2, 3)


@pytest.mark.parametrize(("start", "end"), [(-1, 1), (2, 1), (0, 4)])
def test_refuses_what_is_no_span(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="not a span"):
        MatchingCopy.of("abc").span(start, end)


@given(_AWKWARD | st.text())
def test_every_span_lies_in_the_original_and_in_order(text: str) -> None:
    copy = MatchingCopy.of(text)
    before = 0
    for place in range(len(copy.text)):
        start, end = copy.span(place, place + 1)
        assert 0 <= start < end <= len(text)
        assert start >= before
        before = start
        empty = copy.span(place, place)
        assert empty == (start, start)
    assert copy.span(0, 0)[0] <= len(text)
    assert copy.span(len(copy.text), len(copy.text))[0] <= len(text)


@given(_AWKWARD | st.text())
def test_loses_nothing_that_is_seen(text: str) -> None:
    seen = MatchingCopy.of(text).text
    assert not any(unseen(char) for char in seen if unicodedata.category(char) == "Cf")
    if not any(map(unseen, text)):
        assert bool(seen) == bool(text)


def test_a_tower_of_marks_takes_time_in_proportion() -> None:
    # Of this many marks on one letter, sorting alone would take minutes.
    tower = "a" + "\u0301\u0323" * 100_000
    copy = MatchingCopy.of(tower)
    assert copy.span(0, len(copy.text)) == (0, len(tower))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("0\ufe0f\u20e36️⃣", "06"),
        ("🅲🅐🄻ⓛ", "CALl"),
        ("🇨 🇦 🇱 🇱", "c a l l"),
        ("🇫🇷 flag", "🇫🇷 flag"),
        ("❶➋⓪①⑵", "1201(2)"),
        ("example。org｡de․fr", "example.org.de.fr"),
        ("exаmple.org", "example.org"),
        ("αmazon", "amazon"),
        ("ᴄᴀʟʟ 𝗺𝗲 𝟬𝟲", "call me 06"),
        ("Москва оо", "Москва оо"),
        ("Ελλάδα και", "Ελλάδα και"),
        ("e-mailом 5μm", "e-mailом 5μm"),
    ],
)
def test_reads_what_only_looks_different(text: str, seen: str) -> None:
    assert MatchingCopy.of(text).text == seen


def test_a_keycap_is_marked_as_a_whole() -> None:
    copy = MatchingCopy.of("x 0\ufe0f\u20e36\ufe0f\u20e3 y")
    place = copy.text.index("06")
    assert copy.span(place, place + 2) == (2, 8)
    assert copy.span(place, place + 1) == (2, 5)

"""Fixes in the console: what they do, in words and in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.viewmodel.fixes import Rewrite, read_rewrite, rewritten, told

TEXT = "Call 06 39 98 55 66 today."


@pytest.mark.parametrize(
    ("rewrite", "words"),
    [
        (Rewrite(4, 19, ""), "takes out “06 39 98 55 66”"),
        (Rewrite(0, 0, "Order 12\n\n"), "puts in “Order 12”"),
        (Rewrite(0, 4, "Write"), "makes “Write” of “Call”"),
    ],
)
def test_a_fix_is_told_in_a_line(rewrite: Rewrite, words: str) -> None:
    assert told(TEXT, rewrite) == words


def test_a_long_place_is_told_by_its_beginning() -> None:
    words = told("word " * 100, Rewrite(0, 500, ""))
    assert len(words) < 60
    assert "\n" not in words


def test_places_are_rewritten_from_the_end_and_overlapping_ones_once() -> None:
    fixes = [Rewrite(0, 4, "Write"), Rewrite(4, 19, ""), Rewrite(10, 25, "!")]
    assert rewritten(TEXT, fixes) == ("Write 06 39!.", 2)
    assert rewritten(TEXT, [Rewrite(0, 4, "Call")]) == (TEXT, 0)
    assert rewritten(TEXT, [Rewrite(0, 0, "Hi. "), Rewrite(0, 0, "Hi. ")]) == (f"Hi. {TEXT}", 1)


@pytest.mark.parametrize(
    "strange",
    [None, 3, {}, {"start": 1}, {"start": 3, "end": 2, "instead": ""}, {"start": -1, "end": 2},
     {"start": 0, "end": 99, "instead": ""}, {"start": 0, "end": 1, "instead": None}],
)  # fmt: skip
def test_what_is_no_rewrite_is_none(strange: object) -> None:
    assert read_rewrite(strange, len(TEXT)) is None


def test_what_comes_in_is_plain() -> None:
    found = read_rewrite({"start": 0, "end": 1, "instead": "a\x1b[31m\u202eb"}, 5)
    assert found == Rewrite(0, 1, "a[31mb")


@given(st.text(), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40), st.text())))
def test_rewriting_never_fails(text: str, places: list[tuple[int, int, str]]) -> None:
    length = len(text)
    fixes = [Rewrite(min(a, b, length), min(max(a, b), length), c) for a, b, c in places]
    after, count = rewritten(text, fixes)
    assert count <= len(fixes)
    assert (after == text) or count

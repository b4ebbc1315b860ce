"""Finding words as people mean them."""

from __future__ import annotations

import unicodedata
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.viewmodel.finding import MOST, places


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("Where is my parcel?", "PARCEL", ["parcel"]),
        ("Réparé et repare", "repare", ["Réparé", "repare"]),
        ("Re\u0301pare\u0301 !", "répare", ["Re\u0301pare\u0301"]),
        ("Straße, STRASSE", "strasse", ["Straße", "STRASSE"]),
        ("Straße", "ss", ["ß"]),
        ("ﬁne", "fi", ["ﬁ"]),
        ("aaaa", "aa", ["aa", "aa"]),
        ("İstanbul", "istanbul", ["İstanbul"]),
        ("nothing", "", []),
        ("nothing", "\u0301", []),
        ("nothing", "x", []),
    ],
)
def test_what_is_found(text: str, wanted: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in places(text, wanted)] == found


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if not unicodedata.combining(c)).casefold()


@given(st.text(), st.text(min_size=1, max_size=4))
def test_each_place_holds_what_was_wanted(text: str, wanted: str) -> None:
    needle = _plain(wanted.strip())
    last = 0
    for start, end in places(text, wanted):
        assert last <= end
        assert needle in "".join(map(_plain, text[start:end]))
        last = end


def test_a_long_text_takes_no_long_time_and_marks_have_an_end() -> None:
    started = process_time()
    assert len(places("é" * 200_000, "e")) == MOST
    assert places("aß" * 100_000, "b") == []
    assert process_time() - started < 2

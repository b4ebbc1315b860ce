"""Pasted text is plain, and not too much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.viewmodel.pasted import MOST_BYTES, fitting, one_line, plain


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("a\x1b[31mb\x07\x9bc\x7f", "a[31mbc"),
        ("tab\there", "tab    here"),
        ("\ufeffabc\u202edef\u2066", "abcdef"),
        ("Élodie 👩‍👩‍👧 ۱", "Élodie 👩‍👩‍👧 ۱"),
        ("lone \ud800 surrogate", "lone  surrogate"),
    ],
)
def test_what_a_terminal_obeys_is_left_out(pasted: str, kept: str) -> None:
    assert plain(pasted) == kept


def test_a_field_of_one_line_gets_one() -> None:
    assert one_line(" a@b.example,\r\n c@d.example\n") == "a@b.example, c@d.example"


@given(st.text(max_size=200))
def test_it_is_done_in_one_go_and_can_be_encoded(text: str) -> None:
    once = plain(text)
    assert plain(once) == once
    once.encode()


def test_a_paste_is_cut_with_a_word() -> None:
    text, word = fitting("é" * MOST_BYTES, "x" * 1000)
    assert len(text.encode()) == MOST_BYTES - 1000
    assert "199 of 400 kB" in str(word)
    assert fitting("short", "") == ("short", None)
    assert fitting("short", "x" * (MOST_BYTES + 5))[0] == ""

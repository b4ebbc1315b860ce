from __future__ import annotations

import copy
import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.text.clean import SafeText, cell_width, clean, clip

any_text = st.text(st.characters(codec=None, exclude_categories=()))
nasty = st.lists(
    st.one_of(
        any_text,
        st.sampled_from(
            [
                "\x1b]52;c;cm0=\x07",
                "\x9b31m",
                "\u202egpj.exe",
                "\U000e0041",
                "e" + "\u0301" * 20,
                "\u200d" * 20,
                "a\u0301\u200b\u0301\r\u0301" * 6,
                "\r\n",
                "👩\u200d💻❤\ufe0f",
                "می\u200cخواهم",
                "\udc80",
            ]
        ),
    )
).map("".join)


def assert_safe(text: str, *, multiline: bool = True) -> None:
    for character in text:
        category = unicodedata.category(character)
        assert category not in {"Cn", "Co", "Cs", "Zl", "Zp"}
        assert category != "Cc" or (multiline and character == "\n")
        assert unicodedata.bidirectional(character) not in {
            *("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
        }
        assert not 0xE0000 <= ord(character) <= 0xE007F
    text.encode()


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain text, two\nlines", "plain text, two\nlines"),
        ("a\tb", "a    b"),
        ("a\r\nb\rc", "a\nbc"),
        ("\x1b[31mred\x07\x00\b", "␛[31mred␇␀␈"),
        ("\x7f\x80\x9b\x85", "����"),
        ("a\u2028b\u2029c", "a\nb\nc"),
        ("so\u00adft\u200b\u2060\ufeff!", "soft!"),
        ("photo\u202egpj.exe", "photo⟨U+202E⟩gpj.exe"),
        ("\u2066x\u2069\u200f\u061c", "⟨U+2066⟩x⟨U+2069⟩⟨U+200F⟩⟨U+061C⟩"),
        ("\U000e0041\ue000\u0378\ufdd0\U0010ffff", "⟨U+E0041⟩⟨U+E000⟩⟨U+0378⟩⟨U+FDD0⟩⟨U+10FFFF⟩"),
        ("\ud800\udc80", "⟨U+D800⟩⟨U+DC80⟩"),
        ("👩\u200d💻 ❤\ufe0f می\u200cخواهم", "👩\u200d💻 ❤\ufe0f می\u200cخواهم"),
        ("12\u00a0€ – l’été", "12\u00a0€ – l’été"),
        ("שלום नमस्ते สวัสดี 你好", "שלום नमस्ते สวัสดี 你好"),
        ("e" + "\u0301" * 30 + "x", "e" + "\u0301" * 8 + "x"),
        ("e" + "\u0301\u200d" * 30, "e" + "\u0301\u200d" * 4),
        ("e" + "\u0301\u200b" * 30, "e" + "\u0301" * 8),
        ("\u0600\u06dd", "\u0600\u06dd"),
        ("", ""),
    ],
)
def test_what_is_shown(raw: str, shown: str) -> None:
    assert clean(raw) == shown


def test_one_line() -> None:
    assert clean("a\nb\r\nc\td\u2028e", multiline=False) == "a b c d e"
    assert clean("Zoë\nBcc: x", multiline=False) == "Zoë Bcc: x"


@given(nasty, st.booleans())
def test_nothing_dangerous_is_left_and_twice_is_once(raw: str, multiline: bool) -> None:
    shown = clean(raw, multiline=multiline)
    assert isinstance(shown, SafeText)
    assert_safe(shown, multiline=multiline)
    assert clean(shown, multiline=multiline) == shown


def test_every_character_of_unicode() -> None:
    shown = clean("".join(map(chr, range(0x110000))))
    assert_safe("".join(set(shown)))


def test_only_clean_makes_safe_text() -> None:
    with pytest.raises(TypeError):
        SafeText("x")
    assert type(clean("a") + "\x1b") is str
    assert type("{}".format(clean("a"))) is str


def test_safe_text_survives_copying_and_pickling() -> None:
    shown = clean("a\nb\x1b")
    for other in (copy.deepcopy(shown), pickle.loads(pickle.dumps(shown))):
        assert other == shown
        assert isinstance(other, SafeText)


@pytest.mark.parametrize(
    ("raw", "width"), [("abc", 3), ("été", 3), ("e\u0301", 1), ("你好", 4), ("❤\ufe0f", 2), ("", 0)]
)
def test_cell_width(raw: str, width: int) -> None:
    assert cell_width(raw) == width


@pytest.mark.parametrize(
    ("raw", "cells", "shown"),
    [
        ("parcel", 6, "parcel"),
        ("parcel", 5, "parc…"),
        ("été", 3, "été"),
        ("étés", 3, "ét…"),
        ("你好吗", 6, "你好吗"),
        ("你好吗", 5, "你好…"),
        ("你好吗", 4, "你…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("two words", 5, "two…"),
        ("👩\u200d💻x", 4, "👩…"),
        ("ab", 1, "…"),
        ("ab", 0, ""),
        ("é", 0, ""),
        ("", 0, ""),
    ],
)
def test_clip(raw: str, cells: int, shown: str) -> None:
    assert clip(clean(raw), cells) == shown


@given(nasty, st.integers(0, 40))
def test_clipped_text_fits_and_stays_safe(raw: str, cells: int) -> None:
    shown = clip(clean(raw, multiline=False), cells)
    assert cell_width(shown) <= cells
    assert clean(shown, multiline=False) == shown

"""Lines of text cut, padded and wrapped by cells."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style
from textual.strip import Strip

from deskterm.text.clean import SafeText, clean
from deskterm.ui.painting import Piece, column, cut, highlighted, segments, wrap

HOSTILE = (
    "plain",
    "\x1b]52;c;cm0=\x07 red \x1b[31m",
    "a\x9bc\x00\x7f\r\n\tb",
    "日本語の長い件名です、とても長い",
    "👨‍👩‍👧‍👦👨‍👩‍👧‍👦 family",
    "🇫🇷🇩🇪 flags ❤️ 1️⃣",
    "é" + "\u0301" * 30 + "x",
    "\u202eright to left\u202c",
    "สวัสดี नमस्ते",
    "\u200d\ufe0f leading joiner",
    "[/b] [@click=app.quit]x[/]",
)
texts = st.text(max_size=60) | st.sampled_from(HOSTILE)


def style_of(names: str) -> Style:
    return Style(bold="bold" in names)


def shown_text(text: SafeText, spans: list[tuple[int, int]]) -> list[str]:
    return [text[start:end] for start, end in spans]


@given(texts, st.integers(0, 30))
def test_a_column_has_exactly_its_cells(text: str, cells: int) -> None:
    safe = clean(text, multiline=False)
    assert cell_len(column(safe, cells)) == cells
    assert cell_len(column(safe, cells, right=True)) == cells
    assert cell_len(cut(safe, cells)) <= cells


@given(st.lists(st.tuples(texts, st.sampled_from(["", "bold"]))), st.integers(0, 50))
def test_a_strip_has_exactly_its_width_and_no_control_characters(
    pieces: list[tuple[str, str]], width: int
) -> None:
    line = [Piece(clean(text, multiline=False), style) for text, style in pieces]
    painted = Strip(segments(line, width, style_of))
    assert sum(cell_len(segment.text) for segment in painted) == width == painted.cell_length
    assert all(segment.style is not None and segment.control is None for segment in painted)
    assert not any(unicodedata.category(c) == "Cc" for c in painted.text)


@given(texts | st.lists(texts).map("\n".join), st.integers(1, 40))
def test_wrapping_loses_nothing_but_blanks_and_fits(text: str, cells: int) -> None:
    safe = clean(text)
    spans = wrap(safe, cells)
    ends = [0, *(end for _, end in spans)]
    for before, (start, end) in zip(ends, spans, strict=False):
        assert before <= start <= end
        assert not safe[before:start].strip(" \n")
        line = safe[start:end]
        assert "\n" not in line
        assert cell_len(line) <= cells or len(line) == 1 or cells == 1
    assert not safe[ends[-1] :].strip(" ")
    assert len(spans) >= safe.count("\n") + 1


@pytest.mark.parametrize(
    ("text", "cells", "lines"),
    [
        ("abc def ghi", 7, ["abc def", "ghi"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("", 5, [""]),
        ("a\n\nb", 5, ["a", "", "b"]),
        ("日本語の長い文", 5, ["日本", "語の", "長い", "文"]),
        ("café crème brûlée", 10, ["café crème", "brûlée"]),
        ("日本 語の 長い", 7, ["日本", "語の", "長い"]),
    ],
)
def test_wrapping(text: str, cells: int, lines: list[str]) -> None:
    safe = clean(text)
    assert [line.rstrip() for line in shown_text(safe, wrap(safe, cells))] == lines


def test_a_cluster_is_not_torn_apart() -> None:
    family = "👨‍👩‍👧‍👦"
    safe = clean(family * 3)
    assert shown_text(safe, wrap(safe, 3)) == [family] * 3


def test_a_wide_pane_still_breaks_a_line_hard() -> None:
    safe = clean("x" * 5_000)
    assert [end - start for start, end in wrap(safe, 10_000)] == [2_000, 2_000, 1_000]


@pytest.mark.parametrize("unit", ["x", "漢", "x ", "漢 ", "👍🏽 ", "e\u0301"])
def test_a_large_text_is_wrapped_in_linear_time(unit: str) -> None:
    small, large = clean(unit * 5_000), clean(unit * 50_000)
    seconds = []
    for text in (small, large):
        start = time.process_time()
        wrap(text, 60)
        seconds.append(time.process_time() - start)
    assert seconds[1] < 40 * seconds[0] + 0.5


def test_a_highlight_covers_its_characters_only() -> None:
    pieces = [Piece(clean("one "), ""), Piece(clean("two three"), "bold")]
    line = Strip(segments(pieces, 20, style_of))
    marked = highlighted(line, 2, 7, Style(reverse=True))
    assert marked.text == line.text
    found = "".join(s.text for s in marked if s.style is not None and s.style.reverse)
    assert found == line.text[2:7]

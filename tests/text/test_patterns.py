"""Patterns that are compiled when they are asked for."""

from __future__ import annotations

import re

import pytest

from deskterm.text.loading import spent_loading
from deskterm.text.patterns import JoinedPatterns, Patterns


def test_a_pattern_is_compiled_once() -> None:
    patterns = Patterns(number=r"\d{1,9}", word=r"[a-z]{1,9}")
    assert patterns["number"].findall("a 12 b 3") == ["12", "3"]
    assert patterns["number"] is patterns["number"]


def test_names_are_known_before_anything_is_compiled() -> None:
    patterns = Patterns(broken="(", word=r"[a-z]{1,9}")
    assert list(patterns) == ["broken", "word"]
    assert len(patterns) == 2
    assert patterns["word"].search("word")
    with pytest.raises(re.error):
        patterns["broken"]


def test_what_is_not_there_is_said() -> None:
    assert "none" not in Patterns(word="a")
    with pytest.raises(KeyError):
        Patterns(word="a")["none"]


def test_compiling_counts_as_loading() -> None:
    patterns = Patterns(word=f"(?:{'|'.join(f'word{number}' for number in range(500))})")
    before = spent_loading()
    patterns["word"]
    compiled = spent_loading()
    patterns["word"]
    assert before.wall < compiled.wall
    assert spent_loading() == compiled


def test_tables_are_joined_by_what_stands_before_their_names() -> None:
    words, signs = Patterns(one="a", two="b"), Patterns(one="!")
    joined = JoinedPatterns({"words.": words, "signs.": signs, "empty.": {}})
    assert list(joined) == ["words.one", "words.two", "signs.one"]
    assert len(joined) == 3
    assert joined["signs.one"] is signs["one"]
    assert set(joined.values()) == {*words.values(), *signs.values()}
    with pytest.raises(KeyError):
        joined["two"]

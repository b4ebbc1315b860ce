from __future__ import annotations

import pytest

from deskterm.domain.fulltext import MOST_WORDS, fts_expression


@pytest.mark.parametrize(
    ("words", "expression"),
    [
        (["colis"], '"colis" *'),
        (["col"], '"col"'),
        (["my", "parcel"], '"my" "parcel" *'),
        (["parcel", "my"], '"parcel" "my"'),
        (["my parcel"], '"my" "parcel" *'),
        (["e-mail"], '"e-mail" *'),
        (["mail-e"], '"mail-e"'),
        (["colis!"], '"colis!" *'),
        (['5"x'], '"5""x"'),
        (["co\x00lis"], '"colis" *'),
        (["\ud800"], '""'),
        (["—", '"', "lamp"], '"lamp" *'),
        ([], '""'),
    ],
)
def test_expression(words: list[str], expression: str) -> None:
    assert fts_expression(words) == expression


def test_phrases_stand_whole_and_before_the_words() -> None:
    assert fts_expression(["late"], ["my order", "!"]) == '"my order" "late" *'
    assert fts_expression([], ["my order"]) == '"my order"'


def test_words_are_limited() -> None:
    assert fts_expression(["x"] * 5000, ["a b"]).count('"') == 2 * MOST_WORDS

"""Telling languages apart by their little words."""

from __future__ import annotations

import pytest

from deskterm.text.language import LOOKED_AT, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Hello, where is my order? I have been waiting for a week.", "en"),
        ("Bonjour, où est ma commande ? Je n’ai toujours rien reçu.", "fr"),
        ("Hallo, wo ist meine Bestellung? Ich habe noch nichts bekommen.", "de"),
        ("Hola, ¿dónde está mi pedido? Todavía no ha llegado.", "es"),
        ("Buongiorno, dove è il mio ordine? Non è ancora arrivato.", "it"),
        ("Hallo, waar is mijn bestelling? Ik heb nog niets van u gehoord.", "nl"),
    ],
)
def test_a_sentence_tells_its_language(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("text", ["", "LO-12345", "??", "ok", "中村さん、ランプが割れていました"])
def test_what_tells_nothing_has_no_language(text: str) -> None:
    assert language_of(text) is None


def test_only_the_beginning_is_looked_at() -> None:
    english = "where is my order and what is the status of it. "
    text = english * (LOOKED_AT // len(english) + 1) + "où est ma commande et je suis " * 9_000
    assert language_of(text) == "en"

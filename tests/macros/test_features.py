"""What messages are weighed by, and what never is a feature."""

from __future__ import annotations

from math import isclose
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.macros.features import Reader
from deskterm.macros.lexicon import Lexicon, load_lexicon, read_entries
from deskterm.macros.slips import Slips
from deskterm.macros.words import sentences

LEXICON = Lexicon.of(
    {
        "refund": {"en": ["refund*", "money back"], "fr": ["rembours*"]},
        "gone": {"en": ["delivered + not received"], "fr": ["livré + pas + reçu"]},
    }
)
READER = Reader(LEXICON)


def words(text: str, *names: str) -> list[str]:
    """The words of a text that may be weighed."""
    found = sentences(text, frozenset(names))
    return [word.folded for sentence in found for word in sentence.words]


def concepts(text: str) -> dict[str, str]:
    """The concepts of a text, with the customer's words."""
    said = READER.features((text, 1.0)).said
    return {name[2:]: words for name, words in said.items() if name.startswith("c:")}


@pytest.mark.parametrize(
    "text",
    [
        "Hello Zubrowka, where is it",
        "Dear Ms Zubrowka where is it",
        "where is it\nBest regards,\nZubrowka",
        "where is it\nAna Zubrowka",
        "where is it\nzubrowka@example.org",
        "where is it https://example.org/zubrowka?q=zubrowka",
        "where is it, I live at 12 Zubrowka Street",
        "where is it, I live in 12 rue Zubrowka",
        "where is it, order ZUBROWKA-4711",
        "where is it zubrowka",
        "where is it {{zubrowka}}",
    ],
)
def test_names_numbers_and_addresses_are_no_features(text: str) -> None:
    names = ("zubrowka",) if "it zubrowka" in text else ()
    assert "where" in words(text, *names)
    assert not [word for word in words(text, *names) if "zubrowka" in word]
    assert not [word for word in words(text) if any(letter.isdigit() for letter in word)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hello Where is my order", ["hello", "where", "is", "my", "order"]),
        ("it didn’t work, I can't", ["it", "did", "not", "work", "i", "can", "not"]),
        ("L’œuvre d'Élise", ["l", "oeuvre", "d", "elise"]),
        ("Merci.\nThank You", ["merci", "thank", "you"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I want my REFUNDS", {"refund": "REFUNDS"}),
        ("give me the money right back", {"refund": "money right back"}),
        ("back money", {}),
        ("not yet received, though delivered", {"gone": "not yet received … delivered"}),
        ("It was delivered. I have not received a thing", {}),
        ("Livré hier mais pas encore reçu", {"gone": "Livré … pas … reçu"}),
        ("livré et reçu", {}),
    ],
)
def test_concepts_with_the_customers_words(text: str, expected: dict[str, str]) -> None:
    assert concepts(text) == expected


def test_what_a_shop_adds_is_read_and_mistakes_are_told(tmp_path: Path) -> None:
    own = tmp_path / "lexicon.toml"
    own.write_text(
        '[refund]\nen = ["dough back", "+", 3]\nnl = "x"\n\n[engraving]\nen = ["engrav*"]\n'
    )
    entries, problems = read_entries(own)
    assert entries == {
        "refund": {"en": ("dough back",), "nl": ("x",)},
        "engraving": {"en": ("engrav*",)},
    }
    assert [(problem.line, problem.file) for problem in problems] == [(2, "lexicon.toml")] * 2
    lexicon, told = load_lexicon(own)
    assert told == problems
    found = Reader(lexicon).features(("my dough back, the engraving is bad", 1.0)).weights
    assert {"c:refund", "c:engraving"} <= found.keys()
    own.write_text('["a b"]\nen = ["x"]\n')
    assert read_entries(own)[1][0].line == 1
    own.write_text("[refund\n")
    assert read_entries(own)[1][0].line == 1


def test_the_lexicon_comes_back_from_its_lines() -> None:
    again = Lexicon(dict(LEXICON.lines))
    text = "delivered but not received, money back"
    assert Reader(again).features((text, 1.0)) == READER.features((text, 1.0))


@pytest.mark.parametrize(
    ("slip", "language", "meant"),
    [
        ("refnud", "en", "refund"),
        ("refun", "en", "refund"),
        ("reffund", "en", "refund"),
        ("rafund", "en", "refund"),
        ("refund", "en", "refund"),
        ("parcle", "en", "parcel"),
        ("umbrella", "en", "umbrella"),
        ("rfd", "en", "rfd"),
        ("parcep", "en", "parcep"),
        ("gerst", "", "gerst"),
        ("neen", "en", "been"),  # each in its language
        ("neen", "nl", "geen"),
        ("taht", "en", "that"),  # letters that changed places before another letter
        ("bck", "en", "back"),
        ("bqk", "en", "bqk"),  # so short a word needs a likely slip
    ],
)
def test_slips(slip: str, language: str, meant: str) -> None:
    english = {"refund": 2.0, "parcel": 1.0, "refunds": 1.0, "been": 4.0, "that": 5.0, "what": 5.0}
    slips = Slips({"en": {**english, "back": 4.0}, "nl": {"geen": 5.0}, "": {"gerst": 1.0}})
    assert slips.meant(slip, language) == meant


def test_the_language_of_words() -> None:
    slips = Slips({"en": {"where": 1.0, "is": 1.0, "my": 1.0}, "fr": {"ou": 1.0, "est": 1.0}})
    assert slips.language(["where", "is", "my", "ordre"]) == "en"
    assert slips.language(["ou", "where"]) == ""
    assert Slips({"": {"where": 1.0}}).language(["where"]) == ""


@pytest.mark.parametrize(
    "text",
    [
        "Thanks in advance",
        "Merci d'avance !",
        "merci de me répondre vite",
        "Merci de bien vouloir m’aider",
        "Danke im Voraus",
        "gracias de antemano",
        "grazie in anticipo",
        "alvast bedankt",
    ],
)
def test_thanks_for_what_is_asked_for_are_no_thanks(text: str) -> None:
    assert not {"merci", "thanks", "danke", "gracias", "grazie", "bedankt"} & set(words(text))


@pytest.mark.parametrize("text", ["Merci de votre retour", "thanks for the quick answer", "Merci"])
def test_thanks_are(text: str) -> None:
    assert {"merci", "thanks"} & set(words(text))


@settings(deadline=None)
@given(st.text(max_size=400))
def test_features_have_length_one_and_were_said(text: str) -> None:
    features = READER.features((text, 1.0))
    assert features.weights.keys() == features.said.keys()
    for said in features.said.values():
        assert all(part in text for part in said.split(" … "))
    if features.weights:
        assert isclose(sum(weight**2 for weight in features.weights.values()), 1.0)

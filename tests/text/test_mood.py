"""The mood of messages: tone, haste and risks, each with the customer's words."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from deskterm.text.mood import Phrases, mood_of
from deskterm.text.mood.lists import LANGUAGES, TONED, entries_of
from deskterm.text.mood.words import LOOKED_AT, words_of

_HERE = Path(__file__).parents[1]
_OWN = _HERE / "data" / "mood" / "sentences.jsonl"
_SHARED = _HERE.parents[1] / "shared" / "data"

_RISKS = {"legal", "chargeback", "review", "safety", "fraud"}
_SHARED_NAMES = {*_RISKS, "harmless"}
_TONE_NAMES = {
    "not", "angry", "cross", "upset", "hurt", "positive", "thanks", "calm", "trouble", "waiting",
    "urgent", "unhurried",
}  # fmt: skip


def _measured(rows: Iterable[dict[str, Any]]) -> tuple[float, float, float, int]:
    """The part of tones, of haste and of risks that is right, and how many risks are false."""
    tones, hastes, risks, false = [], [], [], 0
    for row in rows:
        mood = mood_of(row["text"])
        if "label" in row:
            tones.append(mood.tone == row["label"])
            hastes.append(mood.urgent == bool(row["urgent"]))
        if row["risk"] != "none":
            risks.append(row["risk"] in mood.risks)
        false += bool(set(mood.risks) - {row["risk"]})
    return sum(tones) / len(tones), sum(hastes) / len(hastes), sum(risks) / len(risks), false


def test_sentences_written_for_the_project() -> None:
    rows = [json.loads(line) for line in _OWN.read_text(encoding="utf-8").splitlines()]
    tone, haste, risk, false = _measured(rows)
    assert len(rows) >= 150
    assert tone >= 0.95
    assert haste >= 0.95
    assert risk >= 0.98
    assert false <= 1


def test_the_set_of_the_workplace() -> None:
    path = _SHARED / "tone_enfr" / "dev.jsonl.gz"
    if not path.exists():
        pytest.skip("../shared/data/tone_enfr is absent")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        tone, haste, risk, false = _measured(map(json.loads, lines))
    assert tone >= 0.9
    assert haste >= 0.9
    assert risk >= 0.95
    assert false <= 1


def test_waiting_customers_of_a_real_shop_are_not_angry() -> None:
    path = _SHARED / "fr_shop_chat" / "dev.jsonl.gz"
    if not path.exists():
        pytest.skip("../shared/data/fr_shop_chat is absent")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        moods = [mood_of(json.loads(line)["text"], "fr") for line in lines]
    assert sum(mood.tone in ("angry", "upset") for mood in moods) <= 10
    assert not any(mood.risks for mood in moods)


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("I'm furious", "angry"),
        ("Im not furious", "neutral"),
        ("I am not happy", "upset"),
        ("not bad", "neutral"),
        ("pas mal du tout", "positive"),
        ("pas mal, mais c'est trop petit", "neutral"),
        ("Toujours rien reçu", "neutral"),
        ("Toujours rien reçu, le mariage est samedi", "upset"),
        ("Je ne suis pas fâchée", "neutral"),
        ("WHERE IS MY ORDER", "upset"),
        ("WHERE IS MY ORDER!!", "angry"),
        ("HELLO, DO YOU SHIP TO SPAIN", "neutral"),
        ("Wow!! I love it", "positive"),
        ("Thanks", "positive"),
        ("Thanks, when does it ship?", "neutral"),
        ("", "neutral"),
    ],
)
def test_tone(text: str, tone: str) -> None:
    assert mood_of(text).tone == tone


@pytest.mark.parametrize(
    ("text", "urgent"),
    [
        ("I need it by Friday", True),
        ("tomorrow please", True),
        ("There is no rush", False),
        ("It isn't urgent", False),
        ("Avant vendredi, c'est possible ?", True),
        ("Rien d'urgent", False),
        ("Ce n'est pas très urgent", False),
        ("It was promised by Friday", False),
        ("I'll post it back tomorrow", False),
        ("My account was hacked", True),
    ],
)
def test_haste(text: str, urgent: bool) -> None:
    assert mood_of(text).urgent is urgent


@pytest.mark.parametrize(
    "text",
    [
        "Is it available in smoke grey?",
        "Do you have court shoes in size 40?",
        "J'aimerais une huile d'avocat",
        "Un avis de passage était dans la boîte",
        "Le consumo eléctrico es bajo",
        "Quanto dura la garanzia legale?",
        "Ik heb per ongeluk twee keer besteld",
        "Gibt es einen Rauchmelder dazu?",
    ],
)
def test_words_that_only_look_like_a_risk(text: str) -> None:
    assert mood_of(text).risks == ()


def test_two_risks_in_one_message() -> None:
    mood = mood_of("The plug caught fire, my lawyer will write to you.")
    assert mood.risks == ("legal", "safety")
    assert mood.grave
    assert not mood_of("I'll leave a one star review").grave


def test_the_reason_is_the_customers_own_words() -> None:
    text = "Bonjour,\nc'est INADMISSIBLE. J'en ai besoin avant vendredi, sinon mon avocat…"
    mood = mood_of(text, "fr")
    assert "avocat" in mood.because["legal"][0].words
    assert mood.because["tone"][0].words == "INADMISSIBLE"
    assert set(mood.because) == {"tone", "urgent", "legal"}
    for said in (place for places in mood.because.values() for place in places):
        assert text[said.start : said.end] == said.words


def test_capitals_accents_and_apostrophes_do_not_matter() -> None:
    texts = ["C'est inadmissible", "c’est inadmissible", "C'EST INADMISSIBLE"]
    assert {mood_of(text, "fr").tone for text in texts} == {"angry"}
    assert mood_of("ecoeurant", "fr").tone == mood_of("écœurant", "fr").tone == "angry"
    assert mood_of("dont believe it, isnt acceptable", "en").tone == "angry"


@pytest.mark.parametrize("piece", ["not happy ", "lawyer ", "!?", "WHERE IS MY ", "by the ", "a"])
def test_long_messages_take_no_longer(piece: str) -> None:
    mood_of("warm", "en")
    began = time.perf_counter()
    mood_of(piece * 50_000, "en")
    assert time.perf_counter() - began < 5


def test_only_the_beginning_is_read() -> None:
    assert mood_of("word " * LOOKED_AT + "lawyer", "en").risks == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_are_sound(language: str) -> None:
    lists = entries_of(language)
    assert set(lists) == (_SHARED_NAMES | _TONE_NAMES if language in TONED else _SHARED_NAMES)
    for name, entries in lists.items():
        assert len(entries) == len(set(entries)), name
        Phrases.of(entries)


def _found(entry: str, text: str) -> list[str]:
    words = words_of(text)
    return [
        " ".join(word.folded for word in words[start:end])
        for spans in Phrases.of([entry]).found(words)
        for start, end in spans
    ]


@pytest.mark.parametrize(
    ("entry", "text", "found"),
    [
        ("scam*", "Scammers!", ["scammers"]),
        ("bad/poor review", "a poor review", ["poor review"]),
        ("very? bad", "bad, very bad", ["bad", "bad"]),
        ("so very? bad", "so bad, so very bad", ["so bad", "so very bad"]),
        ("promised .. by", "promised it to me by post", ["promised it to me by"]),
        ("promised .. by", "promised it to me all by post", []),
        ("sue you", "sue. You know", []),
        ("bank + refund*", "Refunded by the bank", ["bank", "refunded"]),
        ("bank + refund*", "Refunded. Which bank?", []),
        ("rien d'urgent", "Rien d’urgent", ["rien d urgent"]),
    ],
)
def test_how_entries_are_read(entry: str, text: str, found: list[str]) -> None:
    if entry.startswith("very?"):
        with pytest.raises(ValueError, match="begin"):
            Phrases.of([entry])
    else:
        assert _found(entry, text) == found


@pytest.mark.parametrize("entry", ["", "..", "a ..", "very? bad", "don't/won't you/l'un", "+"])
def test_entries_that_cannot_be_read(entry: str) -> None:
    with pytest.raises(ValueError, match=r"word"):
        Phrases.of([entry])

"""The language of phrases: words, gaps, edges, classes; sentences, topics as files, and speed."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.domain.errors import DesktermError
from deskterm.rules.detectors.base import TEXT_CAP, Reading
from deskterm.rules.detectors.table import DETECTORS
from deskterm.rules.engine import check
from deskterm.rules.library import bundled_packs
from deskterm.rules.model import AttachmentFacts, Draft, RulePack
from deskterm.rules.pack import parse_pack
from deskterm.rules.wording.phrases import Grammar, PhraseError
from deskterm.rules.wording.sentences import Sentences
from deskterm.rules.wording.topics import parse_topic, topic, topic_names
from deskterm.text.matching import MatchingCopy
from tests.rules.support import FACTS, NO_HURRY_MS

#: Generous on a busy machine: the goals are 3 and 50 thousandths of a second.
_SECONDS_OF_A_REPLY, _SECONDS_OF_THE_LONGEST = 0.1, 1.5


def _grammar(language: str = "en") -> Grammar:
    return Grammar(language, {"fruit": Grammar(language, {}).choice("apple|ripe pear|cherr*")})


def _found(phrase: str, text: str, language: str = "en") -> list[str]:
    read = Sentences(text)
    return [
        text[read.spans[first][0] : read.spans[last][1]]
        for first, last in _grammar(language).phrase(phrase).places(read)
    ]


def _sentences(text: str) -> list[str]:
    read = Sentences(text)
    return [text[read.spans[words[0]][0] : read.spans[words[-1]][1]] for words in read.sentences()]


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("red lamp", "a red lamp", ["red lamp"]),
        ("red lamp", "RED-LAMP", ["RED-LAMP"]),
        ("l'été", "voilà l’ete", ["l’ete"]),
        ("für", "fuer, für, fur", ["fuer", "für", "fur"]),
        ("straße", "Strasse", ["Strasse"]),
        ("pay*", "payment, repay, paid", ["payment"]),
        ("{red|dark blue} lamp", "red lamp, dark blue lamp", ["red lamp", "dark blue lamp"]),
        ("red [big|very small] lamp", "red lamp", ["red lamp"]),
        ("red [big|very small] lamp", "red very small lamp", ["red very small lamp"]),
        ("<fruit> pie", "ripe pear pie and cherries pie", ["ripe pear pie", "cherries pie"]),
        ("{<fruit> pie|cake}", "apple pie, cake, apple", ["apple pie", "cake"]),
        ("red .. lamp", "red a b c lamp", ["red a b c lamp"]),
        ("red .. lamp", "red a b c d lamp", []),
        ("red ... lamp", "red 1 2 3 4 5 6 7 8 lamp", ["red 1 2 3 4 5 6 7 8 lamp"]),
        ("red ... lamp", "red 1 2 3 4 5 6 7 8 9 lamp", []),
        ("red ... lamp", "It is red. A lamp.", []),
        ("red // the lamp", "It is red. The lamp is on.", ["red. The lamp"]),
        ("^ red", "Red it is. A red lamp. Red!", ["Red", "Red"]),
        ("red $", "Red it is. It is red.", ["red"]),
        ("# lamp", "3 lamp", ["3 lamp"]),
        ("# stars", "5stars", ["5stars"]),
        ("#% off", "10 % off, 10 percent off, 10 off", ["10 % off", "10 percent off"]),
        ("#$ off", "$5 off, 5,50 € off, 5 euros off", ["$5 off", "5,50 € off", "5 euros off"]),
        ("★ = #", "★★★★★ = 5, ⭐️ -> 5", ["★★★★★ = 5", "⭐️ -> 5"]),
        ("code CODE", "code NEW25, code 25, code E05", ["code NEW25"]),
        ("code CAPS", "code SUMMER, code summer", ["code SUMMER"]),
        ("red lamp", "red red lamp lamp", ["red lamp"]),
        ("paypal me", "PayPa1 me, Payp4l me, PayPaI me", ["PayPa1 me", "Payp4l me", "PayPaI me"]),
        ("{bizum|venmo}", "B1zum, Venm0, V3nmos", ["B1zum", "Venm0"]),
        ("phones", "phone5", []),
    ],
)  # fmt: skip
def test_a_phrase_finds(phrase: str, text: str, found: list[str]) -> None:
    assert _found(phrase, text) == found


@pytest.mark.parametrize(
    "phrase",
    ["", "...", "... lamp", "red ...", "[red]", "^ $", "{red", "red}", "{}", "{red||blue}", "<veg>",
     "ab*", "*red", "re$d", "{red|,}", "{red .. lamp|blue}"],
)  # fmt: skip
def test_a_phrase_that_is_written_wrongly_is_refused(phrase: str) -> None:
    with pytest.raises(PhraseError):
        _grammar().phrase(phrase)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", ["One", "Two", "Three", "Four"]),
        ("Bien reçu.Le colis part", ["Bien reçu", "Le colis part"]),
        ("Mr. Smith and Dr. Who", ["Mr. Smith and Dr. Who"]),
        ("M. Dupont, z. B. die Nr. 5 bzw. 6", ["M. Dupont, z. B. die Nr. 5 bzw. 6"]),
        ("Refund? No. We send it", ["Refund", "No", "We send it"]),
        ("See example.org and v1.2.3 now", ["See example.org and v1.2.3 now"]),
        ("well ... perhaps", ["well ... perhaps"]),
        ("well... Perhaps", ["well", "Perhaps"]),
        ("give five\nstars", ["give five\nstars"]),
        ("Thanks\nKim", ["Thanks", "Kim"]),
        ("a line so long that a mail program must have broken it on\nMonday", [
            "a line so long that a mail program must have broken it on\nMonday"]),
        ("one\n- Two", ["one", "Two"]),
        ("1. Open it. 2. Close it", ["1. Open it", "2. Close it"]),
        ("", []),
        ("...", []),
    ],
)  # fmt: skip
def test_sentences_end_where_they_end(text: str, sentences: list[str]) -> None:
    assert _sentences(text) == sentences


def test_a_phrase_of_another_language_means_nothing() -> None:
    text = "Das Paket ist leider noch immer nicht bei dem Nachbarn da, die Rate war sehr hoch."
    assert _found("rate", text, "de") == ["Rate"]
    assert _found("rate", text, "en") == []


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    read = Sentences(text)
    assert [place for words in read.sentences() for place in words] == list(range(len(read.spans)))
    for name in topic_names():
        for one in topic(name).spoken(read):
            assert 0 <= one.first <= one.last < len(read.spans)


def test_what_is_denied_in_the_sentence_is_not_found() -> None:
    found = parse_topic(
        {"en": {"sure": ["pay me"], "unsure": ["pay"], "not": ["never"]}}, _grammars(), "test"
    )
    read = Sentences("Never pay me. Pay me, pay him.")
    assert [(one.first, one.last, one.sure) for one in found.spoken(read)] == [
        (3, 4, True),
        (5, 5, False),
    ]


def test_a_whole_topic_is_found_only_where_nothing_else_is_said() -> None:
    found = parse_topic(
        {"whole": True, "en": {"sure": ["thank you"], "aside": ["^ dear .. $"]}},
        _grammars(),
        "test",
    )
    assert found.spoken(Sentences("Dear Anna,\n\nThank you!\n\nKim"))
    assert not found.spoken(Sentences("Dear Anna, thank you! The parcel left the depot."))


def _grammars() -> dict[str, Grammar]:
    return {"en": _grammar()}


@pytest.mark.parametrize(
    "content",
    [
        {"whole": "yes"},
        {"nl": {"sure": ["x"]}},
        {"en": {"maybe": ["x"]}},
        {"en": {"sure": "x"}},
        {"en": {"sure": ["..."]}},
        {"en": ["x"]},
    ],
)
def test_a_topic_that_is_written_wrongly_is_refused(content: dict[str, object]) -> None:
    with pytest.raises(DesktermError):
        parse_topic(content, _grammars(), "test")


def test_a_topic_that_is_not_there_is_refused() -> None:
    with pytest.raises(DesktermError):
        topic("weather")


def _pack(topics: list[str]) -> RulePack:
    rule: dict[str, Any] = {
        "id": "email.test",
        "says": {"en": "No.", "fr": "Non."},
        "severity": "block",
        "gate": "text",
        "check": {"detector": "wording", "topics": topics},
        "fix": "none",
        "source": "House default",
        "source_kind": "house",
        "checked_on": date(2026, 11, 21),
    }
    head = {"channel": "email", "version": "1", "review_days": 365}
    return parse_pack({"pack": head, "rule": [rule]}, "test")


@pytest.mark.parametrize("topics", [[], ["weather"], ["abuse", "weather"]])
def test_a_pack_with_a_topic_that_is_not_there_is_refused(topics: list[str]) -> None:
    with pytest.raises(DesktermError):
        _pack(topics)


def test_every_topic_of_the_bundled_packs_is_there() -> None:
    lists = [
        one.parameters.get("topics", ())
        for pack in bundled_packs()
        for rule in pack.rules
        for one in rule.checks
    ]
    named = {name for names in lists if isinstance(names, tuple) for name in names}
    assert named
    assert named <= set(topic_names())


def test_a_finding_marks_what_was_typed() -> None:
    text = "Hi! Leave us ５\u200b st\u200bars."
    result = check(Draft(text, "email"), FACTS, [_pack(["review_pressure"])], budget_ms=NO_HURRY_MS)
    assert [finding.excerpt for finding in result.findings] == ["Leave us ５\u200b st\u200bars"]
    assert result.verdict == "block"


def test_an_attachment_that_is_there_is_not_missed() -> None:
    run = DETECTORS["missing_attachment"].run
    draft = Draft("I attach the label.", "email")
    file = AttachmentFacts("label.pdf", "application/pdf", 10)
    assert list(run(_reading(draft), {}))
    assert not list(run(_reading(replace(draft, attachments=(file,))), {}))
    assert not list(run(_reading(replace(draft, text="The label is in your account.")), {}))


def _reading(draft: Draft) -> Reading:
    return Reading(draft, FACTS, MatchingCopy.of(draft.text))


def _seconds(text: str) -> float:
    topics = [topic(name) for name in topic_names()]
    spent = []
    for _ in range(3):
        begun = time.thread_time()
        read = Sentences(text)
        for one in topics:
            one.spoken(read)
        spent.append(time.thread_time() - begun)
    return min(spent)


def _written(length: int) -> str:
    file = Path(__file__).parent / "wording" / "receipt_only.toml"
    lines = [line.strip(' ",') for line in file.read_text(encoding="utf-8").splitlines()]
    return " ".join(line for line in lines * 20 if line.endswith("."))[:length]


def test_a_reply_is_read_quickly() -> None:
    assert _seconds(_written(2_000)) < _SECONDS_OF_A_REPLY


@pytest.mark.parametrize(
    "pump",
    ["review ", "pay me ", "if you ", "Ab. ", "a. ", "★", "5 stars and a refund ", "send us your ",
     "é", "\n", "1.", "$5 ", "in exchange for "],
)  # fmt: skip
def test_topics_stand_pumping(pump: str) -> None:
    assert _seconds((pump * TEXT_CAP)[:TEXT_CAP]) < _SECONDS_OF_THE_LONGEST


def test_topics_stand_all_their_own_words() -> None:
    folder = Path(__file__).parent / "wording"
    words = [word for file in folder.glob("*.toml") for word in file.read_text("utf-8").split()]
    random.Random(7).shuffle(words)
    assert _seconds(" ".join(words)[:TEXT_CAP]) < _SECONDS_OF_THE_LONGEST

"""Moods in words: every finding with what the customer wrote."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskterm.domain.triage import MOODS
from deskterm.domain.urgency import HOURS
from deskterm.service.reading.rows import MoodView
from deskterm.text.clean import clean
from deskterm.viewmodel.moods import calls_for_care, choices, told
from deskterm.viewmodel.urgency import mood as spoken
from deskterm.viewmodel.urgency import sign, why_here
from deskterm.viewmodel.words import symbols
from tests.ui.panes import NOW, ticket


def test_risks_come_first_then_haste_then_the_tone() -> None:
    said = {
        "tone": (clean("unacceptable"), clean("liars"), clean("never again")),
        "urgent": (clean("by Friday"),),
        "legal": (clean("my lawyer"),),
    }
    mood = MoodView("angry", urgent=True, risks=("legal",), said=said)
    assert list(told(mood)) == [
        "Legal threat: “my lawyer”",
        "Presses: “by Friday”",
        "Angry: “unacceptable”, “liars”",
    ]


@pytest.mark.parametrize(
    ("mood", "words", "care"),
    [
        (MoodView("neutral", urgent=False, risks=()), [], False),
        (MoodView("positive", urgent=False, risks=()), ["Pleased"], False),
        (MoodView("upset", urgent=False, risks=()), ["Upset"], True),
        (MoodView("neutral", urgent=True, risks=()), ["Presses"], True),
        (MoodView("neutral", urgent=False, risks=("fraud",)), ["Account or card fraud"], True),
    ],
)
def test_what_is_told(mood: MoodView, words: list[str], care: bool) -> None:
    assert list(told(mood)) == words
    assert calls_for_care(mood) is care


def test_long_words_are_cut() -> None:
    mood = MoodView("angry", urgent=False, risks=(), said={"tone": (clean("no" * 100),)})
    (line,) = told(mood)
    assert len(line) < 60
    assert "…" in line


def test_what_was_read_is_offered_to_be_taken_off() -> None:
    row = ticket(0, tone="angry", risks=("legal",), causes=("legal", "angry", "haste"))
    offered = {value for value, _ in choices(row)}
    assert {"-angry", "-legal", "-urgent", "upset", "safety", "calm"} <= offered
    assert {value.removeprefix("-") for value in offered} == set(MOODS)
    assert choices(ticket(0))[0] == ("calm", "No anger, no haste, no risk")


def test_why_a_ticket_stands_where_it_stands() -> None:
    causes = ("legal", "closing", "angry", "thanks", "unheard_of")
    row = ticket(0, causes=causes, closes_at=NOW + timedelta(hours=3, minutes=5))
    assert why_here(row, NOW) == (
        "Why here: legal threat · window closes in 3 h · angry +24 h · thanks -24 h"
    )
    assert why_here(ticket(0), NOW) == ""
    assert why_here(ticket(2, causes=causes), NOW) == ""  # it waits for its customer


def test_each_cause_has_words() -> None:
    for cause in HOURS:
        assert len(why_here(ticket(0, causes=(cause,)), NOW)) > len("Why here: "), cause


@pytest.mark.parametrize(
    ("tone", "risks", "signs", "word"),
    [
        ("neutral", (), ("", ""), ""),
        ("upset", ("review",), ("", ""), ""),
        ("angry", (), ("↯", "%"), "angry"),
        ("angry", ("review", "safety"), ("▲", "&"), "safety at stake, angry"),
    ],
)
def test_the_list_has_a_sign_and_a_word(
    tone: str, risks: tuple[str, ...], signs: tuple[str, str], word: str
) -> None:
    row = ticket(0, tone=tone, risks=risks)
    assert (sign(row, symbols(False)), sign(row, symbols(True))) == signs
    assert spoken(tone, risks) == word

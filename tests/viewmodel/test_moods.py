"""Moods in words: every finding with what the customer wrote."""

from __future__ import annotations

import pytest

from deskterm.service.reading.rows import MoodView
from deskterm.text.clean import clean
from deskterm.viewmodel.moods import calls_for_care, told


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

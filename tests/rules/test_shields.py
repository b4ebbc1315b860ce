"""Shields: how they cover, in which order they come, what they cost."""

from __future__ import annotations

import time

import pytest

from deskterm.rules.detectors.base import TEXT_CAP, Reading
from deskterm.rules.detectors.shields import covered, shields
from deskterm.rules.model import Draft
from deskterm.text.matching import MatchingCopy
from tests.rules.shielding import GROUND, read
from tests.rules.support import FACTS


def test_shields_side_by_side_cover_together_and_kinds_are_chosen() -> None:
    text = "07/08/2026 9:00"
    seen, found = read(text)
    assert covered(found, 0, len(text), seen, {"date", "time"})
    assert not covered(found, 0, len(text), seen, {"date"})
    assert not covered((), 0, len(text), seen)


def test_positions_are_those_of_the_matching_copy() -> None:
    text = "c\u200bo\u200bst 1\u200b234,56 €"
    seen, found = read(text)
    assert seen == "cost 1234,56 €"
    assert [seen[shield.start : shield.end] for shield in found] == ["1234,56 €"]


def test_shields_come_in_the_order_of_their_beginnings() -> None:
    _, found = read("On 21 November 2026: 40 x 30 cm, 12 €, manual.pdf, EAN 5012345678900.")
    assert [shield.start for shield in found] == sorted(shield.start for shield in found)
    assert len(found) >= 5


def test_plain_words_need_no_shield() -> None:
    assert read("Please keep the box. We will collect it, and write again soon.")[1] == ()


@pytest.mark.parametrize(
    "pump",
    [
        "1 ", "12 ", "a.b ", "a.", "1.", "1-", "ref 12345 ", "de de 12345 ", "1x", "12:34 ",
        "1111 ", "thanks.It was ", "1Z1 ", "A1", "FR12 1234 ", "amazon.com ", "€1", "12 janvier ",
        "é.É ", "ordre 1234567890 et ", "1", "1\u200b ",
    ],
)  # fmt: skip
def test_floods_take_time_in_proportion(pump: str) -> None:
    text = (pump * TEXT_CAP)[:TEXT_CAP]
    reading = Reading(Draft(text, "amazon"), FACTS, MatchingCopy.of(text), GROUND)
    begun = time.thread_time()
    shields(reading)
    # Ten times what a slow machine needs.
    assert time.thread_time() - begun < 0.5

"""Hints about words: what is looked up, what is left alone, and where they stand."""

from __future__ import annotations

import queue

import pytest

from deskterm.viewmodel.findings import Findings
from deskterm.viewmodel.spelling import Hint, Spelling, hints


class Words:
    """A dictionary of a few words."""

    def __init__(self, *words: str) -> None:
        self.words = set(words)

    def knows(self, word: str) -> bool:
        return word.lower() in self.words

    def near(self, word: str, most: int) -> list[str]:
        return sorted(one for one in self.words if one[0] == word[0])[:most]


ENGLISH = Words("we", "send", "the", "parcel", "today", "it", "is", "here", "now", "best")


def words(text: str) -> list[str]:
    return [one.word for one in hints(text, [ENGLISH])]


def test_a_word_in_no_dictionary_is_named_with_its_place_and_near_words() -> None:
    assert hints("We send the parsel today", [ENGLISH]) == (Hint(12, 18, "parsel", ("parcel",)),)
    assert hints("We send the parsel today", [ENGLISH, Words("parsel")]) == ()
    assert hints("parsel", []) == ()


@pytest.mark.parametrize(
    "text",
    [
        "We send Marta the parcel",
        "> the parsel\nIt is here",
        "it is here: help@shhop.example www.shhop.example https://shhop.example",
        "the {{ordr.ref}} is here",
        "AB12x is here",
        "ich habe das Paket noch nicht und warte seit gestern darauf",
    ],
)
def test_names_quotes_addresses_fields_and_other_languages_are_left_alone(text: str) -> None:
    assert words(text) == []


def test_a_thread_looks_up_and_the_newest_question_counts() -> None:
    came: queue.Queue[tuple[Hint, ...]] = queue.Queue()
    spelling = Spelling(lambda: [ENGLISH], lambda act: act())
    spelling.ask("the parsel", came.put)
    assert [one.word for one in came.get(timeout=20)] == ["parsel"]
    spelling.ask("the parcel", came.put)
    assert came.get(timeout=20) == ()


def test_hints_stand_behind_the_rules_and_move_with_the_text() -> None:
    findings = Findings()
    findings.take("the parsel", [{"rule": "x", "severity": "warn", "start": 0, "end": 3}])
    findings.take_hints("the parsel", [Hint(4, 10, "parsel", ("parcel",))])
    assert [one.rule for one in findings.items] == ["x", "spelling"]
    assert "parcel?" in findings.items[1].line
    assert findings.words == "1 warning, 1 hint"
    findings.moved("So the parsel")
    assert (findings.items[1].start, findings.items[1].end) == (7, 13)
    findings.take("So the parsel", ())
    assert [one.rule for one in findings.items] == ["spelling"]
    findings.take_hints("So the parcel", ())
    assert findings.items == ()
    findings.take_hints("parsel", [Hint(0, 6, "parsel", ())])
    findings.clear()
    assert findings.items == ()

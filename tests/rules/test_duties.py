"""What a message owes: consent, words that must be there, a name, somebody to answer it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from deskterm.rules.model import AttachmentFacts
from tests.rules.looking import look, places
from tests.rules.support import FACTS

FINAL = "Our decision is final."
FINAL_WITH_MEDIATOR = "Our decision is final. You may turn to the mediator of our trade."
LETTERS = ("form_only",)
BY_LETTER = "Requests are only accepted by registered mail."


@pytest.mark.parametrize(("text", "found"), [(FINAL, True), (FINAL_WITH_MEDIATOR, False)])
def test_words_that_must_stand_beside_others(text: str, found: bool) -> None:
    matches = look("lacking", text, given=("refusal_final",), needs=("mediator",))
    assert places(matches, text) == (["Our decision is final"] if found else [])


def test_where_nothing_is_given_the_words_must_be_in_every_text() -> None:
    assert look("lacking", "Hello.", needs=("automatic_notice",))[0].sure
    assert look("lacking", "This is an automatic reply.", needs=("automatic_notice",)) == []
    polish = look("lacking", "Witaj.", draft={"language": "pl"}, needs=("automatic_notice",))
    assert not polish[0].sure


@pytest.mark.parametrize(("consented", "sure"), [(False, [True]), (None, [False]), (True, [])])
def test_what_needs_consent_is_sure_where_there_is_none(
    consented: bool | None, sure: list[bool]
) -> None:
    facts = replace(FACTS, consented=consented)
    assert [m.sure for m in look("unasked", BY_LETTER, facts, topics=LETTERS)] == sure


@pytest.mark.parametrize(("opted_out", "count"), [(True, 1), (False, 0), (None, 0)])
def test_an_objection_forbids_the_topics(opted_out: bool | None, count: int) -> None:
    facts = replace(FACTS, opted_out=opted_out)
    assert len(look("objected", BY_LETTER, facts, topics=LETTERS)) == count


@pytest.mark.parametrize(("kind", "count"), [("HUMAN_AGENT", 1), ("RESPONSE", 0), ("", 0)])
def test_a_tag_forbids_the_topics(kind: str, count: int) -> None:
    draft = {"message_type": kind}
    found = look("tagged_wording", BY_LETTER, draft=draft, topics=LETTERS, types=("HUMAN_AGENT",))
    assert len(found) == count


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Your parcel is here.", True),
        ("Ma Boutique: your parcel is here.", False),
        ("MA BOUTIQUE votre colis est là.", False),
        ("Ｍａ Boutique: here.", False),
        ("Boutique Ma", True),
    ],
)
def test_the_shop_says_its_name(text: str, found: bool) -> None:
    facts = replace(FACTS, shop_names=frozenset({"Ma Boutique", ""}))
    assert bool(look("shop_unnamed", text, facts)) is found
    assert look("shop_unnamed", text) == []


@pytest.mark.parametrize(
    ("sender", "text", "found"),
    [
        ("MABOUTIQUE", "Is tomorrow fine?", ["?"]),
        ("MABOUTIQUE", "It comes tomorrow.", []),
        ("+33199001212", "Is tomorrow fine?", []),
        ("help@shop.example", "Is tomorrow fine?", []),
        ("", "Is tomorrow fine?", []),
    ],
)
def test_a_question_needs_somebody_to_answer(sender: str, text: str, found: list[str]) -> None:
    assert places(look("unanswerable", text, draft={"sender": sender}), text) == found


def _file(name: str, size: int) -> dict[str, Any]:
    return {"attachments": (AttachmentFacts(name, "", size),)}


@pytest.mark.parametrize(
    ("name", "size", "found"),
    [("a.JPG", 11, True), ("a.jpg", 10, False), ("a.mp4", 11, False), ("a.jpg ", 11, True)],
)
def test_only_files_of_these_types_are_weighed(name: str, size: int, found: bool) -> None:
    matches = look("heavy_files", draft=_file(name, size), types=("jpg",), max_bytes=10)
    assert bool(matches) is found

"""Which macros are suggested, and the reasons that are given."""

from __future__ import annotations

import time
from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.macros.library import load_library
from deskterm.macros.model import Library
from deskterm.macros.paths import filled
from deskterm.macros.phrases import PhraseIndex, words_of
from deskterm.macros.ranking import SILENCE, Evidence, PhraseRanker, Situation
from deskterm.macros.states import OrderState, order_states
from tests.macros.support import NOW, known, macro, order

RANKER, TWIN = PhraseRanker(load_library()), PhraseRanker(load_library())


def first(text: str, state: str = "", **more: object) -> str:
    """The first macro for a message about an order in that state."""
    there = known(order=order(state) if state else None)
    situation = Situation(
        text,
        states=order_states(there.order, NOW),
        filled=filled(there),
        **more,  # type: ignore[arg-type]  # written out by each test
    )
    return next((each.macro for each in RANKER.rank(situation)), "")


@pytest.mark.parametrize(
    ("text", "state", "macro_id"),
    [
        ("Hello, where is my order? Regards", "shipped", "order_status"),
        ("Bonjour, où est ma commande ?", "shipped", "order_status"),
        ("Wo ist meine Bestellung?", "shipped", "order_status"),
        ("Where is my order?", "paid", "not_shipped_yet"),
        ("Why has it not been shipped yet", "paid", "not_shipped_yet"),
        ("OU EST MON COLIS, le suivi n’avance plus!!", "stuck", "tracking_stuck"),
        (
            "It says delivered but there is nothing in my letterbox",
            "delivered",
            "delivered_not_received",
        ),
        ("Je voudrais annuler ma commande", "paid", "cancel_order"),
        ("My vase arrived broken, in pieces", "delivered", "damaged_item"),
        ("J’ai été débitée deux fois", "paid", "double_charge"),
        ("Please send me an invoice with my VAT number", "delivered", "invoice"),
        (
            "Ich möchte den Artikel zurücksenden, wo ist der Retourenschein?",
            "delivered",
            "return_request",
        ),
        ("Can you delete my data (GDPR)?", "", "data_privacy"),
        ("Merci beaucoup, tout est réglé", "delivered", "thanks_closing"),
        ("Where is my order", "", "ask_order_number"),
        (
            "I would like to return the vase. Do I pay for the postage? Thank you for your help.",
            "delivered",
            "return_request",
        ),
    ],
)
def test_the_first_suggestion(text: str, state: str, macro_id: str) -> None:
    assert first(text, state) == macro_id


@pytest.mark.parametrize(
    "text",
    [
        "",
        "???",
        "Good morning!",
        "We offer search engine services at a good price.",
        "Bonne journée",
    ],
)
def test_silence_where_nothing_fits(text: str) -> None:
    assert first(text, "shipped") == ""


def test_a_state_alone_brings_nothing_up() -> None:
    for state in ("paid", "delivered", "refunded"):
        assert first("I would like to say something", state, reason="wismo") == ""


def test_what_is_ruled_out_is_not_shown() -> None:
    shown = RANKER.rank(Situation("where is my order", states=frozenset({"delivered"})), limit=36)
    assert "order_status" not in {each.macro for each in shown}


def test_reasons_are_data() -> None:
    states: frozenset[OrderState] = frozenset({"has_order", "shipped"})
    situation = Situation(
        "Hi, any tracking number, and any news of the order?",
        states=states,
        reason="wismo",
        used={"order_status": 4},
    )
    best = RANKER.rank(situation)[0]
    assert best.macro == "order_status"
    assert best.evidence == (
        Evidence("says", {"phrase": "any news of order"}),
        Evidence("says", {"phrase": "tracking number"}),
        Evidence("order", {"state": "shipped"}),
        Evidence("reason", {"reason": "wismo"}),
        Evidence("used", {"times": 4}),
    )
    assert SILENCE < best.score <= 1


def test_use_settles_a_tie_and_the_subject_helps() -> None:
    one, two = (macro("x", id=name, asks={"en": ("blue moon",)}) for name in ("one", "two"))
    ranker = PhraseRanker(Library({"one": one, "two": two}))

    def order_of(used: Mapping[str, int]) -> list[str]:
        return [each.macro for each in ranker.rank(Situation("a blue moon", used=used))]

    assert order_of({}) == ["one", "two"]
    assert order_of({"two": 3}) == ["two", "one"]
    by_subject = ranker.rank(Situation("hello", subject="Re: blue moon"))
    assert not by_subject or by_subject[0].score < ranker.rank(Situation("blue moon"))[0].score


def test_a_macro_without_phrases_is_found_by_its_title() -> None:
    titled = macro("x", id="titled", titles={"en": "Wholesale price list"})
    ranker = PhraseRanker(Library({"titled": titled}))
    assert ranker.rank(Situation("could I have your wholesale price list"))
    assert not ranker.rank(Situation("price"))


@settings(deadline=None)
@given(st.text(max_size=300), st.text(max_size=60))
def test_the_same_situation_gives_the_same_suggestions(text: str, subject: str) -> None:
    situation = Situation(text, subject)
    shown = RANKER.rank(situation)
    assert shown == RANKER.rank(situation) == TWIN.rank(situation)
    assert len(shown) <= 3
    assert [each.score for each in shown] == sorted((each.score for each in shown), reverse=True)
    assert all(each.evidence[0].kind == "says" for each in shown)


def test_a_long_message_takes_no_long() -> None:
    text = "where is my order number not received yet refund return broken " * 2_000
    begun = time.process_time()
    for _ in range(20):
        RANKER.rank(Situation(text))
    # Generous; a few milliseconds each.
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("where order", "Where is my order", True),
        ("where order", "where oh where on earth is my order", False),
        ("rembours*", "je veux être REMBOURSÉE", True),
        ("pas rembours*", "pas encore remboursé", True),
        ("déçu*", "decue", True),
        ("order where", "where is my order", False),
        ("l'adresse", "l’adresse", True),
        ("does not work", "it doesn't work", True),
        ("does not work", "it doesnt work", True),
    ],
)
def test_phrases(phrase: str, text: str, found: bool) -> None:
    index = PhraseIndex()
    index.add(0, [phrase])
    assert bool(list(index.found(text))) is found


def test_words_are_folded() -> None:
    assert words_of("L’ŒUVRE d'Élise, n° 12_a!") == ["l", "oeuvre", "d", "elise", "n", "12", "a"]

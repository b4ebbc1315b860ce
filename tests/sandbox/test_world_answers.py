"""Customers of the simulated shop answer, each in their way, and come to an end."""

from __future__ import annotations

import pytest

from deskterm.sandbox.answers import MOST_ANSWERS, question_in
from deskterm.sandbox.model import Conversation
from deskterm.sandbox.world import World, build
from tests.sandbox.worlds import NOW, SEEDS, world_of

NEWS = "It leaves our warehouse tomorrow."


@pytest.fixture(params=SEEDS)
def world(request: pytest.FixtureRequest) -> World:
    """Several worlds in turn."""
    return world_of(request.param)


def replied_to(world: World, reply: str = NEWS, count: int = 1) -> dict[int, str]:
    """What those who answer a reply say, by the number of their conversation."""
    answers = {c.number: world.answer(c, reply, count) for c in world.conversations}
    return {number: answer.text for number, answer in answers.items() if answer is not None}


def with_order(world: World, language: str) -> list[Conversation]:
    """Conversations in a language that are about an order."""
    return [c for c in world.conversations if c.order is not None and c.language == language]


def test_everybody_falls_silent(world: World) -> None:
    speaking = [len(replied_to(world, "Really?", count)) for count in range(1, 6)]
    assert speaking[0] > len(world.conversations) / 2
    assert speaking == sorted(speaking, reverse=True)
    assert speaking[MOST_ANSWERS:] == [0, 0]


def test_the_answer_depends_on_nothing_but_its_arguments() -> None:
    world, again = build(9, 40, NOW), build(9, 40, NOW)
    assert replied_to(world) == replied_to(again)
    for one, other in zip(world.conversations, again.conversations, strict=True):
        for count in (3, 1, 2):
            assert world.answer(one, NEWS, count) == again.answer(other, NEWS, count)


def test_most_are_kind_and_a_few_are_angry(world: World) -> None:
    moods = [
        answer.mood
        for conversation in world.conversations
        if (answer := world.answer(conversation, NEWS, 1)) is not None
    ]
    assert moods.count("grateful") > len(moods) / 3
    assert 0 < moods.count("angry") < len(moods) / 5


def test_answers_take_a_while(world: World) -> None:
    for conversation in world.conversations:
        answer = world.answer(conversation, NEWS, 1)
        assert answer is None or 5 < answer.after_s < 600


def test_whoever_is_asked_for_the_number_gives_it(world: World) -> None:
    asked = {"en": "What is your order number?", "fr": "Quel est votre numéro de commande ?"}
    asked["de"] = "Wie lautet Ihre Bestellnummer?"
    for language, question in asked.items():
        for conversation in with_order(world, language):
            answer = world.answer(conversation, f"Hello!\n\n{question}\n\nMaya", 1)
            assert answer is not None
            assert conversation.order is not None
            assert conversation.order.ref in answer.text


def test_answers_are_in_the_language_of_the_conversation(world: World) -> None:
    heard: dict[str, set[str]] = {"en": set(), "fr": set(), "de": set()}
    for conversation in world.conversations:
        answer = world.answer(conversation, NEWS, 1)
        if answer is not None:
            heard[conversation.language] |= set(answer.text.casefold().split())
    assert "thank" in heard["en"] - heard["fr"] - heard["de"]
    assert "merci" in heard["fr"] - heard["en"] - heard["de"]
    assert "danke" in heard["de"] - heard["en"] - heard["fr"]


@pytest.mark.parametrize(
    ("reply", "topic"),
    [
        ("Thank you. All is well.", ""),
        ("Is there anything else I can do for you?", ""),
        ("Could you send a photo of it? Thank you!", "photo"),
        ("Pourriez-vous nous envoyer une photo ?", "photo"),
        ("An welche Adresse soll es gehen?", "address"),
        ("Would you prefer a replacement or a refund?", "choice"),
        ("Möchten Sie lieber Ersatz oder Ihr Geld zurück?", "choice"),
        ("Shall I go ahead?", "anything"),
        ("The photo is here. Is that all right?", "anything"),
        ("", ""),
        ("?" * 5000, "anything"),
    ],
)
def test_questions_are_understood_by_their_words(reply: str, topic: str) -> None:
    assert question_in(reply) == topic

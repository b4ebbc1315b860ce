"""The customer's mood over a conversation: a sign, a word, and why."""

from __future__ import annotations

import pytest

from deskterm.service.reading.rows import MoodView
from deskterm.text.clean import clean
from tests.support.screen import screen_text, wait_until
from tests.ui.panes import conversation, entry
from tests.ui.test_conversation_pane import ConversationApp

ANGRY = MoodView(
    "angry",
    urgent=False,
    risks=("legal",),
    said={"tone": (clean("unacceptable"),), "legal": (clean("my lawyer"),)},
)


@pytest.mark.parametrize(
    ("mood", "line"),
    [
        (ANGRY, "! Legal threat: “my lawyer” · Angry: “unacceptable”"),
        (MoodView("positive", urgent=False, risks=()), "Pleased"),
        (MoodView("neutral", urgent=True, risks=()), "! Presses"),
    ],
)
async def test_a_mood_is_shown_with_its_words(mood: MoodView, line: str) -> None:
    app = ConversationApp(conversation([entry(0)], mood=mood))
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: line in screen_text(app))


async def test_who_says_nothing_of_it_has_no_line() -> None:
    app = ConversationApp(conversation([entry(0)], mood=None))
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: bool(screen_text(app).strip()))
        without = screen_text(app)
    quiet = MoodView("neutral", urgent=False, risks=())
    app = ConversationApp(conversation([entry(0)], mood=quiet))
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: screen_text(app) == without)

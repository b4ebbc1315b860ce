"""Hints about words in the composer."""

from __future__ import annotations

from tests.support.console import Shop, console
from tests.support.screen import screen_text, wait_until
from tests.viewmodel.test_spelling import ENGLISH


async def test_a_word_in_no_dictionary_stands_below_the_text() -> None:
    app = console(Shop())
    app.desk.dictionaries = lambda: [ENGLISH]
    async with app.run_test(size=(100, 30)) as pilot:
        await wait_until(pilot, lambda: app.desk.tickets.count)
        await pilot.press("enter", "r", *"we send the parsel")
        await wait_until(pilot, lambda: "parsel: in no dictionary; parcel?" in screen_text(app))
        await pilot.press("backspace", "backspace", "backspace", *"cel")
        await wait_until(pilot, lambda: "in no dictionary" not in screen_text(app))

"""Notes of the team: looked for by their words, and put into the reply."""

from __future__ import annotations

from datetime import timedelta

import pytest
from textual.pilot import Pilot

from deskterm.service.reading.note_rows import NoteView
from deskterm.text.clean import clean
from deskterm.ui.app import DeskApp
from tests.support.console import HeldOffice, Shop, console
from tests.support.screen import screen_text, wait_until
from tests.ui.panes import NOW
from tests.ui.test_rules import app_of, begin, looking, text_of

PUMP = "The pump needs a 12 V adapter.\nOurs is on shelf 4."


@pytest.fixture
def shop() -> Shop:
    made = Shop()
    made.notes = [
        NoteView(
            f"note:{n}", clean(f"K-{n}"), clean("sam"), NOW - timedelta(days=3), clean(text), not n
        )
        for n, text in enumerate((PUMP, "Lamps ship on Mondays"))
    ]
    return made


async def picked(pilot: Pilot[int], *keys: str) -> DeskApp:
    app = app_of(pilot)
    await pilot.press(*keys)
    await wait_until(pilot, lambda: "Notes of the team" in screen_text(app))
    await wait_until(pilot, lambda: "K-0 · sam" in screen_text(app))
    return app


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_note_goes_in_where_the_cursor_is(shop: Shop, size: tuple[int, int]) -> None:
    app = console(shop, office=HeldOffice(answer=looking))
    async with app.run_test(size=size) as pilot:
        await begin(pilot, "Hello. ")
        await picked(pilot, "f5")
        assert "Ours is on shelf 4." in screen_text(app)
        await pilot.press(*"monday")
        await wait_until(pilot, lambda: "K-0 · sam" not in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: text_of(app) == "Hello. Lamps ship on Mondays")
        assert app.context == "composer"


async def test_from_the_list_it_begins_a_reply(shop: Shop) -> None:
    app = console(shop, office=HeldOffice(answer=looking))
    async with app.run_test(size=(120, 40)) as pilot:
        await wait_until(pilot, lambda: bool(app.desk.tickets.count))
        await picked(pilot, "U")
        await pilot.press("down", "up", "enter")
        await wait_until(pilot, lambda: app.writing.area is not None and text_of(app) == PUMP)


async def test_where_nothing_is_found_that_is_said_and_nothing_goes_in(shop: Shop) -> None:
    app = console(shop, office=HeldOffice(answer=looking))
    async with app.run_test(size=(80, 24)) as pilot:
        await begin(pilot, "Hello")
        await picked(pilot, "f5")
        await pilot.press(*"cheese")
        await wait_until(pilot, lambda: "No note has these words" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.context == "composer")
        assert text_of(app) == "Hello"


async def test_without_a_ticket_there_is_nothing_to_put_it_into() -> None:
    app = console(Shop(tickets=0))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("U")
        await wait_until(pilot, lambda: "No ticket is chosen" in screen_text(app))

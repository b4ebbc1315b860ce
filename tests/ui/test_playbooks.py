"""A playbook on the screen: beside the ticket where there is room, over it where there is none."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from deskterm.service.reading.playbook_rows import FitView, PartView, PlaybooksView, PlaybookView
from deskterm.text.clean import clean
from deskterm.ui.app import DeskApp
from tests.support.console import HeldOffice, Shop, console
from tests.support.screen import screen_text, wait_until
from tests.ui.test_rules import CARD, app_of, begin, looking


def playbooks() -> PlaybooksView:
    parts = [PartView("heading", clean("First look"))]
    parts += [
        PartView("item", clean(f"Step {n} of what we do {'and so on ' * 8}"), 0, clean(f"{n}."))
        for n in range(1, 30)
    ]
    first = PlaybookView(
        "lost", clean("Lost parcels"), tuple(parts), (FitView("reason", clean("wismo")),)
    )
    quote = PartView("quote", clean("The customer is right about the lamp"))
    second = PlaybookView("lamps", clean("Broken lamps"), (quote,))
    return PlaybooksView((first, second), clean("/shop/playbooks"))


@pytest.fixture
def shop() -> Shop:
    made = Shop()
    made.playbooks = playbooks()
    return made


async def opened(pilot: Pilot[int], *keys: str) -> DeskApp:
    app = app_of(pilot)
    await wait_until(pilot, lambda: bool(app.desk.tickets.count))
    await pilot.press(*keys)
    await wait_until(pilot, lambda: "Playbook · Lost parcels" in screen_text(app))
    return app


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_the_one_that_fits_is_read_scrolled_and_closed(
    shop: Shop, size: tuple[int, int]
) -> None:
    app = console(shop)
    async with app.run_test(size=size) as pilot:
        await wait_until(pilot, lambda: bool(app.desk.tickets.count))
        before = app.focused
        await opened(pilot, "g", "p")
        assert "contact reason: where is my order" in screen_text(app)
        assert "First look" in screen_text(app)
        assert "1. Step 1 of what we do" in screen_text(app)
        assert "1 of 2" in screen_text(app)
        await pilot.press("G")
        await wait_until(pilot, lambda: "29. Step 29" in screen_text(app))
        await pilot.press("g", "g", "j", "space", "k", "b")
        await wait_until(pilot, lambda: "First look" in screen_text(app))
        await pilot.press("l")
        await wait_until(pilot, lambda: "Playbook · Broken lamps" in screen_text(app))
        assert "The customer is right" in screen_text(app)
        await pilot.press("h")
        await wait_until(pilot, lambda: "Playbook · Lost parcels" in screen_text(app))
        assert all(cell_len(line) <= size[0] for line in screen_text(app).splitlines())
        await pilot.press("escape")
        await wait_until(pilot, lambda: "Lost parcels" not in screen_text(app))
        assert app.focused is before


async def test_words_are_looked_for_in_all_of_them(shop: Shop) -> None:
    app = console(shop)
    async with app.run_test(size=(120, 40)) as pilot:
        await opened(pilot, "g", "p")
        await pilot.press("slash", *"lamp")
        await wait_until(pilot, lambda: "1 place in all playbooks" in screen_text(app))
        await wait_until(pilot, lambda: "Playbook · Broken lamps" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.context == "playbook")
        await pilot.press("h", "n")
        await wait_until(pilot, lambda: "Playbook · Broken lamps" in screen_text(app))


@pytest.mark.parametrize("columns", [120, 180])
async def test_it_stays_beside_a_reply_where_there_is_room(shop: Shop, columns: int) -> None:
    app = console(shop, office=HeldOffice(answer=looking))
    async with app.run_test(size=(columns, 40)) as pilot:
        await begin(pilot, f"Card {CARD}")
        await wait_until(pilot, lambda: "forbidden: " in screen_text(app))
        await opened(pilot, "f9")
        assert shop.playbooks_asked[-1][1] == ("email.about_block",)
        await pilot.press("tab")
        await wait_until(pilot, lambda: app.context == "composer")
        assert "Playbook · Lost parcels" in screen_text(app)
        assert "Reply to" in screen_text(app)
        await pilot.press("x")
        area = app.writing.area
        assert area is not None
        await wait_until(pilot, lambda: "x" in area.text)
        await pilot.press("f9", "escape")
        await wait_until(pilot, lambda: "Lost parcels" not in screen_text(app))
        assert app.context == "composer"


@pytest.mark.parametrize("columns", [80, 120])
async def test_it_goes_where_it_would_hide_what_has_the_keys(shop: Shop, columns: int) -> None:
    app = console(shop)
    async with app.run_test(size=(columns, 24)) as pilot:
        await opened(pilot, "g", "p")
        await pilot.press("tab")
        await wait_until(pilot, lambda: "Lost parcels" not in screen_text(app))


async def test_a_shop_without_playbooks_is_told_where_they_go() -> None:
    shop = Shop()
    app = console(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: bool(app.desk.tickets.count))
        await pilot.press("g", "p")
        await wait_until(pilot, lambda: "There are no playbooks to show here" in screen_text(app))
        shop.playbooks = PlaybooksView((), clean("/shop/playbooks"))
        await pilot.press("g", "p")
        await wait_until(pilot, lambda: "/shop/playbooks" in screen_text(app))


async def test_help_names_the_key(shop: Shop) -> None:
    app = console(shop)
    async with app.run_test(size=(80, 24)) as pilot:
        await wait_until(pilot, lambda: bool(app.desk.tickets.count))
        await pilot.press("question_mark", *"playbook")
        await wait_until(pilot, lambda: "g p " in screen_text(app))

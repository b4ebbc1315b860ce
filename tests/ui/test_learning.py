"""What a newcomer is told: the purpose of a place, the key of a name, the tour."""

from __future__ import annotations

from typing import get_args

from deskterm.service.command import Context
from deskterm.viewmodel.purposes import purpose
from tests.support.console import Shop, console
from tests.support.screen import screen_text, wait_until

SIZE = (100, 30)


def test_every_place_but_lines_and_anywhere_says_what_it_is_for() -> None:
    silent = {context for context in get_args(Context) if not purpose(context)}
    assert silent == {"anywhere", "line"}


async def test_help_says_what_the_place_is_for_above_its_keys() -> None:
    app = console(Shop())
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: app.desk.tickets.count)
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: "who has waited longest" in screen_text(app))
        lines = screen_text(app).splitlines()
        purposes = next(n for n, line in enumerate(lines) if "waited longest" in line)
        heading = next(n for n, line in enumerate(lines) if "Ticket" in line and n > purposes)
        assert heading > purposes
        await pilot.press("escape", "enter", "question_mark")
        await wait_until(pilot, lambda: "Everything about one ticket" in screen_text(app))


async def test_a_command_by_its_name_tells_its_key() -> None:
    app = console(Shop())
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: app.desk.tickets.count)
        await pilot.press("ctrl+p", *"snoozed", "enter")
        await wait_until(pilot, lambda: str(app.notices.words) == "Snoozed · g s")
        await pilot.press("ctrl+p", *"resolve", "enter")
        await wait_until(pilot, lambda: " · e · z undoes" in str(app.notices.words))


async def test_the_tour_begins_only_on_a_demo() -> None:
    app = console(Shop())
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: app.desk.tickets.count)
        await pilot.press("colon", *"tour", "enter")
        await wait_until(pilot, lambda: "deskterm demo --tour" in str(app.notices.words))
        assert not app.touring.is_on


async def test_the_tour_sees_what_is_done_and_is_left_by_esc() -> None:
    app = console(Shop(), banner="Demo shop 1")
    app.desk.begins_with_tour = True
    async with app.run_test(size=SIZE) as pilot:
        await wait_until(pilot, lambda: "Step 1 of 10" in screen_text(app))
        await pilot.press("e", "j")
        await wait_until(pilot, lambda: "Step 2 of 10" in screen_text(app))
        await pilot.press("enter")
        await wait_until(pilot, lambda: "Step 3 of 10" in screen_text(app))
        await pilot.press("k", "r")
        await wait_until(pilot, lambda: "Step 5 of 10" in screen_text(app))
        await pilot.press("escape", "h", "escape")
        await wait_until(pilot, lambda: "Step" not in screen_text(app))
        assert not app.touring.is_on

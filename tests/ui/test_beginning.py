"""The first run: what is offered, and the form for an account."""

from __future__ import annotations

from typing import Any

import pytest
from textual.pilot import Pilot

from deskterm.domain.errors import DesktermError
from deskterm.ui.app import DeskApp
from deskterm.ui.chooser import TypedLine
from tests.support.console import Shop, console
from tests.support.screen import screen_text, wait_until
from tests.support.set_up import MAILBOX, HeldSetUp
from tests.ui.panes import account

SIZE = (80, 24)


def bare(set_up: HeldSetUp) -> tuple[DeskApp, Shop]:
    shop = Shop(0)
    shop.states = []
    app = console(shop)
    app.desk.set_up = set_up
    return app, shop


async def begun(pilot: Pilot[Any], app: DeskApp) -> None:
    await wait_until(pilot, lambda: "Look around in a demo" in screen_text(app))


@pytest.mark.parametrize(("key", "then"), [("d", "demo"), ("q", "")])
async def test_a_key_ends_it_for_what_follows(key: str, then: str) -> None:
    app, _ = bare(HeldSetUp("Sam"))
    async with app.run_test(size=SIZE) as pilot:
        await begun(pilot, app)
        assert "You sign as Sam" in screen_text(app)
        await pilot.press(key)
        await wait_until(pilot, lambda: app.return_code is not None)
    assert (app.then, app.return_code) == (then, 0)


async def test_the_name_is_kept_and_the_console_begins_anew() -> None:
    set_up = HeldSetUp()
    app, _ = bare(set_up)
    async with app.run_test(size=SIZE) as pilot:
        await begun(pilot, app)
        await pilot.press("n", *["backspace"] * 5, *"Kim", "enter")
        await wait_until(pilot, lambda: app.return_code is not None)
    assert (set_up.agent, app.then) == ("Kim", "again")


async def test_an_account_is_asked_for_added_and_tried() -> None:
    set_up = HeldSetUp("Sam", [MAILBOX])
    app, shop = bare(set_up)
    async with app.run_test(size=SIZE) as pilot:
        await begun(pilot, app)
        await pilot.press("a")
        await wait_until(pilot, lambda: isinstance(app.focused, TypedLine))
        await pilot.press("enter", *"h@shop.example", "enter", *"pass")
        assert "pass" not in screen_text(app).replace("Password", "")
        set_up.refused = DesktermError("It does not work", "The server refuses the password", "")
        await pilot.press("down", "down", "enter")
        await wait_until(pilot, lambda: "refuses the password" in screen_text(app))
        assert [one.is_there for one in set_up.added] == [False]
        await pilot.press("escape", "a")
        await wait_until(pilot, lambda: "h@shop.example" in screen_text(app))
        set_up.refused = None
        shop.states = [account("email", "ok")]
        app.desk.status.refresh()
        await pilot.press("enter")
        await wait_until(pilot, lambda: "IMAP works" in screen_text(app))
        assert [one.is_there for one in set_up.added] == [False, True]
        assert set_up.added[1].secrets == {"password": "pass"}
        await wait_until(pilot, lambda: app.focused is app.tickets_pane)
        assert "Look around" not in screen_text(app)
    assert app.then == ""

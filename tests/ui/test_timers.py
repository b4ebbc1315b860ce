"""Timers of the app as models use them."""

from __future__ import annotations

from textual.app import App

from deskterm.ui.desk import AppTimers
from tests.support.screen import wait_until


async def test_what_is_due_is_done_in_order_in_the_apps_turn() -> None:
    app: App[int] = App()
    done: list[str] = []
    async with app.run_test() as pilot:
        timers = AppTimers(app)
        timers.after(0.03, lambda: done.append("later"))
        timers.after(0.01, lambda: done.append("sooner"))
        await wait_until(pilot, lambda: len(done) == 2)
    assert done == ["sooner", "later"]


async def test_what_is_cancelled_is_not_done() -> None:
    app: App[int] = App()
    done: list[str] = []
    async with app.run_test() as pilot:
        timers = AppTimers(app)
        cancel = timers.after(0.01, lambda: done.append("never"))
        # Both are due at the same time: the first is cancelled when its turn is about to come.
        app.call_later(cancel)
        timers.after(0.02, lambda: done.append("last"))
        await wait_until(pilot, lambda: bool(done))
        cancel()
    assert done == ["last"]


async def test_what_one_timer_does_can_cancel_another_that_is_due_as_well() -> None:
    app: App[int] = App()
    done: list[str] = []
    async with app.run_test() as pilot:
        timers = AppTimers(app)

        def first() -> None:
            done.append("first")
            cancel()

        timers.after(0, first)
        cancel = timers.after(0, lambda: done.append("second"))
        timers.after(0.02, lambda: done.append("last"))
        await wait_until(pilot, lambda: "last" in done)
    assert done == ["first", "last"]

"""Marks on the screen, and one command on all marked tickets."""

from __future__ import annotations

import pytest
from textual.pilot import Pilot

from deskterm.config.views import ShopView
from deskterm.ui.app import DeskApp
from tests.support.console import HeldOffice, Shop, console
from tests.support.screen import screen_lines, screen_text, wait_until

NARROW, WIDE = (80, 24), (120, 40)


async def started(app: DeskApp, pilot: Pilot[int]) -> None:
    await wait_until(pilot, lambda: app.desk.tickets.count and app.desk.status.counts)


def signs(app: DeskApp) -> str:
    """The first cell of the first rows of the list."""
    return "".join(line[1] for line in screen_lines(app)[2:8])


def notice(app: DeskApp) -> str:
    return str(app.notices.words or "") if app.desk_screen.stands else ""


async def test_space_marks_and_goes_on_and_the_border_counts() -> None:
    app = console(Shop())
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("space", "space")
        await wait_until(pilot, lambda: "2 marked" in screen_text(app))
        assert signs(app) == "✓✓>   "
        await pilot.press("k", "space")
        await wait_until(pilot, lambda: "1 marked" in screen_text(app))
        assert signs(app) == "✓ >   "
        await pilot.press("k", "k")
        await wait_until(pilot, lambda: signs(app) == "»     ")
        await pilot.press("escape")
        await wait_until(pilot, lambda: "marked" not in screen_text(app))
        assert signs(app) == ">     "


@pytest.mark.parametrize(
    ("way", "ids"), [(["j", "j"], {1, 2, 3, 4}), (["k", "k"], {0, 1})], ids=["down", "up"]
)
async def test_v_marks_from_the_last_mark_to_the_cursor(way: list[str], ids: set[int]) -> None:
    app = console(Shop())
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("j", "space", *way, "v")
        assert set(app.desk.marks.ids) == ids


async def test_the_whole_view_is_marked_and_no_more_of_it() -> None:
    app = console(Shop())
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("asterisk")
        assert len(app.desk.marks) == 40
        await pilot.press("asterisk")
        assert len(app.desk.marks) == 0
        await pilot.press("space", "V")
        assert len(app.desk.marks) == 0


async def test_an_act_on_marked_tickets_shows_their_number_and_waits_for_enter() -> None:
    office = HeldOffice()
    app = console(Shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("space", "space", "space", "e")
        await wait_until(pilot, lambda: "3 marked tickets · Enter does it" in screen_text(app))
        assert office.commands() == []
        await pilot.press("enter")
        assert office.sent[-1] == (
            "ticket.resolve",
            {"tickets": ["k00000", "k00001", "k00002"]},
        )
        assert notice(app).startswith("Resolve: 3 tickets")
        assert len(app.desk.marks) == 0
        await pilot.press("z")
        assert office.commands()[-1] == "app.undo"


async def test_leaving_the_line_does_nothing_and_keeps_the_marks() -> None:
    office = HeldOffice()
    app = console(Shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("space", "space", "e", "escape")
        assert office.commands() == []
        assert len(app.desk.marks) == 2


async def test_what_a_command_must_be_told_is_asked_once_for_all() -> None:
    office = HeldOffice()
    app = console(Shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("space", "space", "p")
        await wait_until(pilot, lambda: "before everything else" in screen_text(app))
        await pilot.press(*"urgent", "enter")
        assert office.sent[-1] == (
            "ticket.priority",
            {"priority": "urgent", "tickets": ["k00000", "k00001"]},
        )


async def test_repeating_on_marked_tickets_shows_what_will_be_done() -> None:
    office = HeldOffice()
    app = console(Shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("T", *"wismo", "enter")
        assert office.sent[-1] == ("ticket.reason", {"reason": "wismo", "tickets": ["k00000"]})
        await pilot.press("space", "space", "full_stop")
        await wait_until(pilot, lambda: "reason wismo" in screen_text(app))
        await pilot.press("enter")
        assert office.sent[-1] == (
            "ticket.reason",
            {"reason": "wismo", "tickets": ["k00000", "k00001"]},
        )


async def test_an_open_ticket_alone_is_meant_by_keys_in_it() -> None:
    office = HeldOffice()
    app = console(Shop(), office=office)
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        await pilot.press("space", "space", "enter")
        await wait_until(pilot, lambda: app.desk.conversation.view is not None)
        await pilot.press("x")
        assert office.sent[-1] == ("ticket.no_reply_needed", {"tickets": ["k00002"]})
        assert len(app.desk.marks) == 2


async def test_another_view_begins_without_marks() -> None:
    app = console(Shop())
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("space", "g", "m")
        await wait_until(pilot, lambda: app.desk.tickets.view.id == "mine")
        assert len(app.desk.marks) == 0


async def test_a_merge_offers_the_other_tickets_of_the_customer() -> None:
    office = HeldOffice()
    app = console(Shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("M")
        await wait_until(pilot, lambda: "k00002" in screen_text(app))
        await pilot.press("down", "enter")
        assert office.sent[-1] == ("ticket.merge", {"into": "k00001", "tickets": ["k00000"]})


async def test_splitting_is_about_the_message_under_the_cursor() -> None:
    office = HeldOffice()
    app = console(Shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("enter")
        await wait_until(pilot, lambda: app.conversation.current is not None)
        entry = app.conversation.current
        assert entry is not None
        await pilot.press("S")
        assert office.sent[-1] == (
            "ticket.split",
            {"message": entry.key.partition(":")[2], "tickets": ["k00000"]},
        )


async def test_a_call_is_logged_in_one_line() -> None:
    office = HeldOffice()
    app = console(Shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("H")
        await wait_until(pilot, lambda: "the customer called" in screen_text(app))
        await pilot.press(*"in 5m Asked", "space", *"about it", "enter")
        assert office.sent[-1] == (
            "ticket.phone_log",
            {
                "direction": "in",
                "duration": "5m",
                "text": "Asked about it",
                "tickets": ["k00000"],
            },
        )


async def test_all_sending_is_stopped_by_one_key() -> None:
    office = HeldOffice()
    app = console(Shop(), office=office)
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("B")
        assert office.sent[-1] == ("outbox.pause", {})
        assert notice(app).startswith("All sending is stopped")
        await pilot.press("F")
        assert office.sent[-1] == ("outbox.resume", {})


async def test_a_view_of_the_shop_has_its_chord_and_its_name() -> None:
    vip = ShopView("vip", "VIPs", "tag:vip", "waiting", "v", "Shop")
    app = console(Shop(), views=[vip])
    async with app.run_test(size=NARROW) as pilot:
        await started(app, pilot)
        await pilot.press("g", "v")
        await wait_until(pilot, lambda: "VIPs · 40" in screen_text(app))
        assert app.desk.tickets.view.query == "tag:vip"
        await pilot.press("g", "i", "colon", *"vip", "enter")
        await wait_until(pilot, lambda: "VIPs · 40" in screen_text(app))
        await pilot.press("ctrl+p", *"VIPs")
        await wait_until(pilot, lambda: "Shop: tag:vip" in screen_text(app))

"""The order on the screen: its panel at each size, the ways to it and back, and what it can do."""

from __future__ import annotations

from datetime import UTC, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from deskterm.text.clean import SafeText, clean
from deskterm.ui.app import DeskApp
from deskterm.ui.browser import is_page, opener
from deskterm.ui.order_panel import OrderPanel
from deskterm.viewmodel import words
from deskterm.viewmodel.conversation import Conversation
from deskterm.viewmodel.order import OrderFacts
from deskterm.viewmodel.status import Status
from deskterm.viewmodel.words import symbols
from tests.support.console import HeldOffice, Shop, console
from tests.support.golden import assert_golden
from tests.support.order_views import around, late, line, match, order, parcel, refund
from tests.support.screen import screen_lines, screen_text, wait_until
from tests.ui.panes import (
    NOW,
    AtOnce,
    FixedReading,
    NoTimers,
    PaneApp,
    SilentOffice,
    conversation,
    entry,
)
from tests.ui.test_painting import HOSTILE

GOLDEN = Path(__file__).parent / "golden"
NARROW, MEDIUM, WIDE = (80, 24), (120, 40), (200, 60)
SIZES = [NARROW, MEDIUM, WIDE]


class OrderApp(PaneApp):
    """The panel alone on the screen."""

    def __init__(self, *orders: Any, **changed: Any) -> None:
        self.reading = FixedReading()
        asking = AtOnce(self.reading)
        self.model = Conversation(asking, SilentOffice(), NoTimers())
        status = Status(asking, lambda: NOW, UTC, lambda: words.NOTHING)
        self.facts = OrderFacts(self.model, status, lambda: NOW, UTC)
        self.panel = OrderPanel(self.facts, symbols=symbols(False))
        super().__init__(self.panel)
        self.reading.conversations[0] = conversation([entry(0)])
        self.reading.orders[0] = around(*orders, **changed)
        self.model.open(0, at_once=True)


def shop() -> Shop:
    """Tickets with an order each but the last ones; ticket 0 has two."""
    reading = Shop(12)
    for number in range(10):
        ref = clean(f"LO-5000{number}")
        reading.orders[number] = around(order(number, ref=ref), ticket_id=number)
    two = (order(0, ref=clean("LO-50000"), late=late()), order(20, ref=clean("LO-60000")))
    reading.orders[0] = around(*two, ticket_id=0)
    return reading


async def settled(pilot: Pilot[Any]) -> None:
    await pilot.pause()
    await pilot.pause()


async def started(app: DeskApp, pilot: Pilot[int]) -> None:
    await wait_until(pilot, lambda: app.desk.tickets.count and app.desk.status.counts)
    await wait_until(pilot, lambda: app.desk_screen.stands and app.macros.follows)
    await settled(pilot)


def notice(app: DeskApp) -> str:
    return str(app.notices.words or "") if app.desk_screen.stands else ""


def focused(app: DeskApp) -> str:
    return (app.focused.id or "") if app.focused is not None else ""


def reply(app: DeskApp) -> str:
    return app.writing.area.text if app.writing.area is not None else ""


def has_panel(app: DeskApp) -> bool:
    return isinstance(app.focused, OrderPanel)


# The panel


def last_told(office: HeldOffice) -> tuple[str, dict[str, object]]:
    """The last command of the agent's: that a ticket was seen is told by a timer."""
    return [each for each in office.sent if each[0] != "ticket.seen"][-1]


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
async def test_golden_screens(size: tuple[int, int]) -> None:
    reading = shop()
    parcels = (parcel(late=late()),)
    reading.orders[0] = around(
        order(0, late=late(), parcels=parcels, refunds=(refund(),)), ticket_id=0
    )
    app = console(reading)
    async with app.run_test(size=size) as pilot:
        await started(app, pilot)
        await pilot.press("o", "j", "j")
        await wait_until(pilot, lambda: size != WIDE or "No macro" in screen_text(app))
        await settled(pilot)
        assert_golden(GOLDEN / f"order-{size[0]}x{size[1]}.txt", screen_text(app))


async def test_the_strip_and_the_panel_change_with_the_ticket_in_one_repaint() -> None:
    for size in (MEDIUM, WIDE):
        app = console(shop())
        async with app.run_test(size=size) as pilot:
            await started(app, pilot)
            assert "LO-50000" in screen_text(app)
            assert "◆ late" in screen_text(app)
            await pilot.press("j")
            await pilot.pause()
            screen = screen_text(app)
            assert "LO-50001" in screen
            assert "LO-50000" not in screen


async def test_the_cursor_is_kept_in_view_and_a_click_moves_it() -> None:
    app = OrderApp(order())
    async with app.run_test(size=(60, 12)) as pilot:
        await settled(pilot)
        app.panel.to_bottom()
        await settled(pilot)
        assert "Account" in screen_text(app)
        assert "> Account" in screen_text(app)
        app.panel.to_top()
        await settled(pilot)
        await pilot.click(app.panel, offset=(5, 3))
        assert app.facts.cursor == 1


async def test_hostile_words_stay_words_and_every_line_has_its_width() -> None:
    bad = [clean(text * 20, multiline=False) for text in HOSTILE]
    long = order(
        ref=bad[0],
        lines=tuple(line(title, variant=title, sku=title) for title in bad),
        customer_note=clean("\n".join(HOSTILE) * 50),
        ship_to=tuple(bad),
        match=match("agent", "x"),
    )
    app = OrderApp(long)
    for width in (48, 20):
        async with OrderApp(long).run_test(size=(width, 30)) as pilot:
            await settled(pilot)
            assert isinstance(pilot.app, OrderApp)
            for _ in range(60):
                for painted in screen_lines(pilot.app):
                    assert cell_len(painted) == width
                    bare = painted.replace("\u200d", "").replace("\ufe0f", "")
                    assert bare.isprintable()
                pilot.app.panel.down()
                await pilot.pause()
    assert app.facts.facts


async def test_states_without_an_order() -> None:
    app = OrderApp(unknown=(clean("LO-77"),))
    async with app.run_test(size=(60, 20)) as pilot:
        await settled(pilot)
        assert "none was found for this ticket" in screen_text(app)
        app.model.close()
        await settled(pilot)
        assert "No ticket is open." in screen_text(app)


# Ways there and back


@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
@pytest.mark.parametrize("back", ["o", "escape", "q"])
async def test_to_the_order_and_back(size: tuple[int, int], back: str) -> None:
    app = console(shop())
    async with app.run_test(size=size) as pilot:
        await started(app, pilot)
        await pilot.press("j", "o")
        await settled(pilot)
        assert has_panel(app)
        assert "LO-50001" in screen_text(app)
        await pilot.press(back)
        await settled(pilot)
        assert focused(app) == "list"
        assert app.desk.tickets.current_id == 1
        await pilot.press("enter", "o", back)
        await settled(pilot)
        assert focused(app) == "conversation"


async def test_keys_typed_ahead_reach_the_panel() -> None:
    for size in SIZES:
        app = console(shop())
        async with app.run_test(size=size) as pilot:
            await started(app, pilot)
            await pilot.press("o", "l", "j", "j")
            await settled(pilot)
            assert app.order.order is not None
            assert (app.order.order.ref, app.order.cursor) == ("LO-60000", 2)
            await pilot.press("l", "h", "h")
            await settled(pilot)
            assert app.order.order.ref == "LO-50000"


async def test_the_next_ticket_takes_the_panel_along() -> None:
    reading = shop()
    reading.next_id = 3
    app = console(reading)
    async with app.run_test(size=MEDIUM) as pilot:
        await started(app, pilot)
        await pilot.press("o", "n")
        await settled(pilot)
        assert app.focused is app.conversation
        assert app.panes.side == "order"
        assert screen_text(app).count("LO-50003") >= 2


async def test_a_ticket_that_is_done_with_gives_way_to_the_next_one() -> None:
    for size in SIZES:
        office = HeldOffice()
        app = console(shop(), office=office)
        async with app.run_test(size=size) as pilot:
            await started(app, pilot)
            await pilot.press("o", "e")
            await settled(pilot)
            assert ("ticket.resolve", {"tickets": ["k00000"]}) in office.sent
            assert app.order.ticket_id == 1
            assert has_panel(app)
            await pilot.press("f")
            await settled(pilot)
            assert last_told(office) == ("order.refresh", {"tickets": ["k00001"]})


async def test_the_panel_finds_its_place_when_the_terminal_changes() -> None:
    app = console(shop())
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        await pilot.press("o")
        await pilot.resize_terminal(*MEDIUM)
        await wait_until(pilot, lambda: app.panes.side == "order" and has_panel(app))
        await pilot.resize_terminal(*WIDE)
        await wait_until(pilot, lambda: app.panes.side == "list" and has_panel(app))
        await settled(pilot)
        lines = screen_lines(app)
        assert not any("Order LO-50000" in each[:150] for each in lines)


async def test_tab_goes_through_all_columns_and_back_to_the_list() -> None:
    app = console(shop())
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        seen: list[str] = []
        while "TicketListPane" not in seen:
            await pilot.press("tab")
            await settled(pilot)
            seen.append(type(app.focused).__name__)
            assert len(seen) < 6
        assert seen[:2] == ["ConversationPane", "OrderPanel"]


# What it does


async def test_insert_opens_the_reply_with_the_value_at_the_cursor() -> None:
    for size in SIZES:
        office = HeldOffice()
        app = console(shop(), office=office)
        async with app.run_test(size=size) as pilot:
            await started(app, pilot)
            await pilot.press("o", "j", "j", "i")
            await wait_until(pilot, partial(reply, app))
            await pilot.press("x")
            await settled(pilot)
            assert reply(app) == "Oak lampx"


async def test_refresh_unlink_and_link_are_told_what_the_cursor_stands_on() -> None:
    office = HeldOffice()
    app = console(shop(), office=office)
    async with app.run_test(size=MEDIUM) as pilot:
        await started(app, pilot)
        await pilot.press("o", "f")
        await settled(pilot)
        assert last_told(office) == ("order.refresh", {"tickets": ["k00000"]})
        assert notice(app).startswith("Asking the channel about the orders of k00000")
        await pilot.press("enter", *"unlink", "enter")
        await settled(pilot)
        told = {"tickets": ["k00000"], "order": "LO-50000", "account": "shop"}
        assert last_told(office) == ("order.unlink", told)
        assert has_panel(app)
        names = [str(fact.name) for fact in app.order.facts]
        app.order.move_to(names.index("Also"))
        await pilot.press("enter", *"link", "space", *"order", "enter")
        await settled(pilot)
        told = {"tickets": ["k00000"], "order": "LO-900", "account": "shop"}
        assert last_told(office) == ("order.link", told)


async def test_linking_without_a_value_asks_and_offers_the_customer_s_orders() -> None:
    office = HeldOffice()
    app = console(shop(), office=office)
    async with app.run_test(size=MEDIUM) as pilot:
        await started(app, pilot)
        await pilot.press("o", "enter", *"link", "space", *"order", "enter")
        await settled(pilot)
        assert "LO-900" in screen_text(app)
        await pilot.press(*"LO-9", "tab", "enter")
        await settled(pilot)
        assert last_told(office) == ("order.link", {"tickets": ["k00000"], "order": "LO-900"})


async def test_the_menu_names_what_cannot_be_done_with_its_reason() -> None:
    app = console(shop())
    async with app.run_test(size=MEDIUM) as pilot:
        await started(app, pilot)
        await pilot.press("o", "enter", *"refund")
        await settled(pilot)
        assert "not now: this version reads orders" in screen_text(app)
        await pilot.press("enter")
        await settled(pilot)
        assert notice(app).startswith("Refund…: this version reads orders")
        assert has_panel(app)


async def test_an_earlier_ticket_is_opened_from_the_menu() -> None:
    app = console(shop())
    async with app.run_test(size=MEDIUM) as pilot:
        await started(app, pilot)
        await pilot.press("o")
        names = [str(fact.name) for fact in app.order.facts]
        app.order.move_to(names.index("Support"))
        await pilot.press("enter", "enter")
        await settled(pilot)
        assert app.desk.conversation.ticket_id == 7
        assert app.focused is app.conversation


async def test_copying(monkeypatch: pytest.MonkeyPatch) -> None:
    copied: list[SafeText | None] = []
    app = console(shop())
    monkeypatch.setattr("deskterm.ui.browser.opener", lambda _: None)
    async with app.run_test(size=MEDIUM) as pilot:
        await started(app, pilot)
        monkeypatch.setattr(app.copying, "copy", copied.append)
        await pilot.press("o", "j", "enter", *"copy", "space", *"the", "space", *"value", "enter")
        await settled(pilot)
        await pilot.press("y", "o", "y", "t", "O")
        await settled(pilot)
        assert copied == [
            "1,249.90 EUR",
            "LO-50000",
            "0034 1122 8812",
            "https://shop.example/orders/1",
        ]


async def test_nothing_to_do_is_said() -> None:
    app = console(shop())
    async with app.run_test(size=MEDIUM) as pilot:
        await started(app, pilot)
        app.desk.tickets.move_to(11)
        await pilot.press("o")
        await settled(pilot)
        for key, said in (
            ("i", "There is no value under the cursor"),
            ("w", "This ticket is about no order"),
            ("l", "This ticket is about no other order"),
            ("O", "The channel names no page for this order"),
        ):
            await pilot.press(key)
            await settled(pilot)
            assert notice(app) == said


async def test_only_the_age_changes_while_nothing_happens() -> None:
    app = OrderApp(order())
    async with app.run_test(size=(60, 30)) as pilot:
        await settled(pilot)
        before = screen_text(app)
        app.facts.ages_changed()
        await settled(pilot)
        assert screen_text(app) == before
        found = app.reading.orders[0]
        older = tuple(o._replace(fetched_at=NOW - timedelta(days=3)) for o in found.orders)
        app.reading.orders[0] = found._replace(orders=older)
        app.model.refresh()
        await settled(pilot)
        assert "◆ old: read 3 days ago" in screen_text(app)


# The browser


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ("https://shop.example/1", True),
        ("http://shop.example", True),
        ("file:///etc/passwd", False),
        ("javascript:alert(1)", False),
        ("--help", False),
        ("https://", False),
        ("http://[", False),
        ("", False),
    ],
)
def test_only_pages_are_opened(address: str, page: bool) -> None:
    assert is_page(address) is page


def test_no_browser_is_looked_for_without_a_desktop(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("shutil.which", lambda name: f"/usr/bin/{name}")
    assert opener({}) is None
    assert opener({"DISPLAY": ":0"}) == "/usr/bin/xdg-open"
    assert opener({"WSL_DISTRO_NAME": "x"}) == "/usr/bin/wslview"
    monkeypatch.setattr("sys.platform", "darwin")
    assert opener({}) == "/usr/bin/open"
    assert opener({"SSH_CONNECTION": "1"}) is None

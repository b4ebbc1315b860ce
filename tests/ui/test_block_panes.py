"""Outbox and sync health on the screen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual import on
from textual.message import Message
from textual.pilot import Pilot

from deskterm.service.reading.rule_rows import BrokenRules
from deskterm.text.clean import clean
from deskterm.ui.health import HealthPane
from deskterm.ui.messages import Opened
from deskterm.ui.outbox import OutboxPane
from deskterm.viewmodel.health import Health
from deskterm.viewmodel.outbox import OutboxList
from deskterm.viewmodel.words import symbols
from tests.support.golden import assert_golden
from tests.support.screen import screen_lines, screen_text, wait_until
from tests.ui.panes import NOW, AtOnce, FixedReading, PaneApp, account, calls, outgoing
from tests.ui.test_painting import HOSTILE

GOLDEN = Path(__file__).parent / "golden"
SIZES = [(80, 24), (120, 40), (200, 60)]
STATES = (
    "held",
    "queued",
    "sending",
    "retry_later",
    "unknown",
    "settling",
    "ask_agent",
    "needs_edit",
)


class BlockApp(PaneApp):
    """Outbox or health, alone on the screen, with a clock that is set by hand."""

    def __init__(self, which: str, reading: FixedReading) -> None:
        self.at = NOW
        self.reading = reading
        asking = AtOnce(reading)
        self.outbox = OutboxList(asking, self.now)
        self.health = Health(asking, self.now, UTC)
        signs = symbols(False)
        self.outbox_pane = OutboxPane(self.outbox, symbols=signs, now=self.now, zone=UTC)
        self.health_pane = HealthPane(self.health, symbols=signs)
        super().__init__(self.outbox_pane if which == "outbox" else self.health_pane)
        self.outbox.refresh()
        self.health.refresh()

    def now(self) -> datetime:
        return self.at

    @on(Opened)
    def note(self, message: Message) -> None:
        self.told.append(message)


def busy() -> FixedReading:
    reading = FixedReading()
    reading.items = [outgoing(number, state) for number, state in enumerate(STATES)]
    reading.items[-1] = outgoing(7, "needs_edit", reason=clean("The customer has written since"))
    reading.states = [
        account("mailbox", "ok"),
        account("sav", "sign_in", text=clean("The server refused the password"), quarantined=2),
        account("paused", "paused", until=NOW + timedelta(minutes=30), text=clean("Too many")),
    ]
    return reading


async def settled(pilot: Pilot[Any]) -> None:
    await pilot.pause()
    await pilot.pause()


@pytest.mark.parametrize("which", ["outbox", "health"])
@pytest.mark.parametrize("size", SIZES, ids="{0[0]}x{0[1]}".format)
async def test_golden_screens(which: str, size: tuple[int, int]) -> None:
    app = BlockApp(which, busy())
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        assert_golden(GOLDEN / f"{which}-{size[0]}x{size[1]}.txt", screen_text(app))


async def test_an_item_that_asks_names_its_keys() -> None:
    reading = FixedReading()
    reading.items = [outgoing(1, "ask_agent")]
    app = BlockApp("outbox", reading)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert "you decide" in screen_text(app)
        assert "d Mark as sent · f Send again" in screen_text(app)


async def test_the_countdown_paints_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    app = BlockApp("outbox", busy())
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        assert "held 0:08" in screen_text(app)
        painted = calls(monkeypatch, OutboxPane, "render_line")
        app.at += timedelta(seconds=3)
        app.outbox_pane.tick()
        await settled(pilot)
        assert "held 0:05" in screen_text(app)
        assert set(painted) <= {0, 1, 2, 3}


async def test_moving() -> None:
    app = BlockApp("outbox", busy())
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.press("j", "down", "j", "k", "j", "j", "j", "j", "j", "j")
        await settled(pilot)
        assert app.outbox.cursor == len(STATES) - 1
        assert "stopped" in screen_text(app)
        assert app.outbox_pane.current is app.outbox.items[-1]


async def test_a_double_click_opens() -> None:
    app = BlockApp("outbox", busy())
    async with app.run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        await pilot.double_click(app.outbox_pane, offset=(10, 6))
        await wait_until(pilot, lambda: len(app.told) == 1)
        assert app.outbox.cursor == 1


async def test_an_outbox_that_empties() -> None:
    app = BlockApp("outbox", busy())
    async with app.run_test(size=(80, 12)) as pilot:
        await pilot.press("j", "j", "j", "j", "j")
        app.reading.items = []
        app.outbox.refresh()
        await settled(pilot)
        assert "The outbox is empty." in screen_text(app)
        app.reading.items = [outgoing(3, "queued")]
        app.outbox.refresh()
        await settled(pilot)
        assert "leaves next" in screen_text(app)


async def test_health_says_what_to_do_and_how_long_ago() -> None:
    app = BlockApp("health", busy())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("j")
        await settled(pilot)
        text = screen_text(app)
        assert "The server refused the password" in text
        assert "2 messages set aside" in text
        assert "deskterm account set sav" in text
        assert app.health_pane.current is app.health.accounts[1]
        app.at += timedelta(minutes=5)
        app.health_pane.ages_changed()
        await settled(pilot)
        assert "7 min ago" in screen_text(app)


@pytest.mark.parametrize("which", ["outbox", "health"])
async def test_hostile_text_keeps_every_line_in_its_cells(which: str) -> None:
    reading = FixedReading()
    for number, text in enumerate(HOSTILE):
        line = clean(text * 5, multiline=False)
        reading.items.append(
            outgoing(
                number, "needs_edit", customer=line, subject=line, text=clean(text), reason=line
            )
        )
        reading.states.append(account(text, "broken", text=line, channel=text))
    app = BlockApp(which, reading)
    async with app.run_test(size=(60, 24)) as pilot:
        for _ in HOSTILE:
            await pilot.press("j")
            await settled(pilot)
            for seen in screen_lines(app):
                assert cell_len(seen) == 60
                assert seen.replace("\u200d", "").replace("\ufe0f", "").isprintable()


async def test_health_shows_the_rules_that_cannot_be_used() -> None:
    reading = busy()
    reading.broken = [
        BrokenRules(clean("ebay.toml"), "ebay.toml:4: gate is missing", clean("ebay"), False)
    ]
    async with BlockApp("health", reading).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        text = screen_text(pilot.app)
        assert "rules that cannot be used" in text
        assert "ebay.toml:4: gate is missing" in text
        assert "nothing is sent on ebay" in " ".join(text.replace("│", " ").split())

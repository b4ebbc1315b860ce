"""Until when a ticket can be answered, at the head of its conversation."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from textual.pilot import Pilot

from deskterm.service.reading.reply_windows import ReplyWindowView
from deskterm.ui.conversation import ConversationPane
from deskterm.viewmodel.conversation import Conversation
from deskterm.viewmodel.reply_window import ReplyWindow
from deskterm.viewmodel.words import symbols
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
    ticket,
)

SAYS = {"en": "The 24 hours were over {closed} ago. " + "Send an approved template instead. " * 2}


class WindowApp(PaneApp):
    """A conversation with its window; ticket 0 is open, and 1 has no window."""

    def __init__(self, *, ascii_only: bool = False, hours: float = 3) -> None:
        self.now = NOW
        self.reading = FixedReading()
        self.reading.windows[0] = ReplyWindowView(NOW + timedelta(hours=hours), "x.window", SAYS)
        for number in (0, 1):
            view = conversation([entry(0)], ticket=ticket(number), newest_inbound=number)
            self.reading.conversations[number] = view
        asking, self.timers = AtOnce(self.reading), NoTimers()
        self.model = Conversation(asking, SilentOffice(), self.timers)
        self.window = ReplyWindow(self.model, asking, self.timers, self.present)
        signs = symbols(ascii_only)
        self.pane = ConversationPane(
            self.model, symbols=signs, now=self.present, zone=UTC, window=self.window
        )
        self.window.changed.connect(self.pane.head_changed)
        super().__init__(self.pane)
        self.model.open(0, at_once=True)

    def present(self) -> datetime:
        return self.now

    def rest(self) -> None:
        """The ticket has stood for a moment."""
        waiting, self.timers.waiting = self.timers.waiting, []
        for act in waiting:
            act()


async def head(pilot: Pilot[int], app: WindowApp) -> str:
    await wait_until(pilot, lambda: "Message 0." in screen_text(app))
    await pilot.pause()
    return screen_lines(app)[1]


async def test_how_long_there_is_stands_at_the_head_and_runs_down() -> None:
    app = WindowApp()
    async with app.run_test(size=(80, 24)) as pilot:
        assert "reply within" not in await head(pilot, app)
        app.rest()
        await wait_until(pilot, lambda: "▌ ○ reply within 3 h" in screen_lines(app)[1])
        app.now = NOW + timedelta(hours=2, minutes=15)
        app.window.ages_changed()
        await wait_until(pilot, lambda: "▌ ! reply within 45 min" in screen_lines(app)[1])
        app.now = NOW + timedelta(hours=5)
        app.window.ages_changed()
        await wait_until(pilot, lambda: "▌ ◆ window closed · The 24 hours" in screen_text(app))
        # The way out is told to its end.
        assert screen_text(app).replace("\n", " ").count("template") == 2


async def test_another_ticket_has_no_window() -> None:
    app = WindowApp()
    async with app.run_test(size=(80, 24)) as pilot:
        await head(pilot, app)
        app.rest()
        await wait_until(pilot, lambda: "reply within 3 h" in screen_text(app))
        app.model.open(1, at_once=True)
        app.rest()
        await wait_until(pilot, lambda: "reply within" not in screen_text(app))
        assert "Message 0." in screen_text(app)


async def test_signs_are_plain_where_the_terminal_writes_no_utf_8() -> None:
    app = WindowApp(ascii_only=True, hours=-1)
    async with app.run_test(size=(80, 24)) as pilot:
        await head(pilot, app)
        app.rest()
        await wait_until(pilot, lambda: "| + window closed" in screen_text(app))

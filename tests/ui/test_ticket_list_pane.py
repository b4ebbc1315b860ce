"""The list of tickets on the screen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from textual import events, on
from textual.geometry import Offset
from textual.pilot import Pilot

from deskterm.service.reading.ticket_rows import TicketRow
from deskterm.text.clean import clean
from deskterm.ui.messages import Opened
from deskterm.ui.ticket_list import TicketListPane
from deskterm.viewmodel.ticket_list import TicketList
from deskterm.viewmodel.words import symbols
from tests.support.golden import assert_golden
from tests.support.screen import screen_lines, screen_text, wait_until
from tests.ui.panes import NOW, AtOnce, FixedReading, NoTimers, PaneApp, calls, ticket
from tests.ui.test_painting import HOSTILE

GOLDEN = Path(__file__).parent / "golden"
NARROW, MEDIUM, LARGE = (80, 24), (120, 40), (200, 60)


class ListApp(PaneApp):
    """A list of tickets, alone on the screen."""

    def __init__(self, *rows: TicketRow, plain: bool = False, theme: str = "dark") -> None:
        self.reading = FixedReading(rows)
        self.asking = AtOnce(self.reading)
        self.timers = NoTimers()
        self.tickets = TicketList(self.asking, self.timers)
        self.pane = TicketListPane(self.tickets, symbols=symbols(plain), now=lambda: NOW)
        self.opened: list[int] = []
        super().__init__(self.pane, theme=theme)
        self.tickets.start(self.reading)
        self.tickets.refresh()

    @on(Opened)
    def note_opened(self, message: Opened) -> None:
        self.opened.append(message.ticket_id)

    def news(self, *rows: TicketRow) -> None:
        """Other tickets, and a note of the office about them."""
        self.reading.tickets = {row.ticket_id: row for row in rows}
        self.timers.ring()
        self.tickets.refresh()


def many(count: int) -> list[TicketRow]:
    return [ticket(number) for number in range(count)]


def marked_line(app: ListApp) -> str:
    """The line on the screen that has the cursor's sign."""
    found = [line for line in screen_lines(app) if line[1:2] == ">"]
    assert len(found) == 1, screen_text(app)
    return found[0]


async def settled(pilot: Pilot[Any]) -> None:
    await pilot.pause()
    await pilot.pause()


@pytest.mark.parametrize("size", [NARROW, MEDIUM, LARGE], ids="{0[0]}x{0[1]}".format)
async def test_golden_screens(size: tuple[int, int]) -> None:
    app = ListApp(*many(38))
    async with app.run_test(size=size) as pilot:
        await pilot.press("j", "j")
        await settled(pilot)
        assert_golden(GOLDEN / f"list-{size[0]}x{size[1]}.txt", screen_text(app))


async def test_golden_screen_in_ascii() -> None:
    rows = [ticket(number, customer=clean("Greta"), subject=clean("Lamp")) for number in range(9)]
    app = ListApp(*rows, plain=True)
    async with app.run_test(size=NARROW) as pilot:
        app.screen.add_class("-ascii")
        await settled(pilot)
        text = screen_text(app)
        assert text.replace("·", "-").isascii()
        assert_golden(GOLDEN / "list-ascii.txt", text)


@pytest.mark.parametrize("size", [NARROW, MEDIUM])
async def test_hostile_text_keeps_every_line_in_its_cells(size: tuple[int, int]) -> None:
    rows = [
        ticket(
            number,
            customer=clean(text, multiline=False),
            subject=clean(text * 9, multiline=False),
            account=text,
        )
        for number, text in enumerate(HOSTILE)
    ]
    app = ListApp(*rows)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for line in screen_lines(app):
            assert cell_len(line) == size[0]
            assert line.replace("\u200d", "").replace("\ufe0f", "").isprintable()
            assert line[-1] in "┐│┘"


async def test_a_move_paints_two_tickets_and_lays_out_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    app = ListApp(*many(500))
    async with app.run_test(size=MEDIUM) as pilot:
        await settled(pilot)
        painted = calls(monkeypatch, TicketListPane, "line_key")
        layouts = calls(monkeypatch, type(app.screen), "_refresh_layout")
        await pilot.press("j")
        await settled(pilot)
        assert set(painted) == {0, 1, 2, 3}
        assert layouts == []
        assert app.tickets.cursor == 1


async def test_the_terminals_cursor_follows_ours() -> None:
    app = ListApp(*many(100))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("j", "j", "j")
        await settled(pilot)
        assert app.cursor_position == Offset(1, 4)
        await pilot.press("G")
        await settled(pilot)
        assert app.cursor_position == Offset(1, 22)


@pytest.mark.parametrize("size", [NARROW, MEDIUM])
async def test_moving(size: tuple[int, int]) -> None:
    app = ListApp(*many(300))
    async with app.run_test(size=size) as pilot:
        tickets, page = app.tickets, app.pane.page // app.pane.row_height
        for key, place in (
            ("pagedown", page),
            ("ctrl+d", page + page // 2),
            ("ctrl+u", page),
            ("pageup", 0),
            ("up", 0),
            ("G", 299),
            ("k", 298),
            ("home", 0),
            ("down", 1),
        ):
            await pilot.press(key)
            await settled(pilot)
            assert tickets.cursor == place, key
            assert clean(f"{place + 1} of 300") in screen_lines(app)[-1]
            marked_line(app)


async def test_enter_and_a_double_click_open() -> None:
    app = ListApp(*many(30))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press("j")
        app.pane.open()
        await wait_until(pilot, lambda: app.opened == [1])
        await pilot.click(app.pane, offset=(10, 6))
        assert app.tickets.cursor == 5
        assert app.opened == [1]
        await pilot.double_click(app.pane, offset=(10, 8))
        await wait_until(pilot, lambda: app.opened == [1, 7])


async def test_the_wheel_scrolls() -> None:
    app = ListApp(*many(300))
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        first = screen_lines(app)[3][:-2]
        await pilot._post_mouse_events([events.MouseScrollDown], widget=app.pane)
        await settled(pilot)
        assert screen_lines(app)[1][:-2] == first
        assert app.tickets.cursor == 0


async def test_selected_text_is_what_is_seen() -> None:
    app = ListApp(*many(30))
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        lines = [line[1:-2].rstrip() for line in screen_lines(app)]
        await pilot.mouse_down(app.pane, offset=(21, 2))
        await pilot.hover(app.pane, offset=(30, 4))
        await pilot.mouse_up(app.pane, offset=(30, 4))
        await settled(pilot)
        selected = app.screen.get_selected_text()
        assert selected is not None
        first, middle, last = selected.split("\n")
        assert lines[2].endswith(first)
        assert first
        assert middle == lines[3]
        assert lines[4].startswith(last)


async def test_a_row_that_is_not_there_yet_is_a_placeholder() -> None:
    app = ListApp(*many(500))
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        app.asking.hold()
        await pilot.press("G")
        await settled(pilot)
        assert "· · ·" in marked_line(app)
        app.asking.let_go()
        await settled(pilot)
        assert "· · ·" not in screen_text(app)
        assert clean("500 of 500") in screen_lines(app)[-1]


async def test_the_cursor_stays_at_its_place_on_the_screen_when_mail_comes() -> None:
    app = ListApp(*many(100))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press(*["j"] * 40)
        await settled(pilot)
        before, row = marked_line(app), app.cursor_position
        app.news(*(ticket(number) for number in range(1000, 1003)), *many(100))
        await settled(pilot)
        assert app.tickets.cursor == 43
        assert marked_line(app) == before
        assert app.cursor_position == row


async def test_a_list_that_no_message_has_reached_yet_does_not_say_that_all_is_answered() -> None:
    app = ListApp()
    app.reading.bare = True
    async with app.run_test(size=NARROW) as pilot:
        app.news()
        await settled(pilot)
        assert "No message has come yet." in screen_text(app)
        assert "answered" not in screen_text(app)
        app.reading.bare = False
        app.news()
        await settled(pilot)
        assert "Nothing needs us. All answered." in screen_text(app)


async def test_an_empty_list_says_so_and_fills() -> None:
    app = ListApp()
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        assert "Nothing needs us" in screen_text(app)
        app.news(*many(3))
        await settled(pilot)
        assert "Nothing needs us" not in screen_text(app)
        assert "Adeyemi" in screen_text(app)


async def test_another_width_shows_tickets_in_another_way() -> None:
    app = ListApp(*many(100))
    async with app.run_test(size=NARROW) as pilot:
        await pilot.press(*["j"] * 30)
        for size, height in ((MEDIUM, 2), (NARROW, 1), ((20, 5), 1), (MEDIUM, 2)):
            await pilot.resize_terminal(*size)
            await wait_until(pilot, lambda: app.pane.size.width >= app.size.width - 2)
            await settled(pilot)
            assert app.pane.row_height == height
            assert app.tickets.cursor == 30
            marked_line(app)


async def test_another_theme_paints_anew() -> None:
    app = ListApp(*many(3))
    async with app.run_test(size=NARROW) as pilot:
        await settled(pilot)
        before = app.pane.style_of("ticket--marks")
        app.theme = "textual-light"
        await settled(pilot)
        assert app.pane.style_of("ticket--marks") != before


@pytest.mark.parametrize(("plain", "signs"), [(False, ("↯", "▲", "!↯")), (True, ("%", "&", "!%"))])
@pytest.mark.parametrize("size", [NARROW, MEDIUM], ids="{0[0]}x{0[1]}".format)
async def test_who_is_angry_or_speaks_of_danger_has_a_sign(
    plain: bool,
    signs: tuple[str, str, str],
    size: tuple[int, int],
) -> None:
    app = ListApp(
        ticket(0, tone="angry", subject=clean("First")),
        ticket(1, tone="angry", risks=("safety",), subject=clean("Second")),
        ticket(3, tone="angry", priority="high", subject=clean("Third")),
        ticket(4, tone="upset", subject=clean("Fourth")),
        plain=plain,
    )
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        shown = screen_text(app)
        for sign, subject in zip(signs, ("First", "Second", "Third"), strict=True):
            assert f" {sign} {subject}" in shown
        assert not any(f"{sign} Fourth" in shown for sign in signs)


async def test_sorting_asks_for_the_next_order() -> None:
    app = ListApp(*many(3))
    async with app.run_test(size=MEDIUM) as pilot:
        await pilot.press("S")
        await wait_until(pilot, lambda: "newest first" in screen_text(app))

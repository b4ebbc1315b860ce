"""Rows of a pane that are kept: they must be those that would be painted anew."""

from __future__ import annotations

from typing import Any

import pytest
from rich.style import Style
from textual._styles_cache import StylesCache
from textual.geometry import Offset, Region
from textual.pilot import Pilot
from textual.strip import Strip

from deskterm.ui.conversation import ConversationPane
from deskterm.ui.framed import FramedRows
from deskterm.ui.lines import LinePane
from deskterm.ui.ticket_list import TicketListPane
from tests.ui.panes import calls
from tests.ui.test_conversation_pane import ConversationApp, long
from tests.ui.test_ticket_list_pane import MEDIUM, ListApp, many, settled

Cell = tuple[str, Style | None]


def cells(row: Strip) -> list[Cell]:
    """Characters with their styles; of blanks only what they lie on."""
    found: list[Cell] = []
    for text, style, _ in row:
        plain = (
            style.without_color + Style.from_color(style.color, style.bgcolor) if style else None
        )
        ground = Style.from_color(None, style.bgcolor) if style else None
        found += [(c, ground if c == " " else plain) for c in text]
    return found


def rows_of(pane: LinePane) -> list[list[Cell]]:
    """The rows as the compositor gets them."""
    return [cells(row) for row in pane.render_lines(pane.outer_size.region)]


async def check_against_anew(pilot: Pilot[Any], pane: LinePane) -> None:
    await settled(pilot)
    kept = rows_of(pane)
    pane.notify_style_update()
    assert rows_of(pane) == kept


async def test_kept_rows_of_the_list_are_those_that_would_be_painted() -> None:
    app = ListApp(*many(150))
    async with app.run_test(size=MEDIUM) as pilot:
        for keys in (
            ["j"] * 25,
            ["pagedown"],
            ["k"] * 30,
            ["ctrl+d"],
            ["G"],
            ["k"] * 22,
            ["g", "g"],
        ):
            await pilot.press(*keys)
            await check_against_anew(pilot, app.pane)
        app.news(*many(150)[7:])
        await check_against_anew(pilot, app.pane)


async def test_kept_rows_of_a_conversation_are_those_that_would_be_painted() -> None:
    app = ConversationApp(long(40))
    async with app.run_test(size=(90, 24)) as pilot:
        for keys in (["k"] * 5, ["pageup"], ["ctrl+d"], ["b", "b"], ["k"] * 30, ["j"]):
            await pilot.press(*keys)
            await check_against_anew(pilot, app.pane)
        app.pane.find("parcel")
        await check_against_anew(pilot, app.pane)


@pytest.mark.parametrize("focused", [True, False])
async def test_a_row_looks_as_textual_would_paint_it(*, focused: bool) -> None:
    """What is taken over from Textual (borders, filters, colours) is what it does now."""
    app = ListApp(*many(3))
    async with app.run_test(size=MEDIUM) as pilot:
        if not focused:
            app.screen.set_focus(None)
        await settled(pilot)
        pane = app.pane
        usual = StylesCache()
        for y, row in enumerate(rows_of(pane)):
            theirs = usual.render_widget(pane, Region(0, y, pane.outer_size.width, 1))[0]
            own = [(c, style and Style.from_color(style.color, style.bgcolor)) for c, style in row]
            assert own == [
                (c, style and Style.from_color(style.color, style.bgcolor))
                for c, style in cells(theirs)
            ], y


async def test_textual_says_here_what_must_be_painted_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Should Textual keep rows in another way, this is what shows it."""
    app = ListApp(*many(60))
    async with app.run_test(size=MEDIUM) as pilot:
        await settled(pilot)
        asked = calls(monkeypatch, TicketListPane, "line_key")
        app.pane.refresh(Region(0, 4, 10, 2))
        await settled(pilot)
        assert asked == [4, 5]
        painted = calls(monkeypatch, FramedRows, "render_widget")
        app.pane.refresh()
        await settled(pilot)
        assert painted
        assert len(asked) >= app.pane.page


async def test_a_scrolled_row_is_not_painted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    app = ListApp(*many(60))
    async with app.run_test(size=MEDIUM) as pilot:
        app.tickets.move_to(30)
        await settled(pilot)
        asked = calls(monkeypatch, TicketListPane, "line_key")
        await pilot.press("j")
        await settled(pilot)
        assert set(asked) == {60, 61, 62, 63}


async def test_a_pane_that_appears_is_painted_once() -> None:
    app = ListApp(*many(30))
    async with app.run_test(size=MEDIUM) as pilot:
        await settled(pilot)
        app.pane.display = False
        await settled(pilot)
        app.pane.display = True
        app.pane.refresh()
        await settled(pilot)
        assert app.pane._exchange_repaint_regions() == set(), "nothing waits for the next key"
        await check_against_anew(pilot, app.pane)


async def test_selected_text_is_painted_as_selected_and_back() -> None:
    app = ConversationApp(long(3))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        before = rows_of(app.pane)
        await pilot.mouse_down(ConversationPane, offset=Offset(4, 3))
        await pilot.hover(ConversationPane, offset=Offset(12, 5))
        await pilot.mouse_up(ConversationPane, offset=Offset(12, 5))
        await settled(pilot)
        changed = [y for y, row in enumerate(rows_of(app.pane)) if row != before[y]]
        assert changed == [3, 4, 5]
        app.screen.clear_selection()
        await settled(pilot)
        assert rows_of(app.pane) == before

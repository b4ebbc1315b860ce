"""Colours on the screen: what can be read in them, what is meant without them, and their files."""

from __future__ import annotations

import itertools
import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.pilot import Pilot

from deskterm.domain.errors import DesktermError
from deskterm.i18n import say
from deskterm.text.clean import clean
from deskterm.ui.acts.colours import NO_COLOUR
from deskterm.ui.app import DeskApp
from deskterm.ui.theme import ThemeFolder, load_theme, theme_folder
from deskterm.viewmodel.words import mark_of, symbols
from tests.support.console import Kept, Shop, console
from tests.support.screen import screen_lines, screen_text, wait_until
from tests.ui.panes import ticket
from tests.ui.test_app import WIDE, notice, started
from tests.ui.test_theme import contrast

THEMES = ThemeFolder(theme_folder()).names
WITHOUT_COLOURS = ("mono", "terminal")
#: What they are cannot be computed: the terminal chooses them.
TERMINALS_OWN = (*WITHOUT_COLOURS, "sixteen")
MINE = 'primary = "#00aaff"\nforeground = "#ffffff"\nbackground = "#101010"\n'


def painted(app: App[int]) -> Iterator[tuple[str, Style]]:
    """The words on the screen with the styles that they are painted in."""
    for strip in app.screen._compositor.render_strips():
        for text, style, _ in strip:
            if any(map(str.isalnum, text)):
                yield text, style or Style.null()


async def tour(app: DeskApp, pilot: Pilot[int]) -> AsyncIterator[str]:
    """Go through the places of the console, one after the other; where one is."""
    await started(app, pilot)
    yield "list"
    await pilot.press("tab")
    yield "conversation"
    await pilot.press("question_mark")
    await wait_until(pilot, lambda: "Keys that work here" in screen_text(app))
    yield "help"
    await pilot.press("escape", "colon")
    await wait_until(pilot, lambda: "reopen" in screen_text(app))
    yield "command line"
    await pilot.press("escape", "g")
    await wait_until(pilot, lambda: "g …" in screen_text(app))
    yield "chord"
    await pilot.press("o")
    await wait_until(pilot, lambda: "Outbox" in screen_text(app))
    yield "outbox"
    await pilot.press("g", "h")
    await wait_until(pilot, lambda: "mailbox" in screen_text(app))
    yield "health"
    await pilot.press("h", "slash")
    yield "search"
    await pilot.press("escape")
    app.tell(say("Something did not work"), error=True)
    await pilot.pause()
    yield "error"
    app.tell(say("Something was done"))
    await pilot.pause()
    yield "notice"
    await pilot.press("r")
    await wait_until(pilot, lambda: "Reply to" in screen_text(app))
    await pilot.press(*"Hello")
    yield "composer"
    await pilot.press("f6")
    yield "header"


@pytest.mark.parametrize("name", [name for name in THEMES if name not in TERMINALS_OWN])
async def test_every_word_can_be_read(name: str) -> None:
    """WCAG 2.1, 1.4.3 (4.5:1) and for high contrast 1.4.6 (7:1)."""
    least = 7 if name == "high-contrast" else 4.5
    app = console(Shop(), theme=name)
    seen: dict[tuple[str, str], str] = {}
    async with app.run_test(size=WIDE) as pilot:
        async for place in tour(app, pilot):
            for text, style in painted(app):
                assert not style.dim, (place, text)
                assert style.color is not None
                assert style.bgcolor is not None
                colours = [style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex]
                one, other = reversed(colours) if style.reverse else colours
                seen.setdefault((one, other), f"{place}: {text.strip()}")
    assert len(seen) > 5
    unread = {where: contrast(*pair) for pair, where in seen.items() if contrast(*pair) < least}
    assert unread == {}


@pytest.mark.parametrize("name", WITHOUT_COLOURS)
async def test_what_the_terminal_writes_on_is_its_own(name: str) -> None:
    app = console(Shop(), theme=name)
    async with app.run_test(size=WIDE) as pilot:
        async for place in tour(app, pilot):
            for text, style in painted(app):
                assert style.bgcolor is None or style.bgcolor.is_default, (place, text)
                if name == NO_COLOUR:
                    assert style.color is None or style.color.is_default, (place, text)


# Without colours


@pytest.mark.parametrize("ascii_only", [True, False])
def test_every_state_of_a_ticket_has_a_sign_of_its_own(ascii_only: bool) -> None:
    signs = symbols(ascii_only)
    quiet = ticket(1)._replace(needs_us=False, status="open", has_draft=False, unread=False)
    quiet = quiet._replace(attention=None, outgoing=None)
    states = {
        "quiet": quiet,
        "needs us": quiet._replace(needs_us=True),
        "waiting": quiet._replace(status="waiting_customer"),
        "draft": quiet._replace(has_draft=True),
        "on its way": quiet._replace(outgoing="held"),
        "attention": quiet._replace(attention=clean("x")),
    }
    marks = {name: str(mark_of(row, signs)[0]) for name, row in states.items()}
    assert len(set(marks.values())) == len(states), marks


async def test_what_is_chosen_is_seen_without_colours() -> None:
    app = console(Shop(), theme=NO_COLOUR)
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        row = next(line for line in screen_lines(app) if "│>" in line)
        customer = next(text for text, style in painted(app) if style.reverse)
        assert customer.strip() in row
        await pilot.press("question_mark")
        await wait_until(pilot, lambda: any("│ > " in line for line in screen_lines(app)))
        row = next(line for line in screen_lines(app) if "│ > " in line)
        assert any(style.reverse and text.strip() in row for text, style in painted(app))


@pytest.mark.parametrize("name", THEMES)
async def test_a_screen_says_the_same_in_every_theme(name: str) -> None:
    """Nothing is said by colours alone: the words and signs are those of any other theme."""
    said = []
    for theme in (name, "dark"):
        app = console(Shop(), theme=theme)
        async with app.run_test(size=WIDE) as pilot:
            await started(app, pilot)
            await pilot.press("tab")
            await wait_until(pilot, lambda app=app: "Message 5." in screen_text(app))  # type: ignore[misc] # bound at once
            said.append(screen_lines(app))
    assert said[0] == said[1]


async def test_an_environment_without_colours_gets_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "NO_COLOR", "1")
    app = console(Shop(), theme="light")
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        assert app.theme == NO_COLOUR
        app.colours.choose("light")  # a choice for another day: it has no colours here
        await pilot.pause()
        for _, style in painted(app):
            assert style.color is None or style.color.is_default
            assert style.bgcolor is None or style.bgcolor.is_default


# Themes of one's own


@asynccontextmanager
async def with_mine(folder: Path, text: str = MINE) -> AsyncIterator[tuple[DeskApp, Pilot[int]]]:
    """A console in the theme `mine` of a shop."""
    (folder / "mine.toml").write_text(text)
    app = console(Shop(), own_themes=folder, theme="mine")
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        await wait_until(pilot, lambda: "Message 5." in screen_text(app))
        yield app, pilot


def background(app: DeskApp) -> Color:
    return app.tickets_pane.styles.background


async def test_a_theme_of_ones_own_is_read_again_when_its_file_changes(tmp_path: Path) -> None:
    async with with_mine(tmp_path) as (app, pilot):
        assert background(app) == Color.parse("#101010")
        (tmp_path / "mine.toml").write_text(MINE.replace("#101010", "#203040"))
        await wait_until(pilot, lambda: background(app) == Color.parse("#203040"))
        assert "mine was read again" in notice(app)
        row = next(style for text, style in painted(app) if "Sat 11:00" in text)
        assert row.bgcolor is not None
        assert Color.from_rich_color(row.bgcolor) == Color.parse("#203040")


async def test_a_broken_file_is_named_and_the_last_good_one_stays(tmp_path: Path) -> None:
    async with with_mine(tmp_path) as (app, pilot):
        (tmp_path / "mine.toml").write_text(MINE + 'accent = "bleu"\n')
        await wait_until(pilot, lambda: "key accent" in notice(app))
        assert "mine.toml" in notice(app)
        assert app.notices.is_error
        assert background(app) == Color.parse("#101010")
        (tmp_path / "mine.toml").unlink()
        (tmp_path / "mine.toml").write_text(MINE.replace("#101010", "#000000"))
        await wait_until(pilot, lambda: background(app) == Color.parse("#000000"))


async def test_looking_at_a_file_paints_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with with_mine(tmp_path) as (app, pilot):
        await pilot.pause()
        shown: list[object] = []
        looks = itertools.count()
        look = app.colours._look
        monkeypatch.setattr(type(app), "_display", lambda self, screen, what: shown.append(what))
        assert app.colours._timer is not None
        app.colours._timer._callback = lambda: (next(looks), look())[1]
        await wait_until(pilot, lambda: next(looks) > 10)
        assert shown == []


def is_watched(app: DeskApp) -> bool:
    return app.colours._timer is not None


async def test_a_theme_that_comes_with_the_program_is_not_watched(tmp_path: Path) -> None:
    async with with_mine(tmp_path) as (app, pilot):
        assert is_watched(app)
        await pilot.press("colon", *"theme light", "enter")
        assert app.theme == "light"
        assert not is_watched(app)
        await pilot.press("colon", *"theme mine", "enter")
        assert app.theme == "mine"
        assert is_watched(app)


async def test_a_broken_theme_at_the_start_is_told_and_the_usual_one_used(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('primary = "bleu"\n')
    app = console(Shop(), own_themes=tmp_path, theme="mine")
    async with app.run_test(size=WIDE) as pilot:
        await wait_until(pilot, lambda: "key primary" in notice(app))
        assert app.theme == "dark"


async def test_a_theme_that_is_gone_at_the_start_is_told(tmp_path: Path) -> None:
    app = console(Shop(), own_themes=tmp_path, theme="mine")
    async with app.run_test(size=WIDE) as pilot:
        await wait_until(pilot, lambda: notice(app) == "There is no theme mine")
        assert app.theme == "dark"


async def test_choosing_a_broken_theme_says_why_and_keeps_the_one_there_is(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('primary = "bleu"\n')
    kept = Kept()
    app = console(Shop(), own_themes=tmp_path, kept=kept)
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        await pilot.press("colon", *"theme mine", "enter")
        assert "key primary" in notice(app)
        assert app.theme == "dark"
    assert "mine" not in (kept.text or "")


async def test_themes_are_completed_by_name(tmp_path: Path) -> None:
    (tmp_path / "solar.toml").write_text(MINE)
    app = console(Shop(), own_themes=tmp_path)
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        await pilot.press("colon", *"theme so")
        await wait_until(pilot, lambda: "solar" in screen_text(app))
        await pilot.press("tab", "enter")
        assert app.theme == "solar"


def test_themes_of_the_shop_come_before_those_of_the_program(tmp_path: Path) -> None:
    (tmp_path / "dark.toml").write_text(MINE)
    (tmp_path / "own.toml").write_text(MINE)
    (tmp_path / "not a name.toml").write_text(MINE)
    themes = ThemeFolder(theme_folder(), tmp_path)
    assert {"dark", "light", "own"} <= set(themes.names)
    assert "not a name" not in themes.names
    found = themes.get("dark")
    assert found is not None
    assert found.primary == "#00aaff"
    assert themes.own_file("dark") == tmp_path / "dark.toml"
    assert themes.own_file("light") is None
    for name in ("nosuch", "../themes/dark", "not a name", ""):
        assert themes.get(name) is None
    with pytest.raises(DesktermError, match="not a name"):
        load_theme(tmp_path / "not a name.toml")

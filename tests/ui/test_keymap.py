"""Keys of one's own on the screen: footer, help, palette, chords, and what is wrong with them."""

from __future__ import annotations

import pytest
from textual.widgets import Input, TextArea

from deskterm.config.key_files import presets
from deskterm.domain.errors import DesktermError
from deskterm.service.table import TABLE
from deskterm.viewmodel.key_file import parse
from deskterm.viewmodel.key_signs import EDITS_TEXT
from deskterm.viewmodel.keymaps import in_force
from deskterm.viewmodel.keys import Keymap
from tests.support.console import HeldOffice, Shop, console
from tests.support.screen import screen_lines, screen_text, wait_until
from tests.ui.test_app import WIDE, notice, started


def keymap(text: str) -> Keymap:
    found = in_force(TABLE.values(), parse(text, "keys.toml"), presets())
    assert found.problems == ()
    return found.keymap


CHANGED = '[anywhere]\n"F5" = "ticket.resolve"\n"e" = ""\n"g x" = "go.mine"\n'


async def test_a_changed_key_runs_its_command_and_the_old_one_nothing() -> None:
    office = HeldOffice()
    app = console(Shop(), office=office, keymap=keymap(CHANGED))
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        await pilot.press("e")
        assert office.commands() == []
        await pilot.press("f5")
        assert office.commands() == ["ticket.resolve"]


async def test_footer_help_palette_and_chords_show_the_changed_keys() -> None:
    app = console(Shop(), keymap=keymap(CHANGED))
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        assert "F5 resolve" in screen_lines(app)[-1]
        for opens in (("question_mark",), ("ctrl+p",)):
            await pilot.press(*opens, *"resolve")
            await wait_until(pilot, lambda: "> Resolve" in screen_text(app))
            row = next(line for line in screen_lines(app) if "> Resolve" in line)
            assert "F5" in row
            assert " e " not in row
            await pilot.press("escape")
        await pilot.press("colon", *"reso")
        await wait_until(pilot, lambda: "resolve" in screen_text(app))
        assert any("resolve" in line and "F5" in line for line in screen_lines(app)[:-1])
        await pilot.press("escape", "g")
        await wait_until(pilot, lambda: "g …" in screen_text(app))
        assert any("x Mine" in line for line in screen_lines(app))


async def test_hints_name_the_keys_in_force() -> None:
    taken = '[anywhere]\n"F12" = "app.undo"\n[review]\n"F8" = "review.send_and_resolve"\n'
    app = console(Shop(), keymap=keymap(taken))
    async with app.run_test(size=WIDE) as pilot:
        await started(app, pilot)
        await pilot.press("f5", "x")
        assert "F12 undoes" in notice(app)
        assert app.desk.status.undo == "F12"


async def test_mistakes_are_told_once_something_is_on_the_screen() -> None:
    one = DesktermError("Ctrl+i cannot be a key", "keys.toml, line 3: why", "Choose another")
    app = console(Shop(), mistakes=[one])
    async with app.run_test(size=WIDE) as pilot:
        await wait_until(pilot, lambda: "keys.toml, line 3: why" in notice(app))
        assert app.notices.is_error
        await pilot.press("j")
        assert notice(app) == ""


async def test_of_many_mistakes_the_first_is_told_and_where_the_others_are() -> None:
    some = [DesktermError(f"Mistake {number}") for number in range(4)]
    app = console(Shop(), mistakes=some)
    async with app.run_test(size=WIDE) as pilot:
        await wait_until(pilot, lambda: notice(app))
        assert notice(app) == "Mistake 0. 3 more mistakes: 'deskterm doctor' names them"


@pytest.mark.parametrize("widget", [TextArea, Input])
def test_what_edits_text_is_what_the_widgets_edit_it_with(widget: type[TextArea | Input]) -> None:
    keys = {
        key.strip()
        for binding in widget.BINDINGS
        for key in (binding if isinstance(binding, tuple) else (binding.key,))[0].split(",")
    }
    reachable = {k for k in keys if not k.startswith(("alt+", "super+")) and k != "ctrl+shift+k"}
    assert reachable - {"ctrl+shift+a"} <= EDITS_TEXT

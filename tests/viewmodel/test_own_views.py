"""The shop's own views as commands with chords."""

from __future__ import annotations

import pytest

from deskterm.config.views import ShopView
from deskterm.service.reading.views import MINE, View
from deskterm.service.table import TABLE
from deskterm.viewmodel.keys import Keymap, Run
from deskterm.viewmodel.views import own_views, view_named


def test_each_view_has_a_command_and_its_chord() -> None:
    vip = ShopView("vip", "VIPs", "tag:vip", "waiting", "v", "Shop")
    own, problems = own_views([vip, ShopView("old", "Old", "before:30d")], TABLE.values())
    assert problems == ()
    assert own.views["vip"] == View("vip", "VIPs", "tag:vip", "waiting")
    one, other = own.commands
    assert (one.id, one.title, one.help, one.keys) == (
        "view.vip",
        "VIPs",
        "Shop: tag:vip",
        ("g v",),
    )
    assert (other.id, other.keys) == ("view.old", ())
    keymap = Keymap((*TABLE.values(), *own.commands))
    assert keymap.step("list", ("g", "v")) == Run(one)


@pytest.mark.parametrize("key", ["i", "g", "é", "ctrl+i", "enter", "x y", "!"])
def test_a_key_that_is_taken_or_none_is_told_and_the_view_stays(key: str) -> None:
    own, problems = own_views([ShopView("vip", "VIPs", "tag:vip", key=key)], TABLE.values())
    assert own.commands[0].keys == ()
    assert "vip" in own.views
    assert "vip" in problems[0].title
    Keymap((*TABLE.values(), *own.commands))


def test_two_views_do_not_share_a_key() -> None:
    views = [ShopView("a", "A", "x", key="v"), ShopView("b", "B", "y", key="v")]
    own, problems = own_views(views, TABLE.values())
    assert [command.keys for command in own.commands] == [("g v",), ()]
    assert len(problems) == 1


def test_a_restart_finds_the_view_again() -> None:
    own, _ = own_views([ShopView("vip", "VIPs", "tag:vip")], TABLE.values())
    assert view_named("vip", own=own.views) == own.views["vip"]
    assert view_named("vip") is None
    assert view_named("mine", own=own.views) == MINE

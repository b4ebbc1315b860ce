"""Keys as people write them, and those that no terminal can tell from others."""

from __future__ import annotations

import pytest

from deskterm.service.command import Command
from deskterm.service.table import TABLE
from deskterm.viewmodel.key_names import (
    ALIAS_ONLY,
    key_named,
    keys_named,
    nearest_key,
    why_not,
)
from deskterm.viewmodel.key_signs import NAMED, SIGNS, spoken

COMMAND = Command("a.one", "One", "")


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("j", "j"),
        ("G", "G"),
        ("Shift+g", "G"),
        ("é", "é"),
        ("?", "question_mark"),
        ("question_mark", "question_mark"),
        ("+", "plus"),
        ("Ctrl++", "ctrl+plus"),
        ("-", "minus"),
        ("§", "section_sign"),
        ("Space", "space"),
        ("Esc", "escape"),
        ("Return", "enter"),
        ("PgDn", "pagedown"),
        ("page_down", "pagedown"),
        ("↓", "down"),
        ("F6", "f6"),
        ("Ctrl+S", "ctrl+s"),
        ("control+s", "ctrl+s"),
        ("Shift+Ctrl+Left", "ctrl+shift+left"),
        ("Alt+x", "alt+x"),
        ("shift+tab", "shift+tab"),
    ],
)
def test_a_key_by_its_name(written: str, key: str) -> None:
    assert key_named(written) == key


@pytest.mark.parametrize(
    "written", ["wobble", "Hyper+x", "C-x", "F99", "ctrl+", "", "++", "ctrl+shift", "\u4e2d\u6587"]
)
def test_what_is_no_key(written: str) -> None:
    assert key_named(written) is None


def test_a_chord_is_several_keys() -> None:
    assert keys_named("g i") == ("g", "i")
    assert keys_named(" Ctrl+g   PgDn ") == ("ctrl+g", "pagedown")
    assert keys_named("g wobble") == "wobble"
    assert keys_named("a b c d e") == "a b c d e"
    assert keys_named("") == ""
    assert isinstance(keys_named("x" * 100_000), str)


def test_every_key_is_called_as_it_is_shown() -> None:
    for key in (*SIGNS, *NAMED):
        for ascii_only in (True, False):
            assert key_named(spoken((key,), ascii=ascii_only)) == key
    for command in TABLE.values():
        for spelled in command.keys:
            keys = tuple(spelled.split(" "))
            assert keys_named(spoken(keys)) == keys == keys_named(spelled)


def test_a_mistyped_key_has_a_nearest() -> None:
    assert nearest_key("Ctrl+Entr") == "Ctrl+Enter"
    assert nearest_key("pagdown") == "PgDn"
    assert nearest_key("wobblewobble") == ""


@pytest.mark.parametrize(
    ("key", "why"),
    [
        ("ctrl+i", "sends Tab"),
        ("ctrl+m", "sends Enter"),
        ("ctrl+j", "new line"),
        ("ctrl+h", "sends Backspace"),
        ("ctrl+left_square_bracket", "sends Escape"),
        ("ctrl+s", "stop their output"),
        ("ctrl+q", "go on with their output"),
        ("escape", "the way out"),
        ("ctrl+b", "tmux"),
        ("ctrl+a", "screen"),
        ("ctrl+c", "copies"),
        ("ctrl+at", "do not agree"),
        ("ctrl+1", "few terminals"),
        ("ctrl+comma", "few terminals"),
        ("ctrl+shift+x", "without Shift"),
        ("shift+enter", "without Shift"),
        ("shift+space", "without Shift"),
        ("alt+b", "another key"),
        ("alt+enter", "sends Enter"),
        ("super+x", "the desktop"),
        ("f10", "menu"),
        ("f13", "few terminals"),
        ("shift+f3", "few terminals"),
    ],
)
def test_a_key_that_cannot_be_used_says_why(key: str, why: str) -> None:
    assert why in str(why_not((key,), COMMAND))


@pytest.mark.parametrize(
    "key",
    ["x", "G", "é", "f5", "ctrl+e", "ctrl+left", "shift+up", "space", "delete", "ctrl+pageup"],
)
def test_a_key_that_can_be_used(key: str) -> None:
    assert why_not((key,), COMMAND) is None


def test_escape_is_no_part_of_a_chord() -> None:
    assert why_not(("escape", "x"), COMMAND) is not None
    assert why_not(("g", "escape"), COMMAND) is not None


def test_every_key_of_the_table_can_be_used() -> None:
    for command in TABLE.values():
        for spelled in command.keys:
            assert why_not(tuple(spelled.split(" ")), command) is None
        assert not command.keys or not set(command.keys) <= ALIAS_ONLY, command.id

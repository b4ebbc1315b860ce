"""From keys to commands: order, chords, type-ahead and text that comes to a list."""

from __future__ import annotations

from typing import ClassVar

import pytest
from textual import events
from textual.app import ComposeResult
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input, TextArea

from deskterm.service.command import Command, Context
from deskterm.ui.bursts import Burst
from deskterm.ui.taking import CommandApp, TakesCommands, TakesText
from deskterm.viewmodel.keys import Prefix
from tests.support.screen import wait_until


class Pane(TakesCommands, Widget, can_focus=True):
    """A list."""

    context: ClassVar[Context] = "list"


class Text(TakesText, TextArea):
    """A composer."""

    context: ClassVar[Context] = "composer"

    def take_paste(self, text: str) -> None:
        self.insert(text)


class Line(TakesText, Input):
    """A line."""

    context: ClassVar[Context] = "header"


class Desk(CommandApp):
    """A list and a text; what is done is noted."""

    def __init__(self) -> None:
        super().__init__(perform=self.note)
        self.done: list[str] = []
        self.chords: list[Prefix | None] = []
        self.unknown: list[tuple[str, ...]] = []
        self.refused: list[str] = []
        self.opens = True
        self.pane, self.text, self.line = Pane(), Text(), Line()
        self.dispatcher.chord.connect(self.chords.append)
        self.dispatcher.unknown_chord.connect(self.unknown.append)
        self.dispatcher.refused_text.connect(self.refused.append)

    def compose(self) -> ComposeResult:
        yield self.pane
        yield self.text
        yield self.line

    def on_mount(self) -> None:
        self.screen.set_focus(self.pane)

    async def note(self, command: Command, widget: Widget) -> None:
        self.done.append(command.id)
        if command.id == "ticket.write_reply" and self.opens:
            self.screen.set_focus(self.text)
        elif command.id == "composer.leave":
            self.screen.set_focus(self.pane)


def key(character: str) -> events.Key:
    names = {"\r": "enter", "\x7f": "backspace", "\x1b": "escape", " ": "space", ",": "comma"}
    return events.Key(names.get(character, character), character)


async def at_once(pilot: Pilot[int], characters: str) -> None:
    """Have keys arrive together, as a driver posts them."""
    for character in characters:
        pilot.app.post_message(key(character))
    await pilot.pause()


async def test_a_chord_and_movements_keep_their_order() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await at_once(pilot, "gijgsj")
        await wait_until(pilot, lambda: len(app.done) == 4)
        assert app.done == ["go.needs_us", "list.down", "go.snoozed", "list.down"]
        assert app.chords[1::2] == [None, None]


async def test_what_follows_a_key_that_opens_a_text_is_text() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await at_once(pilot, "jrhello there")
        await wait_until(pilot, lambda: app.text.text == "hello there")
        assert app.done == ["list.down", "ticket.write_reply"]


async def test_keys_go_to_and_fro_between_list_and_text_in_order() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await at_once(pilot, "rab\x1bjrcd\x1bk")
        await wait_until(pilot, lambda: app.done[-1:] == ["list.up"])
        assert app.text.text == "abcd"
        assert app.done == [
            "ticket.write_reply",
            "composer.leave",
            "list.down",
            "ticket.write_reply",
            "composer.leave",
            "list.up",
        ]


async def test_editing_keys_are_done_in_their_turn() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await at_once(pilot, "rteh\x7f\x7fhe\rx")
        await wait_until(pilot, lambda: app.text.text == "the\nx")
        app.screen.set_focus(app.line)
        await at_once(pilot, "teh\x7f\x7fhe")
        await wait_until(pilot, lambda: app.line.value == "the")


async def test_in_a_text_only_keys_that_write_nothing_are_commands() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.screen.set_focus(app.text)
        await pilot.press("z", "ctrl+p", "full_stop", "ctrl+s", "f6")
        await wait_until(pilot, lambda: app.text.text == "z.")
        assert app.done == ["app.palette", "composer.send", "composer.header"]


async def test_an_unknown_end_of_a_chord_is_told_and_does_nothing() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pilot.press("g", "e", "g", "escape")
        assert app.unknown == [("g", "e")]
        assert app.done == []


async def test_a_chord_is_over_when_the_focus_moves() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        await pilot.press("g")
        app.screen.set_focus(app.text)
        await pilot.press("i", "ctrl+s")
        assert app.text.text == "i"
        assert app.done == ["composer.send"]
        assert app.chords[-1] is None


async def test_a_bracketed_paste_does_nothing_in_a_list() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.post_message(events.Paste("eee"))
        await wait_until(pilot, lambda: app.refused == ["eee"])
        assert app.done == []
        app.screen.set_focus(app.text)
        app.post_message(events.Paste("eee"))
        await wait_until(pilot, lambda: app.text.text == "eee")


@pytest.mark.parametrize("typed", ["Hello Marta, how are you", "jknezxsaut", "eDear Marta, sorry"])
async def test_many_different_letters_at_once_are_no_commands(typed: str) -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.post_message(Burst([key(character) for character in typed]))
        await wait_until(pilot, lambda: app.refused == [typed])
        assert app.done == []


async def test_the_rest_of_a_paste_is_no_command_either() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.post_message(Burst([key(character) for character in "Hello Marta, how"]))
        await at_once(pilot, "eee")
        await wait_until(pilot, lambda: "".join(app.refused).endswith("eee"))
        assert app.done == []


async def test_a_reply_typed_ahead_is_no_paste() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.post_message(Burst([key(character) for character in "jjrBonjour Madame, voici"]))
        await wait_until(pilot, lambda: app.text.text == "Bonjour Madame, voici")
        assert app.done == ["list.down", "list.down", "ticket.write_reply"]
        assert app.refused == []


async def test_a_reply_typed_ahead_that_does_not_open_is_dropped() -> None:
    app = Desk()
    app.opens = False
    async with app.run_test() as pilot:
        app.post_message(Burst([key(character) for character in "rexazuns hello"]))
        await wait_until(pilot, lambda: "".join(app.refused) == "exazuns hello")
        assert app.done == ["ticket.write_reply"]
        await pilot.press("j")
        assert app.done == ["ticket.write_reply", "list.down"]


async def test_a_burst_into_a_text_is_typed() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.screen.set_focus(app.text)
        app.post_message(Burst([key(character) for character in "Hello Marta, how are you"]))
        await wait_until(pilot, lambda: app.text.text == "Hello Marta, how are you")


async def test_a_paste_keeps_its_place_among_keys() -> None:
    app = Desk()
    async with app.run_test() as pilot:
        app.post_message(key("r"))
        app.post_message(events.Paste("pasted"))
        app.post_message(key("!"))
        await wait_until(pilot, lambda: app.text.text == "pasted!")
        assert app.refused == []

"""What is typed again and again, line by line."""

from __future__ import annotations

from pathlib import Path

from deskterm.macros.library import load_library
from deskterm.office.macro_files import MacroFolder
from deskterm.service.reading.shelf import Shelf
from deskterm.service.repeats import ShopTexts
from tests.support.desk import TestDesk
from tests.support.ground import kept_ground
from tests.support.plain import PlainRoom

SENTENCE = "Your lamp is being packed with care today."


def test_what_was_typed_often_is_said_and_becomes_a_macro(desk: TestDesk, tmp_path: Path) -> None:
    folder = tmp_path / "macros"
    desk.texts = ShopTexts(
        lambda: load_library(folder), folder, tmp_path / "facts.toml", MacroFolder(folder)
    )
    for _ in range(2):
        desk.one("ticket.reply", desk.open(), text=SENTENCE)
    ref = desk.open()
    shelf = Shelf(folder, tmp_path / "facts.toml", ground=kept_ground())
    room = PlainRoom(desk, width=400, shelf=shelf)
    told = room.session(f"open {ref}", "reply", SENTENCE, ".", "send", "typed", "typed 1", "Packed")
    assert "You typed “Your lamp is being packed with care…” 3 times · 'typed' makes it" in told
    assert f"1. 3 times: {SENTENCE}" in told
    assert "“Packed” is a macro now: 'macro packed'." in told
    assert "packed" in load_library(folder).macros

    told = room.session("undo", "typed", "typed 2", "typed 1 never", "typed")
    assert "There is no number 2 here" in told
    assert "You will not be told of it again" in told
    assert "Nothing was typed three times yet" in told
    assert "packed" not in load_library(folder).macros

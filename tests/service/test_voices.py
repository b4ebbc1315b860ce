"""Hints about how the shop writes, beside what the rules find."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from deskterm.service.reading.reading import Reading
from deskterm.service.reading.shelf import Shelf
from deskterm.service.voices import Voices
from tests.support.desk import TestDesk

TEXT = "Your cheap lamp left on Monday and arrives tomorrow in the morning, I am sure."
FILE = """
[en]
greets = true
avoid = { cheap = "affordable" }

[brand.outlet]
accounts = ["support"]
[brand.outlet.en]
greeting = "Hey {name}!"
"""


@pytest.fixture
def file(desk: TestDesk, tmp_path: Path) -> Path:
    file = tmp_path / "voice.toml"
    file.write_text(FILE)
    desk.voices = Voices(file)
    return file


def tried(desk: TestDesk, ref: str, text: str = TEXT) -> list[Any]:
    outcome = desk.one("ticket.reply", ref, text=text, dry_run=True)
    findings = outcome["findings"]
    assert isinstance(findings, list)
    return [one for one in findings if one["rule"].startswith("voice.")]


def test_a_look_says_what_is_not_as_the_shop_writes_and_mends_it(
    desk: TestDesk, file: Path
) -> None:
    ref = desk.open()
    greeting, avoid = tried(desk, ref)
    assert (avoid["rule"], avoid["severity"], avoid["excerpt"]) == ("voice.avoid", "hint", "cheap")
    assert avoid["rewrite"] == {"start": 5, "end": 10, "instead": "affordable"}
    assert "affordable" in avoid["says"]
    assert set(avoid["says_in"]) == {"fr"}
    assert greeting["rule"] == "voice.greeting"
    assert greeting["rewrite"] == {"start": 0, "end": 0, "instead": "Hey Marta!\n\n"}


def test_hints_hold_nothing_back_and_are_not_kept(desk: TestDesk, file: Path) -> None:
    outcome = desk.one("ticket.reply", desk.open(), text=TEXT)
    assert outcome["outcome"] == "held"
    assert "voice.avoid" not in "\n".join(desk.snapshot())


def test_without_a_file_there_is_nothing_to_say(desk: TestDesk, tmp_path: Path) -> None:
    desk.voices = Voices(tmp_path / "none.toml")
    assert tried(desk, desk.open()) == []


def test_the_file_is_read_again_when_it_changes(desk: TestDesk, file: Path) -> None:
    ref = desk.open()
    assert len(tried(desk, ref)) == 2
    file.write_text('[en]\navoid = { lamp = "light" }\n')
    assert [one["excerpt"] for one in tried(desk, ref)] == ["lamp"]


def test_a_file_that_breaks_leaves_what_was_good(desk: TestDesk, file: Path) -> None:
    ref = desk.open()
    assert len(tried(desk, ref)) == 2
    file.write_text("[en\n")
    assert len(tried(desk, ref)) == 2
    assert desk.voices is not None
    assert [one.line for one in desk.voices.problems()] == [1]
    file.unlink()
    assert tried(desk, ref) == []
    assert desk.voices.problems() == ()


def test_a_file_of_the_same_length_is_noticed_by_its_time(desk: TestDesk, file: Path) -> None:
    voices = Voices(file)
    assert voices.sheet().of("x").manner("en").avoid[0].words == "cheap"
    file.write_text(FILE.replace("cheap", "lamps"))
    os.utime(file, ns=(1, 1))
    assert voices.sheet().of("x").manner("en").avoid[0].words == "lamps"


def test_a_complaint_is_tense(desk: TestDesk) -> None:
    ref = desk.open()
    assert desk.one("ticket.reply", ref, text=TEXT, dry_run=True)["tense"] is False
    desk.do("ticket.reason", ref, reason="complaint")
    assert desk.one("ticket.reply", ref, text=TEXT, dry_run=True)["tense"] is True


@pytest.mark.parametrize(
    ("changes", "tense"),
    [
        ("tone = 'angry'", True),
        ("tone = 'neutral'", False),
        ("risks = 'legal'", True),
        ("priority = 'urgent'", True),
        ("priority = 'low'", False),
    ],
)
def test_anger_threats_and_haste_are_tense(desk: TestDesk, changes: str, tense: bool) -> None:
    ref = desk.open()
    desk.write(lambda tx: tx.execute(f"UPDATE tickets SET {changes} WHERE ref = ?", (ref,)))
    assert desk.one("ticket.reply", ref, text=TEXT, dry_run=True)["tense"] is tense


def test_macros_greet_as_the_file_says_and_follow_it_while_it_changes(
    desk: TestDesk, file: Path
) -> None:
    shelf = Shelf(file.parent / "macros", file.parent / "facts.toml", file)
    reading = Reading(desk.path, "Anna", ZoneInfo("UTC"), desk.clock.now, shelf=lambda: shelf)
    ticket_id = desk.ticket(desk.open())["id"]

    def greeting() -> str:
        filled = reading.macro_filled(ticket_id, "order_status", "en")
        assert filled is not None
        return filled.text.partition("\n")[0]

    assert greeting().startswith("Hey Marta!")
    file.write_text('[en]\ngreeting = "Dear {name},"\nclosing = "{who}"\n')
    greeting()
    assert greeting().startswith("Dear Marta,")
    assert [one.text for one in shelf.stock().problems] == [
        "en.closing has no {who}; {agent} can stand there"
    ]
    reading.close()

"""The bytes of a terminal and what its environment says about it."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual import events

from deskterm.domain.errors import DesktermError
from deskterm.ui import surroundings
from deskterm.ui.bursts import Burst
from deskterm.ui.terminal import PasteFilter, grouped, in_ascii

START, END = "\x1b[200~", "\x1b[201~"


def through(*reads: str) -> str:
    paste = PasteFilter()
    return "".join(paste.feed(read) for read in reads)


def test_outside_of_a_paste_everything_passes() -> None:
    assert through("\x1b[A", "\x1b", "j\x1bOP") == "\x1b[A\x1bj\x1bOP"


def test_escapes_within_a_paste_are_shown() -> None:
    assert through(f"a{START}b\x1b[A\x1bc{END}\x1b[A") == f"a{START}b␛[A␛c{END}\x1b[A"


def test_a_paste_within_a_paste_is_text() -> None:
    assert through(f"{START}one{START}two{END}") == f"{START}one␛[200~two{END}"


def test_the_end_of_a_paste_is_found_wherever_reads_are_cut() -> None:
    paste, after = f"one\x1btwo\x1b[{END}", "\x1b[B"
    for cut in range(1, len(paste)):
        found = through(START + paste[:cut], paste[cut:] + after)
        assert found == f"{START}one␛two␛[{END}{after}"


def key(character: str) -> events.Key:
    return events.Key(character, character)


def test_many_different_keys_of_one_read_are_looked_at_together() -> None:
    (burst,) = grouped([key(character) for character in "a fine text, no?"])
    assert isinstance(burst, Burst)
    assert burst.text == "a fine text, no?"


def test_repeated_keys_and_short_words_stay_keys() -> None:
    assert all(isinstance(one, events.Key) for one in grouped([key("j")] * 300))
    assert len(grouped([key(character) for character in "rhello"])) == 6


def test_a_paste_keeps_its_place_among_keys() -> None:
    before, after = [[key(character) for character in text] for text in ("rabc", "defghi")]
    paste = events.Paste("a fine text, no?")
    assert grouped([*before, paste, *after]) == [*before, paste, *after]


def test_other_messages_of_a_read_come_through() -> None:
    focus = events.AppFocus()
    found = grouped([*(key(character) for character in "abcdefghij"), focus])
    assert focus in found


@pytest.mark.parametrize("text", ["┌─┐│└┘", "● ◆ ▸ ✎ •", "中村 太郎", "Inès…", "plain \x1b[31m"])
def test_ascii_takes_the_same_room(text: str) -> None:
    assert in_ascii(text).isascii()
    assert cell_len(in_ascii(text)) == cell_len(text)


@pytest.mark.parametrize(
    ("env", "sixteen"),
    [
        ({"TERM": "xterm-256color"}, False),
        ({"TERM": "xterm-kitty"}, False),
        ({"TERM": "linux"}, True),
        ({"TERM": "screen"}, True),
        ({"TERM": "screen", "COLORTERM": "truecolor"}, False),
        ({"TERM": "xterm-256color", "TEXTUAL_COLOR_SYSTEM": "standard"}, True),
        ({"TERM": "linux", "TEXTUAL_COLOR_SYSTEM": "truecolor"}, False),
    ],
)
def test_how_many_colours_there_are(env: dict[str, str], sixteen: bool) -> None:
    assert surroundings.has_sixteen_colours(env) is sixteen


@pytest.mark.parametrize(
    ("env", "coerced", "utf8"),
    [
        ({"LANG": "fr_FR.UTF-8"}, False, True),
        ({"LANG": "en_GB.utf8"}, False, True),
        ({"LC_ALL": "C", "LANG": "fr_FR.UTF-8"}, False, False),
        ({"LANG": "en_US.ISO-8859-1"}, False, False),
        ({}, False, False),
        ({"LC_CTYPE": "C.UTF-8"}, True, False),
        ({"LC_CTYPE": "C.UTF-8"}, False, True),
    ],
)
def test_whether_the_language_is_utf8(env: dict[str, str], coerced: bool, utf8: bool) -> None:
    assert surroundings.speaks_utf8(env, coerced=coerced) is utf8


@pytest.mark.parametrize("name", ["dumb", "", "unknown"])
def test_a_terminal_that_cannot_be_painted_on_is_refused(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(surroundings, "is_terminal", lambda: True)
    with pytest.raises(DesktermError) as caught:
        surroundings.check_terminal({"TERM": name})
    assert caught.value.code == "usage"
    assert "deskterm list" in caught.value.advice

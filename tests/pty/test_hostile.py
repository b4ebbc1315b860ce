"""Row 27 on the screen: text that attacks a terminal is only text, wherever the console shows it.

Every test looks at each byte that went to the terminal, and ends the console by its own keys.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.pty.conftest import environment
from tests.support.dovecot import PASSWORD
from tests.support.hostile import TEXTS, TITLE, foreign_controls
from tests.support.hostile_desk import HostileDesk, refusing_server
from tests.support.pty import Terminal

NARROW, WIDE = (80, 24), (120, 40)
F2, F3, F6, F7 = "\x1bOQ", "\x1bOR", "\x1b[17~", "\x1b[18~"
PASTE = "\x1b[200~{}\x1b[201~"
#: What can be typed: no keyboard sends the others, and none of these is a key of ours.
TYPED = [
    text for text in TEXTS.values() if all(c >= " " and not "\x7f" <= c < "\xa0" for c in text)
]
#: What can be written. Signs of a private font, and those that hold emoji together, stay in it.
WRITTEN = [text for name, text in TEXTS.items() if name not in ("private", "hidden")]
#: The order of the list.
MAILS = [*TEXTS, "deep", "one line"]
BOUND_S = 5.0
#: The border of an open ticket: its reference, its state, and where in it the cursor is.
_OPEN = re.compile(r" ([a-z0-9]{6}) · [a-z ]+ · 1 of 1 ─")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[HostileDesk]:
    root = tmp_path_factory.mktemp("hostile")
    with refusing_server(root) as fields:
        desk = HostileDesk(root, fields, "hold_s = 600\n")
        try:
            yield desk
        finally:
            desk.end()


@contextmanager
def console(desk: HostileDesk, size: tuple[int, int] = NARROW) -> Iterator[Terminal]:
    """The console over the hostile mails; it must be alive at the end, and have shown no control
    byte of theirs.
    """
    home = Path(desk.env["DESKTERM_HOME"])
    for file in home.glob("state/console*"):
        file.unlink()
    env = environment(home, DESKTERM_SECRET_SHOP_PASSWORD=PASSWORD)
    with Terminal([sys.executable, "-m", "deskterm"], env, size) as terminal:
        terminal.wait_for(f"1 of {len(desk.refs)}")
        yield terminal
        terminal.settled()
        terminal.send("\x11")
        assert terminal.ended() == 0
        assert foreign_controls(terminal.raw) == []


def opened(ref: str) -> Callable[[str], bool]:
    """Whether this ticket is open."""
    return lambda screen: any(found == ref for found in _OPEN.findall(screen))


def go_to(terminal: Terminal, name: str) -> None:
    """Move the cursor of the list to a mail."""

    def is_there(screen: str) -> bool:
        lines = screen.splitlines()
        row = next((n for n, line in enumerate(lines) if line.startswith("│>")), 0)
        # On a wide screen the subject has a line of its own.
        return f" {name} " in lines[row + 1 if "┐┌" in screen else row]

    terminal.send("gg" + "j" * MAILS.index(name))
    terminal.wait_for(is_there)


@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_each_ticket_in_the_list_and_open(desk: HostileDesk, size: tuple[int, int]) -> None:
    seen: list[str] = []

    def another(screen: str) -> bool:
        found = _OPEN.findall(screen)
        return bool(found) and found[-1] not in seen

    with console(desk, size) as terminal:
        terminal.send("G")
        terminal.wait_for(f"{len(desk.refs)} of {len(desk.refs)}")
        terminal.send("gg\r")
        terminal.wait_for("· shop · clipboard ")
        while True:
            seen.append(_OPEN.findall(terminal.wait_for(another))[-1])
            if "w shows them" in terminal.text:
                terminal.send("w")
                terminal.wait_for("> quoted")
            terminal.send("i")
            terminal.wait_for("Message-ID: <")
            if len(seen) == len(desk.refs):
                break
            terminal.send("J")
    assert sorted(seen) == sorted(desk.refs)


def test_each_mail_as_it_came_and_its_file(desk: HostileDesk) -> None:
    with console(desk) as terminal:
        for name in TEXTS:
            go_to(terminal, name)
            terminal.send("\rI")
            terminal.wait_for("─ As it came")
            terminal.send("Ggghv")
            terminal.wait_for("─ 1 attachment ─")
            terminal.send("\r")
            terminal.wait_for("not a picture")
            terminal.send("hhh")
            terminal.wait_for("Enter open")


@pytest.mark.parametrize(
    ("name", "shown"), [("deep", "could not be read in full"), ("one line", "x" * 70)]
)
def test_a_monstrous_mail_opens_in_a_moment(desk: HostileDesk, name: str, shown: str) -> None:
    with console(desk) as terminal:
        go_to(terminal, name)
        start = time.monotonic()
        terminal.send("\r")
        terminal.wait_for(shown)
        assert time.monotonic() - start < BOUND_S
        terminal.send("G\x04\x15gg")
        terminal.wait_for(lambda screen: bool(_OPEN.search(screen)))


def test_hostile_text_in_lines_that_are_typed_into(desk: HostileDesk) -> None:
    with console(desk) as terminal:
        for opener in ("/", ":", "\x10", "?", "\rf"):
            terminal.send(opener)
            texts = map(PASTE.format, TEXTS.values())
            for number, text in enumerate((*texts, *(TYPED if opener == "/" else ()))):
                terminal.send(f"\x15{text}!{number}!")
                terminal.wait_for(f"!{number}!")
            terminal.send("\x1b")
            terminal.wait_for(lambda screen: "╭" not in screen)


def test_a_query_that_makes_no_sense_is_shown_with_its_fault(desk: HostileDesk) -> None:
    with console(desk) as terminal:
        terminal.send("/")
        for name in ("clipboard", "sequence", "c1", "markup", "bidi", "lines"):
            terminal.send("\x15" + PASTE.format(f"tag:x is:{TEXTS[name]}"))
            terminal.wait_for("      ^ ")
            terminal.send("\x15")
            terminal.wait_for(lambda screen: "      ^ " not in screen)
        terminal.send("\x1b")


def test_the_composer_says_to_whom_it_writes(desk: HostileDesk) -> None:
    with console(desk, WIDE) as terminal:
        for name in ("clipboard", "c1", "bidi", "wide"):
            go_to(terminal, name)
            terminal.send("r")
            terminal.wait_for("Reply to ")
            terminal.send("\x14")
            terminal.wait_for(lambda screen: "Reply to " not in screen)
            terminal.send("h")


def test_what_is_written_is_hostile_too(desk: HostileDesk) -> None:
    with console(desk) as terminal:
        terminal.send("r" + "".join(PASTE.format(f"{text}\n") for text in WRITTEN))
        terminal.send("\rthe text")
        terminal.wait_for("│the text")
        terminal.wait_for("draft saved")
        terminal.send(f"{F6}\t\t" + "".join(PASTE.format(text) for text in WRITTEN))
        terminal.send("the subject")
        terminal.wait_for("the subject")
        terminal.send(f"\x1b{F7}" + PASTE.format(TEXTS["path"] + TEXTS["sequence"]) + "\r")
        terminal.wait_for("There is no file")
        terminal.send("\x1b")
        terminal.wait_for("Ctrl+s send")
        terminal.send(F2 + F3)
        terminal.settled()
        terminal.send("\x14")
        terminal.wait_for(lambda screen: "Reply to " not in screen)


def test_a_hostile_reply_in_review_and_outbox(desk: HostileDesk) -> None:
    with console(desk) as terminal:
        go_to(terminal, "reset")
        terminal.send("r" + PASTE.format(TEXTS["sequence"] + TEXTS["bidi"]))
        terminal.wait_for("[7777")
        terminal.send("\x13")
        terminal.wait_for("Enter send")
        terminal.review("\r", "takes it back")
        terminal.send("go")
        terminal.wait_for("Outbox · 1")
        terminal.wait_for("held 9:")
        terminal.send("\r")
        terminal.wait_for("held · z takes it back")
        terminal.send("hb")
        terminal.wait_for("Outbox · 0")
        terminal.send("gd")
        terminal.wait_for("Drafts · 1")


def test_what_a_hostile_server_says(desk: HostileDesk) -> None:
    with console(desk) as terminal:
        terminal.send("gh")
        terminal.wait_for("go away")


def test_what_is_told_of_hostile_tags_and_owners(desk: HostileDesk) -> None:
    with console(desk) as terminal:
        for key, text in (*(("t", text) for text in TEXTS.values()), ("A", TEXTS["markup"])):
            terminal.send(key)
            terminal.wait_for("╭─ Command line")
            terminal.send(PASTE.format(text) + "\r")
            terminal.wait_for(lambda screen: "█ " in screen)
            while "█ " in terminal.settled() or "╭" in terminal.text:
                terminal.send("\x1b")


def test_what_is_told_of_a_hostile_ticket(desk: HostileDesk) -> None:
    with console(desk) as terminal:
        go_to(terminal, "markup")
        terminal.send("e")
        terminal.wait_for("Resolved")
        terminal.send("z")
        terminal.wait_for(lambda screen: "Resolved" not in screen)


def test_a_click_on_markup_does_nothing(desk: HostileDesk) -> None:
    with console(desk, WIDE) as terminal:
        go_to(terminal, "markup")
        assert terminal.click("click=app.quit")
        terminal.settled()
        terminal.send("\r")
        terminal.wait_for("Hello [@click=app.quit]")
        assert terminal.click("click=app.quit") > 2
        terminal.settled()
        terminal.send("r")
        terminal.wait_for("Reply to [@click=app.quit]")
        terminal.send(TEXTS["markup"])
        # The line of the finding moves the text down a row: a click before it would miss the text.
        terminal.wait_for("1 forbidden")
        terminal.wait_for("draft saved")
        terminal.settled()
        assert terminal.click("click=app.quit") > 4
        terminal.settled()
        terminal.send("\x14")
        terminal.wait_for(lambda screen: "Reply to " not in screen)


def test_the_window_keeps_its_name(desk: HostileDesk) -> None:
    with console(desk) as terminal:
        go_to(terminal, "title")
        terminal.send("\r")
        terminal.wait_for("Hello ]2;owned")
        ours = f"\x1b]2;deskterm ({len(desk.refs)})\x07".encode()
        terminal.wait_for(lambda _: ours in terminal.raw)
    titles = set(re.findall(rb"\x1b\]([012];[^\x07\x1b]*)", terminal.raw))
    assert all(re.fullmatch(f"2;{TITLE}".encode(), title) for title in titles)

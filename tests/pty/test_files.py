"""Pictures and editors on a real terminal: which bytes are written, and who has the terminal."""

from __future__ import annotations

import base64
import re
import sqlite3
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from deskterm.config.paths import Home
from deskterm.domain.arrival import FiledAttachment
from tests.pty.conftest import Open, environment
from tests.support.desk import TestDesk, a_mail
from tests.support.pictures import LOWER, UPPER, picture, stored
from tests.support.pty import Terminal

SIZE = (100, 30)
QUESTION = b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\\x1b[16t\x1b[c"
KITTY = b"\x1b_Gi=31;OK\x1b\\\x1b[6;20;10t\x1b[?62;c"
SIXEL = b"\x1b_Gi=31;ENOTSUP:no\x1b\\\x1b[6;20;10t\x1b[?62;4c"
PLAIN = b"\x1b[?62;22c"


@pytest.fixture
def gallery(tmp_path: Path) -> Path:
    """A workspace with one ticket and a picture in it."""
    folder = tmp_path / "gallery"
    home = Home.find({"DESKTERM_HOME": str(folder)})
    home.prepare()
    desk = TestDesk(home.data)
    file = stored(home.attachments, "IMG_1.png", picture())
    filed = FiledAttachment("2", file.filename, file.mime, file.size, file.digest)
    desk.arrive(a_mail("one", "It came like this.", subject="Broken", attachments=(filed,)))
    desk.close()
    return folder


@pytest.fixture
def terminal(gallery: Path) -> Iterator[Terminal]:
    """The console with the list of files open."""
    with ExitStack() as stack:
        command = [sys.executable, "-m", "deskterm"]
        terminal = stack.enter_context(Terminal(command, environment(gallery), SIZE))
        terminal.wait_for("Broken")
        terminal.send("\r")
        terminal.wait_for("It came like this.")
        terminal.send("v")
        terminal.wait_for("1 attachment ")
        yield terminal


def wait_for_bytes(terminal: Terminal, wanted: bytes, after: int = 0) -> None:
    terminal.wait_for(lambda _: wanted in terminal.raw[after:])


def test_kitty_draws_the_picture_and_takes_it_off(terminal: Terminal) -> None:
    assert QUESTION not in terminal.raw
    terminal.send("\r")
    wait_for_bytes(terminal, QUESTION)
    terminal.send(KITTY)
    wait_for_bytes(terminal, b"\x1b_Ga=T,")
    terminal.settled()
    found = re.search(rb"\x1b7\x1b\[3;2H\x1b_G(a=T[^;]*);([^\x1b]*)\x1b\\\x1b8", terminal.raw)
    assert found is not None
    assert b"s=40,v=20,c=4,r=1," in found[1]
    pixels = zlib.decompress(base64.b64decode(found[2]))
    assert (tuple(pixels[:3]), tuple(pixels[-3:])) == (UPPER, LOWER)
    before = len(terminal.raw)
    terminal.send("q")
    wait_for_bytes(terminal, b"\x1b_Ga=d,d=I,", before)
    terminal.wait_for("1 attachment ")


def test_the_picture_gives_way_to_what_comes_in_front(terminal: Terminal) -> None:
    terminal.send("\r")
    wait_for_bytes(terminal, QUESTION)
    terminal.send(KITTY)
    wait_for_bytes(terminal, b"\x1b_Ga=T,")
    before = len(terminal.raw)
    terminal.send("\x10")
    wait_for_bytes(terminal, b"\x1b_Ga=d,d=I,", before)
    before = len(terminal.raw)
    terminal.send("\x1b")
    wait_for_bytes(terminal, b"\x1b_Ga=T,", before)


def test_sixel_where_the_terminal_has_that(terminal: Terminal) -> None:
    terminal.send("\r")
    wait_for_bytes(terminal, QUESTION)
    terminal.send(SIXEL)
    wait_for_bytes(terminal, b'\x1bP0;1;0q"1;1;40;20#0;2;')
    terminal.settled()
    found = re.search(rb"\x1b7\x1b\[3;2H\x1bP([^\x1b]*)\x1b\\\x1b8", terminal.raw)
    assert found is not None
    assert re.fullmatch(rb"[ -~]*", found[1])


@pytest.mark.parametrize("answer", [PLAIN, b""], ids=["no", "none"])
def test_half_blocks_where_nothing_better_is_known(terminal: Terminal, answer: bytes) -> None:
    terminal.send("\r")
    wait_for_bytes(terminal, QUESTION)
    terminal.send(answer)
    terminal.wait_for("▀" * 40)
    terminal.send("q")
    terminal.wait_for("1 attachment ")
    assert b"\x1b_Ga=T" not in terminal.raw


# Another editor


def editor(folder: Path, script: str) -> str:
    """An editor that does something to the file it is given."""
    program = folder / "my editor"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return f"'{program}' --wait"


def lent(home: Path) -> list[Path]:
    return list((home / "state" / "editor").glob("*"))


def test_the_editor_has_the_terminal_and_its_text_comes_back(
    open_console: Open, home: Path, tmp_path: Path
) -> None:
    script = (
        'printf \'\\033[2J\\033[H\'; ls -l "$2" | cut -c1-10; cat "$2"; '
        "printf '\\nof the editor\\n' >> \"$2\"; read answer"
    )
    terminal = open_console(VISUAL=editor(tmp_path, script), EDITOR="false")
    terminal.wait_for("Parcel 000")
    terminal.send("rhello")
    terminal.wait_for("│hello")
    terminal.send("\x1bOS")
    screen = terminal.wait_for("-rw-------\nhello")
    assert "Parcel" not in screen
    terminal.send("\n")
    terminal.wait_for(lambda text: "│of the editor" in text and "Message number 0." in text)
    assert lent(home) == []
    terminal.send(" and me")
    terminal.wait_for("│of the editor and me")
    terminal.send("\x1a\x1a")
    terminal.wait_for(lambda text: "of the editor" not in text and "│hello" in text)


@pytest.mark.parametrize(
    ("script", "kept"),
    [
        ("exit 3", "│hello"),
        ('echo changed > "$2"; kill -9 $$', "│changed"),
        ('rm "$2"', "│hello"),
    ],
)
def test_nothing_is_lost_when_the_editor_fails(
    open_console: Open, home: Path, tmp_path: Path, script: str, kept: str
) -> None:
    terminal = open_console(VISUAL=editor(tmp_path, script))
    terminal.wait_for("Parcel 000")
    terminal.send("rhello")
    terminal.wait_for("│hello")
    terminal.send("\x1bOS")
    terminal.wait_for("ditor")
    terminal.wait_for(kept)
    terminal.send(" more")
    terminal.wait_for(f"{kept} more")


def test_an_editor_that_is_not_there_is_told(open_console: Open, home: Path) -> None:
    terminal = open_console(VISUAL="/nowhere/editor")
    terminal.wait_for("Parcel 000")
    terminal.send("rhello")
    terminal.wait_for("│hello")
    terminal.send("\x1bOS")
    terminal.wait_for("The editor cannot be started")
    terminal.wait_for("│hello")
    assert lent(home) == []


def test_a_console_that_is_killed_meanwhile_has_the_text_as_a_draft(
    open_console: Open, home: Path, tmp_path: Path
) -> None:
    terminal = open_console(VISUAL=editor(tmp_path, "echo is open; read answer"))
    terminal.wait_for("Parcel 000")
    terminal.send("rhello")
    terminal.wait_for("│hello")
    terminal.send("\x1bOS")
    terminal.wait_for("is open")
    terminal.signal(9)
    terminal.ended()
    database = sqlite3.connect(home / "data" / "deskterm.db")
    drafts = [row[0] for row in database.execute("SELECT body FROM drafts")]
    database.close()
    copies = [path.read_text() for path in (home / "state" / "typed").glob("*.json")]
    assert any("hello" in text for text in (*drafts, *copies))
    assert [path.read_text() for path in lent(home)] == ["hello"]

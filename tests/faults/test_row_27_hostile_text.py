"""Row 27: text that attacks a terminal is only text, in everything that the command line prints."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from deskterm.config.paths import Home
from deskterm.office.lock import is_held, read_info
from tests.support.hostile import TEXTS, foreign_controls, write_mbox
from tests.support.line import environment, wait_for

_FIELDS = ("address=help@shop.example", "imap_host=127.0.0.1", "imap_port=9")


class Desk:
    """A home with every hostile mail in it, and a terminal for each command."""

    def __init__(self, root: Path) -> None:
        self.env = environment(root) | {"TERM": "xterm-256color", "COLUMNS": "120"}
        mails = write_mbox(root / "box")
        sets = [f"--set={field}" for field in (*_FIELDS, "smtp_host=127.0.0.1", "smtp_port=9")]
        self.run("account", "add", "email", "shop", *sets)
        self.run("import", "mbox", str(root / "box"), "--account", "shop")
        self.refs = [line.split()[0] for line in self.lines("list", "--limit", "100")[1:]]
        assert len(self.refs) == mails

    def run(self, *words: str, code: int | None = 0) -> bytes:
        """What a terminal gets from `deskterm WORDS`, and what went to its errors."""
        ours, theirs = pty.openpty()
        with os.fdopen(ours, "rb", buffering=0) as screen:
            process = subprocess.Popen(
                [sys.executable, "-m", "deskterm", *words],
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=theirs,
                stderr=theirs,
            )
            os.close(theirs)
            painted = b""
            with suppress(OSError):  # Linux says EIO where the other side has closed
                while data := screen.read(65536):
                    painted += data
            assert process.wait(60) == code or code is None, painted[-2000:]
        return painted

    def lines(self, *words: str) -> list[str]:
        """The lines of a command without a terminal."""
        done = subprocess.run(
            [sys.executable, "-m", "deskterm", *words],
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=True,
        )
        return done.stdout.decode().splitlines()

    def end(self) -> None:
        lock = Home.find(self.env).lock
        info = read_info(lock) if is_held(lock) else None
        if info:
            os.kill(info.pid, signal.SIGTERM)
            wait_for(lambda: not is_held(lock))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("hostile"))
    try:
        yield desk
    finally:
        desk.end()


@pytest.mark.parametrize(
    "words",
    [
        ("list", "--limit", "100"),
        ("list", "--limit", "100", "--json"),
        ("list", "from\x1b[7777m:x"),
        ("search", "hello"),
        ("search", "\x1b[7777m\u202e"),
        ("show", "\x1b[7777m"),
        ("account", "list"),
        ("account", "check", "\x1b]52;c;cm0=\x07"),
        ("outbox", "list"),
        ("doctor",),
        ("undo",),
    ],
    ids=lambda words: ascii(" ".join(words)),
)
def test_no_control_byte_of_theirs_reaches_the_terminal(desk: Desk, words: tuple[str, ...]) -> None:
    painted = desk.run(*words, code=None)
    assert painted
    assert foreign_controls(painted) == []


def test_each_ticket_is_shown_as_text(desk: Desk) -> None:
    for ref in desk.refs:
        for words in (("show", ref), ("show", ref, "--full"), ("show", ref, "--json")):
            assert foreign_controls(desk.run(*words)) == [], words


def test_what_a_command_says_of_a_hostile_ticket(desk: Desk) -> None:
    for text in TEXTS.values():
        bare = text.replace("\x00", "")
        tagged = desk.run("do", "tag", desk.refs[0], f"--param=tag={bare}", code=None)
        assert foreign_controls(tagged) == []
        assigned = desk.run("do", "assign", desk.refs[0], f"--param=to={bare}", code=None)
        assert foreign_controls(assigned) == []


def test_the_look_finds_what_it_looks_for() -> None:
    """The judge of the tests above, held against the texts as they came."""
    for name, text in TEXTS.items():
        if name not in ("markup", "marks", "path", "format", "wide"):
            assert foreign_controls(f"shown {text}".encode()), name

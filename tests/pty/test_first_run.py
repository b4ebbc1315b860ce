"""The first run on a real terminal, in a workspace that has never been used."""

from __future__ import annotations

import os
import signal
import sys
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from deskterm.config.paths import Home
from deskterm.office.lock import is_held, read_info
from tests.pty.conftest import environment
from tests.support.demo import left_by_demo
from tests.support.pty import Terminal


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Terminal]:
    """A console in an empty folder; secrets would go to the encrypted file."""
    env = environment(
        tmp_path / "home",
        TMPDIR=str(tmp_path),
        DESKTERM_SECRETS="file",
        DESKTERM_PASSPHRASE="only for this test",
    )
    with Terminal([sys.executable, "-m", "deskterm"], env) as terminal:
        yield terminal
    home = Home.find({"DESKTERM_HOME": str(tmp_path / "home")})
    info = read_info(home.lock) if is_held(home.lock) else None
    if info is not None:
        with suppress(ProcessLookupError):
            os.kill(info.pid, signal.SIGTERM)


def test_name_and_account_are_asked_and_a_failure_is_told_in_words(
    first: Terminal, tmp_path: Path
) -> None:
    first.wait_for("Look around in a demo")
    first.send("a")
    first.wait_for("Mailbox (IMAP")
    while "> Mailbox" not in first.text:
        first.send("\x1b[B")
        first.settled()
    first.send("\r")
    first.wait_for("Your name")
    first.send("\x15Kim\r" + "\r" + "help@shop.example\r" + "hunter-two\r" + "127.0.0.1\r")
    first.send("127.0.0.1\r" + "\r")  # the second server, then more settings
    first.wait_for("IMAP port")
    first.send("\x1b[6~" * 3)
    first.wait_for("> Try it")
    first.send("\r")
    first.wait_for("does not work yet")
    assert "hunter-two" not in first.text
    settings = (tmp_path / "home" / "config" / "settings.toml").read_text("utf-8")
    assert tomllib.loads(settings) == {"agent_name": "Kim"}
    for path in (tmp_path / "home").rglob("*"):
        if path.is_file():
            assert b"hunter-two" not in path.read_bytes(), path
    first.send("\x1b")
    first.wait_for("email")
    first.settled()
    first.send("q")
    assert first.ended() == 0


def test_the_demo_is_one_key_away_and_leaves_nothing(first: Terminal, tmp_path: Path) -> None:
    first.wait_for("Look around in a demo")
    first.send("d")
    first.wait_for("Demo shop 1")
    first.settled()
    first.send("q")
    assert first.ended() == 0
    assert left_by_demo(tmp_path) == []

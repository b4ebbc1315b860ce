"""Plain mode as one meets it: a terminal that only prints, pipes, an office that is killed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskterm.sandbox.launch import Sandbox
from tests.pty.conftest import TICKETS, Open, environment
from tests.support.line import wait_for
from tests.support.pty import Terminal
from tests.support.sandbox import SandboxDesk, noted, running_sandbox, sandbox_desk

_SHOWING = re.compile(r"need(?:s)? us, showing 1")


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("shop") / "sandbox", tickets=8) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Iterator[SandboxDesk]:
    with sandbox_desk(tmp_path_factory.mktemp("desk"), sandbox) as desk:
        yield desk


def say(terminal: Terminal, line: str, wanted: str) -> str:
    """Type a line and wait for what is told."""
    terminal.send(f"{line}\n")
    return terminal.wait_for(wanted)


def until_told(terminal: Terminal, line: str, wanted: re.Pattern[str]) -> None:
    """Ask the same until the answer is another one."""

    def asked() -> bool:
        terminal.send(f"{line}\n")
        return wanted.search(terminal.settled()) is not None

    wait_for(asked, seconds=60)


@pytest.mark.parametrize(
    ("term", "words"), [("dumb", []), ("xterm-256color", ["--plain"])], ids=["dumb", "asked-for"]
)
def test_from_the_first_run_to_an_answered_ticket(
    tmp_path: Path, term: str, words: list[str]
) -> None:
    env = environment(tmp_path, TMPDIR=str(tmp_path), DESKTERM_HOME="", TERM=term)
    command = [sys.executable, "-m", "deskterm", "demo", "--seed=3", "--tickets=5", *words]
    with Terminal(command, env) as terminal:
        terminal.wait_for("deskterm>")
        until_told(terminal, "list", _SHOWING)
        say(terminal, "1", "the newest first")
        terminal.settled()
        say(terminal, "reply", "a dot alone ends it")
        terminal.send("Hello, it left yesterday.\nAnna\n")
        say(terminal, ".", "Ready to send")
        terminal.wait_for("review>")
        terminal.settled()
        say(terminal, "send", "goes out in 10 seconds")
        until_told(terminal, "outbox", re.compile("The outbox is empty"))
        terminal.send("quit\n")
        assert terminal.ended() == 0
        assert b"\x1b" not in terminal.raw
    assert list(tmp_path.glob("deskterm-demo-*")) == []


def test_a_terminal_that_only_prints_gets_plain_mode(open_console: Open) -> None:
    with open_console(TERM="dumb") as terminal:
        terminal.wait_for(f"{TICKETS} tickets need us, showing 1 to 10.")
        terminal.send("\x04")
        assert terminal.ended() == 0
        assert b"\x1b" not in terminal.raw


@pytest.mark.parametrize("how", ["ctrl-c", "ctrl-d", signal.SIGHUP, signal.SIGTERM])
def test_what_is_typed_is_kept(open_console: Open, home: Path, how: str | signal.Signals) -> None:
    with open_console(TERM="dumb") as terminal:
        say(terminal, "1", "the newest first")
        say(terminal, "reply", "a dot alone ends it")
        terminal.send("Hello\nAnna\n")
        terminal.settled()
        if isinstance(how, signal.Signals):
            terminal.signal(how)
            assert terminal.ended() == 128 + how
        else:
            terminal.send("\x03" if how == "ctrl-c" else "\x04")
            terminal.wait_for("The draft is kept.")
            terminal.send("quit\n" if how == "ctrl-c" else "")
            assert terminal.ended() == 0
    told = piped(home, "1", "review", "keep")
    assert "Text, 2 lines:\nHello\nAnna\n" in told


def piped(home: Path, *lines: str) -> str:
    """What `deskterm --plain` says to a pipe."""
    done = subprocess.run(
        [sys.executable, "-m", "deskterm", "--plain"],
        env=environment(home),
        input="".join(f"{line}\n" for line in lines),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_pipes_need_no_terminal(home: Path) -> None:
    told = piped(home, "list", "2")
    assert f"\ndeskterm>\n{TICKETS} tickets need us, showing 1 to 10.\n1. Customer000: " in told
    assert "Message number 1." in told


_CONNECTORS = "deskterm_connectors."


def test_reading_loads_no_screen(home: Path) -> None:
    code = (
        "import json, sys\nfrom deskterm.cli.main import run\ncode = run(['--plain'])\n"
        "print(json.dumps([code, sorted(sys.modules)]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(home),
        input="list\n1\nhelp\nquit\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    exit_code, loaded = json.loads(done.stdout.splitlines()[-1])
    assert exit_code == 0
    assert "deskterm.plain.session" in loaded
    tops = {name.partition(".")[0] for name in loaded}
    assert tops.isdisjoint({"textual", "httpx", "keyring"})
    # What a channel is and its rules are known without the code that talks to it.
    parts = {name.rpartition(".")[2] for name in loaded if name.startswith(_CONNECTORS)}
    assert parts <= {"email", "woocommerce", "spec"}


def test_an_office_that_is_killed_while_one_writes(desk: SandboxDesk) -> None:
    before = len(noted(desk.sandbox, "taken"))
    env = environment(Path(desk.env["DESKTERM_HOME"]), TERM="dumb")
    env |= {name: value for name, value in desk.env.items() if "_SECRET_" in name}
    with Terminal([sys.executable, "-m", "deskterm"], env) as terminal:
        until_told(terminal, "list", _SHOWING)
        say(terminal, "1", "the newest first")
        terminal.settled()
        say(terminal, "reply", "a dot alone ends it")
        terminal.send("Hello\n")
        wait_for(lambda: desk.rows("SELECT body FROM drafts WHERE body = 'Hello'"))
        pid = desk.office_pid()
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        terminal.send("Anna\n")
        say(terminal, ".", "Ready to send")
        terminal.wait_for("review>")
        terminal.settled()
        say(terminal, "send", "The reply to")
        wait_for(lambda: len(noted(desk.sandbox, "taken")) == before + 1, seconds=40)
        assert desk.office_pid() not in (None, pid)
        terminal.send("quit\n")
        assert terminal.ended() == 0
        assert b"\x1b" not in terminal.raw

"""What the agent sees while something behind the console fails, and that no text is lost by it."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deskterm.domain.clock import SystemClock
from deskterm.office.lock import LockInfo, OfficeLock, OfficeRunning
from deskterm.sandbox.launch import Sandbox
from tests.pty.conftest import environment
from tests.support.line import wait_for
from tests.support.pty import Terminal
from tests.support.sandbox import SandboxDesk, noted, running_sandbox, sandbox_desk

TICKETS = 8


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("shop") / "sandbox", tickets=TICKETS) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, sandbox: Sandbox) -> Iterator[SandboxDesk]:
    with sandbox_desk(tmp_path_factory.mktemp("desk"), sandbox) as desk:
        yield desk


@contextmanager
def console(desk: SandboxDesk) -> Iterator[Terminal]:
    """The console, with all mail there and the first ticket under the cursor."""
    secrets = {name: value for name, value in desk.env.items() if "_SECRET_" in name}
    for file in desk.home.state.glob("console*"):
        file.unlink()
    env = environment(Path(desk.env["DESKTERM_HOME"]), **secrets)
    with Terminal([sys.executable, "-m", "deskterm"], env) as terminal:
        terminal.wait_for("mailbox ok")
        yield terminal


@contextmanager
def an_office_that_takes_no_calls(desk: SandboxDesk) -> Iterator[None]:
    """Be the office, before another one can be started."""
    lock = OfficeLock(desk.home.lock)

    def is_ours() -> bool:
        try:
            lock.acquire(LockInfo.here(desk.home.state / "nobody", SystemClock()))
        except OfficeRunning:
            return False
        return True

    wait_for(is_ours)
    with lock:
        yield


def copies(desk: SandboxDesk) -> list[str]:
    """The texts that wait for the office on the disk."""
    found = (desk.home.state / "typed").glob("*.json")
    return [json.loads(copy.read_text("utf-8"))["params"]["text"] for copy in found]


def send(terminal: Terminal) -> None:
    """Send what is in the composer."""
    terminal.send("\x13")
    terminal.wait_for("Ready to send")
    terminal.review("\r", "The reply to")


def taken(desk: SandboxDesk, terminal: Terminal, before: int) -> int:
    """Wait until a reply has left, and the outbox is empty; how many have since `before`."""
    wait_for(lambda: len(noted(desk.sandbox, "taken")) > before)
    terminal.wait_for(lambda screen: "outbox" not in screen)
    return len(noted(desk.sandbox, "taken")) - before


def test_an_office_that_is_killed_while_one_types(desk: SandboxDesk) -> None:
    before = len(noted(desk.sandbox, "taken"))
    with console(desk) as terminal:
        terminal.send("rHello")
        terminal.wait_for("draft saved")
        pid = desk.office_pid()
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        terminal.send(" there")
        terminal.wait_for("│Hello there")
        terminal.wait_for("not saved yet")
        terminal.wait_for("draft saved")
        assert desk.office_pid() not in (None, pid)
        send(terminal)
        assert taken(desk, terminal, before) == 1


def test_an_office_that_stays_away_while_one_types(desk: SandboxDesk) -> None:
    before = len(noted(desk.sandbox, "taken"))
    with console(desk) as terminal:
        terminal.send("nrOK")
        terminal.wait_for("draft saved")
        pid = desk.office_pid()
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        with an_office_that_takes_no_calls(desk):
            terminal.send(" 15:30")
            terminal.wait_for("│OK 15:30")
            terminal.wait_for("office away, trying again")
            assert copies(desk) == ["OK 15:30"]
            terminal.send(", 16:00")
            terminal.wait_for("│OK 15:30, 16:00")
            wait_for(lambda: copies(desk) == ["OK 15:30, 16:00"])
        terminal.wait_for("draft saved")
        terminal.wait_for(lambda screen: "office away" not in screen)
        assert copies(desk) == []
        send(terminal)
        assert taken(desk, terminal, before) == 1


def test_a_network_that_is_cut_and_comes_back(desk: SandboxDesk) -> None:
    before = len(noted(desk.sandbox, "taken"))
    with console(desk) as terminal:
        desk.sandbox.command("misbehave", what="cut")
        terminal.wait_for("mailbox trying again")
        terminal.send("nrOK, 15:30.")
        terminal.wait_for("│OK, 15:30.")
        send(terminal)
        terminal.wait_for("tried again later")
        terminal.wait_for("could not be reached")
        assert len(noted(desk.sandbox, "taken")) == before
        desk.sandbox.command("behave")
        terminal.send("R")
        assert taken(desk, terminal, before) == 1
        terminal.wait_for("mailbox ok")


def test_a_terminal_that_gets_tiny_while_one_types(desk: SandboxDesk) -> None:
    with console(desk) as terminal:
        terminal.send("cone two")
        terminal.wait_for("║one two")
        terminal.resize(20, 5)
        terminal.wait_for("Too small")
        terminal.resize(80, 24)
        terminal.wait_for("║one two")
        terminal.send(" three")
        terminal.wait_for("║one two three")
        terminal.wait_for("draft saved")


def test_a_shop_that_ends(desk: SandboxDesk) -> None:
    """The last one here: its shop is gone afterwards."""
    with console(desk) as terminal:
        terminal.wait_for("1 of ")
        desk.sandbox.stop()
        terminal.wait_for("mailbox trying again")
        terminal.send("gh")
        terminal.wait_for("could not be reached")
        terminal.wait_for("It is tried again by itself")
        terminal.send("gi")
        terminal.wait_for("Needs us")
        terminal.send("e")
        terminal.wait_for("Resolved")
        terminal.send("cStill at work\x13")
        terminal.wait_for("Note kept")
        terminal.send("q")
        terminal.send("q")
        assert terminal.ended() == 0

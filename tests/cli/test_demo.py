"""`deskterm demo` with another program in the console's place: what it sets up, what it leaves."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from deskterm.config.paths import Home
from deskterm.office.lock import is_held, read_info
from deskterm.store.connect import connect
from tests.support.line import wait_for
from tests.support.sandbox import children_of, is_alive

pytestmark = pytest.mark.xdist_group("demo")

TICKETS = 30
#: The console's place is taken by a program that says where it is and waits for a line.
_PROGRAM = """
import json, os, select, sys, types
def open_console(place, *, banner="", tour=False):
    secrets = {name: os.environ[name] for name in os.environ if "DESKTERM_SECRET" in name}
    said = {"home": str(place.home.data.parent), "banner": banner, "secrets": secrets}
    print(json.dumps(said), flush=True)
    while not select.select([sys.stdin], [], [], 0.05)[0]:
        pass  # back to Python now and then, as an event loop is for signals
    return int(sys.stdin.readline())
console = types.ModuleType("deskterm.cli.console")
console.open_console = open_console
sys.modules["deskterm.cli.console"] = console
from deskterm.cli.main import run
sys.exit(run(["demo", "--tickets", "%d", *sys.argv[1:]]))
"""
#: The same, and the console that would have opened meets a fault.
_FAULTY = """
import json, sys
import deskterm.cli.console as console
def open_console(place, *, banner="", tour=False):
    app = console.console_app(place, banner=banner)
    report = app.report(ValueError("words of a customer"))
    print(json.dumps({"home": str(place.home.data.parent), "report": str(report)}), flush=True)
    return 1
console.open_console = open_console
from deskterm.cli.main import run
sys.exit(run(["demo", "--tickets", "%d", *sys.argv[1:]]))
"""

_SECRETS = ("DESKTERM_SECRET_MAILBOX_PASSWORD", "DESKTERM_SECRET_WEBSHOP_CONSUMER_SECRET")


@dataclass
class RunningDemo:
    """A demo whose console has opened."""

    process: subprocess.Popen[str]
    said: dict[str, Any]

    @property
    def home(self) -> Home:
        return Home.find({"DESKTERM_HOME": self.said["home"]})

    @property
    def folder(self) -> Path:
        return Path(self.said["home"]).parent

    def tickets(self) -> int:
        """How many have arrived."""
        if not self.home.database.exists():
            return 0
        connection = connect(self.home.database)
        try:
            made = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'tickets'")
            if made.fetchone() is None:
                return 0
            return int(connection.execute("SELECT count(*) FROM tickets").fetchone()[0])
        finally:
            connection.close()

    def helpers(self) -> list[int]:
        """The processes that work for it."""
        return children_of(self.process.pid)

    def close_console(self, code: int = 0) -> None:
        """Have the console end by itself."""
        assert self.process.stdin is not None
        self.process.stdin.write(f"{code}\n")
        self.process.stdin.flush()


@contextmanager
def demo(tmp: Path, *words: str, program: str = _PROGRAM) -> Iterator[RunningDemo]:
    """Run a demo with a folder for temporary files of its own."""
    env = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    env |= {"TMPDIR": str(tmp), "DESKTERM_HOME": str(tmp / "my own shop"), "XDG_RUNTIME_DIR": ""}
    with subprocess.Popen(
        [sys.executable, "-c", program % TICKETS, *words],
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield RunningDemo(process, json.loads(process.stdout.readline()))
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(30)


def test_the_console_opens_before_the_shop_is_there_and_the_shop_follows(tmp_path: Path) -> None:
    with demo(tmp_path, "--seed", "5") as running:
        assert running.tickets() < TICKETS
        assert "5" in running.said["banner"]
        assert running.folder.parent == tmp_path
        assert running.folder.stat().st_mode & 0o777 == 0o700
        secrets = running.said["secrets"]
        assert set(secrets) == {"DESKTERM_SECRETS", *_SECRETS}
        assert secrets["DESKTERM_SECRETS"] == "env"
        wait_for(lambda: running.tickets() == TICKETS)
        helpers = running.helpers()
        assert len(helpers) == 2, "servers and office"
        for name in _SECRETS:
            assert not _anywhere(running.folder, secrets[name])
        running.close_console(3)
        assert running.process.wait(30) == 3
        assert running.process.stderr is not None
        assert running.process.stderr.read() == ""
    assert not any(map(is_alive, helpers))
    assert list(tmp_path.iterdir()) == [], "and the user's own shop was not even made"


def _anywhere(folder: Path, secret: str) -> list[Path]:
    """The files that hold it."""
    assert len(secret) > 20
    files = [file for file in folder.rglob("*") if file.is_file()]
    assert any(file.suffix == ".db" for file in files)
    return [file for file in files if secret.encode() in file.read_bytes()]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT"])
@pytest.mark.parametrize("early", [True, False], ids=["coming-up", "there"])
def test_a_signal_clears_everything_away(tmp_path: Path, name: str, early: bool) -> None:
    with demo(tmp_path) as running:
        if not early:
            wait_for(lambda: running.tickets() == TICKETS)
        helpers = running.helpers()
        running.process.send_signal(getattr(signal, name))
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(30) == 0
    assert not any(map(is_alive, helpers))
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_one_leaves_goes_by_itself_and_with_the_next(tmp_path: Path) -> None:
    with demo(tmp_path) as killed:
        wait_for(lambda: killed.tickets() == TICKETS)
        helpers = killed.helpers()
        assert len(helpers) == 2
        killed.process.kill()
        killed.process.wait(30)
        wait_for(lambda: not any(map(is_alive, helpers)), seconds=30)
    assert killed.folder.is_dir()
    with demo(tmp_path) as running:
        wait_for(lambda: not killed.folder.exists())
        assert running.folder.is_dir()
        wait_for(lambda: running.tickets() == TICKETS)


def test_the_next_ends_an_office_that_has_not_noticed_yet(tmp_path: Path) -> None:
    with demo(tmp_path) as killed:
        wait_for(lambda: killed.tickets() > 0)
        info = read_info(killed.home.lock)
        assert info is not None
        os.kill(info.pid, signal.SIGSTOP)
        killed.process.kill()
        killed.process.wait(30)
        os.kill(info.pid, signal.SIGCONT)
    assert is_held(killed.home.lock)
    with demo(tmp_path):
        wait_for(lambda: not killed.folder.exists())
        wait_for(lambda: not is_alive(info.pid))


def test_the_report_of_a_fault_outlasts_the_demo(tmp_path: Path) -> None:
    with demo(tmp_path, program=_FAULTY) as running:
        assert running.process.wait(30) == 1
        report = Path(running.said["report"])
    assert not running.folder.exists()
    assert report.is_relative_to(tmp_path / "my own shop")
    text = report.read_text("utf-8")
    assert "ValueError" in text
    assert "words of a customer" not in text


def test_two_demos_side_by_side(tmp_path: Path) -> None:
    with demo(tmp_path) as one, demo(tmp_path, "--seed", "2") as other:
        wait_for(lambda: one.tickets() == other.tickets() == TICKETS)
        assert one.folder != other.folder
        other.close_console()
        assert other.process.wait(30) == 0
        assert one.folder.exists()
        assert not other.folder.exists()

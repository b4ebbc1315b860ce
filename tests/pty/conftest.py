"""A workspace with tickets, and the real console on a pseudo-terminal over it."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from deskterm.config.paths import Home
from deskterm.domain.arrival import Arrival
from deskterm.office.lock import read_info
from tests.support.desk import TestDesk, a_mail
from tests.support.pty import Terminal

TICKETS = 250
Open = Callable[..., Terminal]


def environment(home: Path, **more: str) -> dict[str, str]:
    """The environment of an agent in a plain modern terminal."""
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "DESKTERM_HOME": str(home),
        "DESKTERM_SECRETS": "env",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
        "TZ": "Europe/Paris",
        "TEXTUAL_ANIMATIONS": "none",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    return {name: value for name, value in {**env, **more}.items() if value}


@pytest.fixture(scope="session")
def full_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with tickets, to be copied."""
    folder = tmp_path_factory.mktemp("full") / "home"
    Home.find({"DESKTERM_HOME": str(folder)}).prepare()
    desk = TestDesk(folder / "data")
    desk.arrive(*_mails())
    desk.close()
    return folder


@pytest.fixture
def home(full_home: Path, tmp_path: Path) -> Iterator[Path]:
    """A workspace of which the console finds the database; its office is ended afterwards."""
    folder = tmp_path / "home"
    shutil.copytree(full_home, folder)
    yield folder
    info = read_info(Home.find({"DESKTERM_HOME": str(folder)}).lock)
    if info is not None:
        with suppress(ProcessLookupError):
            os.kill(info.pid, signal.SIGTERM)


def _mails() -> list[Arrival]:
    return [
        a_mail(
            f"m{number}",
            f"Message number {number}.",
            at=number,
            sender=f"customer{number:03}@mail.example",
            subject=f"Parcel {number:03}",
        )
        for number in range(TICKETS)
    ]


@pytest.fixture
def open_console(home: Path) -> Iterator[Open]:
    """Opens the console; every one that is opened is ended."""
    with ExitStack() as stack:

        def start(size: tuple[int, int] = (80, 24), **env: str) -> Terminal:
            command = [sys.executable, "-m", "deskterm"]
            return stack.enter_context(Terminal(command, environment(home, **env), size))

        yield start

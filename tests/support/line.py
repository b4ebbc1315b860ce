"""The whole line on loopback: a real Dovecot, a real SMTP server, a home, and the command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from deskterm.config.paths import Home
from deskterm.office.lock import is_held, read_info
from tests.support.dovecot import PASSWORD, Dovecot, Mailbox, running_dovecot
from tests.support.fresh_database import put_fresh_database
from tests.support.smtp_server import SmtpServer, running_smtp_server

ADDRESS = "help@shop.example"
ACCOUNT = "shop"
T = TypeVar("T")


@dataclass
class Line:
    """A workspace with one mail account. `run` is the command line in a process of its own."""

    root: Path
    dovecot: Dovecot
    smtp: SmtpServer
    box: Mailbox
    ca_file: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Home:
        return Home.find(self.env)

    def fields(self, **changes: str) -> dict[str, str]:
        """The settings of the account."""
        return {
            "address": ADDRESS,
            "imap_host": "127.0.0.1",
            "imap_port": str(self.dovecot.tls_port),
            "smtp_host": "127.0.0.1",
            "smtp_port": str(self.smtp.port),
            "tls_ca_file": str(self.ca_file),
            **changes,
        }

    def run(
        self, *words: str, stdin: str = "", code: int | None = 0, timeout: float = 60
    ) -> subprocess.CompletedProcess[str]:
        """Run `deskterm WORDS`; `code` is the exit code it must have."""
        done = subprocess.run(
            [sys.executable, "-m", "deskterm", *words],
            env=self.env,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )
        if code is not None:
            assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        return done

    def json(self, *words: str, stdin: str = "", code: int | None = 0) -> list[dict[str, Any]]:
        """The JSON lines that `deskterm WORDS --json` prints."""
        done = self.run(*words, "--json", stdin=stdin, code=code)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def add_account(self, name: str = ACCOUNT, **changes: str) -> None:
        """Add the account through the command line."""
        words = [f"--set={key}={value}" for key, value in self.fields(**changes).items()]
        self.run("account", "add", "email", name, *words)

    def settings(self, text: str) -> None:
        """Write settings.toml."""
        self.home.config.mkdir(parents=True, exist_ok=True)
        self.home.settings_file.write_text(text, "utf-8")

    def office_pid(self) -> int | None:
        """The process that is the office."""
        lock = self.home.lock
        info = read_info(lock) if lock.exists() and is_held(lock) else None
        return info.pid if info else None

    def kill_office(self) -> None:
        """kill -9, and wait until it holds the lock no more."""
        pid = self.office_pid()
        if pid is not None:
            os.kill(pid, signal.SIGKILL)
            # Another may hold the lock at once: one that was being started all the while.
            wait_for(lambda: self.office_pid() != pid)

    def end_office(self) -> None:
        """Ask the office to end, and wait for it."""
        pid = self.office_pid()
        if pid is not None:
            os.kill(pid, signal.SIGTERM)
            wait_for(lambda: self.office_pid() != pid, seconds=30)


@contextmanager
def running_line(root: Path, settings: str = "hold_s = 0\n") -> Iterator[Line]:
    """Start the servers and prepare a home under `root`; everything is stopped at the end."""
    with running_dovecot() as dovecot, running_smtp_server() as smtp:
        ca_file = root / "ca.pem"
        ca_file.write_bytes(dovecot.ca_file.read_bytes() + smtp.ca_file.read_bytes())
        line = Line(root, dovecot, smtp, dovecot.mailbox(ADDRESS), ca_file, environment(root))
        line.home.prepare()
        put_fresh_database(line.home.database)
        if settings:
            line.settings(settings)
        try:
            yield line
        finally:
            while line.office_pid() is not None:
                line.kill_office()


def environment(root: Path, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """A clean environment for programs under test."""
    kept = {key: os.environ[key] for key in ("PATH", "HOME", "LANG") if key in os.environ}
    return {
        **kept,
        "DESKTERM_HOME": str(root / "home"),
        "DESKTERM_SECRETS": "env",
        "DESKTERM_SECRET_SHOP_PASSWORD": PASSWORD,
        "XDG_RUNTIME_DIR": "",
        "TZ": "Europe/Paris",
        "PYTHONWARNINGS": "default",
        **(extra or {}),
    }


def wait_for(condition: Callable[[], T], *, seconds: float = 20) -> T:
    """Wait until the condition gives something true, and return it."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        if time.monotonic() > deadline:
            raise AssertionError("what was waited for did not come")
        time.sleep(0.02)
    return found

"""The simulated shop's servers for tests: the child process, sessions on it, a desk before it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deskterm.config.paths import Home
from deskterm.contract import MailItem, Start
from deskterm.office.lock import is_held, read_info
from deskterm.sandbox.journal import Kind, read_journal
from deskterm.sandbox.launch import Sandbox
from deskterm.store.connect import connect
from deskterm_connectors.email.connector import EmailSession
from tests.support.line import environment, wait_for
from tests.support.session_context import session_context

ACCOUNT = "mailbox"


@contextmanager
def running_sandbox(
    folder: Path, *, tickets: int = 70, seed: int = 1, speed: float = 0.0
) -> Iterator[Sandbox]:
    """Start the servers and wait until they serve; they are stopped at the end."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with Sandbox.start(folder, seed=seed, tickets=tickets, speed=speed) as sandbox:
        assert ACCOUNT in [account["name"] for account in sandbox.accounts]
        yield sandbox


def account_on(sandbox: Sandbox, name: str = ACCOUNT) -> Mapping[str, Any]:
    """What a sandbox says of the account of that name."""
    (account,) = [account for account in sandbox.accounts if account["name"] == name]
    return account


@asynccontextmanager
async def session_on(sandbox: Sandbox, **fields: str) -> AsyncIterator[EmailSession]:
    """The real connector's session for the simulated mailbox."""
    account = account_on(sandbox)
    session = EmailSession(
        session_context({**account["fields"], **fields}, secrets=account["secrets"])
    )
    try:
        yield session
    finally:
        await session.close()


async def pulled(
    session: EmailSession, stream: str = "inbox", cursor: str | None = None
) -> tuple[list[MailItem], str | None]:
    """Every mail of one run, and the cursor after it."""
    mails: list[MailItem] = []
    async for page in session.pull(stream, Start(cursor)):
        mails += [record for record in page.records if isinstance(record, MailItem)]
        cursor = page.cursor
    return mails, cursor


def noted(sandbox: Sandbox, kind: Kind) -> list[dict[str, Any]]:
    """The journal's entries of one kind."""
    return read_journal(sandbox.journal, kind)


@dataclass
class SandboxDesk:
    """A workspace with the simulated mailbox; `run` is the command line in its own process."""

    sandbox: Sandbox
    env: dict[str, str]

    @property
    def home(self) -> Home:
        return Home.find(self.env)

    def run(self, *words: str, code: int = 0) -> str:
        """Run `deskterm WORDS`; what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "deskterm", *words],
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == code, (words, done.returncode, done.stdout, done.stderr)
        return done.stdout

    def json(self, *words: str) -> list[dict[str, Any]]:
        """The objects that `deskterm WORDS --json` prints."""
        return [json.loads(line) for line in self.run(*words, "--json").splitlines()]

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into the database."""
        with closing(connect(self.home.database)) as connection:
            return [tuple(row) for row in connection.execute(sql, values)]

    def add_account(self) -> None:
        """Add the account through the command line."""
        account = account_on(self.sandbox)
        sets = [f"--set={key}={value}" for key, value in account["fields"].items()]
        self.run("account", "add", account["channel"], account["name"], *sets)

    def office_pid(self) -> int | None:
        """The process that is the office."""
        lock = self.home.lock
        info = read_info(lock) if lock.exists() and is_held(lock) else None
        return info.pid if info else None

    def end_office(self) -> None:
        """Ask the office to end, and wait for it."""
        if (pid := self.office_pid()) is not None:
            os.kill(pid, signal.SIGTERM)
            wait_for(lambda: self.office_pid() != pid, seconds=30)


@contextmanager
def sandbox_desk(root: Path, sandbox: Sandbox) -> Iterator[SandboxDesk]:
    """A desk with the account; its office is ended at the end."""
    account = account_on(sandbox)
    secret = f"DESKTERM_SECRET_{ACCOUNT}_PASSWORD".upper()
    desk = SandboxDesk(sandbox, environment(root, {secret: account["secrets"]["password"]}))
    desk.home.config.mkdir(parents=True)
    desk.home.settings_file.write_text("hold_s = 0\n", "utf-8")
    try:
        desk.add_account()
        yield desk
    finally:
        desk.end_office()


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that only waits to be taken note of does not."""
    return any(row[0] == pid for row in _processes())


def children_of(pid: int) -> list[int]:
    """The processes that a process has started and that still run."""
    return [row[0] for row in _processes() if row[1] == pid]


def _processes() -> list[tuple[int, int]]:
    """Process and parent of everything that runs."""
    command = ["ps", "-A", "-o", "pid=,ppid=,stat=,comm="]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    rows = [line.split(maxsplit=3) for line in done.stdout.splitlines()]
    return [(int(row[0]), int(row[1])) for row in rows if row[2][0] != "Z" and row[3] != "ps"]

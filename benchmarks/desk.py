"""A workspace in a temporary folder: the intake on it in this process, its office in another."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import SHOP
from deskterm.config.paths import Home
from deskterm.domain.clock import SystemClock
from deskterm.domain.order_refs import OrderRefFinder
from deskterm.office.client import OfficeClient
from deskterm.office.door import OfficeGone
from deskterm.store import accounts
from deskterm.store.accounts import Account
from deskterm.store.connect import connect
from deskterm.store.schema import migrate
from deskterm.store.writer import SYNC, Writer
from deskterm.sync.intake import StoreIntake
from deskterm.sync.parser_process import MailParser
from deskterm.sync.reading import MailReader

_START_S = 30.0


@dataclass(frozen=True, slots=True)
class Desk:
    """One workspace. `folder` holds all of it."""

    folder: Path

    @property
    def home(self) -> Home:
        """Its folders."""
        return Home.find({"DESKTERM_HOME": str(self.folder)})

    def prepare(self) -> None:
        """Make folders and database."""
        home = self.home
        home.prepare()
        home.attachments.mkdir(exist_ok=True)
        migrate(home.database, home.backup, SystemClock().now())

    def add_account(self, name: str, fields: dict[str, str]) -> Account:
        """Add a mailbox account."""
        clock = SystemClock()
        writer = Writer(self.home.database, clock)
        try:
            return writer.run(
                lambda tx: accounts.add_account(tx, name, "email", {"address": SHOP, **fields}),
                SYNC,
            )
        finally:
            writer.stop()

    @contextmanager
    def intake(self) -> Iterator[StoreIntake]:
        """The storing side of an office, without the office."""
        clock, home = SystemClock(), self.home
        writer = Writer(home.database, clock)
        parser = MailParser()
        finder = OrderRefFinder()
        intake = StoreIntake(
            writer,
            lambda: connect(home.database),
            MailReader(parser, home.attachments),
            lambda _name: (),
            home.attachments,
            lambda _account: finder,
            clock,
        )
        try:
            yield intake
        finally:
            intake.close()
            parser.close()
            writer.stop()

    @contextmanager
    def office(self, **extra: str) -> Iterator[OfficeClient]:
        """The office as a process of its own; it pulls only when told. `extra`: environment."""
        env = os.environ | {"DESKTERM_HOME": str(self.folder)} | extra
        process = subprocess.Popen([sys.executable, "-m", "benchmarks.office"], env=env)
        try:
            with _reached(self.home.socket_path(env), process) as client:
                yield client
        finally:
            process.terminate()
            process.wait(60)


def _reached(socket: Path, process: subprocess.Popen[bytes]) -> OfficeClient:
    deadline = time.monotonic() + _START_S
    while True:
        try:
            return OfficeClient.connect(socket)
        except OfficeGone:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.02)

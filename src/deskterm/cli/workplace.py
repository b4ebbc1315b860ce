"""What a subcommand works with: folders, settings, reading, and the door of the office."""

from __future__ import annotations

import os
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from deskterm.cli.output import note
from deskterm.config.paths import Home
from deskterm.config.settings import Settings, load
from deskterm.domain.clock import SystemClock
from deskterm.domain.errors import DesktermError

if TYPE_CHECKING:
    import argparse

    from deskterm.office.launch import ResilientOffice
    from deskterm.office.rulebook import Rulebook
    from deskterm.rules.model import RulePack
    from deskterm.service.reading.playbooks import PlaybookShelf
    from deskterm.service.reading.shelf import Shelf
    from deskterm.viewmodel.views import OwnViews

_START_S = 5.0


class Workplace:
    """One workspace, seen from the command line. The database file is only read from here."""

    def __init__(self, home: Home, workspace: str) -> None:
        self.home = home
        self.workspace = workspace

    @classmethod
    def of(cls, args: argparse.Namespace) -> Workplace:
        """The workspace that a call names."""
        return cls(Home.find(os.environ, args.workspace), args.workspace)

    @property
    def reports(self) -> Home:
        """Where reports of faults are kept."""
        return self.home

    @property
    def now(self) -> datetime:
        """The present."""
        return SystemClock().now()

    @cached_property
    def settings(self) -> Settings:
        """The settings; what is wrong with them is said, and the defaults serve."""
        settings, problems = load(self.home, strict=False)
        for problem in problems:
            note(f"deskterm: {problem} (the default is used)")
        return settings

    @cached_property
    def views(self) -> tuple[OwnViews, tuple[DesktermError, ...]]:
        """The shop's own views, and what is wrong with their file. Without one it costs nothing."""
        from deskterm.viewmodel.views import OwnViews, own_views

        if not self.home.views_file.exists():
            return OwnViews(), ()
        from deskterm.config.views import load_views
        from deskterm.service.reading.views import NAMED
        from deskterm.service.table import TABLE

        found = load_views(self.home.views_file, frozenset(NAMED))
        views, problems = own_views(found.views, TABLE.values())
        return views, (*found.problems, *problems)

    def shelf(self) -> Shelf:
        """The shop's macros, which are read when they are first wanted."""
        return self._shelf

    @cached_property
    def _shelf(self) -> Shelf:
        from deskterm.service.reading.ground import GroundFiles
        from deskterm.service.reading.shelf import Shelf

        home = self.home
        ground = GroundFiles(home.lexicon_file, home.suggestions_file)
        return Shelf(home.macros, home.facts_file, home.voice_file, ground)

    def playbooks(self) -> PlaybookShelf:
        """The shop's playbooks, which are read when they are first wanted."""
        return self._playbooks

    @cached_property
    def _playbooks(self) -> PlaybookShelf:
        from deskterm.service.reading.playbooks import PlaybookShelf

        return PlaybookShelf(self.home.playbooks)

    def packs_for(self, channel: str) -> Sequence[RulePack]:
        """The rule packs of a channel, as the office reads them."""
        return self.rulebook(channel)

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rules of this shop, as the office reads them."""
        from deskterm.office.rulebook import Rulebook
        from deskterm.sync.connectors import Connectors

        installed = Connectors.installed(self.settings.trusted_connectors)
        return Rulebook(self.home.rules, installed.further_packs())

    def tell_of_settings(self) -> None:
        """Say what is wrong with the settings: what an office finds stands in its log only."""
        _ = self.settings

    @cached_property
    def zone(self) -> ZoneInfo:
        """The agent's time zone."""
        from deskterm.config.agent import local_zone

        return local_zone(os.environ)

    @cached_property
    def agent(self) -> str:
        """Whom `is:mine` means."""
        from deskterm.config.agent import agent_name

        return agent_name(self.settings)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A read-only connection.

        Raises:
            DesktermError: there is no database yet, or it cannot be read.
        """
        from deskterm.store.connect import damage, schema_version

        if not self.home.database.exists():
            raise DesktermError(
                "There is nothing here yet",
                f"{self.home.database} does not exist.",
                "Add an account with 'deskterm account add', then 'deskterm sync'",
                code="no_database",
            )
        connection = self._connection()
        try:
            if schema_version(connection) == 0:
                raise DesktermError(
                    "There is nothing here yet",
                    "",
                    "Add an account with 'deskterm account add', then 'deskterm sync'",
                    code="no_database",
                )
            yield connection
        except sqlite3.Error as error:
            raise damage(error, self.home.database) or error from error
        finally:
            connection.close()

    def _connection(self) -> sqlite3.Connection:
        """SQLite needs room even to read; where there is no office it can do without."""
        from deskterm.office.lock import is_held
        from deskterm.store.connect import connect

        try:
            return connect(self.home.database)
        except DesktermError as error:
            no_place = error.code in ("disk_full", "disk_error", "database")
            if not no_place or is_held(self.home.lock) or self._has_log():
                raise
            return connect(self.home.database, "frozen")

    def _has_log(self) -> bool:
        """Whether changes stand beside the database that are not folded into it yet."""
        database = self.home.database
        try:
            return database.with_name(f"{database.name}-wal").stat().st_size > 0
        except FileNotFoundError:
            return False

    @contextmanager
    def office(self) -> Iterator[ResilientOffice]:
        """The door of the office; one is started where there is none."""
        with self.door() as door:
            yield door

    def door(self) -> ResilientOffice:
        """The same for who closes it without help; nothing is started before the first call."""
        from deskterm.office.launch import ResilientOffice, ensure_office

        self.home.prepare()
        command = [sys.executable, "-m", "deskterm.office", "--workspace", self.workspace]
        return ResilientOffice(
            lambda: ensure_office(
                self.home.lock,
                self.home.socket_path(os.environ),
                command,
                wait_s=_START_S,
                log_path=self.home.state / "office-start.log",
            )
        )

    def call(self, command: str, params: Mapping[str, object]) -> Mapping[str, object]:
        """Have one command of the table done."""
        with self.office() as door:
            return door.call(command, params).result

"""Being the office of a workspace: lock, office, socket, and an end in order."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from deskterm.config.agent import agent_name, local_zone
from deskterm.config.folders import make_private
from deskterm.config.logs import open_log
from deskterm.config.paths import Home
from deskterm.config.redaction import Redactor
from deskterm.config.secrets import AskPassphrase, open_secrets
from deskterm.config.settings import Settings, load
from deskterm.domain.clock import SystemClock
from deskterm.domain.errors import DesktermError
from deskterm.office.lock import LockInfo, OfficeLock
from deskterm.office.office import Office, OfficeParts
from deskterm.office.server import OfficeServer
from deskterm.store import reserve
from deskterm.sync.connectors import Connectors

log = logging.getLogger("deskterm.office")

#: A thread holds the interpreter for at most this long (seconds) while another waits: answers to
#: consoles come between two slices of a sync.
_SWITCH_S = 0.0005
_LOOK_S = 0.25


@dataclass(frozen=True, slots=True)
class Served:
    """An office at work, with the server that brings it calls."""

    office: Office
    server: OfficeServer
    lock: OfficeLock
    settings: Settings


@asynccontextmanager
async def serving(
    home: Home, env: Mapping[str, str], *, sync: bool, ask_passphrase: AskPassphrase
) -> AsyncIterator[Served]:
    """Be the office for as long as the block lasts.

    Args:
        sync: keep all accounts in step; without it they are synced on request only.
        ask_passphrase: for secrets in an encrypted file.

    Raises:
        OfficeRunning: another process is the office.
        DesktermError: a folder or the database cannot be used.
    """
    os.umask(0o077)
    sys.setswitchinterval(_SWITCH_S)
    prepared = home.prepare()
    make_private(home.attachments, "folder of attachments")
    settings, problems = load(home, strict=False)
    redactor = Redactor()
    socket_path = home.socket_path(env)
    clock = SystemClock()
    with OfficeLock(home.lock) as lock:
        _become_office(lock, LockInfo.here(socket_path, clock), home)
        log_file = open_log(home, redactor, settings.log)
        try:
            for problem in problems:
                log.warning("settings.toml: %s", problem.code)
            parts = OfficeParts(
                home=home,
                settings=settings,
                connectors=Connectors.installed(settings.trusted_connectors),
                secrets=open_secrets(settings, env, home, ask_passphrase, redactor.learn),
                clock=clock,
                zone=local_zone(env),
                agent=agent_name(settings),
                journal_mode="TRUNCATE" if prepared.network_filesystem else "WAL",
            )
            async with _open(parts, socket_path, lock, sync) as served:
                yield served
        finally:
            log_file.close()


def _become_office(lock: OfficeLock, info: LockInfo, home: Home) -> None:
    """Take the lock; on a full disk with what was held back for what an agent types."""
    try:
        lock.acquire(info)
    except DesktermError as error:
        if error.code != "disk_full" or not reserve.free(home.database):
            raise
        lock.acquire(info)


@asynccontextmanager
async def _open(
    parts: OfficeParts, socket_path: Path, lock: OfficeLock, sync: bool
) -> AsyncIterator[Served]:
    servers: list[OfficeServer] = []

    def publish(revision: int) -> None:
        for server in servers:
            server.publish(revision)

    office = Office(parts, publish)
    server = OfficeServer(socket_path, office, revision=lambda: office.revision)
    servers.append(server)
    try:
        office.start(sync=sync)
        await server.start()
        yield Served(office, server, lock, parts.settings)
    finally:
        await server.stop()
        await office.stop()


async def serve_until_idle(served: Served) -> None:
    """Work until nobody has been here for a while and nothing is on its way, or until told."""
    office, server = served.office, served.server
    told = told_to_end()
    while not told.is_set() and not office.stop_asked.is_set():
        try:
            async with asyncio.timeout(_LOOK_S):
                await told.wait()
        except TimeoutError:
            if not served.lock.still_holds():
                log.warning("the lock file is gone; ending, so that there is one office")
                return
            since = server.idle_since
            if since is None or time.monotonic() - since < served.settings.office.idle_s:
                continue
            if not await office.is_busy():
                return


def told_to_end() -> asyncio.Event:
    """Set when the process is asked to end (SIGTERM, SIGINT, SIGHUP)."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        loop.add_signal_handler(name, told.set)
    return told

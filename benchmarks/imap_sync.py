"""Sync of a mailbox on a real Dovecot, against a pipelined fetch with a light parse and inserts.

Both sides fetch inbox and folder of sent mail from the same server by the project's own transport.
The office is a process of its own, with a fresh workspace each round; the floor keeps the line
busy with four FETCH commands in flight while a thread parses and stores what came before.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.corpus import mails
from benchmarks.desk import Desk
from benchmarks.floor import FloorStore
from benchmarks.measure import Row, ratio_row
from deskterm.mail.imap import FetchJob, ImapConnection, fetch, fetch_one
from deskterm.mail.tls import Endpoint, client_context

if TYPE_CHECKING:
    from deskterm.office.client import OfficeClient
    from tests.support.dovecot import Dovecot

_ROUNDS = 3
_POLLS = 15
_PAGE = 500
_USER = "bench"
_ACCOUNT = "shop"
_WHOLE = b"(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])"
_SYNC_S = 900.0
#: Processes that are there already: starting one takes Dovecot longer than a whole poll.
_READY = """
service imap-login {
  service_count = 0
  process_min_avail = 1
}
service imap {
  service_count = 1000
  process_min_avail = 2
}
"""


def measure(folder: Path, messages: int) -> Iterator[Row]:
    """Sync a mailbox of so many mails. No rows where Dovecot is not installed."""
    with full_mailbox(messages) as server:
        if server is not None:
            _fetch_floor(server, folder / "warm.db")
            yield from _rows(server, folder, messages)


@contextmanager
def full_mailbox(messages: int) -> Iterator[Dovecot | None]:
    """A Dovecot with so many mails in the mailbox of `fields`; None where it is not installed."""
    from tests.support.dovecot import BINARY, running_dovecot

    if not BINARY.exists():
        yield None
        return
    with running_dovecot(extra=_READY) as server:
        box = server.mailbox(_USER)
        for mail in mails(messages):
            place = server.sent if mail.sent else "INBOX"
            box.deliver(mail.raw, place, at=mail.at, flags="S" if mail.sent else "")
        yield server


def _rows(server: Dovecot, folder: Path, messages: int) -> Iterator[Row]:
    pairs: list[tuple[float, float]] = []
    again: list[dict[str, object]] = []
    polls: list[tuple[float, float]] = []
    for number in range(_ROUNDS):
        desk = Desk(folder / f"desk{number}")
        desk.prepare()
        desk.add_account(_ACCOUNT, fields(server))
        floor_first = number % 2 == 0
        if floor_first:
            floor_s = _fetch_floor(server, folder / f"floor{number}.db")
        times = 0 if number else min(_POLLS, 1 + messages // 100)
        ours_s = _sync(server, desk, again, polls, times)
        if not floor_first:
            floor_s = _fetch_floor(server, folder / f"floor{number}.db")
        pairs.append((messages / ours_s, messages / floor_s))
    yield ratio_row(
        "imap", "First sync by IMAP: fetched, threaded, stored, searchable", "mails/s", pairs,
        at_least=0.6,
    )  # fmt: skip
    fetched = float(sum(int(str(outcome["bytes"])) for outcome in again))
    yield Row(
        "imap", "Mail fetched by a second sync", "bytes", fetched, None, None, "0", not fetched
    )
    yield ratio_row("imap", "Poll with nothing new, two folders", "ms", polls, at_most=1.5)


def _sync(
    server: Dovecot,
    desk: Desk,
    again: list[dict[str, object]],
    polls: list[tuple[float, float]],
    times: int,
) -> float:
    """Seconds of a first sync; then a second one, and some more in turns with bare polls."""
    from tests.support.dovecot import PASSWORD

    secrets = {"DESKTERM_SECRETS": "env", "DESKTERM_SECRET_SHOP_PASSWORD": PASSWORD}
    with desk.office(**secrets) as office:
        first = _sync_once(office)
        again.append(_sync_once(office))
        for _ in range(times):
            bare = _seconds(lambda: asyncio.run(_poll(server)))
            # Its own seconds: the account rests for a second before, which is no work.
            polls.append((float(str(_sync_once(office)["seconds"])) * 1000, bare * 1000))
    return float(str(first["seconds"]))


def _sync_once(office: OfficeClient) -> dict[str, object]:
    answer = office.call("sync.once", {}, timeout_s=_SYNC_S).result["accounts"]
    outcome = answer[0] if isinstance(answer, list) else {}
    if outcome.get("result") != "ok":
        raise RuntimeError(f"the sync failed: {outcome.get('text')}")
    return dict(outcome)


def fields(server: Dovecot) -> dict[str, str]:
    """The settings of an account for that mailbox."""
    return {
        "username": _USER,
        "imap_host": "localhost",
        "imap_port": str(server.tls_port),
        "smtp_host": "localhost",
        "smtp_port": "1",
        "tls_ca_file": str(server.ca_file),
    }


# The floor


async def _signed_in(server: Dovecot) -> ImapConnection:
    from tests.support.dovecot import PASSWORD

    connection = await ImapConnection.connect(
        Endpoint("localhost", server.tls_port), client_context(str(server.ca_file))
    )
    await connection.sign_in(_USER, PASSWORD)
    return connection


def _fetch_floor(server: Dovecot, file: Path) -> float:
    """Seconds of fetching, parsing and inserting everything."""
    with FloorStore(file) as store:
        return _seconds(lambda: asyncio.run(_fetch_all(server, store)))


async def _fetch_all(server: Dovecot, store: FloorStore) -> None:
    queue: asyncio.Queue[list[bytes]] = asyncio.Queue(4)

    async def work() -> None:
        while batch := await queue.get():
            await asyncio.to_thread(store.take, batch)

    storing = asyncio.create_task(work())
    connection = await _signed_in(server)
    for name in ("INBOX", server.sent):
        uids = await _uids(connection, name)
        pages = iter([uids[at : at + _PAGE] for at in range(0, len(uids), _PAGE)])

        def next_job(pages: Iterator[list[int]] = pages) -> FetchJob | None:
            page = next(pages, None)
            return FetchJob(_WHOLE, "body", set(page), expected=5_000 * len(page)) if page else None

        async for job in fetch(connection, next_job):
            await queue.put([found.body or b"" for found in job.answers.values()])
    await queue.put([])
    await storing
    await connection.close()


async def _uids(connection: ImapConnection, folder: str) -> list[int]:
    await connection.examine(folder)
    return list(await connection.search(b"ALL"))


async def _poll(server: Dovecot) -> None:
    """Login, SELECT and UID FETCH of the new range, for both folders."""
    connection = await _signed_in(server)
    for name in ("INBOX", server.sent):
        state = await connection.examine(name)
        new = FetchJob(b"(UID RFC822.SIZE)", "size", low=state.uidnext or 1)
        await fetch_one(connection, new)
    await connection.close()


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start

"""Fetching with several FETCH commands in flight, so that a slow line is kept busy."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from deskterm.mail.errors import ConnectionLost, ServerRefused
from deskterm.mail.imap.connection import (
    COMMAND_SECONDS,
    SLOWEST_BYTES_PER_SECOND,
    ImapConnection,
)
from deskterm.mail.imap.parse import Cut, Response, Value, internal_date, number
from deskterm.mail.imap.words import uid_set

IN_FLIGHT = 4
IN_FLIGHT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a FETCH response said of one mail; None or empty where it said nothing.

    `body` is BODY[] or the section asked for; `cut` says that it is only the beginning.
    """

    uid: int
    flags: frozenset[bytes] | None = None
    received_at: datetime | None = None
    size: int | None = None
    body: bytes | None = None

    @property
    def cut(self) -> bool:
        """Whether the body was over the cap and only its beginning was kept."""
        return isinstance(self.body, Cut)


Needed = Literal["flags", "size", "body"]


@dataclass(eq=False, slots=True)
class FetchJob:
    """One UID FETCH. `low` to `high` bounds what counts as its answer; `high` None is `*`.

    `needs` is what an answer must hold to count; `expected` its bytes, for caps and deadline.
    `refused` is set when the server ended the command with NO: `answers` may then be incomplete.
    """

    items: bytes
    needs: Needed
    uids: Collection[int] = ()
    low: int = 1
    high: int | None = None
    modifier: bytes = b""
    expected: int = 0
    answers: dict[int, Fetched] = field(default_factory=dict)
    done: bool = False
    refused: ServerRefused | None = None
    purpose: str = ""

    def line(self) -> bytes:
        """The command without its tag."""
        last = b"*" if self.high is None else b"%d" % self.high
        which = uid_set(self.uids) if self.uids else b"%d:%s" % (self.low, last)
        return b" ".join(filter(None, (b"UID FETCH", which, self.items, self.modifier)))

    def takes(self, fetched: Fetched) -> bool:
        """Whether this is an answer to this job, and not one to another or something dropped."""
        if getattr(fetched, self.needs) is None:
            return False
        if self.uids:
            return fetched.uid in self.uids
        return self.low <= fetched.uid and (self.high is None or fetched.uid <= self.high)


def read_fetch(response: Response) -> Fetched | None:
    """The contents of a FETCH response, or None where it does not say which mail it is about."""
    pairs = response.values[0] if response.values else None
    if not isinstance(pairs, list):
        return None
    said: dict[bytes, Value] = {}
    for key, value in zip(pairs[::2], pairs[1::2], strict=False):
        if isinstance(key, bytes):
            name = key.upper()
            said[b"BODY" if name.startswith(b"BODY[") else name] = value
    uid = number(said.get(b"UID"))
    if uid is None:
        return None
    flags, body = said.get(b"FLAGS"), said.get(b"BODY")
    return Fetched(
        uid,
        frozenset(f.lower() for f in flags if isinstance(f, bytes))
        if isinstance(flags, list)
        else None,
        internal_date(said.get(b"INTERNALDATE")),
        number(said.get(b"RFC822.SIZE")),
        body if isinstance(body, bytes) else None,
    )


async def fetch(
    connection: ImapConnection, next_job: Callable[[], FetchJob | None]
) -> AsyncGenerator[FetchJob, None]:
    """Run jobs, at most `IN_FLIGHT` at once, and yield each when it is complete, in order.

    `next_job` is asked whenever there is room; None means nothing to do for now, and it is asked
    again after the next job is complete. Leaving the iteration early closes the connection, as
    answers would still be on their way. Time the consumer spends is not counted.

    Raises:
        ConnectionLost: hung up, or a job over its deadline.
        ServerRefused: BAD; a NO is left in the job.
    """
    flying: deque[tuple[bytes, FetchJob]] = deque()
    try:
        while True:
            while len(flying) < IN_FLIGHT and (
                not flying or sum(job.expected for _, job in flying) < IN_FLIGHT_BYTES
            ):
                job = next_job()
                if job is None:
                    break
                flying.append((connection.start(job.line()), job))
            if not flying:
                return
            first = flying[0][1]
            seconds = 2 * COMMAND_SECONDS + first.expected / SLOWEST_BYTES_PER_SECOND
            try:
                async with asyncio.timeout(seconds):
                    while not first.done:
                        _sort(await connection.read(), flying, connection)
            except TimeoutError as error:
                raise ConnectionLost(f"FETCH was not answered within {seconds:.0f} s.") from error
            flying.popleft()
            yield first
    finally:
        if flying:
            connection.abort()


def _sort(
    response: Response, flying: deque[tuple[bytes, FetchJob]], connection: ImapConnection
) -> None:
    if response.name == b"FETCH":
        fetched = read_fetch(response)
        if fetched is not None:
            job = next((j for _, j in flying if not j.done and j.takes(fetched)), None)
            if job is not None:
                job.answers[fetched.uid] = fetched
        return
    if response.tag in (b"*", b"+"):
        return
    for tag, job in flying:
        if tag == response.tag:
            job.done = True
            if response.name != b"OK":
                job.refused = connection.refusal(response, "FETCH")
                if job.refused.bad:
                    raise job.refused


async def fetch_one(connection: ImapConnection, job: FetchJob) -> FetchJob:
    """Run a single job.

    Raises:
        ServerRefused: NO or BAD.
    """
    waiting: list[FetchJob] = [job]
    async for _ in fetch(connection, lambda: waiting.pop() if waiting else None):
        pass
    if job.refused is not None:
        raise job.refused
    return job

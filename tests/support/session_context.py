"""What a session is given, made for tests: secrets, archive, budget, clock."""

from __future__ import annotations

import asyncio
import logging
import ssl
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime

import httpx

from deskterm.contract import HttpClients, MailArchive, MailStub, SessionContext, SignInNeeded
from deskterm.domain.clock import Clock, SystemClock
from deskterm.domain.mail import MailLocation


@dataclass
class FakeSecrets:
    """Secrets by field name."""

    values: dict[str, str] = field(default_factory=dict)

    async def get(self, field: str) -> str:
        try:
            return self.values[field]
        except KeyError:
            raise SignInNeeded(f"no {field} is stored") from None


@dataclass
class FakeBudget:
    """Lets everything through and counts."""

    taken: int = 0

    @asynccontextmanager
    async def take(self, calls: int = 1) -> AsyncIterator[None]:
        self.taken += calls
        await asyncio.sleep(0)
        yield

    def learn(self, *, remaining: int | None, resets_at: datetime | None) -> None:
        pass


class FakeArchive:
    """Recognises the mails whose (Message-ID, size, time) it was told of, and keeps what it saw."""

    def __init__(self, known: Collection[tuple[str | None, int, datetime]] = ()) -> None:
        self.known = set(known)
        self.asked: list[Sequence[MailStub]] = []

    async def recognise(self, stubs: Sequence[MailStub]) -> Collection[MailLocation]:
        self.asked.append(stubs)
        return {
            s.location
            for s in stubs
            if s.message_id is not None and (s.message_id, s.size, s.received_at) in self.known
        }


def _no_http(tls: ssl.SSLContext | None = None) -> httpx.AsyncClient:
    raise AssertionError("this session has no business with HTTP")


def session_context(
    fields: Mapping[str, str],
    *,
    secrets: Mapping[str, str] | None = None,
    archive: MailArchive | None = None,
    clock: Clock | None = None,
    confirmed: frozenset[str] = frozenset(),
    http: HttpClients = _no_http,
) -> SessionContext:
    """A context with fakes wherever nothing is given."""
    return SessionContext(
        account="shop",
        fields=fields,
        secrets=FakeSecrets(dict(secrets or {})),
        http=http,
        clock=clock or SystemClock(),
        log=logging.getLogger("tests.session"),
        budget=FakeBudget(),
        archive=archive or FakeArchive(),
        confirmed=confirmed,
    )

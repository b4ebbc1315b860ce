"""A signed-in account at work: what the engine calls and what it hands in."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Protocol

from deskterm.contract.errors import ContractBroken
from deskterm.contract.records import (
    MailStub,
    OrderGone,
    OrderRecord,
    Page,
    Receipt,
    Reply,
    SentMatch,
    SentProbe,
    StockRecord,
)
from deskterm.contract.spec import ConnectorSpec, ReadBack
from deskterm.domain.clock import Clock
from deskterm.domain.mail import MailLocation, OutgoingMail

if TYPE_CHECKING:
    import ssl

    import httpx


class Secrets(Protocol):
    """The secrets of one account."""

    async def get(self, field: str) -> str:
        """The secret of that field.

        Raises:
            SignInNeeded: there is none, or the place where it lives is locked.
        """
        ...


class Budget(Protocol):
    """The calls an account may still make, shared by everything that works for it."""

    def take(self, calls: int = 1) -> AbstractAsyncContextManager[None]:
        """Wait until that many calls are allowed."""
        ...

    def learn(self, *, remaining: int | None, resets_at: datetime | None) -> None:
        """Take over what the channel's answer headers say."""
        ...


class HttpClients(Protocol):
    """Makes HTTP clients; a session closes those that it asked for.

    They follow no redirects, since these would carry key headers to other hosts. `tls` is for
    servers with an authority of their own.
    """

    def __call__(self, tls: ssl.SSLContext | None = None) -> httpx.AsyncClient: ...


class MailArchive(Protocol):
    """What the local database knows of a mailbox."""

    async def recognise(self, stubs: Sequence[MailStub]) -> Collection[MailLocation]:
        """Note new locations of mails we already hold; the others are to be fetched.

        Used when a folder's UIDVALIDITY changed: all UIDs known before are void by then.
        """
        ...


@dataclass(frozen=True, slots=True)
class SessionContext:
    """Everything a session may use. A session reads no settings, files or clocks of its own."""

    account: str
    fields: Mapping[str, str]
    secrets: Secrets
    http: HttpClients
    clock: Clock
    log: logging.Logger
    budget: Budget
    archive: MailArchive
    confirmed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Start:
    """Where a pull begins. Token streams use `cursor`; time streams `since` and `position`."""

    cursor: str | None = None
    since: datetime | None = None
    position: str | None = None


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What an account check found: one line for each thing that was tried and worked."""

    lines: tuple[str, ...]


class Session(ABC):
    """One account of one channel. Methods beyond the three abstract ones need their capability.

    Every method may raise the errors of `deskterm.contract.errors` and no other.
    """

    spec: ClassVar[ConnectorSpec]

    def __init__(self, context: SessionContext) -> None:
        self.context = context

    @abstractmethod
    async def check(self) -> CheckReport:
        """Sign in for real and report what works."""

    @abstractmethod
    def pull(self, stream: str, start: Start) -> AsyncIterator[Page]:
        """Pages of what is new, in an order that is safe to cut anywhere."""

    @abstractmethod
    async def close(self) -> None:
        """Let go of connections. Never raises."""

    async def wait(self, stream: str, seconds: float) -> bool:
        """Return True as soon as the channel tells of news, False after `seconds`."""
        raise self._lacks("wait", stream, seconds)

    async def send(self, reply: Reply) -> Receipt:
        """Send once. No retry inside: the outbox decides."""
        raise self._lacks("send_reply", reply.key)

    async def carry(self, mail: OutgoingMail) -> Receipt:
        """Send a mail that a mail face wrote. No retry inside."""
        raise self._lacks("carry_mail", mail.message_id)

    async def find_sent(self, probe: SentProbe) -> SentMatch | None:
        """Look for a reply on the channel."""
        raise self._lacks("find_sent", probe.key)

    async def file_copy(self, reply: Reply, receipt: Receipt) -> None:
        """File a copy of a sent reply, unless it is already there."""
        raise self._lacks("file_copy", reply.key, receipt.remote_id)

    async def orders(self, remote_ids: Sequence[str]) -> Sequence[OrderRecord | OrderGone]:
        """Fetch these orders anew, with all that belongs to them; one answer for each."""
        raise self._lacks("read_orders", remote_ids)

    async def orders_by_ref(self, ref: str) -> Sequence[OrderRecord]:
        """Orders whose number, as people write it, is this one; none where there is none."""
        raise self._lacks("read_orders", ref)

    async def stock(self, variants: Sequence[tuple[str, str]]) -> Sequence[StockRecord]:
        """How much there is of each (`product_ref`, `variant_ref`); unknown ones are left out."""
        raise self._lacks("read_stock", variants)

    def read_back(self) -> ReadBack:
        """How far `find_sent` can be trusted for this account."""
        return self.spec.read_back

    def _lacks(self, capability: str, *_: object) -> ContractBroken:
        return ContractBroken(f"{self.spec.id} does not offer {capability}")

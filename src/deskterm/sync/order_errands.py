"""What an account is asked about orders beside its stream.

A stream tells of an order when the channel stamps it as changed. Notes, scans and stock do not do
that everywhere, an order in the bin does it nowhere, and an order of long ago may never have come.
So the orders of open tickets are fetched anew from time to time, and those of any ticket when an
agent wants it, with the stock of what is in them; a number that a customer wrote and nobody knows
is asked for once.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from deskterm.contract import (
    Capability,
    ConnectorError,
    ContractBroken,
    NotFound,
    Refused,
    Session,
    StreamSpec,
    Unreadable,
)
from deskterm.domain.clock import Clock, to_text
from deskterm.domain.errors import DesktermError
from deskterm.store import accounts, order_errands
from deskterm.store.transaction import Transaction
from deskterm.store.writer import SYNC, Writer
from deskterm.sync.boundary import ask
from deskterm.sync.health import one_line
from deskterm.sync.order_intake import store_orders
from deskterm.sync.order_records import OrderNews
from deskterm.sync.poison import set_aside
from deskterm.sync.ports import Taken, storage_error

T = TypeVar("T")

#: How the rounds stand among the streams of an account, and in its quarantine.
ERRANDS = StreamSpec("order facts", every=timedelta(minutes=5))

#: What may be about one order only.
_OF_ONE = (ContractBroken, Refused, NotFound)


@dataclass(frozen=True, slots=True)
class ErrandPolicy:
    """How old copies may be, and how much one round asks for.

    Args:
        our_turn: of orders of tickets that we are to answer.
        open: of orders of other open tickets.
        stock: of stock levels.
        reach: how long ago the last message may be on a ticket whose unknown numbers are asked.
        most_orders: orders in a round, and the most in one call.
        most_lookups: unknown numbers in a round.
        most_variants: stock levels in a round.
        deadline_s: how long one call may take, in seconds.
    """

    our_turn: timedelta = timedelta(hours=1)
    open: timedelta = timedelta(days=1)
    stock: timedelta = timedelta(hours=1)
    reach: timedelta = timedelta(days=90)
    most_orders: int = 50
    most_lookups: int = 20
    most_variants: int = 50
    deadline_s: float = 300.0


@dataclass(frozen=True, slots=True)
class OrderErrands:
    """Implements `deskterm.sync.ports.Errands`."""

    writer: Writer
    reading: Callable[[], sqlite3.Connection]
    clock: Clock
    policy: ErrandPolicy = field(default_factory=ErrandPolicy)
    spec: StreamSpec = ERRANDS

    def serves(self, session: Session) -> bool:
        """Whether there is anything to ask of such an account."""
        return Capability.READ_ORDERS in session.spec.capabilities

    async def run(self, account: str, session: Session) -> Taken:
        """One round: old copies of orders, unknown numbers, stock.

        Raises:
            ConnectorError: the channel did not answer, or made nothing of anything it was asked.
            StorageError: an answer could not be stored.
        """
        round_ = _Round(self, account, session)
        await round_.refresh()
        await round_.look_up()
        if Capability.READ_STOCK in session.spec.capabilities:
            await round_.count()
        return round_.taken


class _Round:
    """One round over one account."""

    def __init__(self, parts: OrderErrands, account: str, session: Session) -> None:
        self._parts = parts
        self._policy = parts.policy
        self._account = account
        self._session = session
        self._wanted: list[str] = []
        self.taken = Taken()

    async def refresh(self) -> None:
        """Fetch old copies anew, and those that somebody wants."""
        self._wanted = await self._look(
            lambda c: order_errands.wanted_orders(c, self._account, self._policy.most_orders)
        )
        stale = await self._look(
            lambda c: order_errands.stale_orders(
                c,
                self._account,
                self._before(self._policy.our_turn),
                self._before(self._policy.open),
                self._policy.most_orders,
            )
        )
        try:
            await self._fetch(stale)
        except _OF_ONE:
            # What is odd about one order must not keep the others old.
            await self._one_by_one(stale, lambda one: self._fetch([one]), self._leave_old)

    async def look_up(self) -> None:
        """Ask for numbers that nobody knows, once each."""
        since = self._before(self._policy.reach)
        unknown = await self._look(
            lambda c: order_errands.unknown_orders(
                c, self._account, since, self._policy.most_lookups
            )
        )
        await self._one_by_one(unknown, self._ask_for, self._leave_unknown)

    async def count(self) -> None:
        """Fetch the stock of what is in orders of open tickets."""
        before = self._before(self._policy.stock)
        variants = await self._look(
            lambda c: order_errands.stale_stock(
                c, self._account, before, self._policy.most_variants, self._wanted
            )
        )
        if not variants:
            return
        asked_at = self._parts.clock.now()
        found = await self._ask(lambda: self._session.stock(variants), "counting stock")

        def note(tx: Transaction, account_id: int) -> None:
            order_errands.note_unknown_stock(tx, account_id, variants, before)

        await self._store(found, asked_at, note)

    async def _fetch(self, remote_ids: Sequence[str]) -> None:
        if not remote_ids:
            return
        asked_at = self._parts.clock.now()
        found = await self._ask(lambda: self._session.orders(remote_ids), "fetching orders")

        def note(tx: Transaction, account_id: int) -> None:
            order_errands.note_checked(tx, account_id, remote_ids)

        await self._store(found, asked_at, note)

    async def _ask_for(self, wanted: order_errands.Named) -> None:
        asked_at = self._parts.clock.now()
        found = await self._ask(
            lambda: self._session.orders_by_ref(wanted.text), "looking for an order"
        )

        def note(tx: Transaction, account_id: int) -> None:
            order_errands.note_lookup(tx, account_id, wanted.key, len(found))

        await self._store(found, asked_at, note)

    async def _leave_old(self, remote_id: str, error: ConnectorError) -> None:
        def note(tx: Transaction, account_id: int) -> None:
            odd = Unreadable(remote_id, b"", one_line(error.text))
            set_aside(tx, account_id, ERRANDS.name, [odd])
            order_errands.note_checked(tx, account_id, [remote_id])

        await self._write(note)
        self.taken = replace(self.taken, quarantined=self.taken.quarantined + 1)

    async def _leave_unknown(self, wanted: order_errands.Named, _error: ConnectorError) -> None:
        await self._write(lambda tx, account: order_errands.note_lookup(tx, account, wanted.key, 0))

    async def _one_by_one(
        self,
        items: Sequence[T],
        do: Callable[[T], Awaitable[None]],
        give_up: Callable[[T, ConnectorError], Awaitable[None]],
    ) -> None:
        """Do something for each item, and leave those alone that cannot be done.

        Raises:
            ConnectorError: of several none could be done, so that the items are not at fault.
        """
        failed: list[tuple[T, ConnectorError]] = []
        for item in items:
            try:
                await do(item)
            except _OF_ONE as error:
                failed.append((item, error))
        if len(failed) == len(items) > 1:
            raise failed[0][1]
        for item, why in failed:
            await give_up(item, why)

    async def _ask(self, call: Callable[[], Awaitable[Sequence[T]]], doing: str) -> Sequence[T]:
        """Ask the connector.

        Raises:
            ContractBroken: what it gave is no list.
        """
        found: object = await ask(call, deadline_s=self._policy.deadline_s, doing=doing)
        if not isinstance(found, (list, tuple)):
            raise ContractBroken(f"{doing} gave a {type(found).__name__}")
        return found

    async def _store(
        self,
        found: Sequence[object],
        asked_at: datetime,
        note: Callable[[Transaction, int], None],
    ) -> None:
        news, odd = await asyncio.to_thread(partial(OrderNews.read, found, asked_at))

        def store(tx: Transaction, account_id: int) -> Taken:
            set_aside(tx, account_id, ERRANDS.name, odd)
            taken = store_orders(tx, account_id, ERRANDS.name, news)
            note(tx, account_id)
            return taken

        taken = await self._write(store)
        self.taken = self.taken.plus(taken).plus(Taken(quarantined=len(odd)))

    def _before(self, age: timedelta) -> str:
        return to_text(self._parts.clock.now() - age)

    async def _look(self, look: Callable[[sqlite3.Connection], T]) -> T:
        def work() -> T:
            connection = self._parts.reading()
            try:
                return look(connection)
            finally:
                connection.close()

        return await asyncio.to_thread(work)

    async def _write(self, job: Callable[[Transaction, int], T]) -> T:
        def write(tx: Transaction) -> T:
            return job(tx, accounts.account_named(tx.connection, self._account).id)

        try:
            return await asyncio.wrap_future(self._parts.writer.submit(write, SYNC))
        except DesktermError as error:
            raise storage_error(error) from error

"""A shop in memory that keeps its own books of orders, and the session that reads it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from deskterm.contract import (
    AccountField,
    Capability,
    CheckReport,
    ConnectorSpec,
    OrderGone,
    OrderRecord,
    Page,
    Session,
    SessionContext,
    Start,
    StockRecord,
    StreamSpec,
)
from deskterm.domain.clock import to_text
from deskterm.domain.order import Order, StockLevel
from deskterm.domain.order_refs import normalise
from tests.support.manual_clock import ManualClock

SHOP_SPEC = ConnectorSpec(
    id="fake_shop",
    title="Fake shop with orders",
    fields=(AccountField("url", "Address"),),
    capabilities=frozenset({Capability.READ_ORDERS, Capability.READ_STOCK}),
    session="tests.support.fake_shop:ShopSession",
    streams=(StreamSpec("orders", style="time"),),
)


@dataclass
class FakeShop:
    """The far side. `gone` are ids in the bin; `fail` is asked at each call with its kind and what
    it is about, and may give an exception to raise.
    """

    clock: ManualClock
    page_size: int = 3
    orders: dict[str, Order] = field(default_factory=dict)
    hidden: set[str] = field(default_factory=set)  # not in the stream, as orders of long ago
    gone: set[str] = field(default_factory=set)
    stock: dict[tuple[str, str], StockLevel] = field(default_factory=dict)
    calls: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    fail: Callable[[str, tuple[str, ...]], BaseException | None] = lambda _kind, _about: None

    def put(self, *orders: Order) -> None:
        """New orders, or new states of known ones."""
        self.orders.update({order.remote_id: order for order in orders})

    def touch(self, remote_id: str, **changes: object) -> None:
        """Change an order and its stamp."""
        known = self.orders[remote_id]
        self.put(replace(known, updated_at=self.clock.now(), **changes))  # type: ignore[arg-type]  # fields of an order

    def asked(self, kind: str) -> list[tuple[str, ...]]:
        """What the calls of a kind were about."""
        return [about for one, about in self.calls if one == kind]

    def called(self, kind: str, *about: str) -> None:
        """Every request comes through here first."""
        self.calls.append((kind, about))
        error = self.fail(kind, about)
        if error is not None:
            raise error


class ShopSession(Session):
    """Reads a fake shop."""

    spec: ClassVar[ConnectorSpec] = SHOP_SPEC

    def __init__(self, context: SessionContext, shop: FakeShop) -> None:
        super().__init__(context)
        self.shop = shop

    async def check(self) -> CheckReport:
        return CheckReport(("signed in",))

    async def close(self) -> None:
        """There is nothing to let go of."""

    async def pull(self, stream: str, start: Start) -> AsyncIterator[Page]:
        shop, place = self.shop, start.position or ""
        while True:
            shop.called("list", place)
            listed = sorted(
                (f"{to_text(order.updated_at)}|{key}", order)
                for key, order in shop.orders.items()
                if key not in shop.hidden | shop.gone
                and (start.since is None or order.updated_at >= start.since)
            )
            page = [row for row in listed if row[0] > place][: shop.page_size]
            place = page[-1][0] if page else place
            records = tuple(self.record(order) for _, order in page)
            yield Page(records, position=place or None, server_time=shop.clock.now())
            if len(page) < shop.page_size:
                return

    async def orders(self, remote_ids: Sequence[str]) -> Sequence[OrderRecord | OrderGone]:
        shop = self.shop
        shop.called("orders", *remote_ids)
        return [
            OrderGone(one)
            if one in shop.gone or one not in shop.orders
            else self.record(shop.orders[one])
            for one in remote_ids
        ]

    async def orders_by_ref(self, ref: str) -> Sequence[OrderRecord]:
        self.shop.called("by_ref", ref)
        return [
            self.record(order)
            for order in self.shop.orders.values()
            if normalise(order.ref) == normalise(ref)
        ]

    async def stock(self, variants: Sequence[tuple[str, str]]) -> Sequence[StockRecord]:
        self.shop.called("stock", *(f"{one}:{two}" for one, two in variants))
        return [StockRecord(self.shop.stock[v], b"{}") for v in variants if v in self.shop.stock]

    def record(self, order: Order) -> OrderRecord:
        """An order with the JSON that it came as."""
        return OrderRecord(order, json.dumps({"id": order.remote_id}).encode())

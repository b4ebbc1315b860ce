"""Connectors that tell of orders and stock and break the contract, one thing each.

Not collected by name: `test_orders_suite.py` runs this module and wants each class to fail in the
test that `FAILS_IN` names.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest

from deskterm.contract import (
    Capability,
    CheckReport,
    ConnectorSpec,
    OrderGone,
    OrderRecord,
    Page,
    Session,
    Start,
    StockRecord,
    StreamSpec,
)
from deskterm.contract.testing import ConnectorContract, OpenSession
from deskterm.domain.money import Money
from deskterm.domain.order import LineItem, Order, StockLevel
from tests.support.session_context import session_context

AT = datetime(2026, 11, 21, 9, 40, tzinfo=UTC)
HERE = "tests.contract.broken_orders"

SPEC = ConnectorSpec(
    id="fake_orders",
    title="Fake shop",
    fields=(),
    capabilities=frozenset({Capability.READ_ORDERS, Capability.READ_STOCK}),
    session=f"{HERE}:GoodShop",
    streams=(StreamSpec("orders", style="time"),),
)


def an_order(key: int) -> Order:
    line = LineItem("1", "Lamp", 1, Money(4990, "EUR"), product_ref="10", variant_ref="11")
    return Order(
        remote_id=str(key),
        ref=f"S-{key:04}",
        status="processing",
        placed_at=AT,
        updated_at=AT,
        payment="paid",
        fulfilment="unfulfilled",
        total=Money(4990, "EUR"),
        lines=(line,),
    )


class GoodShop(Session):
    """Six orders in three pages, and one lamp."""

    spec: ClassVar[ConnectorSpec] = SPEC
    known: ClassVar[dict[str, Order]] = {str(key): an_order(key) for key in range(1, 7)}

    async def check(self) -> CheckReport:
        return CheckReport(("it works",))

    async def pull(self, stream: str, start: Start) -> AsyncIterator[Page]:
        done = int(start.position or 0)
        for place in range(done, len(self.known), 2):
            records = tuple(OrderRecord(self.shown(o)) for o in self.some(place))
            yield Page(records, position=str(place + 2), server_time=AT)
        if done >= len(self.known):
            yield Page(server_time=AT)

    def some(self, place: int) -> list[Order]:
        return list(self.known.values())[place : place + 2]

    def shown(self, order: Order) -> Order:
        return order

    async def orders(self, remote_ids: Sequence[str]) -> Sequence[OrderRecord | OrderGone]:
        return [
            OrderRecord(self.shown(self.known[key])) if key in self.known else OrderGone(key)
            for key in remote_ids
        ]

    async def orders_by_ref(self, ref: str) -> Sequence[OrderRecord]:
        wanted = ref.strip().upper()
        return [OrderRecord(order) for order in self.known.values() if order.ref == wanted]

    async def stock(self, variants: Sequence[tuple[str, str]]) -> Sequence[StockRecord]:
        return [
            StockRecord(StockLevel(product, variant, "LMP", "Lamp", "in_stock", 3))
            for product, variant in variants
            if (product, variant) == ("10", "11")
        ]

    async def close(self) -> None:
        pass


class OrdersContract(ConnectorContract):
    """The suite on a shop class."""

    session_class: type[Session] = GoodShop

    @pytest.fixture
    def spec(self) -> ConnectorSpec:
        return self.session_class.spec

    @pytest.fixture
    def open_session(self) -> OpenSession:
        async def open_session() -> Session:
            return self.session_class(session_context({}))

        return open_session

    @pytest.fixture
    def known_order(self) -> tuple[str, str]:
        return "3", "S-0003"

    @pytest.fixture
    def known_variant(self) -> tuple[str, str]:
        return "10", "11"


class TestGoodShop(OrdersContract):
    """The shop that keeps the contract."""


class NaiveTimes(GoodShop):
    def shown(self, order: Order) -> Order:
        return replace(order, placed_at=order.placed_at.replace(tzinfo=None))


class TestNaiveTimes(OrdersContract):
    session_class = NaiveTimes


class FloatAmounts(GoodShop):
    def shown(self, order: Order) -> Order:
        amount: Any = 49.9
        return replace(order, total=Money(amount, "EUR"))


class TestFloatAmounts(OrdersContract):
    session_class = FloatAmounts


class LinesInAList(GoodShop):
    def shown(self, order: Order) -> Order:
        lines: Any = list(order.lines)
        return replace(order, lines=lines)


class TestLinesInAList(OrdersContract):
    session_class = LinesInAList


class LineTwice(GoodShop):
    def shown(self, order: Order) -> Order:
        return replace(order, lines=order.lines * 2)


class TestLineTwice(OrdersContract):
    session_class = LineTwice


class SilentAboutTheGone(GoodShop):
    async def orders(self, remote_ids: Sequence[str]) -> Sequence[OrderRecord | OrderGone]:
        return [r for r in await super().orders(remote_ids) if isinstance(r, OrderRecord)]


class TestSilentAboutTheGone(OrdersContract):
    session_class = SilentAboutTheGone


class FindsAlike(GoodShop):
    async def orders_by_ref(self, ref: str) -> Sequence[OrderRecord]:
        return [OrderRecord(order) for order in self.known.values()]


class TestFindsAlike(OrdersContract):
    session_class = FindsAlike


class StockOfAnything(GoodShop):
    async def stock(self, variants: Sequence[tuple[str, str]]) -> Sequence[StockRecord]:
        return [StockRecord(StockLevel(p, v, "", "", "in_stock")) for p, v in variants]


class TestStockOfAnything(OrdersContract):
    session_class = StockOfAnything


class NoStock(GoodShop):
    spec = replace(
        SPEC, capabilities=frozenset({Capability.READ_ORDERS}), session=f"{HERE}:NoStock"
    )


class TestHasStockAndSaysNothing(OrdersContract):
    session_class = NoStock


FAILS_IN = {
    TestNaiveTimes: "test_records_are_whole",
    TestFloatAmounts: "test_records_are_whole",
    TestLinesInAList: "test_records_are_whole",
    TestLineTwice: "test_orders_have_one_answer_each",
    TestSilentAboutTheGone: "test_orders_have_one_answer_each",
    TestFindsAlike: "test_orders_are_found_by_their_number",
    TestStockOfAnything: "test_stock_of_what_is_known",
    TestHasStockAndSaysNothing: "test_spec_capabilities_are_what_is_written",
}

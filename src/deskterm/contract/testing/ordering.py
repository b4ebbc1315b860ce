"""The part of the suite for sessions that tell of orders and stock."""

from __future__ import annotations

import asyncio

import pytest

from deskterm.contract.records import OrderGone, OrderRecord, StockRecord
from deskterm.contract.spec import Capability, ConnectorSpec
from deskterm.contract.testing.pages import check_record
from deskterm.contract.testing.sessions import OpenSession, needs
from deskterm.contract.testing.trouble import CALL_DEADLINE_S
from deskterm.contract.testing.violation import require

_NOBODYS = "999999999"


class OrderingContract:
    """What holds where READ_ORDERS or READ_STOCK is offered; a part of `ConnectorContract`."""

    @pytest.fixture
    def known_order(self) -> tuple[str, str]:
        """The channel's key and the number of an order that the far side has."""
        return pytest.fail("the connector reads orders: override the fixture 'known_order'")

    @pytest.fixture
    def known_variant(self) -> tuple[str, str]:
        """`product_ref` and `variant_ref` of something whose stock the far side tells."""
        return pytest.fail("the connector reads stock: override the fixture 'known_variant'")

    async def test_orders_have_one_answer_each(
        self, spec: ConnectorSpec, sessions: OpenSession, request: pytest.FixtureRequest
    ) -> None:
        """What is there comes whole, once; what is not there is gone, and no error."""
        needs(spec, Capability.READ_ORDERS)
        key, ref = request.getfixturevalue("known_order")
        session = await sessions()
        async with asyncio.timeout(CALL_DEADLINE_S):
            found = await session.orders([key, _NOBODYS])
            nothing = await session.orders([])
        require(len(found) == 2, f"two orders were asked for, and {len(found)} answers came")
        by_key = {record.remote_id: record for record in found}
        record, gone = by_key.get(key), by_key.get(_NOBODYS)
        require(isinstance(record, OrderRecord), f"for {key} came {record!r:.80}")
        require(isinstance(gone, OrderGone), f"for what is not there came {gone!r:.80}")
        for each in found:
            check_record(each)
        if isinstance(record, OrderRecord):
            require(record.order.ref == ref, f"its number is {record.order.ref!r}, not {ref!r}")
        require(not nothing, "nothing was asked for, and something came")

    async def test_orders_are_found_by_their_number(
        self, spec: ConnectorSpec, sessions: OpenSession, request: pytest.FixtureRequest
    ) -> None:
        """As it is shown, and as it is typed; what is no number finds nothing."""
        needs(spec, Capability.READ_ORDERS)
        key, ref = request.getfixturevalue("known_order")
        session = await sessions()
        for written in (ref, ref.lower(), f" {ref} "):
            async with asyncio.timeout(CALL_DEADLINE_S):
                found = await session.orders_by_ref(written)
            keys = [record.remote_id for record in found]
            require(keys == [key], f"{written!r} found {keys}")
            for record in found:
                check_record(record)
        for written in ("", "no such number", f"{ref}0{_NOBODYS}"):
            async with asyncio.timeout(CALL_DEADLINE_S):
                found = await session.orders_by_ref(written)
            require(not found, f"{written!r} found {len(found)} orders")

    async def test_stock_of_what_is_known(
        self, spec: ConnectorSpec, sessions: OpenSession, request: pytest.FixtureRequest
    ) -> None:
        """Under the names by which it was asked for; the unknown is left out."""
        needs(spec, Capability.READ_STOCK)
        known = request.getfixturevalue("known_variant")
        session = await sessions()
        async with asyncio.timeout(CALL_DEADLINE_S):
            found = await session.stock([known, (_NOBODYS, ""), (known[0], _NOBODYS)])
            nothing = await session.stock([])
        for record in found:
            require(type(record) is StockRecord, f"a {type(record).__name__} is no stock")
            check_record(record)
        names = [(record.level.product_ref, record.level.variant_ref) for record in found]
        require(names == [known], f"the stock of {known} was asked for, and {names} came")
        require(not nothing, "nothing was asked for, and something came")

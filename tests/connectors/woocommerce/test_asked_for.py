"""Orders by id and by number, stock, the check of an account."""

from __future__ import annotations

import json

import pytest

from deskterm.contract import OrderGone, OrderRecord, SignInNeeded
from deskterm.sandbox.web import Request, Response
from deskterm_connectors.woocommerce.orders import WooCommerceSession
from tests.connectors.woocommerce.far_side import FarSide


async def test_many_orders_in_few_lists(side: FarSide, session: WooCommerceSession) -> None:
    for _ in range(120):
        side.add_order()
    wanted = [str(key) for key in side.shop.orders]
    found = await session.orders(wanted)
    assert [record.remote_id for record in found] == wanted
    assert side.paths().count("/orders") == 1 + len(wanted) // 100


async def test_the_bin_and_what_is_gone_for_good(
    side: FarSide, session: WooCommerceSession
) -> None:
    binned, gone = sorted(side.shop.orders)[:2]
    side.shop.throw_away(binned)
    side.shop.throw_away(gone, for_good=True)
    found = {r.remote_id: r for r in await session.orders([str(binned), str(gone), "x", "007"])}
    assert isinstance(found[str(binned)], OrderRecord)
    assert {key for key, r in found.items() if isinstance(r, OrderGone)} == {str(gone), "x", "007"}


async def test_an_order_that_goes_while_its_notes_are_read(
    side: FarSide, session: WooCommerceSession
) -> None:
    order_id = min(side.shop.orders)

    def erase(request: Request) -> None:
        if request.path.endswith("/notes"):
            side.shop.throw_away(order_id, for_good=True)

    side.between = erase
    assert await session.orders([str(order_id)]) == [OrderGone(str(order_id))]


async def test_numbers_as_people_write_them(side: FarSide, session: WooCommerceSession) -> None:
    shown = next(iter(side.shop.orders.values()))
    ref, digits = shown.order.ref, shown.order.ref.removeprefix("LO-")
    for written in (ref, f"#{ref}", ref.lower(), digits, f"#{digits}"):
        (record,) = await session.orders_by_ref(written)
        assert record.remote_id == str(shown.id), written
    for written in (digits[:-1], f"1{digits}", shown.order.customer.name, "#", "%", "é" * 500):
        assert not await session.orders_by_ref(written), written


async def test_an_id_is_no_number_where_numbers_differ(
    side: FarSide, session: WooCommerceSession
) -> None:
    order_id = min(side.shop.orders)
    assert not await session.orders_by_ref(str(order_id))


async def test_fulfilments_are_not_asked_for_where_they_are_off(
    side: FarSide, session: WooCommerceSession
) -> None:
    side.shop.has_fulfilments = False
    sent = [str(s.id) for s in side.shop.orders.values() if s.order.shipped_at]
    await session.orders(sent[:1])
    before = side.paths().count(f"/orders/{sent[0]}/fulfillments")
    found = await session.orders(sent)
    assert before == 1
    assert sum(path.endswith("/fulfillments") for path in side.paths()) == 1
    assert all(isinstance(record, OrderRecord) for record in found)


async def test_no_more_than_two_calls_at_a_time(side: FarSide, session: WooCommerceSession) -> None:
    await session.orders([str(key) for key in side.shop.orders])
    side.place.misbehaviour.wires["woocommerce"].delay = 0.02
    lines = side.place.misbehaviour.wires["woocommerce"]._lines
    await session.orders([str(key) for key in list(side.shop.orders)[:10]])
    assert len(lines) <= 4, "two ends for each of two connections"


async def test_stock_of_products_and_variations(side: FarSide, session: WooCommerceSession) -> None:
    simple = next(kinds[0] for kinds in side.shop.products.values() if len(kinds) == 1)
    oak, walnut = next(kinds for kinds in side.shop.products.values() if len(kinds) == 2)
    wanted = [
        (str(goods.product_id), str(goods.variation_id or "")) for goods in (walnut, simple, oak)
    ]
    found = [record.level for record in await session.stock(wanted)]
    assert [(level.product_ref, level.variant_ref) for level in found] == wanted
    assert [level.quantity for level in found] == [walnut.stock, simple.stock, oak.stock]
    assert [level.sku for level in found] == [walnut.sku, simple.sku, oak.sku]
    assert found[0].title == walnut.name
    assert [level.may_backorder for level in found] == [False, False, True]
    assert side.paths().count("/products") == 1
    (nothing,) = [await session.stock([("0", ""), ("x", "y"), (wanted[0][0], "999999")])]
    assert nothing == []


async def test_the_check_says_what_is_there(side: FarSide, session: WooCommerceSession) -> None:
    lines = (await session.check()).lines
    assert f"{len(side.shop.orders)} orders" in lines[0]
    assert f"{len(side.shop.products)} products" in lines[1]
    assert "WooCommerce 11.0.1" in lines[2]


async def test_a_key_with_few_rights_is_enough_for_orders(
    side: FarSide, session: WooCommerceSession
) -> None:
    refused = {"code": "woocommerce_rest_cannot_view", "message": "no", "data": {"status": 403}}

    def few_rights(request: Request) -> Response | None:
        if request.path.endswith(("/products", "/system_status")):
            return Response(403, json.dumps(refused).encode())
        return None

    side.between = few_rights
    lines = (await session.check()).lines
    assert any("stock is not shown" in line for line in lines)
    with pytest.raises(SignInNeeded, match="manages the shop"):
        await session.stock([("100", "")])

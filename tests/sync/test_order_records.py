"""Records of orders as connectors give them: checked by their types, without card numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from deskterm.contract import OrderGone, OrderRecord, StockRecord
from deskterm.domain.money import Money
from deskterm.domain.order import Order, StockLevel
from deskterm.sync.order_records import OrderNews
from tests.support.desk import START
from tests.support.orders import a_full_order, an_order

CARD = "4111 1111 1111 1111"


def read(*records: object) -> tuple[OrderNews, list[str]]:
    news, odd = OrderNews.read(records, START)
    return news, [one.reason for one in odd]


def test_whole_records() -> None:
    level = StockLevel("10", "", "LAMP", "Oak lamp", "in_stock", 4)
    news, odd = read(OrderRecord(a_full_order(), b"{}"), OrderGone("9"), StockRecord(level))
    assert odd == []
    assert [copy.order for copy in news.orders] == [a_full_order()]
    assert news.gone == ["9"]
    assert [copy.level for copy in news.stock] == [level]


def test_words_that_are_new_to_us_are_kept() -> None:
    order = an_order(payment="on_account", fulfilment="floating")
    news, odd = read(OrderRecord(order))
    assert odd == []
    assert news.orders[0].order == order


def test_card_numbers_are_masked_where_people_write_and_parcels_keep_theirs() -> None:
    full = a_full_order()
    order = replace(
        full,
        customer_note=f"my card {CARD}",
        notes=(replace(full.notes[0], text=CARD),),
        shipments=(replace(full.shipments[0], tracking_number="4111111111111111"),),
    )
    news, _ = read(OrderRecord(order, f'{{"note": "{CARD}"}}'.encode()))
    found = news.orders[0].order
    assert found.customer_note == "my card **** **** **** 1111"
    assert found.notes[0].text == "**** **** **** 1111"
    assert found.shipments[0].tracking_number == "4111111111111111"


_ORDER = an_order()
_CHANGES: list[tuple[dict[str, Any], str]] = [
    ({"remote_id": ""}, "remote_id is no id"),
    ({"remote_id": 13}, "order.remote_id is no str"),
    ({"total": 67.4}, "order.total is no Money"),
    ({"total": Money(cast("Any", "6740"), "EUR")}, "order.total.minor is no int"),
    ({"total": Money(1 << 70, "EUR")}, "order.total.minor is too large"),
    ({"total": Money(1, "GBP")}, "its amounts are in several currencies"),
    ({"placed_at": START.replace(tzinfo=None)}, "order.placed_at is no time with a zone"),
    ({"paid_at": "yesterday"}, "order.paid_at is no datetime"),
    ({"lines": None}, "order.lines is no tuple"),
    ({"lines": ("lamp",)}, "order.lines[0] is no LineItem"),
    (
        {"lines": (replace(_ORDER.lines[0], quantity=cast("Any", True)),)},
        "order.lines[0].quantity is no int",
    ),
    (
        {"refunds": (replace(a_full_order().refunds[0], lines=cast("Any", (("1",),))),)},
        "order.refunds[0].lines[0] has 1 parts",
    ),
    ({"buyer": None}, "order.buyer is no Buyer"),
    ({"payment": None}, "order.payment is no str"),
]


@pytest.mark.parametrize(("changes", "why"), _CHANGES, ids=[why for _, why in _CHANGES])
def test_what_is_odd_is_named_and_set_aside(changes: dict[str, Any], why: str) -> None:
    news, odd = read(OrderRecord(replace(_ORDER, **changes), b"{}"), OrderRecord(a_full_order()))
    assert odd == [why]
    assert len(news.orders) == 1


@pytest.mark.parametrize(
    "record", [None, "order", _ORDER, OrderRecord(cast("Order", None)), OrderGone(cast("str", 3))]
)
def test_what_is_no_record_at_all(record: object) -> None:
    news, odd = OrderNews.read([record], START)
    assert news.orders == []
    assert len(odd) == 1
    assert odd[0].remote_id
    again = OrderNews.read([record], START)[1]
    assert again[0].remote_id == odd[0].remote_id

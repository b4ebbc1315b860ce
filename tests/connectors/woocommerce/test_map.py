"""WooCommerce's JSON as our records: amounts, times, states, parcels, hostile texts."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from deskterm.domain.money import Money
from deskterm.domain.order import Order
from deskterm_connectors.woocommerce.fields import Odd
from deskterm_connectors.woocommerce.map import Extras, Shop, order_of, stock_of
from deskterm_connectors.woocommerce.tracking import carrier_name, shipments_of

SHOP = Shop("https://shop.example", "_tracking_number", "_promised")
AT = "2026-11-21T20:51:19"
MOMENT = datetime(2026, 11, 21, 20, 51, 19, tzinfo=UTC)


def line(key: int = 1, quantity: Any = 2, **more: Any) -> dict[str, Any]:
    base = {"id": key, "name": "Lamp", "product_id": 10, "variation_id": 0, "quantity": quantity}
    return {**base, "total": "41.58", "total_tax": "8.32", "sku": "LMP", "price": 20.79, **more}


def an_order(**more: Any) -> dict[str, Any]:
    base = {
        "id": 13,
        "number": "LO-13",
        "status": "processing",
        "currency": "EUR",
        "date_created_gmt": AT,
        "date_modified_gmt": AT,
        "total": "49.90",
        "line_items": [line()],
    }
    return {**base, **more}


def read(row: dict[str, Any], **extras: Any) -> Order:
    return order_of(row, Extras(**extras), SHOP)


def fulfilment(key: int, items: list[tuple[int, int]], **meta: Any) -> dict[str, Any]:
    values = {"_items": [{"item_id": i, "qty": n} for i, n in items], **meta}
    told = [{"key": name, "value": value} for name, value in values.items()]
    return {"id": key, "is_fulfilled": "1", "status": "fulfilled", "meta_data": told}


def refund(key: int, items: list[tuple[int, int]], **more: Any) -> dict[str, Any]:
    lines = [
        {
            "id": 900 + i,
            "quantity": -n,
            "meta_data": [{"key": "_refunded_item_id", "value": str(i)}],
        }
        for i, n in items
    ]
    return {"id": key, "date_created_gmt": AT, "line_items": lines, **more}


def test_amounts_are_exact_and_with_their_tax() -> None:
    order = read(
        an_order(shipping_total="4.17", shipping_tax="0.83", total_tax="9.15", total="54.90")
    )
    assert order.lines[0].total == Money(4990, "EUR")
    assert order.shipping_cost == Money(500, "EUR")
    assert order.tax == Money(915, "EUR")
    assert order.lines[0].total.minor + order.shipping_cost.minor == order.total.minor
    assert order.discount == Money(0, "EUR")


@pytest.mark.parametrize(
    ("total", "currency", "minor"),
    [("1980", "JPY", 1980), ("1.2345", "KWD", 1234), ("0.005", "EUR", 0), (49.9, "USD", 4990)],
)
def test_currencies_with_other_decimals(total: object, currency: str, minor: int) -> None:
    assert read(an_order(total=total, currency=currency)).total == Money(minor, currency)


def test_times_are_utc_though_they_do_not_say_so() -> None:
    order = read(an_order(date_paid_gmt=AT, date_created="2026-11-21T21:51:19"))
    assert order.placed_at == order.paid_at == MOMENT
    assert order.completed_at is None
    nothing = read(an_order(date_paid_gmt="0000-00-00T00:00:00", date_completed_gmt=None))
    assert nothing.paid_at is None


@pytest.mark.parametrize(
    ("more", "payment", "fulfilment"),
    [
        ({"status": "pending"}, "pending", "unfulfilled"),
        ({"status": "on-hold"}, "pending", "unfulfilled"),
        ({"date_paid_gmt": AT}, "paid", "unfulfilled"),
        ({"status": "completed", "date_completed_gmt": AT}, "paid", "fulfilled"),
        ({"status": "cancelled"}, "voided", "cancelled"),
        ({"status": "cancelled", "date_paid_gmt": AT}, "paid", "cancelled"),
        ({"status": "failed"}, "failed", "cancelled"),
        ({"status": "refunded", "date_completed_gmt": AT}, "refunded", "fulfilled"),
        ({"status": "wc-on-its-way", "date_paid_gmt": AT}, "paid", "unfulfilled"),
        (
            {"meta_data": [{"key": "_tracking_number", "value": 6123}]},
            "pending",
            "in_progress",
        ),
    ],
)
def test_states(more: dict[str, Any], payment: str, fulfilment: str) -> None:
    order = read(an_order(**more))
    assert (order.payment, order.fulfilment) == (payment, fulfilment)


def test_the_status_has_its_name_and_no_prefix() -> None:
    shop = Shop("https://shop.example", statuses={"packed": "Being packed"})
    order = order_of(an_order(status="wc-packed"), Extras(), shop)
    assert (order.status, order.status_name) == ("packed", "Being packed")


def test_parts_that_were_sent() -> None:
    row = an_order(line_items=[line(1, 2), line(2, 1)])
    part = read(row, fulfilments=[fulfilment(5, [(1, 2)], _tracking_number="A")])
    assert part.fulfilment == "partially_fulfilled"
    assert [each.fulfilled_quantity for each in part.lines] == [2, 0]
    whole = read(row, fulfilments=[fulfilment(5, [(1, 2)]), fulfilment(6, [(2, 1)])])
    assert whole.fulfilment == "fulfilled"
    drafts = [{**fulfilment(5, [(1, 2)]), "is_fulfilled": flag} for flag in (False, "", "0", None)]
    assert read(row, fulfilments=drafts).fulfilment == "unfulfilled"
    deleted = [{**fulfilment(5, [(1, 2)]), "date_deleted": AT}]
    assert read(row, fulfilments=deleted).shipments == ()


def test_refunds_of_which_money_moved_and_of_which_not() -> None:
    row = an_order(
        line_items=[line(1, 2)],
        date_paid_gmt=AT,
        refunds=[
            {"id": 25, "reason": "Broken", "total": "-10.00"},
            {"id": 26, "reason": "", "total": "-5.00"},
        ],
    )
    order = read(
        row,
        refunds=[
            refund(25, [(1, 1)], refunded_payment=False),
            refund(26, [], refunded_payment=True, reason="Late"),
        ],
    )
    booked, paid = order.refunds
    assert (booked.amount, booked.state, booked.reason) == (
        Money(1000, "EUR"),
        "approved",
        "Broken",
    )
    assert (paid.state, paid.reason, paid.refunded_at) == ("issued", "Late", MOMENT)
    assert booked.lines == (("1", 1),)
    assert order.lines[0].refunded_quantity == 1
    assert order.payment == "partially_refunded"
    all_of_it = an_order(refunds=[{"id": 1, "total": "-49.90"}], date_paid_gmt=AT)
    assert read(all_of_it).payment == "refunded"


def test_a_variant_has_the_name_of_what_was_chosen() -> None:
    chosen = [
        {"key": "finish", "value": "oak", "display_value": "Oak"},
        {"key": "_reduced_stock", "value": "1", "display_value": "1"},
        {"key": "engraving", "value": {"a": 1}, "display_value": {"a": 1}},
    ]
    row = line(name="Stool - Oak", parent_name="Stool", variation_id=12, meta_data=chosen)
    (read_line,) = read(an_order(line_items=[row])).lines
    assert (read_line.title, read_line.variant) == ("Stool", "Oak")
    assert (read_line.product_ref, read_line.variant_ref) == ("10", "12")
    (bare,) = read(an_order(line_items=[{**row, "meta_data": []}])).lines
    assert bare.variant == "Oak"
    (simple,) = read(an_order()).lines
    assert (simple.title, simple.variant, simple.variant_ref) == ("Lamp", "", "")


def test_parcels_of_every_source_each_once() -> None:
    item = {
        "tracking_provider": "royal-mail",
        "tracking_number": "B",
        "custom_tracking_link": "https://carrier.example/B",
        "date_shipped": "1763758279",
    }
    row = an_order(
        meta_data=[
            {"key": "_wc_shipment_tracking_items", "value": [item, {**item}, {"x": 1}, None]},
            {"key": "_tracking_number", "value": "A"},
        ]
    )
    told = fulfilment(
        5,
        [(1, 1)],
        _tracking_number="A",
        _shipping_provider="dhl",
        _tracking_url="javascript:alert(1)",
        _date_fulfilled="2026-11-21T20:51:19Z",
    )
    first, second = shipments_of(row, [told], "_tracking_number")
    assert (first.carrier, first.tracking_number, first.tracking_url) == ("DHL", "A", "")
    assert (first.shipped_at, first.lines) == (MOMENT, (("1", 1),))
    assert (second.carrier, second.tracking_number) == ("Royal Mail", "B")
    assert second.tracking_url == "https://carrier.example/B"
    assert second.shipped_at == datetime(2025, 11, 21, 20, 51, 19, tzinfo=UTC)


@pytest.mark.parametrize("value", ["", "not json", "[" * 100_000, 3, None, {"a": 1}, [[], 3]])
def test_what_plugins_write_may_be_anything(value: object) -> None:
    row = an_order(meta_data=[{"key": "_wc_shipment_tracking_items", "value": value}])
    assert shipments_of(row, [], "_tracking_number") == ()


def test_a_plugin_may_write_its_list_as_text() -> None:
    row = an_order(
        meta_data=[
            {"key": "_wc_shipment_tracking_items", "value": '[{"tracking_number": "Z9"}]'},
        ]
    )
    assert [each.tracking_number for each in shipments_of(row, [], "")] == ["Z9"]


@pytest.mark.parametrize(
    ("slug", "name"),
    [
        ("ups", "UPS"),
        ("la-poste", "La Poste"),
        ("fedex", "FedEx"),
        ("Ma Poste", "Ma Poste"),
        ("", ""),
    ],
)
def test_carriers_have_names(slug: str, name: str) -> None:
    assert carrier_name(slug) == name


@pytest.mark.parametrize(
    ("value", "promised"),
    [
        ("2026-11-24", datetime(2026, 11, 24, 20, 0, tzinfo=UTC)),
        ("2026-11-24T10:00:00+01:00", datetime(2026, 11, 24, 9, 0, tzinfo=UTC)),
        ("1763758279", datetime(2025, 11, 21, 20, 51, 19, tzinfo=UTC)),
        ("", None),
    ],
)
def test_the_promised_day(value: str, promised: datetime | None) -> None:
    order = read(an_order(meta_data=[{"key": "_promised", "value": value}]))
    assert order.promised_at == promised
    assert order.promise_source == ("shop" if promised else "")


def test_a_promise_that_is_no_day_is_no_promise() -> None:
    order = read(an_order(meta_data=[{"key": "_promised", "value": "as soon as we can"}]))
    assert (order.promised_at, order.promise_source) == (None, "")


def test_guests_and_members() -> None:
    billing = {"first_name": "Camille", "last_name": "Martin", "email": "camille@example.org"}
    member = read(an_order(customer_id=2, billing={**billing, "phone": "+33199001000"})).buyer
    assert (member.remote_id, member.name, member.email) == (
        "2",
        "Camille Martin",
        billing["email"],
    )
    guest = read(an_order(customer_id=0, billing={"company": "Atelier"})).buyer
    assert (guest.remote_id, guest.name) == ("", "Atelier")
    assert read(an_order(billing=[], shipping=[])).ship_to.lines == ()


def test_hostile_texts_pass_as_they_are() -> None:
    bidi, markup = "\u202egnp.exe", "<script>alert(1)</script>&rarr;\x1b[31m"
    note = {"id": 4, "author": bidi, "note": markup, "customer_note": True, "date_created_gmt": AT}
    order = read(an_order(customer_note=markup, number=bidi), notes=[note])
    assert (order.customer_note, order.ref) == (markup, bidi)
    assert (order.notes[0].author, order.notes[0].text) == (bidi, markup)
    assert order.notes[0].to_customer


def test_notes_stand_in_the_order_in_which_they_were_written() -> None:
    later = "2026-11-21T20:51:20"
    notes = [
        {"id": key, "note": "", "date_created_gmt": at}
        for key, at in ((50, later), (51, later), (2, AT), (10, AT))
    ]
    assert [note.remote_id for note in read(an_order(), notes=notes).notes] == [
        "2",
        "10",
        "50",
        "51",
    ]


@pytest.mark.parametrize(
    "more",
    [
        {"id": None},
        {"id": "x"},
        {"id": True},
        {"currency": ""},
        {"currency": "€"},
        {"status": None},
        {"date_created_gmt": None, "date_modified_gmt": None},
        {"date_created_gmt": "yesterday"},
        {"date_created_gmt": 3},
        {"total": "a lot"},
        {"total": []},
        {"total": "NaN"},
        {"line_items": [{"id": 1, "quantity": "many"}]},
        {"line_items": [{"quantity": 1}]},
        {"refunds": [{"total": "-1"}]},
    ],
)
def test_what_is_no_order(more: dict[str, Any]) -> None:
    with pytest.raises(Odd) as odd:
        read(an_order(**more))
    assert "a lot" not in str(odd.value)


@pytest.mark.parametrize("value", [None, [], "x", 3, {"a": 1}, [3, None]])
@pytest.mark.parametrize(
    "name",
    [
        "meta_data",
        "line_items",
        "refunds",
        "shipping_lines",
        "billing",
        "shipping",
        "customer_note",
    ],
)
def test_a_field_of_another_shape_is_an_empty_one_or_odd(name: str, value: object) -> None:
    try:
        order = read(an_order(**{name: value}))
    except Odd:
        return
    assert order.remote_id == "13"


@pytest.mark.parametrize(
    ("more", "quantity", "state", "may"),
    [
        ({"stock_quantity": 7, "stock_status": "instock"}, 7, "in_stock", False),
        ({"stock_quantity": None, "stock_status": "instock"}, None, "in_stock", False),
        (
            {"stock_quantity": -3, "stock_status": "onbackorder", "backorders": "notify"},
            -3,
            "on_backorder",
            True,
        ),
        (
            {"stock_quantity": 0, "stock_status": "outofstock", "backorders": "no"},
            0,
            "out_of_stock",
            False,
        ),
    ],
)
def test_stock(more: dict[str, Any], quantity: int | None, state: str, may: bool) -> None:
    level = stock_of({"id": 10, "name": "Lamp", "sku": "L", **more}, None)
    assert (level.quantity, level.state, level.may_backorder) == (quantity, state, may)
    assert (level.product_ref, level.variant_ref, level.title) == ("10", "", "Lamp")


def test_stock_of_which_nothing_is_told() -> None:
    with pytest.raises(Odd):
        stock_of({"id": 10, "stock_status": "soon"}, None)

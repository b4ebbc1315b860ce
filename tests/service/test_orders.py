"""Orders beside a ticket: what agents decide stands, and what is shown is clean and dated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.domain.lateness import Late
from deskterm.domain.order import OrderNote, Shipment, TrackingEvent
from deskterm.service.reading.order_rows import TicketOrders
from deskterm.service.reading.reading import Reading
from deskterm.service.reading.views import View
from deskterm.text.clean import SafeText
from tests.support.desk import START, TestDesk, a_mail
from tests.support.orders import (
    PLACED,
    a_full_order,
    an_order,
    bring,
    count_stock,
    euros,
    linked,
    shop_account,
)

HOSTILE = "a\x1b]52;c;cm0gLXJm\x07b\u202ec"
NAMES_IT = (("LO-12345", "LO12345"),)


@pytest.fixture
def reading(desk: TestDesk) -> Iterator[Reading]:
    found = Reading(desk.path, "anna", ZoneInfo("Europe/Paris"), desk.clock.now)
    yield found
    found.close()


def orders_of(reading: Reading, desk: TestDesk, ref: str) -> TicketOrders:
    found = reading.orders_of(desk.ticket(ref)["id"])
    assert found is not None
    return found


# What agents decide


def test_an_agent_links_an_order_and_takes_it_back(desk: TestDesk) -> None:
    bring(desk, shop_account(desk), an_order(email="carl@mail.example"))
    ref = desk.open()
    assert linked(desk, ref) == []
    done = desk.one("order.link", ref, order="lo 12345")
    assert (done["order"], done["account"]) == ("LO-12345", "shop")
    assert linked(desk, ref) == [("LO-12345", "agent")]
    desk.do("app.undo")
    assert linked(desk, ref) == []
    desk.do("app.redo")
    assert linked(desk, ref) == [("LO-12345", "agent")]
    assert desk.chain_is_whole()


def test_an_agent_s_order_comes_first_and_ends_the_guessing(desk: TestDesk) -> None:
    account = shop_account(desk)
    bring(desk, account, an_order("LO-1"), an_order("LO-2", placed_at=PLACED - timedelta(days=200)))
    ref = desk.open()
    assert linked(desk, ref) == [("LO-1", "address")]
    desk.do("order.link", ref, order="LO-2")
    assert linked(desk, ref) == [("LO-2", "agent")]
    desk.do("app.undo")
    assert linked(desk, ref) == [("LO-1", "address")]


@pytest.mark.parametrize("refs", [NAMES_IT, ()])
def test_what_an_agent_took_off_is_not_found_again(
    desk: TestDesk, refs: tuple[tuple[str, str], ...]
) -> None:
    account = shop_account(desk)
    bring(desk, account, an_order())
    ref = desk.open(order_refs=refs)
    method = "named" if refs else "address"
    desk.do("order.unlink", ref, order="LO-12345")
    assert linked(desk, ref) == []
    bring(desk, account, an_order(status="completed", updated_at=PLACED + timedelta(days=1)))
    desk.arrive(a_mail("more", after=["m0"], at=30, order_refs=refs))
    assert linked(desk, ref) == []
    desk.do("app.undo")
    assert linked(desk, ref) == [("LO-12345", method)]
    desk.do("app.redo")
    bring(desk, account, an_order(status="again", updated_at=PLACED + timedelta(days=2)))
    assert linked(desk, ref) == []


def test_an_order_taken_off_can_be_linked_again(desk: TestDesk) -> None:
    bring(desk, shop_account(desk), an_order())
    ref = desk.open(order_refs=NAMES_IT)
    desk.do("order.unlink", ref, order="LO-12345")
    desk.do("order.link", ref, order="LO-12345")
    assert linked(desk, ref) == [("LO-12345", "agent")]
    desk.do("app.undo")
    assert linked(desk, ref) == []


def test_undo_leaves_what_somebody_decided_since(desk: TestDesk) -> None:
    bring(desk, shop_account(desk), an_order(email=""))
    ref = desk.open()
    desk.do("order.link", ref, order="LO-12345")
    desk.do("order.unlink", ref, order="LO-12345", agent="ben")
    with pytest.raises(DesktermError, match="ben changed it"):
        desk.do("app.undo")
    assert linked(desk, ref) == []


def test_decisions_outlive_a_restart(desk: TestDesk) -> None:
    bring(desk, shop_account(desk), an_order())
    ref = desk.open(order_refs=NAMES_IT)
    desk.do("order.unlink", ref, order="LO-12345")
    desk.restart()
    desk.do("app.undo")
    assert linked(desk, ref) == [("LO-12345", "named")]


def test_several_tickets_at_once_are_one_act(desk: TestDesk) -> None:
    bring(desk, shop_account(desk), an_order(email=""))
    refs = [desk.open(), desk.open(sender="carl@mail.example", at=1)]
    desk.do("order.link", refs, order="LO-12345")
    desk.do("app.undo")
    assert [linked(desk, ref) for ref in refs] == [[], []]


def test_orders_follow_a_merge_and_come_back_with_it(desk: TestDesk) -> None:
    account = shop_account(desk)
    bring(desk, account, an_order("LO-1"), an_order("LO-2"), an_order("LO-3", email=""))
    one = desk.open(order_refs=(("LO-1", "LO1"),))
    two = desk.open(order_refs=(("LO-2", "LO2"),), at=1)
    desk.do("order.link", two, order="LO-3")
    desk.do("ticket.merge", two, into=one)
    assert {number for number, _ in linked(desk, one)} == {"LO-1", "LO-2", "LO-3"}
    assert linked(desk, two) == []
    bring(desk, account, an_order("LO-2", status="again", updated_at=START))
    desk.do("app.undo")
    assert linked(desk, one) == [("LO-1", "named")]
    assert linked(desk, two) == [("LO-3", "agent"), ("LO-2", "named")]


def test_a_refresh_names_the_accounts_that_are_asked(desk: TestDesk) -> None:
    bring(desk, shop_account(desk), an_order())
    shop_account(desk, "market", marketplace=True)
    ref = desk.open()
    assert desk.one("order.refresh", ref)["accounts"] == ["shop"]
    unknown = desk.open(sender="carl@mail.example", order_refs=(("LO-9", "LO9"),), at=1)
    asked = desk.one("order.refresh", unknown)["accounts"]
    assert isinstance(asked, list)
    assert {"shop", "market"} <= set(asked)
    nothing = desk.open(sender="dora@mail.example", at=2)
    with pytest.raises(DesktermError, match="It is about no order"):
        desk.do("order.refresh", nothing)
    with pytest.raises(DesktermError):
        desk.do("app.undo")


def test_words_for_what_cannot_be_done(desk: TestDesk) -> None:
    ref = desk.open()
    with pytest.raises(DesktermError, match="There is no order 'LO-9' here"):
        desk.do("order.link", ref, order="LO-9")
    with pytest.raises(DesktermError, match="It is about no order"):
        desk.do("order.unlink", ref, order="LO-9")
    one, two = shop_account(desk, "one"), shop_account(desk, "two")
    bring(desk, one, an_order(email=""))
    bring(desk, two, an_order(email=""))
    with pytest.raises(DesktermError, match="There are 2 orders"):
        desk.do("order.link", ref, order="LO-12345")
    desk.do("order.link", ref, order="LO-12345", account="two")
    assert desk.rows("SELECT account_id FROM orders o JOIN ticket_orders l ON l.order_id = o.id")[
        0
    ][0] == (two.id)
    with pytest.raises(DesktermError, match="is not about an order 'LO-9'"):
        desk.do("order.unlink", ref, order="LO-9")


def test_a_query_finds_what_a_ticket_is_about(desk: TestDesk, reading: Reading) -> None:
    bring(desk, shop_account(desk), an_order())
    ref = desk.open()
    desk.open(sender="carl@mail.example", at=1)
    for query in ("order:lo-12345", "order:LO-12*", "has:order"):
        rows = reading.first_page(View("orders", "Orders", query), 10)
        assert [row.ref for row in rows] == [ref], query
    desk.do("order.unlink", ref, order="LO-12345")
    assert reading.first_page(View("orders", "Orders", "has:order"), 10) == []


# What is shown


def test_the_six_facts_and_the_stock(desk: TestDesk, reading: Reading) -> None:
    account = shop_account(desk)
    (row,) = bring(desk, account, a_full_order())
    count_stock(desk, account, "12", 3)
    earlier = desk.open(at=-3)
    ref = desk.open(order_refs=NAMES_IT)
    found = orders_of(reading, desk, ref)
    (order,) = found.orders
    assert (order.order_id, order.ref, order.account, order.status) == (
        row,
        "LO-12345",
        "shop",
        "Processing",
    )
    assert (order.total, order.shipping_cost) == (euros(6740), euros(490))
    assert order.ship_to == ("Marta Lind", "Lind AB", "Storgatan 1", "2 tr", "75310 Uppsala", "SE")
    assert [(i.title, i.quantity, i.fulfilled) for i in order.lines] == [
        ("Oak lamp", 2, 1),
        ("Bulb", 1, 0),
    ]
    assert order.lines[0].stock is None
    assert order.lines[1].stock is not None
    assert order.lines[1].stock.quantity == 3
    (parcel,) = order.parcels
    assert parcel.last_scan is not None
    assert (parcel.number, parcel.last_scan.place) == ("0034 1122 8812", "Uppsala")
    assert [refund.amount for refund in order.refunds] == [euros(740)]
    assert [(back.rma, back.step) for back in order.returns] == [("RMA-1", "in_transit")]
    assert [remark.to_customer for remark in order.remarks] == [False, True]
    assert order.fetched_at == parcel.fetched_at == desk.clock.now()
    assert (order.match.method, order.match.author) == ("named", "")
    assert order.match.reason == {"text": "LO-12345", "buyer": "same"}
    assert (found.buyer.orders, found.buyer.returns, found.buyer.refunds) == (1, 1, 1)
    assert found.buyer.since == PLACED
    assert [(one.ref, one.orders) for one in found.support] == [(earlier, frozenset({row}))]


def test_what_stands_around_the_orders(desk: TestDesk, reading: Reading) -> None:
    account = shop_account(desk)
    bring(desk, account, an_order("LO-1"), an_order("LO-2", placed_at=PLACED - timedelta(days=400)))
    ref = desk.open(order_refs=(("LO-9", "LO9"),))
    found = orders_of(reading, desk, ref)
    assert [order.ref for order in found.orders] == ["LO-1"]
    assert [(one.ref, one.total) for one in found.others] == [("LO-2", euros(6740))]
    assert found.unknown == ("LO-9",)
    assert found.buyer.since == PLACED - timedelta(days=400)


def test_late_with_its_reason(desk: TestDesk, reading: Reading) -> None:
    account = shop_account(desk)
    promised = START - timedelta(days=2)
    silent = TrackingEvent(START - timedelta(days=8), "in_transit", "Malmö")
    shipment = Shipment("s", "UPS", "1Z", shipped_at=silent.at, events=(silent,))
    orders = {
        "LO-1": an_order("LO-1", promised_at=promised),
        "LO-2": an_order("LO-2", fulfilment="fulfilled", shipments=(shipment,)),
        "LO-3": an_order("LO-3", promised_at=promised, cancelled_at=START),
        "LO-4": an_order("LO-4", promised_at=promised, fulfilment="fulfilled"),
    }
    bring(desk, account, *orders.values())
    refs = tuple((name, name.replace("-", "")) for name in orders)
    found = orders_of(reading, desk, desk.open(order_refs=refs))
    late = {str(order.ref): order.late for order in found.orders}
    assert late["LO-1"] == Late("not_shipped", promised, 3)
    assert late["LO-2"] == Late("no_scan", silent.at, 7, norm=3, carrier="UPS")
    assert (late["LO-3"], late["LO-4"]) == (None, None)


def test_text_from_outside_is_made_safe_on_the_way_and_kept_as_it_came(
    desk: TestDesk, reading: Reading
) -> None:
    note = OrderNote("n", HOSTILE, HOSTILE, to_customer=True, written_at=PLACED)
    scan = TrackingEvent(START - timedelta(days=20), "exception", HOSTILE)
    parcel = Shipment("s", HOSTILE, HOSTILE, events=(scan,))
    order = an_order(
        status_name=HOSTILE,
        customer_note=HOSTILE,
        lines=(replace(an_order().lines[0], title=HOSTILE, sku=HOSTILE),),
        notes=(note,),
        shipments=(parcel,),
    )
    bring(desk, shop_account(desk), order)
    found = orders_of(reading, desk, desk.open(order_refs=NAMES_IT))
    assert found.orders[0].late is not None
    _only_safe(found)
    assert desk.rows("SELECT customer_note FROM orders")[0][0] == HOSTILE


def _only_safe(value: object) -> None:
    """No text in it but what was cleaned, and words of our own."""
    if isinstance(value, Late):
        _only_safe(value.carrier)
    if isinstance(value, str) and not isinstance(value, SafeText):
        assert value.isascii()
        assert value.isprintable()
    elif isinstance(value, dict):
        for one in value.values():
            _only_safe(one)
    elif isinstance(value, tuple):
        for one in value:
            _only_safe(one)


def test_a_ticket_without_orders_and_no_ticket(desk: TestDesk, reading: Reading) -> None:
    found = orders_of(reading, desk, desk.open())
    assert (found.orders, found.others, found.buyer.orders) == ((), (), 0)
    assert reading.orders_of(999_999) is None


def test_it_is_bounded(desk: TestDesk, reading: Reading) -> None:
    account = shop_account(desk)
    numbers = [f"LO-{number}" for number in range(40)]
    many = tuple(replace(an_order().lines[0], remote_id=str(n)) for n in range(80))
    bring(desk, account, *(an_order(number, lines=many) for number in numbers))
    refs = tuple((number, number.replace("-", "")) for number in numbers)
    ref = desk.open(order_refs=refs)
    found = orders_of(reading, desk, ref)
    assert len(found.orders) == 10
    assert len(found.others) == 20
    assert {len(order.lines) for order in found.orders} == {50}

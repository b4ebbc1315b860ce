"""Orders as readers show them, for tests of models and panes."""

from __future__ import annotations

from datetime import timedelta

from deskterm.domain.lateness import Late
from deskterm.domain.money import Money
from deskterm.service.reading.order_rows import (
    BuyerView,
    LineView,
    MatchView,
    OrderBrief,
    OrderView,
    ParcelView,
    RefundView,
    RemarkView,
    ReturnView,
    ScanView,
    StockView,
    SupportView,
    TicketOrders,
)
from deskterm.text.clean import SafeText, clean
from tests.ui.panes import NOW

READ = NOW - timedelta(minutes=3)
NOTHING = clean("")
HOME = tuple(map(clean, ("Greta Holm", "Storgatan 1", "75310 Uppsala", "SE")))


def euros(cents: int) -> Money:
    return Money(cents, "EUR")


def stock(quantity: int | None = 4, **changed: object) -> StockView:
    view = StockView("in_stock", quantity, may_backorder=False, fetched_at=READ)
    return view._replace(**changed)  # type: ignore[arg-type] # a table of fields


def line(title: str = "Oak lamp", **changed: object) -> LineView:
    view = LineView(
        *("1", clean(title), clean("40 cm"), clean("LAMP-40"), 2, euros(5990)),
        fulfilled=1,
        refunded=0,
        stock=stock(),
    )
    return view._replace(**changed)  # type: ignore[arg-type] # a table of fields


def parcel(**changed: object) -> ParcelView:
    scans = (
        ScanView(NOW - timedelta(hours=23), clean("out_for_delivery"), clean("Uppsala"), NOTHING),
        ScanView(NOW - timedelta(days=2), clean("in_transit"), clean("Malmö"), clean("Sorted")),
    )
    view = ParcelView(
        *(clean("DHL"), clean("0034 1122 8812"), clean("https://dhl.example/8812")),
        shipped_at=NOW - timedelta(days=3),
        delivered_at=None,
        promised_at=NOW + timedelta(days=1),
        lines=(("1", 1),),
        scans=scans,
        late=None,
        fetched_at=READ,
    )
    return view._replace(**changed)  # type: ignore[arg-type] # a table of fields


def order(number: int = 1, **changed: object) -> OrderView:
    """An order that is paid and sent in part."""
    view = OrderView(
        order_id=number,
        ref=clean(f"LO-1234{number}"),
        channel="woocommerce",
        account="shop",
        url=clean("https://shop.example/orders/1"),
        status=clean("Processing"),
        payment=clean("paid"),
        fulfilment=clean("partially_fulfilled"),
        placed_at=NOW - timedelta(days=6),
        updated_at=NOW - timedelta(days=2),
        paid_at=NOW - timedelta(days=6),
        cancelled_at=None,
        completed_at=None,
        payment_method=clean("Visa"),
        total=euros(124990),
        shipping_cost=euros(490),
        discount=None,
        tax=euros(24998),
        delivery=clean("home"),
        delivery_title=clean("Home, 2-4 days"),
        promised_at=NOW + timedelta(days=1),
        promise_source=clean("checkout"),
        buyer=clean("Greta Holm"),
        buyer_email=clean("greta@example.org"),
        buyer_phone=NOTHING,
        ship_to=HOME,
        bill_to=HOME,
        country=clean("SE"),
        customer_note=clean("Please ring\ntwice"),
        lines=(line(), line("Bulb", quantity=1, fulfilled=0, variant=NOTHING, total=euros(740))),
        parcels=(parcel(),),
        refunds=(),
        returns=(),
        remarks=(RemarkView(clean("anna"), clean("Asked the carrier"), False, READ),),
        late=None,
        match=match("named", buyer=clean("same")),
        gone_at=None,
        fetched_at=READ,
    )
    return view._replace(**changed)  # type: ignore[arg-type] # a table of fields


def match(method: str, author: str = "", **reason: SafeText) -> MatchView:
    return MatchView(method, 95, reason, clean(author), NOW - timedelta(days=1))


def late(kind: str = "no_scan") -> Late:
    since = NOW - timedelta(days=8)
    return Late(kind, since, 6, 3, "DHL")  # type: ignore[arg-type] # one of its kinds


def refund() -> RefundView:
    at = NOW - timedelta(days=1)
    return RefundView(euros(740), clean("Broken bulb"), clean("issued"), at, (("2", 1),), READ)


def goods_back() -> ReturnView:
    at = NOW - timedelta(days=1)
    return ReturnView(
        *(clean("in_transit"), clean("RMA-1"), clean("Too small")), at, at, (("1", 1),), READ
    )


def around(*orders: OrderView, ticket_id: int = 0, **changed: object) -> TicketOrders:
    """What stands around a ticket."""
    found = TicketOrders(
        ticket_id=ticket_id,
        orders=orders,
        unknown=(),
        others=(
            OrderBrief(
                *(9, clean("LO-900"), "shop", clean("Completed")),
                NOW - timedelta(days=400),
                euros(2000),
            ),
        ),
        buyer=BuyerView(4, 1, 0, NOW - timedelta(days=800)),
        support=(
            SupportView(
                *(7, "k00007", clean("Where is it?"), "resolved", "email"),
                NOW - timedelta(days=3),
                frozenset({1}),
            ),
        ),
    )
    return found._replace(**changed)  # type: ignore[arg-type] # a table of fields

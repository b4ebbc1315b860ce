"""Orders for tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from deskterm.domain.money import Money
from deskterm.domain.order import (
    Buyer,
    LineItem,
    Order,
    OrderNote,
    PostalAddress,
    Refund,
    Return,
    Shipment,
    StockLevel,
    TrackingEvent,
)
from deskterm.store import accounts, orders, ticket_orders
from deskterm.store.accounts import Account
from deskterm.store.orders import OrderCopy, StockCopy
from deskterm.store.transaction import Transaction
from tests.support.desk import MARTA, START, TestDesk

#: When the orders of tests were placed.
PLACED = START - timedelta(days=5)


def euros(cents: int) -> Money:
    return Money(cents, "EUR")


def an_order(ref: str = "LO-12345", email: str = MARTA, **changes: Any) -> Order:
    """An order of Marta's, paid and not sent; its id on the channel is made of its number."""
    order = Order(
        remote_id=f"id-{ref}",
        ref=ref,
        status="processing",
        placed_at=PLACED,
        updated_at=PLACED,
        payment="paid",
        fulfilment="unfulfilled",
        total=euros(6740),
        buyer=Buyer("7", "Marta Lind", email, "+46 70 000 00 00"),
        lines=(LineItem("1", "Oak lamp", 1, euros(6740), "LAMP", product_ref="10"),),
    )
    return replace(order, **changes)


def a_full_order() -> Order:
    """An order with something in every field. What is dated is newest first."""
    when = [PLACED + timedelta(days=n) for n in range(6)]
    address = PostalAddress(
        "Marta Lind", "Lind AB", ("Storgatan 1", "2 tr"), "75310", "Uppsala", "", "SE", "+46"
    )
    scans = (
        TrackingEvent(when[3], "out_for_delivery", "Uppsala", "With the driver"),
        TrackingEvent(when[2], "in_transit", "Malmö", "Sorted"),
    )
    return an_order(
        status_name="Processing",
        paid_at=when[0],
        completed_at=when[4],
        payment_method="Visa",
        delivery="home",
        delivery_title="Home, 2-4 days",
        promised_at=when[5],
        promise_source="checkout",
        shipping_cost=euros(490),
        discount=euros(100),
        tax=euros(1348),
        ship_to=address,
        bill_to=replace(address, name="Lind AB, accounts"),
        customer_note="Please ring\ntwice",
        url="https://shop.example/orders/13",
        lines=(
            LineItem("1", "Oak lamp", 2, euros(6000), "LAMP", "40 cm", "10", "11", 1, 0),
            LineItem("2", "Bulb", 1, euros(740), "BULB", product_ref="12"),
        ),
        shipments=(
            Shipment(
                *("s1", "DHL", "0034 1122 8812", "https://dhl.example/8812"),
                *(when[1], None, when[4]),
                lines=(("1", 1),),
                events=scans,
            ),
        ),
        refunds=(Refund("r1", euros(740), "Broken bulb", "issued", when[4], (("2", 1),)),),
        returns=(Return("t1", "in_transit", "RMA-1", "Too small", when[3], when[4], (("1", 1),)),),
        notes=(
            OrderNote("n2", "anna", "Asked the carrier", to_customer=False, written_at=when[4]),
            OrderNote("n1", "shop", "It left today", to_customer=True, written_at=when[1]),
        ),
    )


def shop_account(desk: TestDesk, name: str = "shop", *, marketplace: bool = False) -> Account:
    """An account that has orders."""
    return desk.write(
        lambda tx: accounts.add_account(
            tx, name, "woocommerce", {"url": "https://shop.example"}, marketplace=marketplace
        )
    )


def bring(desk: TestDesk, account: Account, *found: Order, after_s: float = 0) -> list[int]:
    """Store orders as a sync does, fetched that many seconds after now; their rows."""
    fetched_at = desk.clock.now() + timedelta(seconds=after_s)

    def store(tx: Transaction) -> list[int]:
        rows = [orders.put(tx, account.id, OrderCopy(one, fetched_at))[0] for one in found]
        ticket_orders.match_orders(tx, rows)
        return rows

    return desk.write(store)


def count_stock(desk: TestDesk, account: Account, product: str = "10", quantity: int = 4) -> None:
    """Store a stock level."""
    level = StockLevel(product, "", "LAMP", "Oak lamp", "in_stock", quantity)
    copy = StockCopy(level, desk.clock.now())
    desk.write(lambda tx: orders.put_stock(tx, account.id, copy))


def linked(desk: TestDesk, ref: str) -> list[tuple[str, str]]:
    """The orders that a ticket is about, in order, as (number, method)."""
    found = ticket_orders.links(desk.reading, desk.ticket(ref)["id"], 20)
    numbers = {row["id"]: row["ref"] for row in desk.rows("SELECT id, ref FROM orders")}
    return [(numbers[link.order], link.method) for link in found]

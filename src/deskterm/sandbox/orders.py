"""Orders that fit what is asked about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from deskterm.sandbox.model import Customer, Order
from deskterm.sandbox.parcels import choose_carrier, tracking_number
from deskterm.sandbox.products import Ware

#: States in which an order is, or has been, with the customer.
ARRIVED = frozenset(("delivered", "returned", "refunded"))

# Days from the last thing that happened to an order in a state until its customer writes.
_SINCE = {
    "paid": (0.15, 2.5),
    "shipped": (0.7, 2.5),
    "late": (6, 10),
    "lost": (14, 22),
    "delivered": (0.15, 5),
    "returned": (20, 32),
    "refunded": (20, 32),
}
_WORN_IN = (60, 600)
_LONG_AGO = (60, 700)
# What becomes of an order once its conversation is settled.
_SETTLED = {
    "cancel": "cancelled",
    "refund_status": "refunded",
    "return": "returned",
    "damaged": "refunded",
}
_FIRST_NUMBER = 10_000


def draft_order(
    rng: Random, customer: Customer, wares: Sequence[Ware], state: str, asked_at: datetime
) -> Order:
    """An order as it stood when the customer asked about it; its number comes later.

    Args:
        wares: one line each, the first of them is what the customer writes about.
        state: any state but `cancelled`; `worn` is a delivered order of long ago.
    """
    worn = state == "worn"
    state = "delivered" if worn else state
    since = timedelta(days=rng.uniform(*(_WORN_IN if worn else _SINCE[state])))
    moment = (asked_at - since).replace(microsecond=0)
    lines = [(wares[0].product, 1), *((ware.product, rng.randint(1, 3)) for ware in wares[1:])]
    order = Order("", customer, tuple(lines), moment, state)
    if state == "paid":
        return order
    carrier = choose_carrier(rng, customer.country)
    order = replace(order, carrier=carrier, tracking=tracking_number(rng, carrier))
    delivered_at = moment if state in ARRIVED else None
    shipped_at = moment - _days(rng, 1.2, 4) if state in ARRIVED else moment
    placed_at = shipped_at - _days(rng, 0.6, 2)
    return replace(order, placed_at=placed_at, shipped_at=shipped_at, delivered_at=delivered_at)


def past_order(rng: Random, customer: Customer, wares: Sequence[Ware], now: datetime) -> Order:
    """An order of earlier days, with which all went well."""
    asked_at = now - _days(rng, *_LONG_AGO)
    return draft_order(rng, customer, wares, "delivered", asked_at)


def settled(order: Order, reason: str) -> Order:
    """The order once the shop has done what was asked for, where that changes its state."""
    state = _SETTLED.get(reason, order.state)
    return order if state == "cancelled" and order.shipped_at else replace(order, state=state)


def numbered(rng: Random, orders: Sequence[Order]) -> list[Order]:
    """The same orders with their numbers, which rise with the time at which they were placed.

    `LO-` and five digits; a shop with tens of thousands of orders gets to six.
    """
    span = 3 * len(orders) + 10
    start = max(_FIRST_NUMBER, rng.randint(30_000, 60_000) - span)
    numbers = sorted(rng.sample(range(start, start + span), len(orders)))
    by_age = sorted(range(len(orders)), key=lambda place: orders[place].placed_at)
    refs = dict(zip(by_age, numbers, strict=True))
    return [replace(order, ref=f"LO-{refs[place]}") for place, order in enumerate(orders)]


def total_cents(order: Order) -> int:
    """What the order cost, in euro cents."""
    return sum(product.price_cents * quantity for product, quantity in order.lines)


def _days(rng: Random, least: float, most: float) -> timedelta:
    return timedelta(seconds=round(86400 * rng.uniform(least, most)))

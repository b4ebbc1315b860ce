"""What has become of an order, in the words that macros are chosen by.

An order can be in several of these states at once: sent, late, and standing still.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, get_args

from deskterm.domain.lateness import Parcel, parcel_late, unsent_late
from deskterm.domain.order import Order, Shipment, TrackingEvent

OrderState = Literal[
    "no_order",
    "has_order",
    "unpaid",
    "paid",
    "part_shipped",
    "shipped",
    "late",
    "stuck",
    "delivered",
    "just_delivered",
    "delivered_earlier",
    "returned_to_sender",
    "returning",
    "returned",
    "refunded",
    "cancelled",
    "outside_eu",
]
ORDER_STATES: tuple[OrderState, ...] = get_args(OrderState)
#: So long after its delivery a parcel counts as just delivered.
JUST = timedelta(days=7)
#: Member states of the European Union, whose customs union knows no duties within (ISO 3166).
_EU_CODES = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MC MT NL PL PT RO SE SI SK"
_EU = frozenset(_EU_CODES.split())
_NOT_BACK_YET = frozenset({"requested", "label_sent", "in_transit"})


def order_states(order: Order | None, now: datetime) -> frozenset[OrderState]:
    """The states of an order at an aware time."""
    if order is None:
        return frozenset({"no_order"})
    states: set[OrderState] = {"has_order"}
    country = order.ship_to.country.upper()
    if country and country not in _EU:
        states.add("outside_eu")
    if order.refunds and any(refund.state == "issued" for refund in order.refunds):
        states.add("refunded")
    if order.returns:
        back = any(one.step not in _NOT_BACK_YET for one in order.returns)
        states.add("returned" if back else "returning")
    if order.cancelled_at or order.fulfilment == "cancelled" or order.payment == "voided":
        return frozenset({*states, "cancelled"})
    if order.payment in ("pending", "failed"):
        states.add("unpaid")
    return frozenset(states | _on_its_way(order, now))


def _on_its_way(order: Order, now: datetime) -> set[OrderState]:
    """Preparing, travelling, there; of several parcels the last counts."""
    parcel = last_shipment(order)
    if parcel is None and order.fulfilment != "fulfilled":
        late: set[OrderState] = {"late"} if unsent_late(order.promised_at, now) else set()
        return late if order.payment in ("pending", "failed") else {"paid", *late}
    last = last_scan(parcel) if parcel else None
    if last and last.kind == "returned_to_sender":
        return {"returned_to_sender"}
    if delivered := delivered_at(order):
        lately = now - delivered <= JUST
        return {"delivered", "just_delivered" if lately else "delivered_earlier"}
    states: set[OrderState] = {"shipped"}
    if order.fulfilment == "partially_fulfilled":
        states.add("part_shipped")
    if parcel:
        promised = parcel.promised_at or order.promised_at
        if parcel_late(Parcel(promised_at=promised), now):
            states.add("late")
        scan, at = (last.kind, last.at) if last else (None, None)
        if parcel_late(Parcel(parcel.carrier, scan=scan, scanned_at=at), now):
            states.add("stuck")
    return states


def last_shipment(order: Order) -> Shipment | None:
    """The parcel that was sent last; without a date the last one told of."""
    dated = [parcel for parcel in order.shipments if parcel.shipped_at]
    if dated:
        return max(dated, key=lambda parcel: parcel.shipped_at or order.placed_at)
    return order.shipments[-1] if order.shipments else None


def last_scan(parcel: Shipment) -> TrackingEvent | None:
    """The newest scan of a parcel."""
    return max(parcel.events, key=lambda event: event.at, default=None)


def delivered_at(order: Order) -> datetime | None:
    """When the last parcel was delivered, by its own date or by its scan."""
    parcel = last_shipment(order)
    if parcel is None:
        return None
    scans = [event.at for event in parcel.events if event.kind == "delivered"]
    return parcel.delivered_at or max(scans, default=None)

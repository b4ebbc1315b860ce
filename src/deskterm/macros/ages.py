"""How long the states of an order have lasted, in days: what a reason says beside the state."""

from __future__ import annotations

from datetime import datetime

from deskterm.domain.order import Order
from deskterm.macros.states import OrderState, delivered_at, last_scan, last_shipment


def order_days(order: Order | None, now: datetime) -> dict[OrderState, int]:
    """Whole days, at an aware time, since what each state tells of; without a date none.

    `shipped` counts from the sending, `stuck` from the last scan, `late` from the promise.
    """
    if order is None:
        return {}
    parcel = last_shipment(order)
    scan = last_scan(parcel) if parcel else None
    promised = (parcel.promised_at if parcel else None) or order.promised_at
    delivered = delivered_at(order)
    refunds = [one.refunded_at for one in order.refunds if one.refunded_at]
    since: dict[OrderState, datetime | None] = {
        "paid": order.paid_at or order.placed_at,
        "shipped": parcel.shipped_at if parcel else None,
        "part_shipped": parcel.shipped_at if parcel else None,
        "stuck": scan.at if scan else None,
        "returned_to_sender": scan.at if scan else None,
        "late": promised,
        "delivered": delivered,
        "just_delivered": delivered,
        "delivered_earlier": delivered,
        "refunded": max(refunds, default=None),
        "cancelled": order.cancelled_at,
    }
    return {state: (now - at).days for state, at in since.items() if at is not None and at <= now}

"""An order as a channel tells of it: what was bought, paid, sent, brought back.

Plain data, all times aware UTC. A field that a channel does not know is empty or None; nothing is
guessed here. How old the copy is stands beside it where it is stored (`fetched_at`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from deskterm.domain.money import Money

PaymentState = Literal[
    "pending", "authorized", "paid", "partially_refunded", "refunded", "voided", "failed"
]
FulfilmentState = Literal[
    "unfulfilled", "in_progress", "partially_fulfilled", "fulfilled", "cancelled"
]
DeliveryMethod = Literal["home", "express", "pickup_point", "store_pickup"]
Scan = Literal[
    "label_created",
    "picked_up",
    "in_transit",
    "out_for_delivery",
    "delivered",
    "delivery_attempt",
    "exception",
    "returned_to_sender",
]
ReturnStep = Literal[
    "requested",
    "label_sent",
    "in_transit",
    "received",
    "inspected",
    "disposed",
    "restocked",
    "refund_released",
    "closed",
    "refused",
]
RefundState = Literal["proposed", "approved", "issued", "failed"]
StockState = Literal["in_stock", "out_of_stock", "on_backorder"]


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where something goes. `country` is an ISO 3166 code of two letters."""

    name: str = ""
    company: str = ""
    lines: tuple[str, ...] = ()
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who bought, as the channel knows them. A guest has no `remote_id`."""

    remote_id: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class LineItem:
    """One variant of a product in an order.

    `product_ref` and `variant_ref` are the channel's own ids, for looking up the stock.
    `total` is after discounts, tax as the channel counts it.
    """

    remote_id: str
    title: str
    quantity: int
    total: Money
    sku: str = ""
    variant: str = ""
    product_ref: str = ""
    variant_ref: str = ""
    fulfilled_quantity: int = 0
    refunded_quantity: int = 0


@dataclass(frozen=True, slots=True)
class TrackingEvent:
    """One dated scan of a parcel; `text` is the carrier's own wording."""

    at: datetime
    kind: Scan
    place: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Shipment:
    """One parcel. `lines` are pairs of a line's `remote_id` and a quantity; empty: not told."""

    remote_id: str
    carrier: str = ""
    tracking_number: str = ""
    tracking_url: str = ""
    shipped_at: datetime | None = None
    delivered_at: datetime | None = None
    promised_at: datetime | None = None
    lines: tuple[tuple[str, int], ...] = ()
    events: tuple[TrackingEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class Refund:
    """Money given back; `amount` is positive."""

    remote_id: str
    amount: Money
    reason: str = ""
    state: RefundState = "issued"
    refunded_at: datetime | None = None
    lines: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Return:
    """Goods on their way back. `rma` is the number that people write on the parcel."""

    remote_id: str
    step: ReturnStep
    rma: str = ""
    reason: str = ""
    opened_at: datetime | None = None
    changed_at: datetime | None = None
    lines: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class OrderNote:
    """A remark on an order; one `to_customer` was sent to the buyer as a message."""

    remote_id: str
    author: str
    text: str
    to_customer: bool
    written_at: datetime


@dataclass(frozen=True, slots=True)
class Order:
    """A purchase.

    Attributes:
        remote_id: the channel's key; `ref` is the number that people see and write.
        status: the channel's own word, and `status_name` what it shows for it.
        promised_at: the date told to the buyer; `promise_source` says by whom.
        url: the order's page for the shop's staff.
    """

    remote_id: str
    ref: str
    status: str
    placed_at: datetime
    updated_at: datetime
    payment: PaymentState
    fulfilment: FulfilmentState
    total: Money
    status_name: str = ""
    paid_at: datetime | None = None
    cancelled_at: datetime | None = None
    completed_at: datetime | None = None
    payment_method: str = ""
    delivery: DeliveryMethod | None = None
    delivery_title: str = ""
    promised_at: datetime | None = None
    promise_source: str = ""
    shipping_cost: Money | None = None
    discount: Money | None = None
    tax: Money | None = None
    buyer: Buyer = Buyer()
    ship_to: PostalAddress = PostalAddress()
    bill_to: PostalAddress = PostalAddress()
    customer_note: str = ""
    url: str = ""
    lines: tuple[LineItem, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    refunds: tuple[Refund, ...] = ()
    returns: tuple[Return, ...] = ()
    notes: tuple[OrderNote, ...] = ()


@dataclass(frozen=True, slots=True)
class StockLevel:
    """How much of a variant there is. `quantity` None: the channel does not count it."""

    product_ref: str
    variant_ref: str
    sku: str
    title: str
    state: StockState
    quantity: int | None = None
    may_backorder: bool = False

"""What readers show of orders. Plain data; text from outside is `SafeText` from here on.

Times are UTC. Amounts are of the order's currency. Words that a channel, a carrier or a state is
made of (`payment`, `fulfilment`, `kind`, `step`, `state`) may be new to us: they are shown as they
are then.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from deskterm.text.clean import SafeText

if TYPE_CHECKING:
    from deskterm.domain.lateness import Late
    from deskterm.domain.money import Money


class StockView(NamedTuple):
    """How much there is of a variant; `quantity` None: it is not counted."""

    state: str
    quantity: int | None
    may_backorder: bool
    fetched_at: datetime


class LineView(NamedTuple):
    """What was bought, and how far it got. `stock` None: not known."""

    key: str
    title: SafeText
    variant: SafeText
    sku: SafeText
    quantity: int
    total: Money
    fulfilled: int
    refunded: int
    stock: StockView | None


class ScanView(NamedTuple):
    """One dated scan; `text` in the carrier's words."""

    at: datetime
    kind: SafeText
    place: SafeText
    text: SafeText


class ParcelView(NamedTuple):
    """One parcel. `scans` are newest first. `lines`: keys of lines with quantities, where the
    channel tells; `late` says why it is late, `fetched_at` how old all of this is.
    """

    carrier: SafeText
    number: SafeText
    url: SafeText
    shipped_at: datetime | None
    delivered_at: datetime | None
    promised_at: datetime | None
    lines: tuple[tuple[str, int], ...]
    scans: tuple[ScanView, ...]
    late: Late | None
    fetched_at: datetime

    @property
    def last_scan(self) -> ScanView | None:
        """The newest scan."""
        return self.scans[0] if self.scans else None


class RefundView(NamedTuple):
    """Money given back."""

    amount: Money
    reason: SafeText
    state: SafeText
    at: datetime | None
    lines: tuple[tuple[str, int], ...]
    fetched_at: datetime


class ReturnView(NamedTuple):
    """Goods on their way back."""

    step: SafeText
    rma: SafeText
    reason: SafeText
    opened_at: datetime | None
    changed_at: datetime | None
    lines: tuple[tuple[str, int], ...]
    fetched_at: datetime


class RemarkView(NamedTuple):
    """A note on an order; one `to_customer` went to the buyer."""

    author: SafeText
    text: SafeText
    to_customer: bool
    at: datetime


class MatchView(NamedTuple):
    """Why a ticket is taken to be about an order.

    `method` and `reason` as in `deskterm.domain.matching.Match`; `score` of 100; `author` is the
    agent who said so, empty where it was found.
    """

    method: str
    score: int
    reason: Mapping[str, SafeText]
    author: SafeText
    at: datetime


class SupportView(NamedTuple):
    """Another ticket of this customer or about this order. `orders`: rows of the orders shown that
    it is about too; empty where only the customer is the same.
    """

    ticket_id: int
    ref: str
    subject: SafeText
    status: str
    channel: str
    last_message_at: datetime
    orders: frozenset[int]


class OrderView(NamedTuple):
    """An order that a ticket is about.

    Args:
        order_id: its row.
        ref: the number that people write.
        status: what the channel calls it.
        ship_to, bill_to: the lines of an address.
        gone_at: when the channel had it no more.
        late: why it is late: its first late parcel, or that it has not been sent.
        match: why it is shown.
        fetched_at: how old all of this is.
    """

    order_id: int
    ref: SafeText
    channel: str
    account: str
    url: SafeText
    status: SafeText
    payment: SafeText
    fulfilment: SafeText
    placed_at: datetime
    updated_at: datetime
    paid_at: datetime | None
    cancelled_at: datetime | None
    completed_at: datetime | None
    payment_method: SafeText
    total: Money
    shipping_cost: Money | None
    discount: Money | None
    tax: Money | None
    delivery: SafeText
    delivery_title: SafeText
    promised_at: datetime | None
    promise_source: SafeText
    buyer: SafeText
    buyer_email: SafeText
    buyer_phone: SafeText
    ship_to: tuple[SafeText, ...]
    bill_to: tuple[SafeText, ...]
    country: SafeText
    customer_note: SafeText
    lines: tuple[LineView, ...]
    parcels: tuple[ParcelView, ...]
    refunds: tuple[RefundView, ...]
    returns: tuple[ReturnView, ...]
    remarks: tuple[RemarkView, ...]
    late: Late | None
    match: MatchView
    gone_at: datetime | None
    fetched_at: datetime


class OrderBrief(NamedTuple):
    """Another order of the customer."""

    order_id: int
    ref: SafeText
    account: str
    status: SafeText
    placed_at: datetime
    total: Money


class BuyerView(NamedTuple):
    """What is known of a customer's purchases: orders, how many of them have a return or were paid
    back, and since when.
    """

    orders: int
    returns: int
    refunds: int
    since: datetime | None


class TicketOrders(NamedTuple):
    """The orders of a ticket, the first one first, and what stands around them.

    Args:
        orders: what the ticket is about, at most ten.
        unknown: order numbers that were written and that no order has.
        others: the customer's other orders, newest first, at most twenty.
        buyer: figures over all orders of the customer.
        support: other tickets of the customer or about these orders, newest first, at most twenty.
    """

    ticket_id: int
    orders: tuple[OrderView, ...]
    unknown: tuple[SafeText, ...]
    others: tuple[OrderBrief, ...]
    buyer: BuyerView
    support: tuple[SupportView, ...]

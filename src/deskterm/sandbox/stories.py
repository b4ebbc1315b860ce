"""What the shop's own system knows of an order beyond what its buyer wrote: payment, promise,
refund, remarks. Nothing here contradicts the conversations about the order.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from types import MappingProxyType

from deskterm.sandbox.chance import chance
from deskterm.sandbox.model import Conversation, Language, Order
from deskterm.sandbox.orders import total_cents

_PROMISED_DAYS = 4
_PROMISED_DAYS_ABROAD = 6
_PACKING_DAYS = 2
_HOME = frozenset(("GB", "FR", "DE"))
_PAYMENTS = ("Credit card", "Credit card", "Credit card", "PayPal", "Bank transfer")
_ASKS_EARLY = "refund_status"  # this customer knows of the refund before writing
_WISHES: Mapping[Language, tuple[str, ...]] = MappingProxyType(
    {
        "en": ("Please leave it with the neighbour.", "Gift: no invoice in the parcel, please."),
        "fr": ("Laisser au gardien s'il vous plaît.", "C'est un cadeau, sans facture merci."),
        "de": ("Bitte beim Nachbarn abgeben.", "Geschenk, bitte keine Rechnung beilegen."),
    }
)


@dataclass(frozen=True, slots=True)
class Remark:
    """A note on an order. By `author`; an empty one is the shop's system."""

    at: datetime
    author: str
    text: str
    to_customer: bool = False


@dataclass(frozen=True, slots=True)
class PaidBack:
    """Money given back for the first `lines` lines of an order."""

    at: datetime
    cents: int
    lines: int
    reason: str
    by_gateway: bool


@dataclass(frozen=True, slots=True)
class OrderStory:
    """An order as the shop's system tells it; nothing in it is later than the world's present."""

    order: Order
    paid_at: datetime
    payment: str
    promised_on: date
    changed_at: datetime
    buyer_note: str
    paid_back: PaidBack | None
    remarks: tuple[Remark, ...]


def told(
    orders: Iterable[Order], conversations: Iterable[Conversation], staff: Sequence[str]
) -> dict[str, OrderStory]:
    """The story of each order, by its number.

    Args:
        staff: names of those who answer for the shop.
    """
    about: dict[str, list[Conversation]] = {}
    for conversation in conversations:
        if conversation.order is not None:
            about.setdefault(conversation.order.ref, []).append(conversation)
    return {order.ref: _story(order, about.get(order.ref, ()), staff) for order in orders}


def _story(order: Order, about: Sequence[Conversation], staff: Sequence[str]) -> OrderStory:
    rng = chance("story", order.ref)
    paid_at = order.placed_at + timedelta(minutes=rng.randint(1, 3))
    payment = rng.choice(_PAYMENTS)
    agent = rng.choice(staff)
    paid_back = _paid_back(rng, order, about)
    remarks = [
        Remark(paid_at, "", "Order status changed from Pending payment to Processing."),
        *_sent(order, agent),
        *_returned(rng, order, about, agent),
    ]
    if paid_back is not None:
        remarks.append(Remark(paid_back.at, agent, f"{paid_back.reason}: money given back."))
    remarks.sort(key=lambda remark: remark.at)
    return OrderStory(
        order=order,
        paid_at=paid_at,
        payment=payment,
        promised_on=_promise(order),
        changed_at=max(paid_at, remarks[-1].at),
        buyer_note=rng.choice(_WISHES[order.customer.language]) if rng.random() < 0.15 else "",
        paid_back=paid_back,
        remarks=tuple(remarks),
    )


def _promise(order: Order) -> date:
    leaves = order.shipped_at or order.placed_at + timedelta(days=_PACKING_DAYS)
    home = order.customer.country in _HOME
    return (leaves + timedelta(days=_PROMISED_DAYS if home else _PROMISED_DAYS_ABROAD)).date()


def _sent(order: Order, agent: str) -> list[Remark]:
    if order.shipped_at is None:
        return []
    words = f"Your order {order.ref} has left with {order.carrier}, number {order.tracking}."
    return [
        Remark(order.shipped_at, "", "Order status changed from Processing to Completed."),
        Remark(order.shipped_at, agent, words, to_customer=True),
    ]


def _returned(rng: Random, order: Order, about: Sequence[Conversation], agent: str) -> list[Remark]:
    """A shop without a plugin for returns writes them down as a note."""
    if order.state != "returned" or order.delivered_at is None:
        return []
    at = min(order.delivered_at + timedelta(days=3), _first_word(about, order.delivered_at))
    return [Remark(at, agent, f"Return RMA-{rng.randrange(10_000, 99_999)} announced by customer.")]


def _paid_back(rng: Random, order: Order, about: Sequence[Conversation]) -> PaidBack | None:
    """Settled in the last answer of the shop, unless the customer wrote because of it."""
    if order.state not in ("refunded", "cancelled"):
        return None
    since = order.delivered_at or order.placed_at + timedelta(minutes=10)
    early = any(conversation.reason == _ASKS_EARLY for conversation in about)
    ours = [m.at for conversation in about for m in conversation.messages if m.ours]
    at = max(ours, default=since)
    if early:
        at = max(since, _first_word(about, since) - timedelta(days=4))
    if order.state == "cancelled":
        return PaidBack(at, total_cents(order), len(order.lines), "Cancelled by customer", True)
    product, quantity = order.lines[0]
    reason = "Damaged on arrival" if not early else "Return received"
    return PaidBack(at, product.price_cents * quantity, 1, reason, rng.random() < 0.7)


def _first_word(about: Sequence[Conversation], default: datetime) -> datetime:
    return min((conversation.messages[0].at for conversation in about), default=default)

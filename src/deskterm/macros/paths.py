"""The fields that a macro may speak of, and what each of them holds for a ticket.

The list is closed: a field that does not stand here is a mistake in the macro. Facts of the shop
(`facts.name`) come besides, see `deskterm.macros.facts`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from deskterm.domain.money import Money
from deskterm.domain.order import (
    DeliveryMethod,
    FulfilmentState,
    Order,
    PaymentState,
    Refund,
    Return,
    ReturnStep,
    Shipment,
)
from deskterm.macros.facts import Facts
from deskterm.macros.model import CHANNEL_KINDS, Channel
from deskterm.macros.states import (
    ORDER_STATES,
    OrderState,
    delivered_at,
    last_scan,
    last_shipment,
    order_states,
)
from deskterm.macros.voice import Voice, first_name, whole_name
from deskterm.text.clean import clean

#: A set holds all words that are true at once; it is only compared.
Value: TypeAlias = str | int | date | Money | frozenset[str]
#: `state`: words of a fixed list, for conditions alone. `link`: never for a marketplace, the
#: carrier's tracking excepted.
FieldKind = Literal["text", "date", "money", "number", "link", "state"]

FACTS = "facts."
TEXT_MAX = 300  # characters of a value that comes from outside
ITEMS_MAX = 5


@dataclass(frozen=True, slots=True)
class Known:
    """What is known where a macro is filled in.

    Args:
        now: aware, in the shop's zone, in which its dates are meant.
        customer: the customer's name as the channel gives it.
        agent: the agent's name as customers may read it.
        order: the first order of the ticket.
        messages: how many messages the customer has written in the ticket; None: not known.
    """

    now: datetime
    channel: Channel = field(default_factory=Channel)
    language: str = "en"
    ticket: str = ""
    subject: str = ""
    customer: str = ""
    agent: str = ""
    order: Order | None = None
    facts: Facts = field(default_factory=Facts)
    voice: Voice = field(default_factory=Voice)
    messages: int | None = None

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def states(self) -> frozenset[OrderState]:
        """What has become of the order."""
        return order_states(self.order, self.now)

    def day(self, moment: datetime | None) -> date | None:
        """The day of a moment in the shop's zone."""
        return moment.astimezone(self.now.tzinfo).date() if moment else None


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its kind, what it holds in a few words, and where its value is read."""

    path: str
    kind: FieldKind
    says: str
    read: Callable[[Known], Value | None]
    options: tuple[str, ...] = ()

    @property
    def origin(self) -> str:
        """Where a value would come from: ticket, channel, customer, agent, order, shop."""
        head = self.path.partition(".")[0]
        return {"greeting": "customer", "closing": "agent", "today": "clock"}.get(head, head)


def look_up(path: str, known: Known) -> Value | None:
    """The value of a field; None where it is not known, or where there is no such field."""
    if path.startswith(FACTS):
        return known.facts.get(path.removeprefix(FACTS), known.language)
    found = FIELDS.get(path)
    value = found.read(known) if found else None
    if isinstance(value, str):
        return _tidy(value) if path not in _OUR_WORDS else value or None
    return value


def kind_of(path: str, facts: Facts) -> FieldKind | None:
    """What sort of value a field has; None for a field that there is not."""
    if path.startswith(FACTS):
        return facts.kind(path.removeprefix(FACTS))
    found = FIELDS.get(path)
    return found.kind if found else None


def filled(known: Known) -> frozenset[str]:
    """The fields, facts excepted, that have a value."""
    return frozenset(path for path in FIELDS if look_up(path, known) is not None)


def _tidy(text: str) -> str | None:
    """Text from outside on one line, without what a terminal obeys and nobody can read."""
    return clean(" ".join(text.split()), multiline=False)[:TEXT_MAX] or None


def _of_order(read: Callable[[Order], Value | None]) -> Callable[[Known], Value | None]:
    return lambda known: read(known.order) if known.order else None


def _day_of(read: Callable[[Order], datetime | None]) -> Callable[[Known], Value | None]:
    return lambda known: known.day(read(known.order)) if known.order else None


def _of_parcel(read: Callable[[Shipment], str]) -> Callable[[Known], Value | None]:
    def value(known: Known) -> Value | None:
        parcel = last_shipment(known.order) if known.order else None
        return read(parcel) if parcel else None

    return value


def _shipped(order: Order) -> datetime | None:
    parcel = last_shipment(order)
    return parcel.shipped_at if parcel else None


def _promised(order: Order) -> datetime | None:
    parcel = last_shipment(order)
    return (parcel.promised_at if parcel else None) or order.promised_at


def _scanned(order: Order) -> datetime | None:
    parcel = last_shipment(order)
    scan = last_scan(parcel) if parcel else None
    return scan.at if scan else None


def _items(order: Order) -> str:
    said = [
        f"{line.quantity} × {line.title}" if line.quantity > 1 else line.title
        for line in order.lines[:ITEMS_MAX]
    ]
    return ", ".join(said) + (", …" if len(order.lines) > ITEMS_MAX else "")


def _ship_to(order: Order) -> str:
    at = order.ship_to
    town = " ".join(part for part in (at.postcode, at.city) if part)
    return ", ".join(part for part in (at.name, at.company, *at.lines, town) if part)


def _issued(order: Order) -> list[Refund]:
    return [refund for refund in order.refunds if refund.state == "issued"]


def _refunded(order: Order) -> Money | None:
    issued = _issued(order)
    currencies = {refund.amount.currency for refund in issued}
    if len(currencies) != 1:
        return None
    return Money(sum(refund.amount.minor for refund in issued), currencies.pop())


def _refunded_at(order: Order) -> datetime | None:
    return max((r.refunded_at for r in _issued(order) if r.refunded_at), default=None)


def _return(order: Order) -> Return | None:
    return order.returns[-1] if order.returns else None


def _return_number(order: Order) -> str | None:
    back = _return(order)
    return back.rma if back else None


def _return_step(order: Order) -> str | None:
    back = _return(order)
    return back.step if back else None


def _return_seen(order: Order) -> datetime | None:
    back = _return(order)
    return back.changed_at if back else None


def _fields() -> Iterable[Field]:
    yield Field(
        "greeting",
        "text",
        "Hello and the first name, else the name, else nobody's",
        lambda known: known.voice.greeting(known.language, known.customer),
    )
    yield Field(
        "closing",
        "text",
        "kind regards and the agent's name",
        lambda known: known.voice.closing(known.language, known.agent),
    )
    yield Field("today", "date", "today", lambda known: known.today)
    yield Field("ticket.ref", "text", "the ticket's reference", lambda known: known.ticket)
    yield Field("ticket.subject", "text", "its subject", lambda known: known.subject)
    yield Field(
        "ticket.messages",
        "number",
        "how many messages the customer has written in it",
        lambda known: known.messages,
    )
    yield Field("channel.id", "text", "id of the channel", lambda known: known.channel.id)
    yield Field(
        "channel.kind",
        "state",
        "what kind of channel it is",
        lambda known: known.channel.kind,
        tuple(sorted(CHANNEL_KINDS)),
    )
    yield Field("customer.name", "text", "the whole name", lambda k: whole_name(k.customer))
    yield Field("customer.first_name", "text", "the first name", lambda k: first_name(k.customer))
    yield Field("agent.name", "text", "the agent's name", lambda known: whole_name(known.agent))
    yield from _order_fields()
    yield from _parcel_fields()
    yield from _back_fields()


def _order_fields() -> Iterable[Field]:
    yield Field("order.ref", "text", "the number that people see", _of_order(lambda o: o.ref))
    yield Field(
        "order.state",
        "state",
        "what has become of it; several may be true",
        lambda known: known.states,
        ORDER_STATES,
    )
    yield Field("order.placed_on", "date", "when it was placed", _day_of(lambda o: o.placed_at))
    yield Field("order.paid_on", "date", "when it was paid", _day_of(lambda o: o.paid_at))
    yield Field("order.total", "money", "what it costs", _of_order(lambda o: o.total))
    yield Field(
        "order.shipping_cost",
        "money",
        "what sending it cost",
        _of_order(lambda o: o.shipping_cost),
    )
    yield Field(
        "order.payment",
        "state",
        "how far it is paid",
        _of_order(lambda o: o.payment),
        get_args(PaymentState),
    )
    yield Field(
        "order.fulfilment",
        "state",
        "how far it is sent",
        _of_order(lambda o: o.fulfilment),
        get_args(FulfilmentState),
    )
    yield Field(
        "order.delivery",
        "state",
        "how it is delivered",
        _of_order(lambda o: o.delivery),
        get_args(DeliveryMethod),
    )
    yield Field(
        "order.item",
        "text",
        "its first item",
        _of_order(lambda o: o.lines[0].title if o.lines else None),
    )
    yield Field("order.items", "text", "its items, at most five", _of_order(_items))
    yield Field(
        "order.item_count",
        "number",
        "how many pieces it has",
        _of_order(lambda o: sum(line.quantity for line in o.lines) or None),
    )
    yield Field("order.ship_to", "text", "where it goes, on one line", _of_order(_ship_to))


def _parcel_fields() -> Iterable[Field]:
    yield Field(
        "order.carrier", "text", "the last parcel's carrier", _of_parcel(lambda p: p.carrier)
    )
    yield Field(
        "order.tracking_number", "text", "its number", _of_parcel(lambda p: p.tracking_number)
    )
    yield Field(
        "order.tracking_url",
        "link",
        "the carrier's page of it",
        _of_parcel(lambda p: p.tracking_url),
    )
    yield Field("order.shipped_on", "date", "when the last parcel left", _day_of(_shipped))
    yield Field("order.promised_on", "date", "when it is promised for", _day_of(_promised))
    yield Field("order.last_scan_on", "date", "when it was last scanned", _day_of(_scanned))
    yield Field("order.delivered_on", "date", "when it was delivered", _day_of(delivered_at))


def _back_fields() -> Iterable[Field]:
    yield Field("order.return_number", "text", "number of the return", _of_order(_return_number))
    yield Field(
        "order.return_step",
        "state",
        "how far the return is",
        _of_order(_return_step),
        get_args(ReturnStep),
    )
    yield Field("order.return_on", "date", "when the return last moved", _day_of(_return_seen))
    yield Field("order.refunded", "money", "what was given back", _of_order(_refunded))
    yield Field("order.refunded_on", "date", "when it was given back", _day_of(_refunded_at))


FIELDS: Mapping[str, Field] = MappingProxyType({each.path: each for each in _fields()})
#: Put together here, with line ends that are meant.
_OUR_WORDS = frozenset({"greeting", "closing"})

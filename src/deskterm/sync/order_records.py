"""From a connector's records of orders to copies as they are kept: checked, masked, packed."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from deskterm.contract import OrderGone, OrderRecord, StockRecord, Unreadable
from deskterm.domain.cards import mask_cards, mask_json
from deskterm.domain.money import Money
from deskterm.domain.order import Order, PostalAddress
from deskterm.store.ingest import pack
from deskterm.store.orders import OrderCopy, StockCopy

AnyOrderRecord = OrderRecord | OrderGone | StockRecord

_MOST_INT = 2**63


@dataclass(slots=True)
class OrderNews:
    """What came about orders at `fetched_at`; `gone` are ids of the channel."""

    fetched_at: datetime
    orders: list[OrderCopy] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    stock: list[StockCopy] = field(default_factory=list)

    @classmethod
    def read(
        cls, records: Sequence[object], fetched_at: datetime
    ) -> tuple[OrderNews, list[Unreadable]]:
        """Read an answer; beside the news what is set aside."""
        news, odd = cls(fetched_at), []
        for record in records:
            why = news.add(record)
            if why is not None:
                odd.append(why)
        return news, odd

    def add(self, record: object) -> Unreadable | None:
        """Take a record in; what is set aside where something is odd about it."""
        if not isinstance(record, AnyOrderRecord):
            return Unreadable(_name(record), b"", f"a {type(record).__name__} is no order")
        why = _why(record)
        if why is not None:
            return _set_aside(record, why)
        match record:
            case OrderGone():
                self.gone.append(record.remote_id)
            case StockRecord():
                level = replace(record.level, title=_plain(record.level.title))
                self.stock.append(StockCopy(level, self.fetched_at, *_packed(record.raw)))
            case OrderRecord():
                packed, size = _packed(record.raw)
                order = _masked(record.order)
                copy = OrderCopy(order, self.fetched_at, packed, size, record.is_partial)
                self.orders.append(copy)
        return None


def _packed(raw: bytes) -> tuple[bytes, int]:
    return (pack(mask_json(raw)), len(raw)) if raw else (b"", 0)


def _masked(order: Order) -> Order:
    """Without card numbers where people write what they like; numbers of parcels stay."""
    return replace(
        order,
        payment_method=_plain(order.payment_method),
        customer_note=_plain(order.customer_note),
        buyer=replace(order.buyer, name=_plain(order.buyer.name)),
        ship_to=_masked_address(order.ship_to),
        bill_to=_masked_address(order.bill_to),
        lines=tuple(
            replace(i, title=_plain(i.title), variant=_plain(i.variant)) for i in order.lines
        ),
        shipments=tuple(
            replace(s, events=tuple(replace(e, text=_plain(e.text)) for e in s.events))
            for s in order.shipments
        ),
        refunds=tuple(replace(r, reason=_plain(r.reason)) for r in order.refunds),
        returns=tuple(replace(r, reason=_plain(r.reason)) for r in order.returns),
        notes=tuple(replace(n, text=_plain(n.text)) for n in order.notes),
    )


def _masked_address(address: PostalAddress) -> PostalAddress:
    return replace(
        address,
        name=_plain(address.name),
        company=_plain(address.company),
        lines=tuple(map(_plain, address.lines)),
    )


def _plain(text: str) -> str:
    """Without card numbers, and without halves of characters, which a database refuses."""
    return mask_cards(text.encode("utf-8", "replace").decode("utf-8"))


def _set_aside(record: AnyOrderRecord, why: str) -> Unreadable:
    raw = getattr(record, "raw", b"")
    try:
        remote_id: object = record.remote_id
    except AttributeError:  # what should be an order is something else
        remote_id = None
    name = remote_id if isinstance(remote_id, str) and remote_id else _name(record)
    return Unreadable(name, raw if isinstance(raw, bytes) else b"", why)


def _name(found: object) -> str:
    """A name for what has none: the same for the same thing."""
    return "odd:" + hashlib.sha256(repr(found).encode("utf-8", "replace")).hexdigest()[:32]


# Whether a record is what its types say. They are not checked while a connector runs, and what it
# maps was written by strangers.


def _why(record: AnyOrderRecord) -> str | None:
    """What is odd about a record; None where it is whole."""
    fault = next(_faults(record, type(record), ""), None)
    if fault is not None:
        return fault
    if not record.remote_id:
        return "remote_id is no id"
    if isinstance(record, OrderRecord):
        currencies = {money.currency for money in _amounts(record.order)}
        if len(currencies) > 1:
            return "its amounts are in several currencies"
    return None


def _faults(value: object, kind: Any, where: str) -> Iterator[str]:
    """Places where a value is not of the type that its field is declared with."""
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        yield from _faults_of_either(value, args, where)
    elif origin is Literal:
        # A word that is new to us is kept and shown as it is.
        yield from _faults(value, str, where)
    elif origin is tuple:
        yield from _faults_of_tuple(value, args, where)
    elif not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        yield f"{where} is no {kind.__name__}"
    elif hasattr(kind, "__dataclass_fields__"):
        for name, inner in _fields(kind):
            yield from _faults(getattr(value, name), inner, f"{where}.{name}".lstrip("."))
    elif isinstance(value, datetime) and value.utcoffset() is None:
        yield f"{where} is no time with a zone"
    elif kind is int and isinstance(value, int) and not -_MOST_INT <= value < _MOST_INT:
        yield f"{where} is too large"


def _faults_of_either(value: object, kinds: tuple[Any, ...], where: str) -> Iterator[str]:
    if value is not None or NoneType not in kinds:
        yield from _faults(value, next(k for k in kinds if k is not NoneType), where)


def _faults_of_tuple(value: object, kinds: tuple[Any, ...], where: str) -> Iterator[str]:
    if not isinstance(value, tuple):
        yield f"{where} is no tuple"
    elif len(kinds) == 2 and kinds[1] is Ellipsis:
        for number, part in enumerate(value):
            yield from _faults(part, kinds[0], f"{where}[{number}]")
    elif len(value) != len(kinds):
        yield f"{where} has {len(value)} parts"
    else:
        for number, (part, kind) in enumerate(zip(value, kinds, strict=True)):
            yield from _faults(part, kind, f"{where}[{number}]")


@cache
def _fields(kind: Any) -> tuple[tuple[str, Any], ...]:
    hints = get_type_hints(kind)
    return tuple((f.name, hints[f.name]) for f in dataclasses.fields(kind))


def _amounts(order: Order) -> Iterator[Money]:
    yield order.total
    yield from (line.total for line in order.lines)
    yield from (refund.amount for refund in order.refunds)
    for amount in (order.shipping_cost, order.discount, order.tax):
        if amount is not None:
            yield amount

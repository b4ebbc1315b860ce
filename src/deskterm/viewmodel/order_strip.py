"""What is known of an order in two lines, for the head of a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from deskterm.i18n import say, say_many
from deskterm.text.clean import SafeText
from deskterm.viewmodel import order_words, words
from deskterm.viewmodel.order_facts import Moment
from deskterm.viewmodel.order_words import dotted

if TYPE_CHECKING:
    from deskterm.service.reading.order_rows import OrderView, TicketOrders

_NOTHING = words.NOTHING


class Strip(NamedTuple):
    """An order in two lines. `warning` stands before `second`."""

    first: SafeText
    warning: SafeText
    second: SafeText


def strip_of(
    found: TicketOrders, order: OrderView | None, offline: SafeText, at: Moment
) -> Strip | None:
    """The facts in two lines; None where there is nothing to say of orders."""
    if order is None:
        return _without_order(found)
    late = _NOTHING if order.late is None else order_words.late(order.late, at.zone, at.now)
    parcel = order.parcels[0] if order.parcels else None
    is_over = order.completed_at is not None or order.cancelled_at is not None
    old = _NOTHING if is_over else at.old(order.fetched_at)
    count = len(found.orders)
    number = say("Order {ref}", ref=order.ref)
    if count > 1:
        place = words.position(found.orders.index(order), count)
        number = say("{order} ({place})", order=number, place=place)
    return Strip(
        dotted(
            number,
            order_words.payment(order.payment),
            order_words.fulfilment(order.fulfilment),
            order_words.money(order.total),
            _first_line(order),
        ),
        dotted(late, offline, old),
        dotted(
            _NOTHING
            if parcel is None
            else dotted(
                order_words.short_parcel(parcel), order_words.parcel_state(parcel, at.zone, at.now)
            ),
            _returns(order),
            _tickets(found),
            _NOTHING if old else at.read(order.fetched_at),
        ),
    )


def _without_order(found: TicketOrders) -> Strip | None:
    written = dotted(*(say("{number} is not known", number=one) for one in found.unknown[:3]))
    bought = _NOTHING
    if found.buyer.orders:
        bought = say_many(
            "{count} order of this customer", "{count} orders of this customer", found.buyer.orders
        )
    if not written and not bought:
        return None
    return Strip(
        dotted(say("No order was found for this ticket"), bought, _tickets(found)),
        written,
        _NOTHING,
    )


def _first_line(order: OrderView) -> SafeText:
    if not order.lines:
        return _NOTHING
    item = order.lines[0]
    bought = order_words.line(item)
    if item.stock is not None:
        bought = say("{item}, {stock}", item=bought, stock=order_words.stock(item.stock))
    more = len(order.lines) - 1
    return say("{item} +{count}", item=bought, count=more) if more else bought


def _returns(order: OrderView) -> SafeText:
    if order.returns:
        return order_words.return_step(order.returns[0].step)
    if order.refunds:
        return order_words.refund(order.refunds[0].state)
    return say("no return")


def _tickets(found: TicketOrders) -> SafeText:
    count = len(found.support)
    return say_many("{count} other ticket", "{count} other tickets", count)

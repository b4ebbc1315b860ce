"""What is known of an order, fact by fact, as a panel lists it.

The six that an answer needs stand first: confirmation, how far each line is, tracking, returns and
refunds, product and stock, earlier support. The order says how old all of it is; tracking and
stock, by which something may be promised, say it again for themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Literal, NamedTuple

from deskterm.i18n import say, say_many
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel import order_words, time_words, words
from deskterm.viewmodel.order_words import dotted

if TYPE_CHECKING:
    from deskterm.service.reading.order_rows import (
        LineView,
        OrderBrief,
        OrderView,
        ParcelView,
        RefundView,
        RemarkView,
        ReturnView,
        SupportView,
        TicketOrders,
    )

_NOTHING = words.NOTHING
Tone = Literal["", "head", "dim"]


class Fact(NamedTuple):
    """One thing that is known.

    Args:
        name: what it is, in a word or two.
        text: the fact.
        value: what copying and inserting give; empty where there is nothing to give.
        note: more of it.
        warning: what is wrong with it.
        last: a group of facts ends here.
        other: number and account of another order, which can be linked.
        ticket_id: another ticket, which can be opened.
    """

    name: SafeText
    text: SafeText
    value: SafeText = _NOTHING
    note: SafeText = _NOTHING
    warning: SafeText = _NOTHING
    tone: Tone = ""
    last: bool = False
    other: tuple[str, str] | None = None
    ticket_id: int | None = None


class Moment(NamedTuple):
    """When and where the words are read."""

    now: datetime
    zone: tzinfo

    def clock(self, at: datetime) -> SafeText:
        """A time past."""
        return time_words.clock(at, self.zone, self.now)

    def day(self, at: datetime) -> SafeText:
        """A day."""
        return order_words.day(at, self.zone, self.now)

    def read(self, fetched_at: datetime) -> SafeText:
        """How old a copy is."""
        return order_words.read_ago(fetched_at, self.now)

    def old(self, fetched_at: datetime) -> SafeText:
        """The mark of a copy that is too old; empty for a fresh one."""
        return order_words.too_old(fetched_at, self.now)


# The panel


def facts_of(
    found: TicketOrders, order: OrderView | None, offline: SafeText, at: Moment
) -> list[Fact]:
    """What is known around a ticket, and of the order that is looked at.

    Args:
        offline: why the account of the order brings nothing new; empty while it does.
    """
    facts = [] if order is None else list(_order(order, offline, at))
    if order is None:
        facts.append(Fact(say("Order"), say("none was found for this ticket"), tone="head"))
    facts += (
        Fact(say("Unknown"), number, number, note=say("written here; no account has it"))
        for number in found.unknown
    )
    facts += _around(found, order, at)
    if order is not None:
        facts += _rest(order, at)
    return facts


def _order(order: OrderView, offline: SafeText, at: Moment) -> Iterator[Fact]:
    """The six facts."""
    state = dotted(order_words.payment(order.payment), order_words.fulfilment(order.fulfilment))
    late = _NOTHING if order.late is None else order_words.late(order.late, at.zone, at.now)
    gone = _NOTHING
    if order.gone_at is not None:
        gone = say("the channel has it no more, since {day}", day=at.day(order.gone_at))
    is_over = order.completed_at is not None or order.cancelled_at is not None
    old = _NOTHING if is_over else at.old(order.fetched_at)
    yield Fact(
        say("Order"),
        dotted(order.ref, state),
        order.ref,
        note=at.read(order.fetched_at),
        warning=dotted(late, gone, offline, old),
        tone="head",
    )
    paid = _NOTHING
    if order.paid_at is not None:
        paid = say("paid {day}", day=at.day(order.paid_at))
    total = order_words.money(order.total)
    placed = say("placed {day}", day=at.day(order.placed_at))
    yield Fact(say("Total"), dotted(total, order.payment_method), total, note=dotted(placed, paid))
    for item in order.lines:
        yield _line(item, at)
    if not order.parcels:
        yield Fact(say("Parcel"), say("none yet"))
    for parcel in order.parcels:
        yield from _parcel(parcel, at)
    if not order.returns and not order.refunds:
        yield Fact(say("Returns"), say("none"))
    for back in order.returns:
        yield _return(back, at)
    for refund in order.refunds:
        yield _refund(refund, at)


def _line(item: LineView, at: Moment) -> Fact:
    stock = item.stock
    counted, old = _NOTHING, _NOTHING
    if stock is not None:
        counted = dotted(order_words.stock(stock), at.read(stock.fetched_at))
        old = at.old(stock.fetched_at)
    amount = order_words.money(item.total)
    return Fact(
        say("Item"),
        dotted(order_words.line(item), amount),
        item.title,
        note=dotted(order_words.line_state(item), item.sku, counted),
        warning=old,
    )


def _parcel(parcel: ParcelView, at: Moment) -> Iterator[Fact]:
    late = _NOTHING if parcel.late is None else order_words.late(parcel.late, at.zone, at.now)
    old = _NOTHING if parcel.delivered_at is not None else at.old(parcel.fetched_at)
    promised = _NOTHING
    if parcel.promised_at is not None and parcel.delivered_at is None:
        promised = say("expected {day}", day=at.day(parcel.promised_at))
    yield Fact(
        say("Parcel"),
        order_words.parcel(parcel),
        parcel.number,
        note=dotted(
            order_words.parcel_state(parcel, at.zone, at.now), promised, at.read(parcel.fetched_at)
        ),
        warning=dotted(late, old),
    )
    if parcel.url:
        yield Fact(say("Tracking"), parcel.url, parcel.url, tone="dim")


def _return(back: ReturnView, at: Moment) -> Fact:
    when = back.changed_at or back.opened_at
    time = _NOTHING if when is None else at.day(when)
    return Fact(
        say("Return"),
        dotted(order_words.return_step(back.step), time),
        back.rma,
        note=dotted(back.rma, back.reason),
    )


def _refund(refund: RefundView, at: Moment) -> Fact:
    amount = order_words.money(refund.amount)
    time = _NOTHING if refund.at is None else at.day(refund.at)
    return Fact(
        say("Refund"),
        dotted(amount, order_words.refund(refund.state), time),
        amount,
        note=refund.reason,
    )


def _around(found: TicketOrders, order: OrderView | None, at: Moment) -> Iterator[Fact]:
    """The customer: earlier support, purchases, other orders."""
    for one in found.support:
        yield _support(one, order, at)
    if not found.support:
        yield Fact(say("Support"), say("no other ticket"))
    buyer = found.buyer
    figures = dotted(
        say_many("{count} order", "{count} orders", buyer.orders),
        say_many("{count} return", "{count} returns", buyer.returns),
        say_many("{count} refund", "{count} refunds", buyer.refunds),
        _NOTHING if buyer.since is None else say("since {day}", day=at.day(buyer.since)),
    )
    name = _NOTHING if order is None else order.buyer
    yield Fact(say("Buyer"), figures, name, note=name, last=not found.others)
    for place, other in enumerate(found.others, 1):
        yield _other(other, at, last=place == len(found.others))


def _support(one: SupportView, order: OrderView | None, at: Moment) -> Fact:
    same = order is not None and order.order_id in one.orders
    ref = clean(one.ref, multiline=False)
    return Fact(
        say("Support"),
        dotted(ref, one.subject),
        ref,
        note=dotted(
            words.status(one.status),
            at.clock(one.last_message_at),
            say("about this order") if same else _NOTHING,
        ),
        ticket_id=one.ticket_id,
    )


def _other(one: OrderBrief, at: Moment, *, last: bool) -> Fact:
    return Fact(
        say("Also"),
        dotted(one.ref, one.status, order_words.money(one.total)),
        one.ref,
        note=say("placed {day}", day=at.day(one.placed_at)),
        last=last,
        other=(one.ref, one.account),
    )


def _rest(order: OrderView, at: Moment) -> Iterator[Fact]:
    """What is asked for less often."""
    yield Fact(say("Shown for"), order_words.match(order.match), tone="dim")
    if order.promised_at is not None:
        day = at.day(order.promised_at)
        yield Fact(say("Promised"), dotted(day, order.promise_source), day)
    if order.delivery or order.delivery_title:
        yield Fact(say("Delivery"), order_words.delivery(order.delivery, order.delivery_title))
    bill_to = order.bill_to if order.bill_to != order.ship_to else ()
    for name, lines in ((say("Ship to"), order.ship_to), (say("Bill to"), bill_to)):
        if lines:
            address = clean(", ".join(lines), multiline=False)
            yield Fact(name, address, address)
    for name, amount in (
        (say("Shipping"), order.shipping_cost),
        (say("Discount"), order.discount),
        (say("Tax"), order.tax),
    ):
        if amount is not None and amount.minor:
            figure = order_words.money(amount)
            yield Fact(name, figure, figure)
    for name, value in ((say("E-mail"), order.buyer_email), (say("Phone"), order.buyer_phone)):
        if value:
            yield Fact(name, value, value)
    if order.customer_note:
        note = clean(order.customer_note, multiline=False)
        yield Fact(say("Wish"), note, note)
    for remark in order.remarks:
        yield _remark(remark, at)
    account = clean(order.account, multiline=False)
    yield Fact(say("Account"), dotted(account, order.status))


def _remark(remark: RemarkView, at: Moment) -> Fact:
    text = clean(remark.text, multiline=False)
    told = say("told to the customer") if remark.to_customer else _NOTHING
    return Fact(say("Remark"), text, note=dotted(remark.author, at.clock(remark.at), told))


# The timeline


def timeline_of(order: OrderView, at: Moment) -> list[Fact]:
    """What happened when, the newest first."""
    dated = sorted(_happened(order), key=lambda one: one[0], reverse=True)
    if not dated:
        return [Fact(say("Order"), say("nothing is dated"), tone="dim")]
    return [Fact(at.clock(when), what, what, note=note) for when, what, note in dated]


def _happened(order: OrderView) -> Iterator[tuple[datetime, SafeText, SafeText]]:
    stamps = (
        (order.placed_at, say("order placed")),
        (order.paid_at, say("paid")),
        (order.cancelled_at, say("cancelled")),
        (order.completed_at, say("completed")),
    )
    for when, what in stamps:
        if when is not None:
            yield when, what, _NOTHING
    for parcel in order.parcels:
        name = order_words.parcel(parcel)
        if parcel.shipped_at is not None:
            yield parcel.shipped_at, say("parcel sent"), name
        if parcel.delivered_at is not None and not any(s.kind == "delivered" for s in parcel.scans):
            yield parcel.delivered_at, say("delivered"), name
        for scan in parcel.scans:
            yield scan.at, dotted(order_words.scan(scan.kind), scan.place), dotted(scan.text, name)
    for refund in order.refunds:
        if refund.at is not None:
            words_of = dotted(order_words.refund(refund.state), order_words.money(refund.amount))
            yield refund.at, words_of, refund.reason
    for back in order.returns:
        when = back.changed_at or back.opened_at
        if when is not None:
            yield when, order_words.return_step(back.step), back.rma
    for remark in order.remarks:
        yield (
            remark.at,
            say("remark of {author}", author=remark.author),
            clean(remark.text, multiline=False),
        )

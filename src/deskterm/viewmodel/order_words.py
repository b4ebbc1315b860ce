"""Words for what is known of an order: amounts, days, states, why one is late, why it is shown.

States that a channel invents are shown as they come. Amounts stand with the code of their currency
(ISO 4217): a shop on many channels sees several that share a sign.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from deskterm.i18n import marked, say, say_many
from deskterm.text.clean import SafeText, clean
from deskterm.viewmodel import time_words, words

if TYPE_CHECKING:
    from deskterm.domain.lateness import Late
    from deskterm.domain.money import Money
    from deskterm.service.reading.order_rows import LineView, MatchView, ParcelView, StockView

OLD: Final = timedelta(hours=24)
"""Age from which a copy of tracking or stock is too old to promise anything by it."""

_SHORT_NUMBER: Final = 12

_PAYMENT: Final = MappingProxyType(
    {
        "pending": marked("not paid yet"),
        "authorized": marked("payment authorised"),
        "paid": marked("paid"),
        "partially_refunded": marked("paid back in part"),
        "refunded": marked("paid back"),
        "voided": marked("payment voided"),
        "failed": marked("payment failed"),
    }
)
_FULFILMENT: Final = MappingProxyType(
    {
        "unfulfilled": marked("not sent"),
        "in_progress": marked("being packed"),
        "partially_fulfilled": marked("sent in part"),
        "fulfilled": marked("sent", "order"),
        "cancelled": marked("cancelled"),
    }
)
_SCANS: Final = MappingProxyType(
    {
        "label_created": marked("label made"),
        "picked_up": marked("picked up"),
        "in_transit": marked("on its way", "parcel"),
        "out_for_delivery": marked("out for delivery"),
        "delivered": marked("delivered"),
        "delivery_attempt": marked("nobody was there"),
        "exception": marked("trouble on the way"),
        "returned_to_sender": marked("back to the sender"),
    }
)
_STEPS: Final = MappingProxyType(
    {
        "requested": marked("return asked for"),
        "label_sent": marked("return label sent"),
        "in_transit": marked("return on its way"),
        "received": marked("return received"),
        "inspected": marked("return looked at"),
        "disposed": marked("return disposed of"),
        "restocked": marked("return back in stock"),
        "refund_released": marked("refund released"),
        "closed": marked("return closed"),
        "refused": marked("return refused"),
    }
)
_REFUNDS: Final = MappingProxyType(
    {
        "proposed": marked("refund proposed"),
        "approved": marked("refund approved"),
        "issued": marked("refunded"),
        "failed": marked("refund failed"),
    }
)
_DELIVERY: Final = MappingProxyType(
    {
        "home": marked("to the door"),
        "express": marked("express"),
        "pickup_point": marked("to a pick-up point"),
        "store_pickup": marked("fetched in the shop"),
    }
)


def dotted(*texts: SafeText) -> SafeText:
    """Those that are not empty, in one line, with dots between."""
    return clean(" · ".join(text for text in texts if text), multiline=False)


# Amounts and days


def money(amount: Money) -> SafeText:
    """`1,249.90 EUR`; thousands and decimals as the reader's language sets them apart."""
    whole, _, decimals = f"{amount.amount:,f}".partition(".")
    whole = whole.replace(",", say(","))
    figure = f"{whole}{say('.')}{decimals}" if decimals else whole
    return clean(f"{figure} {amount.currency}".strip(), multiline=False)


def day(at: datetime, zone: tzinfo, now: datetime) -> SafeText:
    """A day, before or to come: `today`, `yesterday`, `tomorrow`, `Mon 9 Nov`, `9 Nov 2025`."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    days = (local.date() - today).days
    if days in _NEAR:
        return say(_NEAR[days])
    return time_words.date(local, with_year=local.year != today.year)


_NEAR: Final = MappingProxyType(
    {-1: marked("yesterday"), 0: marked("today"), 1: marked("tomorrow")}
)


def read_ago(fetched_at: datetime, now: datetime) -> SafeText:
    """How old a copy is: `read 3 min ago`."""
    return say("read {ago}", ago=time_words.ago(fetched_at, now))


def too_old(fetched_at: datetime, now: datetime) -> SafeText:
    """The loud mark of a copy that nothing should be promised by; empty for a fresh one."""
    if now - fetched_at < OLD:
        return words.NOTHING
    return say("old: {read}", read=read_ago(fetched_at, now))


# States


def _known(table: Mapping[str, str], state: SafeText) -> SafeText:
    return say(table[state]) if state in table else state


def payment(state: SafeText) -> SafeText:
    """Whether it is paid."""
    return _known(_PAYMENT, state)


def fulfilment(state: SafeText) -> SafeText:
    """Whether it has been sent."""
    return _known(_FULFILMENT, state)


def scan(kind: SafeText) -> SafeText:
    """What happened to a parcel."""
    return _known(_SCANS, kind)


def return_step(step: SafeText) -> SafeText:
    """How far a return is."""
    return _known(_STEPS, step)


def refund(state: SafeText) -> SafeText:
    """Whether money has gone back."""
    return _known(_REFUNDS, state)


def delivery(method: SafeText, title: SafeText) -> SafeText:
    """How it is sent: the channel's own words, and what is meant by them."""
    return dotted(title, _known(_DELIVERY, method))


def line(item: LineView) -> SafeText:
    """What was bought: `2 × Oak lamp, 40 cm`."""
    title = say("{title}, {variant}", title=item.title, variant=item.variant)
    return say(
        "{count} × {title}", count=item.quantity, title=title if item.variant else item.title
    )


def line_state(item: LineView) -> SafeText:
    """How far a line got: `1 of 2 sent · 1 paid back`."""
    count = item.quantity
    if item.fulfilled >= count > 0:
        sent = say(_FULFILMENT["fulfilled"])
    elif item.fulfilled:
        sent = say("{sent} of {count} sent", sent=item.fulfilled, count=count)
    else:
        sent = say("not sent")
    back = say("{count} paid back", count=item.refunded) if item.refunded else words.NOTHING
    return dotted(sent, back)


def stock(found: StockView) -> SafeText:
    """How much there is: `4 in stock`, `sold out`."""
    if found.state == "on_backorder" or (found.state == "out_of_stock" and found.may_backorder):
        return say("sold out, can be ordered")
    if found.state == "out_of_stock" or found.quantity == 0:
        return say("sold out")
    if found.quantity is not None:
        return say_many("{count} in stock", "{count} in stock", found.quantity)
    return say("in stock") if found.state == "in_stock" else clean(found.state, multiline=False)


def parcel(found: ParcelView) -> SafeText:
    """Which parcel: `DHL 0034 1122 8812`."""
    name = clean(f"{found.carrier} {found.number}".strip(), multiline=False)
    return name or say("no tracking number")


def short_parcel(found: ParcelView) -> SafeText:
    """Which parcel, where there is little room: `DHL 0034…8812`."""
    number = found.number
    if len(number) > _SHORT_NUMBER:
        number = clean(f"{number[:4]}…{number[-4:]}", multiline=False)
    return clean(f"{found.carrier} {number}".strip(), multiline=False)


def parcel_state(found: ParcelView, zone: tzinfo, now: datetime) -> SafeText:
    """Where a parcel is, by its newest scan: `delivered yesterday 13:07 · Uppsala`."""
    newest = found.last_scan
    if found.delivered_at is not None:
        time = time_words.clock(found.delivered_at, zone, now)
        return say("delivered {time}", time=time)
    if newest is not None:
        time = time_words.clock(newest.at, zone, now)
        return dotted(say("{what} {time}", what=scan(newest.kind), time=time), newest.place)
    if found.shipped_at is not None:
        return say("sent {time}, no scan", time=time_words.clock(found.shipped_at, zone, now))
    return say("no scan")


# Why


def late(why: Late, zone: tzinfo, now: datetime) -> SafeText:
    """Why something is late."""
    if why.kind == "no_scan":
        return say(
            "late: no scan for {days} working days, {norm} are usual", days=why.days, norm=why.norm
        )
    since = day(why.since, zone, now)
    if why.kind == "not_shipped":
        return say("late: promised for {day} and not sent", day=since)
    return say("late: promised for {day}", day=since)


def match(found: MatchView) -> SafeText:
    """Why a ticket is taken to be about an order, as in `deskterm.domain.matching.Match`."""
    if found.method == "agent":
        return say("linked by {agent}", agent=found.author)
    if found.method == "address":
        days = found.reason.get("days", words.NOTHING)
        if found.reason.get("of") == "1":
            return say("the buyer's address; placed {days} days before", days=days)
        of = found.reason.get("of", words.NOTHING)
        return say(
            "the buyer's address; the last of {count}, {days} days before", count=of, days=days
        )
    who = found.reason.get("buyer")
    if who == "same":
        return say("the buyer wrote its number")
    if who == "other":
        return say("its number was written, not from the buyer's address")
    return say("its number was written")

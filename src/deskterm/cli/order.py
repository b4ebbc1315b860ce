"""`deskterm order`: an order with everything that is known of it."""

from __future__ import annotations

import argparse
import dataclasses
import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from deskterm.cli.order_words import late_words, money_words
from deskterm.cli.output import local_time, note, put_json, say, state, tell, word
from deskterm.cli.refs import refs_of
from deskterm.cli.workplace import Workplace
from deskterm.domain.clock import to_text
from deskterm.domain.money import Money
from deskterm.domain.order import Order, Shipment
from deskterm.i18n import marked
from deskterm.service.reading.orders import address_lines, lateness
from deskterm.store.order_reading import Counted, StoredOrder
from deskterm.text.clean import clean

_MOST = 20


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser(
        "order",
        help="an order with everything that is known of it",
        description="Finds orders by their number, or by the tracking number of a parcel, on all "
        "accounts.",
    )
    parser.add_argument("ref", help="its number, or that of a parcel; - reads numbers from stdin")
    parser.add_argument("--json", action="store_true", help="one JSON object a line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the orders; 1 where there is none."""
    place = Workplace.of(args)
    codes = [_show(args, place, ref) for ref in refs_of([args.ref])]
    return max(codes, default=0)


def _show(args: argparse.Namespace, place: Workplace, ref: str) -> int:
    from deskterm.store.order_lists import rows_named, tickets_around
    from deskterm.store.order_reading import load

    with place.reading() as connection:
        orders = load(connection, rows_named(connection, ref, _MOST))
        tickets = {
            one.row: [row for row, _ in tickets_around(connection, [one.row], limit=_MOST)]
            for one in orders
        }
    if not orders:
        note("There is no such order here.")
        return 1
    for one in orders:
        if args.json:
            put_json(as_json(one, tickets[one.row], place.now))
        else:
            _print(place, one, tickets[one.row])
    return 0


def as_json(stored: StoredOrder, tickets: list[sqlite3.Row], now: datetime) -> dict[str, object]:
    """An order as the machine interface shows it."""
    order = stored.order
    late, parcels_late = lateness(order, now)
    return {
        **_fields(order),
        "account": stored.account,
        "channel": stored.channel,
        "late": plain(late),
        "lines": [
            {**_fields(one), "stock": _stock(stored.stock.get((one.product_ref, one.variant_ref)))}
            for one in order.lines
        ],
        "shipments": [
            {**_fields(one), "late": plain(why)}
            for one, why in zip(order.shipments, parcels_late, strict=True)
        ],
        "tickets": [row["ref"] for row in tickets],
        "fetched_at": to_text(stored.fetched_at),
        "gone_at": plain(stored.gone_at),
    }


def plain(value: object) -> object:
    """A value of an order as JSON has it; money as a decimal number in text, and its currency."""
    match value:
        case Money():
            return {"amount": str(value.amount), "currency": value.currency}
        case datetime():
            return to_text(value)
        case tuple():
            return [plain(one) for one in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    return value


def _fields(value: Any) -> dict[str, object]:
    names = [field.name for field in dataclasses.fields(value)]
    return {name: plain(getattr(value, name)) for name in names}


def _stock(counted: Counted | None) -> object:
    if counted is None:
        return None
    level = counted.level
    return {
        "state": level.state,
        "quantity": level.quantity,
        "may_backorder": level.may_backorder,
        "fetched_at": to_text(counted.fetched_at),
    }


def _print(place: Workplace, stored: StoredOrder, tickets: list[sqlite3.Row]) -> None:
    order = stored.order

    def at(moment: datetime | None) -> str:
        return _at(place, moment)

    late, _ = lateness(order, place.now)
    _line(order.ref, order.status_name or order.status, stored.account, at(order.placed_at))
    _line(
        state(order.payment),
        state(order.fulfilment),
        money_words(order.total),
        order.payment_method,
    )
    if late is not None:
        tell(late_words(late, at))
    if stored.gone_at is not None:
        tell(f"the channel has it no more since {at(stored.gone_at)}")
    named = ((marked("buyer"), _buyer(order)), (marked("ship to"), _ship_to(order)))
    for name, value in named:
        if value:
            say(f"{word(name)}: {clean(value, multiline=False)}")
    for line in _lines(stored):
        say(f"  {clean(line, multiline=False)}")
    for shipment in order.shipments:
        _print_parcel(place, shipment)
    for refund in order.refunds:
        _line(
            word(marked("refund", "noun")),
            money_words(refund.amount),
            state(refund.state),
            refund.reason,
            at(refund.refunded_at),
        )
    for back in order.returns:
        _line(
            word(marked("return", "noun")),
            state(back.step),
            back.rma,
            back.reason,
            at(back.changed_at),
        )
    if order.customer_note:
        say(f"\n-- {order.buyer.name} · {at(order.placed_at)}\n{order.customer_note}")
    for remark in reversed(order.notes):
        arrow = "->" if remark.to_customer else "--"
        say(f"\n{arrow} {remark.author} · {at(remark.written_at)}\n{remark.text}")
    for ticket in tickets:
        _line(ticket["ref"], state(ticket["status"]), ticket["subject"])
    tell(f"as of {at(stored.fetched_at)}")


def _print_parcel(place: Workplace, shipment: Shipment) -> None:
    _line(
        word(marked("parcel")),
        shipment.carrier,
        shipment.tracking_number,
        _at(place, shipment.delivered_at or shipment.shipped_at),
    )
    for scan in shipment.events:
        _line(f"  {_at(place, scan.at)}", state(scan.kind), scan.place, scan.text)


def _at(place: Workplace, moment: datetime | None) -> str:
    return local_time(to_text(moment), place.zone) if moment else ""


def _line(*parts: str) -> None:
    """Facts beside one another, without those that are not there."""
    say(" · ".join(clean(part, multiline=False) for part in parts if part))


def _lines(stored: StoredOrder) -> Iterator[str]:
    for item in stored.order.lines:
        parts = [f"{item.quantity} × {item.title}", item.variant, item.sku]
        parts.append(money_words(item.total))
        counted = stored.stock.get((item.product_ref, item.variant_ref))
        if counted is not None:
            level = counted.level
            count = state(level.state) if level.quantity is None else level.quantity
            parts.append(f"{word(marked('stock'))} {count}")
        yield " · ".join(part for part in parts if part)


def _buyer(order: Order) -> str:
    return " · ".join(filter(None, (order.buyer.name, order.buyer.email, order.buyer.phone)))


def _ship_to(order: Order) -> str:
    return ", ".join(address_lines(order.ship_to))

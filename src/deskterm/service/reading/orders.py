"""From what is stored about orders to what a screen shows of them beside a ticket."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from deskterm.domain.clock import from_text
from deskterm.domain.lateness import Late, Parcel, parcel_late, unsent_late
from deskterm.domain.money import Money
from deskterm.domain.order import LineItem, Order, PostalAddress, Refund, Return, Shipment
from deskterm.service.reading.lists import line, text, time_or_none
from deskterm.service.reading.order_rows import (
    BuyerView,
    LineView,
    MatchView,
    OrderBrief,
    OrderView,
    ParcelView,
    RefundView,
    RemarkView,
    ReturnView,
    ScanView,
    StockView,
    SupportView,
    TicketOrders,
)
from deskterm.store import order_lists
from deskterm.store.order_reading import Counted, StoredOrder, load
from deskterm.store.ticket_orders import FOUND, Link, links

#: Orders of a ticket that are shown, parts of one kind of each, and lines of each list beside.
MOST_ORDERS = 10
MOST_PARTS = 50
MOST_BESIDE = 20

_UNSENT = frozenset({"unfulfilled", "in_progress", "partially_fulfilled"})
_CALLED_OFF = frozenset({"failed", "voided", "refunded"})


def read(connection: sqlite3.Connection, ticket_id: int, now: datetime) -> TicketOrders | None:
    """The orders of a ticket and what stands around them; None where there is no ticket."""
    ticket = connection.execute(
        "SELECT customer_id FROM tickets WHERE id = ?", (ticket_id,)
    ).fetchone()
    if ticket is None:
        return None
    customer_id = ticket["customer_id"]
    found = {link.order: link for link in links(connection, ticket_id, MOST_ORDERS)}
    orders = load(connection, list(found), MOST_PARTS)
    theirs = order_lists.rows_of_customer(connection, customer_id, MOST_BESIDE + MOST_ORDERS)
    others = [row for row in theirs if row not in found][:MOST_BESIDE]
    figures = order_lists.figures_of_customer(connection, customer_id)
    return TicketOrders(
        ticket_id=ticket_id,
        orders=tuple(_order(one, found[one.row], now) for one in orders),
        unknown=tuple(map(line, order_lists.unknown_of_ticket(connection, ticket_id, MOST_BESIDE))),
        others=tuple(map(_brief, order_lists.briefs(connection, others))),
        buyer=BuyerView(
            orders=figures["orders"],
            returns=figures["returns"],
            refunds=figures["refunds"],
            since=time_or_none(figures["since"]),
        ),
        support=tuple(
            SupportView(
                ticket_id=row["id"],
                ref=row["ref"],
                subject=line(row["subject"]),
                status=row["status"],
                channel=row["channel"],
                last_message_at=from_text(row["last_message_at"]),
                orders=about,
            )
            for row, about in order_lists.tickets_around(
                connection,
                list(found),
                customer_id=customer_id,
                ticket_id=ticket_id,
                limit=MOST_BESIDE,
            )
        ),
    )


def lateness(order: Order, now: datetime) -> tuple[Late | None, tuple[Late | None, ...]]:
    """Why an order is late, and why each of its parcels is."""
    if order.cancelled_at is not None or order.payment in _CALLED_OFF:
        return None, (None,) * len(order.shipments)
    parcels = tuple(_parcel_late(one, order.promised_at, now) for one in order.shipments)
    unsent = unsent_late(order.promised_at, now) if order.fulfilment in _UNSENT else None
    return next((late for late in parcels if late is not None), unsent), parcels


def _parcel_late(shipment: Shipment, promised_at: datetime | None, now: datetime) -> Late | None:
    newest = max(shipment.events, key=lambda event: event.at, default=None)
    parcel = Parcel(
        carrier=shipment.carrier,
        promised_at=shipment.promised_at,
        delivered_at=shipment.delivered_at,
        scan=newest.kind if newest else None,
        scanned_at=newest.at if newest else None,
    )
    return parcel_late(parcel, now, promised_at)


def _order(stored: StoredOrder, link: Link, now: datetime) -> OrderView:
    order, fetched_at = stored.order, stored.fetched_at
    late, parcels_late = lateness(order, now)
    return OrderView(
        order_id=stored.row,
        ref=line(order.ref),
        channel=stored.channel,
        account=stored.account,
        url=line(order.url),
        status=line(order.status_name or order.status),
        payment=line(order.payment),
        fulfilment=line(order.fulfilment),
        placed_at=order.placed_at,
        updated_at=order.updated_at,
        paid_at=order.paid_at,
        cancelled_at=order.cancelled_at,
        completed_at=order.completed_at,
        payment_method=line(order.payment_method),
        total=order.total,
        shipping_cost=order.shipping_cost,
        discount=order.discount,
        tax=order.tax,
        delivery=line(order.delivery or ""),
        delivery_title=line(order.delivery_title),
        promised_at=order.promised_at,
        promise_source=line(order.promise_source),
        buyer=line(order.buyer.name),
        buyer_email=line(order.buyer.email),
        buyer_phone=line(order.buyer.phone),
        ship_to=tuple(map(line, address_lines(order.ship_to))),
        bill_to=tuple(map(line, address_lines(order.bill_to))),
        country=line(order.ship_to.country),
        customer_note=text(order.customer_note),
        lines=tuple(
            _line(one, stored.stock.get((one.product_ref, one.variant_ref))) for one in order.lines
        ),
        parcels=tuple(
            _parcel(one, late_, fetched_at)
            for one, late_ in zip(order.shipments, parcels_late, strict=True)
        ),
        refunds=tuple(_refund(one, fetched_at) for one in order.refunds),
        returns=tuple(_return(one, fetched_at) for one in order.returns),
        remarks=tuple(
            RemarkView(line(n.author), text(n.text), n.to_customer, n.written_at)
            for n in order.notes
        ),
        late=_late(late),
        match=_match(link),
        gone_at=stored.gone_at,
        fetched_at=fetched_at,
    )


def _line(item: LineItem, counted: Counted | None) -> LineView:
    return LineView(
        key=item.remote_id,
        title=line(item.title),
        variant=line(item.variant),
        sku=line(item.sku),
        quantity=item.quantity,
        total=item.total,
        fulfilled=item.fulfilled_quantity,
        refunded=item.refunded_quantity,
        stock=None if counted is None else _stock(counted),
    )


def _stock(counted: Counted) -> StockView:
    level = counted.level
    return StockView(level.state, level.quantity, level.may_backorder, counted.fetched_at)


def _refund(refund: Refund, fetched_at: datetime) -> RefundView:
    return RefundView(
        amount=refund.amount,
        reason=line(refund.reason),
        state=line(refund.state),
        at=refund.refunded_at,
        lines=refund.lines,
        fetched_at=fetched_at,
    )


def _return(found: Return, fetched_at: datetime) -> ReturnView:
    return ReturnView(
        step=line(found.step),
        rma=line(found.rma),
        reason=line(found.reason),
        opened_at=found.opened_at,
        changed_at=found.changed_at,
        lines=found.lines,
        fetched_at=fetched_at,
    )


def _parcel(shipment: Shipment, late: Late | None, fetched_at: datetime) -> ParcelView:
    return ParcelView(
        carrier=line(shipment.carrier),
        number=line(shipment.tracking_number),
        url=line(shipment.tracking_url),
        shipped_at=shipment.shipped_at,
        delivered_at=shipment.delivered_at,
        promised_at=shipment.promised_at,
        lines=shipment.lines,
        scans=tuple(
            ScanView(e.at, line(e.kind), line(e.place), line(e.text)) for e in shipment.events
        ),
        late=_late(late),
        fetched_at=fetched_at,
    )


def _late(late: Late | None) -> Late | None:
    """The same, safe to show."""
    return None if late is None else replace(late, carrier=line(late.carrier))


def _match(link: Link) -> MatchView:
    return MatchView(
        method=link.method,
        score=link.score,
        reason={name: line(value) for name, value in link.reason.items()},
        author=line("" if link.author == FOUND else link.author),
        at=from_text(link.created_at),
    )


def _brief(row: sqlite3.Row) -> OrderBrief:
    return OrderBrief(
        order_id=row["id"],
        ref=line(row["ref"]),
        account=row["account"],
        status=line(row["status_name"] or row["status"]),
        placed_at=from_text(row["placed_at"]),
        total=Money(row["total"], row["currency"]),
    )


def address_lines(address: PostalAddress) -> list[str]:
    """An address from the name to the country, without what it does not have."""
    place = f"{address.postcode} {address.city}".strip()
    parts: Iterable[str] = (
        address.name,
        address.company,
        *address.lines,
        place,
        address.region,
        address.country,
    )
    return [part for part in parts if part.strip()]

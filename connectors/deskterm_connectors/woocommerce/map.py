"""Orders, refunds, notes and stock in WooCommerce's JSON as our records.

Where the API does not tell, nothing is guessed. Texts pass as they are; notes are HTML.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from deskterm.domain.money import Money
from deskterm.domain.order import (
    Buyer,
    DeliveryMethod,
    FulfilmentState,
    LineItem,
    Order,
    OrderNote,
    PaymentState,
    PostalAddress,
    Refund,
    Shipment,
    StockLevel,
    StockState,
)
from deskterm_connectors.woocommerce.fields import (
    Odd,
    Row,
    added,
    child,
    count,
    identity,
    meta,
    moment,
    money,
    reference,
    rows,
    text,
    word,
)
from deskterm_connectors.woocommerce.tracking import promised_at, shipments_of

#: Statuses of what is no order yet: somebody is still at the checkout, or in the editor.
DRAFTS = frozenset(("checkout-draft", "auto-draft", "draft"))
_WAITING = frozenset(("pending", "on-hold", *DRAFTS))
_ENDED = frozenset(("cancelled", "failed", "trash"))
_COLLECTED = frozenset(("local_pickup", "pickup_location"))
_STOCK: Mapping[str, StockState] = {
    "instock": "in_stock",
    "outofstock": "out_of_stock",
    "onbackorder": "on_backorder",
}


@dataclass(frozen=True, slots=True)
class Shop:
    """What is the same for all orders of a shop. `statuses` are names by slug."""

    url: str
    tracking_key: str = ""
    promise_key: str = ""
    statuses: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extras:
    """What calls of their own tell of an order."""

    notes: Sequence[Row] = ()
    fulfilments: Sequence[Row] = ()
    refunds: Sequence[Row] = ()


def order_of(row: Row, extras: Extras, shop: Shop) -> Order:
    """An order.

    Raises:
        Odd: something without which it is no order is missing or cannot be read.
    """
    currency = text(row, "currency").upper()
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise Odd("currency is no code")
    remote_id, status = identity(row), text(row, "status").removeprefix("wc-")
    placed_at = moment(row, "date_created_gmt") or moment(row, "date_modified_gmt")
    if placed_at is None or not status:
        raise Odd("status or date_created_gmt is missing")
    refunds = _refunds(row, extras.refunds, currency)
    shipments = shipments_of(row, extras.fulfilments, shop.tracking_key)
    completed_at = moment(row, "date_completed_gmt")
    done = status == "completed" or completed_at is not None
    lines = _lines(row, currency, refunds, shipments, all_sent=done)
    promise = promised_at(row, shop.promise_key)
    methods = rows(row, "shipping_lines")
    return Order(
        remote_id=remote_id,
        ref=text(row, "number") or remote_id,
        status=status,
        status_name=shop.statuses.get(status, status),
        placed_at=placed_at,
        updated_at=moment(row, "date_modified_gmt") or placed_at,
        payment=_payment(row, status, refunds, money(row, "total", currency)),
        fulfilment=_fulfilment(status, lines, shipments, done=done),
        total=money(row, "total", currency),
        paid_at=moment(row, "date_paid_gmt"),
        completed_at=completed_at,
        payment_method=text(row, "payment_method_title"),
        delivery=_delivery(methods),
        delivery_title=", ".join(filter(None, (text(m, "method_title") for m in methods))),
        promised_at=promise,
        promise_source="shop" if promise else "",
        shipping_cost=_with_tax(row, "shipping_total", "shipping_tax", currency),
        discount=_with_tax(row, "discount_total", "discount_tax", currency),
        tax=money(row, "total_tax", currency),
        buyer=_buyer(row),
        ship_to=_address(child(row, "shipping")),
        bill_to=_address(child(row, "billing")),
        customer_note=text(row, "customer_note"),
        # Shops with order tables of their own send this address on to the new page.
        url=f"{shop.url}/wp-admin/post.php?post={remote_id}&action=edit",
        lines=lines,
        shipments=shipments,
        refunds=refunds,
        notes=_notes(extras.notes),
    )


def stock_of(row: Row, parent: Row | None) -> StockLevel:
    """How much there is of a product, or of a variation of `parent`.

    Raises:
        Odd: it cannot be read.
    """
    quantity = row.get("stock_quantity")
    title = text(row, "name")
    if parent is not None and text(parent, "name"):
        title = f"{text(parent, 'name')} - {title}" if title else text(parent, "name")
    state = _STOCK.get(text(row, "stock_status"))
    if state is None:
        raise Odd("stock_status is unknown")
    return StockLevel(
        product_ref=identity(parent if parent is not None else row),
        variant_ref=identity(row) if parent is not None else "",
        sku=text(row, "sku"),
        title=title,
        state=state,
        quantity=None if quantity is None else count(row, "stock_quantity"),
        may_backorder=text(row, "backorders") in ("yes", "notify"),
    )


def _payment(row: Row, status: str, refunds: Sequence[Refund], total: Money) -> PaymentState:
    given_back = sum(refund.amount.minor for refund in refunds)
    if status == "refunded" or (given_back > 0 and given_back >= total.minor):
        return "refunded"
    if given_back > 0:
        return "partially_refunded"
    if moment(row, "date_paid_gmt") is not None:
        return "paid"
    if status == "failed":
        return "failed"
    if status == "cancelled":
        return "voided"
    if status == "completed":
        return "paid"
    return "pending"


def _fulfilment(
    status: str, lines: Sequence[LineItem], shipments: Sequence[Shipment], *, done: bool
) -> FulfilmentState:
    sent = sum(min(line.fulfilled_quantity, line.quantity) for line in lines)
    if done or (sent and sent >= sum(line.quantity for line in lines)):
        return "fulfilled"
    if sent:
        return "partially_fulfilled"
    if status in _ENDED:
        return "cancelled"
    # A number without lines says that a parcel was made, and not what is in it.
    return "in_progress" if shipments else "unfulfilled"


def _lines(
    row: Row,
    currency: str,
    refunds: Sequence[Refund],
    shipments: Sequence[Shipment],
    *,
    all_sent: bool,
) -> tuple[LineItem, ...]:
    sent = Counter[str]()
    for shipment in shipments:
        for line, quantity in shipment.lines:
            sent[line] += quantity
    given_back = Counter[str]()
    for refund in refunds:
        for line, quantity in refund.lines:
            given_back[line] += quantity
    return tuple(
        _line(line, currency, sent, given_back, all_sent=all_sent and not sent)
        for line in rows(row, "line_items")
    )


def _line(
    row: Row, currency: str, sent: Counter[str], given_back: Counter[str], *, all_sent: bool
) -> LineItem:
    remote_id, quantity = identity(row), count(row, "quantity")
    return LineItem(
        remote_id=remote_id,
        title=text(row, "parent_name") or text(row, "name"),
        quantity=quantity,
        total=_with_tax(row, "total", "total_tax", currency),
        sku=text(row, "sku"),
        variant=_variant(row),
        product_ref=reference(row, "product_id"),
        variant_ref=reference(row, "variation_id"),
        fulfilled_quantity=quantity if all_sent else sent[remote_id],
        refunded_quantity=given_back[remote_id],
    )


def _variant(row: Row) -> str:
    """What was chosen: meta data that is meant to be shown, else what the name adds."""
    shown = [
        text(item, "display_value")
        for item in rows(row, "meta_data")
        if not text(item, "key").startswith("_")
    ]
    parent = text(row, "parent_name")
    added_words = text(row, "name").removeprefix(parent).lstrip(" -–,") if parent else ""
    return ", ".join(filter(None, shown)) or added_words


def _refunds(row: Row, told: Sequence[Row], currency: str) -> tuple[Refund, ...]:
    details = {identity(refund): refund for refund in told}
    return tuple(
        _refund(short, details.get(identity(short)), currency) for short in rows(row, "refunds")
    )


def _refund(short: Row, details: Row | None, currency: str) -> Refund:
    """A refund. Where the gateway was not asked to pay, it is agreed on and no money has moved."""
    amount = abs(money(short, "total", currency).minor)
    if details is None:
        return Refund(identity(short), Money(amount, currency), text(short, "reason"))
    lines = (
        (word(meta(line, "_refunded_item_id")), abs(count(line, "quantity")))
        for line in rows(details, "line_items")
    )
    return Refund(
        remote_id=identity(short),
        amount=Money(amount, currency),
        reason=text(details, "reason") or text(short, "reason"),
        state="issued" if details.get("refunded_payment") else "approved",
        refunded_at=moment(details, "date_created_gmt"),
        lines=tuple((line, quantity) for line, quantity in lines if line and quantity),
    )


def _notes(told: Sequence[Row]) -> tuple[OrderNote, ...]:
    """The notes, oldest first."""
    found = [
        OrderNote(
            remote_id=identity(note),
            author=text(note, "author"),
            text=text(note, "note"),
            to_customer=note.get("customer_note") is True,
            written_at=at,
        )
        for note in told
        if (at := moment(note, "date_created_gmt")) is not None
    ]
    return tuple(sorted(found, key=lambda note: (note.written_at, int(note.remote_id))))


def _with_tax(row: Row, net: str, tax: str, currency: str) -> Money:
    """What the buyer paid for it: these amounts add up to the order's total."""
    return added(money(row, net, currency), money(row, tax, currency))


def _delivery(methods: Sequence[Row]) -> DeliveryMethod | None:
    collected = any(text(method, "method_id") in _COLLECTED for method in methods)
    return "store_pickup" if collected else None


def _buyer(row: Row) -> Buyer:
    billing = child(row, "billing")
    return Buyer(
        remote_id=reference(row, "customer_id"),
        name=_name(billing) or text(billing, "company"),
        email=text(billing, "email"),
        phone=text(billing, "phone"),
    )


def _name(row: Row) -> str:
    return " ".join(filter(None, (text(row, "first_name").strip(), text(row, "last_name").strip())))


def _address(row: Row) -> PostalAddress:
    return PostalAddress(
        name=_name(row),
        company=text(row, "company"),
        lines=tuple(filter(None, (text(row, "address_1"), text(row, "address_2")))),
        postcode=text(row, "postcode"),
        city=text(row, "city"),
        region=text(row, "state"),
        country=text(row, "country"),
        phone=text(row, "phone"),
    )

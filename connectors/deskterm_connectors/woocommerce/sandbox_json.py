"""What the simulated shop knows, in the shapes in which WooCommerce 11 answers.

Written from the API's own description and from answers of a real shop; it shares no line with the
reading side. Orders differ in where their tracking number stands, as those of real shops do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from deskterm.sandbox.chance import chance
from deskterm.sandbox.model import Order
from deskterm.sandbox.stories import OrderStory, Remark
from deskterm_connectors.woocommerce.sandbox_goods import Goods
from deskterm_connectors.woocommerce.sandbox_people import address, customer_id
from deskterm_connectors.woocommerce.sandbox_values import Json, money, numbered, written

PROMISE_KEY = "_promised_delivery"
CURRENCY = "EUR"
_TAX_PERCENT = 20
_STATUSES = {"paid": "processing", "cancelled": "cancelled"}
_SYSTEM = "WooCommerce"


@dataclass
class ShownOrder:
    """An order under the ids of the shop's system. What changes in it later is changed here."""

    id: int
    story: OrderStory
    goods: Sequence[Goods]
    status: str
    changed_at: datetime
    remarks: list[Remark] = field(default_factory=list)

    @property
    def order(self) -> Order:
        """The order of the world."""
        return self.story.order


def status_of(story: OrderStory) -> str:
    """The status that an order has in the shop."""
    total = sum(product.price_cents * quantity for product, quantity in story.order.lines)
    if story.order.state == "refunded" and story.paid_back and story.paid_back.cents == total:
        return "refunded"
    return _STATUSES.get(story.order.state, "completed")


def order_json(shown: ShownOrder, base: str) -> Json:
    """`GET /orders/{id}`."""
    story, order = shown.story, shown.order
    lines = [_line(shown, place) for place in range(len(order.lines))]
    tax = sum(_tax(product.price_cents * quantity) for product, quantity in order.lines)
    key = f"wc_order_{chance('key', order.ref).getrandbits(64):016x}"
    place = f"{base}/wp-json/wc/v3/orders/{shown.id}"
    waits = shown.status == "processing"
    return {
        "id": shown.id,
        "parent_id": 0,
        "status": shown.status,
        "currency": CURRENCY,
        "version": "11.0.1",
        "prices_include_tax": True,
        "date_created": written(order.placed_at),
        "date_modified": written(shown.changed_at),
        **_sums(order, tax),
        "customer_id": customer_id(order.customer),
        "order_key": key,
        "billing": {**address(order.customer), "email": order.customer.addresses[0]},
        "shipping": address(order.customer),
        "payment_method": "bacs" if story.payment == "Bank transfer" else "card",
        "payment_method_title": story.payment,
        "transaction_id": "",
        "customer_ip_address": "192.0.2.10",
        "customer_user_agent": "Mozilla/5.0",
        "created_via": "checkout",
        "customer_note": story.buyer_note,
        "date_completed": written(order.shipped_at),
        "date_paid": written(story.paid_at),
        "cart_hash": "",
        "number": order.ref,
        "meta_data": _meta(shown),
        "line_items": lines,
        "tax_lines": [_tax_line(shown, tax)],
        "shipping_lines": [_shipping_line(shown)],
        "fee_lines": [],
        "coupon_lines": [],
        "refunds": _short_refunds(shown),
        "payment_url": f"{base}/checkout/order-pay/{shown.id}/?pay_for_order=true&key={key}",
        "is_editable": False,
        "needs_payment": False,
        "needs_processing": waits,
        "date_created_gmt": written(order.placed_at),
        "date_modified_gmt": written(shown.changed_at),
        "date_completed_gmt": written(order.shipped_at),
        "date_paid_gmt": written(story.paid_at),
        "currency_symbol": "€",
        "_links": {
            "self": [{"href": place}],
            "collection": [{"href": f"{base}/wp-json/wc/v3/orders"}],
        },
    }


def notes_json(shown: ShownOrder) -> list[Json]:
    """`GET /orders/{id}/notes`: the newest second first, within one in rising ids."""
    listed = [
        {
            "id": shown.id * 100 + number,
            "author": remark.author or _SYSTEM,
            "date_created": written(remark.at),
            "date_created_gmt": written(remark.at),
            "note": remark.text,
            "customer_note": remark.to_customer,
        }
        for number, remark in enumerate(shown.remarks, start=1)
    ]
    return sorted(listed, key=lambda note: str(note["date_created_gmt"]), reverse=True)


def refunds_json(shown: ShownOrder) -> list[Json]:
    """`GET /orders/{id}/refunds`."""
    back = shown.story.paid_back
    if back is None:
        return []
    return [
        {
            "id": _refund_id(shown),
            "date_created": written(back.at),
            "date_created_gmt": written(back.at),
            "amount": money(back.cents),
            "reason": back.reason,
            "refunded_by": 1,
            "refunded_payment": back.by_gateway,
            "meta_data": [],
            "line_items": [_refunded_line(shown, place) for place in range(back.lines)],
            "shipping_lines": [],
            "tax_lines": [],
            "fee_lines": [],
        }
    ]


def fulfilments_json(shown: ShownOrder) -> list[Json]:
    """`GET /orders/{id}/fulfillments`; empty where the number stands elsewhere."""
    order = shown.order
    if order.shipped_at is None or _tracked_by(shown) != "fulfilment":
        return []
    at = f"{written(order.shipped_at)}Z"
    items = [
        {"item_id": _line_id(shown, place), "qty": quantity}
        for place, (_, quantity) in enumerate(order.lines)
    ]
    values = {
        "_items": items,
        "_tracking_number": order.tracking,
        "_shipping_provider": order.carrier.lower().replace(" ", "-"),
        "_tracking_url": tracking_url(order.tracking),
        "_date_fulfilled": at,
    }
    return [
        {
            "id": shown.id,
            "entity_type": "WC_Order",
            "entity_id": str(shown.id),
            "status": "fulfilled",
            "is_fulfilled": "1",
            "date_updated": at,
            "date_deleted": None,
            "meta_data": numbered(values, shown.id * 100),
        }
    ]


def tracking_url(number: str) -> str:
    """A page about a parcel; nobody serves it."""
    return f"https://parcels.example/track/{number}"


def _tracked_by(shown: ShownOrder) -> str:
    """Where an order's tracking number stands."""
    return ("fulfilment", "fulfilment", "fulfilment", "plugin", "field")[shown.id % 5]


def _meta(shown: ShownOrder) -> list[Json]:
    order = shown.order
    values: Json = {PROMISE_KEY: shown.story.promised_on.isoformat()}
    if order.shipped_at is not None and _tracked_by(shown) == "plugin":
        parcel = {
            "tracking_provider": order.carrier.lower().replace(" ", "-"),
            "custom_tracking_provider": "",
            "custom_tracking_link": tracking_url(order.tracking),
            "tracking_number": order.tracking,
            "date_shipped": str(int(order.shipped_at.timestamp())),
        }
        values["_wc_shipment_tracking_items"] = [parcel]
    if order.shipped_at is not None and _tracked_by(shown) == "field":
        values["_tracking_number"] = order.tracking
    return numbered(values, shown.id * 10)


def _sums(order: Order, tax: int) -> Json:
    """What was paid; nothing for the way."""
    total = sum(product.price_cents * quantity for product, quantity in order.lines)
    return {
        "discount_total": "0.00",
        "discount_tax": "0.00",
        "shipping_total": "0.00",
        "shipping_tax": "0.00",
        "cart_tax": money(tax),
        "total": money(total),
        "total_tax": money(tax),
    }


def _line(shown: ShownOrder, place: int) -> Json:
    goods, (product, quantity) = shown.goods[place], shown.order.lines[place]
    gross = product.price_cents * quantity
    net = gross - _tax(gross)
    meta = {"finish": goods.finish} if goods.finish else {}
    return {
        "id": _line_id(shown, place),
        "name": goods.name,
        "product_id": goods.product_id,
        "variation_id": goods.variation_id,
        "quantity": quantity,
        "tax_class": "",
        "subtotal": money(net),
        "subtotal_tax": money(gross - net),
        "total": money(net),
        "total_tax": money(gross - net),
        "taxes": [],
        "meta_data": [
            {**item, "display_key": item["key"].capitalize(), "display_value": item["value"]}
            for item in numbered(meta, _line_id(shown, place) * 10)
        ],
        "sku": goods.sku,
        "global_unique_id": "",
        "price": net / 100 / quantity,
        "image": {"id": "", "src": ""},
        "parent_name": product.name["en"] if goods.finish else None,
    }


def _refunded_line(shown: ShownOrder, place: int) -> Json:
    line = _line(shown, place)
    of = {"_refunded_item_id": str(line["id"])}
    return {
        **line,
        "id": _line_id(shown, place) + 5_000_000,
        "quantity": -line["quantity"],
        "subtotal": f"-{line['subtotal']}",
        "total": f"-{line['total']}",
        "meta_data": [
            {**item, "display_key": item["key"], "display_value": item["value"]}
            for item in numbered(of, shown.id * 10 + 7)
        ],
    }


def _short_refunds(shown: ShownOrder) -> list[Json]:
    back = shown.story.paid_back
    if back is None:
        return []
    return [{"id": _refund_id(shown), "reason": back.reason, "total": f"-{money(back.cents)}"}]


def _tax_line(shown: ShownOrder, tax: int) -> Json:
    return {
        "id": _line_id(shown, 90),
        "rate_code": "VAT",
        "rate_id": 1,
        "label": "VAT",
        "compound": False,
        "tax_total": money(tax),
        "shipping_tax_total": "0.00",
        "rate_percent": _TAX_PERCENT,
        "meta_data": [],
    }


def _shipping_line(shown: ShownOrder) -> Json:
    return {
        "id": _line_id(shown, 91),
        "method_title": "Standard delivery",
        "method_id": "free_shipping",
        "instance_id": "1",
        "total": "0.00",
        "total_tax": "0.00",
        "taxes": [],
        "tax_status": "taxable",
        "meta_data": [],
    }


def _line_id(shown: ShownOrder, place: int) -> int:
    return shown.id * 100 + place


def _refund_id(shown: ShownOrder) -> int:
    return shown.id + 3_000_000


def _tax(gross_cents: int) -> int:
    """What of a price with tax is tax."""
    return round(gross_cents * _TAX_PERCENT / (100 + _TAX_PERCENT))

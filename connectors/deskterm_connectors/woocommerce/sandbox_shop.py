"""What the simulated shop holds, and lists of it as WooCommerce filters and sorts them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from deskterm.sandbox.faces import ShownWorld
from deskterm.sandbox.model import Customer
from deskterm.sandbox.stories import Remark, told
from deskterm_connectors.woocommerce.sandbox_goods import Goods, goods_of
from deskterm_connectors.woocommerce.sandbox_json import ShownOrder, status_of
from deskterm_connectors.woocommerce.sandbox_people import customer_id

STATUSES: Mapping[str, str] = {
    "pending": "Pending payment",
    "processing": "Processing",
    "on-hold": "On hold",
    "completed": "Completed",
    "cancelled": "Cancelled",
    "refunded": "Refunded",
    "failed": "Failed",
    "checkout-draft": "Draft",
}
_FIRST_ORDER = 1_001
_FIRST_PRODUCT = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """The filters of a list of orders; None and empty ask for nothing in particular."""

    modified_after: datetime | None = None
    modified_before: datetime | None = None
    after: datetime | None = None
    before: datetime | None = None
    statuses: Collection[str] = ()
    include: Sequence[int] = ()
    exclude: Collection[int] = ()
    customer: int = 0
    search: str = ""
    orderby: str = "date"
    ascending: bool = False


class ShownShop:
    """The shop behind the API. Tests change it as staff and plugins do.

    Attributes:
        has_fulfilments: whether that feature is on.
        cannot_mail: whether the host has no program for mail.
        left_out: orders that lists of changes do not have, as behind a cache that is out of date.
    """

    def __init__(self, world: ShownWorld) -> None:
        self.has_fulfilments = True
        self.products: dict[int, tuple[Goods, ...]] = {}
        for number, product in enumerate(world.products):
            product_id = _FIRST_PRODUCT + 10 * number
            self.products[product_id] = goods_of(product, product_id)
        by_sku = {goods[0].product.sku: goods for goods in self.products.values()}
        stories = told(world.orders, world.conversations, world.shop.agents)
        self.orders: dict[int, ShownOrder] = {}
        for number, order in enumerate(world.orders, start=_FIRST_ORDER):
            story = stories[order.ref]
            kinds = [by_sku[product.sku] for product, _ in order.lines]
            goods = [kind[number % len(kind)] for kind in kinds]
            self.orders[number] = ShownOrder(
                id=number,
                story=story,
                goods=goods,
                status=status_of(story),
                changed_at=story.changed_at,
                remarks=list(story.remarks),
            )
        self.cannot_mail = False
        self.left_out: set[int] = set()
        self._bin: set[int] = set()

    @property
    def customers(self) -> Mapping[int, tuple[Customer, datetime]]:
        """Those with an account, with the time of their first order."""
        found: dict[int, tuple[Customer, datetime]] = {}
        for shown in self.orders.values():
            customer = shown.order.customer
            if number := customer_id(customer):
                found.setdefault(number, (customer, shown.order.placed_at))
        return found

    def list(self, wanted: Wanted) -> Sequence[ShownOrder]:
        """The orders that fit, sorted; the bin is left out."""
        hidden = self._bin | (self.left_out if wanted.orderby == "modified" else set())
        fitting = [s for s in self.orders.values() if s.id not in hidden and _fits(s, wanted)]
        key = _changed if wanted.orderby == "modified" else _placed  # ids rise with the time
        return sorted(fitting, key=key, reverse=not wanted.ascending)

    def change(self, order_id: int, at: datetime | None = None, status: str = "") -> None:
        """Somebody works on an order."""
        shown = self.orders[order_id]
        shown.changed_at = (at or datetime.now(UTC)).replace(microsecond=0)
        shown.status = status or shown.status

    def remark(self, order_id: int, remark: Remark) -> None:
        """Somebody writes a note, which does not count as a change."""
        self.orders[order_id].remarks.append(remark)

    def throw_away(self, order_id: int, *, for_good: bool = False) -> None:
        """Into the bin, where the order is found by its id only; or away."""
        self._bin.add(order_id)
        if for_good:
            del self.orders[order_id]


def _placed(shown: ShownOrder) -> tuple[datetime, int]:
    return shown.order.placed_at, shown.id


def _changed(shown: ShownOrder) -> tuple[datetime, int]:
    return shown.changed_at, shown.id


def _fits(shown: ShownOrder, wanted: Wanted) -> bool:
    order, changed = shown.order, shown.changed_at
    return all(
        (
            wanted.modified_after is None or changed > wanted.modified_after,
            wanted.modified_before is None or changed < wanted.modified_before,
            wanted.after is None or order.placed_at > wanted.after,
            wanted.before is None or order.placed_at < wanted.before,
            not wanted.statuses or shown.status in wanted.statuses or "any" in wanted.statuses,
            not wanted.include or shown.id in wanted.include,
            shown.id not in wanted.exclude,
            not wanted.customer or customer_id(order.customer) == wanted.customer,
            not wanted.search or _says(shown, wanted.search.casefold()),
        )
    )


def _says(shown: ShownOrder, words: str) -> bool:
    customer = shown.order.customer
    texts = (str(shown.id), shown.order.ref, customer.name, customer.addresses[0])
    return any(words in text.casefold() for text in texts)

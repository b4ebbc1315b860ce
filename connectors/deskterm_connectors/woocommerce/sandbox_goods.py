"""The simulated shop's products and their stock, in WooCommerce's shapes."""

from __future__ import annotations

from dataclasses import dataclass

from deskterm.sandbox.model import Product
from deskterm_connectors.woocommerce.sandbox_values import Json, money

_FINISHES = ("Oak", "Walnut")


@dataclass(frozen=True, slots=True)
class Goods:
    """A product, or one variation of it, with its ids. `finish` is empty without variations."""

    product: Product
    product_id: int
    variation_id: int = 0
    finish: str = ""

    @property
    def sku(self) -> str:
        """The stock keeping unit."""
        return f"{self.product.sku}-{self.finish.upper()}" if self.finish else self.product.sku

    @property
    def name(self) -> str:
        """The name, as lines of orders have it."""
        base = self.product.name["en"]
        return f"{base} - {self.finish}" if self.finish else base

    @property
    def stock(self) -> int:
        """How many there are; variations share what the product has."""
        if not self.finish:
            return self.product.stock
        half = self.product.stock // len(_FINISHES)
        return half if self.finish == _FINISHES[0] else self.product.stock - half


def goods_of(product: Product, product_id: int) -> tuple[Goods, ...]:
    """A product as it is sold: seats come in two kinds of wood."""
    if not product.sku.startswith("SIT-"):
        return (Goods(product, product_id),)
    return tuple(
        Goods(product, product_id, product_id + number, finish)
        for number, finish in enumerate(_FINISHES, start=1)
    )


def product_json(goods: Goods, base: str) -> Json:
    """`GET /products/{id}`, of a product without variations or of the parent of some."""
    product = goods.product
    slug = product.sku.lower()
    return {
        "id": goods.product_id,
        "name": product.name["en"],
        "slug": slug,
        "permalink": f"{base}/product/{slug}/",
        "type": "variable" if goods.finish else "simple",
        "status": "publish",
        "sku": product.sku,
        "price": money(product.price_cents),
        "regular_price": money(product.price_cents),
        "sale_price": "",
        "on_sale": False,
        "purchasable": True,
        "total_sales": 0,
        "manage_stock": not goods.finish,
        "stock_quantity": None if goods.finish else product.stock,
        "stock_status": "instock" if product.stock else "outofstock",
        "backorders": "no",
        "backorders_allowed": False,
        "backordered": False,
        "low_stock_amount": None,
        "parent_id": 0,
        "variations": [goods.product_id + n + 1 for n in range(len(_FINISHES))]
        if goods.finish
        else [],
        "meta_data": [],
    }


def variation_json(goods: Goods, base: str) -> Json:
    """`GET /products/{id}/variations/{id}`."""
    backorders = "notify" if goods.finish == _FINISHES[0] else "no"
    return {
        "id": goods.variation_id,
        "type": "variation",
        "permalink": f"{base}/product/{goods.product.sku.lower()}/?attribute_finish={goods.finish}",
        "sku": goods.sku,
        "price": money(goods.product.price_cents),
        "regular_price": money(goods.product.price_cents),
        "sale_price": "",
        "on_sale": False,
        "status": "publish",
        "purchasable": True,
        "manage_stock": True,
        "stock_quantity": goods.stock,
        "stock_status": _availability(goods.stock, backorders),
        "backorders": backorders,
        "backorders_allowed": backorders != "no",
        "backordered": False,
        "low_stock_amount": None,
        "image": None,
        "attributes": [{"id": 0, "name": "Finish", "slug": "finish", "option": goods.finish}],
        "menu_order": 0,
        "meta_data": [],
        "name": goods.finish,
        "parent_id": goods.product_id,
    }


def _availability(stock: int, backorders: str) -> str:
    if stock > 0:
        return "instock"
    return "outofstock" if backorders == "no" else "onbackorder"

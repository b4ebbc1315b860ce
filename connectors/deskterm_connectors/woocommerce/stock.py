"""How much there is: products in one call, the variations of each product in one more."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from deskterm.contract import NotFound, StockRecord
from deskterm_connectors.woocommerce.answers import NoRoute
from deskterm_connectors.woocommerce.client import PER_PAGE, ShopApi
from deskterm_connectors.woocommerce.fields import Odd, Row
from deskterm_connectors.woocommerce.map import stock_of
from deskterm_connectors.woocommerce.together import pieces, together

_KEPT = (
    *("id", "parent_id", "name", "sku", "type", "status", "date_modified_gmt"),
    *("manage_stock", "stock_quantity", "stock_status", "backorders", "low_stock_amount"),
)


async def levels(api: ShopApi, keys: Sequence[tuple[str, str]]) -> list[StockRecord]:
    """The stock of these products, and of variations of them (product, variation)."""
    products: dict[str, Row] = {}
    for some in pieces(list(dict.fromkeys(product for product, _ in keys)), PER_PAGE):
        products |= await _listed(api, "/products", some)
    wanted: dict[str, list[str]] = {}
    for product, variation in keys:
        if variation and product in products:
            wanted.setdefault(product, []).append(variation)
    found = await together(_variations(api, product, ids) for product, ids in wanted.items())
    variations = dict(zip(wanted, found, strict=True))
    records = []
    for product, variation in keys:
        parent = products.get(product)
        row = variations.get(product, {}).get(variation) if variation else parent
        if parent is None or row is None:
            continue
        record = _record(row, parent if variation else None)
        if record is not None:
            records.append(record)
    return records


async def _variations(api: ShopApi, product: str, ids: Sequence[str]) -> Mapping[str, Row]:
    found: dict[str, Row] = {}
    try:
        for some in pieces(ids, PER_PAGE):
            found |= await _listed(api, f"/products/{product}/variations", some)
    except NoRoute:
        raise
    except NotFound:
        return {}
    return found


async def _listed(api: ShopApi, path: str, ids: Sequence[str]) -> dict[str, Row]:
    answer = await api.get(
        path, include=",".join(ids), per_page=str(PER_PAGE), _fields=",".join(_KEPT)
    )
    return {str(row.get("id")): row for row in answer.rows()}


def _record(row: Row, parent: Row | None) -> StockRecord | None:
    try:
        level = stock_of(row, parent)
    except Odd:
        return None
    kept = {name: row[name] for name in _KEPT if name in row}
    return StockRecord(level, json.dumps(kept, ensure_ascii=False).encode("utf-8", "replace"))

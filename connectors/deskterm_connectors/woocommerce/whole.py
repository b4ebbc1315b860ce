"""Orders with what the list does not tell: notes, fulfilments, refunds in full."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from deskterm.contract import NotFound, OrderGone, OrderRecord, SignInNeeded, Unreadable
from deskterm_connectors.woocommerce.answers import NoRoute
from deskterm_connectors.woocommerce.client import ShopApi
from deskterm_connectors.woocommerce.fields import Odd, Row, identity, moment, rows, text
from deskterm_connectors.woocommerce.map import DRAFTS, Extras, Shop, order_of
from deskterm_connectors.woocommerce.settings import Settings
from deskterm_connectors.woocommerce.together import together

Record = OrderRecord | OrderGone | Unreadable

#: How long after its last change an order that comes by itself is still asked about in full.
_LIVELY = timedelta(days=60)
#: What would let anybody open the order, says where its buyer sat, or is of no use to us.
_NOT_KEPT = frozenset(
    (
        *("_links", "cart_hash", "customer_ip_address", "customer_user_agent"),
        *("order_key", "payment_url"),
    )
)


class WholeOrders:
    """Completes and reads the orders of one shop."""

    def __init__(self, api: ShopApi, settings: Settings) -> None:
        self._api = api
        self._shop = Shop(settings.shop, settings.tracking_key, settings.promise_key)
        self._knows_statuses = False
        self._has_fulfilments = True

    async def changed(self, listed: Sequence[Row], now: datetime) -> list[Record]:
        """Orders of a list of changes. Of those that rest since long, notes are left for later."""
        await self._learn_statuses()
        orders = [row for row in listed if text(row, "status").removeprefix("wc-") not in DRAFTS]
        return await together(self._one(row, lively=_is_lively(row, now)) for row in orders)

    async def read(self, listed: Sequence[Row]) -> list[Record]:
        """Orders that somebody asked for, with everything."""
        await self._learn_statuses()
        return await together(self._one(row, lively=True) for row in listed)

    async def _one(self, row: Row, *, lively: bool) -> Record:
        try:
            remote_id = identity(row)
        except Odd as odd:
            return _unreadable(row, odd)
        try:
            extras = await self._extras(row, remote_id, lively=lively)
            return OrderRecord(order_of(row, extras, self._shop), _raw(row), not lively)
        except NoRoute:
            raise
        except NotFound:
            return OrderGone(remote_id)
        except Odd as odd:
            return _unreadable(row, odd)

    async def _extras(self, row: Row, remote_id: str, *, lively: bool) -> Extras:
        place = f"/orders/{remote_id}"
        refunds, notes, fulfilments = await together(
            (
                self._rows(f"{place}/refunds", per_page="100") if rows(row, "refunds") else _none(),
                self._rows(f"{place}/notes") if lively else _none(),
                self._fulfilments(place) if lively else _none(),
            )
        )
        return Extras(notes=notes, fulfilments=fulfilments, refunds=refunds)

    async def _fulfilments(self, place: str) -> Sequence[Row]:
        """Nothing where the shop has that feature switched off."""
        if not self._has_fulfilments:
            return ()
        try:
            return await self._rows(f"{place}/fulfillments")
        except NoRoute:
            self._has_fulfilments = False
            return ()

    async def _rows(self, path: str, **query: str) -> Sequence[Row]:
        return (await self._api.get(path, **query)).rows()

    async def _learn_statuses(self) -> None:
        """The names of the statuses, once: plugins bring their own."""
        if self._knows_statuses:
            return
        try:
            told = await self._rows("/orders/statuses")
        except (NotFound, SignInNeeded):
            told = ()
        names = {text(row, "slug"): text(row, "name") for row in told if text(row, "name")}
        self._shop = replace(self._shop, statuses=names)
        self._knows_statuses = True


async def _none() -> Sequence[Row]:
    return ()


def _is_lively(row: Row, now: datetime) -> bool:
    try:
        changed_at = moment(row, "date_modified_gmt")
    except Odd:
        return False
    return changed_at is not None and now - changed_at < _LIVELY


def _raw(row: Row) -> bytes:
    kept = {name: value for name, value in row.items() if name not in _NOT_KEPT}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _unreadable(row: Row, odd: Odd) -> Unreadable:
    raw = _raw(row)
    try:
        name = f"order:{identity(row)}"
    except Odd:
        name = f"order:odd:{hashlib.sha256(raw).hexdigest()[:32]}"
    return Unreadable(name, raw, f"an order cannot be read: {odd}")

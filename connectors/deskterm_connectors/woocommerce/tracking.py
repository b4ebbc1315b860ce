"""Parcels of an order. WooCommerce has fulfilments where that feature is on; plugins write meta
data; and some shops keep a number in a field of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

from deskterm.domain.order import Shipment
from deskterm_connectors.woocommerce.fields import (
    Row,
    count,
    first_text,
    identity,
    meta,
    moment,
    word,
)

#: Where the plugins Shipment Tracking and Advanced Shipment Tracking keep their parcels.
_PLUGIN_KEY = "_wc_shipment_tracking_items"
_UNTITLED = frozenset(("", "other", "custom"))
_NAMES = {"fedex": "FedEx", "inpost": "InPost", "postnl": "PostNL", "postnord": "PostNord"}
_CAPITALS = frozenset(
    ("acs", "brt", "ctt", "dhl", "dpd", "gls", "mrw", "sda", "tnt", "ups", "usps")
)
_MOST = 50  # parcels of one order


def shipments_of(order: Row, fulfilments: Sequence[Row], tracking_key: str) -> tuple[Shipment, ...]:
    """The parcels of an order, each once, the best source first.

    Raises:
        Odd: a fulfilment is not what the API describes.
    """
    found: dict[str, Shipment] = {}
    sources = (_fulfilled(fulfilments), _of_plugins(order), _of_key(order, tracking_key))
    for shipment in (shipment for source in sources for shipment in source):
        found.setdefault(shipment.tracking_number or shipment.remote_id, shipment)
    return tuple(found.values())[:_MOST]


def carrier_name(slug: str) -> str:
    """A carrier as people write it: `royal-mail` is Royal Mail."""
    if slug != slug.lower() or " " in slug:
        return slug
    words = slug.replace("_", "-").split("-")
    return " ".join(
        _NAMES.get(each, each.upper() if each in _CAPITALS else each.capitalize()) for each in words
    )


def _fulfilled(fulfilments: Sequence[Row]) -> Iterator[Shipment]:
    for row in fulfilments:
        # The list says "1" where the answer to a new one says true.
        if not row.get("is_fulfilled") or row.get("is_fulfilled") == "0" or row.get("date_deleted"):
            continue
        slug = word(meta(row, "_shipping_provider"))
        named = word(meta(row, "_provider_name"))
        yield Shipment(
            remote_id=identity(row),
            carrier=named if slug in _UNTITLED else carrier_name(slug),
            tracking_number=word(meta(row, "_tracking_number")),
            tracking_url=_link(word(meta(row, "_tracking_url"))),
            shipped_at=moment({"_date_fulfilled": meta(row, "_date_fulfilled")}, "_date_fulfilled"),
            lines=_lines(meta(row, "_items")),
        )


def _lines(items: Any) -> tuple[tuple[str, int], ...]:
    listed = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    return tuple((identity(item, "item_id"), count(item, "qty")) for item in listed)


def _of_plugins(order: Row) -> Iterator[Shipment]:
    items = meta(order, _PLUGIN_KEY)
    if isinstance(items, str):
        try:
            items = json.loads(items)
        except (ValueError, RecursionError):
            return
    for row in items if isinstance(items, list) else ():
        number = word(row.get("tracking_number")) if isinstance(row, dict) else ""
        if not number:
            continue
        slug = first_text(row, ("tracking_provider", "custom_tracking_provider"))
        yield Shipment(
            remote_id=f"tracking:{number}",
            carrier=carrier_name(slug),
            tracking_number=number,
            tracking_url=_link(first_text(row, ("custom_tracking_link", "tracking_link"))),
            shipped_at=_unix(word(row.get("date_shipped"))),
        )


def _of_key(order: Row, key: str) -> Iterator[Shipment]:
    number = word(meta(order, key)) if key else ""
    if number:
        yield Shipment(remote_id=f"tracking:{number}", tracking_number=number)


def _unix(seconds: str) -> datetime | None:
    """A Unix time; None where it is none, for what plugins write is described nowhere."""
    if not (seconds.isascii() and seconds.isdigit() and 9 <= len(seconds) <= 11):
        return None
    return datetime.fromtimestamp(int(seconds), UTC)


def _link(url: str) -> str:
    """An address of the web; what plugins hold instead is left out."""
    return url if url.startswith(("https://", "http://")) else ""


def promised_at(order: Row, key: str) -> datetime | None:
    """The end of the promised day, which a shop may keep in a field of its own.

    A day has no zone: 20:00 UTC is late on that day in Europe, and still that day.

    Args:
        key: the meta key; its value is `YYYY-MM-DD`, with or without a time, or a Unix time. What
            is none of these promises nothing.
    """
    said = word(meta(order, key)) if key else ""
    if not said:
        return None
    if (at := _unix(said)) is not None:
        return at
    try:
        day = datetime.fromisoformat(said)
        if len(said) <= len("YYYY-MM-DD"):
            return day.replace(hour=20, tzinfo=UTC)
        return day.replace(tzinfo=UTC) if day.tzinfo is None else day.astimezone(UTC)
    except (ValueError, OverflowError):
        return None

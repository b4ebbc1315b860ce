"""How values stand in WooCommerce's answers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

Json = dict[str, Any]


def money(cents: int) -> str:
    """An amount, in euro cents."""
    return f"{cents // 100}.{cents % 100:02}"


def written(at: datetime | None) -> str | None:
    """As the API writes times; this shop's zone is UTC."""
    return None if at is None else at.isoformat(timespec="seconds").removesuffix("+00:00")


def numbered(values: Mapping[str, Any], start: int) -> list[Json]:
    """Meta data: keys and values with rising ids."""
    return [
        {"id": start + n, "key": key, "value": value}
        for n, (key, value) in enumerate(values.items(), start=1)
    ]

"""What keeps an erased customer from coming back: a digest for each address, and no address."""

from __future__ import annotations

from typing import Final

from deskterm.store.tables import table

TOMBSTONES: Final = table(
    "tombstones",
    "digest",
    "digest text, at text!, skipped int!",
    defaults={"skipped": 0},
)

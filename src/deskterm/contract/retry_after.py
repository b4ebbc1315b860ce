"""The `Retry-After` header, for connectors that talk HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_HEADER_CAP = 64


def parse_retry_after(value: str, now: datetime) -> datetime | None:
    """The time that a `Retry-After` header names, or None when it names none.

    Both forms of RFC 9110 10.2.3 are read: seconds from now, and an HTTP date (5.6.7).

    Args:
        value: the header's value.
        now: the present, aware.
    """
    text = value.strip()
    if not text or len(text) > _HEADER_CAP:
        return None
    if text.isascii() and text.isdigit():
        # More digits than these are years: no caller waits that long.
        return now + timedelta(seconds=int(text[:9]))
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)

"""What a `Retry-After` header names."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.contract.retry_after import parse_retry_after

NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "until"),
    [
        ("120", NOW + timedelta(seconds=120)),
        (" 0 ", NOW),
        ("Mon, 02 Nov 2026 08:05:00 GMT", NOW + timedelta(minutes=5)),
        ("Monday, 02-Nov-26 08:05:00 GMT", NOW + timedelta(minutes=5)),
        ("Mon Nov  2 08:05:00 2026", NOW + timedelta(minutes=5)),
        ("Mon, 02 Nov 2026 09:05:00 +0100", NOW + timedelta(minutes=5)),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("Mon, 99 Nov 2026 08:05:00 GMT", None),
        ("9" * 65, None),
    ],
)
def test_both_forms_of_retry_after_are_read(header: str, until: datetime | None) -> None:
    assert parse_retry_after(header, NOW) == until


@given(st.text(max_size=80))
def test_any_header_gives_an_aware_time_or_nothing(header: str) -> None:
    until = parse_retry_after(header, NOW)
    assert until is None or until.utcoffset() == timedelta(0)


@given(st.integers(min_value=0, max_value=10**60))
def test_any_number_of_seconds_is_a_time(seconds: int) -> None:
    until = parse_retry_after(str(seconds), NOW)
    assert until is None or until >= NOW

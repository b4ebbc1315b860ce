from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.ids import REF_PATTERN, message_rowid_base, read_ref, ticket_ref, uuid7

NOW = datetime(2026, 11, 21, 8, 12, 9, tzinfo=UTC)
times = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- bounds are naive, the values are not


def test_uuid7_is_the_example_of_the_standard() -> None:
    """RFC 9562 A.6."""
    now = datetime(2022, 2, 22, 14, 22, 22, tzinfo=timezone(timedelta(hours=-5)))
    noise = 0xCC3 << 68 | 0x18C4DC0C0C07398F
    assert uuid7(now, lambda n: noise.to_bytes(n, "big")) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


@given(times, st.binary(min_size=10, max_size=10))
def test_uuid7_has_version_and_variant_and_time(now: datetime, noise: bytes) -> None:
    made = UUID(uuid7(now, lambda _: noise))
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == int(now.timestamp() * 1000)


def test_uuid7_sorts_by_time_and_differs() -> None:
    later = NOW + timedelta(milliseconds=1)
    assert uuid7(NOW, lambda n: b"\xff" * n) < uuid7(later, lambda n: b"\0" * n)
    assert len({uuid7(NOW) for _ in range(1000)}) == 1000


@given(st.binary(min_size=8, max_size=8))
def test_ref_is_short_speakable_and_never_a_number(noise: bytes) -> None:
    ref = ticket_ref(lambda _: noise)
    assert len(ref) == 6
    assert REF_PATTERN.fullmatch(ref)
    assert ref[0].isalpha()
    assert not set(ref) & set("ilou")
    assert read_ref(f" {ref.upper()} ") == ref


def test_refs_differ() -> None:
    assert len({ticket_ref() for _ in range(2000)}) > 1990


@pytest.mark.parametrize(
    ("typed", "ref"),
    [("K3OlI9", "k30119"), ("k3m1x", None), ("123456", None), ("ok3m1x", None), ("k3m1xu", None)],
)
def test_reading_a_typed_ref(typed: str, ref: str | None) -> None:
    assert read_ref(typed) == ref


@pytest.mark.parametrize(
    ("received_at", "base"),
    [
        (datetime(2010, 1, 1, tzinfo=UTC), 0),
        (datetime(2010, 1, 1, 0, 0, 1, 999999, tzinfo=UTC), 64),
        (datetime(1999, 1, 1, tzinfo=UTC), 0),
        (NOW, int((NOW - datetime(2010, 1, 1, tzinfo=UTC)).total_seconds()) * 64),
        (NOW + timedelta(days=9999), int(NOW.timestamp() - 1262304000) * 64),
    ],
)
def test_rowid_base(received_at: datetime, base: int) -> None:
    assert message_rowid_base(received_at, NOW) == base


def test_rowid_base_when_the_clock_is_wrong() -> None:
    assert message_rowid_base(NOW, datetime(2001, 1, 1, tzinfo=UTC)) == 0


@given(times, times)
def test_rowids_sort_as_times_do(one: datetime, other: datetime) -> None:
    now = max(one, other)
    assert (message_rowid_base(one, now) < message_rowid_base(other, now)) <= (one < other)

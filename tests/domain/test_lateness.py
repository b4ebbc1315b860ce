"""Late: a promise that was not kept, or silence for longer than is usual; with the reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.lateness import (
    FORGOTTEN,
    SILENCE,
    USUAL_SILENCE,
    Late,
    Parcel,
    parcel_late,
    silence_norm,
    unsent_late,
    working_days,
)
from deskterm.domain.order import Scan

MONDAY = datetime(2026, 11, 2, 10, tzinfo=UTC)


def days(number: float) -> datetime:
    return MONDAY + timedelta(days=number)


def test_a_promise_is_kept_until_its_day_is_over() -> None:
    parcel = Parcel(promised_at=MONDAY)
    assert parcel_late(parcel, days(0.9)) is None
    assert parcel_late(parcel, days(3)) == Late("promise_passed", MONDAY, 3)


def test_the_promise_of_the_order_holds_for_a_parcel_without_one() -> None:
    assert parcel_late(Parcel(), days(2), MONDAY) == Late("promise_passed", MONDAY, 2)
    assert parcel_late(Parcel(promised_at=days(5)), days(2), MONDAY) is None


@pytest.mark.parametrize("scan", ["delivered", "returned_to_sender"])
def test_what_has_arrived_is_not_late(scan: Scan) -> None:
    assert parcel_late(Parcel(promised_at=MONDAY, scan=scan, scanned_at=MONDAY), days(9)) is None
    assert parcel_late(Parcel(promised_at=MONDAY, delivered_at=days(4)), days(9)) is None


def test_what_has_not_been_sent() -> None:
    assert unsent_late(MONDAY, days(2)) == Late("not_shipped", MONDAY, 2)
    assert unsent_late(None, days(2)) is None


def test_silence_longer_than_the_carrier_s_norm() -> None:
    parcel = Parcel("UPS", scan="in_transit", scanned_at=MONDAY)
    assert parcel_late(parcel, days(3)) is None
    assert parcel_late(parcel, days(4)) == Late("no_scan", MONDAY, 4, norm=3, carrier="UPS")


def test_a_weekend_is_no_silence() -> None:
    friday = days(4)
    parcel = Parcel("Chronopost", scan="in_transit", scanned_at=friday)
    assert parcel_late(parcel, days(8)) is None
    assert parcel_late(parcel, days(9)) is not None


def test_without_any_scan_nothing_follows() -> None:
    assert parcel_late(Parcel("UPS"), days(60)) is None


def test_what_waits_for_the_buyer_waits_longer() -> None:
    parcel = Parcel("UPS", scan="delivery_attempt", scanned_at=MONDAY)
    assert parcel_late(parcel, days(11)) is None
    assert parcel_late(parcel, days(16)) is not None


def test_what_nobody_waits_for_any_more() -> None:
    later = MONDAY + FORGOTTEN + timedelta(days=1)
    assert parcel_late(Parcel(promised_at=MONDAY), later) is None
    assert parcel_late(Parcel(scan="in_transit", scanned_at=MONDAY), later) is None
    assert unsent_late(MONDAY, later) is None


@pytest.mark.parametrize(
    ("carrier", "norm"),
    [("La Poste Colissimo", 4), ("DHL Paket", 3), ("UPS®", 3), ("Bo's bikes", USUAL_SILENCE)],
)
def test_norms(carrier: str, norm: int) -> None:
    assert silence_norm(carrier, "in_transit") == norm
    assert silence_norm("", "in_transit") == USUAL_SILENCE
    assert all(1 <= value <= 5 for value in SILENCE.values())


@given(st.integers(0, 10_000), st.integers(0, 60))
def test_working_days_are_the_days_that_one_counts(hours: int, whole: int) -> None:
    begin = MONDAY + timedelta(hours=hours)
    counted = sum((begin + timedelta(days=n)).weekday() < 5 for n in range(1, whole + 1))
    assert working_days(begin, begin + timedelta(days=whole, hours=5)) == counted
    assert working_days(begin, begin - timedelta(days=1)) == 0

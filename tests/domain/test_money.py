"""Amounts of money."""

from __future__ import annotations

from decimal import Decimal

import pytest

from deskterm.domain.money import Money, decimals


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [
        ("49.90", "EUR", 4990),
        ("49.9", "EUR", 4990),
        ("-49.90", "EUR", -4990),
        ("1980", "JPY", 1980),
        ("1.234", "KWD", 1234),
        ("0", "EUR", 0),
        ("19.999", "EUR", 2000),
    ],
)
def test_a_decimal_number_becomes_minor_units(text: str, currency: str, minor: int) -> None:
    assert Money.parse(text, currency) == Money(minor, currency)


@pytest.mark.parametrize("text", ["", "free", "1,50", "NaN", "Infinity", "1e9999999"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        Money.parse(text, "EUR")


def test_major_units_are_exact() -> None:
    assert Money(4990, "EUR").amount == Decimal("49.90")
    assert Money(1980, "JPY").amount == 1980
    assert decimals("KWD") == 3

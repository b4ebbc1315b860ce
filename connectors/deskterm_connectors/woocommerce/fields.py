"""Reading the values of WooCommerce's JSON, which are seldom of one type only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from deskterm.domain.money import Money

Row = Mapping[str, Any]

_FIRST_YEAR = 1970  # dates before are slips of an import


class Odd(ValueError):
    """A value that is not what the API describes; the text names the field, not the value."""


def identity(row: Row, name: str = "id") -> str:
    """An id, which may be written as a number or as digits.

    Raises:
        Odd: there is none.
    """
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise Odd(f"{name} is no id")
    digits = str(value)
    if not (digits.isascii() and digits.isdigit() and len(digits) < 20 and digits.strip("0")):
        raise Odd(f"{name} is no id")
    return digits


def reference(row: Row, name: str) -> str:
    """The id of something else, or empty: 0 stands for nothing."""
    try:
        return identity(row, name)
    except Odd:
        return ""


def text(row: Row, name: str) -> str:
    """A text; empty where there is none, or something else."""
    value = row.get(name)
    return value if isinstance(value, str) else ""


def rows(row: Row, name: str) -> list[Row]:
    """The objects of a list; empty where there is none."""
    value = row.get(name)
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def child(row: Row, name: str) -> Row:
    """An object; empty where there is none (PHP writes an empty one as a list)."""
    value = row.get(name)
    return value if isinstance(value, dict) else {}


def count(row: Row, name: str) -> int:
    """A whole number; decimals, which some plugins sell by, are rounded away.

    Raises:
        Odd: it is none.
    """
    value = row.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Odd(f"{name} is no number")
    try:
        return int(Decimal(str(value)[:40]))
    except (ArithmeticError, ValueError):
        raise Odd(f"{name} is no number") from None


def moment(row: Row, name: str) -> datetime | None:
    """A time of a `_gmt` field, which is UTC without saying so; None where there is none.

    Raises:
        Odd: it is no time.
    """
    value = row.get(name)
    if not value or (isinstance(value, str) and value.startswith("0000-")):
        return None
    if not isinstance(value, str):
        raise Odd(f"{name} is no time")
    try:
        found = datetime.fromisoformat(value)
        at = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Odd(f"{name} is no time") from None
    return at if at.year >= _FIRST_YEAR else None


def money(row: Row, name: str, currency: str) -> Money:
    """An amount, which is a decimal number in a text, or a number; empty is nothing.

    Raises:
        Odd: it is none.
    """
    value = row.get(name)
    if value in (None, ""):
        return Money(0, currency)
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise Odd(f"{name} is no amount")
    try:
        return Money.parse(str(value)[:40], currency)
    except ValueError:
        raise Odd(f"{name} is no amount") from None


def added(*amounts: Money) -> Money:
    """The sum of amounts of one currency."""
    return Money(sum(amount.minor for amount in amounts), amounts[0].currency)


def meta(row: Row, name: str) -> Any:
    """The value of that key in `meta_data`, the last one where it stands there twice."""
    found = [item.get("value") for item in rows(row, "meta_data") if item.get("key") == name]
    return found[-1] if found else None


def word(value: object) -> str:
    """A value of a meta key as text: plugins write numbers for numbers."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return ""
    return str(value).strip()


def first_text(row: Row, names: Iterable[str]) -> str:
    """The first of these texts that is not empty."""
    return next((found for name in names if (found := text(row, name).strip())), "")

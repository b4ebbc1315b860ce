"""Check digits: what makes a row of digits a parcel, an article or a company and no telephone."""

from __future__ import annotations

_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def _weighted(digits: str, first: int) -> int:
    """The sum of the digits, from the right, taken 3 times and once by turns."""
    return sum(
        int(digit) * (first if place % 2 == 0 else 4 - first)
        for place, digit in enumerate(reversed(digits))
    )


def is_gs1(digits: str) -> bool:
    """EAN-8, UPC, EAN-13, GTIN-14, SSCC, and USPS numbers of 20 or 22 digits.

    GS1 General Specifications 7.9; USPS Publication 199 uses the same sum.
    """
    return digits.isdecimal() and _weighted(digits[:-1], 3) % 10 == -int(digits[-1]) % 10


def is_s10(number: str) -> bool:
    """A postal item such as `RR123456785FR`: UPU standard S10."""
    digits, check = number[2:10], number[10]
    rest = 11 - sum(int(d) * w for d, w in zip(digits, _S10_WEIGHTS, strict=True)) % 11
    return int(check) == {10: 0, 11: 5}.get(rest, rest)


def is_ups(number: str) -> bool:
    """A parcel of UPS: `1Z`, fifteen letters or digits, and the check digit over them."""
    worth = [int(c) if c.isdecimal() else (ord(c) - 63) % 10 for c in number[2:17].upper()]
    total = sum(worth[0::2]) + 2 * sum(worth[1::2])
    return number[17].isdecimal() and -total % 10 == int(number[17])


def is_dhl_express(digits: str) -> bool:
    """A waybill of ten digits: the last is the rest of the others by seven."""
    return int(digits[:9]) % 7 == int(digits[9])


def is_isbn10(number: str) -> bool:
    """Ten digits of a book, the last perhaps an X: ISO 2108 before 2007."""
    worth = [10 if c in "Xx" else int(c) for c in number]
    return sum(w * (10 - place) for place, w in enumerate(worth)) % 11 == 0


def is_luhn(digits: str) -> bool:
    """SIREN, SIRET, partita IVA, IMEI: ISO/IEC 7812-1 annex B."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def is_iban(number: str) -> bool:
    """A bank account of ISO 13616: moved by four, letters as numbers, the rest by 97 is one."""
    moved = (number[4:] + number[:4]).upper()
    return int("".join(str(int(c, 36)) for c in moved)) % 97 == 1

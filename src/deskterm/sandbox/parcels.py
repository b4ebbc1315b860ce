"""Carriers and tracking numbers with the check digits that the carriers' own have."""

from __future__ import annotations

from random import Random

_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_UPS_BODY = "0123456789ABCDEFGHJKLMNPRSTUVWXYZ"
_CARRIERS = {
    "GB": ("Royal Mail", "Royal Mail", "UPS", "DHL"),
    "FR": ("La Poste", "La Poste", "La Poste", "UPS", "DHL"),
    "DE": ("DHL", "DHL", "DHL", "UPS"),
}
_ABROAD = ("UPS", "DHL")
_POSTS = {"Royal Mail": "GB", "La Poste": "FR"}


def choose_carrier(rng: Random, country: str) -> str:
    """A carrier that delivers in a country (ISO 3166-1 alpha-2)."""
    return rng.choice(_CARRIERS.get(country, _ABROAD))


def tracking_number(rng: Random, carrier: str) -> str:
    """A number in the format of the carrier."""
    if carrier in _POSTS:
        serial = f"{rng.randrange(10**8):08}"
        service = "C" + rng.choice("ABCEGKLNPRSTVXY")
        return f"{service}{serial}{s10_check_digit(serial)}{_POSTS[carrier]}"
    if carrier == "UPS":
        shipper = "".join(rng.choice(_UPS_BODY) for _ in range(6))
        body = f"{shipper}{rng.choice(('03', '11', '68'))}{rng.randrange(10**7):07}"
        return f"1Z{body}{ups_check_digit(body)}"
    body = f"0034043{rng.randrange(10**12):012}"
    return f"{body}{gs1_check_digit(body)}"


def s10_check_digit(serial: str) -> int:
    """Check digit of the eight digits of a postal item (UPU standard S10, weighted modulo 11)."""
    total = sum(int(digit) * weight for digit, weight in zip(serial, _S10_WEIGHTS, strict=True))
    return {10: 0, 11: 5}.get(11 - total % 11, 11 - total % 11)


def ups_check_digit(body: str) -> int:
    """Check digit of the fifteen characters behind `1Z` of a UPS number.

    Letters count as digits, A as 2, B as 3 and so on modulo 10; every second one is doubled.
    """
    values = [int(sign) if sign.isdigit() else (ord(sign) - 63) % 10 for sign in body]
    return -(sum(values[0::2]) + 2 * sum(values[1::2])) % 10


def gs1_check_digit(body: str) -> int:
    """Check digit of a parcel's serial shipping container code (GS1 General Specifications 7.9)."""
    total = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(reversed(body)))
    return -total % 10

"""Check digits, by which a number is known for what it is."""

from __future__ import annotations

import pytest

from deskterm.rules.detectors.shields import checksums


@pytest.mark.parametrize(
    ("check", "good"),
    [
        (checksums.is_gs1, "4006381333931"),
        (checksums.is_gs1, "036000291452"),
        (checksums.is_gs1, "96385074"),
        (checksums.is_gs1, "00340434161094042557"),
        (checksums.is_luhn, "73282932000074"),
        (checksums.is_iban, "GB82WEST12345698765432"),
        (checksums.is_isbn10, "0306406152"),
        (checksums.is_isbn10, "097522980X"),
        (checksums.is_s10, "RR473124829GB"),
        (checksums.is_ups, "1Z999AA10123456784"),
        (checksums.is_dhl_express, "3318810025"),
    ],
)
def test_check_digits_hold_and_fail(check: object, good: str) -> None:
    assert callable(check)
    assert check(good)
    place = max(
        p for p, c in enumerate(good) if c.isdecimal() and (check is not checksums.is_s10 or p < 11)
    )
    others = [good[:place] + str(d) + good[place + 1 :] for d in range(10) if str(d) != good[place]]
    assert not any(check(other) for other in others)

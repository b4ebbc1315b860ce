"""Hours of a day."""

from __future__ import annotations

from datetime import time

import pytest

from deskterm.domain.hours import Hours


@pytest.mark.parametrize(
    ("written", "at", "holds"),
    [
        ("22:00-07:00", time(23, 0), True),
        ("22:00-07:00", time(6, 59, 59), True),
        ("22:00-07:00", time(7, 0), False),
        ("22:00-07:00", time(12, 0), False),
        ("9:00 - 17:30", time(9, 0), True),
        ("9:00 - 17:30", time(17, 30), False),
        ("00:00-00:00", time(3, 0), True),
    ],
)
def test_hours_hold_from_their_start_until_their_end(written: str, at: time, holds: bool) -> None:
    assert Hours.read(written).hold(at) is holds


@pytest.mark.parametrize(
    "written", ["", "22-7", "25:00-07:00", "22:00", "22:60-07:00", "a:00-b:00"]
)
def test_what_is_written_otherwise_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="22:00-07:00"):
        Hours.read(written)

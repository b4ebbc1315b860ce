"""Times, counts and money in French, and money in English."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from deskterm.domain.money import Money
from deskterm.i18n import speaking
from deskterm.i18n.figures import day, money
from deskterm.text.clean import cell_width
from deskterm.viewmodel import time_words, words

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 9, 12, 0, tzinfo=UTC)  # Monday, 13:00 in Paris
NARROW, WIDE = "\u202f", "\u00a0"


@pytest.fixture(autouse=True)
def _french() -> Iterator[None]:
    with speaking("fr"):
        yield


def test_how_long_ago() -> None:
    for span, said in (
        (timedelta(seconds=5), "à l’instant"),
        (timedelta(minutes=3), "il y a 3 min"),
        (timedelta(hours=5), "il y a 5 h"),
        (timedelta(days=1), "il y a 1 jour"),
        (timedelta(days=4), "il y a 4 jours"),
    ):
        assert time_words.ago(NOW - span, NOW) == said


def test_ages_fit_their_column() -> None:
    for span, said in (
        (timedelta(seconds=5), "<1m"),
        (timedelta(minutes=59), "59m"),
        (timedelta(hours=3), "3h"),
        (timedelta(days=13), "13j"),
        (timedelta(weeks=40), "40s"),
        (timedelta(weeks=150), "2a"),
    ):
        age = time_words.age(NOW - span, NOW)
        assert age == said
        assert cell_width(age) <= 3


def test_times_past_and_to_come() -> None:
    def at(days: int, hour: int, minute: int = 0) -> datetime:
        return datetime(2026, 11, 9, hour, minute, tzinfo=PARIS) + timedelta(days=days)

    assert time_words.clock(at(0, 9, 5), PARIS, NOW) == f"9{WIDE}h{WIDE}05"
    assert time_words.clock(at(-1, 18), PARIS, NOW) == f"hier 18{WIDE}h"
    assert time_words.clock(at(-3, 18, 22), PARIS, NOW) == f"ven. 18{WIDE}h{WIDE}22"
    assert time_words.clock(at(-20, 8), PARIS, NOW) == f"20 oct. 8{WIDE}h"
    assert time_words.clock(at(-400, 8), PARIS, NOW) == "5 oct. 2025"
    assert time_words.due(at(1, 9), PARIS, NOW) == f"demain 9{WIDE}h"
    assert time_words.due(at(2, 14, 30), PARIS, NOW) == f"mer. 14{WIDE}h{WIDE}30"


def test_counts_and_sizes() -> None:
    assert words.number(12_480) == f"12{NARROW}480"
    assert words.size(3_400_000) == "3,4 Mo"
    assert words.size(840) == "840 o"


def test_money_as_the_country_writes_it() -> None:
    assert money(Money(124_990, "EUR")) == f"1{NARROW}249,90{WIDE}€"
    assert money(Money(-1_200, "USD")) == f"-12,00{WIDE}$US"
    with speaking("en"):
        assert money(Money(124_990, "EUR")) == "€1,249.90"
        assert money(Money(-1_200, "GBP")) == "-£12.00"


def test_money_has_the_decimals_of_its_currency() -> None:
    with speaking("en"):
        assert money(Money(1_249, "JPY")).endswith("1,249")
        assert money(Money(1_234, "KWD")).endswith("1.234")
        assert money(Money(1_200, "XZY")) == "XZY12.00"


def test_days_in_full() -> None:
    assert day(date(2026, 11, 9)) == "9 novembre 2026"
    with speaking("en"):
        assert day(date(2026, 11, 9)) == "9 November 2026"

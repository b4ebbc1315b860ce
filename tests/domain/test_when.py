from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.errors import UsageError
from deskterm.domain.when import parse_when

PARIS = ZoneInfo("Europe/Paris")
#: A Saturday, 9:12 in Paris.
NOW = datetime(2026, 11, 21, 8, 12, 9, tzinfo=UTC)


def local(text: str, now: datetime = NOW) -> str:
    moment = parse_when(text, now, PARIS)
    assert moment.tzinfo is UTC
    return f"{moment.astimezone(PARIS):%Y-%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2h", "2026-11-21 11:12"),
        ("2 h", "2026-11-21 11:12"),
        ("dans 2 heures", "2026-11-21 11:12"),
        ("in 30 minutes", "2026-11-21 09:42"),
        ("30m", "2026-11-21 09:42"),
        ("3d", "2026-11-24 09:12"),
        ("3 j", "2026-11-24 09:12"),
        ("1W", "2026-11-28 09:12"),
        ("1 semaine", "2026-11-28 09:12"),
        ("tomorrow", "2026-11-22 09:00"),
        ("Demain", "2026-11-22 09:00"),
        ("après-demain", "2026-11-23 09:00"),
        ("tomorrow 9:00", "2026-11-22 09:00"),
        ("tomorrow at 2pm", "2026-11-22 14:00"),
        ("demain à 14h30", "2026-11-22 14:30"),
        ("demain 9h", "2026-11-22 09:00"),
        ("today 18:00", "2026-11-21 18:00"),
        ("aujourd’hui 18h", "2026-11-21 18:00"),
        ("monday", "2026-11-23 09:00"),
        ("lundi", "2026-11-23 09:00"),
        ("monday  14:30", "2026-11-23 14:30"),
        ("saturday", "2026-11-28 09:00"),
        ("sam 18:00", "2026-11-28 18:00"),
        ("18:00", "2026-11-21 18:00"),
        ("18h30", "2026-11-21 18:30"),
        ("9:12", "2026-11-22 09:12"),
        ("8am", "2026-11-22 08:00"),
        ("12am", "2026-11-22 00:00"),
        ("2026-12-01", "2026-12-01 09:00"),
        ("2026-12-01T09:30", "2026-12-01 09:30"),
        ("2026-12-01 18:00", "2026-12-01 18:00"),
    ],
)
def test_times(text: str, wanted: str) -> None:
    assert local(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "2", "2x", "25:00", "9:60", "13pm", "0am", "tomorrow soon", "monday tuesday"),
        *("2026-02-30", "2026-13-01", "9999-12-31T24:00", "0h", "0d", "today", "2020-01-01"),
        *("2026-11-21T09:12", "-2h", "1.5h", "２h", "\x00", "demain à"),
    ],
)
def test_what_is_no_time_to_come_is_refused_with_examples(text: str) -> None:
    with pytest.raises(UsageError, match="for example 2h"):
        parse_when(text, NOW, PARIS)


class TestClockChanges:
    #: In the night to 29 March 2026 Paris goes from 2:00 to 3:00, to 25 October from 3:00 to 2:00.
    spring = datetime(2026, 3, 28, 20, tzinfo=UTC)
    autumn = datetime(2026, 10, 24, 20, tzinfo=UTC)

    def test_hours_are_hours_and_days_are_days(self) -> None:
        assert parse_when("24h", self.spring, PARIS) == self.spring + timedelta(hours=24)
        assert parse_when("1d", self.spring, PARIS) == self.spring + timedelta(hours=23)
        assert parse_when("1d", self.autumn, PARIS) == self.autumn + timedelta(hours=25)
        assert local("tomorrow", self.spring) == "2026-03-29 09:00"

    def test_a_skipped_hour_becomes_the_next(self) -> None:
        assert local("2:30", self.spring) == "2026-03-29 03:30"

    def test_an_hour_that_comes_twice(self) -> None:
        first = parse_when("2:30", self.autumn, PARIS)
        assert first == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
        assert parse_when("2:30", first, PARIS) == first + timedelta(hours=1)
        assert local("2:30", first + timedelta(hours=1)) == "2026-10-26 02:30"


parts = st.sampled_from(
    ["2", "30", "9999", "h", "m", "d", "w", " ", ":", "monday", "demain", "9999-12-31", "pm", "T"]
)


@given(
    st.one_of(st.text(), st.lists(parts, max_size=6).map("".join)),
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 -- bounds are naive, the values are not
    st.sampled_from([PARIS, ZoneInfo("America/New_York"), ZoneInfo("Pacific/Auckland"), UTC]),
)
def test_any_text_is_a_time_to_come_or_refused(text: str, now: datetime, zone: ZoneInfo) -> None:
    try:
        moment = parse_when(text, now, zone)
    except UsageError:
        return
    assert moment > now

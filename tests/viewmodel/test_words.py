"""Times, states and signs in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from deskterm.domain.outbox import DeliveryState
from deskterm.domain.query import STATUSES
from deskterm.service.reading import views
from deskterm.service.table import TABLE
from deskterm.text.clean import SafeText, cell_width
from deskterm.viewmodel import time_words, words
from deskterm.viewmodel.views import view_named, view_of
from tests.viewmodel.test_ticket_list import a_row

PARIS = ZoneInfo("Europe/Paris")
NOW = datetime(2026, 11, 21, 17, 22, 30, tzinfo=UTC)  # a Saturday, 18:22 in Paris


def before(**span: float) -> datetime:
    return NOW - timedelta(**span)


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ({"seconds": 59}, "now"),
        ({"seconds": -500}, "now"),
        ({"minutes": 1}, "1m"),
        ({"minutes": 59.9}, "59m"),
        ({"hours": 1}, "1h"),
        ({"hours": 23.9}, "23h"),
        ({"days": 1}, "1d"),
        ({"days": 13}, "13d"),
        ({"days": 14}, "2w"),
        ({"weeks": 99}, "99w"),
        ({"weeks": 110}, "2y"),
    ],
)
def test_age(span: dict[str, float], said: str) -> None:
    assert time_words.age(before(**span), NOW) == said
    assert cell_width(said) <= 3


@pytest.mark.parametrize(
    ("span", "said"),
    [
        ({"seconds": 5}, "just now"),
        ({"minutes": 2}, "2 min ago"),
        ({"hours": 3}, "3 h ago"),
        ({"days": 1}, "1 day ago"),
        ({"days": 5}, "5 days ago"),
    ],
)
def test_ago(span: dict[str, float], said: str) -> None:
    assert time_words.ago(before(**span), NOW) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (NOW, "18:22"),
        (datetime(2026, 11, 20, 23, 30, tzinfo=UTC), "00:30"),  # today in Paris
        (datetime(2026, 11, 20, 17, 40, tzinfo=UTC), "yesterday 18:40"),
        (datetime(2026, 11, 16, 7, 5, tzinfo=UTC), "Mon 08:05"),
        (datetime(2026, 11, 9, 17, 40, tzinfo=UTC), "9 Nov 18:40"),
        (datetime(2025, 11, 9, 17, 40, tzinfo=UTC), "9 Nov 2025"),
        (datetime(2026, 11, 22, 17, 40, tzinfo=UTC), "22 Nov 18:40"),
    ],
)
def test_clock(at: datetime, said: str) -> None:
    assert time_words.clock(at, PARIS, NOW) == said


@pytest.mark.parametrize(
    ("at", "said"),
    [
        (NOW + timedelta(hours=2), "20:22"),
        (datetime(2026, 11, 22, 8, 0, tzinfo=UTC), "tomorrow 09:00"),
        (datetime(2026, 11, 23, 8, 0, tzinfo=UTC), "Mon 09:00"),
        (datetime(2026, 12, 1, 8, 0, tzinfo=UTC), "1 Dec 09:00"),
        (datetime(2027, 12, 1, 8, 0, tzinfo=UTC), "1 Dec 2027"),
    ],
)
def test_due(at: datetime, said: str) -> None:
    assert time_words.due(at, PARIS, NOW) == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(9.2, "0:10"), (10, "0:10"), (0.1, "0:01"), (0, "0:00"), (-5, "0:00"), (75, "1:15")],
)
def test_countdown_never_says_less_than_there_is(seconds: float, said: str) -> None:
    assert time_words.countdown(NOW + timedelta(seconds=seconds), NOW) == said


def test_exact_times() -> None:
    assert time_words.exactly(NOW, PARIS) == "2026-11-21 18:22:30 +0100"
    assert time_words.exact_clock(NOW, PARIS) == "18:22:30"


def test_sizes_and_figures() -> None:
    assert [words.size(n) for n in (840, 12_400, 3_440_000)] == ["840 B", "12 kB", "3.4 MB"]
    assert words.number(1_234_567) == "1,234,567"


def test_every_state_has_words() -> None:
    assert not {s for s in STATUSES if "_" in words.status(s)}
    assert not {s for s in DeliveryState if "_" in words.delivery(s)}
    health = ("ok", "syncing", "retrying", "paused", "sign_in", "asks", "broken")
    assert not {s for s in health if "_" in words.account_state(s)}
    assert words.account_state("") == "not synced yet"
    assert words.delivery("new\x1bstate") == "new␛state"


def test_every_sign_has_its_width_and_an_ascii_twin() -> None:
    signs, plain = words.symbols(ascii=False), words.symbols(ascii=True)
    for name in words.Symbols._fields:
        sign, twin = getattr(signs, name), getattr(plain, name)
        assert isinstance(sign, SafeText)
        assert twin.isascii()
        assert cell_width(sign) == cell_width(twin) == len(twin)
    states = [plain.needs_us, plain.waiting, plain.attention, plain.outgoing, plain.draft]
    assert len(set(states)) == len(states)


def test_the_most_pressing_state_of_a_ticket_is_shown() -> None:
    signs = words.symbols(ascii=True)
    row = a_row(1)
    assert words.mark_of(row, signs) == (signs.needs_us, "needs us")
    row = row._replace(has_draft=True)
    assert words.mark_of(row, signs) == (signs.draft, "draft")
    row = row._replace(outgoing="reply")
    assert words.mark_of(row, signs) == (signs.outgoing, "on its way")
    row = row._replace(attention=words.NOTHING)
    assert words.mark_of(row, signs)[0] == signs.attention
    row = a_row(1)._replace(needs_us=False, status="waiting_customer")
    assert words.mark_of(row, signs) == (signs.waiting, "waiting")
    assert words.mark_of(row._replace(status="resolved"), signs) == (" ", "resolved")


def test_titles() -> None:
    assert words.list_title(views.NEEDS_US, 38) == "Needs us · 38"
    narrowed = views.NEEDS_US.narrow("lamp\x1b")
    assert words.list_title(narrowed, 2) == "Needs us · lamp␛ · 2"
    query = view_named("query", "tag:vip")
    assert query is not None
    assert words.list_title(query, 1_000) == "Search: tag:vip · 1,000"
    assert words.position(2, 38) == "3 of 38"
    assert words.position(0, 0) == ""
    for view in views.NAMED.values():
        assert words.list_state("empty", view, None)


def test_every_view_has_a_command_and_the_other_way_round() -> None:
    elsewhere = {"go.outbox", "go.health"}
    chords = {name for name in TABLE if name.startswith("go.")} - elsewhere
    assert {f"go.{name}" for name in views.NAMED} == chords
    for name in chords:
        view = view_of(name)
        assert view is not None
        assert view.title == TABLE[name].title
        assert view_named(view.id) == view
    assert view_of("ticket.resolve") is view_of("go.outbox") is None
    assert view_named("query") is view_named("other") is None

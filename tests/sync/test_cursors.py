"""The steps of a stream's state."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from deskterm.contract import ContractBroken, Page, Start, StreamSpec
from deskterm.sync.cursors import after_end, after_page, begin, start_of
from deskterm.sync.ports import StreamState

TOKEN = StreamSpec("messages")
TIME = StreamSpec("messages", style="time", overlap=timedelta(minutes=10))
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
LATER = NOON + timedelta(hours=1)


def test_a_token_stream_stands_at_the_cursor_of_the_last_page() -> None:
    state = begin(TOKEN, StreamState())
    assert start_of(TOKEN, state, NOON) == Start()
    state = after_page(TOKEN, state, Page(cursor="a"))
    state = after_page(TOKEN, state, Page(cursor="b"))
    assert start_of(TOKEN, begin(TOKEN, state), NOON) == Start(cursor="b")
    assert after_end(TOKEN, state, LATER) == StreamState(cursor="b", finished_at=LATER)


def test_a_time_stream_begins_again_an_overlap_before_the_start_of_the_run() -> None:
    state = begin(TIME, StreamState())
    state = after_page(TIME, state, Page(position="p1", server_time=NOON))
    state = after_page(TIME, state, Page(position="p2", server_time=LATER))
    state = after_end(TIME, state, LATER)
    assert state == StreamState(since=NOON - timedelta(minutes=10), finished_at=LATER)
    assert start_of(TIME, begin(TIME, state), NOON) == Start(since=NOON - timedelta(minutes=10))


def test_the_first_run_of_a_day_goes_further_back() -> None:
    week = replace(TIME, sweep=timedelta(days=7))
    ended = StreamState(since=NOON, finished_at=LATER)
    assert start_of(week, ended, LATER + timedelta(hours=10)).since == NOON
    next_day = LATER + timedelta(hours=11)
    assert start_of(week, ended, next_day).since == NOON - timedelta(days=7)
    assert start_of(week, replace(ended, finished_at=next_day), next_day).since == NOON
    assert start_of(week, StreamState(), NOON) == Start(), "there is nothing before everything"


def test_a_cut_run_goes_on_and_keeps_its_mark() -> None:
    cut = after_page(TIME, StreamState(since=NOON), Page(position="p1", server_time=LATER))
    state = begin(TIME, cut)
    assert start_of(TIME, state, NOON) == Start(since=NOON, position="p1")
    day_after = LATER + timedelta(days=1)
    state = after_page(TIME, state, Page(position="p2", server_time=day_after))
    assert after_end(TIME, state, day_after).since == LATER - timedelta(minutes=10)


def test_a_run_cut_before_its_first_position_takes_a_new_mark() -> None:
    cut = after_page(TIME, StreamState(), Page(server_time=NOON))
    state = after_page(TIME, begin(TIME, cut), Page(position="p", server_time=LATER))
    assert state.start_mark == LATER


def test_a_page_without_position_keeps_the_last_one() -> None:
    state = after_page(TIME, StreamState(), Page(position="p1", server_time=NOON))
    assert after_page(TIME, state, Page()).position == "p1"


def test_a_run_without_any_page_moves_nothing() -> None:
    before = StreamState(since=NOON)
    assert after_end(TIME, begin(TIME, before), LATER) == replace(before, finished_at=LATER)


def test_marks_are_kept_in_utc() -> None:
    paris = NOON.astimezone(timezone(timedelta(hours=1)))
    state = after_page(TIME, StreamState(), Page(position="p", server_time=paris))
    assert state.start_mark == NOON
    assert state.start_mark is not None
    assert state.start_mark.utcoffset() == timedelta(0)


@pytest.mark.parametrize(
    ("stream", "page"),
    [
        (TOKEN, Page()),
        (TOKEN, Page(cursor="")),
        (TOKEN, Page(cursor=7)),  # type: ignore[arg-type]  # connectors are not all typed
        (TIME, Page(position="p")),
        (TIME, Page(position=7, server_time=NOON)),  # type: ignore[arg-type]
        (TIME, Page(position="p", server_time=NOON.replace(tzinfo=None))),
        (TIME, Page(position="p", server_time=NOON.replace(year=1))),
    ],
)
def test_a_page_that_does_not_say_where_to_go_on_is_broken(stream: StreamSpec, page: Page) -> None:
    with pytest.raises(ContractBroken):
        after_page(stream, StreamState(), page)

"""How a stream's state moves: pure steps, one for each thing that happens in a run.

Token streams: the state is the cursor of the last stored page.

Time streams ("changed since"): a run that ended starts the next one at the time at which it
itself *began*, by the channel's clock, less an overlap. Neither the newest row seen nor the local
clock will do: rows become visible late, and rows change while pages are turned. Inside a run the
position of each page is kept, and serves only to go on after a cut. Rows are asked for with `>=`,
so some come twice; storing is an upsert and does not mind.

A list that leaves a change out for longer than the overlap (a cache, a copy of the database that
lags behind) is not caught by that. So the first run of a day goes back by the stream's `sweep`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from deskterm.contract import ContractBroken, Page, Start, StreamSpec
from deskterm.sync.ports import StreamState

_OLDEST_CLOCK = 2000


def begin(stream: StreamSpec, state: StreamState) -> StreamState:
    """The state at the start of a run: a cut run goes on, any other starts with a new mark."""
    if stream.style == "time" and state.position is None:
        return replace(state, start_mark=None)
    return state


def start_over(state: StreamState) -> StreamState:
    """The state of a time stream whose position the channel no longer knows."""
    return replace(state, position=None, start_mark=None)


def start_of(stream: StreamSpec, state: StreamState, now: datetime) -> Start:
    """What to hand to `Session.pull` at this time."""
    if stream.style == "token":
        return Start(cursor=state.cursor)
    since = state.since
    if since is not None and _is_first_of_day(state, now):
        since -= stream.sweep
    return Start(since=since, position=state.position)


def after_page(stream: StreamSpec, state: StreamState, page: Page) -> StreamState:
    """The state to store together with a page.

    Raises:
        ContractBroken: the page does not say where to go on from.
    """
    if stream.style == "token":
        if not isinstance(page.cursor, str) or not page.cursor:
            raise ContractBroken(f"a page of {stream.name} came without a cursor")
        return replace(state, cursor=page.cursor)
    if page.position is not None and not isinstance(page.position, str):
        raise ContractBroken(f"a page of {stream.name} came with a position that is not text")
    mark = state.start_mark or _mark(stream, page.server_time)
    return replace(state, position=page.position or state.position, start_mark=mark)


def after_end(stream: StreamSpec, state: StreamState, now: datetime) -> StreamState:
    """The state when a run is complete. A time run without a page has no mark and moves nothing."""
    if stream.style == "time" and state.start_mark is not None:
        since = state.start_mark - stream.overlap
        return StreamState(since=since, finished_at=now)
    return replace(state, position=None, start_mark=None, finished_at=now)


def place(state: StreamState) -> tuple[str | None, datetime | None, str | None]:
    """Where the next fetch of this stream begins; equal places mean that nothing moved."""
    return state.cursor, state.since, state.position


def _is_first_of_day(state: StreamState, now: datetime) -> bool:
    """Whether no run has ended on this day (UTC), whatever was restarted meanwhile."""
    ended = state.finished_at
    return ended is None or ended.astimezone(UTC).date() != now.astimezone(UTC).date()


def _mark(stream: StreamSpec, server_time: datetime | None) -> datetime:
    if server_time is None:
        raise ContractBroken(f"the first page of {stream.name} came without the channel's time")
    if server_time.tzinfo is None or server_time.year < _OLDEST_CLOCK:
        raise ContractBroken(f"the channel's time of {stream.name} is not a time we can use")
    return server_time.astimezone(UTC)

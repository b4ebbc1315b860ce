"""Row 21: equal time stamps over page ends, late rows, changes while paging, empty pages.

The history of each seed ends with the books of the channel and our rows side by side.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.support.fake_channel import TIME_SPEC, TimeSession, TokenSession
from tests.support.sync_rig import MakeSession, Rig
from tests.support.time_runs import live

RUNS = 2000
PARTS = 8

STYLES = pytest.mark.parametrize("session", [TokenSession, TimeSession])


@pytest.mark.slow
@pytest.mark.parametrize("part", range(PARTS))
async def test_no_history_ends_with_a_missing_or_stale_item(part: int) -> None:
    off = [seed for seed in range(part, RUNS, PARTS) if not (await live(seed)).is_level()]
    assert off == []


@pytest.mark.slow
async def test_the_same_histories_with_a_cursor_of_its_own() -> None:
    off = [seed for seed in range(250) if not (await live(seed, TokenSession)).is_level()]
    assert off == []


async def test_the_histories_are_hard_enough_to_catch_a_client_without_overlap() -> None:
    class NoOverlap(TimeSession):
        spec = replace(TIME_SPEC, streams=(replace(TIME_SPEC.streams[0], overlap=timedelta(0)),))

    off = [seed for seed in range(100) if not (await live(seed, NoOverlap)).is_level()]
    assert len(off) >= 5


@STYLES
@pytest.mark.parametrize("page_size", [1, 7, 100, 499, 500])
async def test_500_items_with_one_stamp_survive_every_page_end(
    session: MakeSession, page_size: int
) -> None:
    rig = Rig(session=session, page_size=page_size)
    rig.channel.put_many(500)
    await rig.engine(skip=True).sync_once()
    assert rig.is_level()
    assert len(rig.memory.rows) == 500


async def test_a_row_that_becomes_visible_late_is_found_by_the_next_run() -> None:
    rig = Rig(session=TimeSession)
    rig.channel.put("late", late_s=290)
    rig.clock.advance(1)
    rig.channel.put("seen")
    engine = rig.engine(skip=True)
    await engine.sync_once()
    assert rig.memory.revisions() == {"seen": 1}
    rig.clock.advance(300)
    await engine.sync_once()
    assert rig.memory.revisions() == {"seen": 1, "late": 1}


@STYLES
async def test_items_changed_while_the_pages_are_turned(session: MakeSession) -> None:
    rig = Rig(session=session, page_size=5, step=timedelta(seconds=1))
    rig.channel.put_many(40)
    ids = iter(sorted(rig.channel.items) * 2)

    def change() -> None:
        remote_id = next(ids, None)
        if remote_id is not None:
            rig.channel.put(remote_id, "changed while paging")

    rig.channel.between_pages = change
    engine = rig.engine(skip=True)
    await engine.sync_once()
    await engine.sync_once()
    assert rig.is_level()
    assert max(rig.memory.revisions().values()) >= 2


@STYLES
async def test_an_empty_page_with_a_next_token_is_not_the_end(session: MakeSession) -> None:
    rig = Rig(session=session, page_size=4, empty_every=2)
    rig.channel.put_many(30)
    await rig.engine(skip=True).sync_once()
    assert rig.is_level()


async def test_the_local_clock_has_no_say_in_where_a_run_begins() -> None:
    for error in (timedelta(hours=-3), timedelta(0), timedelta(days=4000)):
        rig = Rig(session=TimeSession, clock_error=error)
        rig.channel.put("x")
        await rig.engine(skip=True).sync_once()
        since = rig.memory.states[("shop", "messages")].since
        assert since == rig.channel.now() - timedelta(minutes=10)

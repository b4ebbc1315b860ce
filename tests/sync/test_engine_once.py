"""`sync_once`: everything is in, in order, once; and stage two is done."""

from __future__ import annotations

import asyncio

import pytest

from deskterm.contract import Page, SignInNeeded, Unavailable
from deskterm.domain.errors import UsageError
from deskterm.sync.ports import Progress, StreamState, SyncPolicy, Taken
from tests.support.fake_channel import (
    Failing,
    FakeChannel,
    TimeSession,
    TokenSession,
    TwoSession,
)
from tests.support.memory_intake import MemoryIntake
from tests.support.sync_rig import MakeSession, Rig


class SlowIntake(MemoryIntake):
    """Takes ten turns of the loop for a page."""

    async def take(self, account: str, stream: str, page: Page, state_after: StreamState) -> Taken:
        for _ in range(10):
            await asyncio.sleep(0)
        return await super().take(account, stream, page, state_after)


STYLES = pytest.mark.parametrize("session", [TokenSession, TimeSession])


@STYLES
async def test_everything_comes_in_and_a_second_sync_brings_nothing(session: MakeSession) -> None:
    rig = Rig(session=session)
    rig.channel.put_many(35)
    (first,) = await rig.engine(skip=True).sync_once()
    (second,) = await rig.engine(skip=True).sync_once()
    assert rig.is_level()
    assert (first.result, first.stored, first.pages) == ("ok", 35, 4)
    assert (second.result, second.stored, second.changed) == ("ok", 0, 0)
    assert first.bytes > 35 * 60
    assert first.health.state == "ok"


@STYLES
async def test_changes_and_empty_pages_and_repeats_come_in(session: MakeSession) -> None:
    rig = Rig(session=session, page_size=3, empty_every=2, repeats=True)
    rig.channel.put_many(20)
    engine = rig.engine(skip=True)
    await engine.sync_once()
    rig.clock.advance(60)
    rig.channel.put("m00003", "edited")
    rig.channel.put("new")
    (outcome,) = await engine.sync_once()
    assert rig.is_level()
    assert (outcome.stored, outcome.changed) == (1, 1)


async def test_stage_two_is_finished_before_it_returns() -> None:
    rig = Rig()
    rig.channel.put_many(35)
    await rig.engine(skip=True, policy=SyncPolicy(derive_batch=10)).sync_once()
    assert sorted(rig.memory.derived) == sorted(rig.channel.items)
    assert rig.memory.underived == []


async def test_only_the_named_accounts_are_synced_in_the_order_asked() -> None:
    rig = Rig("a", "b", "c")
    for channel in rig.channels.values():
        channel.put_many(3)
    outcomes = await rig.engine(skip=True).sync_once(["c", "a"])
    assert [outcome.account for outcome in outcomes] == ["c", "a"]
    assert rig.channels["b"].calls == []
    assert rig.is_level("a")
    assert rig.is_level("c")


async def test_an_unknown_account_is_refused_in_words() -> None:
    with pytest.raises(UsageError, match="no account 'nobody'"):
        await Rig().engine().sync_once(["nobody"])


async def test_all_streams_of_an_account_are_pulled() -> None:
    rig = Rig(session=TwoSession)
    notices = FakeChannel(rig.clock)
    rig.feeds["shop"]["notices"] = notices
    rig.channel.put_many(5)
    notices.put_many(7, prefix="n")
    await rig.engine(skip=True).sync_once()
    assert rig.memory.revisions() == rig.channel.truth() | notices.truth()


async def test_a_passing_failure_is_waited_out() -> None:
    rig = Rig(page_size=5)
    rig.channel.put_many(30)
    rig.channel.fail = Failing(lambda call: Unavailable("503"), lambda call: call.number in (3, 4))
    (outcome,) = await rig.engine(skip=True).sync_once()
    assert outcome.result == "ok"
    assert outcome.stored == 30
    assert rig.is_level()


async def test_a_lasting_failure_is_reported_within_the_patience() -> None:
    rig = Rig()
    rig.channel.fail = Failing(lambda call: Unavailable("503"))
    began = rig.clock.monotonic()
    (outcome,) = await rig.engine(skip=True, policy=SyncPolicy(patience_s=60)).sync_once()
    assert outcome.result == "failed"
    assert outcome.health.state in ("retrying", "paused")
    assert rig.clock.monotonic() - began <= 60


async def test_sign_in_is_not_tried_again() -> None:
    rig = Rig("a", "b")
    rig.open_errors["a"] = [SignInNeeded("the password was refused")]
    rig.channels["b"].put_many(3)
    first, second = await rig.engine(skip=True).sync_once()
    assert (first.result, first.health.state) == ("failed", "sign_in")
    assert "the password was refused" in first.health.text
    assert second.result == "ok"
    assert rig.opened.count("a") == 1


async def test_progress_is_told_after_each_page() -> None:
    told: list[Progress] = []
    rig = Rig()
    rig.channel.put_many(25)
    await rig.engine(skip=True, progress=told.append).sync_once()
    assert [(p.pages, p.stored) for p in told] == [(1, 10), (2, 20), (3, 25)]
    assert told[-1].account == "shop"


async def test_runs_are_noted_from_start_to_end() -> None:
    rig = Rig()
    rig.channel.put_many(3)
    (outcome,) = await rig.engine(skip=True).sync_once()
    assert list(rig.memory.runs.values()) == [outcome]


async def test_sessions_are_closed_at_the_end() -> None:
    rig = Rig("a", "b")
    await rig.engine(skip=True).sync_once()
    assert [channel.open_sessions for channel in rig.channels.values()] == [0, 0]


async def test_fetching_and_storing_overlap_within_the_bounds_of_the_queue() -> None:
    """While the first page is being stored others are fetched, but not without limit."""
    rig = Rig(page_size=1)
    rig.channel.put_many(50)
    lead: list[int] = []

    def note(take: int) -> None:
        lead.append(rig.channel.count() - take)

    intake = SlowIntake(rig.memory, before=note)
    await rig.engine(skip=True, intake=intake, policy=SyncPolicy(queue_depth=4)).sync_once()
    assert rig.is_level()
    assert 3 <= max(lead) <= 6


async def test_a_run_stops_at_its_limit_of_bytes_and_goes_on_when_asked() -> None:
    rig = Rig()
    rig.channel.put_many(100)
    engine = rig.engine(skip=True, policy=SyncPolicy(byte_limit=5000))
    (outcome,) = await engine.sync_once()
    assert (outcome.result, outcome.health.state) == ("failed", "paused")
    assert outcome.health.needs_us
    assert 0 < len(rig.memory.rows) < 100
    for _ in range(10):
        await engine.sync_once()
    assert rig.is_level()


async def test_a_connector_that_turns_in_a_circle_is_stopped() -> None:
    rig = Rig(empty_every=1)
    rig.channel.put_many(3)
    (outcome,) = await rig.engine(skip=True).sync_once()
    assert outcome.result == "failed"
    assert "circle" in outcome.health.text
    assert rig.channel.count() < 1000

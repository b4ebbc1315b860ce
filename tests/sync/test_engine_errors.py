"""What each error means for a stream, its account and the others."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from deskterm.contract import (
    ContractBroken,
    MessageRecord,
    NotFound,
    Page,
    RateLimited,
    Refused,
    Start,
    Unavailable,
    Unclear,
)
from deskterm.sync.engine import SyncEngine
from deskterm.sync.health import Health
from deskterm.sync.ports import StorageError, SyncPolicy, Taken
from tests.support.fake_channel import (
    SECRET,
    Call,
    Failing,
    FakeChannel,
    TimeSession,
    TokenSession,
    TwoSession,
)
from tests.support.memory_intake import MemoryIntake
from tests.support.sync_rig import MakeSession, Rig


def line(engine: SyncEngine, account: str = "shop") -> Health:
    health = engine.health(account)
    assert health is not None
    return health


@pytest.mark.parametrize("error", [Unavailable("503"), Unclear("reset while reading")])
async def test_a_passing_error_waits_longer_each_time_and_then_pauses(error: Exception) -> None:
    rig = Rig()
    rig.channel.fail = Failing(lambda call: error)
    engine = rig.engine()
    async with rig.running(engine):
        assert (line(engine).state, line(engine).failures) == ("retrying", 1)
        await rig.clock.run(30)
        assert line(engine).state == "paused"
        assert line(engine).until is not None
        calls = rig.channel.count()
        assert calls == 5
        await rig.clock.run(3600)
        assert rig.channel.count() - calls <= 8
        rig.channel.fail = None
        rig.channel.put("x")
        await rig.clock.run(905)
        assert line(engine) == Health()
        assert rig.is_level()


async def test_a_poke_ends_our_own_wait() -> None:
    rig = Rig()
    rig.channel.fail = Failing(lambda call: Unavailable("no network"))
    engine = rig.engine()
    async with rig.running(engine):
        await rig.clock.run(60)
        assert line(engine).state == "paused"
        rig.channel.fail = None
        engine.poke("shop")
        await rig.clock.run(1)
        assert line(engine).state == "ok"


async def test_a_poke_does_not_end_a_wait_that_the_channel_asked_for() -> None:
    rig = Rig()
    until = rig.clock.now() + timedelta(minutes=10)
    rig.channel.fail = Failing(lambda call: RateLimited("429", until), lambda c: c.number == 1)
    engine = rig.engine()
    async with rig.running(engine):
        for _ in range(59):
            engine.poke("shop")
            await rig.clock.run(10)
        assert rig.channel.count() == 1
        (asked,) = await engine.sync_once()
        assert (asked.result, asked.health.until) == ("failed", line(engine).until)
        await rig.clock.run(20)
        assert rig.channel.count() == 2
        assert line(engine).state == "ok"


async def test_a_limit_holds_for_everybody_who_works_for_the_account() -> None:
    rig = Rig()
    until = rig.clock.now() + timedelta(seconds=100)
    rig.channel.fail = Failing(lambda call: RateLimited("429", until))
    async with rig.running(rig.engine()):
        budget = rig.channel.sessions[0].context.budget
        began = rig.clock.monotonic()
        async with budget.take():
            assert rig.clock.monotonic() - began >= 100


@pytest.mark.parametrize("error", [ContractBroken("odd"), Refused("no"), KeyError("id")])
async def test_three_tries_on_one_page_and_the_account_is_broken_but_tries_on_slowly(
    error: Exception,
) -> None:
    rig = Rig(page_size=5)
    rig.channel.put_many(20)
    rig.channel.fail = Failing(lambda call: error, lambda call: len(rig.memory.rows) >= 10)
    engine = rig.engine(policy=SyncPolicy(slow_retry=timedelta(hours=1)))
    async with rig.running(engine):
        states = [line(engine).state]
        calls_then = rig.channel.count()
        await rig.clock.run(30, until=lambda: line(engine).state == "broken")
        states.append(line(engine).state)
        assert states == ["retrying", "broken"]
        assert rig.channel.count() == calls_then + 2
        cursor = rig.memory.states[("shop", "messages")].cursor
        assert len(rig.memory.rows) == 10
        await rig.clock.run(3600 * 3)
        assert rig.channel.count() <= calls_then + 2 + 3
        assert rig.memory.states[("shop", "messages")].cursor == cursor
        rig.channel.fail = None
        await rig.clock.run(3605)
        assert line(engine) == Health()
        assert rig.is_level()


async def test_an_error_that_moves_on_is_not_yet_broken() -> None:
    """Three failures at three places are progress."""
    rig = Rig(page_size=5)
    rig.channel.put_many(60)
    rig.channel.fail = Failing(lambda call: ContractBroken("odd"), lambda c: c.number % 3 == 0)
    engine = rig.engine()
    async with rig.running(engine):
        await rig.clock.run(30)
        assert line(engine).state == "ok"
        assert rig.is_level()
    assert "broken" not in {health.state for health in rig.memory.health["shop"]}


async def test_one_broken_stream_does_not_stop_the_other() -> None:
    rig = Rig(session=TwoSession)
    notices = rig.feeds["shop"]["notices"] = FakeChannel(rig.clock)
    rig.channel.fail = Failing(lambda call: ContractBroken("odd"))
    engine = rig.engine()
    async with rig.running(engine):
        notices.put("n1")
        await rig.clock.run(1300)
        assert rig.memory.revisions() == notices.truth()
        assert line(engine).state == "broken"
        notices.put("n2")
        await rig.clock.run(1300)
        assert rig.memory.revisions() == notices.truth()
        states = [health.state for health in rig.memory.health["shop"]]
        assert "syncing" not in states[states.index("broken") :]


async def test_a_session_is_opened_anew_after_an_error() -> None:
    rig = Rig()
    rig.channel.fail = Failing(lambda call: Unavailable("reset"), lambda call: call.number == 1)
    async with rig.running(rig.engine()):
        await rig.clock.run(10)
        assert rig.opened == ["shop", "shop"]
        assert rig.channel.open_sessions == 1


async def test_a_session_is_opened_anew_after_a_bad_page() -> None:
    """A pull that was torn may have left the connection in the middle of something."""
    rig = Rig()
    rig.channel.fail = Failing(lambda call: ContractBroken("odd"), lambda call: call.number == 1)
    async with rig.running(rig.engine()):
        await rig.clock.run(10)
        assert rig.opened == ["shop", "shop"]
        assert rig.channel.open_sessions == 1


async def test_only_failures_in_a_row_count() -> None:
    rig = Rig()
    every_other = Failing(
        lambda call: Unavailable("503"), lambda call: rig.channel.count() % 2 == 1
    )
    rig.channel.fail = every_other
    engine = rig.engine()
    async with rig.running(engine):
        for _ in range(6):
            await rig.clock.run(100)
            engine.poke("shop")
        await rig.clock.run(10)
    states = {(health.state, health.failures) for health in rig.memory.health["shop"]}
    assert states == {("retrying", 1), ("ok", 0)}
    assert every_other.hits >= 6


async def test_a_connector_that_cannot_be_opened_is_broken_after_three_tries() -> None:
    rig = Rig("a", "b")
    rig.open_errors["a"] = [ImportError("no module")] * 3
    rig.channels["b"].put("x")
    engine = rig.engine()
    async with rig.running(engine):
        await rig.clock.run(60)
        assert line(engine, "a").state == "broken"
        assert "ImportError" in line(engine, "a").text
        assert rig.is_level("b")
        await rig.clock.run(3600)
        assert line(engine, "a").state == "ok"


async def test_a_page_that_never_comes_is_given_up_at_the_deadline() -> None:
    class Dripping(TokenSession):
        async def list(self, feed: FakeChannel, start: Start, place: str | None) -> bytes:
            if place is not None:
                await asyncio.Event().wait()
            return await super().list(feed, start, place)

    rig = Rig(session=Dripping, page_size=5)
    rig.channel.put_many(10)
    engine = rig.engine(skip=True, policy=SyncPolicy(page_deadline_s=0.02, patience_s=0))
    (outcome,) = await engine.sync_once()
    assert outcome.stored == 5
    assert outcome.health.state == "retrying"
    assert "no answer" in outcome.health.text


async def test_a_cursor_that_the_channel_forgot_starts_the_run_over() -> None:
    class Forgetful(TimeSession):
        async def list(self, feed: FakeChannel, start: Start, place: str | None) -> bytes:
            if start.position is not None:
                raise NotFound("this position is gone")
            return await super().list(feed, start, place)

    rig = Rig(session=Forgetful, page_size=5)
    rig.channel.put_many(20)
    rig.channel.fail = Failing(lambda call: Unavailable("cut"), lambda call: call.number == 3)
    (outcome,) = await rig.engine(skip=True).sync_once()
    assert outcome.result == "ok"
    assert rig.is_level()


async def test_a_pull_that_is_left_is_closed_at_once() -> None:
    """A connector may hold a connection in its pull; the collector of garbage is too late."""
    ended: list[str] = []

    class Holding(TokenSession):
        async def pull(self, stream: str, start: Start) -> AsyncIterator[Page]:
            try:
                async for page in super().pull(stream, start):
                    yield page
            finally:
                for _ in range(30):
                    await asyncio.sleep(0)
                ended.append(stream)

        async def close(self) -> None:
            ended.append("session")

    class Unwilling(MemoryIntake):
        async def take(self, *page: object) -> Taken:
            for _ in range(100):  # until the queue is full and the pull stands still
                await asyncio.sleep(0)
            raise StorageError

    rig = Rig(session=Holding, page_size=1)
    rig.channel.put_many(20)
    intake = Unwilling(rig.memory)
    await rig.engine(skip=True, intake=intake, policy=SyncPolicy(patience_s=0)).sync_once()
    assert ended == ["messages", "session"]


@pytest.mark.parametrize("page", [None, "text", {"records": []}])
async def test_a_pull_that_gives_no_page_is_broken(page: object) -> None:
    class Odd(TokenSession):
        async def pull(self, stream: str, start: Start):  # type: ignore[no-untyped-def]
            yield page

    (outcome,) = await Rig(session=Odd).engine(skip=True).sync_once()
    assert outcome.result == "failed"
    assert "page was expected" in outcome.health.text


async def test_a_pull_that_is_no_iterator_is_broken() -> None:
    class Odd(TokenSession):
        def pull(self, stream: str, start: Start):  # type: ignore[no-untyped-def]
            return [Page(cursor="1")]

    (outcome,) = await Rig(session=Odd).engine(skip=True).sync_once()
    assert outcome.result == "failed"
    assert "TypeError" in outcome.health.text


async def test_a_connector_that_lets_its_own_cancel_escape_is_broken_and_hangs_nobody() -> None:
    rig = Rig()
    rig.channel.fail = Failing(lambda call: asyncio.CancelledError())
    async with asyncio.timeout(5):
        (outcome,) = await rig.engine(skip=True).sync_once()
    assert "CancelledError" in outcome.health.text


@pytest.mark.parametrize("session", [TokenSession, TimeSession])
@pytest.mark.parametrize("moment", ["before", "after"])
async def test_a_page_that_could_not_be_stored_is_fetched_again(
    session: MakeSession, moment: str
) -> None:
    rig = Rig(session=session, page_size=5)
    rig.channel.put_many(30)

    def fail_every_third(take: int) -> None:
        if take % 3 == 0:
            raise StorageError

    intake = MemoryIntake(rig.memory, **{moment: fail_every_third})
    (outcome,) = await rig.engine(skip=True, intake=intake).sync_once()
    assert outcome.result == "ok"
    assert rig.is_level()


async def test_items_set_aside_are_counted_and_stop_nothing() -> None:
    class Naive(TokenSession):
        def record(self, row: dict[str, Any]) -> MessageRecord:
            record = super().record(row)
            if not record.remote_id.endswith("5"):
                return record
            return replace(record, sent_at=record.sent_at.replace(tzinfo=None))

    rig = Rig(session=Naive)
    rig.channel.put_many(20)
    (outcome,) = await rig.engine(skip=True).sync_once()
    assert (outcome.result, outcome.stored, outcome.quarantined) == ("ok", 18, 2)


async def test_nothing_from_outside_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    rig = Rig()
    rig.channel.put("x", text=SECRET)
    errors = iter([ValueError(SECRET), Unavailable(SECRET), Refused(SECRET, SECRET, SECRET)])

    def fail(call: Call) -> BaseException | None:
        return next(errors, None)

    rig.channel.fail = fail
    (outcome,) = await rig.engine(skip=True).sync_once()
    assert outcome.result == "ok"
    assert len(caplog.records) >= 3
    assert SECRET not in caplog.text

"""The engine at work: due times, pokes, news from the channel, coming and going of accounts."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from deskterm.contract import Confirm, Page, SignInNeeded, Unavailable
from deskterm.sync.engine import SyncEngine
from deskterm.sync.ports import StorageFull, StreamState, SyncPolicy, Taken
from tests.support.fake_channel import (
    TOKEN_SPEC,
    Failing,
    FakeChannel,
    TimeSession,
    TokenSession,
    TwoSession,
)
from tests.support.memory_intake import MemoryIntake
from tests.support.sync_rig import Rig

EVERY_S = 300.0


def health_of(engine: SyncEngine, account: str = "shop") -> str:
    health = engine.health(account)
    return health.state if health else "none"


async def test_it_syncs_at_once_and_then_when_the_time_is_up() -> None:
    rig = Rig(session=TwoSession)
    notices = rig.feeds["shop"]["notices"] = FakeChannel(rig.clock)
    engine = rig.engine()
    async with rig.running(engine):
        assert (rig.channel.count(), notices.count()) == (1, 1)
        await rig.clock.run(EVERY_S - 1)
        assert (rig.channel.count(), notices.count()) == (1, 1)
        rig.channel.put("new")
        await rig.clock.run(2)
        assert rig.channel.count() == 2
        assert rig.memory.revisions() == {"new": 1}
        await rig.clock.run(1200)
        assert (rig.channel.count(), notices.count()) == (6, 2)


async def test_news_of_the_channel_is_a_hint_to_poll_now() -> None:
    rig = Rig()
    async with rig.running(rig.engine()):
        await rig.clock.run(60)
        rig.channel.put("new")
        rig.channel.ring()
        await rig.clock.settle()
        assert rig.is_level()
        assert rig.channel.count() == 2


async def test_a_poke_polls_now() -> None:
    rig = Rig(session=TwoSession)
    rig.feeds["shop"]["notices"] = FakeChannel(rig.clock)
    engine = rig.engine()
    async with rig.running(engine):
        await rig.clock.run(60)
        rig.channel.put("new")
        engine.poke("shop")
        await rig.clock.settle()
        assert rig.is_level()


async def test_a_flood_of_pokes_is_one_poll_a_second() -> None:
    rig = Rig()
    engine = rig.engine(policy=SyncPolicy(rest_s=1.0))
    async with rig.running(engine):
        for _ in range(100):
            engine.poke("shop")
            await rig.clock.run(0.1)
        assert rig.channel.count() <= 12


async def test_a_poke_during_a_pull_leads_to_another_one() -> None:
    """What was new after the page was listed must not wait for the next due time."""
    rig = Rig()

    def poke_once(take: int) -> None:
        if take == 1:
            rig.channel.put("later")
            engine.poke("shop")

    rig.channel.put("first")
    engine = rig.engine(intake=MemoryIntake(rig.memory, before=poke_once))
    async with rig.running(engine):
        await rig.clock.run(2)
        assert rig.is_level()


async def test_a_session_that_stops_waiting_too_early_does_not_spin() -> None:
    class Hasty(TokenSession):
        async def wait(self, stream: str, seconds: float) -> bool:
            await self.channel.called("wait")
            return False

    rig = Rig(session=Hasty)
    async with rig.running(rig.engine()):
        await rig.clock.run(10)
        calls = rig.channel.count("wait")
        for _ in range(50):
            await rig.clock.settle()
        assert rig.channel.count("wait") == calls
        await rig.clock.run(100)
        assert rig.channel.count("wait") <= calls + 101
        assert rig.channel.count() == 1


async def test_a_session_that_always_tells_of_news_is_polled_once_a_second() -> None:
    class Eager(TokenSession):
        async def wait(self, stream: str, seconds: float) -> bool:
            await self.channel.called("wait")
            return True

    rig = Rig(session=Eager)
    async with rig.running(rig.engine()):
        await rig.clock.run(100)
        assert 90 <= rig.channel.count() <= 110


async def test_a_channel_that_cannot_tell_of_news_is_still_polled() -> None:
    rig = Rig()
    rig.channel.fail = Failing(lambda call: ValueError("odd"), kinds=("wait",))
    engine = rig.engine()
    async with rig.running(engine):
        await rig.clock.run(3600)
        assert health_of(engine) == "ok"
        assert 12 <= rig.channel.count() <= 30
        assert rig.channel.count("wait") <= 30
        assert rig.channel.open_sessions <= 1


async def test_a_wait_that_never_ends_is_given_up() -> None:
    class Silent(TokenSession):
        async def wait(self, stream: str, seconds: float) -> bool:
            await asyncio.Event().wait()
            return True

    rig = Rig(session=Silent)
    async with rig.running(rig.engine()):
        rig.channel.put("new")
        await rig.clock.run(EVERY_S + 61)
        assert rig.is_level()


async def test_a_connection_lost_while_waiting_is_opened_again() -> None:
    rig = Rig()
    rig.channel.fail = Failing(
        lambda call: Unavailable("reset"), lambda call: rig.channel.count("wait") == 1, ("wait",)
    )
    engine = rig.engine()
    async with rig.running(engine):
        await rig.clock.run(10)
        rig.channel.put("new")
        rig.channel.ring()
        await rig.clock.settle()
        assert rig.is_level()
        assert rig.opened == ["shop", "shop"]
        assert rig.channel.open_sessions == 1


async def test_a_password_refused_while_waiting_stops_the_account() -> None:
    rig = Rig()
    rig.channel.fail = Failing(lambda call: SignInNeeded("expired"), kinds=("wait",))
    engine = rig.engine()
    async with rig.running(engine):
        await rig.clock.run(5)
        assert health_of(engine) == "sign_in"
        assert rig.channel.open_sessions == 0


@pytest.mark.parametrize(
    ("error", "state"),
    [(SignInNeeded("refused"), "sign_in"), (Confirm("all mails are gone", "empty"), "asks")],
)
async def test_what_takes_a_person_stops_that_account_until_a_poke(
    error: Exception, state: str
) -> None:
    rig = Rig("a", "b")
    rig.open_errors["a"] = [error]
    engine = rig.engine()
    async with rig.running(engine):
        await rig.clock.run(7200)
        assert health_of(engine, "a") == state
        assert rig.opened.count("a") == 1
        assert rig.channels["b"].count() >= 24
        rig.channels["a"].put("x")
        engine.poke("a")
        await rig.clock.settle()
        assert health_of(engine, "a") == "ok"
        assert rig.is_level("a")
        calls = rig.channels["a"].count()
        await rig.clock.run(3600)
        assert rig.channels["a"].count() - calls >= 11


async def test_a_question_carries_the_token_that_names_it() -> None:
    rig = Rig()
    rig.open_errors["shop"] = [Confirm("the folder is empty", token="inbox-1-2")]
    engine = rig.engine()
    async with rig.running(engine):
        health = engine.health("shop")
        assert health is not None
        assert (health.token, health.text) == ("inbox-1-2", "the folder is empty")


async def test_a_full_disk_stops_all_accounts_until_a_poke() -> None:
    rig = Rig("a", "b", session=TwoSession)
    for account in rig.channels:
        rig.feeds[account]["notices"] = FakeChannel(rig.clock)
    intake = MemoryIntake(rig.memory)
    engine = rig.engine(intake=intake)
    async with rig.running(engine):
        await rig.clock.run(10)
        intake.full = True
        rig.channels["a"].put("x")
        engine.poke("a")
        await rig.clock.settle()
        assert [health_of(engine, name) for name in "ab"] == ["paused", "paused"]
        health = engine.health("b")
        assert health is not None
        assert health.needs_us
        assert "disk is full" in health.text
        calls = rig.channels["b"].count()
        await rig.clock.run(7200)
        assert rig.channels["b"].count() == calls
        intake.full = False
        rig.channels["b"].put("y")
        engine.poke("b")
        await rig.clock.settle()
        assert rig.is_level("a")
        assert rig.is_level("b")
        assert [health_of(engine, name) for name in "ab"] == ["ok", "ok"]


async def test_a_full_disk_stops_a_pull_that_is_under_way_elsewhere() -> None:
    rig = Rig("a", "b", page_size=1)
    rig.channels["a"].put("x")
    rig.channels["b"].put_many(50)
    full_for = {"a"}

    class OneIsFull(MemoryIntake):
        async def take(
            self, account: str, stream: str, page: Page, state_after: StreamState
        ) -> Taken:
            if account in full_for:
                raise StorageFull
            await asyncio.sleep(0)
            return await super().take(account, stream, page, state_after)

    engine = rig.engine(intake=OneIsFull(rig.memory))
    async with rig.running(engine):
        await rig.clock.run(5)
        assert [health_of(engine, name) for name in "ab"] == ["paused", "paused"]
        assert len(rig.memory.rows) < 50
        full_for.clear()
        engine.poke()
        await rig.clock.run(5)
        assert rig.is_level("a")
        assert rig.is_level("b")
        calls = rig.channels["b"].count()
        await rig.clock.run(3600)
        assert rig.channels["b"].count() - calls >= 11


async def test_accounts_come_and_go_while_it_runs() -> None:
    rig = Rig("a")
    engine = rig.engine()
    async with rig.running(engine):
        rig.channels["b"] = FakeChannel(rig.clock)
        rig.feeds["b"] = {"messages": rig.channels["b"]}
        rig.channels["b"].put("x")
        engine.add_account("b")
        await rig.clock.settle()
        assert rig.is_level("b")
        await engine.remove_account("a")
        calls = rig.channels["a"].count()
        await rig.clock.run(3600)
        assert rig.channels["a"].count() == calls
        assert rig.channels["a"].open_sessions == 0
        assert engine.accounts == ("b",)


async def test_stopping_closes_every_session_and_ends_what_runs() -> None:
    rig = Rig("a", "b")
    engine = rig.engine()
    task = asyncio.create_task(engine.run_forever())
    await rig.clock.run(10)
    await engine.stop()
    await task
    assert not engine.running
    assert [channel.open_sessions for channel in rig.channels.values()] == [0, 0]


async def test_stopping_in_the_middle_of_a_pull_notes_a_cut_run() -> None:
    rig = Rig(page_size=1)
    rig.channel.put_many(50)
    stop: list[asyncio.Task[None]] = []

    def on_take(take: int) -> None:
        if take == 5:
            stop.append(asyncio.create_task(engine.stop()))

    engine = rig.engine(intake=MemoryIntake(rig.memory, after=on_take))
    await engine.run_forever()
    await stop[0]
    (run,) = rig.memory.runs.values()
    assert run is not None
    assert run.result == "cut"
    assert 5 <= run.stored < 50
    await rig.engine(skip=True).sync_once()
    assert rig.is_level()


async def test_a_session_that_does_not_close_does_not_hold_up_the_stop() -> None:
    class Clinging(TokenSession):
        async def close(self) -> None:
            await asyncio.Event().wait()

    rig = Rig(session=Clinging)
    engine = rig.engine(policy=SyncPolicy(close_deadline_s=0.01))
    task = asyncio.create_task(engine.run_forever())
    await rig.clock.run(1)
    async with asyncio.timeout(5):
        await engine.stop()
        await task


async def test_sync_once_while_it_runs_uses_the_same_session() -> None:
    rig = Rig()
    engine = rig.engine()
    async with rig.running(engine):
        await rig.clock.run(10)
        rig.channel.put("new")
        asked = asyncio.create_task(engine.sync_once())
        await rig.clock.run(5, until=asked.done)
        (outcome,) = await asked
        assert (outcome.result, outcome.stored) == ("ok", 1)
        assert rig.opened == ["shop"]
        assert rig.memory.underived == []


async def test_sync_once_is_answered_even_when_the_engine_stops() -> None:
    rig = Rig()
    engine = rig.engine()
    async with rig.running(engine):
        await rig.clock.run(0.2)
        asked = asyncio.create_task(engine.sync_once())
        await rig.clock.settle()
    (outcome,) = await asked
    assert outcome.result == "cut"


async def test_a_fault_of_ours_ends_one_account_in_words_and_a_poke_starts_it_anew() -> None:
    rig = Rig("a", "b")
    faults = iter([LookupError("customer text")])

    def break_a(take: int) -> None:
        for fault in faults:
            raise fault

    rig.channels["a"].put("x")
    engine = rig.engine(intake=MemoryIntake(rig.memory, before=break_a))
    async with rig.running(engine):
        await rig.clock.run(600)
        broken = [name for name in "ab" if health_of(engine, name) == "broken"]
        assert len(broken) == 1
        health = engine.health(broken[0])
        assert health is not None
        assert "LookupError" in health.text
        assert "customer text" not in health.text
        engine.poke(broken[0])
        await rig.clock.settle()
        assert [health_of(engine, name) for name in "ab"] == ["ok", "ok"]
        assert rig.is_level("a")


async def test_health_is_told_only_when_it_changes() -> None:
    rig = Rig()
    rig.channel.put("x")
    async with rig.running(rig.engine()):
        await rig.clock.run(7200)
    states = [health.state for health in rig.memory.health["shop"]]
    assert states == ["syncing", "ok"]


async def test_stage_two_goes_on_in_the_background_and_rests_beside_a_pull() -> None:
    rig = Rig(page_size=5)
    rig.channel.put_many(40)
    intake = MemoryIntake(rig.memory)
    async with rig.running(rig.engine(intake=intake, policy=SyncPolicy(derive_batch=5))):
        await rig.clock.run(60)
        assert len(rig.memory.derived) == 40
        rig.channel.put("later")
        rig.channel.ring()
        await rig.clock.run(5)
        assert "later" in rig.memory.derived


async def test_what_was_left_of_stage_two_is_taken_up_at_the_next_start() -> None:
    rig = Rig()
    rig.memory.underived = ["old"]
    async with rig.running(rig.engine()):
        await rig.clock.run(1)
        assert rig.memory.derived == ["old"]


@pytest.mark.parametrize("jump", [timedelta(hours=-1), timedelta(hours=1), timedelta(days=3650)])
async def test_a_wall_clock_that_jumps_moves_no_cursor_and_no_poll(jump: timedelta) -> None:
    rig = Rig(session=TimeSession)
    rig.channel.put_many(5)
    async with rig.running(rig.engine()):
        await rig.clock.run(10)
        before = rig.memory.states[("shop", "messages")].since
        rig.clock.step_wall(jump)
        rig.channel.clock_error -= jump
        calls = rig.channel.count()
        await rig.clock.run(200)
        assert rig.channel.count() == calls
        rig.channel.put("new")
        await rig.clock.run(200)
        assert rig.is_level()
        since = rig.memory.states[("shop", "messages")].since
        assert before is not None
        assert since is not None
        assert timedelta(0) < since - before < timedelta(minutes=10)


async def test_an_account_without_streams_rests_until_poked() -> None:
    class Quiet(TokenSession):
        spec = replace(TOKEN_SPEC, streams=(), capabilities=frozenset())

    rig = Rig(session=Quiet)
    engine = rig.engine()
    async with rig.running(engine):
        await rig.clock.run(7200)
        assert health_of(engine) == "ok"
        assert rig.opened == ["shop"]

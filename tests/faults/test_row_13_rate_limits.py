"""Row 13: 429 in all forms, a storm of 503, 500 on every third call.

Promised: waits are obeyed, nothing spins, the other accounts go on.
"""

from __future__ import annotations

from datetime import timedelta
from email.utils import format_datetime

import pytest

from deskterm.contract import RateLimited, Unavailable
from tests.support.fake_channel import (
    Call,
    Failing,
    FakeChannel,
    TimeSession,
    TokenSession,
    limited,
)
from tests.support.sync_rig import MakeSession, Rig

STYLES = pytest.mark.parametrize("session", [TokenSession, TimeSession])


def calls_between(channel: FakeChannel, since_s: float, until_s: float) -> int:
    began = channel.calls[0].at
    seconds = [(call.at - began).total_seconds() for call in channel.calls if call.kind == "list"]
    return sum(since_s <= second < until_s for second in seconds)


@STYLES
@pytest.mark.parametrize("form", ["seconds", "date"])
async def test_the_wait_that_is_asked_for_is_obeyed_to_the_second(
    session: MakeSession, form: str
) -> None:
    rig = Rig("a", "b", session=session)
    date = format_datetime(rig.clock.now() + timedelta(seconds=240), usegmt=True)
    header = "240" if form == "seconds" else date
    rig.channels["a"].fail = Failing(limited(header), lambda call: call.number == 1)
    rig.channels["a"].put("x")
    engine = rig.engine()
    async with rig.running(engine):
        health = engine.health("a")
        assert health is not None
        assert health.until is not None
        assert health.state == "retrying"
        await rig.clock.run(239)
        assert rig.channels["a"].count() == 1
        rig.channels["b"].put("y")
        rig.channels["b"].ring()
        await rig.clock.settle()
        assert rig.is_level("b")
        await rig.clock.run(8)
        assert rig.is_level("a")


async def test_a_wait_beyond_reason_is_cut_to_a_quarter_of_an_hour() -> None:
    rig = Rig()
    rig.channel.fail = Failing(limited("86400"), lambda call: call.number == 1)
    rig.channel.put("x")
    async with rig.running(rig.engine()):
        await rig.clock.run(899)
        assert rig.channel.count() == 1
        await rig.clock.run(10)
        assert rig.is_level()


@STYLES
@pytest.mark.parametrize("header", [None, "0", "soon", "-1", ""])
async def test_a_limit_without_a_usable_time_does_not_spin(
    session: MakeSession, header: str | None
) -> None:
    rig = Rig(session=session)
    rig.channel.fail = Failing(limited(header))
    engine = rig.engine()
    async with rig.running(engine):
        await rig.clock.run(600)
        assert 5 <= rig.channel.count() <= 12
        health = engine.health("shop")
        assert health is not None
        assert health.state == "paused"
        assert "429" in health.text
        assert health.until is not None


@STYLES
async def test_a_storm_of_503_for_ten_minutes(session: MakeSession) -> None:
    rig = Rig("a", "b", session=session, page_size=5)
    ends = rig.clock.now() + timedelta(minutes=10)
    rig.channels["a"].put_many(40)
    rig.channels["a"].fail = Failing(lambda call: Unavailable("503"), lambda call: call.at < ends)
    async with rig.running(rig.engine()):
        rig.channels["b"].put_many(40)
        await rig.clock.run(600)
        assert calls_between(rig.channels["a"], 0, 600) <= 12
        assert rig.is_level("b")
        await rig.clock.run(910)
        assert rig.is_level("a")
    assert rig.memory.health["a"][-1].state == "ok"


@STYLES
async def test_500_on_every_third_call_still_brings_everything(session: MakeSession) -> None:
    rig = Rig("a", "b", session=session, page_size=5)
    for channel in rig.channels.values():
        channel.put_many(100)
    rig.channels["a"].fail = Failing(lambda call: Unavailable("500"), lambda c: c.number % 3 == 0)
    async with rig.running(rig.engine()):
        await rig.clock.settle()
        assert rig.is_level("b")
        await rig.clock.run(60)
        assert rig.is_level("a")
        assert rig.channels["a"].count() <= 45
        assert calls_between(rig.channels["a"], 0, 1) <= 10


async def test_limits_in_the_middle_of_a_run_lose_and_repeat_nothing() -> None:
    """The 429 hits every n-th call, for every n: the books agree each time."""
    for every in range(2, 12):
        rig = Rig(session=TimeSession, page_size=3)
        rig.channel.put_many(40)

        def fail(call: Call, every: int = every) -> RateLimited | None:
            return limited("7")(call) if call.number % every == 0 else None

        rig.channel.fail = fail
        async with rig.running(rig.engine()):
            await rig.clock.run(400)
            assert rig.is_level()
            assert rig.channel.calls[every].at >= rig.channel.calls[every - 1].at + timedelta(
                seconds=7
            )

"""Killed at every point of a sync, one after the other: the books agree each time.

"Killed" abandons the engine; a new one starts on what was committed. The loop over n goes on
until a whole sync passes without reaching its n-th point, so that no point is left out.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from deskterm.contract import ConnectorError, Unavailable, Unclear
from tests.support.fake_channel import Call, TimeSession, TokenSession
from tests.support.memory_intake import Killed, MemoryIntake
from tests.support.sync_rig import MakeSession, Rig

STYLES = pytest.mark.parametrize("session", [TokenSession, TimeSession])


def busy(session: MakeSession) -> Rig:
    """A rig that has synced once and has changes waiting."""
    rig = Rig(session=session, page_size=4, repeats=True)
    rig.channel.put_many(10)
    return rig


async def _first_sync_and_changes(rig: Rig) -> None:
    await rig.engine(skip=True).sync_once()
    rig.clock.advance(1200)
    for number in range(0, 30, 2):
        rig.channel.put(f"m{number:05d}", "changed")


async def _is_killed(rig: Rig, intake: MemoryIntake) -> bool:
    try:
        await rig.engine(skip=True, intake=intake).sync_once()
    except* Killed:
        pass
    return intake.dead


async def _settle(rig: Rig) -> None:
    for _ in range(2):
        rig.clock.advance(60)
        await rig.engine(skip=True).sync_once()


@STYLES
@pytest.mark.parametrize("moment", ["before", "after"])
async def test_killed_around_every_commit(session: MakeSession, moment: str) -> None:
    n, killed = 0, True
    while killed:
        n += 1
        rig = busy(session)
        await _first_sync_and_changes(rig)

        def hook(take: int, n: int = n) -> None:
            if take == n:
                raise Killed

        killed = await _is_killed(rig, MemoryIntake(rig.memory, **{moment: hook}))
        await _settle(rig)
        assert rig.is_level(), n
    assert n >= 5


@STYLES
async def test_killed_around_every_commit_three_times_in_a_row(session: MakeSession) -> None:
    for n in range(1, 8):
        rig = busy(session)
        await _first_sync_and_changes(rig)
        for again in range(3):

            def hook(take: int, at: int = n - again) -> None:
                if take == at:
                    raise Killed

            await _is_killed(rig, MemoryIntake(rig.memory, after=hook))
        await _settle(rig)
        assert rig.is_level(), n


@STYLES
@pytest.mark.parametrize(
    "make", [lambda: Unavailable("refused"), lambda: Unclear("reset at byte n")]
)
async def test_every_call_fails_once(
    session: MakeSession, make: Callable[[], ConnectorError]
) -> None:
    n, hit = 0, True
    while hit:
        n, hit = n + 1, False
        rig = busy(session)
        await _first_sync_and_changes(rig)
        done = len(rig.channel.calls)

        def fail(call: Call, n: int = n, done: int = done) -> ConnectorError | None:
            nonlocal hit
            if call.number != done + n:
                return None
            hit = True
            return make()

        rig.channel.fail = fail
        (outcome,) = await rig.engine(skip=True).sync_once()
        assert outcome.result == "ok"
        await _settle(rig)
        assert rig.is_level(), n
    assert n >= 4


@STYLES
async def test_a_cut_run_goes_on_where_it_was_and_does_not_begin_again(
    session: MakeSession,
) -> None:
    rig = Rig(session=session, page_size=10)
    rig.channel.put_many(200)

    def hook(take: int) -> None:
        if take == 15:
            raise Killed

    await _is_killed(rig, MemoryIntake(rig.memory, after=hook))
    calls = rig.channel.count()
    await rig.engine(skip=True).sync_once()
    assert rig.is_level()
    assert rig.channel.count() - calls <= 6

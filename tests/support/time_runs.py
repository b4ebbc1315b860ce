"""Seeded histories of a paged "changed since" channel and an engine that lives through them."""

from __future__ import annotations

import random
from datetime import timedelta

from deskterm.contract import ConnectorError, Unavailable, Unclear
from deskterm.sync.ports import StorageError
from tests.support.fake_channel import Call, TimeSession
from tests.support.memory_intake import Killed, MemoryIntake
from tests.support.sync_rig import MakeSession, Rig

#: Rows become visible at most that late (seconds): half the default overlap.
LATEST_S = 300.0


async def live(seed: int, session: MakeSession = TimeSession) -> Rig:
    """A few syncs of a busy channel with faults, then two quiet ones.

    Between and during the syncs items appear, change, and become visible late; calls fail,
    storing fails, and the process is killed, all by the seed.
    """
    rng = random.Random(seed)
    rig = Rig(
        session=session,
        page_size=rng.randint(1, 6),
        empty_every=rng.choice([0, 0, 2, 3]),
        repeats=rng.random() < 0.3,
        clock_error=timedelta(seconds=rng.randint(-7200, 7200)),
        step=timedelta(seconds=rng.choice([0, 1, 20])),
    )
    stirs = iter(range(30))  # a channel that writes faster than we read has no last page

    def stir() -> None:
        if next(stirs, None) is not None:
            _happen(rig, rng, rng.randint(0, 2))

    rig.channel.between_pages = stir
    for _ in range(rng.randint(2, 4)):
        _happen(rig, rng, rng.randint(0, 12))
        rig.clock.advance(rng.choice([0.0, 1.0, 60.0, 1200.0]))
        await _sync_with_faults(rig, rng)
    rig.channel.between_pages = None
    rig.channel.fail = None
    rig.clock.advance(LATEST_S + 1)
    for _ in range(2):
        await rig.engine(skip=True, seed=seed).sync_once()
    return rig


def _happen(rig: Rig, rng: random.Random, times: int) -> None:
    channel = rig.channel
    for _ in range(times):
        known = sorted(channel.items)
        remote_id = rng.choice(known) if known and rng.random() < 0.4 else f"m{len(known):04d}"
        late_s = rng.uniform(0, LATEST_S) if rng.random() < 0.3 else 0.0
        channel.put(remote_id, f"text {rng.random()}", late_s=late_s)
        if rng.random() < 0.5:
            rig.clock.advance(rng.uniform(0, 3))


async def _sync_with_faults(rig: Rig, rng: random.Random) -> None:
    at = rng.randint(1, 6)
    calls_before = len(rig.channel.calls)
    fault = rng.choice(["none", "call", "before", "after", "kill before", "kill after"])

    def fail(call: Call) -> ConnectorError | None:
        if fault != "call" or call.number - calls_before != at:
            return None
        return rng.choice([Unavailable("503"), Unclear("reset")])

    def hook(take: int) -> None:
        if take == at:
            raise Killed if fault.startswith("kill") else StorageError

    rig.channel.fail = fail
    intake = MemoryIntake(
        rig.memory,
        before=hook if fault.endswith("before") else None,
        after=hook if fault.endswith("after") else None,
    )
    try:
        await rig.engine(intake=intake, skip=True, seed=rng.randint(0, 9)).sync_once()
    except BaseExceptionGroup as group:
        killed, others = group.split(Killed)
        if killed is None or others is not None:
            raise

"""Row 22: the same item by push and by poll, pushes out of order and repeated: one item."""

from __future__ import annotations

import random

import pytest

from tests.support.fake_channel import TimeSession, TokenSession
from tests.support.sync_rig import MakeSession, Rig

STYLES = pytest.mark.parametrize("session", [TokenSession, TimeSession])


@STYLES
async def test_pushes_repeated_and_late_give_one_item_each(session: MakeSession) -> None:
    rig = Rig(session=session, page_size=3, repeats=True)
    engine = rig.engine()
    rng = random.Random(22)
    async with rig.running(engine):
        for number in range(60):
            rig.channel.put(f"m{rng.randint(0, 20):02d}", f"text {number}")
            for _ in range(rng.randint(0, 3)):
                if rng.random() < 0.5:
                    rig.channel.ring()
                else:
                    engine.poke("shop")
            await rig.clock.run(rng.choice([0.0, 0.3, 2.0, 400.0]))
        await rig.clock.run(700)
        assert rig.is_level()
        rows, derived = len(rig.memory.rows), len(rig.memory.derived)
        for _ in range(5):
            rig.channel.ring()
            engine.poke("shop")
            await rig.clock.run(10)
        assert (len(rig.memory.rows), len(rig.memory.derived)) == (rows, derived)
        assert rig.is_level()


@STYLES
async def test_a_push_before_its_item_can_be_seen_loses_nothing(session: MakeSession) -> None:
    rig = Rig(session=session)
    async with rig.running(rig.engine()):
        await rig.clock.run(10)
        rig.channel.put("x", late_s=30)
        rig.channel.ring()
        await rig.clock.run(5)
        assert rig.memory.rows == {}
        await rig.clock.run(400)
        assert rig.is_level()


async def test_a_push_during_the_poll_of_the_same_item_gives_one_item() -> None:
    rig = Rig(page_size=1)
    engine = rig.engine()
    rig.channel.put_many(10)
    rig.channel.between_pages = lambda: engine.poke("shop")
    async with rig.running(engine):
        await rig.clock.run(5)
        assert rig.is_level()
        (first, *later) = [run for run in rig.memory.runs.values() if run is not None]
        assert first.stored == 10
        assert sum(run.stored + run.changed for run in later) == 0

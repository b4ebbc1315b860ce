"""The token bucket: no more calls than allowed, in order, and the channel's word counts."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from deskterm.contract import Budget, RateHint
from deskterm.sync.rate import HOLD_CAP_S, RateBudget
from tests.support.manual_clock import ManualClock


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock()


def budget(clock: ManualClock, burst: int = 5, per_second: float = 2.0) -> RateBudget:
    return RateBudget(RateHint(burst, per_second), clock, clock.sleep)


async def spend(budget: Budget, times: int, calls: int = 1) -> None:
    for _ in range(times):
        async with budget.take(calls):
            pass


async def seconds_for(clock: ManualClock, budget: Budget, times: int, calls: int = 1) -> float:
    began = clock.monotonic()
    task = asyncio.create_task(spend(budget, times, calls))
    await clock.run(3600, until=task.done)
    assert task.done()
    return clock.monotonic() - began


async def test_the_burst_is_free_and_the_rest_comes_at_the_rate(clock: ManualClock) -> None:
    bucket = budget(clock)
    assert await seconds_for(clock, bucket, 5) == 0
    assert await seconds_for(clock, bucket, 10) == pytest.approx(5.0)


async def test_a_rest_fills_the_bucket_and_no_further(clock: ManualClock) -> None:
    bucket = budget(clock)
    await spend(bucket, 5)
    clock.advance(1000)
    assert await seconds_for(clock, bucket, 6) == pytest.approx(0.5)


async def test_all_workers_share_it_and_the_first_to_ask_goes_first(clock: ManualClock) -> None:
    bucket, order = budget(clock, burst=1, per_second=1.0), []

    async def worker(name: str, calls: int) -> None:
        async with bucket.take(calls):
            order.append((name, clock.monotonic()))

    began = clock.monotonic()
    workers = [asyncio.create_task(worker(name, 1)) for name in "abcd"]
    await clock.run(60, until=lambda: len(order) == 4)
    assert [name for name, _ in order] == list("abcd")
    assert [at - began for _, at in order] == pytest.approx([0, 1, 2, 3])
    await asyncio.gather(*workers)


async def test_more_calls_than_the_bucket_holds_are_possible_and_paid_for(
    clock: ManualClock,
) -> None:
    bucket = budget(clock, burst=5, per_second=1.0)
    assert await seconds_for(clock, bucket, 1, calls=12) == 0
    assert await seconds_for(clock, bucket, 1) == pytest.approx(8.0)


async def test_the_channel_can_lower_the_count_and_never_raises_it(clock: ManualClock) -> None:
    bucket = budget(clock)
    bucket.learn(remaining=1, resets_at=None)
    bucket.learn(remaining=4000, resets_at=None)
    bucket.learn(remaining=None, resets_at=None)
    assert await seconds_for(clock, bucket, 2) == pytest.approx(0.5)


async def test_nothing_left_waits_for_the_reset(clock: ManualClock) -> None:
    bucket = budget(clock)
    bucket.learn(remaining=0, resets_at=clock.now() + timedelta(seconds=90))
    assert await seconds_for(clock, bucket, 1) == pytest.approx(90)


@pytest.mark.parametrize(
    ("offset", "waited"), [(timedelta(days=3650), HOLD_CAP_S), (timedelta(hours=-1), 0.5)]
)
async def test_a_reset_far_off_or_past_does_not_stop_the_account(
    clock: ManualClock, offset: timedelta, waited: float
) -> None:
    bucket = budget(clock)
    bucket.learn(remaining=0, resets_at=clock.now() + offset)
    assert await seconds_for(clock, bucket, 1) == pytest.approx(waited)


async def test_a_reset_learnt_while_waiting_is_obeyed(clock: ManualClock) -> None:
    bucket = budget(clock, burst=1, per_second=1.0)
    await spend(bucket, 1)
    task = asyncio.create_task(spend(bucket, 1))
    await clock.settle()
    bucket.learn(remaining=0, resets_at=clock.now() + timedelta(seconds=30))
    await clock.run(29)
    assert not task.done()
    await clock.run(2)
    assert task.done()


async def test_who_gives_up_waiting_does_not_block_the_others(clock: ManualClock) -> None:
    bucket = budget(clock, burst=1, per_second=1.0)
    await spend(bucket, 1)
    first = asyncio.create_task(spend(bucket, 1))
    second = asyncio.create_task(spend(bucket, 1))
    await clock.settle()
    first.cancel()
    await clock.run(1.5)
    assert second.done()
    assert first.cancelled()

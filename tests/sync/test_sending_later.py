"""The sender and the times that agents set: later, and not now."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from deskterm.sync.sender import Sender
from tests.sync.test_sender_model import Channel, Stand

TEXT = "It is back in stock on Monday."
TRIES = 2_000


@pytest.fixture
def channel() -> Channel:
    return Channel(read_back=None)


async def until(condition: Callable[[], bool]) -> None:
    for _ in range(TRIES):
        if condition():
            return
        await asyncio.sleep(0.002)
    raise AssertionError("it did not come")


async def working(sender: Sender, then: Callable[[], bool]) -> None:
    """Let a sender work until something is so."""
    running = asyncio.create_task(sender.run())
    try:
        await until(then)
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


def later(stand: Stand, when: str) -> str:
    return str(stand.desk.one("ticket.reply", stand.desk.open(), text=TEXT, send_at=when)["item"])


async def test_it_leaves_at_its_time_and_not_before(tmp_path: Path, channel: Channel) -> None:
    stand = Stand(tmp_path, None)
    uid = later(stand, "3h")
    await working(stand.sender(channel), lambda: stand.state(uid) == "sent")
    item = stand.desk.item(uid)
    assert item["started_at"] >= item["send_at"]
    assert channel.taken.total() == 1
    stand.desk.close()


async def test_it_leaves_late_where_nobody_worked_at_its_time(
    tmp_path: Path, channel: Channel
) -> None:
    stand = Stand(tmp_path, None)
    uid = later(stand, "3h")
    stand.desk.clock.advance(timedelta(days=2))
    await working(stand.sender(channel), lambda: stand.state(uid) == "sent")
    assert channel.taken.total() == 1
    stand.desk.close()


async def test_draining_sends_what_is_due_and_waits_for_nothing_else(
    tmp_path: Path, channel: Channel
) -> None:
    stand = Stand(tmp_path, None)
    due, other = later(stand, "3h"), later(stand, "2d")
    stand.desk.clock.advance(timedelta(hours=4))
    sender = stand.sender(channel)
    drained = asyncio.create_task(sender.drained())
    await working(sender, drained.done)
    assert (stand.state(due), stand.state(other)) == ("sent", "scheduled")
    stand.desk.close()


async def test_nothing_leaves_while_sending_is_stopped(tmp_path: Path, channel: Channel) -> None:
    stand = Stand(tmp_path, None)
    stand.desk.do("outbox.pause")
    uid = str(stand.desk.one("ticket.reply", stand.desk.open(), text=TEXT)["item"])
    start = stand.desk.clock.now()
    sender = stand.sender(channel)
    await working(sender, lambda: stand.desk.clock.now() > start + timedelta(hours=2))
    assert stand.state(uid) == "queued"
    drained = asyncio.create_task(sender.drained())
    await working(sender, drained.done)
    assert channel.taken.total() == 0
    stand.desk.do("outbox.resume")
    await working(stand.sender(channel), lambda: stand.state(uid) == "sent")
    assert channel.taken.total() == 1
    stand.desk.close()


async def test_a_stop_that_comes_while_a_reply_is_about_to_leave_counts(
    tmp_path: Path, channel: Channel
) -> None:
    stand = Stand(tmp_path, None)
    uid = str(stand.desk.one("ticket.reply", stand.desk.open(), text=TEXT)["item"])
    stand.desk.queue(uid)
    item = stand.desk.item(uid)
    stand.desk.do("outbox.pause")
    sender = stand.sender(channel)
    await sender._deliver(item["id"])
    assert stand.state(uid) == "queued"
    assert channel.taken.total() == 0
    stand.desk.close()

"""The outbox against every short sequence of faults, through the real sender and database.

Each try of a reply meets one fault: the line is lost before or after the channel took it, the
channel refuses, cannot be reached, or the office is killed before or after the channel took it.
All sequences of up to three faults are run, followed by tries that work.
"""

from __future__ import annotations

import asyncio
import itertools
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import ClassVar, Literal

import pytest

from deskterm.contract import (
    Capability,
    CheckReport,
    ConnectorSpec,
    Page,
    ReadBack,
    Receipt,
    Refused,
    Reply,
    SentMatch,
    SentProbe,
    Session,
    Start,
    Unavailable,
    Unclear,
)
from deskterm.sync.courier import Courier
from deskterm.sync.sender import Sender
from tests.support.desk import TestDesk
from tests.support.session_context import session_context

Fault = Literal["lost_before", "lost_after", "refused", "away", "kill_before", "kill_after"]
FAULTS: tuple[Fault, ...] = (
    "lost_before",
    "lost_after",
    "refused",
    "away",
    "kill_before",
    "kill_after",
)
SEQUENCES = [s for n in range(4) for s in itertools.product(FAULTS, repeat=n)]
ENDS = ("sent", "needs_edit", "ask_agent")


class Killed(BaseException):
    """The office was killed: nothing after this line of it runs."""


@dataclass
class Channel:
    """A channel with a ledger of what it took, and a fault for each coming try."""

    read_back: ReadBack | None
    faults: list[Fault] = field(default_factory=list)
    taken: Counter[str] = field(default_factory=Counter)
    killed: asyncio.Event = field(default_factory=asyncio.Event)


class ChannelSession(Session):
    spec: ClassVar[ConnectorSpec] = ConnectorSpec(
        "email", "E-mail", (), frozenset({Capability.SEND_REPLY})
    )
    channel: Channel

    async def check(self) -> CheckReport:
        return CheckReport(())

    async def pull(self, stream: str, start: Start) -> AsyncIterator[Page]:
        yield Page()

    async def close(self) -> None:
        return None

    async def send(self, reply: Reply) -> Receipt:
        channel = self.channel
        fault = channel.faults.pop(0) if channel.faults else None
        if fault in ("lost_after", "kill_after", None):
            channel.taken[reply.key] += 1
        if fault in ("kill_before", "kill_after"):
            channel.killed.set()
            raise Killed
        if fault in ("lost_before", "lost_after"):
            raise Unclear("the line was lost")
        if fault == "refused":
            raise Refused("no such conversation")
        if fault == "away":
            raise Unavailable("nobody answers")
        return Receipt(f"sent:{reply.key}", self.context.clock.now())

    async def find_sent(self, probe: SentProbe) -> SentMatch | None:
        found = self.channel.taken[probe.key] > 0
        return SentMatch(f"seen:{probe.key}") if found else None

    def read_back(self) -> ReadBack:
        assert self.channel.read_back is not None
        return self.channel.read_back


class Stand:
    """One database, many replies: each sequence gets a ticket of its own."""

    def __init__(self, folder: Path, read_back: ReadBack | None) -> None:
        self.desk = TestDesk(folder, hold_s=0)
        self.read_back = read_back

    def sender(self, channel: Channel) -> Sender:
        looks = {Capability.FIND_SENT} if channel.read_back else set()
        spec = replace(ChannelSession.spec, capabilities=ChannelSession.spec.capabilities | looks)
        kind = type("OneSession", (ChannelSession,), {"spec": spec, "channel": channel})

        async def open_session(account: str) -> Session:
            session: Session = kind(session_context({}, clock=self.desk.clock))
            return session

        async def pass_time(seconds: float) -> None:
            self.desk.clock.advance(max(0.0, seconds))
            await asyncio.sleep(0.001)

        return Sender(
            self.desk.writer,
            self.connection,
            self.desk.desk,
            Courier(open_session),
            lambda _: None,
            self.desk.clock,
            sleep=pass_time,
            rng=Random(1),
        )

    def connection(self) -> sqlite3.Connection:
        from deskterm.store.connect import connect

        return connect(self.desk.path)

    async def outcome(self, faults: Sequence[Fault]) -> tuple[str, int]:
        """The state a reply ends in, and how often the channel took it."""
        channel = Channel(self.read_back, list(faults))
        ref = self.desk.open(sender=f"c{id(channel)}@mail.example")
        item = str(self.desk.one("ticket.reply", ref, text=f"It is on its way, {ref}.")["item"])
        async with asyncio.timeout(60):
            while self.state(item) not in ENDS:
                await self.one_office(channel, item)
        return self.state(item), channel.taken.total()

    async def one_office(self, channel: Channel, item: str) -> None:
        """Work until the reply has come to an end, or the office is killed."""
        channel.killed.clear()
        running = asyncio.create_task(self.sender(channel).run())
        try:
            while self.state(item) not in ENDS and not channel.killed.is_set():  # noqa: ASYNC110 - the state is a row
                await asyncio.sleep(0.002)
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

    def state(self, item: str) -> str:
        row = self.desk.reading.execute(
            "SELECT state FROM outbox_items WHERE uid = ?", (item,)
        ).fetchone()
        return str(row[0])


def parts(count: int) -> list[list[tuple[Fault, ...]]]:
    return [SEQUENCES[number::count] for number in range(count)]


@pytest.mark.parametrize("sequences", parts(4), ids=lambda _: "part")
async def test_a_channel_that_can_be_read_back(
    tmp_path: Path, sequences: list[tuple[Fault, ...]]
) -> None:
    """Nothing goes twice, nothing that went is called failed, and nobody is asked."""
    stand = Stand(tmp_path, ReadBack(reliable=True, settle=timedelta(seconds=90)))
    for faults in sequences:
        state, taken = await stand.outcome(faults)
        assert (state, taken) in (("sent", 1), ("needs_edit", 0)), faults
        assert state == "sent" or "refused" in faults
    stand.desk.close()


@pytest.mark.parametrize(
    "read_back", [None, ReadBack(reliable=False, looks=1)], ids=["none", "hint"]
)
@pytest.mark.parametrize("sequences", parts(2), ids=lambda _: "part")
async def test_a_channel_that_cannot_be_read_back(
    tmp_path: Path, sequences: list[tuple[Fault, ...]], read_back: ReadBack | None
) -> None:
    """What cannot be known is asked; it is never guessed."""
    stand = Stand(tmp_path, read_back)
    for faults in sequences:
        state, taken = await stand.outcome(faults)
        assert taken <= 1, faults
        if state != "ask_agent":
            assert (state, taken) in (("sent", 1), ("needs_edit", 0)), faults
        unclear = {"lost_before", "lost_after", "kill_before", "kill_after"}
        before_end = list(itertools.takewhile(lambda f: f != "refused", faults))
        if not unclear & set(before_end):
            assert state != "ask_agent", faults
    stand.desk.close()

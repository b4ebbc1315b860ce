"""Row 14, for the engine: answers that are no answers.

Promised: that page fails, the cursor does not move, the other accounts go on, and all is well
when the channel is. What a real HTTP client adds (size, deadline) is tested with the connectors.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from tests.support.fake_channel import Call, TimeSession, TokenSession
from tests.support.sync_rig import MakeSession, Rig

Alter = Callable[[bytes], bytes]


def rows(change: Callable[[dict[str, Any]], None]) -> Alter:
    """Change each row of an answer."""

    def alter(raw: bytes) -> bytes:
        body = json.loads(raw)
        for row in body["rows"]:
            change(row)
        return json.dumps(body).encode()

    return alter


def top(**changes: object) -> Alter:
    """Change fields of an answer."""
    return lambda raw: json.dumps(json.loads(raw) | changes).encode()


BAD: dict[str, Alter] = {
    "html": lambda raw: b"<html><body>Please wait</body></html>",
    "empty": lambda raw: b"",
    "cut": lambda raw: raw[: len(raw) // 2],
    "not utf-8": lambda raw: b"\xff\xfe" + raw,
    "list for object": lambda raw: b"[" + raw + b"]",
    "null": lambda raw: b"null",
    "number": lambda raw: b"7",
    "text for rows": top(rows="many"),
    "rows missing": top(rows=None),
    "NaN for a time": rows(lambda row: row.update(updated_at=float("nan"))),
    "no date": rows(lambda row: row.update(updated_at="yesterday")),
    "date without zone": rows(lambda row: row.update(updated_at="2026-11-02T08:00:00")),
    "field missing": rows(lambda row: row.pop("thread")),
    "10,000 deep": lambda raw: b"[" * 10_000 + b"]" * 10_000,
}
STYLES = pytest.mark.parametrize("session", [TokenSession, TimeSession])


@STYLES
@pytest.mark.parametrize("bad", BAD)
async def test_that_page_fails_and_nothing_else_does(session: MakeSession, bad: str) -> None:
    rig = Rig("a", "b", session=session, page_size=5)
    channel = rig.channels["a"]
    for each in rig.channels.values():
        each.put_many(20)

    def after_two_pages(raw: bytes) -> bytes:
        return BAD[bad](raw) if channel.count() > 2 else raw

    channel.alter = after_two_pages
    engine = rig.engine()
    async with rig.running(engine):
        await rig.clock.run(60)
        assert len(rig.memory.revisions("a")) == 10
        state = rig.memory.states[("a", "messages")]
        await rig.clock.run(3700)
        assert rig.memory.states[("a", "messages")] == state
        health = engine.health("a")
        assert health is not None
        assert (health.state, health.failures >= 3) == ("broken", True)
        assert channel.count() <= 2 + 5
        assert rig.is_level("b")
        channel.alter = None
        engine.poke("a")
        await rig.clock.run(5)
        assert rig.is_level("a")
        health = engine.health("a")
        assert health is not None
        assert health.state == "ok"


@STYLES
async def test_a_bad_answer_at_every_n_th_call_loses_nothing(session: MakeSession) -> None:
    """For each n until the fault is never reached: only that call is bad."""
    n = hits = 0
    while hits == n:
        n += 1
        rig = Rig(session=session, page_size=5)
        rig.channel.put_many(30)
        fired: list[Call] = []

        def alter(raw: bytes, rig: Rig = rig, n: int = n, fired: list[Call] = fired) -> bytes:
            if rig.channel.count() != n:
                return raw
            fired.append(rig.channel.calls[-1])
            return b"<html>"

        rig.channel.alter = alter
        await rig.engine(skip=True).sync_once()
        assert rig.is_level(), n
        hits += len(fired)
    assert n >= 6


@STYLES
async def test_five_megabytes_in_one_field_come_in_whole(session: MakeSession) -> None:
    rig = Rig(session=session)
    rig.channel.put("big", "x" * 5_000_000)
    rig.channel.put("small")
    (outcome,) = await rig.engine(skip=True).sync_once()
    assert rig.is_level()
    assert outcome.bytes > 5_000_000

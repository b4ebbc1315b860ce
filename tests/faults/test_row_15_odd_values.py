"""Row 15, for the engine: values that nobody announced pass through, or cost one item.

Promised: stored; what cannot be read fails that item only. Mapping such values to words is the
connector's part, showing them the screen's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from deskterm.contract import MessageRecord, Page
from tests.support.fake_channel import FakeChannel, TimeSession, TokenSession
from tests.support.sync_rig import MakeSession, Rig


@pytest.mark.parametrize("base", [TokenSession, TimeSession])
async def test_a_new_field_and_an_unknown_kind_reach_the_store_unchanged(
    base: type[TokenSession],
) -> None:
    seen: list[MessageRecord] = []

    class Newer(base):  # type: ignore[misc, valid-type]
        def record(self, row: dict[str, Any]) -> MessageRecord:
            record: MessageRecord = super().record(row | {"mood": "new field"})
            record = replace(record, author_kind="robot")  # type: ignore[arg-type]
            seen.append(record)
            return record

    rig = Rig(session=Newer)
    rig.channel.put_many(5)
    (outcome,) = await rig.engine(skip=True).sync_once()
    assert (outcome.result, outcome.stored, outcome.quarantined) == ("ok", 5, 0)
    held = rig.memory.rows[("shop", "m00000")]
    assert held["mood"] == "new field"
    assert {record.author_kind for record in seen} == {"robot"}


@pytest.mark.parametrize("session", [TokenSession, TimeSession])
async def test_one_item_that_cannot_be_stored_costs_that_item(session: MakeSession) -> None:
    """The page is taken, the cursor moves, and the next sync does not fetch it for ever."""

    def naive(context: Any, feeds: dict[str, FakeChannel]) -> Any:
        made: Any = session(context, feeds)
        inner = made.record

        def record(row: dict[str, Any]) -> MessageRecord:
            mapped: MessageRecord = inner(row)
            if mapped.remote_id == "m00007":
                return replace(mapped, sent_at=mapped.sent_at.replace(tzinfo=None))
            return mapped

        made.record = record
        return made

    rig = Rig(session=naive, page_size=5)  # type: ignore[arg-type]
    rig.channel.put_many(20)
    engine = rig.engine(skip=True)
    (outcome,) = await engine.sync_once()
    assert (outcome.result, outcome.stored, outcome.quarantined) == ("ok", 19, 1)
    assert rig.memory.quarantine == ["m00007"]
    assert outcome.health.state == "ok"
    if session is TokenSession:
        (again,) = await engine.sync_once()
        assert again.quarantined == 0


async def test_a_page_of_things_that_are_no_records_is_the_stores_to_refuse() -> None:
    class Odd(TokenSession):
        def page(self, records: Any, place: str | None, now: Any) -> Page:
            odd: Any = "not a record"
            return Page((*records, odd), cursor=place)

    rig = Rig(session=Odd)
    rig.channel.put("x")
    (outcome,) = await rig.engine(skip=True).sync_once()
    assert (outcome.stored, outcome.quarantined) == (1, 1)

"""Row 15, for the engine: values that nobody announced pass through, or cost one item.

Promised: stored; what cannot be read fails that item only. Mapping such values to words is the
connector's part, showing them the screen's.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from deskterm.contract import MessageRecord, Page, Party, Unreadable
from deskterm.domain.order_refs import OrderRefFinder
from deskterm.store.connect import connect
from deskterm.sync.intake import StoreIntake
from deskterm.sync.parser_process import MailParser
from deskterm.sync.ports import StreamState, Taken
from deskterm.sync.reading import MailReader
from tests.support.desk import TestDesk, running
from tests.support.fake_channel import (
    CarefulSession,
    FakeChannel,
    TimeSession,
    TokenSession,
    odd_time,
)
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


async def test_what_a_connector_cannot_read_is_handed_over_and_costs_that_item() -> None:
    rig = Rig(session=CarefulSession, page_size=5)
    rig.channel.put_many(12)
    rig.channel.alter = odd_time("m00007")
    engine = rig.engine(skip=True)
    (outcome,) = await engine.sync_once()
    assert (outcome.result, outcome.stored, outcome.quarantined) == ("ok", 11, 1)
    assert rig.memory.quarantine == ["m00007"]
    assert outcome.health.state == "ok"
    (again,) = await engine.sync_once()
    assert (again.stored, again.quarantined) == (0, 0)


# The same on the real store


@dataclass
class Stored:
    """The real storing side on a database of the test, with one account."""

    desk: TestDesk
    intake: StoreIntake

    async def take(self, *records: object) -> Taken:
        """Store one page."""
        page: Any = Page(tuple(records), cursor="1")  # type: ignore[arg-type] # that is the test
        return await self.intake.take("support", "messages", page, StreamState(cursor="1"))

    def set_aside(self) -> list[tuple[str, str, bytes]]:
        """What is in quarantine: name, reason, content."""
        rows = self.desk.rows("SELECT remote_id, reason, raw FROM quarantine ORDER BY id")
        return [(row[0], row[1], row[2]) for row in rows]


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[Stored]:
    parser = MailParser()
    with running(tmp_path) as desk:
        intake = StoreIntake(
            desk.writer,
            lambda: connect(desk.path),
            MailReader(parser, desk.attachments),
            lambda _: [],
            desk.attachments,
            lambda _: OrderRefFinder(),
            desk.clock,
        )
        yield Stored(desk, intake)
        intake.close()
        parser.close()


def a_record(number: int, **changes: Any) -> MessageRecord:
    at = datetime(2026, 11, 2, 8, number, tzinfo=UTC)
    whole = MessageRecord(
        f"m{number}", f"t{number}", "inbound", "customer", Party("buyer"), "Hello", at, at
    )
    return replace(whole, **changes)


async def test_what_is_handed_over_is_set_aside_with_its_reason(stored: Stored) -> None:
    card = b'{"note": "4111 1111 1111 1111"}'
    odd = Unreadable("m2", card, "a field is odd: 4111 1111 1111 1111")
    taken = await stored.take(a_record(1), odd, a_record(3))
    assert (taken.stored, taken.quarantined) == (2, 1)
    ((name, reason, raw),) = stored.set_aside()
    assert name == "m2"
    assert "4111" not in reason
    assert b"4111 1111" not in raw
    await stored.take(odd)
    assert stored.desk.rows("SELECT tries FROM quarantine")[0][0] == 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sent_at": datetime(2026, 11, 2, 8, 0)}, "sent_at"),  # noqa: DTZ001 - that is odd
        ({"received_at": "yesterday"}, "received_at"),
        ({"text": None}, "text"),
        ({"subject": 7}, "subject"),
        ({"thread_remote_id": None}, "thread_remote_id"),
        ({"direction": "sideways"}, "direction"),
        ({"author": None}, "author"),
        ({"order_refs": ["A-1"]}, "order number"),
        ({"attachments": (b"x",)}, "attachment"),
        ({"raw": "text"}, "raw"),
        ({"text": "lone \udc80 surrogate"}, "UnicodeEncodeError"),
    ],
)
async def test_an_odd_record_costs_itself_alone(
    changes: dict[str, Any], words: str, stored: Stored
) -> None:
    taken = await stored.take(a_record(1), a_record(2, **changes), a_record(3))
    assert (taken.stored, taken.quarantined) == (2, 1)
    ((name, reason, _),) = stored.set_aside()
    assert name == "m2"
    assert words in reason


async def test_what_is_no_record_costs_itself_alone(stored: Stored) -> None:
    taken = await stored.take(a_record(1), "not a record", a_record(2, remote_id=None))
    assert (taken.stored, taken.quarantined) == (1, 2)
    names = [name for name, _, _ in stored.set_aside()]
    assert all(name.startswith("odd:") for name in names)
    assert len(set(names)) == 2

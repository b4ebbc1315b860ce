"""What pages and records must hold, and how the suite pulls them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime, timedelta

from deskterm.contract.records import (
    FlagsChanged,
    FolderListing,
    MailItem,
    MessageRecord,
    OrderGone,
    OrderRecord,
    Page,
    Record,
    StockRecord,
    Unreadable,
)
from deskterm.contract.session import Session, Start
from deskterm.contract.spec import StreamSpec
from deskterm.contract.testing.violation import ContractViolation, require

#: The longest that one page of a test server may take (seconds).
PAGE_DEADLINE_S = 30.0
_RECORDS = (
    *(MessageRecord, MailItem, FlagsChanged, FolderListing, Unreadable),
    *(OrderRecord, OrderGone, StockRecord),
)
_PAGES_CAP = 10_000


async def pages_of(session: Session, stream: str, start: Start) -> AsyncIterator[Page]:
    """The pages of a pull, each within the deadline; leaving early ends the pull."""
    pages = aiter(session.pull(stream, start))
    try:
        for _ in range(_PAGES_CAP):
            try:
                async with asyncio.timeout(PAGE_DEADLINE_S):
                    page = await anext(pages)
            except StopAsyncIteration:
                return
            except TimeoutError:
                raise ContractViolation(f"no page within {PAGE_DEADLINE_S:g} s") from None
            yield page
        raise ContractViolation(f"a pull of {stream} has no end")
    finally:
        close = getattr(pages, "aclose", None)
        if close is not None:
            await close()


async def pull_all(session: Session, stream: str, start: Start | None = None) -> list[Page]:
    """All pages of a pull, from the beginning where nothing else is said."""
    return [page async for page in pages_of(session, stream, start or Start())]


async def pull_some(session: Session, stream: str, start: Start, count: int) -> list[Page]:
    """The first `count` pages of a pull, which is then left."""
    found: list[Page] = []
    pages = pages_of(session, stream, start)
    try:
        async for page in pages:
            found.append(page)
            if len(found) == count:
                break
    finally:
        await pages.aclose()  # type: ignore[attr-defined]  # it is a generator of ours
    return found


def identities(pages: Iterable[Page]) -> set[object]:
    """What the pages bring, by the names under which it is stored."""
    found: set[object] = set()
    for page in pages:
        for record in page.records:
            if isinstance(record, (MessageRecord, Unreadable)):
                found.add(record.remote_id)
            elif isinstance(record, MailItem):
                found.add(record.location)
            elif isinstance(record, (OrderRecord, OrderGone, StockRecord)):
                found.add((type(record), record.remote_id))
    return found


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a pull can go on, as the engine would keep it."""

    cursor: str | None = None
    since: datetime | None = None
    position: str | None = None

    def start(self) -> Start:
        """As the beginning of the next pull."""
        return Start(self.cursor, self.since, self.position)


def stand_within(stream: StreamSpec, begun: Start, pages: list[Page]) -> Stand:
    """Where a run stands that was cut behind these pages."""
    if stream.style == "token":
        return Stand(cursor=pages[-1].cursor)
    positions = [page.position for page in pages if page.position is not None]
    return Stand(since=begun.since, position=positions[-1] if positions else None)


def stand_after(stream: StreamSpec, pages: list[Page]) -> Stand:
    """Where the next run begins when a run with these pages is complete."""
    if stream.style == "token":
        return Stand(cursor=pages[-1].cursor)
    mark = pages[0].server_time
    if mark is None:
        raise ContractViolation("the first page has no server_time")
    return Stand(since=mark - stream.overlap)


def check_pages(stream: StreamSpec, pages: list[Page]) -> None:
    """Each page says where to go on from."""
    require(pages, f"{stream.name} gave no page")
    for number, page in enumerate(pages, start=1):
        what = f"{stream.name}, page {number}"
        require(type(page) is Page, f"{what}: is a {type(page).__name__}")
        require(isinstance(page.records, tuple), f"{what}: records is no tuple")
        if stream.style == "token":
            require(_is_id(page.cursor), f"{what}: has no cursor")
        elif page.records and number < len(pages):
            require(_is_id(page.position), f"{what}: has no position")
    if stream.style == "time":
        mark = pages[0].server_time
        require(mark is not None, f"{stream.name}: the first page has no server_time")
        _check_time(f"{stream.name}: server_time", mark)


def check_records(pages: Iterable[Page]) -> None:
    """Each record is one of the contract's, whole, frozen, and dated in UTC."""
    for page in pages:
        for record in page.records:
            check_record(record)


def check_record(record: Record) -> None:
    """One record."""
    kind = type(record)
    require(kind in _RECORDS, f"{kind.__name__} is no record of the contract")
    for field in fields(record):
        value = getattr(record, field.name)
        what = f"{kind.__name__}.{field.name}"
        require(not isinstance(value, (list, dict, set, bytearray)), f"{what}: can be changed")
        if isinstance(value, datetime) or field.name.endswith("_at"):
            _check_time(what, value)
    if isinstance(record, MessageRecord):
        _check_message(record)
    if isinstance(record, (OrderRecord, OrderGone, StockRecord)):
        _check_order(record)
    if isinstance(record, MailItem):
        require(_is_bytes(record.raw) and record.raw, "MailItem.raw: is empty")
    if isinstance(record, Unreadable):
        require(_is_id(record.remote_id), f"Unreadable.remote_id: {record.remote_id!r} is no id")
        require(_is_bytes(record.raw), "Unreadable.raw: is not bytes")
        require(record.reason.strip(), "Unreadable.reason: says nothing")


def _check_message(record: MessageRecord) -> None:
    for name in ("remote_id", "thread_remote_id"):
        value = getattr(record, name)
        require(_is_id(value), f"MessageRecord.{name}: {value!r} is no id")
    for name in ("text", "subject"):
        require(isinstance(getattr(record, name), str), f"MessageRecord.{name}: is no text")
    require(_is_bytes(record.raw), "MessageRecord.raw: is not bytes")
    require(record.author.handle, "MessageRecord.author: has no handle")
    require(record.direction in ("inbound", "outbound"), "MessageRecord.direction: is unknown")
    refs = record.order_refs
    require(all(map(_is_id, refs)), f"MessageRecord.order_refs: {refs!r}")


def _check_order(record: OrderRecord | OrderGone | StockRecord) -> None:
    what = type(record).__name__
    require(_is_id(record.remote_id), f"{what}.remote_id: {record.remote_id!r} is no id")
    if isinstance(record, OrderGone):
        return
    require(_is_bytes(record.raw), f"{what}.raw: is not bytes")
    if isinstance(record, StockRecord):
        _check_inside("StockLevel", record.level)
        return
    require(record.order.ref, "Order.ref: an order without a number")
    _check_inside("Order", record.order)
    for name in ("lines", "shipments", "refunds", "returns", "notes"):
        ids = [part.remote_id for part in getattr(record.order, name)]
        require(all(map(_is_id, ids)), f"Order.{name}: {ids} are no ids")
        require(len(ids) == len(set(ids)), f"Order.{name}: one id stands there twice")


def _check_inside(what: str, value: object) -> None:
    """Frozen through and through, and every time in UTC."""
    require(not isinstance(value, (list, dict, set, bytearray)), f"{what}: can be changed")
    require(not isinstance(value, float), f"{what}: a float is no amount")
    if isinstance(value, datetime):
        _check_time(what, value)
    elif isinstance(value, tuple):
        for part in value:
            _check_inside(what, part)
    elif is_dataclass(value):
        for field in fields(value):
            _check_inside(f"{type(value).__name__}.{field.name}", getattr(value, field.name))


def _check_time(what: str, value: object) -> None:
    require(isinstance(value, datetime), f"{what}: {value!r} is no time")
    offset = value.utcoffset() if isinstance(value, datetime) else None
    require(offset == timedelta(0), f"{what}: {value!r} is not aware UTC")


def _is_id(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _is_bytes(value: object) -> bool:
    return isinstance(value, bytes)

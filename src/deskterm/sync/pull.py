"""One stream, pulled once: fetching and storing overlap, and pages keep their order.

What is fetched ahead waits in a short queue. A page is stored together with the state after it,
so whatever is cut, at any moment, the next run fetches a page again at worst and never skips one.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from deskterm.contract import (
    ConnectorError,
    ContractBroken,
    MailItem,
    MessageRecord,
    NotFound,
    OrderRecord,
    Page,
    Session,
    Start,
    StockRecord,
    StreamSpec,
)
from deskterm.domain.clock import Clock
from deskterm.sync.boundary import ask
from deskterm.sync.cursors import after_end, after_page, begin, place, start_of, start_over
from deskterm.sync.ports import Intake, Progress, StorageFull, StreamState, SyncPolicy, Taken

log = logging.getLogger("deskterm.sync")

#: Pages in a row that bring no record and move nothing, after which a pull turns in a circle.
_CIRCLE = 100


class ByteLimitReached(Exception):
    """A run fetched more than it may. What was fetched is stored."""


class StorageGate:
    """Shut when the disk is full, for all accounts at once; open again when somebody asks."""

    def __init__(self) -> None:
        self.shut = False

    def check(self) -> None:
        """Let through, or not.

        Raises:
            StorageFull: the disk was full and nobody has looked after it yet.
        """
        if self.shut:
            raise StorageFull


@dataclass(slots=True)
class Tally:
    """What one run over an account has done so far."""

    pages: int = 0
    stored: int = 0
    changed: int = 0
    quarantined: int = 0
    erased: int = 0
    bytes: int = 0
    moved: bool = False  # whether any stream got further

    def add(self, taken: Taken) -> None:
        """Count what was stored."""
        self.stored += taken.stored
        self.changed += taken.changed
        self.quarantined += taken.quarantined
        self.erased += taken.erased


@dataclass(frozen=True, slots=True)
class PullParts:
    """What a pull works with, the same for all accounts of an engine."""

    intake: Intake
    clock: Clock
    policy: SyncPolicy
    gate: StorageGate
    progress: Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class _End:
    """Behind the last page of the queue: why there are no more."""

    error: ConnectorError | None = None


@dataclass(slots=True)
class StreamPull:
    """One stream of one account in one run.

    `news` is awaited when the first new or changed row of the run is stored. `state` is what is
    stored, at any moment.
    """

    account: str
    stream: StreamSpec
    parts: PullParts
    tally: Tally
    news: Callable[[], Awaitable[None]]
    state: StreamState = field(default_factory=StreamState)

    async def run(self, session: Session) -> None:
        """Pull to the end.

        Raises:
            ConnectorError: fetching failed; all pages before it are stored.
            StorageError: storing failed; the state stands before that page.
            ByteLimitReached: the run fetched too much.
        """
        self.state = await self.parts.intake.load(self.account, self.stream.name)
        try:
            await self._walk(session)
        except NotFound:
            # The channel forgot where a cut run stood. The run starts over; the rows are known.
            if self.state.position is None:
                raise
            self.state = start_over(self.state)
            await self._walk(session)

    async def _walk(self, session: Session) -> None:
        self.state = begin(self.stream, self.state)
        queue: asyncio.Queue[Page | _End] = asyncio.Queue(self.parts.policy.queue_depth)
        fetching = asyncio.create_task(self._fetch(session, queue))
        try:
            idle = 0
            while not isinstance(page := await queue.get(), _End):
                idle = 0 if await self._take(page) or page.records else idle + 1
                if idle >= _CIRCLE:
                    raise ContractBroken(f"{self.stream.name} turns in a circle of empty pages")
        finally:
            fetching.cancel()
            await asyncio.gather(fetching, return_exceptions=True)
        if page.error is not None:
            raise page.error
        await self._store(Page(), after_end(self.stream, self.state, self.parts.clock.now()))

    async def _fetch(self, session: Session, queue: asyncio.Queue[Page | _End]) -> None:
        """Fill the queue; an error waits its turn behind the pages that came before it."""
        deadline = self.parts.policy.page_deadline_s
        fetch = partial(ask, deadline_s=deadline, doing=f"fetching {self.stream.name}")
        end = _End()
        pages: AsyncIterator[Page] | None = None
        try:
            start = start_of(self.stream, self.state, self.parts.clock.now())
            pages = await fetch(partial(_open_pages, session, self.stream.name, start))
            while (page := await fetch(partial(_next_page, pages))) is not None:
                self.parts.intake.expect(self.account, self.stream.name, page)
                await queue.put(page)
        except ConnectorError as error:
            end = _End(error)
        finally:
            await self._let_go(pages)
        await queue.put(end)

    async def _let_go(self, pages: AsyncIterator[Page] | None) -> None:
        close = getattr(pages, "aclose", None)
        if close is None:
            return
        try:
            await ask(close, deadline_s=self.parts.policy.close_deadline_s, doing="ending a pull")
        except ConnectorError as error:
            log.warning(
                "%s: %s did not end: %s", self.account, self.stream.name, type(error).__name__
            )

    async def _take(self, page: Page) -> bool:
        """Store a page; whether the stream got further by it."""
        after = after_page(self.stream, self.state, page)
        moved = place(after) != place(self.state)
        await self._store(page, after)
        self.tally.moved = self.tally.moved or moved
        return moved

    async def _store(self, page: Page, after: StreamState) -> None:
        self.parts.gate.check()
        taken = await self.parts.intake.take(self.account, self.stream.name, page, after)
        self.state = after
        tally = self.tally
        if (taken.stored or taken.changed) and not (tally.stored or tally.changed):
            await self.news()
        tally.add(taken)
        if not page.records:
            return
        tally.pages += 1
        tally.bytes += sum(map(weigh, page.records))
        self.parts.progress(
            Progress(
                account=self.account,
                stream=self.stream.name,
                pages=tally.pages,
                stored=tally.stored,
                changed=tally.changed,
                quarantined=tally.quarantined,
                bytes=tally.bytes,
            )
        )
        if tally.bytes >= self.parts.policy.byte_limit:
            raise ByteLimitReached


async def _open_pages(session: Session, stream: str, start: Start) -> AsyncIterator[Page]:
    return aiter(session.pull(stream, start))


async def _next_page(pages: AsyncIterator[Page]) -> Page | None:
    """The next page, or None after the last one."""
    try:
        page = await anext(pages)
    except StopAsyncIteration:
        return None
    if not isinstance(page, Page):
        raise ContractBroken(f"a pull gave {type(page).__name__} where a page was expected")
    return page


def weigh(record: object) -> int:
    """Bytes of a record that count towards the limit of a run."""
    if isinstance(record, MailItem):
        return len(record.raw)
    if isinstance(record, MessageRecord):
        files = sum(len(attachment.content) for attachment in record.attachments)
        return len(record.raw) + len(record.text) + files
    if isinstance(record, (OrderRecord, StockRecord)):
        return len(record.raw)
    return 0

"""What the engine needs from the rest of the house, and the values that pass between them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal, Protocol

from deskterm.contract import Page, Session, StreamSpec
from deskterm.domain.errors import DesktermError
from deskterm.sync.health import Health

RunResult = Literal["ok", "failed", "cut"]

SessionFactory = Callable[[str], Awaitable[Session]]
"""Opens a session for the account of that name; what a person confirmed is built in."""

Sleep = Callable[[float], Awaitable[object]]
"""Waits that many seconds."""


class StorageError(DesktermError):
    """The local database did not take what it was given; the transaction was rolled back."""

    def __init__(
        self,
        title: str = "The local database did not take a page",
        explanation: str = "Nothing is lost: the page is fetched again",
        advice: str = "",
        *,
        code: str = "storage",
    ) -> None:
        super().__init__(title, explanation, advice, code=code)


class StorageFull(StorageError):
    """There is no room left on the disk. Everything stored so far is kept."""

    def __init__(
        self,
        title: str = "The disk is full",
        explanation: str = "All syncing has stopped; everything stored so far is kept",
        advice: str = "Make room, then sync again",
    ) -> None:
        super().__init__(title, explanation, advice, code="storage_full")


def storage_error(error: DesktermError) -> DesktermError:
    """An error of the writer as the engine knows it; what is about a name stays as it is."""
    if error.code == "disk_full":
        return StorageFull(error.title, error.explanation, error.advice)
    if error.code in ("no_account", "usage"):
        return error
    return StorageError(error.title, error.explanation, error.advice, code=error.code)


@dataclass(frozen=True, slots=True)
class StreamState:
    """Where a stream stands; saved in the same transaction as the rows it speaks of.

    Token streams use `cursor`. Time streams use `since`, where the next run begins, and, while
    a run is under way, `position` (where a cut run goes on) and `start_mark` (the channel's
    time when the run began). `finished_at` is the local time of the last complete run.
    """

    cursor: str | None = None
    since: datetime | None = None
    position: str | None = None
    start_mark: datetime | None = None
    finished_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a page: new rows, changed rows, items set aside, and items left out because
    their customer was erased since. A repeat counts nowhere.
    """

    stored: int = 0
    changed: int = 0
    quarantined: int = 0
    erased: int = 0

    def plus(self, more: Taken) -> Taken:
        """The counts of both together."""
        return Taken(
            self.stored + more.stored,
            self.changed + more.changed,
            self.quarantined + more.quarantined,
            self.erased + more.erased,
        )


@dataclass(frozen=True, slots=True)
class RunOutcome:
    """How one run over an account ended.

    `ok`: every stream that was due is complete. `failed`: something is to be tried again, or
    waits for a person; `health` says which. `cut`: the engine was stopped. The counts are those
    of `Taken`; `bytes` is the size of what was fetched.
    """

    account: str
    result: RunResult
    health: Health
    started_at: datetime
    ended_at: datetime
    pages: int = 0
    stored: int = 0
    changed: int = 0
    quarantined: int = 0
    erased: int = 0
    bytes: int = 0

    def joined(self, later: RunOutcome) -> RunOutcome:
        """This run and its next try as one: the counts together, the end of the later."""
        return replace(
            later,
            started_at=self.started_at,
            pages=self.pages + later.pages,
            stored=self.stored + later.stored,
            changed=self.changed + later.changed,
            quarantined=self.quarantined + later.quarantined,
            erased=self.erased + later.erased,
            bytes=self.bytes + later.bytes,
        )


@dataclass(frozen=True, slots=True)
class Progress:
    """Told after each stored page: what this run has done so far. `bytes` as in `RunOutcome`."""

    account: str
    stream: str
    pages: int
    stored: int
    changed: int
    quarantined: int
    bytes: int


class Intake(Protocol):
    """The side that stores. Every call may raise `StorageFull` or `StorageError`."""

    async def load(self, account: str, stream: str) -> StreamState:
        """Where the stream stands; a new one stands at `StreamState()`."""
        ...

    def expect(self, account: str, stream: str, page: Page) -> None:
        """Hear of a page that `take` gets soon, so that it can be read meanwhile.

        Pages are announced in the order in which they are taken; after a cut they may never be.
        """
        ...

    async def take(self, account: str, stream: str, page: Page, state_after: StreamState) -> Taken:
        """Store the records and the state in one transaction: both or neither.

        Writes are upserts. An item that cannot be stored is quarantined and does not fail the
        page. Pages of one stream come in order, one at a time; the last one of a run is empty
        and only moves the state.
        """
        ...

    async def run_started(self, account: str) -> int:
        """Note the start of a run; the number names it."""
        ...

    async def run_ended(self, run_id: int, outcome: RunOutcome) -> None:
        """Note the end of a run. A run that was killed has none."""
        ...

    async def set_health(self, account: str, health: Health) -> None:
        """Keep the line about an account; only called when it changed."""
        ...

    async def derive(self, limit: int) -> int:
        """Stage two: work on up to `limit` messages; how many there were, 0 for none left."""
        ...


class Errands(Protocol):
    """What an account is asked beside its streams, in rounds that stand among them."""

    @property
    def spec(self) -> StreamSpec:
        """How the rounds are called, and how often they are due."""
        ...

    def serves(self, session: Session) -> bool:
        """Whether there is anything to ask of such an account."""
        ...

    async def run(self, account: str, session: Session) -> Taken:
        """One round.

        Raises:
            ConnectorError: the channel did not answer as it should.
            StorageError: an answer could not be stored.
        """
        ...


@dataclass(frozen=True, slots=True)
class SyncPolicy:
    """The numbers of the engine. Times in seconds unless they are timedeltas.

    Args:
        queue_depth: pages that may lie between fetching and storing, for each stream.
        page_deadline_s: how long one page, or opening a session, may take.
        close_deadline_s: how long closing a session may take.
        byte_limit: bytes fetched in one run after which the account stops until poked.
        tries: failed tries on one stream position before the account counts as broken.
        slow_retry: time between tries of what is broken.
        rest_s: least time between the end of a run and the next one of the same account.
        wait_grace_s: how much longer than asked a session may wait for news.
        patience_s: how long `sync_once` waits for better times, in all.
        derive_batch: messages handed to stage two at a time.
        derive_rest_s: rest between two batches of stage two while pages are coming in.
    """

    queue_depth: int = 4
    page_deadline_s: float = 600.0
    close_deadline_s: float = 10.0
    byte_limit: int = 10 * 2**30
    tries: int = 3
    slow_retry: timedelta = timedelta(hours=1)
    rest_s: float = 1.0
    wait_grace_s: float = 60.0
    patience_s: float = 60.0
    derive_batch: int = 200
    derive_rest_s: float = 0.5

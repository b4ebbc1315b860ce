"""The one writer: a thread and a queue before the only writing connection."""

from __future__ import annotations

import logging
import os
import queue
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TypeVar, cast

from deskterm.domain.clock import Clock
from deskterm.domain.errors import DesktermError
from deskterm.store import reserve
from deskterm.store.connect import BUSY_MS, connect, explain
from deskterm.store.transaction import Transaction

log = logging.getLogger(__name__)

T = TypeVar("T")
Job = Callable[[Transaction], T]

#: Jobs of a lower number go first: an agent's command never waits behind pages of a sync.
COMMAND, SYNC = 0, 1

#: Work, about in pages, after which the log is folded into the file: some 200 commands, or four
#: batches of an import, which touch the same pages over and over.
_CHECKPOINT_PAGES = 4_000
_PAGES_OF_COMMIT = 16
_LOG_BYTES = 8 << 20
#: Commits after which this is worth a wide log, and how much room the disk must have for one.
_WIDEN_AFTER = 8
_ROOM_FOR_LOG = 32 * _LOG_BYTES


class Busy(Exception):
    """A job cannot be done without waiting: others are at work, another program holds the database,
    or the disk is full.
    """


def _stopped() -> DesktermError:
    return DesktermError(
        "deskterm is shutting down",
        "The change was not saved; nothing else was lost.",
        "Start it again, then repeat it",
        code="stopped",
    )


def _nothing(_tx: Transaction) -> None:
    """A job that wakes the writer, so that it tidies up."""


class Rollback(Exception):
    """Raised inside a job: give its answer, and undo everything it wrote."""

    def __init__(self, answer: object) -> None:
        super().__init__("rolled back on request")
        self.answer = answer


@dataclass(order=True)
class _Queued:
    priority: int
    number: int
    job: Job[object] | None = field(compare=False)
    future: Future[object] = field(compare=False)


class Writer:
    """Runs jobs one after another, each in a transaction that is on disk before its answer.

    Args:
        path: the database file, already at the newest schema.
        clock: gives the time that a transaction stamps on its rows.
        on_commit: called in the thread that wrote after each commit that did, with the revision;
            after quiet ones (`Transaction.is_quiet`) it waits for `tell`.
        journal_mode: `WAL`, or `TRUNCATE` where the file system cannot share memory.
    """

    def __init__(
        self,
        path: Path,
        clock: Clock,
        on_commit: Callable[[int], None] = lambda _: None,
        *,
        journal_mode: str = "WAL",
    ) -> None:
        self._path = path
        self._clock = clock
        self._on_commit = on_commit
        self._connection = connect(path, "write", journal_mode=journal_mode, any_thread=True)
        self._connection.execute("PRAGMA wal_autocheckpoint=0")
        self._revision = self._load_revision()
        # What is done here and now does not wait for another program (`now`).
        self._connection.execute("PRAGMA busy_timeout = 0")
        self._queue: queue.PriorityQueue[_Queued] = queue.PriorityQueue()
        self._numbers = count()
        self._door = threading.Lock()
        #: Held by whoever uses the connection.
        self._turn = threading.Lock()
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._pages = self._commits = 0
        self._is_wide = self._is_untold = False
        reserve.keep(self._path)
        self._thread.start()

    @property
    def revision(self) -> int:
        """Counts the commits that changed something; never goes back."""
        return self._revision

    def submit(self, job: Job[T], priority: int = COMMAND) -> Future[T]:
        """Queue a job. Its future fails with `DesktermError` where the database refuses.

        Raises:
            DesktermError: the writer was stopped (`stopped`).
        """
        future: Future[object] = Future()
        with self._door:
            if self._stopped:
                raise _stopped()
            self._queue.put(
                _Queued(priority, next(self._numbers), cast("Job[object]", job), future)
            )
        return cast("Future[T]", future)

    def now(self, job: Job[T]) -> T:
        """Do a command's job here and now, and give its answer.

        Two changes of thread cost as much as the job itself, so a writer that is idle is not woken.

        Raises:
            Busy: it would take patience; nothing was done, and the thread can do it (`submit`).
        """
        if self._stopped or not self._queue.empty() or not self._turn.acquire(blocking=False):
            raise Busy
        try:
            return cast("T", self._transact(job))
        except sqlite3.Error as error:
            raise Busy from error
        finally:
            self._turn.release()
            if self._is_untidy:
                self._queue.put(_Queued(SYNC, next(self._numbers), _nothing, Future()))

    @contextmanager
    def _patience(self) -> Iterator[None]:
        """Wait meanwhile for another program that holds the database."""
        self._connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        try:
            yield
        finally:
            self._connection.execute("PRAGMA busy_timeout = 0")

    def run(self, job: Job[T], priority: int = COMMAND) -> T:
        """Queue a job and wait for its answer."""
        return self.submit(job, priority).result()

    def fold(self) -> bool:
        """Fold the log into the file and empty it; False while somebody reads from it. Blocks.

        Raises:
            DesktermError: the writer was stopped (`stopped`), or the database refuses.
        """
        with self._turn:
            if self._stopped:
                raise _stopped()
            try:
                found = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            except sqlite3.Error as error:
                raise explain(error, self._path) from error
            self._pages = self._commits = 0
            self._is_wide = False
        return not found[0]

    def stop(self) -> None:
        """Work off what is queued, fold the log into the file and close."""
        with self._door:
            if not self._stopped:
                self._stopped = True
                self._queue.put(_Queued(SYNC + 1, next(self._numbers), None, Future()))
        self._thread.join()

    def _run(self) -> None:
        while (item := self._queue.get()).job is not None:
            if not item.future.set_running_or_notify_cancel():
                continue
            try:
                with self._turn, self._patience():
                    answer = self._attempt(item.job, item.priority)
            except BaseException as error:  # noqa: BLE001 - it belongs to whoever waits for the job
                item.future.set_exception(error)
            else:
                item.future.set_result(answer)
            if self._is_untidy and self._queue.empty():
                with self._turn:
                    self._tidy()
        with self._turn:
            with self._patience():
                self._checkpoint("TRUNCATE")
            self._connection.close()

    def _attempt(self, job: Job[object], priority: int) -> object:
        try:
            return self._transact(job)
        except sqlite3.Error as error:
            problem = explain(error, self._path)
            if problem.code != "disk_full" or priority != COMMAND or not reserve.free(self._path):
                raise problem from error
        try:
            return self._transact(job)
        except sqlite3.Error as error:
            raise explain(error, self._path) from error

    def _transact(self, job: Job[object]) -> object:
        transaction = Transaction(self._connection, self._clock.now())
        self._connection.execute("BEGIN IMMEDIATE")
        before = self._connection.total_changes
        try:
            answer = job(transaction)
            wrote = self._connection.total_changes != before
            if wrote:
                self._connection.execute(
                    "UPDATE meta SET value = ? WHERE name = 'revision'", (self._revision + 1,)
                )
            self._connection.execute("COMMIT")
        except Rollback as wish:
            self._connection.execute("ROLLBACK")
            return wish.answer
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        if wrote:
            self._revision += 1
            self._pages += _PAGES_OF_COMMIT + (self._connection.total_changes - before) // 4
            self._commits += 1
            if transaction.is_quiet:
                self._is_untold = True
            else:
                self._tell(self._revision)
        return answer

    def tell(self) -> None:
        """Tell of quiet commits, if anything has not been told yet."""
        if self._is_untold:
            self._tell(self._revision)

    def _tell(self, revision: int) -> None:
        """Who listens must not be able to make a saved change look like a failed one."""
        self._is_untold = False
        try:
            self._on_commit(revision)
        except Exception as error:  # noqa: BLE001 - whatever it is, the change is saved
            log.error("on_commit failed: %s", type(error).__name__)  # noqa: TRY400 - no values in logs

    @property
    def _is_untidy(self) -> bool:
        return self._pages >= _CHECKPOINT_PAGES or self._should_widen

    @property
    def _should_widen(self) -> bool:
        return self._commits >= _WIDEN_AFTER and not self._is_wide

    def _tidy(self) -> None:
        """What is done while nobody waits."""
        if self._pages >= _CHECKPOINT_PAGES:
            self._checkpoint("PASSIVE")
        if self._should_widen:
            self._is_wide = True
            self._widen_log()

    def _widen_log(self) -> None:
        """Give the log its size at once: commits that overwrite are faster than ones that append.

        Zeros behind the end of the log mean nothing: it is read only as far as its checksums hold
        (https://www.sqlite.org/fileformat2.html section 4.1).
        """
        log_file = self._path.with_name(f"{self._path.name}-wal")
        try:
            missing = _LOG_BYTES - log_file.stat().st_size
            if missing > 0 and shutil.disk_usage(log_file).free > _ROOM_FOR_LOG:
                with log_file.open("ab") as file:
                    file.write(bytes(missing))
                    file.flush()
                    os.fsync(file.fileno())
        except OSError as error:
            log.info("the log stays narrow: %s", error.strerror)

    def _checkpoint(self, kind: str) -> None:
        try:
            self._connection.execute(f"PRAGMA wal_checkpoint({kind})").fetchall()
        except sqlite3.Error as error:
            log.warning("checkpoint put off: %s", explain(error, self._path).code)
        self._pages = 0
        reserve.keep(self._path)

    def _load_revision(self) -> int:
        try:
            row = self._connection.execute(
                "SELECT value FROM meta WHERE name = 'revision'"
            ).fetchone()
        except sqlite3.Error as error:
            raise explain(error, self._path) from error
        if row is None:
            raise DesktermError(
                f"The database {self._path} is incomplete",
                "It has no revision.",
                "Put the newest file of the backup folder in its place",
                code="damaged",
            )
        return int(row[0])

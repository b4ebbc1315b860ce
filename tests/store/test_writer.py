"""The one writer: order, rollback, revisions, and an end that loses nothing."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.store.transaction import Change, Transaction
from deskterm.store.writer import COMMAND, SYNC, Busy, Rollback, Writer
from tests.support.desk import TestDesk, a_mail

CHANGE = Change("anna", "command", "group")


def noted(tx: Transaction, word: str) -> None:
    tx.journal(CHANGE, "ticket", "t1", "status", "set", None, word)


def noting(word: str) -> Callable[[Transaction], None]:
    return lambda tx: noted(tx, word)


def note(order: list[str], word: str) -> Callable[[Transaction], None]:
    return lambda _: order.append(word)


def test_every_job_runs_in_the_same_thread(desk: TestDesk) -> None:
    found = {desk.write(lambda _: threading.get_ident()) for _ in range(5)}
    assert len(found) == 1
    assert found != {threading.get_ident()}


def test_commands_go_before_pages_of_a_sync(desk: TestDesk) -> None:
    gate, order = threading.Event(), list[str]()
    first = desk.writer.submit(lambda _: gate.wait(10))
    pages = [desk.writer.submit(note(order, f"page {n}"), SYNC) for n in range(3)]
    acts = [desk.writer.submit(note(order, f"act {n}"), COMMAND) for n in range(3)]
    gate.set()
    first.result(10)
    for future in (*pages, *acts):
        future.result(10)
    assert order == ["act 0", "act 1", "act 2", "page 0", "page 1", "page 2"]


def test_a_change_waits_for_another_program_that_holds_the_database(desk: TestDesk) -> None:
    order: list[str] = []
    other = sqlite3.connect(desk.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Busy):
        desk.writer.now(note(order, "at once"))
    waiting = desk.writer.submit(note(order, "late"))
    assert not waiting.done()
    other.execute("ROLLBACK")
    other.close()
    waiting.result(10)
    assert order == ["late"]


def test_what_is_done_at_once_is_done_here_and_stands_behind_nobody(desk: TestDesk) -> None:
    assert desk.writer.now(lambda _: threading.get_ident()) == threading.get_ident()
    gate, begun = threading.Event(), threading.Event()

    def page(_: Transaction) -> None:
        begun.set()
        gate.wait(10)

    waiting = desk.writer.submit(page, SYNC)
    assert begun.wait(10)
    with pytest.raises(Busy):
        desk.writer.now(lambda _: None)
    gate.set()
    waiting.result(10)
    with pytest.raises(ZeroDivisionError):
        desk.writer.now(lambda _: 1 // 0)
    assert desk.writer.now(lambda tx: tx.one("SELECT 1")) is not None


def test_a_job_that_fails_leaves_nothing(desk: TestDesk) -> None:
    before, revision = desk.snapshot(), desk.writer.revision

    def fail(tx: Transaction) -> None:
        tx.execute("INSERT INTO meta (name, value) VALUES ('a', 'x')")
        noted(tx, "open")
        raise KeyError("inside")

    with pytest.raises(KeyError):
        desk.write(fail)
    with pytest.raises(DesktermError):
        desk.write(lambda tx: tx.execute("INSERT INTO nowhere VALUES (1)"))
    assert desk.snapshot() == before
    assert desk.writer.revision == revision


def test_a_rollback_gives_its_answer_and_leaves_nothing(desk: TestDesk) -> None:
    before = desk.snapshot()

    def tried(tx: Transaction) -> str:
        noted(tx, "open")
        raise Rollback("would do")

    assert desk.write(tried) == "would do"
    assert desk.snapshot() == before


def test_the_revision_counts_commits_that_wrote(desk: TestDesk) -> None:
    revision, told = desk.writer.revision, list(desk.revisions)
    desk.write(lambda tx: tx.one("SELECT 1"))
    assert desk.writer.revision == revision
    assert desk.revisions == told
    desk.write(lambda tx: noted(tx, "open"))
    desk.write(lambda tx: noted(tx, "resolved"))
    assert desk.revisions == [*told, revision + 1, revision + 2]
    desk.restart()
    assert desk.writer.revision == revision + 2


def test_quiet_commits_are_told_when_asked_for_or_with_the_next_other_one(desk: TestDesk) -> None:
    def quietly(tx: Transaction) -> None:
        tx.is_quiet = True
        noted(tx, "open")

    first, told = desk.writer.revision, list(desk.revisions)
    desk.write(quietly)
    desk.write(quietly)
    assert (desk.writer.revision, desk.revisions) == (first + 2, told)
    desk.writer.tell()
    desk.writer.tell()
    assert desk.revisions == [*told, first + 2]
    desk.write(quietly)
    desk.write(lambda tx: noted(tx, "resolved"))
    desk.writer.tell()
    assert desk.revisions == [*told, first + 2, first + 4]


def test_a_listener_that_fails_does_not_undo_the_change(tmp_path: Path, desk: TestDesk) -> None:
    desk.writer.stop()

    def deaf(_: int) -> None:
        raise RuntimeError("loop is closed")

    desk.writer = Writer(desk.path, desk.clock, deaf)
    desk.write(lambda tx: noted(tx, "open"))
    desk.write(lambda tx: noted(tx, "resolved"))
    assert len(desk.rows("SELECT * FROM journal_entries")) == 2


def test_the_journal_stays_one_chain_after_failures(desk: TestDesk) -> None:
    def fail(tx: Transaction) -> None:
        noted(tx, "lost")
        raise KeyError

    def half(tx: Transaction) -> None:
        noted(tx, "a")
        tx.execute("SAVEPOINT batch")
        noted(tx, "b")
        tx.execute("ROLLBACK TO batch")
        tx.execute("RELEASE batch")
        noted(tx, "c")

    for job in (half, fail, half):
        if job is fail:
            with pytest.raises(KeyError):
                desk.write(job)
        else:
            desk.write(job)
    desk.restart()
    desk.write(half)
    values = [row[0] for row in desk.rows("SELECT new_value FROM journal_values ORDER BY seq")]
    assert values == ["a", "c"] * 3
    assert desk.chain_is_whole()


def test_the_chain_does_not_verify_after_a_change_to_any_column(desk: TestDesk) -> None:
    desk.write(lambda tx: noted(tx, "open"))
    columns = [row[1] for row in desk.rows("PRAGMA table_info(journal_entries)")]
    for column in set(columns) - {"seq", "hash"}:
        with sqlite3.connect(desk.path) as raw:
            (before,) = raw.execute(f"SELECT {column} FROM journal_entries").fetchone()
            forged = "add" if column == "op" else "forged"
            raw.execute(f"UPDATE journal_entries SET {column} = ?", (forged,))
            raw.commit()
            assert not desk.chain_is_whole(), column
            raw.execute(f"UPDATE journal_entries SET {column} = ?", (before,))
        raw.close()
    assert desk.chain_is_whole()


def test_many_threads_lose_nothing(desk: TestDesk) -> None:
    revision = desk.writer.revision

    def work(number: int) -> None:
        for n in range(20):
            desk.write(noting(f"{number}-{n}"))

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(work, range(10)))
    values = {row[0] for row in desk.rows("SELECT new_value FROM journal_values")}
    assert values == {f"{number}-{n}" for number in range(10) for n in range(20)}
    assert desk.writer.revision == revision + 200
    assert desk.chain_is_whole()


def test_stop_works_off_what_is_queued_and_refuses_what_comes_after(desk: TestDesk) -> None:
    gate = threading.Event()
    desk.writer.submit(lambda _: gate.wait(10))
    waiting = [desk.writer.submit(noting(str(n)), COMMAND if n % 2 else SYNC) for n in range(20)]
    stopper = threading.Thread(target=desk.writer.stop)
    stopper.start()
    gate.set()
    stopper.join(10)
    assert all(future.done() for future in waiting)
    assert len(desk.rows("SELECT * FROM journal_entries")) == 20
    with pytest.raises(DesktermError) as told:
        desk.write(lambda tx: noted(tx, "late"))
    assert told.value.code == "stopped"
    desk.writer.stop()


def test_stop_folds_the_log_into_the_file(tmp_path: Path, desk: TestDesk) -> None:
    desk.arrive(a_mail("a"))
    assert (tmp_path / "deskterm.db-wal").stat().st_size > 0
    desk.writer.stop()
    assert not (tmp_path / "deskterm.db-wal").exists()


def test_a_cancelled_job_is_not_run(desk: TestDesk) -> None:
    gate = threading.Event()
    blocker = desk.writer.submit(lambda _: gate.wait(10))
    job = desk.writer.submit(lambda tx: noted(tx, "no"))
    assert job.cancel()
    gate.set()
    blocker.result(10)
    desk.write(lambda tx: None)
    assert not desk.rows("SELECT * FROM journal_entries")


def test_a_file_without_its_revision_is_refused(tmp_path: Path, desk: TestDesk) -> None:
    desk.write(lambda tx: tx.execute("DELETE FROM meta WHERE name = 'revision'"))
    desk.writer.stop()
    with pytest.raises(DesktermError, match="incomplete"):
        Writer(desk.path, desk.clock)

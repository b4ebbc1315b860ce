"""Fault table, row 9: a reader that holds a long transaction; a writer that is busy for long."""

from __future__ import annotations

import threading
import time
from contextlib import closing
from functools import partial
from pathlib import Path

from deskterm.store.connect import connect
from deskterm.store.transaction import Transaction
from deskterm.store.writer import SYNC
from tests.support.desk import a_mail, running


def put(name: str, tx: Transaction) -> None:
    tx.execute("INSERT INTO meta VALUES (?, '')", (name,))


def test_a_long_reader_blocks_and_loses_nothing(tmp_path: Path) -> None:
    with running(tmp_path) as desk, closing(connect(desk.path)) as reader:
        ref = desk.open()
        reader.execute("BEGIN")
        before = reader.execute("SELECT count(*) FROM messages").fetchone()[0]
        for page in range(30):
            mails = [a_mail(f"p{page}-{n}", "text " * 500, at=page) for n in range(20)]
            assert len(desk.arrive(*mails).messages) == 20
        desk.do("ticket.resolve", ref)
        assert reader.execute("SELECT count(*) FROM messages").fetchone()[0] == before
        desk.restart()
        reader.execute("COMMIT")
        assert reader.execute("SELECT count(*) FROM messages").fetchone()[0] == before + 600
        assert desk.ticket(ref)["status"] == "resolved"
        assert desk.chain_is_whole()


def test_readers_go_on_while_the_writer_is_busy(tmp_path: Path) -> None:
    """Reading never waits for the writer, and what is queued meanwhile is all done."""
    with running(tmp_path) as desk:
        ref = desk.open()
        busy, done = threading.Event(), threading.Event()

        def long_job(tx: Transaction) -> None:
            tx.execute("INSERT INTO meta VALUES ('busy', '1')")
            busy.set()
            assert done.wait(30)

        job = desk.writer.submit(long_job, SYNC)
        assert busy.wait(10)
        acts = [desk.writer.submit(partial(put, name)) for name in ("a", "b", "c")]
        began = time.monotonic()
        for _ in range(50):
            assert desk.ticket(ref)["status"] == "new"
        assert time.monotonic() - began < 5
        assert not any(act.done() for act in acts)
        done.set()
        job.result(10)
        for act in acts:
            act.result(10)
        found = {row[0] for row in desk.rows("SELECT name FROM meta")}
        assert {"a", "b", "c", "busy"} <= found

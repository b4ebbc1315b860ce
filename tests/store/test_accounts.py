"""Accounts in the database: how their sync is doing."""

from __future__ import annotations

from deskterm.store import accounts
from tests.support.desk import TestDesk


def synced_at(desk: TestDesk) -> object:
    return desk.rows("SELECT synced_at FROM account_health")[0][0]


def run(desk: TestDesk, outcome: str) -> None:
    started = desk.write(lambda tx: accounts.start_run(tx, desk.account.id))
    desk.write(lambda tx: accounts.end_run(tx, started, outcome, (0, 0, 0), ""))


def test_a_sync_that_finds_nothing_new_is_a_sync(desk: TestDesk) -> None:
    desk.write(lambda tx: accounts.set_health(tx, desk.account.id, "ok", "", None, 0))
    first = synced_at(desk)
    desk.clock.advance(300)
    run(desk, "failed")
    assert synced_at(desk) == first
    run(desk, "ok")
    assert synced_at(desk) != first

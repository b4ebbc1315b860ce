"""Through the engine into the database: what a list leaves out, and what was known before."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deskterm.contract import Session
from deskterm.domain.order_refs import OrderRefFinder
from deskterm.store.connect import connect
from deskterm.sync.engine import SyncEngine
from deskterm.sync.intake import StoreIntake
from deskterm.sync.parser_process import MailParser
from deskterm.sync.ports import RunOutcome, SyncPolicy
from deskterm.sync.reading import MailReader
from tests.connectors.woocommerce.far_side import FarSide
from tests.support.desk import TestDesk, running
from tests.support.orders import shop_account


@dataclass
class Rig:
    """A desk with the shop on its far side."""

    desk: TestDesk
    side: FarSide
    intake: StoreIntake

    async def open(self, _name: str) -> Session:
        return self.side.session()

    async def sync(self) -> RunOutcome:
        """Sync once with a new engine, as after a restart."""
        engine = SyncEngine(
            ["shop"],
            self.open,
            self.intake,
            self.desk.clock,
            sleep=self.desk.clock.skip,
            rng=random.Random(1),
            policy=SyncPolicy(patience_s=0.0),
        )
        (outcome,) = await engine.sync_once()
        assert outcome.result == "ok"
        return outcome

    def status(self, order_id: int) -> str:
        rows = self.desk.rows("SELECT status FROM orders WHERE remote_id = ?", str(order_id))
        return str(rows[0][0])

    def notes(self, order_id: int) -> int:
        return int(
            self.desk.rows(
                "SELECT count(*) FROM order_notes n JOIN orders o ON o.id = n.order_id"
                " WHERE o.remote_id = ?",
                str(order_id),
            )[0][0]
        )


@pytest.fixture
async def rig(side: FarSide, tmp_path: Path) -> AsyncIterator[Rig]:
    with running(tmp_path) as desk, MailParser() as parser:
        shop_account(desk)
        intake = StoreIntake(
            desk.writer,
            lambda: connect(desk.path),
            MailReader(parser, desk.attachments),
            lambda _: (),
            desk.attachments,
            lambda _: OrderRefFinder(),
            desk.clock,
        )
        yield Rig(desk, side, intake)
        intake.close()


async def test_what_the_list_left_out_is_found_on_the_next_day(rig: Rig) -> None:
    order_id = max(rig.side.shop.orders)
    await rig.sync()
    rig.side.shop.left_out.add(order_id)
    rig.side.shop.change(order_id, datetime.now(UTC) - timedelta(hours=2), "failed")
    await rig.sync()
    rig.side.shop.left_out.clear()
    assert (await rig.sync()).changed == 0
    assert rig.status(order_id) != "failed", "the list goes back ten minutes only"
    rig.desk.clock.advance(timedelta(days=1))
    assert (await rig.sync()).changed == 1
    assert rig.status(order_id) == "failed"
    listed = len([path for path in rig.side.paths() if path == "/orders"])
    await rig.sync()
    assert len([path for path in rig.side.paths() if path == "/orders"]) == listed + 1


async def test_a_sync_from_the_beginning_keeps_the_notes_of_old_orders(rig: Rig) -> None:
    order_id = min(key for key, shown in rig.side.shop.orders.items() if shown.remarks)
    rig.side.shop.change(order_id, datetime.now(UTC) - timedelta(days=50))
    await rig.sync()
    before = rig.notes(order_id)
    assert before
    rig.side.shop.change(order_id, datetime.now(UTC) - timedelta(days=61), "failed")
    rig.desk.write(lambda tx: tx.execute("DELETE FROM sync_cursors"))
    rig.desk.write(lambda tx: tx.execute("UPDATE orders SET updated_at = '2020-01-01'"))
    await rig.sync()
    assert rig.status(order_id) == "failed"
    assert rig.notes(order_id) == before

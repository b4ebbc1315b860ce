"""The real office learns anew when messages are read in another way than they were."""

from __future__ import annotations

import asyncio
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskterm.config.paths import Home
from deskterm.config.secrets import MemorySecrets
from deskterm.config.settings import Settings
from deskterm.domain.clock import SystemClock
from deskterm.office import office as office_module
from deskterm.office.office import Office, OfficeParts
from deskterm.store import relearning
from deskterm.sync.connectors import Connectors
from tests.support.desk import TestDesk


async def test_what_was_learned_is_read_anew_after_a_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_module, "_READ_MACROS_S", 0.0)
    home = Home.find({"DESKTERM_HOME": str(tmp_path)})
    home.prepare()
    desk = TestDesk(home.data)
    ticket = desk.ticket(desk.open(body="zorblax wumpet"))["id"]
    desk.write(
        lambda tx: tx.execute(
            "INSERT INTO macro_picks (ticket_id, message_row, macro, kind, weight, author, at)"
            " SELECT ticket_id, id, 'stock', 'sent', 10000, 'anna', '2026-11-02T08:00:00Z'"
            " FROM messages WHERE ticket_id = ?",
            (ticket,),
        )
    )
    desk.close()
    parts = OfficeParts(
        home,
        Settings(),
        Connectors.installed(()),
        MemorySecrets(),
        SystemClock(),
        ZoneInfo("Europe/Paris"),
        "anna",
    )
    changed, loop = asyncio.Event(), asyncio.get_running_loop()

    def tell(_: int) -> None:
        loop.call_soon_threadsafe(changed.set)

    office = Office(parts, tell)
    office.start(sync=False)
    reading = office.reading()
    try:
        async with asyncio.timeout(20):
            while not relearning.key_of(reading):
                await changed.wait()
                changed.clear()
        rows = reading.execute("SELECT feature FROM macro_counts WHERE macro = 'stock'").fetchall()
        assert {"w:zorblax", "w:wumpet", ""} <= {row[0] for row in rows}
    finally:
        reading.close()
        await office.stop()

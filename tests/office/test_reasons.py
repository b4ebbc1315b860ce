"""The real office reads the contact reasons of tickets when nobody wants anything of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskterm.config.paths import Home
from deskterm.config.secrets import MemorySecrets
from deskterm.config.settings import Settings
from deskterm.domain.clock import SystemClock
from deskterm.office import reasons as office_reasons
from deskterm.office.office import Office, OfficeParts
from deskterm.office.protocol import Call, new_call_id
from deskterm.sync.connectors import Connectors
from tests.support.desk import TestDesk

BROKEN, INVOICE = "The lamp arrived broken", "I need an invoice"


class Rig:
    """An office that is started on demand, and what it wrote."""

    def __init__(self, desk: TestDesk, folder: Path) -> None:
        self.desk = desk
        self._folder = folder
        self._changed = asyncio.Event()
        self.office: Office | None = None
        self.told = 0

    def start(self) -> Office:
        self.desk.close()
        loop = asyncio.get_running_loop()
        parts = OfficeParts(
            Home.find({"DESKTERM_HOME": str(self._folder)}),
            Settings(),
            Connectors.installed(()),
            MemorySecrets(),
            SystemClock(),
            ZoneInfo("Europe/Paris"),
            "anna",
        )

        def tell(_: int) -> None:
            self.told += 1
            loop.call_soon_threadsafe(self._changed.set)

        self.office = Office(parts, tell)
        self.office.start(sync=False)
        return self.office

    async def read(self, ref: str, *, until: str) -> None:
        """Wait until a ticket has a reason."""
        async with asyncio.timeout(20):
            while self.desk.ticket(ref)["suggested_reason"] != until:
                await self._changed.wait()
                self._changed.clear()


@pytest.fixture
async def rig(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Rig]:
    """An office that has no need to wait after its start."""
    for name in ("START_S", "LOOK_S", "CALM_S"):
        monkeypatch.setattr(office_reasons, name, 0.01)
    home = Home.find({"DESKTERM_HOME": str(tmp_path)})
    home.prepare()
    made = Rig(TestDesk(home.data), tmp_path)
    yield made
    if made.office is not None:
        assert made.office.lost is None
        await made.office.stop()


async def test_a_mail_that_came_in_has_its_reason_soon_and_an_agent_goes_first(rig: Rig) -> None:
    broken, invoice = rig.desk.open(body=BROKEN), rig.desk.open(body=INVOICE, subject="Hi")
    office = rig.start()
    assert await office.intake.derive(100) == 2
    await rig.read(broken, until="damaged")
    await rig.read(invoice, until="invoice")
    call = Call(new_call_id(), "ticket.reason", {"tickets": [broken], "reason": "complaint"}, None)
    await office.call(call, lambda _: None)
    ticket = rig.desk.ticket(broken)
    assert (ticket["contact_reason"], ticket["suggested_reason"]) == ("complaint", "damaged")


async def test_who_is_always_busy_has_reasons_read_all_the_same(
    rig: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_reasons, "CALM_S", 0.05)
    monkeypatch.setattr(office_reasons, "PATIENCE_S", 0.2)
    ref = rig.desk.open(body=BROKEN)
    office = rig.start()
    await office.intake.derive(100)

    async def ask_on() -> None:
        while True:
            await office.call(Call(new_call_id(), "office.status", {}, None), lambda _: None)
            await asyncio.sleep(0.01)

    asking = asyncio.create_task(ask_on())
    await rig.read(ref, until="damaged")
    asking.cancel()


async def test_screens_are_not_told_of_every_few_of_many(rig: Rig) -> None:
    refs = [rig.desk.open(body=BROKEN) for _ in range(90)]  # some five times as many as are read
    office = rig.start()
    await office.intake.derive(200)
    before = rig.told
    for ref in refs:
        await rig.read(ref, until="damaged")
    assert rig.told - before <= 3

"""An erasure that an office did not come to the end of is finished by the next one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from deskterm.config.paths import Home
from deskterm.domain.arrival import FiledAttachment
from deskterm.office.erasing import Eraser
from deskterm.service.attached import keep
from deskterm.service.erasing import erase_customer
from deskterm.service.work import Work
from deskterm.store import erasing
from deskterm.store.connect import connect
from tests.support.desk import TestDesk, a_mail, running

ZULA = "zula@mail.example"
BEN = "ben@mail.example"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    (tmp_path / "data").mkdir()
    with running(tmp_path / "data") as made:
        yield made


def eraser(desk: TestDesk) -> Eraser:
    root = desk.folder.parent
    home = Home(desk.folder, root / "config", root / "state", root / "backup", "here")
    return Eraser(home, desk.writer, desk.desk(), lambda: connect(desk.path))


def sent(desk: TestDesk, name: str, sender: str, *contents: bytes) -> None:
    """A mail with files."""
    files = tuple(
        FiledAttachment(str(n), "a.txt", "text/plain", len(c), keep(c, desk.attachments))
        for n, c in enumerate(contents, 2)
    )
    desk.arrive(replace(a_mail(name, "About the purplegnu", sender=sender), attachments=files))


async def test_the_next_office_finishes(desk: TestDesk) -> None:
    sent(desk, "z1", ZULA, b"purplegnu of zula", b"a logo")
    sent(desk, "b1", BEN, b"a logo")
    uid = desk.rows("SELECT uid FROM customers WHERE name = 'Zula'")[0][0]
    desk.write(lambda tx: erase_customer(Work(tx, desk.desk(), tx.new_uid()), uid, []))
    left = erasing.unfinished(desk.reading)
    assert left is not None
    assert {(desk.attachments / digest).read_bytes() for digest in left} == {b"purplegnu of zula"}
    desk.restart()
    assert await eraser(desk).finish()
    assert erasing.unfinished(desk.reading) is None
    kept = [path.read_bytes() for path in desk.attachments.iterdir()]
    assert kept == [b"a logo"]
    assert b"zula" not in b"".join(p.read_bytes() for p in desk.folder.glob("deskterm.db*")).lower()


async def test_a_file_that_somebody_else_has_sent_since_stays(desk: TestDesk) -> None:
    sent(desk, "z1", ZULA, b"a logo")
    uid = desk.rows("SELECT uid FROM customers")[0][0]
    desk.write(lambda tx: erase_customer(Work(tx, desk.desk(), tx.new_uid()), uid, []))
    sent(desk, "b1", BEN, b"a logo")
    assert await eraser(desk).finish()
    assert [path.read_bytes() for path in desk.attachments.iterdir()] == [b"a logo"]

"""Fault table, row 5, the database's part: a full disk loses nothing and is told in words."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.store.connect import connect
from deskterm.store.schema import migrate
from deskterm.store.writer import SYNC
from tests.support.desk import START, TestDesk, a_mail, running

MIB = 1 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 4 MiB; needs the right to mount."""
    place, mount = tmp_path / "disk", shutil.which("mount")
    place.mkdir()
    if os.geteuid() != 0 or mount is None:
        pytest.skip("only root can mount a small disk")
    done = subprocess.run(
        [mount, "-t", "tmpfs", "-o", "size=4m,mode=0700", "tmpfs", str(place)],
        check=False,
        capture_output=True,
    )
    if done.returncode:
        pytest.skip("mounting is not allowed here")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def fill(place: Path) -> None:
    """Leave no room on the disk but what the reserve holds."""
    with (place / "ballast").open("wb", buffering=0) as file:
        for size in (65_536, 4_096, 1):
            try:
                while True:
                    file.write(b"\1" * size)
            except OSError:
                continue


def test_the_reserve_saves_what_is_typed_on_a_full_disk(small_disk: Path) -> None:
    with running(small_disk) as desk:
        ref = desk.open()
        assert (small_disk / "reserve").stat().st_size == MIB
        fill(small_disk)
        with pytest.raises(DesktermError) as told:
            desk.writer.run(
                lambda tx: tx.execute(
                    "INSERT INTO meta VALUES ('page', ?)", (os.urandom(200_000).hex(),)
                ),
                SYNC,
            )
        assert told.value.code == "disk_full"
        assert "Make room" in told.value.advice
        assert (small_disk / "reserve").exists(), "a sync must not take the reserve"
        typed = "Dear Marta, " + "your parcel is on its way. " * 3000
        desk.do("draft.save", ref, text=typed)
        assert not (small_disk / "reserve").exists()
        assert desk.rows("SELECT body FROM drafts")[0][0] == typed
        (small_disk / "ballast").unlink()
        desk.restart()
        assert (small_disk / "reserve").stat().st_size == MIB
        assert desk.rows("SELECT body FROM drafts")[0][0] == typed
        assert desk.rows("PRAGMA integrity_check")[0][0] == "ok"


def test_a_full_database_rolls_back_and_goes_on_after_room_is_made(tmp_path: Path) -> None:
    with running(tmp_path) as desk:
        _full_and_free_again(desk)


def _full_and_free_again(desk: TestDesk) -> None:
    desk.arrive(a_mail("a"))
    before = desk.snapshot()

    def limit(pages: int | None) -> None:
        def job(tx: object) -> None:
            connection = desk.writer._connection
            now = connection.execute("PRAGMA page_count").fetchone()[0]
            connection.execute(f"PRAGMA max_page_count = {pages or now}").fetchone()

        desk.write(job)

    limit(None)
    page = [a_mail(f"m{n}", "long " * 2_000) for n in range(50)]
    with pytest.raises(DesktermError) as told:
        desk.arrive(*page)
    assert told.value.code == "disk_full"
    assert desk.snapshot() == before
    limit(1 << 30)
    assert len(desk.arrive(*page).messages) == 50
    assert desk.chain_is_whole()


def test_a_full_disk_at_the_first_start_is_told_in_words(small_disk: Path) -> None:
    fill(small_disk)
    with pytest.raises(DesktermError) as told:
        migrate(small_disk / "deskterm.db", small_disk, START)
    assert told.value.code == "disk_full"
    (small_disk / "ballast").unlink()
    assert migrate(small_disk / "deskterm.db", small_disk, START)
    connect(small_disk / "deskterm.db").close()

"""The lock within one process; between processes see the faults, row 8."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from deskterm.domain.clock import SystemClock
from deskterm.domain.errors import DesktermError
from deskterm.office.lock import LockInfo, OfficeLock, OfficeRunning, is_held, read_info

INFO = LockInfo.here(Path("/run/toy/socket"), SystemClock())


def test_the_file_says_who_holds_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with OfficeLock(path) as lock:
        lock.acquire(INFO)
        assert is_held(path)
        assert path.stat().st_mode & 0o777 == 0o600
        words = json.loads(path.read_text())
        assert set(words) == {"pid", "host", "socket", "protocol", "started_at"}
        found = read_info(path)
        assert found is not None
        assert (found.pid, found.host, found.socket) == (INFO.pid, INFO.host, INFO.socket)
        assert lock.still_holds()
    assert not is_held(path)
    assert read_info(path) is None


def test_only_one_holds_it_and_the_other_is_told_who(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with OfficeLock(path) as first, OfficeLock(path) as second:
        first.acquire(INFO)
        with pytest.raises(OfficeRunning) as caught:
            second.acquire(INFO)
        assert caught.value.info is not None
        assert str(INFO.pid) in str(caught.value)
        assert not second.still_holds()
        first.release()
        second.acquire(INFO)
        assert second.still_holds()


def test_a_longer_text_of_an_earlier_holder_leaves_no_rest(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.write_text("x" * 3000)
    assert not is_held(path)
    assert read_info(path) is None
    with OfficeLock(path) as lock:
        lock.acquire(INFO)
        assert read_info(path) is not None


def test_asking_does_not_stand_in_the_way_of_a_start(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.touch()
    ended = threading.Event()

    def ask() -> None:
        while not ended.is_set():
            is_held(path)

    askers = [threading.Thread(target=ask) for _ in range(2)]
    for asker in askers:
        asker.start()
    try:
        for _ in range(200):
            with OfficeLock(path) as lock:
                lock.acquire(INFO)
    finally:
        ended.set()
        for asker in askers:
            asker.join()


def test_a_deleted_file_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with OfficeLock(path) as lock:
        lock.acquire(INFO)
        path.unlink()
        assert not lock.still_holds()
        path.touch()
        assert not lock.still_holds()


def test_a_lock_is_taken_once(tmp_path: Path) -> None:
    with OfficeLock(tmp_path / "lock") as lock:
        lock.acquire(INFO)
        with pytest.raises(ValueError, match="already"):
            lock.acquire(INFO)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "no json",
        "[]",
        "{}",
        '{"pid":"7","host":"h","socket":"s","protocol":1,"started_at":"2026-11-21T08:00:00Z"}',
        '{"pid":7,"host":"h","socket":5,"protocol":1,"started_at":"2026-11-21T08:00:00Z"}',
        '{"pid":7,"host":"h","socket":"s","protocol":1,"started_at":"2026-11-21T08:00:00"}',
    ],
)
def test_unreadable_text_is_no_information(tmp_path: Path, text: str) -> None:
    (tmp_path / "lock").write_text(text)
    assert read_info(tmp_path / "lock") is None


def test_no_file_is_no_lock_and_no_folder_is_said_in_words(tmp_path: Path) -> None:
    missing = tmp_path / "missing" / "lock"
    assert not is_held(missing)
    assert read_info(missing) is None
    with pytest.raises(DesktermError) as caught:
        OfficeLock(missing).acquire(INFO)
    assert caught.value.code == "lock_file"


def test_a_link_in_the_lock_s_place_is_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "precious"
    target.write_text("kept")
    (tmp_path / "lock").symlink_to(target)
    with pytest.raises(DesktermError) as caught:
        OfficeLock(tmp_path / "lock").acquire(INFO)
    assert caught.value.code == "lock_file"
    assert target.read_text() == "kept"

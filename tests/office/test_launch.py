"""An office on need: found, started, or its failure told in words."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from deskterm.domain.clock import SystemClock
from deskterm.domain.errors import DesktermError, OfficeSilent
from deskterm.office.client import OfficeClient
from deskterm.office.door import OfficeGone
from deskterm.office.launch import ResilientOffice, ensure_office
from deskterm.office.lock import LockInfo, OfficeLock, is_held, read_info
from deskterm.office.protocol import ChangeNote
from tests.support import toy_office
from tests.support.toy_office import until

Ensure = Callable[[], OfficeClient]


def toy_command(folder: Path, *, socket: str = "socket") -> list[str]:
    names = [str(folder / name) for name in ("lock", socket, "journal")]
    return [sys.executable, toy_office.__file__, *names]


@pytest.fixture
def ensure(folder: Path) -> Iterator[Ensure]:
    """Finds or starts the toy office of the folder; whichever runs at the end is ended."""
    # `python FILE` would put the file's folder on the path, not the project's.
    root = str(Path(toy_office.__file__).parents[2])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", root)
        yield lambda: ensure_office(
            folder / "lock",
            folder / "socket",
            toy_command(folder),
            wait_s=20,
            log_path=folder / "start.log",
        )
    until(lambda: office_ended(folder / "lock") and removed(folder))


def office_ended(lock: Path) -> bool:
    """Whether no office holds the lock; one that does is told to end."""
    if is_held(lock) and (info := read_info(lock)) is not None:
        with suppress(ProcessLookupError):
            os.kill(info.pid, signal.SIGKILL)
    return not is_held(lock)


def removed(folder: Path) -> bool:
    """Whether the folder is gone: an office that is still starting may write while it goes."""
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def pid_of(client: OfficeClient | ResilientOffice) -> object:
    return client.call("who", {}).result["pid"]


def test_the_first_starts_it_detached_and_the_next_finds_it(ensure: Ensure, folder: Path) -> None:
    with ensure() as first, ensure() as second:
        who = first.call("who", {}).result
        assert who["pid"] != os.getpid()
        assert who["session"] == who["pid"]
        assert who["cwd"] == "/"
        assert pid_of(second) == who["pid"]
        info = read_info(folder / "lock")
        assert info is not None
        assert info.pid == who["pid"]
        assert (folder / "start.log").stat().st_mode & 0o777 == 0o600


def test_racing_starters_all_end_at_one_office(ensure: Ensure, folder: Path) -> None:
    barrier = threading.Barrier(4)
    pids: list[object] = []

    def start() -> None:
        barrier.wait()
        with ensure() as client:
            pids.append(pid_of(client))

    starters = [threading.Thread(target=start) for _ in range(4)]
    for starter in starters:
        starter.start()
    for starter in starters:
        starter.join()
    assert len(pids) == 4
    assert len(set(pids)) == 1


def test_the_lock_file_knows_the_address_better(ensure: Ensure, folder: Path) -> None:
    with ensure() as client:
        elsewhere = ensure_office(folder / "lock", folder / "elsewhere", ["/nowhere"])
        with elsewhere:
            assert pid_of(elsewhere) == pid_of(client)


def test_a_program_that_is_not_there(folder: Path) -> None:
    with pytest.raises(DesktermError) as caught:
        ensure_office(folder / "lock", folder / "socket", [str(folder / "missing")])
    assert caught.value.code == "office_start"
    assert "missing" in str(caught.value)


def test_a_start_that_fails_tells_its_last_words(folder: Path) -> None:
    (folder / "start.log").write_text("words of an earlier start\n")
    code = "import sys; [print('line', n) for n in range(9)]; sys.exit('\\x1b[2Jno disk')"
    with pytest.raises(DesktermError) as caught:
        ensure_office(
            folder / "lock",
            folder / "socket",
            [sys.executable, "-c", code],
            wait_s=20,
            log_path=folder / "start.log",
        )
    assert caught.value.code == "office_start"
    words = str(caught.value)
    assert "code 1" in words
    assert "no disk" in words
    assert "line 8" in words
    assert "line 1" not in words
    assert "earlier" not in words
    assert "\x1b" not in words


def test_offices_that_keep_ending_are_not_started_for_ever(folder: Path) -> None:
    code = f"open({str(folder / 'starts')!r}, 'a').write('x')"
    with pytest.raises(OfficeSilent):
        ensure_office(folder / "lock", folder / "socket", [sys.executable, "-c", code], wait_s=1.5)
    assert 1 <= len((folder / "starts").read_text()) <= 3


def test_an_office_that_takes_no_calls_is_silent_and_no_other_is_started(folder: Path) -> None:
    with OfficeLock(folder / "lock") as lock:
        lock.acquire(LockInfo.here(folder / "socket", SystemClock()))
        with pytest.raises(OfficeSilent) as caught:
            ensure_office(
                folder / "lock",
                folder / "socket",
                [sys.executable, "-c", f"open({str(folder / 'started')!r}, 'w')"],
                wait_s=0.1,
            )
    assert str(os.getpid()) in str(caught.value)
    assert not (folder / "started").exists()


def test_an_office_that_is_ending_is_waited_for(ensure: Ensure, folder: Path) -> None:
    lock = OfficeLock(folder / "lock")
    lock.acquire(LockInfo.here(folder / "socket", SystemClock()))
    found: list[object] = []

    def find() -> None:
        with ensure() as client:
            found.append(pid_of(client))

    finder = threading.Thread(target=find)
    finder.start()
    lock.release()
    finder.join()
    assert len(found) == 1


@pytest.mark.parametrize("after", [False, True], ids=["before-work", "after-work"])
def test_a_call_outlives_its_office(ensure: Ensure, folder: Path, after: bool) -> None:
    gone: list[OfficeGone] = []
    with ResilientOffice(ensure, on_gone=gone.append) as office:
        first = pid_of(office)
        answer = office.call("die", {"after": after}, call_id="once", timeout_s=20)
        assert answer.result["pid"] != first
        assert len(gone) == 1
        lines = (folder / "journal").read_text().splitlines()
        assert lines.count("died") == 1
        assert lines.count("done once") == 1


def test_offices_that_die_of_a_call_are_not_tried_for_ever(ensure: Ensure, folder: Path) -> None:
    with ResilientOffice(ensure, tries=2) as office:
        with pytest.raises(OfficeGone):
            office.call("die", {"times": 9}, timeout_s=20)
        assert (folder / "journal").read_text().count("died") == 2
        assert office.call("echo", {"n": 1}).result == {"n": 1}


def test_notes_go_on_with_the_next_office(ensure: Ensure, folder: Path) -> None:
    with ResilientOffice(ensure) as office:
        office.call("add", {})
        assert office.notes(5) == ChangeNote(1)
        until(lambda: office_ended(folder / "lock"))
        assert office.notes(5) is None
        assert office.notes(5) == ChangeNote(1)
    with pytest.raises(OfficeGone):
        office.notes(5)

"""Fault: a second instance, a stale lock, a lock holder killed. One office at a time, always."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from deskterm.domain.clock import SystemClock
from deskterm.domain.errors import OfficeSilent
from deskterm.office.client import OfficeClient
from deskterm.office.door import OfficeAbsent, OfficeGone
from deskterm.office.launch import ResilientOffice, ensure_office
from deskterm.office.lock import (
    EXIT_RUNNING,
    LockInfo,
    OfficeLock,
    OfficeRunning,
    is_held,
    read_info,
)
from tests.support import toy_office
from tests.support.toy_office import until

Process = subprocess.Popen[bytes]
ROOT = Path(toy_office.__file__).parents[2]


class Workspace:
    """A folder with toy offices; those that still run are ended with it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.lock = folder / "lock"
        self.socket = folder / "socket"
        self.journal = folder / "journal"
        names = [str(path) for path in (self.lock, self.socket, self.journal)]
        self.command = [sys.executable, toy_office.__file__, *names]
        self._processes: list[Process] = []

    def start(self) -> Process:
        process = subprocess.Popen(
            self.command, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        self._processes.append(process)
        return process

    def started(self) -> Process:
        process = self.start()
        until(lambda: self.info_of(process) and self.answers())
        return process

    def answers(self) -> bool:
        try:
            self.connect().close()
        except OfficeAbsent:
            return False
        return True

    def info_of(self, process: Process) -> LockInfo | None:
        info = read_info(self.lock) if is_held(self.lock) else None
        return info if info is not None and info.pid == process.pid else None

    def ensure(self) -> OfficeClient:
        return ensure_office(self.lock, self.socket, self.command, wait_s=20)

    def connect(self) -> OfficeClient:
        return OfficeClient.connect(self.socket)

    def done(self) -> list[str]:
        lines = self.journal.read_text().splitlines() if self.journal.exists() else []
        return [line for line in lines if line.startswith("done ")]

    def close(self) -> None:
        for process in self._processes:
            process.kill()
            process.communicate()
        until(self._ended)

    def _ended(self) -> bool:
        """End whoever is the office now: one that was started late may have become it."""
        if is_held(self.lock) and (info := read_info(self.lock)) is not None:
            with suppress(ProcessLookupError):
                os.kill(info.pid, signal.SIGKILL)
        return not is_held(self.lock)


@pytest.fixture
def workspace(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with tempfile.TemporaryDirectory(prefix="row8-") as folder:
        workspace = Workspace(Path(folder))
        yield workspace
        workspace.close()


def test_a_second_instance_is_told_who_the_first_is(workspace: Workspace) -> None:
    first = workspace.started()
    second = workspace.start()
    _, words = second.communicate(timeout=20)
    assert second.returncode == EXIT_RUNNING == 75
    assert f"Process {first.pid}".encode() in words
    with OfficeLock(workspace.lock) as third, pytest.raises(OfficeRunning) as caught:
        third.acquire(LockInfo.here(workspace.socket, SystemClock()))
    assert caught.value.info == workspace.info_of(first)
    with workspace.connect() as client:
        assert client.call("who", {}).result["pid"] == first.pid


def test_a_stale_lock_file_and_socket_are_no_lock(workspace: Workspace) -> None:
    first = workspace.started()
    first.kill()
    first.wait()
    stale = read_info(workspace.lock)
    assert stale is not None
    assert stale.pid == first.pid
    assert workspace.socket.exists()
    assert not is_held(workspace.lock)
    with workspace.ensure() as client:
        pid = client.call("who", {}).result["pid"]
        assert pid != first.pid
        fresh = read_info(workspace.lock)
        assert fresh is not None
        assert fresh.pid == pid


def test_the_end_of_the_holder_frees_the_lock_however_it_comes(workspace: Workspace) -> None:
    for end in (signal.SIGKILL, signal.SIGTERM, signal.SIGABRT):
        holder = workspace.started()
        assert workspace.info_of(holder) is not None
        holder.send_signal(end)
        holder.communicate(timeout=20)
        assert not is_held(workspace.lock)


def test_two_clients_at_once(workspace: Workspace) -> None:
    workspace.started()
    calls = 100

    def work(client: OfficeClient, name: str) -> None:
        for n in range(calls):
            assert client.call("echo", {"n": n, "of": name}).result == {"n": n, "of": name}
            client.call("add", {}, call_id=f"{name}{n}")

    with workspace.connect() as one, workspace.connect() as two:
        workers = [threading.Thread(target=work, args=pair) for pair in ((one, "a"), (two, "b"))]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    expected = {f"done {name}{n}" for name in "ab" for n in range(calls)}
    assert len(workspace.done()) == 2 * calls
    assert set(workspace.done()) == expected


def test_an_office_killed_under_two_clients_is_followed_by_one(workspace: Workspace) -> None:
    first = workspace.started()
    offices = [ResilientOffice(workspace.ensure) for _ in range(2)]
    for office in offices:
        office.call("echo", {})
    first.kill()
    first.wait()
    pids: list[object] = []

    def go_on(office: ResilientOffice, name: str) -> None:
        office.call("add", {}, call_id=name)
        pids.append(office.call("who", {}).result["pid"])

    workers = [
        threading.Thread(target=go_on, args=(office, f"of{n}")) for n, office in enumerate(offices)
    ]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    for office in offices:
        office.close()
    assert len(pids) == 2
    assert len(set(pids)) == 1
    assert first.pid not in pids
    assert sorted(workspace.done()) == ["done of0", "done of1"]


def test_killed_in_the_middle_of_a_call_it_is_done_once_by_the_next(workspace: Workspace) -> None:
    gone: list[OfficeGone] = []
    with ResilientOffice(workspace.ensure, on_gone=gone.append) as office:
        office.call("die", {"after": True}, call_id="once", timeout_s=20)
    assert len(gone) == 1
    assert workspace.done() == ["done once"]


def test_a_plain_client_learns_that_the_office_has_gone(workspace: Workspace) -> None:
    workspace.started()
    with workspace.connect() as client:
        with pytest.raises(OfficeGone):
            client.call("die", {}, timeout_s=20)
        with pytest.raises(OfficeGone):
            client.call("echo", {})


def test_an_office_that_is_stopped_does_not_answer(workspace: Workspace) -> None:
    office = workspace.started()
    with workspace.connect() as client:
        office.send_signal(signal.SIGSTOP)
        _, status = os.waitpid(office.pid, os.WUNTRACED)
        assert os.WIFSTOPPED(status)
        _assert_silent(lambda: client.call("echo", {}, timeout_s=0.1))
        _assert_silent(lambda: OfficeClient.connect(workspace.socket, 0.1))
        _assert_silent(
            lambda: ensure_office(workspace.lock, workspace.socket, workspace.command, wait_s=0.1)
        )
        office.send_signal(signal.SIGCONT)
        assert client.call("who", {}).result["pid"] == office.pid


def test_a_call_that_is_never_answered_ends_and_others_go_on(workspace: Workspace) -> None:
    workspace.started()
    with workspace.connect() as one, workspace.connect() as two:
        _assert_silent(lambda: one.call("never", {}, timeout_s=0.1))
        assert two.call("echo", {"n": 1}).result == {"n": 1}


def _assert_silent(act: Callable[[], object]) -> None:
    with pytest.raises(OfficeSilent) as caught:
        act()
    assert caught.value.code == "office_silent"

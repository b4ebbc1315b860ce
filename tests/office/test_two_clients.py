"""Several programs at one office: commands of all are done, each once, whoever is killed."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from deskterm.office.client import OfficeClient
from deskterm.office.launch import ResilientOffice, ensure_office
from deskterm.store.connect import connect
from tests.support.line import Line, running_line, wait_for
from tests.support.mails import a_mail

TICKETS = 4


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    with running_line(tmp_path_factory.mktemp("line")) as line:
        for number in range(TICKETS):
            line.box.deliver(a_mail(number))
        line.add_account()
        line.run("sync", "--once")
        yield line


@pytest.fixture
def refs(line: Line) -> list[str]:
    return [ticket["ref"] for ticket in line.json("list")]


def rows(line: Line, sql: str, *values: str) -> list[sqlite3.Row]:
    with closing(connect(line.home.database)) as connection:
        return connection.execute(sql, values).fetchall()


def tags(line: Line, ref: str) -> list[str]:
    found: list[str] = line.json("show", ref)[0]["tags"]
    return found


def notes(line: Line) -> Counter[str]:
    return Counter(row[0] for row in rows(line, "SELECT body FROM notes"))


def started(line: Line, *words: str) -> subprocess.Popen[str]:
    """`deskterm WORDS` in a process that may be killed."""
    return subprocess.Popen(
        [sys.executable, "-m", "deskterm", *words],
        env=line.env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def lives_for(process: subprocess.Popen[str], seconds: float) -> bool:
    """Give a process so long; whether it is still there then."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
    return process.poll() is None


def door(line: Line) -> ResilientOffice:
    """What a console has: a door that outlives its office."""
    place = line.home.socket_path(line.env)

    def find() -> OfficeClient:
        # An office inherits the environment of whoever starts it.
        command = ["env", *(f"{k}={v}" for k, v in line.env.items() if k != "DESKTERM_SECRETS")]
        command += ["DESKTERM_SECRETS=env", sys.executable, "-m", "deskterm.office"]
        return ensure_office(line.home.lock, place, command, wait_s=20)

    return ResilientOffice(find)


@contextmanager
def writing_blocked(line: Line) -> Iterator[Callable[[], None]]:
    """Hold the database's writing lock, so that an office that has heard a call must wait."""
    with closing(sqlite3.connect(line.home.database, isolation_level=None)) as blocker:
        blocker.execute("BEGIN IMMEDIATE")

        def release() -> None:
            if blocker.in_transaction:
                blocker.execute("ROLLBACK")

        try:
            yield release
        finally:
            release()


def has_a_socket(process: subprocess.Popen[str]) -> bool:
    """Whether a client has reached its office."""
    with suppress(OSError):
        files = Path(f"/proc/{process.pid}/fd").iterdir()
        return any(str(file.readlink()).startswith("socket:") for file in files)
    return False


def test_threads_and_processes_at_once_are_all_done_once(line: Line, refs: list[str]) -> None:
    """Half of the tags go to one ticket, half to others, from consoles and command lines."""

    def by_hand(number: int) -> int:
        ref = refs[0] if number % 2 else refs[1 + number % 3]
        return line.run("do", "tag", ref, f"--param=tag=hand{number}").returncode

    def by_console(number: int) -> int:
        ref = refs[0] if number % 2 else refs[1 + number % 3]
        with door(line) as office:
            for part in range(10):
                params = {"tickets": [ref], "tag": f"console{number}.{part}"}
                office.call("ticket.tag", params, timeout_s=30)
        return 0

    with ThreadPoolExecutor(4) as pool:
        ends = [pool.submit(by_hand, n) for n in range(8)]
        ends += [pool.submit(by_console, n) for n in range(4)]
        assert [end.result(120) for end in ends] == [0] * 12
    given = Counter(tag for ref in refs for tag in tags(line, ref))
    wanted = [f"hand{n}" for n in range(8)]
    wanted += [f"console{n}.{part}" for n in range(4) for part in range(10)]
    assert given == Counter(wanted)
    acts = rows(line, "SELECT 1 FROM journal_entries WHERE label = 'ticket.tag'")
    assert len(acts) == len(wanted)


def test_a_client_killed_at_any_moment_leaves_its_note_once_or_not(
    line: Line, refs: list[str]
) -> None:
    rng = random.Random(24)
    office = line.office_pid()
    for number in range(6):
        text = f"killed client {number}"
        client = started(line, "do", "note", refs[0], f"--param=text={text}")
        if lives_for(client, rng.uniform(0.1, 0.5)):
            client.send_signal(signal.SIGKILL)
        client.communicate(timeout=20)
        line.run("do", "tag", refs[1], f"--param=tag=after{number}")
    assert line.office_pid() == office
    assert set(notes(line).values()) <= {1}
    assert {f"after{n}" for n in range(6)} <= set(tags(line, refs[1]))


#: A console that says its call and then waits for ever.
SAYS_AND_WAITS = """
import socket, sys
from deskterm.office.protocol import Call, Hello, encode
line = socket.socket(socket.AF_UNIX)
line.connect(sys.argv[1])
params = {"tickets": [sys.argv[2]], "text": sys.argv[3]}
line.sendall(encode(Hello()) + encode(Call("heard-call", "ticket.note", params, None)))
print("said", flush=True)
while line.recv(4096):
    pass
"""


def test_a_call_that_was_heard_is_done_though_its_client_is_killed(
    line: Line, refs: list[str]
) -> None:
    line.run("do", "tag", refs[1], "--param=tag=awake")
    with writing_blocked(line):
        client = subprocess.Popen(
            [
                sys.executable,
                "-c",
                SAYS_AND_WAITS,
                str(line.home.socket_path(line.env)),
                refs[0],
                "heard and killed",
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert client.stdout is not None
        assert client.stdout.readline() == "said\n"
        client.kill()
        client.communicate(timeout=20)
    wait_for(lambda: notes(line)["heard and killed"] == 1)


def test_an_office_killed_under_a_waiting_client_is_followed_by_another(
    line: Line, refs: list[str]
) -> None:
    with writing_blocked(line) as release:
        first = line.office_pid()
        client = started(line, "do", "note", refs[0], "--param=text=typed with care")
        wait_for(lambda: has_a_socket(client))
        line.kill_office()
        release()
    _, said = client.communicate(timeout=30)
    assert client.returncode == 0, said
    assert line.office_pid() not in (None, first)
    assert notes(line)["typed with care"] == 1


def test_an_office_killed_at_any_moment_loses_and_doubles_no_note(
    line: Line, refs: list[str]
) -> None:
    rng = random.Random(42)
    for number in range(5):
        client = started(line, "do", "note", refs[0], f"--param=text=killed office {number}")
        lives_for(client, rng.uniform(0.1, 0.6))
        line.kill_office()
        _, said = client.communicate(timeout=30)
        assert client.returncode == 0, said
    found = notes(line)
    assert [found[f"killed office {n}"] for n in range(5)] == [1] * 5


def test_a_console_hears_of_what_others_change(line: Line, refs: list[str]) -> None:
    heard: list[int] = []
    over = threading.Event()

    def listen() -> None:
        with door(line) as console:
            while not over.is_set():
                if (note := console.notes(0.2)) is not None:
                    heard.append(note.revision)

    listener = threading.Thread(target=listen, name="console")
    listener.start()
    try:
        wait_for(lambda: heard)
        for number in range(5):
            before = heard[-1]
            line.run("do", "tag", refs[2], f"--param=tag=told{number}")
            wait_for(lambda: heard[-1] > before)  # noqa: B023 - waited for before the next
        line.kill_office()
        line.run("do", "tag", refs[2], "--param=tag=told-by-the-next")
        (newest,) = rows(line, "SELECT value FROM meta WHERE name = 'revision'")
        wait_for(lambda: heard[-1] >= int(newest[0]))
    finally:
        over.set()
        listener.join(20)
    assert heard == sorted(heard)

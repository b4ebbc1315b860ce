"""The child process: how it starts, what it leaves, and everything that ends it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.sandbox.launch import Sandbox
from tests.support.line import wait_for
from tests.support.sandbox import is_alive, noted, running_sandbox

FILES = {"ca.pem", "journal.jsonl", "sandbox.log"}
#: A program that starts a sandbox, says its process id and then does nothing.
_PARENT = """
import sys, time
from pathlib import Path
from deskterm.sandbox.launch import Sandbox
sandbox = Sandbox.start(Path(sys.argv[1]), tickets=5)
print(sandbox.pid, len(sandbox.accounts), flush=True)
time.sleep(120)
"""


def test_its_folder_holds_what_is_known_and_nothing_readable_by_others(tmp_path: Path) -> None:
    with running_sandbox(tmp_path / "s", tickets=5) as sandbox:
        pid = sandbox.pid
        sandbox.command("settle")
        secrets = [secret for account in sandbox.accounts for secret in account["secrets"].values()]
        assert {file.name for file in sandbox.journal.parent.iterdir()} == FILES
    assert not is_alive(pid)
    files = {file.name: file for file in (tmp_path / "s").iterdir()}
    assert set(files) == FILES
    assert files["sandbox.log"].read_text() == ""
    for file in files.values():
        assert not any(secret in file.read_text() for secret in secrets)
        assert "PRIVATE KEY" not in file.read_text()
    assert files["journal.jsonl"].stat().st_mode & 0o077 == 0


def test_the_journal_holds_no_text(tmp_path: Path) -> None:
    with running_sandbox(tmp_path / "s", tickets=5) as sandbox:
        sandbox.command("write", conversation=1, text="A sentence that nobody else writes.")
        entries = noted(sandbox, "shown")
    assert entries[-1]["digest"]
    assert "sentence" not in json.dumps(entries)


def test_the_same_token_makes_the_same_secrets(tmp_path: Path) -> None:
    made = []
    for name, token in (("a", "one"), ("b", "one"), ("c", "two")):
        (tmp_path / name).mkdir()
        with Sandbox.start(tmp_path / name, tickets=1, token=token) as sandbox:
            made.append([account["secrets"] for account in sandbox.accounts])
    assert made[0] == made[1] != made[2]


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGINT", "SIGKILL"])
def test_a_signal_ends_it(tmp_path: Path, name: str) -> None:
    with running_sandbox(tmp_path / "s", tickets=5) as sandbox:
        os.kill(sandbox.pid, getattr(signal, name))
        assert sandbox.wait() == (-signal.SIGKILL if name == "SIGKILL" else 0)
        with pytest.raises(DesktermError) as ended:
            sandbox.command("journal")
    assert ended.value.code == "sandbox"


def test_an_order_ends_it(tmp_path: Path) -> None:
    with running_sandbox(tmp_path / "s", tickets=5) as sandbox:
        assert sandbox.command("stop") == {"ok": True}
        assert sandbox.wait() == 0


def test_it_ends_with_a_parent_that_is_killed(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        pid, accounts = map(int, parent.stdout.readline().split())
        assert accounts == 2
        assert is_alive(pid)
        parent.kill()
    wait_for(lambda: not is_alive(pid), seconds=5)
    assert {file.name for file in tmp_path.iterdir()} == FILES


def test_it_ends_with_a_parent_whose_pipe_somebody_else_holds(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    script = (
        "import subprocess, sys\n"
        "child = subprocess.Popen([sys.executable, '-m', 'deskterm.sandbox', '--tickets=3',"
        " '--folder', sys.argv[1]], stdin=int(sys.argv[2]), stdout=subprocess.PIPE)\n"
        "child.stdout.readline()\n"
        "print(child.pid, flush=True)\n"
    )
    try:
        done = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", script, str(tmp_path), str(reading)],
            pass_fds=[reading],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        pid = int(done.stdout)
        wait_for(lambda: not is_alive(pid), seconds=10)
    finally:
        os.close(reading)
        os.close(writing)


def test_one_that_cannot_start_says_why(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").symlink_to(tmp_path / "elsewhere")
    with Sandbox.start(tmp_path, tickets=3) as sandbox, pytest.raises(DesktermError) as failed:
        _ = sandbox.accounts
    assert "journal.jsonl" in failed.value.explanation
    assert not (tmp_path / "elsewhere").exists()

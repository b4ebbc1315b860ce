"""`deskterm sandbox`: one JSON object, servers until it is told to end, and nothing left."""

from __future__ import annotations

import json
import os
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection
from typing import Any

import pytest

from tests.support.line import wait_for
from tests.support.sandbox import children_of, is_alive

pytestmark = pytest.mark.xdist_group("sandbox-cli")


@contextmanager
def serving(tmp: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    """Run the command with a folder for temporary files of its own, and read what it prints."""
    env = {**os.environ, "TMPDIR": str(tmp)}
    with subprocess.Popen(
        [sys.executable, "-m", "deskterm", "sandbox", "--tickets=10", *words],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            yield process, json.loads(process.stdout.readline())
        finally:
            process.kill()


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_it_serves_until_told_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    with serving(tmp_path) as (process, said):
        account, shop = said["accounts"]
        assert (account["channel"], account["name"]) == ("email", "mailbox")
        assert set(account["secrets"]) == {"password"}
        assert (shop["channel"], shop["name"]) == ("woocommerce", "webshop")
        assert set(shop["secrets"]) == {"consumer_secret"}
        fields = account["fields"]
        tls = ssl.create_default_context(cafile=fields["tls_ca_file"])
        address = ("127.0.0.1", int(fields["imap_port"]))
        with (
            create_connection(address, 5) as plain,
            tls.wrap_socket(plain, server_hostname="localhost") as line,
        ):
            assert line.recv(5) == b"* OK "
        assert Path(said["journal"]).is_file()
        (folder,) = tmp_path.iterdir()
        assert folder.stat().st_mode & 0o777 == 0o700
        (child,) = children_of(process.pid)
        process.send_signal(getattr(signal, name))
        assert process.wait(15) == 0
        assert process.stdout is not None
        assert process.stdout.read() == ""
    assert not is_alive(child)
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_one_left_is_gone_after_the_next(tmp_path: Path) -> None:
    with serving(tmp_path) as (process, _):
        (child,) = children_of(process.pid)
        process.kill()
        process.wait(15)
        wait_for(lambda: not is_alive(child), seconds=5)
    (left,) = tmp_path.iterdir()
    (tmp_path / "deskterm-sandbox-mine").mkdir()
    with serving(tmp_path) as (process, _):
        assert not left.exists()
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
    assert [path.name for path in tmp_path.iterdir()] == ["deskterm-sandbox-mine"]


def test_one_that_runs_is_left_alone(tmp_path: Path) -> None:
    with serving(tmp_path) as (_, said), serving(tmp_path, "--seed=2") as (_, other):
        assert Path(said["journal"]).exists()
        assert Path(other["journal"]).exists()
        ports = [one["accounts"][0]["fields"]["imap_port"] for one in (said, other)]
        assert ports[0] != ports[1]


@pytest.mark.parametrize("words", [["--tickets=0"], ["--tickets=many"], ["--seed=x"]])
def test_a_world_that_cannot_be(words: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "deskterm", "sandbox", *words],
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2

"""The benchmarks still run; what they measure is not judged here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.dovecot import BINARY

ROOT = Path(__file__).resolve().parents[2]


def test_every_benchmark_of_the_office_gives_rows() -> None:
    names = ["import", "search", "commands"]
    if BINARY.exists():
        names.append("imap")
    rows = _rows(*names, "--messages", "200")
    assert {row["name"] for row in rows} == set(names)
    assert all(row["figure"] > 0 for row in rows if row["goal"] != "0")
    assert all(row["floor"] > 0 and row["ratio"] > 0 for row in rows if row["goal"].endswith("×"))
    fetched_again = [row["figure"] for row in rows if row["goal"] == "0"]
    assert not any(fetched_again)


@pytest.mark.skipif(sys.platform != "linux", reason="reads processor time and memory from Linux")
def test_the_benchmark_of_the_screen_gives_rows() -> None:
    rows = _rows("screen", "--screen-sizes=300", "--screen-rounds=1", "--screen-keys=3")
    assert {row["name"] for row in rows} == {"screen"}
    assert all(row["floor"] > 0 and row["ratio"] > 0 for row in rows if row["goal"].endswith("×"))
    assert {row["unit"] for row in rows} >= {"s", "ms", "bytes", "a key", "keys/s", "MiB"}


def test_the_benchmark_of_the_demo_gives_its_row() -> None:
    (row,) = _rows("demo", "--screen-rounds=1")
    assert row["name"] == "demo"
    assert row["figure"] > 0


@pytest.mark.skipif(sys.platform != "linux", reason="reads processor time and memory from Linux")
def test_the_benchmark_of_stalls_gives_rows() -> None:
    rows = _rows("stall", "--messages=200")
    spans = 3 if BINARY.exists() else 2
    assert len(rows) == 3 * spans
    assert all(row["figure"] > 0 and row["floor"] > 0 for row in rows if row["unit"] == "ms")


def _rows(*arguments: str) -> list[dict[str, Any]]:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *arguments, "--json"],
        cwd=ROOT,
        capture_output=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    rows: list[dict[str, Any]] = json.loads(done.stdout)
    return rows


def test_an_unknown_benchmark_is_refused() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "nonsense"],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert b"nonsense" in done.stderr

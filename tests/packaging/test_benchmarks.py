"""The benchmarks still run; what they measure is not judged here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.support.dovecot import BINARY

ROOT = Path(__file__).resolve().parents[2]


def test_every_benchmark_gives_rows() -> None:
    names = ["import", "search", "commands"]
    if BINARY.exists():
        names.append("imap")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", *names, "--messages", "200", "--json"],
        cwd=ROOT,
        capture_output=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    rows = json.loads(done.stdout)
    assert {row["name"] for row in rows} == set(names)
    assert all(row["figure"] > 0 for row in rows if row["goal"] != "0")
    assert all(row["floor"] > 0 and row["ratio"] > 0 for row in rows if row["goal"].endswith("×"))
    fetched_again = [row["figure"] for row in rows if row["goal"] == "0"]
    assert not any(fetched_again)


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

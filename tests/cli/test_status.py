"""`deskterm status`, in an empty workspace and in one with mail; and titles on a terminal."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_people import Terminal
from tests.support.line import environment


def test_nothing_is_made_by_asking(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "deskterm", "status"],
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.startswith("needs us 0 · mine 0 · snoozed 0")
    assert not list((tmp_path).rglob("deskterm.db"))


@pytest.fixture
def shop(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path)


def test_one_line_and_one_object(shop: Terminal) -> None:
    try:
        line = shop.run("status")
        assert line.count("\n") == 1
        assert line.startswith("needs us 1 ")
        found = json.loads(shop.run("status", "--json"))
        assert found["needs_us"] == 1
        assert [one["name"] for one in found["accounts"]] == ["shop"]
    finally:
        shop.end()

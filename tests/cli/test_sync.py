"""`deskterm sync` tells by its exit code that a part of the office died."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskterm.cli.main import run
from deskterm.sync.engine import SyncEngine
from deskterm.sync.sender import Sender


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKTERM_HOME", str(tmp_path))
    monkeypatch.setenv("DESKTERM_SECRETS", "env")


async def fails(_self: object) -> None:
    """As a fault in the program would."""
    raise ZeroDivisionError


def test_a_dead_sender_ends_it_with_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Sender, "run", fails)
    assert run(["sync"]) == 1
    assert "ended the sending of replies" in capsys.readouterr().err


def test_a_dead_engine_ends_it_with_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(SyncEngine, "run_forever", fails)
    assert run(["sync"]) == 1
    assert "ended the fetching of news" in capsys.readouterr().err


def test_a_dead_sender_makes_once_fail_instead_of_waiting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(Sender, "run", fails)
    assert run(["sync", "--once"]) == 1
    assert "ended the sending of replies" in capsys.readouterr().err

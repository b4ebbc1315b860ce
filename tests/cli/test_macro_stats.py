"""`deskterm macro stats`: what became of each macro."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskterm.cli.main import run
from deskterm.service.reading.shelf import Shelf
from tests.packaging.test_cli_doc import SECTIONS
from tests.support.desk import TestDesk
from tests.support.ground import kept_ground

QUESTION = "Where is my order?"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestDesk]:
    for name, value in (("DESKTERM_HOME", str(tmp_path)), ("TZ", "Europe/Paris"), ("LANG", "C")):
        monkeypatch.setenv(name, value)
    folder = tmp_path / "data"
    folder.mkdir()
    desk = TestDesk(folder)
    shelf = Shelf(tmp_path / "none", tmp_path / "none.toml", ground=kept_ground())
    desk.reads = lambda: shelf.stock().suggester
    yield desk
    desk.close()


def test_what_was_used_is_counted(desk: TestDesk, capsys: pytest.CaptureFixture[str]) -> None:
    offered = "order_status stock"
    for text in ("It is on its way.", "It arrives tomorrow."):
        ref = desk.open(body=QUESTION)
        desk.one("ticket.reply", ref, text=text, macro="order_status", suggested=offered)
    desk.do("macro.dismiss", ref, macro="stock")
    desk.do("ticket.reply", desk.open(body=QUESTION), text="Hm, no.", macro="stock")
    desk.do("app.undo")
    assert run(("macro", "stats")) == 0
    head, first, second = capsys.readouterr().out.splitlines()
    assert head.split() == ["macro", "used", "rewritten", "dismissed", "offered", "reopened"]
    assert first.split() == ["order_status", "2", "0", "0", "2", "0"]
    assert second.split() == ["stock", "0", "0", "1", "2", "0"]
    assert run(("macro", "stats", "--json")) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert set(rows[0]) == SECTIONS["macro stats"].keys[None]


def test_before_the_first_it_says_so(desk: TestDesk, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(("macro", "stats")) == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "No macro was used" in printed.err

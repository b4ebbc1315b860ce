"""`deskterm macro typed` and `deskterm macro new --from-typed`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskterm.cli.main import run
from deskterm.macros.library import load_library
from deskterm.office.macro_files import MacroFolder
from deskterm.service.repeats import ShopTexts
from tests.packaging.test_cli_doc import SECTIONS
from tests.support.desk import TestDesk

SENTENCE = "Your lamp is being packed with care today."


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestDesk]:
    for name, value in (("DESKTERM_HOME", str(tmp_path)), ("TZ", "Europe/Paris"), ("LANG", "C")):
        monkeypatch.setenv(name, value)
    folder = tmp_path / "data"
    folder.mkdir()
    desk = TestDesk(folder)
    macros = tmp_path / "config" / "macros"
    desk.texts = ShopTexts(
        lambda: load_library(macros), macros, tmp_path / "facts.toml", MacroFolder(macros)
    )
    yield desk
    desk.close()


def test_what_is_typed_again_is_listed_most_often_first(
    desk: TestDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(("macro", "typed")) == 0
    assert "Nothing was typed so often" in capsys.readouterr().err
    for text, times in ((SENTENCE, 4), ("We have looked for it in every corner.", 3)):
        for _ in range(times):
            desk.one("ticket.reply", desk.open(), text=text, reason="it is meant")
    assert run(("macro", "typed")) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first.endswith(f"   4 ×  {SENTENCE}")
    assert "   3 ×  We have looked" in second
    assert run(("macro", "typed", "--json", "--least", "4")) == 0
    (row,) = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert set(row) == SECTIONS["macro typed"].keys[None]
    assert row["kinds"] == {"mail": 4}


def test_a_title_or_a_sentence_is_needed(
    desk: TestDesk, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(("macro", "new")) == 2
    assert run(("macro", "new", "--from-typed", "abcdef", "--text", "x")) == 2
    assert "nothing else" in capsys.readouterr().err

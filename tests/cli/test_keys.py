"""`deskterm keys`, and keys in `deskterm doctor`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from deskterm.cli.keymap import keymap_of
from deskterm.cli.main import run
from deskterm.service.table import TABLE
from deskterm.ui.surroundings import uses_azerty
from deskterm.viewmodel.key_page import page
from deskterm.viewmodel.keys import Nothing, Run

ROOT = Path(__file__).parents[2]
WRONG = '[list]\n"Ctrl+i" = "ticket.resolve"\n"F8" = "ticket.resolve"\n'


@pytest.fixture
def keys_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a workspace keeps its keys; there is no file yet."""
    monkeypatch.setenv("DESKTERM_HOME", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en")
    file = tmp_path / "config" / "keys.toml"
    file.parent.mkdir()
    return file


def test_the_keymap_in_force_is_printed(keys_file: Path, capsys: pytest.CaptureFixture) -> None:  # type: ignore[type-arg] # of text
    assert run(["keys"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "Ticket list\n" in printed.out
    lines = [line.split() for line in printed.out.splitlines()]
    assert ["e", "Resolve", "ticket.resolve"] in lines
    assert sum(line[-1:] == ["ticket.resolve"] for line in lines) == 1
    assert run(["keys", "--context", "outbox"]) == 0
    assert ["e", "Resolve", "ticket.resolve"] in [
        line.split() for line in capsys.readouterr().out.splitlines()
    ]


def test_for_programs_each_command_of_a_place_is_an_object(
    keys_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys_file.write_text('[anywhere]\n"F5" = "ticket.resolve"\n')
    assert run(["keys", "--json", "--context", "list"]) == 0
    found = {
        line["command"]: line for line in map(json.loads, capsys.readouterr().out.splitlines())
    }
    assert found["ticket.resolve"] == {
        "context": "list",
        "keys": ["F5", "e"],
        "command": "ticket.resolve",
        "title": "Resolve",
        "changed": True,
    }
    assert found["list.down"]["keys"] == ["j", "↓"]
    assert found["list.down"]["changed"] is False


def test_a_check_names_file_line_and_command(
    keys_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["keys", "check"]) == 0
    keys_file.write_text(WRONG)
    capsys.readouterr()
    assert run(["keys", "check"]) == 1
    told = capsys.readouterr().out
    assert f"{keys_file}, line 2: " in told
    assert "Ctrl+i cannot be a key of ticket.resolve" in told
    assert run(["keys", "check", "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    assert (found["file"], found["line"], found["context"]) == (str(keys_file), 2, "list")
    assert (found["key"], found["command"]) == ("Ctrl+i", "ticket.resolve")


def test_another_file_can_be_checked(
    keys_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.toml"
    other.write_text('preset = "arrows"\n')
    assert run(["keys", "check", str(other)]) == 0
    other.write_text(WRONG)
    assert run(["keys", "check", str(other)]) == 1
    assert run(["keys", "check", str(tmp_path / "none.toml")]) == 1


@pytest.mark.parametrize("content", [b"\xff", b"x" * 300_000])
def test_a_file_that_cannot_be_read_leaves_the_usual_keys(
    keys_file: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    keys_file.write_bytes(content)
    assert run(["keys", "check"]) == 1
    assert "The usual keys are used" in capsys.readouterr().out
    keymap, mistakes = keymap_of(keys_file, {})
    assert len(mistakes) == 1
    assert keymap.step("list", ("e",)) == Run(TABLE["ticket.resolve"])


def test_json_is_not_translated(keys_file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (keys_file.parent / "settings.toml").write_text('[console]\nlanguage = "fr"\n')
    keys_file.write_text(WRONG)
    assert run(["keys", "check", "--json"]) == 1
    assert "cannot be a key of" in json.loads(capsys.readouterr().out)["title"]
    assert run(["keys", "--json"]) == 0
    titles = [json.loads(line)["title"] for line in capsys.readouterr().out.splitlines()]
    assert "Resolve" in titles


def test_the_doctor_looks_at_keys_and_themes(
    keys_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    keys_file.write_text(WRONG)
    themes = keys_file.parent / "themes"
    themes.mkdir()
    (themes / "mine.toml").write_text('primary = "bleu"\n')
    run(["doctor", "--json"])
    found = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    wrong = {line["topic"]: line["text"] for line in found if not line["good"]}
    assert f"{keys_file}, line 2: " in wrong["keys"]
    assert "mine.toml" in wrong["themes"]
    assert "key primary" in wrong["themes"]


def test_without_a_file_a_console_has_the_tables_keys(keys_file: Path) -> None:
    keymap, mistakes = keymap_of(keys_file, {"LANG": "en_GB.UTF-8"})
    assert mistakes == ()
    assert keymap.aliases == {}
    assert keymap.step("list", ("ampersand",)) == Nothing()
    french, _ = keymap_of(keys_file, {"LANG": "fr_FR.UTF-8"})
    assert french.aliases["ampersand"] == "1"


@pytest.mark.parametrize(
    ("env", "azerty"),
    [
        ({"LANG": "fr_FR.UTF-8"}, True),
        ({"LANG": "nl_BE.UTF-8@euro"}, True),
        ({"LANG": "fr_FR.UTF-8", "LC_ALL": "C.UTF-8"}, False),
        ({"LANG": "fr_CA.UTF-8"}, False),
        ({"LANG": "fr_CH"}, False),
        ({}, False),
    ],
)
def test_where_keyboards_usually_have_digits_with_shift(env: dict[str, str], azerty: bool) -> None:
    assert uses_azerty(env) is azerty


def test_the_page_of_the_keys_is_made_from_the_table() -> None:
    again = "run: python -m deskterm.viewmodel.key_page > docs/keys.md"
    assert (ROOT / "docs" / "keys.md").read_text(encoding="utf-8") == page(), again

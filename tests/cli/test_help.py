"""Help, and what is said of a wrong call, in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskterm.cli.main import run
from deskterm.domain.query import FIELDS
from deskterm.i18n import speaking

#: What is typed as it stands, and what somebody typed.
TYPED = re.compile(
    r"--([a-z]+) (?i:\1)\b|\S*--?[a-z]\S*|\bdeskterm\b.*|'[^']*'|^ +[a-z-]+(?=  |$)|\bquery\b",
    re.MULTILINE,
)
PLAIN = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A workspace whose words are strange, so that those in plain letters show."""
    monkeypatch.setenv("DESKTERM_HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "200")
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text('[console]\nlanguage = "en-XA"\n')
    with speaking("en"):
        yield


def said(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> str:
    with pytest.raises(SystemExit):
        run(arguments)
    both = capsys.readouterr()
    return both.out + both.err


@pytest.mark.parametrize(
    "arguments", [["list"], ["account"], ["account", "set"], ["outbox"], ["rules"], ["sync"]]
)
def test_help_is_translated(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    text = said([*arguments, "--help"], capsys)
    own_words = TYPED.sub("", text)
    assert "deskterm" in text
    assert PLAIN.findall(own_words) == [], own_words


def test_what_is_wrong_with_a_call_is_translated(capsys: pytest.CaptureFixture[str]) -> None:
    text = said(["list", "--nothing"], capsys)
    assert "[-h]" in text
    assert "unrecognized" not in text
    assert "error" not in text


def test_in_english_it_is_what_argparse_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config" / "settings.toml").unlink()
    text = said(["list", "--limit", "x"], capsys)
    assert text.startswith("usage: deskterm list [-h]")
    assert text.endswith("deskterm list: error: argument --limit: invalid int value: 'x'\n")
    help_text = said(["--help"], capsys)
    assert "\noptions:\n" in help_text
    assert "  -h, --help" in help_text
    assert "\ncommands:\n" in help_text


def test_a_language_is_that_of_the_workspace_that_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "usage:" not in said(["--help"], capsys)
    assert "usage:" in said(["--workspace=other", "--help"], capsys)
    assert "usage:" in said(["--workspace", "other", "list", "--help"], capsys)


def test_help_names_every_field_of_a_query(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "config" / "settings.toml").unlink()
    words = said(["list", "--help"], capsys).replace(".", " ").split()
    assert set(FIELDS) <= set(words)

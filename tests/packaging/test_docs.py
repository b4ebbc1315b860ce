"""The pages for people say what the code says."""

from __future__ import annotations

import re
import shlex
import sqlite3
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskterm.cli.main import parser
from deskterm.domain.outbox import LEAVES_SOON, STEPS
from deskterm.service.command import Command
from deskterm.service.table import TABLE
from deskterm.store.schema import migrate
from deskterm.viewmodel.key_signs import spoken

ROOT = Path(__file__).parents[2]
_BLOCKS = re.MULTILINE | re.DOTALL
_CALL = re.compile(r"^(?:\$ |[^|#\n]*\| )?deskterm (.+)$")
_CODE = re.compile(r"`([^`]+)`")
_ROW = re.compile(r"^\| `(\w+)` \| ([^|]+) \|([^|]*)\|$", re.MULTILINE)


def page(name: str) -> str:
    return (ROOT / "docs" / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def schema(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Tables and their columns as the migrations make them."""
    folder = tmp_path_factory.mktemp("schema")
    migrate(folder / "desk.db", folder, datetime(2026, 11, 21, tzinfo=UTC))
    connection = sqlite3.connect(folder / "desk.db")
    try:
        names = [
            row[0]
            for row in connection.execute(
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type != 'shadow'"
                " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE '\\_%' ESCAPE '\\'"
            )
        ]
        columns = "SELECT name FROM pragma_table_info(?)"
        return {name: {row[0] for row in connection.execute(columns, (name,))} for name in names}
    finally:
        connection.close()


def test_the_page_of_the_database_has_each_table_and_column(schema: dict[str, set[str]]) -> None:
    parts = re.split(r"^### `(\w+)`$", page("data.md"), flags=re.MULTILINE)
    sections = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert set(sections) == set(schema)
    for table, columns in schema.items():
        missing = columns - set(_CODE.findall(sections[table].partition("\n## ")[0]))
        assert missing == set(), f"{table}: {missing}"


def test_the_page_of_the_database_names_no_other_column(schema: dict[str, set[str]]) -> None:
    parts = re.split(r"^### `(\w+)`$", page("data.md"), flags=re.MULTILINE)
    for table, text in zip(parts[1::2], parts[2::2], strict=True):
        rows = re.findall(r"^\| (`[^|]+`) \|", text.partition("\n## ")[0], flags=re.MULTILINE)
        told = {name for row in rows for name in _CODE.findall(row)}
        assert told <= schema[table], table


def test_the_page_of_the_outbox_has_each_step() -> None:
    rows = {name: _CODE.findall(after) for name, _, after in _ROW.findall(page("outbox.md"))}
    assert rows == {before: sorted(after) for before, after in STEPS.items()}


def test_the_page_of_the_outbox_says_what_keeps_the_office() -> None:
    (sentence,) = re.findall(
        r"It does not end by itself while an item is ([^.]+)\.", page("outbox.md")
    )
    assert set(_CODE.findall(sentence)) == LEAVES_SOON


@pytest.mark.parametrize("command", TABLE.values(), ids=lambda c: c.id)
def test_each_command_explains_itself(command: Command) -> None:
    # Moving about is told by its title.
    assert command.help.endswith(".") or (command.place == "console" and not command.help)
    assert command.title[0].isupper()


def test_the_page_of_the_layers_is_what_import_linter_holds() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = {path.name for path in (ROOT / "src" / "deskterm").iterdir() if path.is_dir()}
    held = {
        part: {name.removeprefix("deskterm.") for name in contract["allowed_importers"]}
        for contract in contracts
        for part in (
            name.removeprefix("deskterm.") for name in contract.get("protected_modules", ())
        )
        if part in layers
    }
    rows = re.findall(r"^\| `(\w+)` \| ([^|]+) \|$", page("architecture.md"), flags=re.MULTILINE)
    told = {
        part: {
            *_CODE.findall(importers),
            *(["deskterm_connectors"] if "connectors" in importers else []),
        }
        for part, importers in rows
    }
    assert told.pop("domain") == set()
    assert told == held


def test_the_page_of_the_layers_has_each_part() -> None:
    tree = page("architecture.md").partition("```\n")[2].partition("```")[0]
    named = set(re.findall(r"^  (\w+)/", tree.partition("connectors/")[0], flags=re.MULTILINE))
    parts = {path.parent.name for path in (ROOT / "src" / "deskterm").glob("*/__init__.py")}
    assert named == parts


def _examples() -> list[str]:
    """Calls of deskterm in the blocks of code of all pages, one a line."""
    found = []
    for file in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"), *_beside_connectors()):
        for block in re.findall(r"^```\w*\n(.*?)^```", file.read_text(encoding="utf-8"), _BLOCKS):
            lines = block.replace("\\\n", " ").splitlines()
            found += [m[1] for line in lines if (m := _CALL.match(line))]
    return found


def _beside_connectors() -> list[Path]:
    return sorted((ROOT / "connectors").rglob("*.md"))


@pytest.mark.parametrize("example", [e for e in _examples() if "[" not in e])
def test_each_example_is_a_call_that_the_program_takes(example: str) -> None:
    parser().parse_args(shlex.split(example, comments=True))


def test_there_are_examples() -> None:
    assert len(_examples()) > 10


def test_the_page_of_the_keys_is_the_table() -> None:
    rows = re.findall(r"^\| (`.+`) \| (.+) \| `([\w.]+)` \|$", page("keys.md"), re.MULTILINE)
    told = {(command, title, tuple(_CODE.findall(keys))) for keys, title, command in rows}
    assert told == {
        (c.id, c.title, tuple(spoken(tuple(keys.split())) for keys in c.keys))
        for c in TABLE.values()
        if c.keys
    }

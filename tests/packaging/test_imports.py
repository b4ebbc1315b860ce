"""What a fresh interpreter has loaded after an import or a call: the layers, seen at run time.

Import contracts look at direct imports. What is reached through others is found only here.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path

import pytest

from deskterm.store.schema import migrate

HEAVY = {"cryptography", "httpx", "keyring", "sqlite_utils", "textual"}

_IMPORT_ALL = """
import importlib, json, pkgutil, sys
before = set(sys.modules)
package = importlib.import_module({name!r})
for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    if not (found.name.endswith("__main__") or ".testing" in found.name):
        importlib.import_module(found.name)
print(json.dumps(sorted(set(sys.modules) - before)))
"""
_IMPORT = """
import importlib, json, sys
before = set(sys.modules)
importlib.import_module({name!r})
print(json.dumps(sorted(set(sys.modules) - before)))
"""
_RUN = """
import contextlib, json, os, sys
from deskterm.cli.main import run
with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
    code = run({words!r})
print(json.dumps([code, sorted(sys.modules)]))
"""

_FIRST_FRAME = """
import json, os, sys
from deskterm.cli.console import console_app
from deskterm.cli.workplace import Workplace
from deskterm.config.paths import Home
app = console_app(Workplace(Home.find(os.environ), "default"))
loaded = []
async def painted():
    loaded.extend(sys.modules)
    app.exit(0)
app.painted = painted
app.run(headless=True, size=(120, 40))
print(json.dumps(sorted(loaded)))
"""

_EXIT = """
import contextlib, json, os, sys
from deskterm.cli.main import run
with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
    try:
        run({words!r})
    except SystemExit as end:
        code = end.code
print(json.dumps([code, sorted(sys.modules)]))
"""


def _fresh(code: str, env: dict[str, str] | None = None) -> object:
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, env=env, capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr.decode()
    answer: object = json.loads(done.stdout)
    return answer


def _loaded(code: str) -> set[str]:
    names = _fresh(code)
    assert isinstance(names, list)
    return set(names)


def _exited(words: list[str]) -> tuple[object, set[str]]:
    answer = _fresh(_EXIT.format(words=words))
    assert isinstance(answer, list)
    code, names = answer
    return code, set(names)


def _tops(names: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


@pytest.mark.parametrize("layer", ["domain", "text", "rules", "mail", "contract"])
def test_a_pure_layer_loads_nothing_heavy(layer: str) -> None:
    loaded = _loaded(_IMPORT_ALL.format(name=f"deskterm.{layer}"))
    assert f"deskterm.{layer}" in loaded
    assert HEAVY & _tops(loaded) == set()


@pytest.mark.parametrize("layer", ["store", "service", "office", "sync"])
def test_no_layer_below_the_screen_loads_the_screen(layer: str) -> None:
    loaded = _loaded(_IMPORT_ALL.format(name=f"deskterm.{layer}"))
    assert f"deskterm.{layer}" in loaded
    assert {"textual", "deskterm_connectors"} & _tops(loaded) == set()


def test_an_office_starts_without_what_only_a_check_needs() -> None:
    loaded = _loaded(_IMPORT.format(name="deskterm.office.serve"))
    assert "deskterm.rules.engine" in loaded
    assert {"deskterm.rules.detectors.table", "deskterm.rules.wording.topics"} & loaded == set()
    assert {"phonenumbers", "publicsuffixlist", "babel"} & _tops(loaded) == set()


@pytest.mark.parametrize("words", [["list"], ["search", "lamp"], ["show", "k7m2q9"]])
def test_reading_loads_no_network_no_secrets_and_no_connector(
    words: list[str], tmp_path: Path
) -> None:
    (tmp_path / "data").mkdir()
    now = datetime(2026, 11, 21, tzinfo=UTC)
    migrate(tmp_path / "data" / "deskterm.db", tmp_path / "backup", now)
    env = {**os.environ, "DESKTERM_HOME": str(tmp_path)}

    answer = _fresh(_RUN.format(words=words), env)

    assert isinstance(answer, list)
    code, loaded = answer
    assert code == (0 if words == ["list"] else 1), "list is empty, the others find nothing"
    assert "deskterm.store.connect" in loaded, "the database was read"
    assert (HEAVY | {"deskterm_connectors"}) & _tops(set(loaded)) == set()


def test_the_first_frame_loads_what_it_shows(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    migrate(tmp_path / "data" / "deskterm.db", tmp_path / "backup", datetime.now(UTC))

    loaded = _fresh(_FIRST_FRAME, {**os.environ, "DESKTERM_HOME": str(tmp_path)})

    assert isinstance(loaded, list)
    ours = {name.removeprefix("deskterm.") for name in loaded if name.startswith("deskterm.")}
    assert {"ui.ticket_list", "ui.status", "store.lists"} <= ours
    later = {"service.table", "ui.dispatcher", "ui.performer", "viewmodel.conversation", "office"}
    assert not ours & later
    assert {name for name in ours if name.startswith("ui.acts.")} == {"ui.acts.colours"}
    assert (HEAVY - {"textual"}) & _tops(set(loaded)) == set()


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("list --help", {"listing"}),
        ("--workspace other --plain list --help", {"listing"}),
        ("--workspace=other resolve --help", {"shortcuts", "do"}),
        ("--version", set()),
    ],
)
def test_a_call_loads_its_own_subcommand_alone(words: str, wanted: set[str]) -> None:
    code, loaded = _exited(words.split())
    ours = {name.removeprefix("deskterm.cli.") for name in loaded if "deskterm.cli." in name}
    assert code == 0
    assert wanted <= ours
    assert not ours & {"account", "check", "demo", "macro", "rules", "suggest", "sync"}


@pytest.mark.parametrize("point", entry_points(group="deskterm.connectors"), ids=lambda p: p.name)
def test_a_spec_costs_nothing_but_the_contract(point: EntryPoint) -> None:
    loaded = _loaded(_IMPORT.format(name=point.module))
    assert "deskterm.contract" in loaded
    parents = {point.module.rsplit(".", depth)[0] for depth in range(point.module.count(".") + 1)}
    ours = {
        name
        for name in loaded
        if name not in parents
        and not name.startswith(("deskterm.contract", "deskterm.domain"))
        and name != "deskterm"
    }
    assert _tops(ours) <= sys.stdlib_module_names

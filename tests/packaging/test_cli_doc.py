"""`docs/cli.md` says what the parser takes and what `--json` prints, no more and no less."""

from __future__ import annotations

import argparse
import fcntl
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from deskterm.cli.main import parser
from deskterm.config.paths import Home
from deskterm.domain.query import FIELDS
from deskterm.office.lock import is_held, read_info
from deskterm.service.table import OFFICE

pytestmark = pytest.mark.xdist_group("cli-doc")

PAGE = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
_HEADING = re.compile(r"^### `deskterm ([^`]+)`$", re.MULTILINE)
_ROW = re.compile(r"^\| `(--[a-z-]+)` \|", re.MULTILINE)
_JSON = re.compile(r"^JSON(?: of `(\w+)`)?: ((?:`\w+`,?\s)+)", re.MULTILINE)
_CODE = re.compile(r"`([^`]+)`")

_MAIL = """\
From ana@example.org Fri Nov 20 10:00:00 2026
From: Ana Martin <ana@example.org>
To: help@shop.example
Subject: Where is my parcel
Message-ID: <one@example.org>
Date: Fri, 20 Nov 2026 10:00:00 +0000

Hello, where is my parcel?

"""


@dataclass(frozen=True)
class Section:
    """What the page says about one subcommand. `keys` are those of each JSON, None the outer."""

    arguments: list[str]
    options: set[str]
    keys: dict[str | None, set[str]] = field(default_factory=dict)


def _sections() -> dict[str, Section]:
    found = {}
    parts = _HEADING.split(PAGE)
    for heading, text in zip(parts[1::2], parts[2::2], strict=True):
        body = re.split(r"^#{2,3} ", text, flags=re.MULTILINE)[0]
        words = heading.replace("[", "").replace("]", "").replace("...", "").split()
        path = " ".join(word for word in words if word.islower())
        keys = {
            (match[1] or None): set(_CODE.findall(match[2]))
            for match in _JSON.finditer(f"{body}\n")
        }
        arguments = [word.lower() for word in words if word.isupper()]
        found[path] = Section(arguments, set(_ROW.findall(body)), keys)
    return found


SECTIONS = _sections()


def _leaves(top: argparse.ArgumentParser, path: str = "") -> Iterator[tuple[str, Section]]:
    below = [a for a in top._actions if isinstance(a, argparse._SubParsersAction)]
    for action in below:
        for name, child in action.choices.items():
            yield from _leaves(child, f"{path} {name}".strip())
    if not below or top.get_default("run"):
        not_told = (argparse._HelpAction, argparse._SubParsersAction)
        shown = [a for a in top._actions if not isinstance(a, not_told)]
        options = {option for action in shown for option in action.option_strings}
        yield path, Section([a.dest for a in shown if not a.option_strings], options)


def test_the_page_has_each_subcommand_with_its_options() -> None:
    real = dict(_leaves(parser()))
    assert set(SECTIONS) == set(real)
    told = {path: (section.arguments, section.options) for path, section in SECTIONS.items()}
    assert told == {path: (section.arguments, section.options) for path, section in real.items()}


def test_the_page_has_the_options_before_the_command() -> None:
    real = {option for action in parser()._actions for option in action.option_strings}
    assert set(_ROW.findall(PAGE.partition("\n## ")[0])) == real - {"-h", "--help"}


def _rows(title: str) -> dict[str, list[str]]:
    """A table of the page: the codes in its second column, by the one in its first."""
    table = PAGE.partition(f"| {title} |")[2].partition("\n\n")[0]
    rows = [line.split("|")[1:3] for line in table.splitlines() if line.startswith("| `")]
    return {first.strip(" `"): _CODE.findall(second) for first, second in rows}


def test_the_page_has_each_command_with_its_parameters() -> None:
    told = _rows("command")
    assert set(told) == set(OFFICE)
    for name, command in OFFICE.items():
        names = [p.name for p in command.parameters]
        assert told[name][: len(names)] == names, name


def test_the_page_has_each_field_of_a_query() -> None:
    told = _rows("field")
    assert set(told) == set(FIELDS)
    for name, spec in FIELDS.items():
        if spec.values:
            assert set(told[name]) == spec.values, name


class Desk:
    """A workspace with one account whose servers are not there, and one imported mail."""

    def __init__(self, root: Path) -> None:
        kept = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
        self.env = {**kept, "DESKTERM_HOME": str(root), "HOME": str(root)}
        self.env |= {"DESKTERM_SECRETS": "env", "DESKTERM_SECRET_SHOP_PASSWORD": "pw"}
        (root / "mbox").write_text(_MAIL, encoding="utf-8")
        server = ("host=127.0.0.1", "port=9", "security=none")
        fields = [f"{kind}_{setting}" for kind in ("imap", "smtp") for setting in server]
        sets = [f"--set={setting}" for setting in ("address=help@shop.example", *fields)]
        self.run("account", "add", "email", "shop", *sets)
        self.imported = self.json("import", "mbox", str(root / "mbox"), "--account", "shop")
        self.ref = str(self.json("list")[0]["ref"])

    def run(self, *words: str, stdin: str = "") -> str:
        """Run `deskterm`, whatever its exit code; returns stdout."""
        command = [sys.executable, "-m", "deskterm", *words]
        done = subprocess.run(
            command,
            env=self.env,
            input=stdin,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode in (0, 1), done.stderr
        return done.stdout

    def json(self, *words: str, stdin: str = "") -> list[dict[str, object]]:
        """The objects that `--json` prints; at least one."""
        lines = self.run(*words, "--json", stdin=stdin).splitlines()
        assert lines, words
        return [json.loads(line) for line in lines]

    def close(self) -> None:
        """End the office that this desk has started."""
        lock = Home.find(self.env).lock
        info = read_info(lock)
        if info is None or not is_held(lock):
            return
        os.kill(info.pid, signal.SIGTERM)
        with lock.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH)  # given when the office lets go of it


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    try:
        yield desk
    finally:
        desk.close()


def _agrees(path: str, objects: list[dict[str, object]]) -> None:
    """The page tells the keys of these objects, and those of the objects in them."""
    told = SECTIONS[path].keys
    assert all(set(one) == told[None] for one in objects), (path, objects[0])
    for name, keys in told.items():
        if name is None:
            continue
        inner = [two for one in objects for two in _list(one[name])]
        assert inner, f"{path}: nothing to compare in {name}"
        assert all(set(two) == keys for two in inner), (path, name)


def _list(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value


@pytest.mark.parametrize(
    "path",
    ["account list", "account kinds", "list", "rules list", "rules age", "keys", "doctor"],
)
def test_json_without_arguments(desk: Desk, path: str) -> None:
    _agrees(path, desk.json(*path.split()))


def test_json_of_messages(desk: Desk) -> None:
    _agrees("import", desk.imported)
    _agrees("search", desk.json("search", "parcel"))
    _agrees("sync", desk.json("sync", "--once"))


def test_json_of_a_rule(desk: Desk) -> None:
    shown = desk.json("rules", "explain", "email.from_identity")
    assert set(shown[0]) == SECTIONS["rules list"].keys[None]


def test_json_of_a_check(desk: Desk) -> None:
    _agrees("check", desk.json("check", "--channel", "email", stdin="Hello {{name}}"))


def test_json_of_a_reply_and_its_way(desk: Desk) -> None:
    told = SECTIONS["reply"].keys[None]
    blocked = desk.json("reply", desk.ref, "--text", "Hello {{name}}")[0]
    assert blocked["outcome"] == "blocked"
    assert set(blocked) == told - {"item", "hold_s"}
    noted = desk.json("do", "note", desk.ref, "--param", "text=asked the carrier")[0]
    assert set(noted) == SECTIONS["do"].keys[None]
    _agrees("do", desk.json("do", "resolve", desk.ref))
    _agrees("do", desk.json("do", "reopen", desk.ref))
    held = desk.json("reply", desk.ref, "--text", "Hello Ana, it left yesterday.")[0]
    assert held["outcome"] == "held"
    assert set(held) == told - {"draft", "saved_at"}

    _agrees("outbox list", desk.json("outbox", "list"))
    _agrees("outbox show", desk.json("outbox", "show", str(held["item"])))
    _agrees("show", desk.json("show", desk.ref))
    header = ("--account", "shop", "--to", "carl@mail.example", "--subject", "Your order")
    _agrees("new", desk.json("new", *header, "--text", "Hello Carl, it is back in stock."))
    undone = desk.json("do", "undo")[0]
    assert set(undone) == {"command", "label", "tickets", "changed", "kept"}

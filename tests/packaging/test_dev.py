"""The one command: what the pages say of it, and that it speaks to old Pythons too."""

from __future__ import annotations

import ast
import os
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).parents[2]
_NAME = re.compile(r"[A-Za-z0-9._-]+")


def test_an_old_python_can_read_it() -> None:
    ast.parse((ROOT / "dev.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_old_python_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    assert dev.unfit() == ""
    monkeypatch.setattr(sys, "version_info", (3, 10, 9, "final", 0))
    assert "needs Python 3.11 or newer" in dev.unfit()


def test_an_unknown_word_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["frobnicate"]) == 2
    assert "frobnicate" in capsys.readouterr().err


def test_what_is_installed_decides_when_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (tmp_path / "constraints.txt").write_text("one==1\n")
    (tmp_path / "pyproject.toml").write_text(project)
    before = dev.fingerprint()

    (tmp_path / "pyproject.toml").write_text(
        project.replace("line-length = 100", "line-length = 9")
    )
    assert dev.fingerprint() == before, "settings of a tool install nothing"
    (tmp_path / "constraints.txt").write_text("one==2\n")
    assert dev.fingerprint() != before


_TRIED = """
import pathlib, pytest

@pytest.mark.parametrize("number", range(7))
def test_it(number):
    tries = pathlib.Path(__file__).with_name(f"tries{number}")
    tries.write_text(tries.read_text() + "." if tries.exists() else ".")
    assert number not in %s or (%s and len(tries.read_text()) > 1)
"""


@pytest.mark.parametrize(
    ("failing", "mends", "ends", "tries"),
    [([], False, 0, 1), ([2, 5], True, 0, 2), ([2], False, 1, 2), ([*range(6)], True, 1, 1)],
    ids=["none fails", "two fail once", "one fails each time", "too many fail"],
)
def test_a_few_tests_that_fail_are_tried_once_more(
    failing: list[int],
    mends: bool,
    ends: int,
    tries: int,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(dev, "ROOT", tmp_path)
    monkeypatch.setattr(dev, "PYTHON", Path(sys.executable))
    (tmp_path / "test_it.py").write_text(_TRIED % (failing, mends))
    assert dev.test("-q", "-n", "0") == ends
    told = capfd.readouterr().out.partition("Defects whose cause is wanted")[2]
    for number in range(7):
        often = tries if number in failing else 1
        assert (tmp_path / f"tries{number}").read_text() == "." * often
        assert (f"test_it[{number}]" in told) == (number in failing and ends == 0)


def _required() -> Iterator[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for text in (*project["dependencies"], *project["optional-dependencies"]["dev"]):
        found = _NAME.match(text)
        assert found
        yield found[0].lower()


def _pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line and not line.startswith("#")]
    assert all(len(pair) == 2 for pair in pairs), "a constraint is a name and a version, no more"
    return {name.lower(): pinned for name, pinned in pairs}


def test_every_dependency_is_pinned() -> None:
    assert set(_required()) - set(_pins()) == set()


def test_the_tests_run_with_what_is_pinned() -> None:
    installed = {}
    for name, pinned in _pins().items():
        try:
            installed[name] = (pinned, version(name))
        except PackageNotFoundError:  # some are for certain platforms and versions of Python
            assert name not in set(_required())
    assert {name: both for name, both in installed.items() if both[0] != both[1]} == {}


def test_the_ci_runs_the_commands_of_the_readme() -> None:
    script = ROOT / ".ci" / "run"
    assert os.access(script, os.X_OK)
    text = script.read_text(encoding="utf-8")
    assert '"$python" dev.py check' in text
    assert '"$python" dev.py test' in text
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "python3 dev.py test " in readme
    assert "python3 dev.py run demo" in readme


def test_the_pages_name_only_words_it_knows() -> None:
    known = set(re.findall(r"python3 dev\.py (\w+)", str(dev.__doc__)))
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
    named = {
        word
        for page in pages
        for word in re.findall(r"python3 dev\.py (\w+)", page.read_text(encoding="utf-8"))
    }
    assert known == {"setup", "check", "test", "bench", "screens", "messages", "run"}
    assert named <= known

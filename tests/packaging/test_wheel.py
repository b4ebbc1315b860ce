"""The wheel in a clean environment: everything that is no Python code has to be in it as well."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.xdist_group("wheel")

ROOT = Path(__file__).parents[2]
TIMEOUT_S = 110


@dataclass(frozen=True)
class Installed:
    """A clean environment with the wheel in it."""

    environment: Path
    sdist: Path
    home: Path

    def run(self, program: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment, away from the checkout."""
        kept = ("PATH", "LANG", "TMPDIR")
        env = {name: os.environ[name] for name in kept if name in os.environ}
        env |= {"DESKTERM_HOME": str(self.home / "desk"), "HOME": str(self.home)}
        env |= {"DESKTERM_SECRETS": "env"}
        command = [str(self.environment / "bin" / program), *words]
        return subprocess.run(
            command,
            cwd=self.home,
            env=env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_S,
            check=False,
        )

    def lines(self, *words: str) -> list[dict[str, object]]:
        """What `deskterm … --json` prints."""
        done = self.run("deskterm", *words, "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Build sdist and, from it, the wheel; install that. No index is asked."""
    folder = tmp_path_factory.mktemp("wheel")
    _python("-m", "build", "--no-isolation", "--outdir", str(folder / "dist"), str(ROOT))
    (wheel,) = (folder / "dist").glob("*.whl")
    (sdist,) = (folder / "dist").glob("*.tar.gz")
    environment = folder / "environment"
    venv.create(environment, with_pip=False, symlinks=True)
    python = str(environment / "bin" / "python")
    _python("-m", "pip", "--python", python, "install", "--no-index", "--no-deps", str(wheel))
    # Dependencies come from the environment of the tests: a path of its own, so that what lies
    # beside them (the editable install of the checkout) is not followed.
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = environment / "lib" / version / "site-packages"
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    home = folder / "elsewhere"
    home.mkdir()
    return Installed(environment, sdist, home)


def _python(*words: str) -> None:
    command = [sys.executable, *words]
    done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_installed_package_is_used(installed: Installed) -> None:
    code = "import deskterm, deskterm_connectors as c; print(deskterm.__file__, c.__path__[0])"
    found = installed.run("python", "-c", code).stdout.split()
    assert len(found) == 2
    assert all(Path(place).is_relative_to(installed.environment) for place in found)


def test_it_says_its_version(installed: Installed) -> None:
    done = installed.run("deskterm", "--version")
    assert done.returncode == 0
    assert done.stdout.startswith("deskterm 0.1.0")


def test_the_module_is_the_same_program(installed: Installed) -> None:
    done = installed.run("python", "-m", "deskterm", "--version")
    assert done.stdout == installed.run("deskterm", "--version").stdout


def test_doctor_finds_nothing_wrong(installed: Installed) -> None:
    lines = installed.lines("doctor")
    by_topic = {str(line["topic"]): str(line["text"]) for line in lines}
    assert all(line["good"] for line in lines), lines
    assert "email" in by_topic["connectors"].split(", ")
    shipped = {theme.stem for theme in (ROOT / "themes").glob("*.toml")}
    assert shipped
    assert set(by_topic["themes"].split(", ")) == shipped


def test_the_connectors_are_found(installed: Installed) -> None:
    kinds = {line["kind"]: line for line in installed.lines("account", "kinds")}
    assert "email" in kinds
    assert kinds["email"]["fields"]


def test_the_rule_packs_are_found(installed: Installed) -> None:
    channels = {line["channel"] for line in installed.lines("rules", "list")}
    beside = {pack.parent.name for pack in (ROOT / "connectors").glob("*/*/rules.toml")}
    shared = {pack.stem for pack in (ROOT / "src").glob("deskterm/rules/packs/*.toml")}
    assert beside
    assert "everywhere" in shared
    assert channels == shared | beside


def test_types_are_announced(installed: Installed) -> None:
    marks = list(installed.environment.glob("lib/python*/site-packages/deskterm*/py.typed"))
    assert {mark.parent.name for mark in marks} == {"deskterm", "deskterm_connectors"}


def test_nothing_else_is_installed(installed: Installed) -> None:
    (packages,) = installed.environment.glob("lib/python*/site-packages")
    ours = {place.name for place in packages.iterdir() if not place.name.endswith(".dist-info")}
    assert ours == {"deskterm", "deskterm_connectors", "dependencies.pth"}


def test_the_sdist_can_be_worked_on(installed: Installed) -> None:
    with tarfile.open(installed.sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    _all_in(names, ["dev.py", "constraints.txt", "README.md", "LICENSE", ".ci/run"])
    _all_in(names, _files("themes", "*.toml") + _files("connectors", "*.toml"))
    _all_in(names, _files("connectors", "*.py") + _files("tests", "*.py"))


def _files(folder: str, pattern: str) -> list[str]:
    return [str(file.relative_to(ROOT)) for file in (ROOT / folder).rglob(pattern)]


def _all_in(names: set[str], wanted: Sequence[str]) -> None:
    assert wanted
    missing = [name for name in wanted if name not in names]
    assert not missing, f"not in the sdist: {missing}"

#!/usr/bin/env python3
"""The one command for working on deskterm. Needs Python 3.11 or newer, git and a package index.

    python3 dev.py setup           make .venv and install what is needed
    python3 dev.py check           format, lint, types, layers
    python3 dev.py test [...]      the tests; arguments go to pytest
    python3 dev.py bench [...]     the benchmarks; arguments go to them
    python3 dev.py screens         makes the pictures in docs/screens
    python3 dev.py messages        brings the catalogues of languages up to date with the source
    python3 dev.py run [...]       deskterm; arguments go to it

All but `setup` set up first, which costs nothing when nothing has changed.
"""

# Parsed by every Python 3.7 or newer, so that an old one can be refused in words.
from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "deskterm-setup"
OLDEST = (3, 11)
FAILED = 1
"""The exit code of pytest when tests were run and some of them failed."""
MOST_TRIED_AGAIN = 5

CHECKS = (
    ("ruff", "format", "--check", "."),
    ("ruff", "check", "."),
    ("mypy",),
    ("mypy", "dev.py", "docs/screens/make.py", "messages", "languages", "meanings"),
    ("lint-imports", "--no-logo"),
)


def main(arguments: list[str]) -> int:
    """Do what the first argument says; returns the exit code."""
    word, rest = (arguments[0], arguments[1:]) if arguments else ("help", [])
    if word in ("help", "-h", "--help"):
        print(__doc__)
        return 0 if arguments else 2
    if word not in ("setup", "check", "test", "bench", "screens", "messages", "run"):
        print(f"dev.py does not know {word!r}.\n{__doc__}", file=sys.stderr)
        return 2
    problem = unfit()
    if problem:
        print(problem, file=sys.stderr)
        return 1
    if not set_up():
        return 1
    if word == "check":
        return check()
    if word == "run":
        become(VENV / "bin" / "deskterm", *rest)
    os.chdir(ROOT)
    if word == "test":
        return test(*rest)
    if word == "screens":
        become(PYTHON, "docs/screens/make.py", *rest)
    if word == "messages":
        become(PYTHON, "-m", "messages", *rest)
    if word == "bench":
        become(PYTHON, "-m", "benchmarks", *rest)
    return 0


def unfit() -> str:
    """Why deskterm cannot be built here, in words; empty when it can."""
    if os.name != "posix":
        return "deskterm runs on Linux, macOS and WSL. On Windows, start it within WSL."
    if sys.version_info < OLDEST:
        return (
            f"deskterm needs Python {OLDEST[0]}.{OLDEST[1]} or newer; {sys.executable} is "
            f"{sys.version.split()[0]}.\nStart dev.py with a newer one, for example: "
            "python3.12 dev.py"
        )
    return ""


def set_up() -> bool:
    """Make `.venv` hold what `pyproject.toml` and `constraints.txt` ask for."""
    wanted = fingerprint()
    if is_whole() and STAMP.exists() and STAMP.read_text(encoding="ascii") == wanted:
        return True
    print(f"Setting up {VENV} (a minute or two the first time)", flush=True)
    STAMP.unlink(missing_ok=True)
    if not is_whole() and not done(sys.executable, "-m", "venv", "--clear", VENV):
        print(
            "The virtual environment could not be made. On Debian and Ubuntu it needs the package "
            "python3-venv.",
            file=sys.stderr,
        )
        return False
    install = ("-m", "pip", "install", "--quiet", "-c", "constraints.txt", "-e", ".[dev]")
    if not done(PYTHON, *install):
        print("The packages could not be installed; pip says why above.", file=sys.stderr)
        return False
    STAMP.write_text(wanted, encoding="ascii")
    return True


def fingerprint() -> str:
    """A digest of everything that decides what is installed. Settings of tools do not."""
    import tomllib  # since Python 3.11

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    decides = {
        "build": project["build-system"],
        "project": project["project"],
        "hatch": project["tool"]["hatch"],
        "pins": (ROOT / "constraints.txt").read_text(encoding="utf-8"),
        "place": str(ROOT),
    }
    return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()


def is_whole() -> bool:
    """Whether `.venv` has a Python that starts, is new enough and has pip."""
    question = f"import sys, pip; sys.exit(sys.version_info < {OLDEST})"
    try:
        asked = subprocess.run([PYTHON, "-c", question], stderr=subprocess.DEVNULL, check=False)
    except OSError:
        return False
    return asked.returncode == 0


def check() -> int:
    """Run every check, also after one has failed."""
    failed = []
    for tool, *options in CHECKS:
        line = " ".join((tool, *options))
        print(f"\n== {line}", flush=True)
        if not done(VENV / "bin" / tool, *options):
            failed.append(line)
    print("\nFailed: " + ", ".join(failed) if failed else "\nAll checks passed.", flush=True)
    return 1 if failed else 0


def test(*options: str) -> int:
    """Run the tests. A few that fail are tried once more: many drive real processes and terminals
    on machines that stall.
    """
    ended = run_tests(*options)
    failed = failed_tests() if ended == FAILED else []
    if not 0 < len(failed) <= MOST_TRIED_AGAIN:
        return ended
    names = "\n".join(failed)
    print(f"\n== A second try, one after the other, of\n{names}", flush=True)
    ended = run_tests(*options, "--last-failed", "-n", "0")
    if ended == 0:
        print(f"\n== Defects whose cause is wanted, as they passed at the second try:\n{names}")
    return ended


def run_tests(*options: str) -> int:
    """Run pytest; its exit code."""
    return subprocess.run([str(PYTHON), "-m", "pytest", *options], cwd=ROOT, check=False).returncode


def failed_tests() -> list[str]:
    """The tests that failed when they were last run, as pytest keeps them."""
    try:
        kept = (ROOT / ".pytest_cache" / "v" / "cache" / "lastfailed").read_text(encoding="utf-8")
    except OSError:
        return []
    return sorted(json.loads(kept))


def done(*command: object) -> bool:
    """Run a command in the project's folder; True when it ends well."""
    return subprocess.run([str(word) for word in command], cwd=ROOT, check=False).returncode == 0


def become(program: Path, *options: str) -> NoReturn:
    """Turn this process into a program, so that terminal and signals are its own."""
    sys.stdout.flush()
    os.execv(program, [str(program), *options])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)

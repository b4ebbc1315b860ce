"""`deskterm demo` on a pseudo-terminal, in a folder for temporary files of the test."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.pty.conftest import environment
from tests.support.pty import Terminal


@contextmanager
def demo(
    folder: Path, *, seed: int, tickets: int, size: tuple[int, int] = (80, 24)
) -> Iterator[Terminal]:
    """A demo that has just been started; its folders lie in `folder`."""
    env = environment(folder, TMPDIR=str(folder), DESKTERM_HOME="", DESKTERM_SECRETS="")
    command = [sys.executable, "-m", "deskterm", "demo", f"--seed={seed}", f"--tickets={tickets}"]
    with Terminal(command, env, size) as terminal:
        yield terminal


def left_by_demo(folder: Path) -> list[Path]:
    """The folders of demos that are there."""
    return list(folder.glob("deskterm-demo-*"))


def working_in(folder: Path) -> dict[int, str]:
    """The processes that were told of a folder: their command lines by process id (Linux)."""
    found = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            told = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
            words = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        if str(folder).encode() in told and words:
            found[int(process.name)] = words
    return found

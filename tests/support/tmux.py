"""A tmux server of a test's own: a terminal with a clipboard that can be looked into."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.support.line import wait_for

_CONFIG = "set -s set-clipboard on\nset -g status off\nset -g remain-on-exit on\n"


class Tmux:
    """One server on a socket of its own, with one window."""

    def __init__(self, binary: str, folder: Path, env: Mapping[str, str]) -> None:
        self._code = folder / "code"
        config = folder / "tmux.conf"
        config.write_text(_CONFIG, "utf-8")
        self._command = [binary, "-S", str(folder / "socket"), "-f", str(config)]
        self._env = dict(env)

    def run(self, *words: str, code: int | None = 0) -> str:
        """Run a command of tmux; what it prints."""
        done = subprocess.run(
            [*self._command, *words],
            env=self._env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=20,
            check=False,
        )
        assert code is None or done.returncode == code, (words, done.stderr)
        return done.stdout

    def start(self, command: Sequence[str], size: tuple[int, int]) -> None:
        """Run a program in the window."""
        columns, rows = map(str, size)
        # tmux itself does not always learn of its end.
        line = f"{shlex.join(command)}; echo $? > {shlex.quote(str(self._code))}"
        self.run("new-session", "-d", "-x", columns, "-y", rows, line)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return self.run("capture-pane", "-p")

    @property
    def exit_code(self) -> str:
        """That of the program; empty before it has ended."""
        return self._code.read_text("utf-8").strip() if self._code.exists() else ""

    @property
    def buffers(self) -> list[str]:
        """What has come to the clipboard."""
        names = self.run("list-buffers", "-F", "#{buffer_name}").split()
        return [self.run("show-buffer", "-b", name) for name in names]

    def wait_for(self, wanted: str | Callable[[str], bool]) -> None:
        """Wait until the screen holds a text, or fulfils a condition."""
        holds = wanted if callable(wanted) else lambda screen: wanted in screen
        wait_for(lambda: holds(self.text))

    def send(self, text: str) -> None:
        """Send a text as it is."""
        self.run("send-keys", "-l", "--", text)

    def press(self, *keys: str) -> None:
        """Press keys by the names that tmux has for them."""
        self.run("send-keys", *keys)


@contextmanager
def running_tmux(
    command: Sequence[str], env: Mapping[str, str], size: tuple[int, int]
) -> Iterator[Tmux]:
    """A program in tmux; the server is ended with all that is in it. Skips where there is none."""
    binary = shutil.which("tmux")
    if binary is None:
        pytest.skip("tmux is not installed")
    with TemporaryDirectory(prefix="tmux-") as folder:
        tmux = Tmux(binary, Path(folder), env)
        tmux.start(command, size)
        try:
            yield tmux
        finally:
            tmux.run("kill-server", code=None)

"""A program on a real pseudo-terminal, with an emulator that shows what a person would see."""

from __future__ import annotations

import errno
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Final, Self
from unicodedata import category, combining

import pyte

DEADLINE_S: Final = 30.0
#: Seconds without a byte after which a screen counts as painted.
SILENCE_S: Final = 0.3

#: What Textual asks a terminal, and the answers of a plain modern one: DECRQM for synchronised
#: output (2026: known) and for sizes in band (2048: unknown).
_ANSWERS: Final = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;0$y"}
#: Synchronised output: what stands between is shown at once.
_FRAME_BEGINS, _FRAME_ENDS = b"\x1b[?2026h", b"\x1b[?2026l"
#: Leaves the keyboard protocol of kitty; the emulator would paint it.
_NOT_FOR_EMULATOR: Final = (b"\x1b[<u", b"\x1b[>25u")
_DROPPED: Final = "That key came before the verdict"
_NO_WIDTH: Final = frozenset({"Cf", "Me", "Mn"})


class _Screen(pyte.Screen):
    """The emulator drops what follows a joiner or a variation selector, so it is given none."""

    def draw(self, data: str) -> None:
        """Show text."""
        super().draw("".join(c for c in data if combining(c) or category(c) not in _NO_WIDTH))


class Terminal:
    """A terminal with a program in it; leave the context to end the program.

    Args:
        command: program and arguments.
        env: the whole environment.
        size: columns and rows.
    """

    def __init__(
        self, command: Sequence[str], env: Mapping[str, str], size: tuple[int, int] = (80, 24)
    ) -> None:
        #: Every byte that the program has written.
        self.raw = b""
        self.exit_code: int | None = None
        self._size = size
        self._screen = _Screen(*size)
        self._stream = pyte.ByteStream(self._screen)
        self._unpainted = b""
        self._is_open = True
        self.pid, self._fd = pty.fork()
        if self.pid == 0:  # pragma: no cover - the child becomes the program
            try:
                _set_size(0, size)
                os.execve(command[0], list(command), dict(env))
            finally:
                os._exit(127)

    @property
    def text(self) -> str:
        """What is on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    @property
    def frames(self) -> int:
        """How many frames have been shown whole."""
        return self.raw.count(_FRAME_ENDS)

    def history(self) -> Iterator[str]:
        """Every frame that was shown whole, from the first on, however late it was read."""
        screen = _Screen(*self._size)
        stream = pyte.ByteStream(screen)
        for frame in self.raw.split(_FRAME_ENDS)[:-1]:
            stream.feed(frame + _FRAME_ENDS)
            yield "\n".join(line.rstrip() for line in screen.display)

    @property
    def cursor(self) -> tuple[int, int]:
        """Column and row of the terminal's cursor."""
        return self._screen.cursor.x, self._screen.cursor.y

    def wait_for(self, wanted: str | Callable[[str], bool], seconds: float = DEADLINE_S) -> str:
        """Wait until the screen holds a text, or fulfils a condition; returns the screen.

        Raises:
            AssertionError: it did not; says what was there instead.
        """
        holds = wanted if callable(wanted) else lambda screen: wanted in screen
        end = time.monotonic() + seconds
        while not holds(self.text):
            self._read(0.05)
            alive = self._is_open and time.monotonic() < end
            assert alive or holds(self.text), f"waited for {wanted!r}; there was:\n{self.text}"
        return self.text

    def settled(self) -> str:
        """The screen after the program has painted what it had to paint."""
        while self._read(SILENCE_S):
            pass
        return self.text

    def send(self, data: str | bytes) -> None:
        """Send bytes in one piece."""
        os.write(self._fd, data.encode() if isinstance(data, str) else data)

    def review(self, key: str, wanted: str) -> None:
        """Press a key in the review line and wait for a text.

        Keys that come with the verdict are dropped: a program that is slow to go on after painting
        it says so, and the key is pressed again, as a person would.
        """
        self.settled()
        self.send(key)
        screen = self.wait_for(lambda screen: wanted in screen or _DROPPED in screen)
        if wanted not in screen:
            self.settled()
            self.send(key)
            self.wait_for(wanted)

    def click(self, text: str) -> int:
        """Click on a text wherever it stands on the screen (mouse mode 1006 of xterm).

        Returns:
            How many places were clicked.
        """
        found = [
            (column, row)
            for row, line in enumerate(self._screen.display, start=1)
            for column in range(1, len(line) + 1)
            if line.startswith(text, column - 1)
        ]
        for column, row in found:
            self.send(f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m")
        return len(found)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the terminal."""
        self._screen.resize(rows, columns)
        _set_size(self._fd, (columns, rows))

    def signal(self, number: int) -> None:
        """Send the program a signal."""
        os.kill(self.pid, number)

    def hang_up(self) -> None:
        """Close the terminal under the program."""
        self._is_open = False
        os.close(self._fd)

    def ended(self, seconds: float = DEADLINE_S) -> int:
        """Wait for the program's end; its exit code, or minus the signal that killed it."""
        end = time.monotonic() + seconds
        while self.exit_code is None:
            self._read(0.02)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.exit_code = os.waitstatus_to_exitcode(status)
            assert time.monotonic() < end or self.exit_code is not None, (
                f"it did not end:\n{self.text}"
            )
        self._read(0.02)
        return self.exit_code

    def _read(self, wait_s: float) -> bool:
        if not self._is_open:
            time.sleep(wait_s)
            return False
        data = self._receive(wait_s)
        if data is None:
            return False
        if not data:
            self._is_open = False
            os.close(self._fd)
            self._paint(self._unpainted)
            return False
        self.raw += data
        for question, answer in _ANSWERS.items():
            for _ in range(data.count(question)):
                os.write(self._fd, answer)
        waiting = self._unpainted + data
        begins = waiting.rfind(_FRAME_BEGINS)
        whole = begins if begins > waiting.rfind(_FRAME_ENDS) else len(waiting)
        self._paint(waiting[:whole])
        self._unpainted = waiting[whole:]
        return True

    def _receive(self, wait_s: float) -> bytes | None:
        """What the program has written; None where that was nothing, empty at its end."""
        if not select.select([self._fd], [], [], wait_s)[0]:
            return None
        try:
            return os.read(self._fd, 65_536)
        except OSError as error:
            if error.errno != errno.EIO:
                raise
            return b""

    def _paint(self, data: bytes) -> None:
        for unknown in _NOT_FOR_EMULATOR:
            data = data.replace(unknown, b"")
        self._stream.feed(data)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.exit_code is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)
            self.exit_code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        if self._is_open:
            self.hang_up()


def _set_size(handle: int, size: tuple[int, int]) -> None:
    columns, rows = size
    fcntl.ioctl(handle, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

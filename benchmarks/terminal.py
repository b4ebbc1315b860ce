"""A pseudo-terminal that stamps what a program paints, and reads its screen afterwards.

Bytes are stamped when they are read; a terminal emulator takes them in only while the program is
silent, so that it does not slow the program down.
"""

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
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

import pyte

WIDTH, HEIGHT = 120, 40
#: Seconds without a byte after which a repaint has ended.
SILENCE_S = 0.03

#: Questions of Textual to a terminal, and the answers of a plain modern one: synchronised output
#: (mode 2026) is known, telling a new size in band (mode 2048) is not, and neither is the keyboard
#: protocol of kitty in use.
_ANSWERS: Mapping[bytes, bytes] = MappingProxyType(
    {
        b"\x1b[?2026$p": b"\x1b[?2026;2$y",
        b"\x1b[?2048$p": b"\x1b[?2048;0$y",
        b"\x1b[?u": b"\x1b[?0u",
    }
)
_LONGEST_QUESTION = max(map(len, _ANSWERS))
_FRAME = b"\x1b[?2026h"
_LEAVE_KITTY = b"\x1b[<u"  # the emulator would paint it
_READ_BYTES = 1 << 16
_END_S = 20.0


@dataclass(frozen=True, slots=True)
class Painted:
    """What one input brought: seconds to the first and to the last byte, how many bytes in how
    many repaints, and the program's processor time until it was silent.
    """

    first_s: float
    settled_s: float
    size: int
    frames: int
    cpu_s: float


def cpu_s_of(pid: int) -> float:
    """Processor time of a process so far, with all its threads."""
    # The clock id of a process, as made by clock_getcpuclockid(3) on Linux.
    return time.clock_gettime((~pid << 3) | 2)


class Gone(RuntimeError):
    """The program ended, or did not paint what was waited for."""


class Terminal:
    """A program on a pseudo-terminal of 120 by 40.

    Args:
        command: program and arguments.
        env: the whole environment but for what describes the terminal.
    """

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.ByteStream(self._screen)
        self._unread: list[tuple[float, bytes]] = []
        self._tail = b""
        self._ended = False
        whole = {**env, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        #: When it was started, by `time.perf_counter`.
        self.started = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            _become(command, whole)

    # What the program paints

    def until(self, wanted: str | Callable[[str], bool], limit_s: float = 30.0) -> float:
        """Wait until the screen holds a text, or fulfils a condition.

        Returns:
            When the bytes that did it were read, by `time.perf_counter`.

        Raises:
            Gone: it did not happen in time.
        """
        holds = wanted if callable(wanted) else lambda screen: wanted in screen
        if not self._unread and holds(self.text):
            return time.perf_counter()
        deadline = time.perf_counter() + limit_s
        while True:
            silent = self._read(SILENCE_S) is None
            # Between two reads there is no time for an emulator, unless the program is silent.
            while self._unread and (silent or self._ended):
                stamp, data = self._unread.pop(0)
                self._stream.feed(data.replace(_LEAVE_KITTY, b""))
                if holds(self.text):
                    return stamp
            if self._ended or time.perf_counter() > deadline:
                what = "ended" if self._ended else f"did not paint what was waited for: {wanted}"
                raise Gone(f"the program {what}; its screen:\n{self.text.rstrip()}")

    @property
    def text(self) -> str:
        """The screen's lines, as far as the emulator has read."""
        return "\n".join(self._screen.display)

    @property
    def underlined(self) -> str:
        """What is bold and underlined on the screen, as far as the emulator has read."""
        screen = self._screen
        rows = ([screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines))
        return "\n".join(
            "".join(cell.data for cell in row if cell.underscore and cell.bold) for row in rows
        )

    def shown(self) -> str:
        """The screen's lines, after everything that has come."""
        while self._read(SILENCE_S) is not None:
            pass
        self._feed()
        return self.text

    def settle(self, silence_s: float = SILENCE_S, limit_s: float = 10.0) -> None:
        """Wait until nothing has been painted for a while."""
        deadline = time.perf_counter() + limit_s
        while self._read(silence_s) is not None and time.perf_counter() < deadline:
            pass
        self._feed()

    def watch(self, seconds: float) -> int:
        """How many bytes it paints in so many seconds, without being asked."""
        self._take_in()
        until, size = time.perf_counter() + seconds, 0
        while (left := until - time.perf_counter()) > 0:
            size += len(self._read(left) or b"")
        return size

    def _feed(self) -> None:
        for _, data in self._unread:
            self._stream.feed(data.replace(_LEAVE_KITTY, b""))
        self._unread.clear()

    # What a person does

    def write(self, data: bytes) -> float:
        """Write bytes in one go; returns when."""
        start = time.perf_counter()
        os.write(self._fd, data)
        return start

    def key(self, data: bytes, *, silence_s: float = SILENCE_S, limit_s: float = 5.0) -> Painted:
        """Press a key and wait until the program is silent again.

        Raises:
            Gone: it painted nothing at all.
        """
        self._take_in()
        cpu = self.cpu_s
        return self._painted(self.write(data), cpu, silence_s, limit_s)

    def resize(self, width: int, height: int, *, silence_s: float = 0.1) -> Painted:
        """Change the size of the terminal (SIGWINCH) and wait until the program is silent."""
        self._take_in()
        self._feed()
        self._screen.resize(height, width)
        cpu = self.cpu_s
        start = time.perf_counter()
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))
        return self._painted(start, cpu, silence_s, 5.0)

    def _take_in(self) -> None:
        """Take in what has come by itself, so that it does not count for the next key."""
        while self._read(0) is not None:
            pass

    def _painted(self, start: float, cpu: float, silence_s: float, limit_s: float) -> Painted:
        data = self._read(limit_s)
        if data is None:
            self._feed()
            raise Gone(f"the program painted nothing; its screen:\n{self.text.rstrip()}")
        first = last = self._unread[-1][0]
        size, frames = len(data), data.count(_FRAME)
        while (data := self._read(silence_s)) is not None:
            last = self._unread[-1][0]
            size, frames = size + len(data), frames + data.count(_FRAME)
        return Painted(first - start, last - start, size, frames, self.cpu_s - cpu)

    def _read(self, wait_s: float) -> bytes | None:
        """The next bytes, stamped and kept for the emulator; None when none come in time."""
        if self._ended or not select.select([self._fd], [], [], wait_s)[0]:
            return None
        try:
            data = os.read(self._fd, _READ_BYTES)
        except OSError as error:
            if error.errno != errno.EIO:  # Linux: the other side is closed
                raise
            data = b""
        stamp = time.perf_counter()
        if not data:
            self._ended = True
            return None
        self._unread.append((stamp, data))
        self._answer(data)
        return data

    def _answer(self, data: bytes) -> None:
        seen = self._tail + data
        for question, answer in _ANSWERS.items():
            for _ in range(seen.count(question) - self._tail.count(question)):
                os.write(self._fd, answer)
        self._tail = seen[-_LONGEST_QUESTION:]

    # What it costs

    @property
    def cpu_s(self) -> float:
        """Processor time of the program so far, with all its threads."""
        return cpu_s_of(self.pid)

    @property
    def rss_mib(self) -> float:
        """Memory that is in use (VmRSS)."""
        return self._kib("status", "VmRSS:") / 1024

    @property
    def pss_mib(self) -> float:
        """Memory in use, what is shared with other processes counted by its share."""
        return self._kib("smaps_rollup", "Pss:") / 1024

    def _kib(self, file: str, name: str) -> int:
        lines = Path(f"/proc/{self.pid}/{file}").read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(name))

    # The end

    def end(self, *, keys: bytes = b"") -> None:
        """End the program, by its own keys or else by SIGTERM, and wait for it."""
        deadline = time.perf_counter() + _END_S
        with suppress(OSError):
            if keys:
                os.write(self._fd, keys)
            else:
                os.kill(self.pid, signal.SIGTERM)
        while not self._has_ended():
            if time.perf_counter() > deadline:
                os.kill(self.pid, signal.SIGKILL)
                deadline += _END_S
            self._read(0.005)
            self._unread.clear()
        os.close(self._fd)
        self._fd = -1

    def _has_ended(self) -> bool:
        return os.waitpid(self.pid, os.WNOHANG)[0] == self.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._fd >= 0:
            self.end()


def _become(command: Sequence[str], env: Mapping[str, str]) -> None:
    """In the child: a terminal of the right size, then the program."""
    try:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", HEIGHT, WIDTH, 0, 0))
        os.execve(command[0], list(command), dict(env))
    finally:
        os._exit(127)

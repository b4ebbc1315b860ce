"""Starts a program that lives on when its starter ends, and finds out how it fared.

Apart from `launch`, because `subprocess` costs milliseconds that a command need not pay while
an office is already there.
"""

from __future__ import annotations

import os
import stat
import subprocess
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from deskterm.domain.errors import DesktermError

MAX_LOG: Final = 64 * 1024
"""Bytes of start log after which a start begins it anew."""

_TAIL_BYTES = 4096
_TAIL_LINES = 5
_LINE_CHARS = 200


class Started:
    """A detached program.

    Args:
        command: program and arguments; inherits the environment, runs in `/`.
        log_path: file that takes what it prints, made with mode 0600; None for nowhere.

    Raises:
        DesktermError: it cannot be run at all (code `office_start`).
    """

    def __init__(self, command: Sequence[str], log_path: Path | None) -> None:
        self._log_path = log_path
        self._log_start = 0
        try:
            log = self._open_log()
            try:
                self._process = subprocess.Popen(
                    list(command),
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    cwd="/",
                    start_new_session=True,
                )
            finally:
                os.close(log)
        except OSError as error:
            raise start_failed(f"{error.filename or command[0]}: {error.strerror}") from error
        # Somebody must take note of the program's end, or it stays in the process table for as
        # long as a console is open.
        threading.Thread(target=self._process.wait, name="office-reaper", daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """How it ended; None while it runs. Negative: the signal that killed it."""
        return self._process.poll()

    def last_words(self) -> str:
        """The last lines it printed, in one line fit to be shown; may be empty."""
        if self._log_path is None:
            return ""
        try:
            with self._log_path.open("rb") as log:
                end = log.seek(0, os.SEEK_END)
                log.seek(max(self._log_start, end - _TAIL_BYTES))
                lines = log.read(_TAIL_BYTES).decode(errors="replace").splitlines()
        except OSError:
            return ""
        clean = ("".join(c if c.isprintable() else " " for c in line).strip() for line in lines)
        return " | ".join([line[:_LINE_CHARS] for line in clean if line][-_TAIL_LINES:])

    def _open_log(self) -> int:
        if self._log_path is None:
            return os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
        log = os.open(self._log_path, flags, 0o600)
        size = os.fstat(log).st_size
        if size > MAX_LOG and stat.S_ISREG(os.fstat(log).st_mode):
            os.ftruncate(log, 0)
            size = 0
        self._log_start = size
        return log


def start_failed(reason: str) -> DesktermError:
    """The words for an office that did not come up."""
    return DesktermError(
        "The office could not be started",
        f"{reason}. What you typed was kept; nothing was changed.",
        "Mend what it names and try again; `deskterm doctor` tells more.",
        code="office_start",
    )

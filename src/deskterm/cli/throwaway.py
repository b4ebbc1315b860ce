"""A folder that lives as long as its program, and the removal of what killed programs left.

The folder holds a file with a lock (`flock(2)`) that the kernel frees however its program ends. A
folder whose lock is free belongs to nobody any more.
"""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import shutil
import stat
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Final, Self

LOCK: Final = "alive"
_NAME = re.compile(r"deskterm-[a-z]{1,20}-\d{1,10}-[0-9a-f]{8}")
_JUST_MADE_S = 60.0
_TRIES = 40
_PAUSE_S = 0.05


class ThrowAway:
    """A private folder under the system's folder for temporary files.

    Attributes:
        path: the folder; mode 0700.
    """

    def __init__(self, path: Path, lock: int) -> None:
        self.path = path
        self._lock = lock

    @classmethod
    def make(cls, what: str) -> Self:
        """Make `deskterm-<what>-<process id>-<chance>`.

        Raises:
            OSError: there is no place for it.
        """
        name = f"deskterm-{what}-{os.getpid()}-{secrets.token_hex(4)}"
        path = Path(tempfile.gettempdir()) / name
        path.mkdir(mode=0o700)
        path.chmod(0o700)
        lock = os.open(path / LOCK, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        fcntl.flock(lock, fcntl.LOCK_EX)
        return cls(path, lock)

    def remove(self) -> None:
        """Remove the folder, then let go of the lock."""
        _remove(self.path)
        os.close(self._lock)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.remove()


def sweep(what: str, before: Callable[[Path], None] = lambda _: None) -> None:
    """Remove the folders of this kind that killed programs of the same user left.

    Args:
        before: called with each of them, to end what still works in it.
    """
    try:
        found = list(Path(tempfile.gettempdir()).glob(f"deskterm-{what}-*"))
    except OSError:
        return
    for folder in found:
        if _NAME.fullmatch(folder.name) and _is_left_behind(folder):
            before(folder)
            _remove(folder)


def _is_left_behind(folder: Path) -> bool:
    try:
        state = folder.lstat()
        if not stat.S_ISDIR(state.st_mode) or state.st_uid != os.geteuid():
            return False
        lock = os.open(folder / LOCK, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        # Its program may be about to make the lock.
        return folder.exists() and time.time() - state.st_mtime > _JUST_MADE_S
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    finally:
        os.close(lock)
    return True


def _remove(folder: Path) -> None:
    """Remove it, again if something that is just ending wrote another file."""
    for _ in range(_TRIES):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(_PAUSE_S)

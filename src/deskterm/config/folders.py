"""Folders and files that only their owner can open.

Modes are set explicitly after creation, so that they hold under any umask. A folder that others
could write to is never adopted: what lies in it may have been put there by somebody else.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from deskterm.domain.errors import DesktermError

OTHERS = stat.S_IRWXG | stat.S_IRWXO
OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def make_private(folder: Path, what: str, *, follow: bool = True) -> bool:
    """Have `folder` exist, owned by us and closed to everybody else.

    Args:
        folder: absolute path; missing parents are made as well, with mode 0700.
        what: how messages call it, for example "data folder".
        follow: whether the folder may be a symbolic link of the user's own making.

    Returns:
        True when the mode of a folder that was there already had to be mended.

    Raises:
        DesktermError: it cannot be made, is no folder, belongs to somebody else, or others can
            write to it while it holds something.
    """
    try:
        if folder.is_symlink() and not (follow and folder.exists()):
            raise _bad_link(folder, what)
        made = _make(folder)
        state = folder.stat()
    except OSError as error:
        raise _unusable(folder, what, error) from error
    if not stat.S_ISDIR(state.st_mode):
        raise DesktermError(
            f"The {what} is not a folder",
            f"{folder} is something else. Nothing was changed",
            "Move it away, or choose another place with DESKTERM_HOME",
            code="folder_unusable",
        )
    if state.st_uid != os.geteuid():
        raise DesktermError(
            f"The {what} belongs to somebody else",
            f"{folder} is owned by user id {state.st_uid}, this program runs as {os.geteuid()}. "
            "Nothing was read or changed",
            "Run deskterm as the owner, or choose another place with DESKTERM_HOME",
            code="folder_foreign",
        )
    if not state.st_mode & OTHERS:
        return False
    if state.st_mode & OTHERS_WRITE and not made and any(folder.iterdir()):
        raise _open_to_others(folder, what)
    _close_to_others(folder, what, state.st_mode)
    return not made


def check_writable(folder: Path, what: str) -> None:
    """Make sure that `folder` is there and takes new files. Leaves no trace.

    Raises:
        DesktermError: the folder is gone or read-only.
    """
    try:
        present = folder.is_dir()
    except OSError as error:
        raise _unusable(folder, what, error) from error
    if not present:
        raise DesktermError(
            f"The {what} is gone",
            f"{folder} is not there any more. What was written to it before is not touched",
            "Mount or restore the folder, then start again",
            code="folder_gone",
        )
    effective = os.access in os.supports_effective_ids
    if os.access(folder, os.W_OK | os.X_OK, effective_ids=effective):
        return
    on_read_only_disk = os.statvfs(folder).f_flag & os.ST_RDONLY
    raise DesktermError(
        f"The {what} is read-only",
        f"{folder} takes no new files"
        + (", because its disk is mounted read-only" if on_read_only_disk else "")
        + ". Nothing was changed",
        "Mount the disk writable, or choose another place with DESKTERM_HOME"
        if on_read_only_disk
        else f"Give yourself the right to write: chmod u+rwx {folder}",
        code="folder_read_only",
    )


def write_private(path: Path, content: bytes) -> None:
    """Replace a file in one step, mode 0600, on disk when this returns.

    A cut at any moment leaves either the old content or the new.

    Raises:
        OSError: the disk is full, or the folder is gone or read-only; the old file stays.
    """
    fresh = path.with_name(f".{path.name}.{os.urandom(4).hex()}")
    try:
        with open_new(fresh) as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError:
        fresh.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def open_new(path: Path) -> BinaryIO:
    """A new file with mode 0600, for writing bytes; never an existing one and never a link.

    Raises:
        OSError: it exists already, or cannot be made.
    """
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    os.fchmod(handle, 0o600)
    return os.fdopen(handle, "wb")


def _make(folder: Path) -> bool:
    if folder.exists():
        return False
    if not folder.parent.exists():
        _make(folder.parent)
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:  # another program of ours was faster
        return False
    folder.chmod(0o700)
    return True


def _close_to_others(folder: Path, what: str, mode: int) -> None:
    try:
        folder.chmod(stat.S_IMODE(mode) & ~OTHERS)
        kept = folder.stat().st_mode & OTHERS
    except OSError as error:
        raise _unusable(folder, what, error) from error
    if kept:
        raise DesktermError(
            f"The {what} cannot be closed to other users",
            f"The file system of {folder} keeps no permissions. Nothing was written to it",
            "Choose a place on a disk of this machine with DESKTERM_HOME",
            code="folder_open",
        )


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _bad_link(link: Path, what: str) -> DesktermError:
    return DesktermError(
        f"The {what} is a link that cannot be used",
        f"{link} points to {link.readlink()}. Nothing was changed",
        "Bring the place it points to back, or remove the link",
        code="folder_gone",
    )


def _unusable(folder: Path, what: str, error: OSError) -> DesktermError:
    return DesktermError(
        f"The {what} cannot be used",
        f"{folder}: {error.strerror or type(error).__name__}. Nothing was changed",
        "Check the path and its permissions, or choose another place with DESKTERM_HOME",
        code="folder_unusable",
    )


def _open_to_others(folder: Path, what: str) -> DesktermError:
    return DesktermError(
        f"Other users can write to the {what}",
        f"Somebody else may have put files into {folder}. Nothing was read or changed",
        f"Look at what is in it, then close it: chmod 700 {folder}",
        code="folder_open",
    )

"""Unix sockets: where they may stand, who may listen and who sits at the other end."""

from __future__ import annotations

import os
import socket
import stat
import struct
import sys
from pathlib import Path
from typing import Final

from deskterm.domain.errors import DesktermError

MAX_ADDRESS: Final = 100
"""Bytes of a socket's path: `sun_path` holds 108 on Linux and 104 on macOS, its end included."""

_UCRED = struct.Struct("=iII")  # struct ucred of unix(7): pid, uid, gid
_XUCRED = struct.Struct("=II")  # head of struct xucred in <sys/ucred.h>: version, uid
_SOL_LOCAL: Final = 0  # <sys/un.h> of macOS and the BSDs
_LOCAL_PEERCRED: Final = 1
_CREDENTIALS_BYTES: Final = 128  # room for either


def checked_address(path: Path) -> str:
    """The address to bind or connect to.

    Raises:
        DesktermError: longer than sockets may be (code `socket_path`).
    """
    if len(os.fsencode(path)) > MAX_ADDRESS:
        raise DesktermError(
            "The folder for the office's socket has too long a name",
            f"A socket's path has at most {MAX_ADDRESS} bytes; this one is {path}.",
            "Set XDG_RUNTIME_DIR to a shorter folder of yours.",
            code="socket_path",
        )
    return str(path)


def listening_socket(path: Path) -> socket.socket:
    """Bind a socket that only this user can reach; its owner must hold the office's lock.

    What an office that was killed left behind is removed; the lock is what makes that safe.
    The socket is bound but does not listen yet.

    Raises:
        DesktermError: the folder is missing or open to others, something else stands at the
            path, or the system refuses (code `socket_path`).
    """
    address = checked_address(path)
    try:
        _refuse_open_folder(path.parent)
        if path.is_symlink() or path.exists():
            if not stat.S_ISSOCK(path.lstat().st_mode):
                raise _unusable(path, "something else has this name")
            path.unlink()
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            listener.bind(address)
            path.chmod(0o600)
        except OSError:
            listener.close()
            raise
    except OSError as error:
        raise _unusable(path, error.strerror or "the system refused") from error
    return listener


def _refuse_open_folder(folder: Path) -> None:
    facts = folder.stat()
    if facts.st_uid != os.geteuid():
        raise _unusable(folder, "the folder belongs to someone else")
    if facts.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise _unusable(folder, "others may write in this folder")


def _unusable(path: Path, reason: str) -> DesktermError:
    return DesktermError(
        "The office cannot open its socket",
        f"{path}: {reason}. Nothing was changed.",
        "The folder must exist, be yours and have mode 0700.",
        code="socket_path",
    )


def peer_uid(connection: socket.socket) -> int:
    """The user id of the process at the other end, as the kernel knows it.

    Works also on asyncio's `TransportSocket`, which offers the same `getsockopt`.

    Raises:
        OSError: the connection is gone, or the system cannot tell.
    """
    if sys.platform == "linux":
        level, option, layout = socket.SOL_SOCKET, socket.SO_PEERCRED, _UCRED
    else:
        level, option, layout = _SOL_LOCAL, _LOCAL_PEERCRED, _XUCRED
    credentials = connection.getsockopt(level, option, _CREDENTIALS_BYTES)
    return int(layout.unpack_from(credentials)[1])

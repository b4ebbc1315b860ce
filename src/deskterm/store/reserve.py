"""A file beside the database that holds back 1 MiB of the disk, for when there is no other room."""

from __future__ import annotations

import os
from pathlib import Path

RESERVE_BYTES = 1 << 20


def path_of(database: Path) -> Path:
    """Where the file is."""
    return database.with_name("reserve")


def keep(database: Path) -> None:
    """Hold the room back, where the file is not there and the disk has it."""
    file = path_of(database)
    try:
        if not file.exists():
            handle = os.open(file, os.O_WRONLY | os.O_CREAT, 0o600)
            with os.fdopen(handle, "wb") as opened:
                opened.write(b"\0" * RESERVE_BYTES)
    except OSError:
        file.unlink(missing_ok=True)


def free(database: Path) -> bool:
    """Give the room to whoever needs it now; whether there was any."""
    try:
        path_of(database).unlink()
    except OSError:
        return False
    return True

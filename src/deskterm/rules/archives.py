"""The names in a zip file, read with limits and without unpacking anything.

The number of entries and the size of the directory are looked up in the end record (PKWARE
APPNOTE 4.3.16) before the directory itself is read, so that a crafted file costs nothing.
"""

from __future__ import annotations

import struct
from pathlib import Path

MAX_NAMES = 1_000
MAX_DIRECTORY_BYTES = 1_000_000
_END = b"PK\x05\x06"
_END_RECORD = struct.Struct("<4s4H2LH")
_LONGEST_COMMENT = 65_535


def zip_names(path: Path) -> tuple[str, ...] | None:
    """The names in that zip file; None where it cannot be read or is beyond the limits."""
    import zipfile  # most drafts have none, and every check would wait for it

    try:
        with path.open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - _END_RECORD.size - _LONGEST_COMMENT))
            tail = file.read()
            place = tail.rfind(_END)
            if place < 0 or len(tail) - place < _END_RECORD.size:
                return None
            names, directory = _END_RECORD.unpack_from(tail, place)[4:6]
            if names > MAX_NAMES or directory > MAX_DIRECTORY_BYTES:
                return None
            with zipfile.ZipFile(file) as archive:
                found = tuple(archive.namelist())
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError, struct.error):
        return None
    return found if len(found) <= MAX_NAMES else None

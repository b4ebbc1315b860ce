"""A new database in a moment: made once, then copied.

The migrations themselves are tested in `tests/store`. Hundreds of tests only need what comes of
them, and a new process would have to load and run them all.
"""

from __future__ import annotations

import sqlite3
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from uuid import uuid4

from deskterm.store.schema import migrate


@cache
def _made() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "deskterm.db"
        migrate(path, Path(folder), datetime(2026, 11, 1, tzinfo=UTC))
        return path.read_bytes()


def put_fresh_database(path: Path) -> None:
    """Put a database at the newest schema where there is none yet, or an empty file.

    Its replica has an id of its own.
    """
    if path.exists() and path.stat().st_size:
        return
    path.touch(mode=0o600)
    path.write_bytes(_made())
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute("UPDATE meta SET value = ? WHERE name = 'replica'", (uuid4().hex,))
    finally:
        connection.close()

"""A read-only connection that waits for its file: the console paints before the office made it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from deskterm.domain.errors import Interrupted
from deskterm.store.connect import SCHEMA_VERSION, connect, damage, schema_version

Connect = Callable[[Path], sqlite3.Connection]

#: Pages that a connection keeps by itself, in KiB; SQLite would keep 2,000. A console has several
#: connections, and what one does not keep stands in the system's own cache.
CACHE_KIB = 768


class OpenedFile:
    """The database of a workspace as one thread reads it.

    Args:
        path: the file, which need not be there yet.
        connecting: makes the connection.
    """

    def __init__(self, path: Path, connecting: Connect = connect) -> None:
        self._path = path
        self._connecting = connecting
        self._connection: sqlite3.Connection | None = None

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection | None]:
        """Read one state of the database; None where there is none that this program knows yet.

        Raises:
            Interrupted: `interrupt` was called meanwhile.
            DesktermError: the file cannot be read.
        """
        try:
            connection = self._opened()
            if connection is None:
                yield None
                return
            if connection.in_transaction:  # an interrupt hit the end of the last reading
                connection.rollback()
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_INTERRUPT:
                raise Interrupted from None
            raise damage(error, self._path) or error from error

    def interrupt(self) -> None:
        """End what is being read; for other threads."""
        connection = self._connection
        if connection is not None:
            connection.interrupt()

    def close(self) -> None:
        """Let go of the file; it is opened again when something is read."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def _opened(self) -> sqlite3.Connection | None:
        """The connection, once the file has the schema that the office gives it first."""
        if self._connection is None and self._path.exists():
            connection = self._connecting(self._path)
            if schema_version(connection) < SCHEMA_VERSION:
                connection.close()
                return None
            connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            self._connection = connection
        return self._connection

"""Erasing a customer, from the rows to the last page of the file.

The rows go in one transaction. Words of theirs then still stand in pages of the full-text index and
in the log beside the file; both are made anew in steps between which agents' commands are done.
"""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

from deskterm.config.paths import Home
from deskterm.office import leftovers
from deskterm.service.erasing import erase_customer
from deskterm.service.work import Desk, Work
from deskterm.store import belongings, erasing, mentions
from deskterm.store.erasing import Erased
from deskterm.store.transaction import Transaction
from deskterm.store.writer import SYNC, Writer

log = logging.getLogger("deskterm.office")

T = TypeVar("T")

_LABEL: Final = "customer.erase"
_PAGES_A_STEP: Final = 200
_FOLD_TRIES: Final = 100
_FOLD_PAUSE_S: Final = 0.1


@dataclass(frozen=True, slots=True)
class Eraser:
    """Erases customers of one workspace.

    Args:
        reading: gives a read-only connection for the calling thread.
    """

    home: Home
    writer: Writer
    desk: Desk
    reading: Callable[[], sqlite3.Connection]

    async def erase(
        self, uid: str, tell: Callable[[Mapping[str, object]], None]
    ) -> Mapping[str, object]:
        """Erase a customer; what was removed, in figures, and what is left to a person.

        Raises:
            DesktermError: see `deskterm.service.erasing.erase_customer`.
        """
        mentioned = await asyncio.to_thread(self._read, lambda c: _mentioned(c, uid))

        def job(tx: Transaction) -> Erased:
            return erase_customer(Work(tx, self.desk, tx.new_uid(), _LABEL), uid, mentioned)

        erased = await asyncio.wrap_future(self.writer.submit(job))
        log.info("a customer was erased: %d messages", erased.extent.messages)
        tell({"erasing": "files"})
        left = await asyncio.to_thread(
            leftovers.remove_traces, self.home, erased.person, erased.refs
        )
        return {
            **erased.extent._asdict(),
            "files": len(erased.files),
            "is_clean": await self.finish(),
            "left": [str(path) for path in left],
            "copies": [str(path) for path in leftovers.copies_of_the_database(self.home)],
        }

    async def finish(self) -> bool:
        """Clear away what rows that are gone have left behind, also after an office that was killed
        meanwhile. False where the log could not be emptied; the next office does it.

        Raises:
            DesktermError: the database refuses.
        """
        files = await asyncio.to_thread(self._read, erasing.unfinished)
        if files is None:
            return True
        await asyncio.to_thread(leftovers.remove_files, self.home, files)
        await self._make_index_anew()
        is_clean = await self._fold()
        if is_clean:
            await asyncio.wrap_future(self.writer.submit(erasing.finished, SYNC))
        return is_clean

    def _read(self, look: Callable[[sqlite3.Connection], T]) -> T:
        connection = self.reading()
        try:
            return look(connection)
        finally:
            connection.close()

    async def _make_index_anew(self) -> None:
        step = partial(erasing.merge_index, pages=-_PAGES_A_STEP)
        while await asyncio.wrap_future(self.writer.submit(step, SYNC)):
            step = partial(erasing.merge_index, pages=_PAGES_A_STEP)

    async def _fold(self) -> bool:
        """Empty the log, as soon as nobody reads from it; False where that did not come to pass."""
        for _ in range(_FOLD_TRIES):
            if await asyncio.to_thread(self.writer.fold):
                return True
            await asyncio.sleep(_FOLD_PAUSE_S)
        return False


def _mentioned(connection: sqlite3.Connection, uid: str) -> list[int]:
    customer = belongings.customer_by_uid(connection, uid)
    return mentions.find(connection, belongings.person_of(connection, customer))

"""When the contact reasons of tickets are read: while nobody wants anything of the office."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from deskterm.domain.errors import DesktermError
from deskterm.store.writer import SYNC, Writer

if TYPE_CHECKING:
    from deskterm.office.office import OfficeParts
    from deskterm.service.reading.shelf import Shelf

log = logging.getLogger("deskterm.office")

#: Seconds from the start of an office, and between two looks at whether anything was written.
START_S: Final = 3.0
LOOK_S: Final = 1.0
#: Seconds in which nobody wanted anything, and after which that is not waited for any more.
CALM_S: Final = 0.25
PATIENCE_S: Final = 5.0
#: Seconds between two times that screens are told of what was read, while there is more to read.
TELL_S: Final = 10.0
_AFTER_FAILURE_S: Final = 60.0


class ReasonReader:
    """Reads beside an office.

    Args:
        parts: what the office is made of.
        writer: of the office.
        reading: a fresh connection.
        shelf: gives the shop's macros.
    """

    def __init__(
        self,
        parts: OfficeParts,
        writer: Writer,
        reading: Callable[[], sqlite3.Connection],
        shelf: Callable[[], Shelf],
    ) -> None:
        self._parts = parts
        self._writer = writer
        self._reading = reading
        self._shelf = shelf
        self._calls = 0

    def disturb(self) -> None:
        """Somebody wants something of the office."""
        self._calls += 1

    async def run(self) -> None:
        """Read for as long as the office lives; where nothing is written there is nothing to do."""
        await asyncio.sleep(START_S)
        read_at, told_at = -1, float("-inf")
        clock = asyncio.get_running_loop().time
        while True:
            revision = self._writer.revision
            if revision == read_at:
                await asyncio.sleep(LOOK_S)
                continue
            await self._calm()
            try:
                if is_done := await asyncio.to_thread(self._read_some):
                    read_at = revision
                if is_done or clock() - told_at >= TELL_S:
                    self._writer.tell()
                    told_at = clock()
            except (DesktermError, sqlite3.Error) as error:
                log.warning("contact reasons are not read yet: %s", type(error).__name__)
                await asyncio.sleep(_AFTER_FAILURE_S)

    async def _calm(self) -> None:
        """Wait until nobody wants anything, or for long enough."""
        loop = asyncio.get_running_loop()
        until = loop.time() + PATIENCE_S
        while loop.time() < until:
            before = self._pulse()
            await asyncio.sleep(CALM_S)
            if before == self._pulse():
                return

    def _pulse(self) -> tuple[int, int]:
        """Another one after each call and each commit."""
        return self._writer.revision, self._calls

    def _read_some(self) -> bool:
        from deskterm.service.reading.macros import Around  # no start needs them
        from deskterm.service.reasons import read_some

        parts, pulse = self._parts, self._pulse()
        now = parts.clock.now().astimezone(parts.zone)
        return read_some(
            Around(self._shelf().stock(), parts.agent, now, "en"),
            self._reading,
            lambda job: self._writer.run(job, SYNC),
            lambda: self._pulse() == pulse,
        )

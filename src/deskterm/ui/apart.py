"""Work beside the screen's thread, for what takes longer than a key may."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from deskterm.domain.errors import DesktermError

T = TypeVar("T")


async def apart(work: Callable[[], T]) -> T:
    """Do something in a thread of its own and wait for it. The end of the console waits for none.

    Raises:
        DesktermError: what the work raises.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()

    def settle(act: Callable[[], None]) -> None:
        if not answer.done():
            act()

    def run() -> None:
        try:
            value = work()
        except DesktermError as error:
            failed = error
            act = lambda: answer.set_exception(failed)  # noqa: E731 - told apart by one name
        else:
            act = lambda: answer.set_result(value)  # noqa: E731
        with suppress(RuntimeError):  # the console has ended meanwhile
            loop.call_soon_threadsafe(settle, act)

    threading.Thread(target=run, name="apart", daemon=True).start()
    return await answer

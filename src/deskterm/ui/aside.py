"""Work that takes its time, in a thread that nobody waits for at the end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from deskterm.viewmodel.attempt import Attempt

T = TypeVar("T")


async def aside(work: Callable[[], T]) -> T:
    """Do it in a thread of its own; raises what it raises.

    Not in the pool of the event loop: the end of a program waits for what is done there.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[T] = loop.create_future()

    def run() -> None:
        found: list[T] = []
        with Attempt() as attempt:
            found.append(work())

        def tell() -> None:
            if answer.done():
                return
            if attempt.error is not None:
                answer.set_exception(attempt.error)
            else:
                answer.set_result(found[0])

        with suppress(RuntimeError):  # the loop has ended meanwhile
            loop.call_soon_threadsafe(tell)

    threading.Thread(target=run, name="aside", daemon=True).start()
    return await answer

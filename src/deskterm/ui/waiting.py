"""Waiting for a model or for what is read, so that the next key finds it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, TypeVar

from deskterm.domain.errors import DesktermError
from deskterm.viewmodel.readers import Asking
from deskterm.viewmodel.reading import ReadingPort
from deskterm.viewmodel.signal import Signal

T = TypeVar("T")

LOOK_S: Final = 0.5
"""Seconds after which the keys go on without it."""

READ_S: Final = 5.0
"""Seconds after which reading takes too long."""


async def until(
    condition: Callable[[], bool], changed: Signal[...], seconds: float = LOOK_S
) -> bool:
    """Wait until something is so, looking each time a model has changed; False when it is not."""
    if condition():
        return True
    came = asyncio.Event()

    def look(*_news: object) -> None:
        if condition():
            came.set()

    changed.connect(look)
    try:
        await asyncio.wait_for(came.wait(), seconds)
    except TimeoutError:
        return False
    finally:
        changed.disconnect(look)
    return True


async def answered(readers: Asking, slot: str, work: Callable[[ReadingPort], T]) -> T:
    """Have something read, and wait for it.

    Raises:
        DesktermError: it cannot be read, or not in time.
    """
    answer: asyncio.Future[T] = asyncio.get_running_loop().create_future()

    def done(value: T) -> None:
        if not answer.done():
            answer.set_result(value)

    def failed(error: DesktermError) -> None:
        if not answer.done():
            answer.set_exception(error)

    readers.ask(slot, work, done, failed)
    try:
        return await asyncio.wait_for(answer, READ_S)
    except TimeoutError as error:
        raise DesktermError("Reading takes too long", "Nothing was changed") from error

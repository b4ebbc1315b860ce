"""Several calls at a time, and lists in pieces."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine, Iterable, Iterator, Sequence
from typing import Any, TypeVar

T = TypeVar("T")

_AT_A_TIME = 3


async def together(calls: Iterable[Coroutine[Any, Any, T]]) -> list[T]:
    """What all of them give, in their order.

    After a failure no further call is begun; those under way are waited for, and not cut off: a
    connection that is cut off while it is made stays open.

    Raises:
        Exception: what one of them raised.
    """
    waiting = deque(enumerate(calls))
    found: dict[int, T] = {}

    async def work() -> None:
        while waiting:
            place, call = waiting.popleft()
            try:
                found[place] = await call
            except BaseException:
                for _, unbegun in waiting:
                    unbegun.close()
                waiting.clear()
                raise

    workers = [work() for _ in range(min(_AT_A_TIME, len(waiting)))]
    for end in await asyncio.gather(*workers, return_exceptions=True):
        if isinstance(end, BaseException):
            raise end
    return [found[place] for place in sorted(found)]


def pieces(things: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The things in their order, so many at a time."""
    for start in range(0, len(things), size):
        yield things[start : start + size]

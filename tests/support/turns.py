"""Turns of the event loop."""

from __future__ import annotations

import asyncio

#: A connection that is dropped is gone after two: TLS has a turn of its own.
_ENOUGH = 3


async def turns() -> None:
    """Let connections go that were dropped: a loop that ends before leaves their sockets open."""
    for _ in range(_ENOUGH):
        await asyncio.sleep(0)

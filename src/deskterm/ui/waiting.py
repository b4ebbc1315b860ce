"""Waiting until a model has what a command asked for, so that the next key finds it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from deskterm.viewmodel.signal import Signal

LOOK_S: Final = 0.5
"""Seconds after which the keys go on without it."""


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

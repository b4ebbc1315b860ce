"""A heartbeat in an event loop: how late each beat comes tells how long something held the loop.

`python -m benchmarks.beating FILE console` runs the console with a heartbeat beside it in its
loop; `bare` in place of `console` runs the heartbeat alone until SIGTERM. At the end FILE holds
pairs of doubles: when a beat came (`time.perf_counter`) and how late, both in seconds.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from array import array
from contextlib import suppress
from pathlib import Path

PERIOD_S = 0.004


async def beat(found: array[float]) -> None:
    """Beat until cancelled."""
    before = time.perf_counter()
    while True:
        await asyncio.sleep(PERIOD_S)
        now = time.perf_counter()
        found.extend((now, max(0.0, now - before - PERIOD_S)))
        before = now


def read(file: Path) -> list[tuple[float, float]]:
    """What a process with a heartbeat wrote."""
    found = array("d")
    found.frombytes(file.read_bytes())
    return list(zip(found[::2], found[1::2], strict=True))


async def _bare(found: array[float]) -> None:
    told = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, told.set)
    beating = asyncio.create_task(beat(found))
    await told.wait()
    beating.cancel()


def _console(found: array[float]) -> None:
    """The product as it is, but that its app has one task more."""
    from textual.app import App

    run_async = App.run_async

    async def run_with_heartbeat(self: App[object], **options: object) -> object:
        beating = asyncio.create_task(beat(found))
        try:
            return await run_async(self, **options)  # type: ignore[arg-type] # handed through
        finally:
            beating.cancel()

    App.run_async = run_with_heartbeat  # type: ignore[method-assign, assignment] # the point of it
    from deskterm.__main__ import main

    sys.argv = ["deskterm"]
    main()


def _main() -> None:
    file, what = Path(sys.argv[1]), sys.argv[2]
    found = array("d")
    try:
        if what == "console":
            _console(found)
        else:
            with suppress(KeyboardInterrupt):
                asyncio.run(_bare(found))
    finally:
        file.write_bytes(found.tobytes())


if __name__ == "__main__":
    _main()

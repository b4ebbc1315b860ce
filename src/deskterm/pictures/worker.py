"""The picture process: `python -m deskterm.pictures.worker WIDTH HEIGHT FORM < picture > frame`.

One process for one picture. It has little memory and little time, writes no file, and its answer
is only pixels.
"""

from __future__ import annotations

import resource
import signal
import sys
from contextlib import suppress
from typing import Final

MEMORY_BYTES: Final = 1024**3
SECONDS: Final = 10
"""Of processor time; as long again on the clock and the system ends it."""

#: Exit codes that say why there is no picture.
TOO_LARGE, UNKNOWN, DAMAGED = 3, 4, 5


def main(arguments: list[str]) -> int:
    """Answer with one frame; the exit code says why not."""
    confine()
    from deskterm.pictures.decode import Damaged, TooLarge, Unknown, shrink
    from deskterm.pictures.frame import MOST_SIDE

    width, height = (min(int(each), MOST_SIDE) for each in arguments[:2])
    try:
        frame = shrink(sys.stdin.buffer, width, height, "few" if arguments[2] == "few" else "rgb")
    except TooLarge:
        return TOO_LARGE
    except Unknown:
        return UNKNOWN
    except (Damaged, MemoryError):
        return DAMAGED
    sys.stdout.buffer.write(frame.dump())
    sys.stdout.buffer.flush()
    return 0


def confine() -> None:
    """Leave this process little memory and little time; from here on it writes no file."""
    limits = (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 0),
    )
    # Not every system keeps these limits (macOS takes no address space limit).
    for limit, most in limits:
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))
    signal.alarm(2 * SECONDS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

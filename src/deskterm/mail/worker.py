"""The parser process: `python -m deskterm.mail.worker`.

Reads mails as frames on standard input and answers each with a frame on standard output, until
the input ends. It has little memory and ends itself when one mail takes too long, so that it
needs nobody's care even if its owner is gone.
"""

from __future__ import annotations

import resource
import signal
import sys
from contextlib import suppress
from typing import BinaryIO

from deskterm.mail.fallback import parse_full
from deskterm.mail.wire import LENGTH, MAX_FRAME, encode_mail

MEMORY_BYTES = 1024**3
#: A little longer than the owner waits, in seconds.
PATIENCE = 15
READY = b"ready"


def main() -> int:
    """Serve until the input ends; 0 when it ended between two mails."""
    _limit()
    source, target = sys.stdin.buffer, sys.stdout.buffer
    _write(target, READY)
    while True:
        header = source.read(LENGTH.size)
        if not header:
            return 0
        if len(header) < LENGTH.size:
            return 1
        (size,) = LENGTH.unpack(header)
        raw = source.read(size) if size <= MAX_FRAME else b""
        if len(raw) < size:
            return 1
        signal.alarm(PATIENCE)
        answer = encode_mail(parse_full(raw))
        signal.alarm(0)
        _write(target, answer)


def _limit() -> None:
    # Not every system keeps these limits (macOS takes no address space limit).
    for limit, size in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CORE, 0)):
        with suppress(ValueError, OSError):
            resource.setrlimit(limit, (size, size))


def _write(target: BinaryIO, content: bytes) -> None:
    target.write(LENGTH.pack(len(content)))
    target.write(content)
    target.flush()


if __name__ == "__main__":
    sys.exit(main())

"""JSON lines as they come in on stdin: each by itself, so that a bad one does not end the rest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from deskterm.domain.errors import UsageError

#: Bytes of a line.
MOST_BYTES = 4_000_000


def lines_of(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their numbers, blank ones left out; None stands for one that is too long."""
    number = 0
    while line := stream.readline(MOST_BYTES + 1):
        number += 1
        if len(line) > MOST_BYTES:
            while line and not line.endswith(b"\n"):
                line = stream.readline(MOST_BYTES)
            yield number, None
        elif line.strip():
            yield number, line


def decoded(line: bytes | None) -> object:
    """The value of a line.

    Raises:
        UsageError: it is too long, or no JSON.
    """
    if line is None:
        raise UsageError("The line is too long", f"At most {MOST_BYTES} bytes are taken")
    try:
        return json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise UsageError("The line is not JSON in UTF-8") from error

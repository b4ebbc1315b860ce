"""Where an exception came from, without anything that it or its variables may hold.

An exception's own text can quote a customer or a secret; its kind and its place cannot.
"""

from __future__ import annotations

import traceback
from pathlib import Path

from deskterm.domain.errors import DesktermError

FRAMES_MAX = 40
LINKS_MAX = 8


def trace_text(error: BaseException) -> str:
    """Kinds and places of an exception and of what led to it, newest first.

    Only errors of our own, which are written for people, show their title.
    """
    lines: list[str] = []
    seen: set[int] = set()
    link: BaseException | None = error
    while link is not None and id(link) not in seen and len(seen) < LINKS_MAX:
        seen.add(id(link))
        lines += _one(link, "" if link is error else "caused by ")
        link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
    return "\n".join(lines)


def _one(error: BaseException, lead: str) -> list[str]:
    kind = type(error)
    title = f": {error.title}" if isinstance(error, DesktermError) else ""
    frames = traceback.extract_tb(error.__traceback__, limit=-FRAMES_MAX)
    lines = [f"{lead}{kind.__module__}.{kind.__qualname__}{title}"]
    lines += [f"  {_short(frame.filename)}:{frame.lineno} {frame.name}" for frame in frames]
    if isinstance(error, BaseExceptionGroup):
        for part in error.exceptions[:LINKS_MAX]:
            lines += ["  " + line for line in _one(part, "with ")]
    return lines


def _short(filename: str) -> str:
    """The last parts of a path: enough to find the line, nothing of the user's folders."""
    return "/".join(Path(filename).parts[-3:])

"""References on stdin: words, or the JSON lines that another subcommand has printed."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import Final

from deskterm.domain.errors import UsageError

STDIN: Final = "-"
_KEYS: Final = ("ref", "ticket")
_MOST: Final = 100_000


def refs_of(given: Sequence[str]) -> list[str]:
    """The references that a call names; `-` stands for those on stdin, each once.

    Raises:
        UsageError: a line of stdin is a JSON object that names nothing.
    """
    refs = [ref for ref in given if ref != STDIN]
    if STDIN in given:
        refs += read_refs()
    return list(dict.fromkeys(refs))


def read_refs() -> list[str]:
    """The references on stdin, see `refs_of`."""
    refs: list[str] = []
    for line in sys.stdin.read(_MOST * 1_000).splitlines():
        refs += [_named(line)] if line.lstrip().startswith("{") else line.split()
        if len(refs) > _MOST:
            raise UsageError(f"More than {_MOST} references are on stdin")
    return refs


def lines_of(given: str) -> list[str]:
    """What a call names; `-` stands for the lines of stdin."""
    if given != STDIN:
        return [given]
    return [line.strip() for line in sys.stdin.read(_MOST * 1_000).splitlines() if line.strip()]


def _named(line: str) -> str:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        value = None
    found = value if isinstance(value, dict) else {}
    ref = next((found[key] for key in _KEYS if isinstance(found.get(key), str)), "")
    if not ref:
        raise UsageError(
            "A line of stdin names no ticket and no order",
            "A JSON object has a ref, as 'deskterm list --json' prints it.",
            "Give one object or some references on each line",
        )
    return str(ref)

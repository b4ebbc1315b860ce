"""The preview: the first words of a message."""

from __future__ import annotations

_CHARS = 160
_READ_CHARS = 4_000


def preview_of(body: str) -> str:
    """The first words of a message without quoted lines, in one line of at most 160 characters."""
    kept: list[str] = []
    length = 0
    for line in body[:_READ_CHARS].splitlines():
        if line.startswith(">"):
            continue
        if words := " ".join(line.split()):
            kept.append(words)
            length += len(words) + 1
        if length >= _CHARS:
            break
    return " ".join(kept)[:_CHARS]

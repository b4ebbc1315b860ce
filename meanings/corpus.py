"""The sentences that are learnt from: a file for each topic, a sentence a line."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

SENTENCES: Final = Path(__file__).resolve().parent / "sentences"


def sentences() -> Iterator[tuple[str, str]]:
    """All of them, each with its topic."""
    for file in sorted(SENTENCES.glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield line, file.stem


def digest() -> str:
    """Names their present state."""
    files = sorted(SENTENCES.glob("*.txt"))
    return sha256(b"".join(file.read_bytes() for file in files)).hexdigest()

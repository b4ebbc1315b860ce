"""What the sandbox showed and took, in the order in which it did: the ledger that tests compare.

A JSON object a line. It is written before the other side is told, so it is also right after a
kill. It holds ids and digests and no text.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

Kind = Literal["shown", "taken", "answered", "misbehaved"]


class Journal:
    """An append-only file; made with mode 0600 where it is missing.

    Raises:
        OSError: the file cannot be opened, or written to.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.counts: Counter[Kind] = Counter()
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
        self._file = os.open(path, flags, 0o600)

    def note(self, kind: Kind, channel: str, **facts: object) -> None:
        """Write one line. `facts` are ids, names and numbers, never text of a message."""
        self.note_all(kind, channel, [facts])

    def note_all(self, kind: Kind, channel: str, entries: Sequence[Mapping[str, object]]) -> None:
        """Write a line for each entry in one go."""
        at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        self.counts[kind] += len(entries)
        lines = (
            json.dumps({"at": at, "kind": kind, "channel": channel, **facts}) for facts in entries
        )
        whole = "".join(f"{line}\n" for line in lines).encode("ascii")
        while whole:
            whole = whole[os.write(self._file, whole) :]

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, line ends as `\\n` and blank space at its ends left out."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()


def read_journal(path: Path, kind: Kind | None = None) -> list[dict[str, Any]]:
    """The entries so far, oldest first; a line that is still being written is left out."""
    whole, _, _ = path.read_text("ascii").rpartition("\n")
    entries: list[dict[str, Any]] = [json.loads(line) for line in whole.splitlines()]
    return [entry for entry in entries if kind in (None, entry["kind"])]

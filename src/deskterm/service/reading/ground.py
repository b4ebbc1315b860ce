"""Where what suggestions are made from comes from, and the file in which the shop's part is kept.

To weigh the shop's own macros takes a moment, and all of them with its own lexicon a second or two.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from deskterm.macros.making import Made, make
from deskterm.macros.model import Library


@dataclass(frozen=True, slots=True)
class GroundFiles:
    """Files of a shop.

    Args:
        lexicon: what it adds to the lexicon; it need not be there.
        kept: what was made the last time; None: it is not kept.
    """

    lexicon: Path | None = None
    kept: Path | None = None

    def read(self, library: Library) -> Made:
        """What there is for the macros of a shop; kept for the next start where it is new."""
        before = self._before()
        made = make(library, self.lexicon, before)
        if self.kept is not None and made.kept not in (b"", before):
            _write(self.kept, made.kept)
        return made

    def _before(self) -> bytes:
        try:
            return self.kept.read_bytes() if self.kept is not None else b""
        except OSError:
            return b""


def _write(file: Path, content: bytes) -> None:
    """Where it cannot be kept, the next start takes longer."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(content)
        fresh.replace(file)
    except OSError:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)

"""Long answers in parts that a person can listen to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from deskterm.text.clean import SafeText

LINES: Final = 40
"""Lines after which an answer stops and waits to be asked for more."""

Block = tuple[SafeText, ...]
"""What belongs together, such as a message: texts that each begin a line."""


class Pages:
    """Blocks, given out in parts of at most `LINES` lines; a long block goes over several parts.

    Args:
        blocks: all of them.
        lines: breaks a text into lines.
    """

    def __init__(
        self, blocks: Iterable[Block], lines: Callable[[SafeText], Sequence[SafeText]]
    ) -> None:
        self._blocks = list(blocks)
        self._lines = lines
        self._at = 0
        self._begun: list[SafeText] = []

    @property
    def left(self) -> int:
        """How many blocks were not given out, or not to their end."""
        return len(self._blocks) - self._at + bool(self._begun)

    def next(self) -> list[SafeText]:
        """The lines of the next part; none at the end."""
        part: list[SafeText] = []
        while self.left and len(part) < LINES:
            lines = self._begun or self._broken(self._blocks[self._at])
            if part and not self._begun and len(part) + len(lines) > LINES:
                break
            self._at += not self._begun
            room = LINES - len(part)
            part += lines[:room]
            self._begun = lines[room:]
        return part

    def _broken(self, block: Block) -> list[SafeText]:
        return [line for text in block if text for line in self._lines(text)]

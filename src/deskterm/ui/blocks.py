"""Blocks of lines below one another: messages of a conversation, items of an outbox.

A block is laid out once for a width. A stack lays its blocks out from the last one upwards, as far
as somebody looks, so that a long conversation opens as fast as a short one.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from deskterm.text.clean import SafeText
from deskterm.ui.painting import EMPTY, Line, Span


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The lines of one thing: `head`, then `text` broken at `spans`, then `tail`.

    Args:
        ground: component classes of every line.
        text_style: component classes of the text.
    """

    head: tuple[Line, ...]
    text: SafeText = EMPTY
    spans: Sequence[Span] = ()
    tail: tuple[Line, ...] = ()
    ground: str = ""
    text_style: str = ""

    @property
    def height(self) -> int:
        """Number of lines."""
        return len(self.head) + len(self.spans) + len(self.tail)

    def span(self, line: int) -> Span | None:
        """The part of the text that a line shows, or None for a line of head or tail."""
        place = line - len(self.head)
        return self.spans[place] if 0 <= place < len(self.spans) else None

    def fixed(self, line: int) -> Line:
        """A line of the head or the tail."""
        if line < len(self.head):
            return self.head[line]
        return self.tail[line - len(self.head) - len(self.spans)]

    def line_of(self, character: int) -> int:
        """The line that shows a character of the text."""
        place = bisect_left(self.spans, (character + 1, 0)) - 1
        return len(self.head) + max(0, place)


class Stack:
    """Blocks by number, the last one at the bottom; lines are counted from the top.

    Args:
        count: of blocks.
        lay_out: makes a block. Called for each one at most once, until it is laid out anew.
    """

    def __init__(self, count: int, lay_out: Callable[[int], Block]) -> None:
        self.count = count
        self._lay_out = lay_out
        self._blocks: list[Block] = []  # from the last one upwards
        self._depths: list[int] = []  # lines from the top of each to the bottom of all

    @property
    def first(self) -> int:
        """Number of the first block that is laid out; `count` while none is."""
        return self.count - len(self._blocks)

    @property
    def height(self) -> int:
        """Lines of everything that is laid out."""
        return self._depths[-1] if self._depths else 0

    def reach(self, lines: int) -> int:
        """Lay out upwards until there are so many lines; says how many were added on top."""
        before = self.height
        while self.first > 0 and self.height < lines:
            self._add()
        return self.height - before

    def reach_block(self, number: int) -> int:
        """Lay out upwards to a block; says how many lines were added on top."""
        before = self.height
        while self.first > max(0, number):
            self._add()
        return self.height - before

    def block(self, number: int) -> Block:
        """A block that is laid out."""
        return self._blocks[self.count - 1 - number]

    def start(self, number: int) -> int:
        """The first line of a block that is laid out."""
        return self.height - self._depths[self.count - 1 - number]

    def at(self, line: int) -> tuple[int, int]:
        """The block that a line belongs to, and which of its lines it is."""
        place = bisect_left(self._depths, self.height - line)
        return self.count - 1 - place, line - (self.height - self._depths[place])

    def lay_out_again(self, number: int) -> None:
        """Something about a block has changed."""
        place = self.count - 1 - number
        if not 0 <= place < len(self._blocks):
            return
        self._blocks[place] = self._lay_out(number)
        depth = self._depths[place - 1] if place else 0
        for later in range(place, len(self._blocks)):
            depth += self._blocks[later].height
            self._depths[later] = depth

    def _add(self) -> None:
        block = self._lay_out(self.first - 1)
        self._depths.append(self.height + block.height)
        self._blocks.append(block)

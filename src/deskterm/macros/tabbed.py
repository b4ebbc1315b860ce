"""Many lines by what stands before their first tab, in little memory.

A dict of so many short texts takes several times what the texts do. Here they are one run of bytes
in order of their names, and a name is found by halving.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

_TAB, _END = b"\t", b"\n"


class TabbedLines(Mapping[str, str]):
    """What stands behind the first tab of each line, by what stands before it.

    Args:
        lines: without their ends. Of two with the same name one counts.

    Raises:
        ValueError: a line has no tab.
    """

    __slots__ = ("_body", "_starts")

    def __init__(self, lines: Iterable[str]) -> None:
        # A tab is less than any letter, so whole lines are in order of their names.
        known = sorted(line.encode() for line in lines)
        if not all(_TAB in line for line in known):
            raise ValueError("a line without a tab")
        self._body = _END.join((*known, b""))
        self._starts = array("L", accumulate((len(line) + 1 for line in known), initial=0))
        self._starts.pop()

    def __getitem__(self, name: str) -> str:
        body, wanted = self._body, name.encode() + _TAB
        size = len(wanted)
        place = bisect_left(self._starts, wanted, key=lambda start: body[start : start + size])
        if place < len(self._starts):
            start = self._starts[place]
            if body.startswith(wanted, start):
                return body[start + size : body.index(_END, start)].decode()
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        body = self._body
        return (body[start : body.index(_TAB, start)].decode() for start in self._starts)

    def __len__(self) -> int:
        return len(self._starts)

"""Many lines by what stands before their first tab, in little memory.

A dict of so many short texts takes several times what the texts do. Here they stay the bytes of the
file that they come from, in order of their names, and a name is found by halving: nothing is done
line by line until one is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, Self

_TAB: Final = b"\t"
_END: Final = b"\n"


class TabbedLines(Mapping[str, str]):
    """What stands behind the first tab of each line, by what stands before it.

    Args:
        body: as `written` gives it.

    Raises:
        ValueError: its last line has no end, or there are lines without a tab.
    """

    __slots__ = ("_body", "_size")

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._size = body.count(_END)
        if not body.endswith(_END) and body:
            raise ValueError("a line without an end")
        if body.count(_TAB) < self._size:
            raise ValueError("a line without a tab")

    @classmethod
    def of(cls, lines: Iterable[str]) -> Self:
        """The lines, in any order, without their ends; no two with the same name."""
        return cls(written(lines))

    def __getitem__(self, name: str) -> str:
        body, wanted = self._body, name.encode() + _TAB
        size = len(wanted)
        low, high = 0, len(body)
        while low < high:
            start = max(low, body.rfind(_END, low, (low + high) // 2) + 1)
            found = body[start : start + size]
            if found == wanted:
                return body[start + size : body.index(_END, start)].decode()
            if found < wanted:
                low = body.index(_END, start) + 1
            else:
                high = start
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        for line in self._body.split(_END)[:-1]:
            yield line[: line.index(_TAB)].decode()

    def __len__(self) -> int:
        return self._size


def written(lines: Iterable[str]) -> bytes:
    """Lines as they are kept, each with its end."""
    # A tab is less than any letter, so whole lines are in order of their names.
    return b"".join(sorted(line.encode() + _END for line in lines))

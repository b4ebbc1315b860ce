"""A shop's own pattern for its order numbers, made safe to run on text from outside.

The pattern is a small part of Python's regular expressions: characters, classes, `\\d \\w \\s \\b`,
groups, `|`, and repeats with an end. What could make a search slow is refused: a repeat of
something that repeats or branches, and more ways to match than `_MOST_WAYS`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from deskterm.domain.errors import UsageError

#: An open repeat (`+`, `*`, `{3,}`) ends after this many.
OPEN_END = 20

_LONGEST_PATTERN = 100
_MOST_REPEATS = 40
_MOST_WAYS = 400
_PIECE = re.compile(
    r"(?P<class>\[\^?(?:(?!--|&&|~~|\|\|)[^\]\[\\]|\\[dws\W])+\])"
    r"|(?P<escape>\\[dwsb]|\\[^\w\s])"
    r"|(?P<open>\((?:\?:)?(?!\?))|(?P<close>\))|(?P<or>\|)"
    r"|(?P<literal>[^\\\[\](){}?*+|^$])"
)
_REPEAT = re.compile(r"(?P<sign>[?*+])|\{(?P<least>[0-9]{1,2})(?P<comma>,)?(?P<most>[0-9]{1,2})?\}")


@dataclass(slots=True)
class _Group:
    """What a group holds so far."""

    repeats: bool = False
    branches: bool = False


def compile_order_pattern(pattern: str) -> re.Pattern[str]:
    """Compile a pattern to be searched for between other words, capitals or not.

    Raises:
        UsageError: the pattern uses something else, could be slow, or matches the empty text.
    """
    if not 0 < len(pattern) <= _LONGEST_PATTERN:
        raise _refused(f"it has {len(pattern)} characters, 1 to {_LONGEST_PATTERN} are possible")
    bounded = _Scan(pattern).bounded()
    try:
        compiled = re.compile(
            rf"(?<![A-Za-z0-9])(?:{bounded})(?![A-Za-z0-9])", re.IGNORECASE | re.ASCII
        )
    except re.error as error:
        raise _refused("it cannot be compiled") from error
    if compiled.search(""):
        raise _refused("it matches the empty text")
    return compiled


class _Scan:
    """Reads a pattern from left to right and writes it again with an end to each repeat."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._ways = 1
        self._groups = [_Group()]

    def bounded(self) -> str:
        written = []
        while self._at < len(self._pattern):
            piece = _PIECE.match(self._pattern, self._at)
            if piece is None:
                raise _refused(f"character {self._at + 1} is not possible there")
            self._at = piece.end()
            written += [piece[0], self._after(piece)]
        if len(self._groups) != 1:
            raise _refused("a bracket is not closed")
        return "".join(written)

    def _after(self, piece: re.Match[str]) -> str:
        """Note what the piece does and write the repeat that follows it, if any."""
        if piece["open"]:
            self._groups.append(_Group())
            return ""
        if piece["or"]:
            self._groups[-1].branches = True
            self._multiply(2)
            return ""
        inner = _Group()
        if piece["close"]:
            inner = self._groups.pop()
            if not self._groups:
                raise _refused(f"nothing is open at character {piece.end()}")
        outer = self._groups[-1]
        outer.repeats |= inner.repeats
        outer.branches |= inner.branches
        return self._repeat(inner, outer)

    def _repeat(self, inner: _Group, outer: _Group) -> str:
        found = _REPEAT.match(self._pattern, self._at)
        if found is None:
            return ""
        self._at = found.end()
        least, most = _limits(found)
        if most > _MOST_REPEATS or least > most:
            raise _refused(f"a repeat goes to {_MOST_REPEATS} at most, from the smaller number")
        if most > 1 and (inner.repeats or inner.branches):
            raise _refused("it repeats something that repeats or branches")
        outer.repeats = True
        self._multiply(most - least + 1)
        return f"{{{least},{most}}}"

    def _multiply(self, ways: int) -> None:
        self._ways *= ways
        if self._ways > _MOST_WAYS:
            raise _refused("it can match in too many ways; write {6} rather than +")


def _limits(repeat: re.Match[str]) -> tuple[int, int]:
    if repeat["sign"]:
        return {"?": (0, 1), "*": (0, OPEN_END), "+": (1, OPEN_END)}[repeat["sign"]]
    least = int(repeat["least"])
    if repeat["most"] is not None and repeat["comma"]:
        return least, int(repeat["most"])
    return least, max(least, OPEN_END) if repeat["comma"] else least


def _refused(why: str) -> UsageError:
    return UsageError(
        "This pattern for order numbers cannot be used",
        f"The reason: {why}",
        r"Write for example SHOP-\d{6} or [A-Z]{2}\d{4,8}",
    )

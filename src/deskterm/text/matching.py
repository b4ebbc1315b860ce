"""The matching copy: a plain reading of a text, with the way back to every place in it.

People see `con<zero width space>tact` and `０６`, patterns do not. The copy drops what nobody sees,
folds compatibility forms (NFKC, UAX 15) and writes every decimal digit in ASCII. A position in
the copy maps back to the original, so that a finding marks what the writer typed.

Readings that swap characters one for one (confusable letters, say) can be laid over a copy without
touching the map.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: Invisible although their category is not Cf: Default_Ignorable_Code_Point of the Unicode
#: character database, and the blank braille cell.
_UNSEEN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
)
#: Marks normalised together with their letter (UAX 15 section 13, stream-safe text): sorting them
#: costs the square of their number.
_MAX_MARKS = 30


@dataclass(frozen=True, slots=True)
class MatchingCopy:
    """A plain reading of a text.

    Attributes:
        text: what patterns look at.
        hidden: whether invisible characters were dropped.
    """

    text: str
    hidden: bool
    _starts: Sequence[int]
    _ends: Sequence[int]

    @classmethod
    def of(cls, text: str) -> MatchingCopy:
        """Read a text. Takes time in proportion to its length, whatever it holds."""
        if text.isascii():
            return cls(text, False, range(len(text)), range(1, len(text) + 1))
        letters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        seen = 0
        for start, end, cluster in _clusters(text):
            plain = _plain(cluster)
            letters.append(plain)
            starts.extend([start] * len(plain))
            ends.extend([end] * len(plain))
            seen += len(cluster)
        return cls("".join(letters), seen < len(text), starts, ends)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of `self.text[start:end]`.

        Raises:
            ValueError: not a span of the copy.
        """
        if not 0 <= start <= end <= len(self.text):
            raise ValueError(f"{start}:{end} is not a span of {len(self.text)} characters")
        if start < end:
            return self._starts[start], self._ends[end - 1]
        place = self._starts[start] if start < len(self.text) else self._last_end()
        return place, place

    def _last_end(self) -> int:
        return self._ends[-1] if self._ends else 0


def unseen(char: str) -> bool:
    """Whether nobody sees this character (format controls, fillers, variation selectors)."""
    if char < "\x80":
        return False
    return (
        unicodedata.category(char) == "Cf" or char in _UNSEEN or "\U000e0100" <= char < "\U000e01f0"
    )


def _clusters(text: str) -> Iterator[tuple[int, int, str]]:
    """Each visible character with its combining marks: start, end, characters."""
    place = 0
    while place < len(text):
        char = text[place]
        if unseen(char):
            place += 1
            continue
        end, cluster = place + 1, char
        look = end
        while look < len(text) and text[look] > "\x7f" and len(cluster) <= _MAX_MARKS:
            if unicodedata.combining(text[look]):
                cluster += text[look]
                end = look + 1
            elif not unseen(text[look]):
                break
            look += 1
        yield place, end, cluster
        place = end


def _plain(cluster: str) -> str:
    if cluster.isascii():
        return cluster
    folded = unicodedata.normalize("NFKC", cluster)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded)

"""What plain mode writes on: clean text in lines of a width, and nothing that a terminal obeys."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final, TextIO

from deskterm.text.clean import SafeText, cell_width, clean

WIDTH: Final = 80
_LEAST: Final = 20
_MOST: Final = 2_000

#: Signs that have another way to be written than a letter without its accents.
_IN_ASCII: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys("‐‑‒–—―", "-"),
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("“”„‟«»", '"'),
        **dict.fromkeys("·•●", "-"),
        **dict.fromkeys("\u00a0\u202f\u2009", " "),
        "ß": "ss",
        "Æ": "AE",
        "æ": "ae",
        "Œ": "OE",
        "œ": "oe",
        "Ø": "O",
        "ø": "o",
        "Ł": "L",
        "ł": "l",
        "€": "EUR",
        "£": "GBP",
        "×": "x",
        "→": "->",
        "←": "<-",
        "⟨": "<",
        "⟩": ">",
    }
)
_UNKNOWN: Final = "?"


class Paper:
    """Writes lines.

    Args:
        out: takes them.
        width: cells of a line.
        ascii_only: whatever is not ASCII is written with letters that are.
    """

    def __init__(self, out: TextIO, *, width: int = WIDTH, ascii_only: bool = False) -> None:
        self._out = out
        self._width = max(_LEAST, min(width, _MOST))
        self._ascii_only = ascii_only

    def lines(self, text: SafeText) -> list[SafeText]:
        """A text as it will stand on the paper, line by line."""
        shown = clean(in_ascii(text)) if self._ascii_only else text
        return [line for one in shown.split("\n") for line in wrapped(one, self._width)]

    def write(self, *texts: SafeText) -> None:
        """Write each text, which begins a line; an empty one is an empty line.

        Raises:
            BrokenPipeError: nobody reads any more.
        """
        try:
            for text in texts:
                self._out.write("".join(f"{line}\n" for line in self.lines(text)))
            self._out.flush()
        except OSError as error:
            raise BrokenPipeError(error.errno, "nobody reads this any more") from error

    def shown(self, text: SafeText) -> str:
        """A text for a place that somebody else writes: the prompt of a line to type."""
        return in_ascii(text) if self._ascii_only else text


def wrapped(paragraph: str, cells: int) -> Iterator[SafeText]:
    """Break a paragraph between words into lines of at most so many cells; longer words too."""
    if len(paragraph) * 2 <= cells or cell_width(paragraph) <= cells:
        yield clean(paragraph.rstrip(), multiline=False)
        return
    line, room = "", cells
    for word in paragraph.split(" "):
        gap = " " if line else ""
        width = cell_width(gap + word)
        if width <= room:
            line, room = f"{line}{gap}{word}", room - width
            continue
        if line.strip():
            yield clean(line.rstrip(), multiline=False)
        *full, line = _pieces(word, cells)
        yield from (clean(piece, multiline=False) for piece in full)
        room = cells - cell_width(line)
    if line.strip():
        yield clean(line.rstrip(), multiline=False)


def _pieces(word: str, cells: int) -> list[str]:
    """A word cut into pieces that fit."""
    if cell_width(word) <= cells:
        return [word]
    pieces, start, width = [], 0, 0
    for place, sign in enumerate(word):
        wide = cell_width(sign)
        if width + wide > cells:
            pieces.append(word[start:place])
            start, width = place, 0
        width += wide
    return [*pieces, word[start:]]


def in_ascii(text: str) -> str:
    """The same text in ASCII: accents go, a few signs are spelled out, the rest is `?`."""
    if text.isascii():
        return text
    return text.translate({ord(sign): _spelled(sign) for sign in set(text) if not sign.isascii()})


def _spelled(sign: str) -> str:
    if sign in _IN_ASCII:
        return _IN_ASCII[sign]
    if unicodedata.combining(sign) or unicodedata.category(sign) in ("Cf", "Me", "Mn"):
        return ""
    letters = unicodedata.normalize("NFKD", sign)
    plain = "".join(c for c in letters if c.isascii() and c.isprintable())
    return plain or _UNKNOWN

"""Text from outside made safe for a terminal.

A terminal obeys control bytes (ECMA-48), and Unicode adds characters that reorder or hide what
is shown (UAX 9, UTS 39). `clean` makes all of them visible or takes them away, and is the only
maker of `SafeText`. The stored original is never changed; cleaning happens on reading for
display. `clip` cuts cleaned text to a width in terminal cells (UAX 11).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Self

MARKS_PER_BASE = 8
ELLIPSIS = "…"

_PLAIN = re.compile(r"[\n -~]*")
_TAB = "    "
_PICTURES = 0x2400
_REMOVED = frozenset("\r\u00ad\u200b\u2060\ufeff")
_LINE_ENDS = frozenset("\n\u2028\u2029")
_JOINERS = frozenset("\u200c\u200d")
#: Cf that draws something: number signs and the like of Arabic, Syriac and Kaithi.
_DRAWN_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
_MARKS = frozenset({"Mn", "Me"})
_HIDDEN = frozenset({"Cf", "Cn", "Co", "Cs"})
_SURPLUS_MARKS = re.compile(f"m{{{MARKS_PER_BASE + 1},}}")
_EMOJI_STYLE = "\ufe0f"


class SafeText(str):
    """Text that a terminal can be given. Made by `clean` and by nothing else.

    What is put together from it with `+`, `join` or an f-string is a plain `str` again.
    """

    __slots__ = ()

    def __new__(cls, *_: object) -> Self:
        raise TypeError("SafeText is made by clean()")

    def __reduce__(self) -> tuple[Callable[[str], SafeText], tuple[str]]:
        return clean, (str(self),)


def _safe(text: str) -> SafeText:
    return str.__new__(SafeText, text)


def clean(text: str, *, multiline: bool = True) -> SafeText:
    """Make `text` safe to show; cleaning twice changes nothing more.

    Newlines stay, tabs become blanks, carriage returns and zero-width characters go, other C0
    controls become their pictures, DEL and C1 become U+FFFD. Controls of direction, tags, private
    and unassigned characters and lone surrogates are shown as their number, like `⟨U+202E⟩`.
    Joiners and variation selectors stay (emoji, Persian); of more than eight marks on one base
    the rest goes.

    Args:
        text: anything.
        multiline: False for places of one line: newlines become blanks.
    """
    if text.isascii() and (text.isprintable() or (multiline and _PLAIN.fullmatch(text))):
        return _safe(text)
    newline = "\n" if multiline else " "
    shown = text.translate({ord(c): _shown(c, newline) for c in set(text)})
    return _safe(_few_marks(shown))


def _shown(character: str, newline: str) -> str:
    """What stands for one character."""
    if character in _LINE_ENDS:
        return newline
    if character.isprintable() or character in _JOINERS or character in _DRAWN_FORMATS:
        return character
    if character in _REMOVED:
        return ""
    if character == "\t":
        return _TAB if newline == "\n" else " "
    if character < " ":
        return chr(_PICTURES + ord(character))
    category = unicodedata.category(character)
    if category == "Cc":
        return "\ufffd"
    return f"⟨U+{ord(character):04X}⟩" if category in _HIDDEN else character


def _few_marks(text: str) -> str:
    """Keep the first marks of each base; joiners count, so that they cannot start a row anew."""
    marks = {c for c in set(text) if unicodedata.category(c) in _MARKS} | _JOINERS
    if marks.isdisjoint(text):
        return text
    # One letter for a mark and another for the rest: a pattern over the marks themselves, which
    # may be thousands, would not be quick.
    kinds = text.translate({ord(c): "m" if c in marks else "b" for c in set(text)})
    kept = []
    done = 0
    for surplus in _SURPLUS_MARKS.finditer(kinds):
        kept.append(text[done : surplus.start() + MARKS_PER_BASE])
        done = surplus.end()
    return "".join([*kept, text[done:]])


def cell_width(text: str) -> int:
    """Width in terminal cells: 2 for wide and full-width characters, 0 for marks and joiners.

    A character asked to be an emoji counts as wide. Sequences that some terminals draw as one
    picture count as all their parts, so the true width is never more.
    """
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if " " <= character <= "~":
        return 1
    if character == _EMOJI_STYLE:
        return 1
    if character in _JOINERS or unicodedata.category(character) in _MARKS:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def part(text: SafeText, start: int, end: int) -> SafeText:
    """Some characters of clean text, which are as clean as the whole."""
    return _safe(text[start:end])


def clip(text: SafeText, cells: int) -> SafeText:
    """Cut text of one line to at most `cells` cells; what was cut shows as `…`."""
    if text.isascii() and len(text) <= cells:
        return text
    room = cells - len(ELLIPSIS)
    width = fits = 0
    for place, character in enumerate(text):
        width += _cells(character)
        if width <= room:
            fits = place + 1
        if width > cells:
            return _safe(text[:fits].rstrip("\u200c\u200d ") + ELLIPSIS if cells > 0 else "")
    return text

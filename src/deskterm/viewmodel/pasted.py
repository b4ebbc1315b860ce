"""Pasted text made fit to be sent: plain characters, newlines, and not too much of it."""

from __future__ import annotations

from typing import Final

from deskterm.i18n import say
from deskterm.text.clean import SafeText

#: Bytes of one piece of writing that pasting may fill.
MOST_BYTES: Final = 200_000

_KEPT: Final = "\n\t"
#: What reorders or hides text (UAX 9), and the mark of byte order.
_HIDDEN: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)
_LINE_ENDS: Final = ("\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85")


def plain(text: str) -> str:
    """The same text without control characters, controls of direction and lone surrogates."""
    if text.isascii() and text.isprintable():
        return text
    for end in _LINE_ENDS:
        text = text.replace(end, "\n")
    drop = {ord(c): None for c in set(text) if _is_dropped(c)}
    return text.translate(drop).replace("\t", "    ")


def one_line(text: str) -> str:
    """The same for a field of one line."""
    return " ".join(plain(text).split())


def fitting(text: str, present: str) -> tuple[str, SafeText | None]:
    """What of a pasted text is taken into a text that holds `present` already.

    Returns:
        The plain text, and a word where not all of it was taken.
    """
    taken = plain(text)
    room = max(0, MOST_BYTES - len(present.encode()))
    encoded = taken.encode()
    if len(encoded) <= room:
        return taken, None
    taken = encoded[:room].decode(errors="ignore")
    return taken, say(
        "Only the first {kept} of {all} kB were pasted; attach a long text as a file",
        kept=len(taken.encode()) // 1000,
        all=-(-len(encoded) // 1000),
    )


def _is_dropped(character: str) -> bool:
    if character in _KEPT:
        return False
    code = ord(character)
    return code < 0x20 or 0x7F <= code < 0xA0 or 0xD800 <= code < 0xE000 or character in _HIDDEN

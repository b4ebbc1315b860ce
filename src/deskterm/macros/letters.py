"""The letters of a text message: others would turn all of it into one of less than half the length.

What 3GPP TS 23.038 section 6.2.1 holds stays as it is. A letter with a mark that is not there goes
without the mark, typographic signs become plain ones, other scripts are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

#: Letters with a mark that a text message has; `Ç` is there, `ç` is not.
_THERE: Final = frozenset("èéùìòÇØøÅåÉÄÖÑÜäöñüàß£¥¿¡§€ÆæΔΦΓΛΩΠΨΣΘΞ¤")
_QUOTES: Final = re.compile("«[ \u00a0\u202f]?|[ \u00a0\u202f]?»")
_PLAIN: Final = str.maketrans(
    {
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "‘": "'", "“": '"', "”": '"',
        "–": "-", "—": "-", "…": "...", "œ": "oe", "Œ": "OE", "×": "x",
        "•": "-", "`": "'",
    }
)  # fmt: skip


def plain_letters(text: str) -> str:
    """The text in letters that a text message has, as far as they have a like one there."""
    if text.isascii():
        return text
    return "".join(map(_letter, _QUOTES.sub('"', text).translate(_PLAIN)))


def is_carried(text: str) -> bool:
    """Whether a text message has every letter of the text, or one like it."""
    return all(letter.isascii() or letter in _THERE for letter in plain_letters(text))


def _letter(letter: str) -> str:
    if letter.isascii() or letter in _THERE:
        return letter
    bare = unicodedata.normalize("NFD", letter)[0]
    return bare if bare.isascii() else letter

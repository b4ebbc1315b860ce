"""Parts of a text message: how many a text takes, and which character makes them many.

A text within the GSM 7-bit default alphabet takes one part of 160 characters, or parts of 153 where
it is longer; a single character outside turns all of it into UCS-2 with 70 and 67 (3GPP TS 23.038
section 6, TS 23.040 section 9.2.3.24.1). A character of the extension table counts twice. Neither
that pair nor a surrogate pair is ever cut in two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

#: 3GPP TS 23.038 section 6.2.1, without the escape.
_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
#: 3GPP TS 23.038 section 6.2.1.1: an escape and a character.
_EXTENDED = frozenset("\f^{}\\[~]|€")


@dataclass(frozen=True, slots=True)
class _Alphabet:
    """An alphabet: which characters take two places, and the places of one part alone and of each
    of several.
    """

    is_pair: Callable[[str], bool]
    alone: int
    each: int


_GSM = _Alphabet(_EXTENDED.__contains__, 160, 153)
_UCS2 = _Alphabet(lambda char: char > "\uffff", 70, 67)


def beyond_gsm(text: str) -> int | None:
    """Where the first character stands that turns the whole text into UCS-2; None: nowhere."""
    places = (n for n, c in enumerate(text) if c not in _BASIC and c not in _EXTENDED)
    return next(places, None)


def segments(text: str) -> int:
    """How many parts a text takes; an empty one takes none."""
    alphabet = _alphabet(text)
    pairs = sum(map(alphabet.is_pair, text))
    places = len(text) + pairs
    if places <= alphabet.alone:
        return 1 if text else 0
    if not pairs:
        return -(-places // alphabet.each)
    return _fill(text, alphabet.is_pair, alphabet.each, len(text))[0]


def fitting(text: str, most: int) -> int:
    """How many characters of the text go into `most` parts, in the alphabet that it takes now."""
    if segments(text) <= most:
        return len(text)
    alphabet = _alphabet(text)
    each = alphabet.alone if most == 1 else alphabet.each
    return _fill(text, alphabet.is_pair, each, most)[1]


def _alphabet(text: str) -> _Alphabet:
    return _GSM if beyond_gsm(text) is None else _UCS2


def _fill(text: str, is_pair: Callable[[str], bool], each: int, most: int) -> tuple[int, int]:
    """Fill at most `most` parts: how many there are then, and how many characters they hold."""
    parts, used = 0, each
    for place, char in enumerate(text):
        cost = 2 if is_pair(char) else 1
        if used + cost > each:
            if parts == most:
                return parts, place
            parts, used = parts + 1, 0
        used += cost
    return parts, len(text)

"""The matching copy: a plain reading of a text, with the way back to every place in it.

People see `con<zero width space>tact`, `０６`, `6️⃣`, `🅲all` and, with a Cyrillic letter in it,
`exаmple`; patterns do not. The copy drops what nobody sees, folds compatibility forms (NFKC, UAX
15), writes digits and enclosed or small-capital letters in ASCII, and takes ideographic full stops
for dots. In words that mix scripts, letters that look Latin become Latin (UTS 39 section 4); a word
that is Cyrillic or Greek throughout stays as it is. A position in the copy maps back to the
original, so that a finding marks what the writer typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from deskterm.text.patterns import Patterns

#: Invisible although their category is not Cf: Default_Ignorable_Code_Point of the Unicode
#: character database, and the blank braille cell.
_UNSEEN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0"
    + "".join(map(chr, range(0xFE00, 0xFE10)))
)
#: Marks normalised together with their letter (UAX 15 section 13, stream-safe text): sorting them
#: costs the square of their number.
_MAX_MARKS = 30
#: The mark that makes a digit a keycap; not a combining one by its class.
_KEYCAP = "\u20e3"


#: What NFKC leaves although it shows a plain character: letters in black circles and squares, small
#: capitals, circled zeros, and full stops of other scripts.
_SHOWN = str.maketrans(
    "🅐🅑🅒🅓🅔🅕🅖🅗🅘🅙🅚🅛🅜🅝🅞🅟🅠🅡🅢🅣🅤🅥🅦🅧🅨🅩"
    "🅰🅱🅲🅳🅴🅵🅶🅷🅸🅹🅺🅻🅼🅽🅾🅿🆀🆁🆂🆃🆄🆅🆆🆇🆈🆉"
    "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ"
    "\U0001f10b\U0001f10c\u24ff。۔܁",
    2 * "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + "abcdefghijklmnoprstuvwyz" + "000...",
)
#: Blocks of characters that mostly stand for one plain one: blanks, letters and digits in circles
#: and squares, forms of full width, letters and digits of formulas.
_BLOCKS = (
    (0x00A0, 0x00A1),
    (0x2000, 0x200B),
    (0x2011, 0x2012),
    (0x2024, 0x2025),
    (0x202F, 0x2030),
    (0x2460, 0x2500),
    (0x2776, 0x2794),
    (0xFF01, 0xFF5F),
    (0x1D400, 0x1D800),
    (0x1F100, 0x1F190),
)


def _digit(char: str) -> str:
    """A digit of any script, or in a circle, in ASCII; any other character as it is."""
    digit = unicodedata.digit(char, None)
    return char if digit is None else str(digit)


@cache
def _one_for_one(char: str) -> str:
    """The one character that is written for a character of those blocks, if it is one."""
    shown = _SHOWN.get(ord(char))
    if shown is not None:
        return chr(shown)
    plain = "".join(map(_digit, unicodedata.normalize("NFKC", char)))
    return plain if len(plain) == 1 else char


def _one_for_each(text: str) -> str:
    """The text with those characters replaced, which leaves all places where they are."""
    return _PATTERNS["shown_as_one"].sub(lambda found: _one_for_one(found[0]), text)


#: Letters that look like Latin ones: the common ones of the confusables table (UTS 39).
_LOOKALIKES: Mapping[int, int] = MappingProxyType(
    str.maketrans(
        "аеорсухіѕјԁһԛԝӏАВЕЅІЈКМНОРСТУХԌԚԜ"  # Cyrillic
        "αονρικυχτγΑΒΕΖΗΙΚΜΝΟΡΤΥΧ"  # Greek
        "օսհոցԼՕՏ"  # Armenian
        "ɑɡ",
        "aeopcyxisjdhqwlABESIJKMHOPCTYXGQW" + "aovpikuxtyABEZHIKMNOPTYX" + "ouhngLOS" + "ag",
    )
)
#: Letters before this character are Latin (Unicode blocks up to Latin Extended-B).
_LATIN_END = "\u0250"
_INDICATOR_A = 0x1F1E6
#: Characters that NFKC leaves alone: the letters and signs of European text, and pictograms.
_SETTLED = (
    "\x00-\x7f¡-§©«¬®°±¶»¿-ıĴ-ľŁ-ňŊ-žΑ-ΡΣ-ωЀ-ҁ\u2012-\u2015\u2018-\u201e\u2022\u2039\u203a€"
    "\U0001f300-\U0001f64f\U0001f680-\U0001f6c5\U0001f900-\U0001f9ff"
)
_PATTERNS = Patterns(
    settled=f"[{_SETTLED}]{{1,2000}}",
    unsettled=f"[^{_SETTLED}]",
    shown_as_one="".join(
        (
            "[",
            *(f"{chr(first)}-{chr(end - 1)}" for first, end in _BLOCKS),
            *map(chr, _SHOWN),
            "]",
        )
    ),
    word=r"[^\W\d_]{1,2000}",
    lookalike=f"[{''.join(map(chr, _LOOKALIKES))}]",
    # A regional indicator by itself; two in a row are a flag.
    lone_indicator=(
        "[\U0001f1e6-\U0001f1ff](?<![\U0001f1e6-\U0001f1ff].)(?![\U0001f1e6-\U0001f1ff])"
    ),
)


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
        replaced = _one_for_each(text)
        if _PATTERNS["unsettled"].search(replaced) is None:
            return cls(_latinised(replaced), False, range(len(text)), range(1, len(text) + 1))
        letters: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        known: dict[str, str] = {}
        seen = 0
        for start, end, piece, settled in _pieces(replaced):
            seen += len(piece)
            if settled:
                letters.append(piece)
                starts.extend(range(start, end))
                ends.extend(range(start + 1, end + 1))
                continue
            plain = known.get(piece)
            if plain is None:
                plain = known[piece] = _plain(piece)
            letters.append(plain)
            starts.extend([start] * len(plain))
            ends.extend([end] * len(plain))
        return cls(_latinised("".join(letters)), seen < len(text), starts, ends)

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


def _pieces(text: str) -> Iterator[tuple[int, int, str, bool]]:
    """Start, end and characters of each piece, and whether NFKC leaves it as it is.

    A piece is a row of settled characters, or one visible character with its combining marks.
    """
    place, settled = 0, _PATTERNS["settled"]
    while place < len(text):
        row = settled.match(text, place)
        # The last character of a row may have marks behind it.
        end = row.end() - (row.end() < len(text)) if row else place
        if end > place:
            yield place, end, text[place:end], True
            place = end
            continue
        char = text[place]
        if unseen(char):
            place += 1
            continue
        end, cluster = _cluster(text, place)
        yield place, end, cluster, False
        place = end


def _cluster(text: str, place: int) -> tuple[int, str]:
    """The end and the characters of what is seen as one character."""
    end, cluster = place + 1, text[place]
    look = end
    while look < len(text) and text[look] > "\x7f" and len(cluster) <= _MAX_MARKS:
        if unicodedata.combining(text[look]) or text[look] == _KEYCAP:
            cluster += text[look]
            end = look + 1
        elif not unseen(text[look]):
            break
        look += 1
    return end, cluster


def _plain(cluster: str) -> str:
    if cluster.isascii():
        return cluster
    folded = unicodedata.normalize("NFKC", cluster.replace(_KEYCAP, "")).translate(_SHOWN)
    return folded if folded.isascii() else "".join(map(_digit, folded))


def _latinised(text: str) -> str:
    """The text with lone regional indicators and look-alikes as Latin letters, one for one."""
    if text.isascii():
        return text
    text = _PATTERNS["lone_indicator"].sub(
        lambda sign: chr(ord(sign[0]) - _INDICATOR_A + ord("a")), text
    )
    if _PATTERNS["lookalike"].search(text) is None:
        return text
    return _PATTERNS["word"].sub(_one_script, text)


def _one_script(word: re.Match[str]) -> str:
    """A word that mixes Latin letters with look-alikes in Latin; any other as it is."""
    latin = word[0].translate(_LOOKALIKES)
    mixed = latin != word[0] and any(char < _LATIN_END for char in word[0])
    return latin if mixed and all(char < _LATIN_END for char in latin) else word[0]

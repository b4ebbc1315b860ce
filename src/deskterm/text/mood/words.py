"""The words of a message as the lists of moods have them, each with its place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

#: Characters that are looked at: what somebody feels stands near the beginning.
LOOKED_AT: Final = 4_000
#: Short forms of English belong to their word (`don't`); a French elision is a word (`d'urgent`).
_TOKEN = re.compile(
    r"(?P<short>[^\W_]{1,30})['’](?P<end>t|s|m|d|re|ve|ll)(?![^\W_])"
    r"|(?P<word>[^\W_]{1,60})"
    r"|(?P<sign>[:;]-?[()]|[\u2600-\u27bf\U0001f300-\U0001faff])"
    r"|(?P<stop>[.!?;\n]|,| - |[–—:])",
    re.IGNORECASE,
)
_SENTENCE_ENDS: Final = frozenset(".!?;\n")


@dataclass(frozen=True, slots=True)
class Word:
    """A word in small letters without accents, and where it stands.

    Attributes:
        clause: the number of its clause; commas end one.
        sentence: the number of its sentence.
    """

    folded: str
    start: int
    end: int
    clause: int
    sentence: int


def folded(text: str) -> str:
    """The text in small letters, without accents."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("œ", "oe")


def words_of(text: str) -> list[Word]:
    """The words of a text, and the little pictures that stand for a feeling."""
    found: list[Word] = []
    clause = sentence = 0
    for match in _TOKEN.finditer(text[:LOOKED_AT]):
        if match["stop"]:
            clause += 1
            sentence += match[0] in _SENTENCE_ENDS
            continue
        said = match["short"] + match["end"] if match["short"] else match[0]
        found.append(Word(folded(said), match.start(), match.end(), clause, sentence))
    return found

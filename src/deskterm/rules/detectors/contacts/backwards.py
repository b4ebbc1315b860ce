"""Contacts that are written backwards, or shown so by a character that turns the text around.

U+202E, the right-to-left override (UAX 9 section 2.2), shows what follows from its end to its
beginning; the matching copy has it as it was typed. Elsewhere words say how to read what is
written, or an ending stands in front: `moc.skrowpmal`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from deskterm.rules.detectors.base import TEXT_CAP, Reading, holds_any, scan
from deskterm.rules.detectors.contacts.cues import cue_before
from deskterm.rules.detectors.contacts.finds import Find, Kind, few, unread
from deskterm.rules.detectors.contacts.suffixes import COMMON, RESERVED, is_known
from deskterm.rules.detectors.contacts.tokens import Tokens, tokens_of
from deskterm.rules.detectors.wording import word_set
from deskterm.text.matching import MatchingCopy
from deskterm.text.patterns import Patterns

PATTERNS = Patterns(
    turned="\u202e([^\u202c\u2069\n]{1,150})",
    told=(
        r"(?<![^\W_])(?:backwards?|reversed?|in[ ]reverse|(?:from[ ])?right[ ]to[ ]left|mirrored"
        r"|other[ ]way[ ](?:a?round)|a[ ]l'envers|de[ ]droite[ ]a[ ]gauche"
        r"|en[ ]commencant[ ]par[ ]la[ ]fin|ruckwarts|von[ ](?:hinten|rechts)|andersherum"
        r"|al[ ]reves|de[ ]derecha[ ]a[ ]izquierda|hacia[ ]atras"
        r"|al[ ](?:contrario|rovescio)|da[ ]destra[ ]a[ ]sinistra|dalla[ ]fine)(?![^\W_])"
    ),
    # What is an address once it is turned: an ending or a mailbox's host in front.
    host=(
        r"(?<![\w@.-])(?P<end>[a-z]{2,7}(?:\.[a-z]{2})?)\.(?P<name>[a-z0-9-]{3,40})"
        r"(?P<at>@[a-z0-9._+-]{2,40})?(?![\w@])"
    ),
    plain=r"(?P<name>[a-z0-9-]{2,40})\.(?P<end>[a-z]{2,10})(?![^\W_])",
    figures=r"(?<![\w.])\+?\d[\d ./-]{7,20}\d\+?(?![\w.])",
)
#: Endings that begin no word and no sentence when they are turned.
_FRONT = frozenset({"moc", "gro", "ku.oc", "elpmaxe", "pohs"})
#: Words without one of which nobody tells to read so.
_TOLD = word_set(
    """
    backward backwards reverse reversed left mirrored round around envers gauche fin
    ruckwarts hinten rechts andersherum reves izquierda atras contrario rovescio sinistra fine
    """
)
_REACH, _ABOUT = 80, 24
#: So many words before figures tell what they are: "the serial number on the plate reads …".
_CUE_REACH = 14
_LEAST_DIGITS, _MOST_DIGITS, _LEAST_SIGNS = 9, 13, 3


def backwards(reading: Reading) -> Iterator[Find]:
    """Every such contact of the text."""
    if "\u202e" in reading.draft.text:
        yield from _turned(reading)
    tokens = reading.once(tokens_of)
    text = tokens.text
    said = list(_told(tokens))
    if not said and not holds_any(text, (f"{ending}." for ending in _FRONT)):
        return
    for match in few(scan(PATTERNS["host"], text)):
        if match is None:
            yield unread(0, len(text), "link")
            return
        ending, name = match["end"][::-1], match["name"][::-1]
        if ending.rpartition(".")[2] not in COMMON and ending not in RESERVED:
            continue
        near = _is_near(said, *match.span())
        if match["end"] in _FRONT or (near and not is_known(match["name"])):
            known = is_known(match["name"]) and not is_known(name)
            kind: Kind = "email" if match["at"] else "link"
            yield Find(*match.span(), kind, near or not known, masked=True)
    for match in scan(PATTERNS["figures"], text) if said else ():
        digits = "".join(filter(str.isdecimal, match[0]))[::-1]
        turned = digits.startswith("0") and not digits.startswith("00")
        if turned and _LEAST_DIGITS <= len(digits) <= _MOST_DIGITS:
            first = bisect_right(tokens.starts, match.start()) - 1
            if _is_near(said, *match.span()) and cue_before(tokens, first, _CUE_REACH) != "other":
                yield Find(*match.span(), "phone", masked=True)


def _told(tokens: Tokens) -> Iterator[tuple[int, int]]:
    """Where words tell to read backwards."""
    for place in few(tokens.where(_TOLD)):
        if place is not None:
            begin, end = max(0, tokens.starts[place] - _ABOUT), tokens.ends[place] + _ABOUT
            match = PATTERNS["told"].search(tokens.text, begin, end)
            if match is not None:
                yield match.span()


def _is_near(said: list[tuple[int, int]], start: int, end: int) -> bool:
    return any(start - _REACH <= stop and begin <= end + _REACH for begin, stop in said)


def _turned(reading: Reading) -> Iterator[Find]:
    """What the override shows: a contact if it reads like one, else something to look at."""
    typed = reading.draft.text[:TEXT_CAP]
    seen = read = 0
    for match in few(scan(PATTERNS["turned"], typed)):
        if match is None:
            yield unread(seen, len(reading.copy.text), "link")
            return
        start = seen + _length(typed[read : match.start(1)])
        end = start + _length(match[1])
        seen, read = end, match.end()
        if end > len(reading.copy.text):
            return
        find = _shown(reading.copy.text[start:end].lower()[::-1], start, end)
        if find is not None:
            yield find


def _length(typed: str) -> int:
    """How many characters of the copy those of the original make."""
    return len(MatchingCopy.of(typed).text)


def _shown(text: str, start: int, end: int) -> Find | None:
    host = PATTERNS["plain"].search(text)
    if host and (host["end"] in COMMON or host["end"] in RESERVED):
        return Find(start, end, "email" if "@" in text else "link", masked=True)
    if sum(map(str.isdecimal, text)) >= _LEAST_DIGITS:
        return Find(start, end, "phone", masked=True)
    short = sum(map(str.isalnum, text)) < _LEAST_SIGNS
    return None if short else Find(start, end, "link", sure=False, masked=True)

"""Numbers that name something: orders, parcels, articles, companies, accounts, devices.

Some carry a check digit and need nothing else. The others are believed after a word that says what
they are ("suivi", "Artikelnummer"), unless they look like a telephone number all the same: a row of
nine to twelve digits with a leading zero, or set in groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from deskterm.rules.detectors.base import Reading, scan, unaccented
from deskterm.rules.detectors.shields import checksums
from deskterm.rules.detectors.shields.base import Kind, Shield
from deskterm.rules.detectors.shields.cues import COMPANY, CUES, FILLERS, PHONES, SHORT
from deskterm.text.patterns import Patterns

PATTERNS = Patterns(
    code=r"\d[0-9A-Za-z]{0,50}(?:[-_./:–][0-9A-Za-z]{1,20}){0,6}(?![0-9A-Za-z])",
    groups=(
        r"\d{4}(?:[ ]\d{4}){2,7}(?:[ ]\d{1,4})?(?![ ]?\d)"
        r"|\d{3}[ ]\d{3}[ ]\d{3}(?:[ ]\d{5})?(?![ ]?\d)"
        r"|97[89][- ]\d{1,5}[- ]\d{1,7}[- ]\d{1,6}[- ]\d(?![- ]?\w)"
        r"|\d{1,5}-\d{1,7}-\d{1,6}-[\dXx](?![-]?\w)"
    ),
    s10=r"[A-Z]{2}[ ]?\d{3}[ ]?\d{3}[ ]?\d{3}[ ]?[A-Z]{2}(?!\w)",
    colissimo=r"\d[A-Z][ ]?\d{5}[ ]?\d{5}[ ]?\d(?![ ]?\w)",
    ups=r"1Z(?:[ ]?[0-9A-Z]){16}(?!\w)",
    iban=r"[A-Z]{2}\d{2}(?:[ ]?[0-9A-Z]{4}){2,7}(?:[ ]?[0-9A-Z]{1,4})?(?!\w)",
    postcode=(
        r"[A-Z]{1,2}\d[0-9A-Z]?[ ]\d[A-Z]{2}(?!\w)|\d{5}(?=[ ][A-ZÀ-Ý][^\W\d_])"
        r"|\d{4}[ ][A-Z]{2}(?!\w)"
    ),
    more=r"[ ./–-]{1,3}\d|,[ ]?\d",
    stroke=r"[-_./:–]",
    calling=(
        r"(?i:phone|call|ring[ ]|text[ ]|mobile|t[eé]l[.: ]|t[eé]l[eé][fp]|(?<!\w)r?appel"
        r"|joign|joindre|ruf|handy|ll[aá]m|m[oó]vil|chiam|cellul|whatsapp"
        r"|\bour[ ]number|notre[ ]num|unsere[ ]nummer)"
    ),
    lead=r"[^\W\d_]{1,40}|\d{1,40}|[^\w\s]",
)
#: Characters looked at before a number, and words between it and its cue.
_BEFORE, _MOST_FILLERS = 64, 5
#: Characters of a number that stand before its first digit.
_LONGEST_HEAD = 24
#: A shorter one is told by a word alone neither a parcel nor an order.
_SHORTEST: Mapping[Kind, int] = {"tracking": 8, "order_number": 5}
_QUIET = frozenset(":#°º=(-–’'\",&")
_JOINERS = frozenset({"and", "et", "und", "y", "e", "ed", "en", "or", "ou", "oder", "o", ",", "/"})
_CALLS = frozenset({"tel", "mob", "call", "phone", "wa", "whatsapp", "fax", "fon", "tlf", "gsm"})
#: Numbers of one kind begin with so many digits alike, and are at least so long.
_ALIKE, _LEAST_ALIKE = 3, 8
_NAMED = frozenset({"order_number", "serial", "tracking", "ean"})
#: Characters before a number in which it may be said to be a telephone's.
_CALLING = 24
_JOINTS = frozenset("+-_./@")
_DIALLED = ("area", "country", "dial")
_SQUEEZED = str.maketrans("", "", " -.–/")


def codes(text: str, numbers: Iterable[int]) -> Iterator[Shield]:
    """Every such number of a text, among those with their first digits at these places."""
    end, inherited = 0, None
    for place in numbers:
        start = _head(text, place)
        if place < end or text[start - 1 : start] in ("+", "@"):
            continue
        shield = _formed(text, _lettered(text, start))
        if shield is None:
            match = PATTERNS["code"].match(text, place)
            if match is None:
                continue
            raw = text[start : match.end()]
            if _joins(text[end:start], raw, inherited):
                cue = inherited
            else:
                cue = None if _is_lone(raw, match) else cue_before(text, start)
            kind, end = _kind(raw, cue), match.end()
            if kind not in ("size", "page") and _is_a_part(raw, match):
                kind = None
            inherited = cue if kind else None
            shield = Shield(start, end, kind) if kind else None
        if shield:
            end = shield.end
            yield shield


def alike(text: str, numbers: Iterable[int], named: Sequence[Shield]) -> Iterator[Shield]:
    """Plain numbers as long as one that is named, and with the same beginning.

    A shop's orders of one month begin alike: "order 3481920475, and the two from 3481920611".
    """
    kinds = {
        (shield.end - shield.start, text[shield.start : shield.start + _ALIKE]): shield.kind
        for shield in named
        if shield.kind in _NAMED and text[shield.start : shield.end].isdecimal()
    }
    if not kinds:
        return
    places = {shield.start for shield in named}
    for start in numbers:
        match = PATTERNS["code"].match(text, start)
        if match is None or start in places or not match[0].isdecimal() or match[0][0] == "0":
            continue
        kind = kinds.get((len(match[0]), match[0][:_ALIKE]))
        if kind and len(match[0]) >= _LEAST_ALIKE and _stands_alone(text, start):
            yield Shield(start, match.end(), kind)


def _stands_alone(text: str, start: int) -> bool:
    """Whether neither a sign of a longer number nor a word for a telephone stands before."""
    before = text[max(0, start - 2) : start]
    if before[-1:].isalnum() or before[-1:] in _JOINTS or before[:1].isdecimal():
        return False
    return not is_called(text, start)


def is_called(text: str, start: int) -> bool:
    """Whether right before that place a word for a telephone stands."""
    return PATTERNS["calling"].search(text, max(0, start - _CALLING), start) is not None


def orders(reading: Reading) -> Iterator[Shield]:
    """The channel's own order numbers."""
    for pattern in reading.ground.order_numbers:
        for match in scan(pattern, reading.copy.text):
            yield Shield(*match.span(), "order_number")


def own_values(reading: Reading) -> Iterator[Shield]:
    """What stands in the ticket's own order, also where its digits are set apart."""
    phone = "".join(filter(str.isdecimal, reading.facts.buyer_phone))[-9:]
    values = {
        value
        for value in (one.translate(_SQUEEZED).lower() for one in reading.facts.own_values)
        if len(value) >= 4 and "@" not in value and not (phone and phone in value)
    }
    if not values:
        return
    text = reading.copy.text
    places = [place for place, char in enumerate(text) if char not in " -.–/"]
    squeezed = "".join(text[place].lower()[0] for place in places)
    for value in values:
        at = squeezed.find(value)
        while at >= 0:
            start, end = places[at], places[at + len(value) - 1] + 1
            if not text[max(0, start - 1) : start].isalnum() and not text[end : end + 1].isalnum():
                yield Shield(start, end, "own_value")
            at = squeezed.find(value, at + len(value))


def _head(text: str, place: int) -> int:
    """Where the number begins that has its first digit here: `WH-1000`, `SN2026`."""
    start = place
    while start and place - start < _LONGEST_HEAD:
        before = text[start - 1]
        if not (before.isascii() and before.isalnum()) and before not in "-_":
            break
        start -= 1
    while start < place and text[start] in "-_":
        start += 1
    return start


def _lettered(text: str, place: int) -> int:
    """Where it begins if two capitals apart belong to it: `RR 123 456 785 GB`."""
    before = text[max(0, place - 4) : place]
    apart = before[-1:] == " " and before[-3:-1].isalpha() and before.isupper()
    return place - 3 if apart and len(before.strip()) == 2 else place


def _formed(text: str, start: int) -> Shield | None:
    """A number that is what it is by its form, blanks within or not."""
    if _goes_on(text, start):
        return None
    for name, grade in _GRADERS.items():
        match = PATTERNS[name].match(text, start)
        kind = grade(match.group().translate(_SQUEEZED), match) if match else None
        if match and kind:
            return Shield(*match.span(), kind)
    return None


def _goes_on(text: str, place: int) -> bool:
    """Whether digits before a blank or a stroke stand before."""
    before = text[max(0, place - 2) : place]
    return len(before) == 2 and before[0].isdecimal() and before[1] in " -.+/"


def _s10(number: str, match: re.Match[str]) -> Kind | None:
    named = checksums.is_s10(number) or cue_before(match.string, match.start())
    return "tracking" if named else None


def _ups(number: str, match: re.Match[str]) -> Kind | None:
    named = checksums.is_ups(number) or cue_before(match.string, match.start())
    return "tracking" if named else None


def _colissimo(_: str, match: re.Match[str]) -> Kind | None:
    """A digit, a letter and eleven digits, as La Poste numbers parcels."""
    return (
        "tracking" if " " not in match.group() or cue_before(match.string, match.start()) else None
    )


def _iban(number: str, _: re.Match[str]) -> Kind | None:
    return "serial" if 15 <= len(number) <= 34 and checksums.is_iban(number) else None


def _postcode(_: str, __: re.Match[str]) -> Kind | None:
    return "serial"


def _groups(number: str, match: re.Match[str]) -> Kind | None:
    """Digits in groups, as parcels, books and companies have them."""
    cue = cue_before(match.string, match.start())
    if len(number) == 13 and number.startswith(("978", "979")):
        return "ean" if checksums.is_gs1(number) else None
    if len(number) == 10:
        return "ean" if cue == "ean" and checksums.is_isbn10(number) else None
    if not number.isdecimal():
        return None
    if len(number) in (9, 14) and checksums.is_luhn(number) and cue == "serial":
        return "serial"
    if len(number) in (20, 22) and checksums.is_gs1(number):
        return "tracking"
    quartered = cue == "tracking" and len(number) == 12 and match[0][4] == " "
    least = 14 if number.startswith("0") and not quartered else 12
    return cue if cue is not None and len(number) >= least else None


_GRADERS = {
    "s10": _s10,
    "ups": _ups,
    "colissimo": _colissimo,
    "iban": _iban,
    "postcode": _postcode,
    "groups": _groups,
}


def _is_lone(raw: str, match: re.Match[str]) -> bool:
    """Whether it is a short number with none behind it, which nobody takes for a telephone."""
    behind = match.string[match.end() : match.end() + 4]
    return len(raw) <= 4 and raw.isdecimal() and not any(map(str.isdecimal, behind))


def _is_a_part(raw: str, match: re.Match[str]) -> bool:
    """Whether more digits follow a short row, as the groups of a telephone number do."""
    if any(map(str.isalpha, raw)) or len(raw) > 8:
        return False
    more = PATTERNS["more"].match(match.string, match.end())
    return more is not None and (len(raw) <= 4 or more.group()[0] != ",")


def _joins(between: str, raw: str, kind: Kind | None) -> bool:
    """Whether a number goes on with what the one before it was: "1234567 and 2345678"."""
    joiner = between[:12].strip().casefold()
    if kind in ("size", "page"):
        return raw[0] != "0" and (not joiner or joiner in _JOINERS)
    return len(between) <= 6 and len(raw) > 4 and joiner in _JOINERS


def _kind(raw: str, cue: Kind | None) -> Kind | None:
    digits = "".join(filter(str.isdecimal, raw))
    plain = raw.isdecimal()
    if plain and len(digits) in (20, 22) and checksums.is_gs1(digits):
        return "tracking"
    if plain and len(digits) == 13 and digits[:2] != "00" and checksums.is_gs1(digits):
        return "ean"
    if cue is None:
        return "serial" if (plain and len(digits) > 15) or _is_mixed(raw, digits) else None
    if not (plain and len(digits) > 15) and not _is_code(raw, digits, cue):
        return None
    return cue if len(raw) >= _SHORTEST.get(cue, 0) else "serial"


def _is_code(raw: str, digits: str, cue: Kind) -> bool:
    """Whether a number after its cue is one, and not a telephone in disguise."""
    if any(char.isalpha() and char not in "OoIlx" for char in raw):
        return raw.rstrip("0123456789-./").casefold() not in _CALLS
    if cue in ("size", "page") and digits[0] == "0":
        return False
    if len(digits) <= 8:
        return True
    if digits.startswith("00"):
        return len(digits) >= 16 or (raw.isdecimal() and len(digits) <= 10)
    if len(digits) >= 13:
        return True
    if not raw.isdecimal():
        return digits[0] != "0" and _is_grouped_code(PATTERNS["stroke"].split(raw))
    if cue == "serial" and len(digits) == 11 and checksums.is_luhn(digits):
        return True
    if cue == "tracking" and len(digits) == 10 and checksums.is_dhl_express(digits):
        return digits[0] != "0"
    return digits[0] != "0" or (cue in ("tracking", "ean") and len(digits) == 12)


def _is_grouped_code(groups: list[str]) -> bool:
    """Whether the groups are none that a telephone number is written in."""
    sizes = [len(group) for group in groups]
    return max(sizes) >= 8 or (len(sizes) >= 3 and (sizes[1] >= 5 or sizes[0] == 4))


def _is_mixed(raw: str, digits: str) -> bool:
    """Whether letters and digits in one piece are a name for a thing: `SN2026A`, `B07XJ8C8F5`."""
    letters = "".join(filter(str.isalpha, raw))
    if len(letters) < 2 or "." in raw or set(letters) <= set("OoIl"):
        return False
    if not letters.isupper() or letters.casefold() in _CALLS:
        return False
    return not (digits.startswith("0") and 9 <= len(digits) <= 12)


def cue_before(text: str, place: int) -> Kind | None:
    """What the words before a number say that it is."""
    line = text[max(0, place - _BEFORE) : place].rpartition("\n")[2]
    skipped, stopped = 0, False
    for part in reversed(PATTERNS["lead"].findall(line)):
        if part == ".":
            stopped = True
        elif part[0].isalpha():
            word = part.lower() if part.isascii() else unaccented(part).casefold()
            kind = _meaning(word)
            if (stopped and word not in SHORT) or (kind is None and word not in FILLERS):
                return None
            if kind is not None or skipped == _MOST_FILLERS:
                return kind
            skipped, stopped = skipped + 1, False
        elif part not in _QUIET:
            return None
    return None


def _meaning(word: str) -> Kind | None:
    if word in COMPANY:
        return "serial"
    if word in CUES:
        return CUES[word]
    if word.endswith("code") and not word.startswith(_DIALLED):
        return "serial"
    if word.endswith(("nummer", "nr")) and len(word) > 6 and not word.startswith(PHONES):
        if word.startswith(("sendung", "paket", "tracking", "zending")):
            return "tracking"
        return "order_number" if word.startswith(("bestell", "auftrag")) else "serial"
    return None

"""Payment card numbers: find them and mask them at equal length.

A card number is a row of digits whose prefix and length belong to a card scheme (ISO/IEC 7812-1
issuer numbers, ranges as the schemes publish them), whose check digit is right (Luhn, ISO/IEC
7812-1 annex B), and which is written as cards are written: in one piece or in the groups that
stand on the card. What is masked is gone for good, so other long numbers are kept out: order
and parcel numbers, IBANs (ISO 13616), bar codes, phone numbers, ids inside links.

`mask_json` does the same for JSON text (RFC 8259), where a separator may be written as an escape
and a number may stand without quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MASK = "*"

_SEPARATORS = " \u00a0\u202f.\\-"
_MAYBE = re.compile(rf"[0-9](?:[{_SEPARATORS}]?[0-9]){{13}}")
_MAYBE_BYTES = re.compile(rb"[0-9](?:(?:[ .\-]|\xc2\xa0|\xe2\x80\xaf)?[0-9]){13}")
_MAYBE_JSON = re.compile(
    rb"(?:[0-9]|\\u003[0-9])"
    rb"(?:(?:[ .\-]|\xc2\xa0|\xe2\x80\xaf|\\u[0-9a-fA-F]{4})?(?:[0-9]|\\u003[0-9])){13}"
)
#: Every digit as 0, everything else as x; and the bytes of what may stand between two digits.
_AS_ZERO = bytes(0x30 if 0x30 <= byte <= 0x39 else 0x78 for byte in range(256))
_BETWEEN = " .-\u00a0\u202f".encode()
_LEAST = b"0" * 14
_RUN = re.compile(rf"[0-9]+(?:[{_SEPARATORS}][0-9]+)*")
_GROUP = re.compile(r"[0-9]+")
_DIGIT = re.compile(r"[0-9]")

#: Lowest and highest first six digits, and the lengths in digits that go with them.
_SCHEMES: tuple[tuple[int, int, frozenset[int]], ...] = (
    (222100, 272099, frozenset({16})),  # Mastercard
    (300000, 305999, frozenset({14})),  # Diners Club
    (309500, 309599, frozenset({14})),
    (340000, 349999, frozenset({15})),  # American Express
    (352800, 358999, frozenset({16})),  # JCB
    (360000, 369999, frozenset({14})),  # Diners Club
    (370000, 379999, frozenset({15})),  # American Express
    (380000, 399999, frozenset({14})),  # Diners Club
    (400000, 499999, frozenset({16, 19})),  # Visa
    (501800, 501899, frozenset({16, 18, 19})),  # Maestro
    (502000, 502099, frozenset({16, 18, 19})),
    (503800, 503899, frozenset({16, 18, 19})),
    (510000, 559999, frozenset({16})),  # Mastercard
    (589300, 589399, frozenset({16, 18, 19})),  # Maestro
    (601100, 601199, frozenset({16})),  # Discover
    (620000, 629999, frozenset({16, 17, 18, 19})),  # UnionPay
    (630400, 630499, frozenset({16, 18, 19})),  # Maestro
    (644000, 659999, frozenset({16})),  # Discover
    (675900, 675999, frozenset({16, 18, 19})),  # Maestro
    (676100, 676399, frozenset({16, 18, 19})),
)
_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)

_FOURS = (4, 4, 4, 4)
#: How the digits are grouped on the card, the longer shape first.
_SHAPES = ((*_FOURS, 3), _FOURS, (4, 6, 5), (4, 6, 4))

#: Lengths of IBANs by country (ISO 13616 registry); elsewhere IBANs are not known to this shop.
_IBAN_LENGTHS = {
    **dict.fromkeys(("NO",), 15),
    **dict.fromkeys(("BE",), 16),
    **dict.fromkeys(("DK", "FI", "NL"), 18),
    **dict.fromkeys(("SI",), 19),
    **dict.fromkeys(("AT", "EE", "LT", "LU"), 20),
    **dict.fromkeys(("CH", "HR", "LI", "LV"), 21),
    **dict.fromkeys(("BG", "DE", "GB", "IE", "VA"), 22),
    **dict.fromkeys(("AE", "GI", "IL"), 23),
    **dict.fromkeys(("AD", "CZ", "ES", "RO", "SA", "SE", "SK"), 24),
    **dict.fromkeys(("PT",), 25),
    **dict.fromkeys(("IS", "TR"), 26),
    **dict.fromkeys(("FR", "GR", "IT", "MC", "SM"), 27),
    **dict.fromkeys(("CY", "HU", "PL"), 28),
    **dict.fromkeys(("UA",), 29),
    **dict.fromkeys(("MT",), 31),
}
_IBAN_START = re.compile(r"(?<![A-Za-z0-9])[A-Za-z]{2}[0-9]{2}")
_IBAN_REACH = 45  # 34 characters and a separator after every fourth
_LINK_REACH = 300

#: A string with the colon that makes it a key, or a number; a last string may lack its end.
_JSON_TOKEN = re.compile(
    r'"(?P<text>[^"\\]*(?:\\.[^"\\]*)*)(?:"(?P<colon>[ \t\r\n]*:)?|\Z)'
    r"|(?P<number>-?[0-9][0-9.eE+\-]*)",
    re.DOTALL,
)
_JSON_PIECE = re.compile(r"\\u[0-9a-fA-F]{4}|\\?.", re.DOTALL)
_JSON_STAR = f"\\u{ord(MASK):04x}"
_JSON_SHORTHAND = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_ID_KEY = re.compile(r"(?:^|[_-])ids?$|[a-z0-9]I[dD]s?$")


def may_hold_card(text: str | bytes) -> bool:
    """Say quickly whether `text` holds a row of digits long enough for a card.

    False is certain, True means: look with `find_cards`. Bytes are read as UTF-8.
    """
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    # Most texts have no such row even without regard to separators, and that costs a tenth.
    if _LEAST not in data.translate(_AS_ZERO, _BETWEEN):
        return False
    if isinstance(text, bytes):
        return _MAYBE_BYTES.search(text) is not None
    return _MAYBE.search(text) is not None


def find_cards(text: str) -> list[tuple[int, int]]:
    """Find the card numbers in `text`: spans from the first digit to after the last, in order."""
    if not may_hold_card(text):
        return []
    return [
        span
        for run in _RUN.finditer(text)
        if run.end() - run.start() >= 14
        for span in _cards_in_run(text, run)
        if not _in_iban(text, *span) and not _in_link(text, span[0])
    ]


def mask_cards(text: str) -> str:
    """Replace the digits of card numbers by `*`, the last four and the separators excepted.

    The result has the same number of characters and, in UTF-8, of bytes.
    """
    spans = find_cards(text)
    if not spans:
        return text
    parts = []
    done = 0
    for start, end in spans:
        parts += [text[done:start], _masked(text[start:end])]
        done = end
    return "".join([*parts, text[done:]])


def _masked(card: str) -> str:
    kept = [place for place, character in enumerate(card) if character.isdigit()][-4]
    return _DIGIT.sub(MASK, card[:kept]) + card[kept:]


def is_card_number(digits: str) -> bool:
    """Whether these digits, without separators, are a card number by scheme and check digit."""
    prefix, length = int(digits[:6]), len(digits)
    known = any(low <= prefix <= high and length in sizes for low, high, sizes in _SCHEMES)
    return known and _luhn(digits)


def _luhn(digits: str) -> bool:
    values = [ord(digit) - 48 for digit in reversed(digits)]
    return (sum(values[::2]) + sum(_DOUBLED[value] for value in values[1::2])) % 10 == 0


def _cards_in_run(text: str, run: re.Match[str]) -> Iterator[tuple[int, int]]:
    """Read a run of digit groups, each joined to the next by one separator."""
    groups = [match.span() for match in _GROUP.finditer(text, *run.span())]
    if _glued(text, run.start() - 1):
        groups[0] = (groups[0][1], groups[0][1])
    if _glued(text, run.end()):
        groups[-1] = (groups[-1][0], groups[-1][0])
    # From the right, so that the end of a card can look at what begins after it.
    sizes = [0] * (len(groups) + 1)
    for index in reversed(range(len(groups))):
        sizes[index] = _size_of_card(text, groups, index, sizes)
    index, after_four = 0, False
    while index < len(groups):
        size = sizes[index]
        if size == 0 or (after_four and size > 1):
            after_four = _width(groups[index]) == 4
            index += 1
            continue
        yield groups[index][0], groups[index + size - 1][1]
        index += size
        if index < len(groups) and not sizes[index] and _is_expiry(text, groups[index]):
            index += 1
        after_four = False


def _size_of_card(text: str, groups: list[tuple[int, int]], index: int, sizes: list[int]) -> int:
    """How many groups the card takes that begins at `index`; 0 when there is none."""
    start, end = groups[index]
    if end - start >= 14:
        alone = not _joined(text, start - 1, start - 2) and not _joined(text, end, end + 1)
        return int(alone and is_card_number(text[start:end]))
    if end - start != 4:
        return 0
    for shape in _SHAPES:
        taken = groups[index : index + len(shape)]
        if tuple(map(_width, taken)) != shape:
            continue
        digits = "".join(text[slice(*group)] for group in taken)
        after = index + len(shape)
        if is_card_number(digits) and (shape[1] == 6 or _ends(text, groups, after, sizes)):
            return len(shape)
    return 0


def _ends(text: str, groups: list[tuple[int, int]], index: int, sizes: list[int]) -> bool:
    """Whether a row of fours may end before `index`.

    Parcel numbers of 20 and 22 digits are written in fours too. After a card comes nothing, a
    group of another size (a date, a security code), month and year in four digits, or a card.
    """
    if index == len(groups) or _width(groups[index]) != 4 or sizes[index]:
        return True
    after = index + 1
    fits = after == len(groups) or _width(groups[after]) == 3 or sizes[after] > 0
    return fits and _is_expiry(text, groups[index])


def _is_expiry(text: str, group: tuple[int, int]) -> bool:
    return _width(group) == 4 and 1 <= int(text[group[0] : group[0] + 2]) <= 12


def _width(group: tuple[int, int]) -> int:
    return group[1] - group[0]


def _glued(text: str, place: int) -> bool:
    """Whether the character there makes the digits beside it a part of a word or phone number."""
    return 0 <= place < len(text) and (text[place].isalnum() or text[place] in "_+")


def _joined(text: str, joint: int, beyond: int) -> bool:
    """Whether a point or hyphen ties the digits to more: a fraction, or an id of several parts."""
    if not (0 <= joint < len(text) and 0 <= beyond < len(text)):
        return False
    return (text[joint] == "-" and text[beyond].isalnum()) or (
        text[joint] == "." and text[beyond].isdigit()
    )


def _in_iban(text: str, start: int, end: int) -> bool:
    """Whether the span lies in a valid IBAN written in groups (ISO 13616, check by ISO 7064)."""
    for match in _IBAN_START.finditer(text, max(0, start - _IBAN_REACH), start):
        wanted = _IBAN_LENGTHS.get(match[0][:2].upper(), 0)
        piece = text[match.start() : match.start() + _IBAN_REACH]
        places = [i for i, c in enumerate(piece) if c.isascii() and c.isalnum()][:wanted]
        if not wanted or len(places) < wanted or match.start() + places[-1] < end - 1:
            continue
        iban = "".join(piece[i] for i in places)
        if int("".join(str(int(c, 36)) for c in iban[4:] + iban[:4])) % 97 == 1:
            return True
    return False


def _in_link(text: str, start: int) -> bool:
    """Whether the digits are a path segment of a link, as the ids of resources are."""
    if start == 0 or text[start - 1] != "/":
        return False
    before = text[max(0, start - _LINK_REACH) : start].split()
    return bool(before) and "://" in before[-1]


def mask_json(data: bytes) -> bytes:
    """Mask the card numbers in JSON text: equal length, and valid JSON stays valid.

    In strings digits become `*`. A number without quotes becomes a string, its first and last
    place giving room for the quotes. Two things are left alone, because remote ids must survive:
    the value of a key that says it is an id (`id`, `order_id`, `listingId`) when it is digits
    alone, and numbers without quotes that only the 14 digits of Diners Club would explain.
    """
    if _MAYBE_JSON.search(data) is None:
        return data
    text = data.decode("utf-8", "surrogateescape")
    parts = []
    done, key = 0, ""
    for token in _JSON_TOKEN.finditer(text):
        is_id = _ID_KEY.search(key) is not None
        if token["number"] is not None:
            place, masked = token.start(), _masked_number(token[0], is_id)
        else:
            inner = token["text"]
            place = token.start("text")
            masked = inner if is_id and inner.isdigit() else _masked_string(inner)
            key = inner if token["colon"] else key
        parts += [text[done:place], masked]
        done = place + len(masked)
    parts.append(text[done:])
    return "".join(parts).encode("utf-8", "surrogateescape")


def _masked_number(number: str, is_id: bool) -> str:
    whole = number.isdigit() and 15 <= len(number) <= 19
    if is_id or not whole or not is_card_number(number):
        return number
    return f'"{MASK * (len(number) - 6)}{number[-4:]}"'


def _masked_string(inner: str) -> str:
    """Mask what stands between the quotes, looking through the escapes."""
    if "\\" not in inner:
        return mask_cards(inner)
    pieces = _JSON_PIECE.findall(inner)
    plain = "".join(map(_unescaped, pieces))
    masked = mask_cards(plain)
    if masked == plain:
        return inner
    return "".join(
        piece if before == after else (_JSON_STAR if len(piece) > 1 else MASK)
        for piece, before, after in zip(pieces, plain, masked, strict=True)
    )


def _unescaped(piece: str) -> str:
    """The one character that a piece stands for."""
    if len(piece) == 6:
        return chr(int(piece.removeprefix("\\u"), 16))
    return _JSON_SHORTHAND.get(piece[-1], piece[-1]) if len(piece) == 2 else piece

"""Whether a row of figures has the shape of a telephone number in one of the five languages' lands.

Shapes follow the national numbering plans (ITU-T E.164, national annexes): length, the trunk zero,
the groups in which people write them. Numbers with a country's code are asked of `phonenumbers`.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from deskterm.rules.detectors.contacts.cues import Cue
from deskterm.text.loading import loading
from deskterm.text.patterns import Patterns

_NORTH_AMERICAN = ((3, 3, 4), (1, 3, 3, 4))
_SPANISH = ((3, 3, 3), (3, 2, 2, 2), (2, 3, 2, 2), (3, 6), (5, 4), (2, 7))
_ITALIAN_MOBILE = ((3, 7), (3, 2, 2, 3), (3, 4, 3), (3, 3, 2, 2), (3, 2, 5))
_NO_ZERO_FRENCH = (1, 2, 2, 2, 2)
_IBERIAN = frozenset({"es", "pt", "pl", "ca"})
_NEIGHBOURS = ("0031", "0032", "0033", "0034", "0039", "0041", "0043", "0044", "0049", "0035")
#: A country's code without its plus sign, and the length and first figure of the group behind it.
_COUNTRIES = frozenset(
    [
        *(("33", 1, figure) for figure in "123456789"),
        *(("34", 3, figure) for figure in "679"),
        *(("49", 3, "1"), ("44", 4, "7"), ("39", 3, "3")),
    ]
)
_CODED = ("336", "337", "447", "4915", "4916", "4917", "346", "347", "393")
_LEAST_NO_OCTET = 256
PATTERNS = Patterns(year=r"(?:19|20)\d\d")
_ROWS = ("0123456789012345", "9876543210987654", "1234567890123456")


@dataclass(frozen=True, slots=True)
class Number:
    """Figures that may be a telephone number.

    Attributes:
        groups: the figures as they are grouped.
        between: what stands between each group and the next.
        plus: a plus sign stands before them.
        said: how many groups are in words.
        swapped: letters stand for figures.
        language: of the text, empty where unknown.
    """

    groups: Sequence[str]
    between: Sequence[str]
    plus: bool
    said: int
    swapped: bool
    language: str

    @property
    def digits(self) -> str:
        return "".join(self.groups)

    @property
    def lengths(self) -> tuple[int, ...]:
        return tuple(map(len, self.groups))


def grade(number: Number, cue: Cue | None) -> bool | None:
    """Whether it is surely a telephone number (None: surely none)."""
    digits = number.digits
    if len(set(digits)) < 2 or _is_time_or_measure(number):
        return None
    shape = _shape(number)
    if cue == "other" and _has_area_in_brackets(number):
        return True
    if cue == "other" and number.said:
        return False if number.said > 3 and 9 <= len(digits) <= 12 else None
    if cue == "other":
        paired = shape and number.lengths == (2, 2, 2, 2, 2) and not _is_tight(number)
        return False if paired or (shape and number.plus) else None
    if shape:
        return True
    if _is_loose(number):
        return None
    if number.swapped:
        return True if cue and shape is False else None
    if cue == "phone" and len(number.groups) <= 8 and 7 <= len(digits) <= 15:
        return not digits.startswith(_ROWS[2][:7])
    if number.said:
        return _grade_said(number, cue)
    return shape


def _grade_said(number: Number, cue: Cue | None) -> bool | None:
    digits = number.digits
    if number.said < 2 or any(digits in row for row in _ROWS):
        return None
    if len(digits) >= 9 or (cue == "phone" and len(digits) >= 6):
        return True
    return False if number.said >= 5 and len(digits) >= 7 else None


def _shape(number: Number) -> bool | None:
    """Whether the figures alone tell. None: they do not look like one."""
    digits = number.digits
    if number.plus:
        return True if _is_possible(digits) else None
    if digits.startswith("00"):
        fit = 10 <= len(digits) <= 16 and digits[2] != "0" and _is_possible(digits[2:])
        apart = len(number.groups) > 1 or number.said > 0
        return (apart or digits.startswith(_NEIGHBOURS)) if fit else None
    if digits.startswith("0"):
        return _grade_trunk(number)
    return _grade_without_trunk(number)


def _grade_trunk(number: Number) -> bool | None:
    """A zero for the trunk, as most of Europe writes it."""
    digits, lengths = number.digits, number.lengths
    count, alone = len(digits), len(lengths) == 1
    if any(PATTERNS["year"].fullmatch(group) for group in number.groups) and count != 10:
        return None
    if digits in _ROWS[0] and lengths != (2, 2, 2, 2, 2):
        return False
    if count == 10:
        return None if lengths == (2, 2, 4, 2) else True
    if count == 11:
        return not alone or digits[1] in "127" or number.language == "de"
    if max(lengths) == 1:
        return 9 <= count <= 13 or None
    begins = 2 <= lengths[0] <= 5 or (lengths[0] == 1 and len(lengths) > 2)
    if alone and count == 12 and digits.startswith(("015", "016", "017")):
        return True
    if alone or not begins or len(lengths) > 5 or min(lengths[1:]) < 2:
        return False if alone and count in (9, 12) and digits[1] in "1367" else None
    if count in (9, 12) and (count == 9 or len(lengths) == 2 or digits[1] == "1"):
        return True
    return False if 8 <= count <= 13 else None


def _grade_without_trunk(number: Number) -> bool | None:
    digits, lengths = number.digits, number.lengths
    if lengths in _NORTH_AMERICAN:
        return True if digits[-10] in "23456789" and digits[:-10] in ("", "1") else None
    if lengths == (3, 7) and ")" in number.between[0] and digits[0] in "23456789":
        return True
    if len(lengths) > 2 and (number.groups[0], lengths[1], digits[2]) in _COUNTRIES:
        return True if _is_possible(digits) else None
    if max(lengths) == 1 and len(digits) > 1:
        if any(digits in row for row in _ROWS):
            return None
        return True if 9 <= len(digits) <= 11 else None
    italian = lengths in _ITALIAN_MOBILE and digits[0] == "3" and number.language == "it"
    if _is_tight(number, ".,"):
        spanish = lengths == (3, 3, 3) and digits[0] in "679" and number.language in _IBERIAN
        return True if (spanish or italian) and not _is_tight(number, ",") else None
    if len(digits) == 9 and lengths in _SPANISH and digits[0] in "6789":
        free = digits.startswith(("800", "900")) and number.language == "it"
        return free or number.language in _IBERIAN
    if len(digits) == 10 and lengths in _ITALIAN_MOBILE and digits[0] == "3":
        return italian
    if lengths == (3, 2, 2, 2, 2) and digits.startswith(("336", "337")):
        return True
    if lengths == _NO_ZERO_FRENCH:
        return False
    if len(lengths) > 1:
        return None
    if len(digits) == 9 and digits[0] in "6789" and number.language in _IBERIAN:
        return digits[0] in "67"
    if len(digits) == 10 and digits[0] in "23456789":
        return digits[0] == "3" and number.language == "it"
    coded = digits.startswith(_CODED) and 11 <= len(digits) <= 13 and _is_possible(digits)
    return False if coded else None


def fits(digits: str, cuts: Collection[int], language: str) -> bool:
    """Whether figures that are told one after another have the length and the cuts of a number.

    Args:
        cuts: how many digits have been told at the end of each piece.
    """
    count = len(digits)
    if len(set(digits)) < 2 or any(digits in row for row in _ROWS):
        return False
    if digits.startswith("00"):
        return count >= 11 and _is_possible(digits[2:])
    if digits[0] == "0":
        return count in (10, 11) or (count in (9, 12) and language in ("de", "it", "fr"))
    if count == 10 and {3, 6} <= set(cuts):
        return digits[0] == "3" or (digits[0] in "23456789" and digits[3] in "23456789")
    if count == 11 and digits[0] == "1":
        return {1, 4} <= set(cuts)
    if count == 10 and digits[0] == "3":
        return 3 in cuts
    return count == 9 and digits[0] in "6789" and (3 in cuts or 2 in cuts)


def _is_possible(digits: str) -> bool:
    with loading():
        import phonenumbers

    try:
        number = phonenumbers.parse(f"+{digits}", None)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number)


def _is_time_or_measure(number: Number) -> bool:
    """Pairs with colons, numbers with several dots, thousands: other things are written so."""
    if number.plus or len(number.groups) == 1:
        return False
    signs = [between.strip() for between in number.between]
    if all(sign == ":" for sign in signs):
        return max(number.lengths) <= 2 and len(number.groups) <= 4
    if set(signs) <= {"."} and all(not between.isspace() for between in number.between):
        address = len(number.groups) == 4 and max(map(int, number.groups)) < _LEAST_NO_OCTET
        address = address and number.digits[0] != "0"
        thousands = set(number.lengths[1:]) == {3} and number.digits[0] != "0"
        return address or (
            thousands and not (number.language in _IBERIAN and len(number.digits) == 9)
        )
    return False


def _has_area_in_brackets(number: Number) -> bool:
    """`(312) 555-0164`, as nothing else is written."""
    return (
        number.lengths in _NORTH_AMERICAN
        and ")" in number.between[-2]
        and number.digits[-10] in "23456789"
    )


def _is_loose(number: Number) -> bool:
    """Whether the groups stand apart as items of a list do: on lines, after commas."""
    return any("\n" in between or ", " in between for between in number.between) and not number.said


def _is_tight(number: Number, signs: str = "-./_") -> bool:
    return bool(number.between) and all(between in signs for between in number.between)

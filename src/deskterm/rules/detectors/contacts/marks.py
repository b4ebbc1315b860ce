"""The signs between the parts of an address, plain or in disguise: `.`, ` . `, `[dot]`, `punto`.

Names of signs are folded words of English, French, German, Spanish and Italian.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

from deskterm.rules.detectors.contacts.tokens import Tokens
from deskterm.rules.detectors.wording import word_set

#: `apart` has blanks on both sides, `before` and `after` on that one only. `loose` is a comma with
#: blanks on both sides.
Form = Literal["plain", "apart", "before", "after", "comma", "loose", "odd", "framed", "said"]

#: What a dot is called, and the endings that are a plain word behind that name.
DOTS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "dot": word_set("it is in at to so no be me us my by do am as"),
        "point": word_set(
            "de it es et la il se si in is at to be me us no so ne ma mi ci net co io"
        ),
        "punkt": word_set("am in es so im zu um an ist er"),
        "punto": word_set("de es la il me se si su tu ma mi no al un in di da ne ci so lo e io co"),
    }
    | {
        "d0t": frozenset[str](),
        "doht": frozenset[str](),
        "punct": frozenset[str](),
        "fullstop": frozenset[str](),
        "poin": frozenset[str](),
        "pkt": frozenset[str](),
        "pt": frozenset[str](),
    }
)
#: What an at sign is called.
ATS = word_set(
    """
    at arobase arrobase arobas arrobas arobaz arobaze arrobaz arroba aroba chiocciola chiociola
    chiocciolina klammeraffe affenschwanz atsign aet chez bei ampersat
    """
)
#: Names of the sign that are plain words too; then the rest must be an address.
PLAIN_ATS = word_set("at chez bei")
HYPHENS = word_set(
    "dash hyphen tiret trait bindestrich minus guion trattino underscore unterstrich"
)
SLASHES = word_set("slash schragstrich barra")
#: Endings that count behind a dot with a blank on one side of it.
ENDINGS_APART = word_set("com org fr uk eu de es it net be ch nl info shop example")
_LOOSE = word_set("org info example co")
ODD_DOTS = frozenset("·•∙⋅‧・°˙●○◦◉⚫⬤")
_BRACKETS: Mapping[str, str] = MappingProxyType({"(": ")", "[": "]", "{": "}", "<": ">"})
#: Signs that frame a name on both sides alike.
_STROKES = frozenset("*_-|/~\"'=+,")
_WIDEST_GAP = 6
_SPACED: Mapping[tuple[bool, bool], Form] = MappingProxyType(
    {
        (True, True): "plain",
        (False, True): "before",
        (True, False): "after",
        (False, False): "apart",
    }
)


class Mark(NamedTuple):
    """A dot or an at sign: which, how it is written, its name, and the token behind it."""

    sign: Literal[".", "@"]
    form: Form
    following: int
    name: str = ""


def mark_at(tokens: Tokens, place: int) -> Mark | None:
    """The sign of an address that begins at that token, with a word behind it."""
    mark = _bare(tokens, place) or _framed(tokens, place)
    if mark is None or not tokens.is_word(mark.following):
        return None
    wide = max(len(tokens.gap(place)), len(tokens.gap(mark.following)))
    return mark if wide <= _WIDEST_GAP else None


def _bare(tokens: Tokens, place: int) -> Mark | None:
    word, behind = tokens.word(place), place + 1
    left, right = tokens.glued(place), tokens.glued(behind)
    if word in (".", "@"):
        form: Form = _SPACED[left, right]
        return Mark("@" if word == "@" else ".", form, behind)
    if left and right and (word == "," or word in ODD_DOTS):
        return Mark(".", "comma" if word == "," else "odd", behind)
    if is_loose_comma(tokens, place):
        return Mark(".", "loose", behind)
    if word == "," and is_named(tokens.word(behind)) and tokens.is_word(behind + 1):
        place, word, behind = behind, tokens.word(behind), behind + 1
    if word in DOTS and not tokens.glued(place):
        return Mark(".", "said", behind, word)
    if word in ATS and not tokens.glued(place):
        return Mark("@", "said", behind, word)
    return None


def is_loose_comma(tokens: Tokens, place: int) -> bool:
    """Whether a comma between blanks may stand for a dot: an ending follows, or one more comma."""
    if tokens.word(place) != "," or tokens.glued(place) or tokens.glued(place + 1):
        return False
    if tokens.word(place + 1) in ENDINGS_APART or tokens.word(place + 1) in _LOOSE:
        return True
    return tokens.word(place + 2) == "," and tokens.word(place + 3) in ENDINGS_APART


def is_named(word: str) -> bool:
    """Whether the word names a dot or an at sign and is hardly anything else."""
    return word in DOTS or (word in ATS and word not in PLAIN_ATS)


def is_framed(tokens: Tokens, place: int) -> bool:
    """Whether that token stands in brackets, or between two strokes of one kind."""
    opening, closing = tokens.word(place - 1), tokens.word(place + 1)
    return bool(closing) and (
        _BRACKETS.get(opening) == closing or (opening == closing and opening in _STROKES)
    )


def _framed(tokens: Tokens, place: int) -> Mark | None:
    """`(at)`, `[dot]`, `-dot-`, `[.]`, `< at >`."""
    inner = place + 1
    if not is_framed(tokens, inner):
        return None
    word, bracketed = tokens.word(inner), tokens.word(place) in _BRACKETS
    if word in ATS or (bracketed and word in ("@", "a")):
        return Mark("@", "framed", place + 3, word)
    if word in DOTS or (bracketed and (word in (".", ",") or word in ODD_DOTS)):
        return Mark(".", "framed", place + 3, word)
    return None

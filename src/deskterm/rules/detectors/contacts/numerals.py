"""Numbers in words as they are read out: "oh seven double nine", "quatre-vingt-dix-huit"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Literal, NamedTuple

from deskterm.rules.detectors.contacts.tokens import Tokens
from deskterm.rules.detectors.wording import word_set
from deskterm.text.loading import loading
from deskterm.text.patterns import Patterns

Sort = Literal["unit", "ten", "tens", "whole", "hundred", "times", "many", "pair"]

_UNITS: Mapping[str, str] = {
    "en": "zero/oh/o/nought/nil/naught one two three four five six seven eight nine/niner",
    "fr": "zero un/une deux trois quatre cinq six sept huit neuf",
    "de": "null eins/ein/eine zwei/zwo drei vier funf/fuenf sechs sieben acht neun",
    "es": "cero uno/una/un dos tres cuatro cinco seis siete ocho nueve",
    "it": "zero uno/una due tre quattro cinque sei sette otto nove",
}
_TEENS: Mapping[str, str] = {
    "en": "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
    "fr": "dix onze douze treize quatorze quinze seize",
    "de": "zehn elf zwolf/zwoelf dreizehn vierzehn funfzehn/fuenfzehn sechzehn siebzehn achtzehn"
    " neunzehn",
    "es": "diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve",
    "it": "dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove",
}
_TENS: Mapping[str, str] = {
    "en": "twenty thirty forty/fourty fifty sixty seventy eighty ninety",
    "fr": "vingt/vingts trente quarante cinquante soixante septante octante/huitante nonante",
    "de": "zwanzig dreissig/dreißig vierzig funfzig/fuenfzig sechzig siebzig achtzig neunzig",
    "es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
    "it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
}
_HUNDRED = {"en": "hundred", "fr": "cent cents", "de": "hundert", "es": "cien", "it": "cento"}
_TIMES: Mapping[str, Mapping[str, int]] = {
    "en": {"double": 2, "triple": 3, "treble": 3},
    "fr": {"double": 2, "triple": 3},
    "de": {"doppel": 2, "doppelt": 2, "zweimal": 2, "dreimal": 3},
    "es": {"doble": 2, "triple": 3},
    "it": {"doppio": 2, "doppia": 2, "triplo": 3, "tripla": 3},
}
#: Units of which there are several: "three zeros".
_MANY: Mapping[str, Mapping[str, int]] = {
    "en": {"zeros": 0, "zeroes": 0, "noughts": 0, "naughts": 0, "ohs": 0, "ones": 1, "twos": 2}
    | {"threes": 3, "fours": 4, "fives": 5, "sixes": 6, "sevens": 7, "eights": 8, "nines": 9},
    "fr": {"zeros": 0},
    "de": {"nullen": 0, "einsen": 1, "einser": 1, "zweien": 2, "zweier": 2, "dreien": 3}
    | {"dreier": 3, "vieren": 4, "vierer": 4, "funfen": 5, "funfer": 5, "sechsen": 6}
    | {"sechser": 6, "siebenen": 7, "siebener": 7, "achten": 8, "achter": 8, "neunen": 9}
    | {"neuner": 9},
    "es": {"ceros": 0, "unos": 1, "doses": 2, "treses": 3, "cuatros": 4, "cincos": 5}
    | {"seises": 6, "sietes": 7, "ochos": 8, "nueves": 9},
    "it": {"zeri": 0},
}
#: "Three times the five".
_OFTEN = frozenset({"times", "fois", "mal", "veces", "volte"})
_THE = word_set("the a le la l die der das den el il lo un une ein eine uno")
#: Nobody tells more of one figure than so many at once.
_MOST_ALIKE = 4
#: What may stand between tens and a unit.
_AND = frozenset({"-", "et", "y", "and", "und", "e"})
_FOUR = 4
_LEAST_JOINED, _LONGEST_UNIT = 3, 7
#: Letters of the shortest three digits in words that are written together.
LEAST_SQUEEZED = 9
PATTERNS = Patterns(run=r"\d{1,100}|\D{1,100}")
LANGUAGES = tuple(_UNITS)


class Numeral(NamedTuple):
    """What a word says in one language."""

    value: int
    sort: Sort


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number in words: its digits, and its first and last token."""

    digits: str
    first: int
    last: int


def _table(language: str) -> dict[str, Numeral]:
    units = {
        word: Numeral(n, "unit") for n, words in _numbered(_UNITS[language], 0) for word in words
    }
    teens = {
        word: Numeral(n, "ten") for n, words in _numbered(_TEENS[language], 10) for word in words
    }
    tens = {
        word: Numeral(10 * n, "tens")
        for n, words in _numbered(_TENS[language], 2)
        for word in words
    }
    hundred = {word: Numeral(100, "hundred") for word in _HUNDRED[language].split()}
    times = {word: Numeral(n, "times") for word, n in _TIMES[language].items()}
    whole = {
        word: Numeral(n, "whole") for word, n in _written_together(language, units, teens, tens)
    }
    many = {word: Numeral(n, "many") for word, n in _MANY[language].items()}
    pairs = {
        f"doppel{word}": Numeral(one.value, "pair")
        for word, one in units.items()
        if language == "de"
    }
    return {**pairs, **many, **whole, **units, **teens, **tens, **hundred, **times}


def _numbered(words: str, first: int) -> Iterator[tuple[int, list[str]]]:
    for number, alike in enumerate(words.split(), first):
        yield number, alike.split("/")


def _written_together(
    language: str,
    units: Mapping[str, Numeral],
    teens: Mapping[str, Numeral],
    tens: Mapping[str, Numeral],
) -> Iterator[tuple[str, int]]:
    """Numbers from 21 on and hundreds that are one word."""
    if language == "es":
        yield from ((f"veinti{unit}", 20 + one.value) for unit, one in units.items())
        yield from ((f"{unit}cientos", 100 * one.value) for unit, one in units.items())
        yield from (
            ("ciento", 100),
            ("quinientos", 500),
            ("setecientos", 700),
            ("novecientos", 900),
        )
    if language not in ("de", "it"):
        return
    small = {word: one.value for word, one in {**units, **teens, **tens}.items() if one.value}
    for unit, one in units.items():
        for ten, many in tens.items():
            if one.value:
                elided = ten[:-1] if unit[0] in "uo" else ten
                word = f"{unit}und{ten}" if language == "de" else f"{elided}{unit}"
                small[word] = many.value + one.value
                yield word, small[word]
    hundred = _HUNDRED[language]
    for unit, value in (("", 1), *((word, one.value) for word, one in units.items() if one.value)):
        if unit:
            yield f"{unit}{hundred}", 100 * value
        yield from ((f"{unit}{hundred}{rest}", 100 * value + more) for rest, more in small.items())


@cache
@loading()
def _tables() -> Mapping[str, Mapping[str, Numeral]]:
    return MappingProxyType({language: _table(language) for language in LANGUAGES})


@cache
@loading()
def numerals() -> Mapping[str, Sequence[str]]:
    """The languages in which a folded word is a number."""
    languages: dict[str, list[str]] = {}
    for language, table in _tables().items():
        for word in table:
            languages.setdefault(word, []).append(language)
    return MappingProxyType(languages)


@cache
@loading()
def _unit_words() -> tuple[str, ...]:
    """The words of the digits in all languages."""
    return tuple(
        {word for table in _tables().values() for word, one in table.items() if one.sort == "unit"}
    )


def squeezed(word: str) -> str | None:
    """The digits of figures and number words in one row of letters and figures: `five5five`.

    Number words alone count from three digits on: `fivefivefive`.
    """
    if word.isdecimal():
        return None
    if word.isalpha() and (len(word) < LEAST_SQUEEZED or not word.startswith(_unit_words())):
        return None
    digits = ""
    for part in PATTERNS["run"].findall(word):
        read = part if part.isdecimal() else _joined(part, alone=part == word)
        if read is None:
            return None
        digits += read
    return digits


def _joined(letters: str, *, alone: bool) -> str | None:
    """The digits of number words written together, in one language."""
    if not alone and letters in numerals():
        languages = numerals()[letters]
        return str(_tables()[languages[0]][letters].value)
    for language in LANGUAGES:
        digits = _units_in(letters, language)
        if digits is not None and (not alone or len(digits) >= _LEAST_JOINED):
            return digits
    return None


def _units_in(letters: str, language: str) -> str | None:
    digits, place = "", 0
    table = _tables()[language]
    while place < len(letters):
        for length in range(min(_LONGEST_UNIT, len(letters) - place), 1, -1):
            unit = table.get(letters[place : place + length])
            if unit is not None and unit.sort == "unit":
                break
        else:
            return None
        digits, place = f"{digits}{unit.value}", place + length
    return digits


def spoken(tokens: Tokens, first: int) -> Spoken | None:
    """The number in words that begins at that token, in the language that reads the most of it."""
    languages, tables = numerals().get(tokens.word(first), ()), _tables()
    readings = [_read(tokens, first, tables[language]) for language in sorted(languages)]
    found = [reading for reading in readings if reading is not None]
    return max(found, key=lambda one: one.last, default=None)


def _read(tokens: Tokens, first: int, table: Mapping[str, Numeral]) -> Spoken | None:
    numeral = table[tokens.word(first)]
    if numeral.sort in ("times", "many"):
        return _repeated(tokens, first, numeral.value, table) if numeral.sort == "times" else None
    if numeral.sort == "pair":
        return Spoken(2 * str(numeral.value), first, first)
    if numeral.sort == "unit" and 1 < numeral.value <= _MOST_ALIKE:
        place = _past_hyphen(tokens, first + 1)
        several = table.get(tokens.word(place))
        if several is not None and several.sort == "many":
            return Spoken(str(several.value) * numeral.value, first, place)
        if tokens.word(first + 1) in _OFTEN:
            return _repeated(tokens, first + 1, numeral.value, table)
    value, last = _below_hundred(tokens, first, table)
    hundred = table.get(tokens.word(last + 1))
    if hundred is not None and hundred.sort == "hundred" and 0 < value < 10:
        value, last = value * 100, last + 1
    if value < 100 or value % 100:
        return Spoken(str(value), first, last)
    rest = table.get(tokens.word(last + 1))
    if rest is not None and rest.sort in ("ten", "tens", "whole") and rest.value < 100:
        more, last = _below_hundred(tokens, last + 1, table)
        value += more
    return Spoken(str(value), first, last)


def _repeated(tokens: Tokens, last: int, times: int, table: Mapping[str, Numeral]) -> Spoken | None:
    """The figure behind that token, so many times: "double nine", "three times the 5"."""
    first = last - (tokens.word(last) in _OFTEN)
    place = _past_hyphen(tokens, last + 1 + (tokens.word(last + 1) in _THE))
    following = tokens.word(place)
    if len(following) == 1 and following.isdecimal():
        return Spoken(following * times, first, place)
    repeated = table.get(following)
    if repeated is None or repeated.sort != "unit":
        return None
    return Spoken(str(repeated.value) * times, first, place)


def _past_hyphen(tokens: Tokens, place: int) -> int:
    """That place, or the one behind it where a hyphen joins two words: "double-oh"."""
    joined = tokens.word(place) == "-" and tokens.glued(place) and tokens.glued(place + 1)
    return place + 1 if joined else place


def _below_hundred(tokens: Tokens, first: int, table: Mapping[str, Numeral]) -> tuple[int, int]:
    """A number and its last token: tens with their unit, "dix-sept", "quatre-vingt-dix"."""
    numeral, last = table[tokens.word(first)], first
    value = numeral.value
    following, place = _next(tokens, last, table)
    if value == _FOUR and tokens.word(place) in ("vingt", "vingts") and following is not None:
        value, last = 4 * 20, place
        following, place = _next(tokens, last, table)
    elif numeral.sort != "tens" and tokens.word(first) != "dix":
        return value, last
    if following is None:
        return value, last
    if following.sort == "unit" and following.value > (6 if tokens.word(first) == "dix" else 0):
        return value + following.value, place
    if following.sort == "ten" and value in (60, 80) and "soixante" in table:
        more, last = _below_hundred(tokens, place, table)
        value += more
    return value, last


def _next(tokens: Tokens, last: int, table: Mapping[str, Numeral]) -> tuple[Numeral | None, int]:
    """The number word behind that token, past a hyphen or an "and", and where it stands."""
    place = last + 1
    if tokens.word(place) in _AND:
        place += 1
    numeral = table.get(tokens.word(place))
    if numeral is None or "\n" in tokens.gap(place):
        return None, place
    return numeral, place

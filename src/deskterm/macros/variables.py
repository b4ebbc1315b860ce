"""From what somebody typed to the text of a macro: values of the ticket become its fields, other
days, amounts and numbers become questions. What may still say who somebody is, is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from deskterm.domain.money import Money
from deskterm.macros.days import days_in
from deskterm.macros.facts import Facts
from deskterm.macros.paths import FACTS, FIELDS, Known, look_up
from deskterm.text.language import LANGUAGES, knows

#: What is asked for where a value is none of the ticket's.
DAY, AMOUNT, NUMBER = "date", "amount", "number"

#: Fields whose values are looked for, those that say more before those that are parts of them.
_TEXTS: Final = (
    "order.tracking_url",
    "order.ship_to",
    "order.items",
    "order.item",
    "order.tracking_number",
    "order.return_number",
    "order.ref",
    "ticket.ref",
    "order.carrier",
    "customer.name",
    "customer.first_name",
    "agent.name",
)
#: Numbers that are the same in small letters, and with other signs around them.
_CODES: Final = frozenset(
    {"order.tracking_number", "order.return_number", "order.ref", "ticket.ref", "order.carrier"}
)
_DATES: Final = tuple(path for path, each in FIELDS.items() if each.kind == "date")
_AMOUNTS: Final = tuple(path for path, each in FIELDS.items() if each.kind == "money")
_SHORTEST: Final = 2
_SIGN: Final = r"€|\$|£|EUR|USD|GBP|CHF|euros?"
_FIGURES: Final = r"[0-9]{1,3}(?:[ .,'\u00a0\u202f]?[0-9]{3}){0,3}(?:[.,][0-9]{1,2})?"
_AMOUNT: Final = re.compile(
    rf"(?<![\w.,])(?:(?:€|\$|£|EUR|USD|GBP|CHF)[ \u00a0\u202f]?({_FIGURES})"
    rf"|({_FIGURES})[ \u00a0\u202f]?(?:{_SIGN}))(?!\w)"
)
_CENTS: Final = re.compile(r"[.,]([0-9]{1,2})$")
#: What has a digit, with what is tied to it; blanks only between groups of digits.
_NUMBER: Final = re.compile(
    r"[+#]?(?:[A-Za-z]{0,6}[-/]?)[0-9][\w/-]{0,40}(?:[ .()/-]{1,2}[0-9][\w/-]{0,12}){0,8}"
)
#: A number of so many digits stays: of days, of per cent, of a size.
_FEW_DIGITS: Final = 3
_PLACE: Final = re.compile(r"\{\{[^{}]{1,80}\}\}")
_MAIL: Final = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}")
_LINK_WITH_NUMBER: Final = re.compile(r"(?:https?://|www\.)[^\s]{0,200}[0-9?=][^\s]{0,200}")
_STREET: Final = re.compile(
    r"(?i:[0-9]{1,4}[ ]?(?:bis|ter)?,?[ ](?:rue|chemin|impasse|all[ée]e|place|quai|avenue|boulevard"
    r"|route|square|cours)[ ]\w|[ ](?:street|road|avenue|lane|drive)[ ,.]|(?:strasse|straße|weg|"
    r"platz|gasse)[ ][0-9]|(?:calle|plaza|via|viale|piazza)[ ]\w{2,20}[ ,]{1,2}[0-9])"
)
_OPENING: Final = " «“\"'(¿¡*•-"
_ENDS: Final = (".", "!", "?", "…", ":", "\n")
_WORD: Final = re.compile(r"[^\W\d_][\w’'-]{0,40}")
#: Capitals within a sentence that name nobody.
_NOBODY: Final = frozenset(
    {"i", "i'm", "i'll", "i've", "i'd", "vous", "votre", "vos", "lei", "le", "la", "suo", "sua"}
    | {"suoi", "sue", "usted", "ustedes", "u", "uw", "sms", "ok", "tv", "vat", "tva", "iva", "eu"}
    | {"ue", "eur", "usd", "gbp"}
)


@dataclass(frozen=True, slots=True)
class WithVariables:
    """A text as a macro would say it.

    Args:
        source: with `{{order.ref}}` and `{{?date}}` in place of values.
        is_private: whether a name, an address or the like may still stand in it.
    """

    source: str
    is_private: bool


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    place: str


def with_variables(text: str, known: Known) -> WithVariables:
    """Put variables in place of values.

    Args:
        text: one sentence or more; `{{` must not stand in it.
        known: the ticket's values; its language is that of the text.
    """
    source = text
    for find in (_fields, _days, _amounts, _numbers):
        source = _replaced(source, find(source, known))
    return WithVariables(source, _is_private(source, known.language))


def _replaced(text: str, found: Iterable[_Found]) -> str:
    """The text with what was found, the first that comes first; places that stand stay."""
    taken = [match.span() for match in _PLACE.finditer(text)]
    chosen: list[_Found] = []
    for each in found:
        if not any(each.start < end and start < each.end for start, end in taken):
            taken.append((each.start, each.end))
            chosen.append(each)
    parts, done = [], 0
    for each in sorted(chosen, key=lambda one: one.start):
        parts += [text[done : each.start], "{{", each.place, "}}"]
        done = each.end
    return "".join([*parts, text[done:]])


def _fields(text: str, known: Known) -> Iterator[_Found]:
    for path, value in _values(known):
        folded = path in _CODES
        yield from (_Found(*span, path) for span in _places(text, value, folded=folded))


def _values(known: Known) -> Iterator[tuple[str, str]]:
    """Values that are texts, by field; facts of the shop as well."""
    for path in _TEXTS:
        value = look_up(path, known)
        if isinstance(value, str) and len(value) >= _SHORTEST:
            yield path, value
    for name, value in _facts(known.facts, known.language):
        yield f"{FACTS}{name}", value


def _facts(facts: Facts, language: str) -> Iterator[tuple[str, str]]:
    for name in (*facts.values, *facts.by_language):
        value = facts.get(name, language)
        if isinstance(value, str) and len(value) > _FEW_DIGITS:
            yield name, value


def _places(text: str, value: str, *, folded: bool) -> Iterator[tuple[int, int]]:
    """Where a value stands as words of their own."""
    inside, wanted = (text.casefold(), value.casefold()) if folded else (text, value)
    if len(inside) != len(text):
        return
    place = inside.find(wanted)
    while place >= 0:
        end = place + len(wanted)
        around = inside[max(0, place - 1) : place] + inside[end : end + 1]
        if not any(sign.isalnum() or sign == "_" for sign in around):
            yield place, end
        place = inside.find(wanted, end)


def _days(text: str, known: Known) -> Iterator[_Found]:
    fields = [(path, look_up(path, known)) for path in _DATES]
    days = [(path, value) for path, value in fields if isinstance(value, date)]
    days.sort(key=lambda pair: pair[0] == "today")
    for found in days_in(text):
        path = next(
            (
                path
                for path, value in days
                if (value.day, value.month) == (found.day, found.month)
                and found.year in (None, value.year)
            ),
            f"?{DAY}",
        )
        yield _Found(found.start, found.end, path)


def _amounts(text: str, known: Known) -> Iterator[_Found]:
    fields = [(path, look_up(path, known)) for path in _AMOUNTS]
    amounts = [(path, value.amount) for path, value in fields if isinstance(value, Money)]
    for match in _AMOUNT.finditer(text):
        amount = _decimal(match[1] or match[2])
        path = next((path for path, value in amounts if value == amount), f"?{AMOUNT}")
        yield _Found(match.start(), match.end(), path)


def _decimal(figures: str) -> Decimal:
    cents = _CENTS.search(figures)
    whole = figures[: cents.start()] if cents is not None else figures
    digits = "".join(char for char in whole if char.isdecimal())
    return Decimal(f"{digits}.{cents[1]}" if cents is not None else digits)


def _numbers(text: str, _known: Known) -> Iterator[_Found]:
    spans = [match.span() for match in _PLACE.finditer(text)]
    for match in _NUMBER.finditer(text):
        kept = match.group().rstrip(" .()/-")
        start, end = match.start(), match.start() + len(kept)
        is_part = start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_")
        if is_part or any(start < other[1] and other[0] < end for other in spans):
            continue
        if kept.isdecimal() and len(kept) <= _FEW_DIGITS:
            continue
        yield _Found(start, end, f"?{NUMBER}")


# What may say who somebody is


def _is_private(source: str, language: str) -> bool:
    if _MAIL.search(source) or _LINK_WITH_NUMBER.search(source) or _STREET.search(source):
        return True
    return any(_names(source, language))


def _names(source: str, language: str) -> Iterator[bool]:
    """Words with a capital that may be a name. In German every noun has one."""
    bare = _PLACE.sub("\0", source)
    for match in _WORD.finditer(bare):
        word = match.group()
        if not word[0].isupper():
            continue
        folded = word.casefold().replace("’", "'")
        parts = (folded, folded.partition("'")[2] or folded, folded.partition("'")[0])
        if not _NOBODY.isdisjoint(parts):
            continue
        before = bare[: match.start()].rstrip(_OPENING)
        is_first = not before or before.endswith(_ENDS)
        if (is_first or language == "de") and _is_common(folded, language):
            continue
        yield True


def _is_common(word: str, language: str) -> bool:
    spoken = language if language in LANGUAGES else "en"
    elided = word.partition("'")[0] + "'"
    parts = (word, word.removesuffix("s"), elided, *word.split("'"), *word.split("-"))
    return any(knows(part, spoken) for part in parts)


LABELS: Final[Mapping[str, Mapping[str, str]]] = MappingProxyType(
    {
        DAY: MappingProxyType({"en": "the day", "fr": "le jour"}),
        AMOUNT: MappingProxyType({"en": "the amount", "fr": "le montant"}),
        NUMBER: MappingProxyType({"en": "the number", "fr": "le numéro"}),
    }
)
#: How each of them is written in a file of macros.
KINDS: Final[Mapping[str, str]] = MappingProxyType({DAY: "date", AMOUNT: "money", NUMBER: "text"})

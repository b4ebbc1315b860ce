"""Facts of the shop that macros speak of: `facts.toml`, one line a fact.

    shop_name = "Atelier Nord"
    return_days = 30
    shipping_fee = "4.90 EUR"
    opening_hours.en = "Monday to Friday, 9 to 18"
    opening_hours.fr = "du lundi au vendredi, de 9 h à 18 h"

The facts that the bundled macros use are described here; a shop may add its own. What the law
grants consumers in the European Union cannot be cut short by a fact: such a line is reported, and
the default stands.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TypeAlias

from deskterm.domain.money import Money
from deskterm.macros.lines import key_lines, toml_mistake
from deskterm.macros.model import Problem

FactValue: TypeAlias = str | int | date | Money
FactKind = Literal["text", "number", "date", "money", "link"]

_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LANGUAGE = re.compile(r"[a-z]{2}")
_MONEY = re.compile(r"([0-9]{1,9}(?:\.[0-9]{1,3})?) ([A-Z]{3})")
_LINK = re.compile(r"https?://\S{3,300}")
TEXT_MAX = 1_000  # characters
FILE_MAX = 200_000  # bytes


@dataclass(frozen=True, slots=True)
class KnownFact:
    """A fact that the bundled macros use. `least` and `most` are what the law allows."""

    name: str
    kind: FactKind
    says: str
    default: FactValue | None = None
    least: int | None = None
    most: int | None = None
    source: str = ""


KNOWN_FACTS: Mapping[str, KnownFact] = MappingProxyType(
    {
        fact.name: fact
        for fact in (
            KnownFact("shop_name", "text", "the name of the shop"),
            KnownFact(
                "return_days",
                "number",
                "days after delivery in which goods may be sent back",
                14,
                least=14,
                source="Directive 2011/83/EU art. 9",
            ),
            KnownFact(
                "refund_days",
                "number",
                "days after a withdrawal in which the money is given back at the latest",
                14,
                most=14,
                source="Directive 2011/83/EU art. 13",
            ),
            KnownFact(
                "guarantee_years",
                "number",
                "years after delivery in which the shop answers for faults",
                2,
                least=2,
                source="Directive (EU) 2019/771 art. 10",
            ),
            KnownFact(
                "bank_days", "number", "working days until a bank shows what was given back", 5
            ),
            KnownFact("hold_days", "number", "working days until a bank lets a hold go", 7),
            KnownFact("dispatch_days", "text", "working days until a parcel leaves"),
            KnownFact("delivery_days", "text", "working days that a parcel travels"),
            KnownFact("order_by", "text", "hour until which an order leaves the same day"),
            KnownFact("shipping_fee", "money", "what sending costs"),
            KnownFact("free_shipping_from", "money", "amount from which sending is free"),
            KnownFact("countries", "text", "where the shop delivers"),
            KnownFact("opening_hours", "text", "when somebody answers"),
            KnownFact("return_url", "link", "the page where goods are sent back"),
            KnownFact("account_url", "link", "the page of the customer's account"),
            KnownFact("size_guide_url", "link", "the page about sizes"),
        )
    }
)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a shop. `by_language` are those that are said differently in each."""

    values: Mapping[str, FactValue] = field(default_factory=dict)
    by_language: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def get(self, name: str, language: str) -> FactValue | None:
        """A fact in that language; None where the shop has not written it down."""
        if name in self.by_language:
            return self.by_language[name].get(language)
        if name in self.values:
            return self.values[name]
        known = KNOWN_FACTS.get(name)
        return known.default if known else None

    def kind(self, name: str) -> FactKind | None:
        """What sort of value a fact has; None for one that nobody knows."""
        if known := KNOWN_FACTS.get(name):
            return known.kind
        if name in self.by_language:
            return "text"
        return None if name not in self.values else _kind(self.values[name])


def read_facts(file: Path) -> tuple[Facts, tuple[Problem, ...]]:
    """Read a shop's facts; a file that is not there holds none.

    A line that is wrong is reported and left out, the others count. Never raises.
    """
    try:
        with file.open("rb") as stream:
            raw = stream.read(FILE_MAX + 1)
        if len(raw) > FILE_MAX:
            return Facts(), (Problem(str(file), 0, f"it is larger than {FILE_MAX} bytes"),)
        text = raw.decode()
        content = tomllib.loads(text)
    except FileNotFoundError:
        return Facts(), ()
    except (OSError, ValueError, RecursionError) as error:
        return Facts(), (toml_mistake(str(file), error),)
    lines = key_lines(text)
    values: dict[str, FactValue] = {}
    by_language: dict[str, Mapping[str, str]] = {}
    problems = []
    for name, given in content.items():
        try:
            value = _read(name, given)
        except ValueError as error:
            line = lines.get(name) or next(
                (at for key, at in lines.items() if key.startswith(f"{name}.")), 0
            )
            problems.append(Problem(str(file), line, f"{name[:40]} {error}"))
            continue
        if isinstance(value, Mapping):
            by_language[name] = value
        else:
            values[name] = value
    return Facts(values, by_language), tuple(problems)


def _read(name: str, given: object) -> FactValue | Mapping[str, str]:
    """The value of a line.

    Raises:
        ValueError: why it cannot be used.
    """
    if not _NAME.fullmatch(name):
        raise ValueError("is no name for a fact: a-z, 0-9 and _")
    known = KNOWN_FACTS.get(name)
    if isinstance(given, dict):
        if known and known.kind not in ("text", "link"):
            raise ValueError(f"must be a {known.kind}")
        return _by_language(given)
    value = _value(given)
    kind = _kind(value)
    if known and kind != known.kind and (kind, known.kind) != ("link", "text"):
        raise ValueError(f"must be a {known.kind}")
    if known and isinstance(value, int):
        if known.least is not None and value < known.least:
            raise ValueError(f"must be {known.least} or more ({known.source})")
        if known.most is not None and value > known.most:
            raise ValueError(f"must be {known.most} or less ({known.source})")
    return value


def _by_language(given: Mapping[str, object]) -> Mapping[str, str]:
    texts = {}
    for language, text in given.items():
        if not _LANGUAGE.fullmatch(language) or not isinstance(text, str):
            raise ValueError("takes one text for each language, such as en and fr")
        texts[language] = _text(text)
    return texts


def _value(given: object) -> FactValue:
    match given:
        case bool() | datetime():
            pass
        case int() | date():
            return given
        case str():
            if found := _MONEY.fullmatch(given.strip()):
                return Money.parse(found[1], found[2])
            return _text(given)
    raise ValueError('takes a text, a whole number, a date or an amount such as "4.90 EUR"')


def _text(text: str) -> str:
    bare = text.strip()
    if not bare or len(bare) > TEXT_MAX or not bare.replace("\n", " ").isprintable():
        raise ValueError(f"must be a text of 1 to {TEXT_MAX} characters without controls")
    return bare


def _kind(value: FactValue) -> FactKind:
    match value:
        case int():
            return "number"
        case Money():
            return "money"
        case date():
            return "date"
    return "link" if _LINK.fullmatch(value) else "text"

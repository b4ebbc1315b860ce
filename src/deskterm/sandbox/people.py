"""The customers: invented people at reserved addresses (RFC 2606).

Some live together or give each other presents and write about one order; some have two mailboxes.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import cycle
from random import Random
from typing import Literal

from deskterm.sandbox.chance import dealt
from deskterm.sandbox.model import Customer, Language
from deskterm.sandbox.phrasebook import Phrasebook

Bond = Literal["gift", "couple"]

_SPOKEN: Mapping[Language, float] = {"en": 50, "fr": 35, "de": 15}
_HOSTS: Mapping[Language, tuple[str, ...]] = {
    "en": ("example.org", "example.com", "example.net", "inbox.example", "letterbox.example"),
    "fr": ("example.org", "example.com", "example.net", "courrier.example", "ma-boite.example"),
    "de": ("example.org", "example.com", "example.net", "postfach.example", "briefkasten.example"),
}
_ASCII = str.maketrans({"ß": "ss", "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe"})


@dataclass(frozen=True, slots=True)
class Pair:
    """Two customers, by their place in the list, who write about one order: `first` bought it."""

    first: int
    second: int
    bond: Bond


def make_customers(rng: Random, books: Mapping[Language, Phrasebook], count: int) -> list[Customer]:
    """As many people as asked for, no two at one address.

    Args:
        books: for each language, the names, towns and hosts to choose from.
    """
    taken: set[str] = set()
    names = {language: cycle(_names(rng, book)) for language, book in books.items()}
    customers = []
    for number, language in enumerate(dealt(rng, _SPOKEN, count), start=1):
        name = next(names[language])
        country, city = _place(rng, books[language])
        address = _free(rng, _mailbox(rng, name, rng.choice(_HOSTS[language])), taken)
        customers.append(Customer(number, name, language, (address,), city, country))
    return customers


def pair_up(rng: Random, customers: list[Customer], pairs: int) -> list[Pair]:
    """Let neighbours in the list of one language know each other; couples share name and town.

    Changes `customers`. At most as many pairs as there are people for.
    """
    found: list[Pair] = []
    by_language: dict[Language, list[int]] = {}
    for place, customer in enumerate(customers):
        by_language.setdefault(customer.language, []).append(place)
    candidates = [
        (places[index], places[index + 1])
        for places in by_language.values()
        for index in range(0, len(places) - 1, 2)
    ]
    for first, second in rng.sample(candidates, min(pairs, len(candidates))):
        bond: Bond = "couple" if rng.random() < 0.5 else "gift"
        if bond == "couple":
            _marry(customers, first, second)
        found.append(Pair(first, second, bond))
    return found


def _marry(customers: list[Customer], first: int, second: int) -> None:
    one, other = customers[first], customers[second]
    name = f"{first_name(other)} {family_name(one)}"
    taken = {address for customer in customers for address in customer.addresses}
    host = other.addresses[0].partition("@")[2]
    address = _numbered(f"{_plain(first_name(other))}.{_plain(family_name(one))}", host, taken)
    customers[second] = replace(
        other, name=name, addresses=(address,), city=one.city, country=one.country
    )


def add_mailbox(rng: Random, customers: list[Customer], place: int, book: Phrasebook) -> None:
    """Give a customer a second address, the one at work. Changes `customers`."""
    customer = customers[place]
    taken = {address for each in customers for address in each.addresses}
    local = f"{_plain(first_name(customer))}.{_plain(family_name(customer))}"
    company = rng.choice(book.words("companies"))
    address = _numbered(local, f"{company}.example", taken)
    customers[place] = replace(customer, addresses=(*customer.addresses, address))


def first_name(customer: Customer) -> str:
    """What friends call this customer."""
    return customer.name.partition(" ")[0]


def family_name(customer: Customer) -> str:
    """Everything behind the first name."""
    return customer.name.partition(" ")[2]


def is_woman(customer: Customer, book: Phrasebook) -> bool:
    """Whether the first name is one of the women's, for languages in which people agree."""
    return first_name(customer) in book.words("women")


def _names(rng: Random, book: Phrasebook) -> list[str]:
    """Every first name with every family name, each of them as seldom in a row as can be."""
    given, families = book.words("women") + book.words("men"), book.words("families")
    rng.shuffle(given)
    rng.shuffle(families)
    again = math.lcm(len(given), len(families))
    return [
        f"{given[place % len(given)]} {families[(place + place // again) % len(families)]}"
        for place in range(len(given) * len(families))
    ]


def _place(rng: Random, book: Phrasebook) -> tuple[str, str]:
    shares = [float(str(place["share"])) for place in book.places]
    place = rng.choices(book.places, shares)[0]
    return str(place["country"]), rng.choice(str(place["cities"]).split())


def _mailbox(rng: Random, name: str, host: str) -> str:
    first, _, family = _plain(name.replace(" ", "_")).partition("_")
    shape = rng.random()
    if shape < 0.55:
        return f"{first}.{family}@{host}"
    if shape < 0.7:
        return f"{first[0]}.{family}@{host}"
    if shape < 0.85:
        return f"{first}{rng.randint(60, 99)}@{host}"
    return f"{family}.{first}@{host}"


def _free(rng: Random, address: str, taken: set[str]) -> str:
    local, _, host = address.partition("@")
    while address in taken:
        address = f"{local}{rng.randint(2, 9999)}@{host}"
    taken.add(address)
    return address


def _numbered(local: str, host: str, taken: set[str]) -> str:
    address, count = f"{local}@{host}", 1
    while address in taken:
        count += 1
        address = f"{local}{count}@{host}"
    return address


def _plain(name: str) -> str:
    """A name in the letters that go into a mail address."""
    bare = unicodedata.normalize("NFKD", name.translate(_ASCII))
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).lower()

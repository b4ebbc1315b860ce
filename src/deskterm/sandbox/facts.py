"""What the phrases of a conversation may speak of, by the names of their slots."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from random import Random

from deskterm.sandbox.grammar import day, money, of_name, weekday, words_for
from deskterm.sandbox.model import Customer, Language, Order
from deskterm.sandbox.orders import ARRIVED, total_cents
from deskterm.sandbox.people import family_name, first_name, is_woman
from deskterm.sandbox.phrasebook import Facts, Phrasebook
from deskterm.sandbox.products import Ware

_TITLES = {"fr": ("Madame", "Monsieur"), "de": ("Frau", "Herr"), "en": ("Ms", "Mr")}
_FEWEST_DAYS = 3  # from which on people count
# Seen from the shop, which is in the European Union.
_BEHIND_CUSTOMS = frozenset(("GB", "CH"))


def facts_of(
    book: Phrasebook,
    rng: Random,
    customer: Customer,
    address: str,
    wares: tuple[Ware, Ware],
    order: Order | None,
    state: str,
    asked_at: datetime,
) -> dict[str, str]:
    """The facts that hold for all of a conversation.

    Args:
        rng: draws what nobody fixed elsewhere, such as a street; the same one, the same facts.
        address: of the mailbox that the customer writes from.
        wares: what it is about, and another one that may come up.
        state: what the customer believes of the order.
        asked_at: when the conversation began.
    """
    facts = words_for(wares[0], book.language) | words_for(wares[1], book.language, "2")
    facts |= _of_customer(book, rng, customer, address)
    facts |= _of_kind(book, rng, wares[0].kind, facts)
    if order is not None:
        facts |= _of_order(book.language, order, state, asked_at)
    return facts


def about_one_change(rng: Random, facts: Facts) -> dict[str, str]:
    """The facts for a customer who wants, or got, either another colour or another thing."""
    if rng.random() < 0.5:
        dropped = {"colour", "colour2"}
    else:
        dropped = {name for name in facts if name.endswith("2") and name != "colour2"}
    return {name: fact for name, fact in facts.items() if name not in dropped}


def spelled(rng: Random, ref: str) -> str:
    """An order number as somebody types it."""
    digits = ref.partition("-")[2]
    shapes = (ref, ref.lower(), f"LO {digits}", f"LO{digits}", digits, f"#{ref}")
    return rng.choices(shapes, (58, 10, 8, 8, 10, 6))[0]


def _of_customer(book: Phrasebook, rng: Random, customer: Customer, address: str) -> dict[str, str]:
    woman = is_woman(customer, book)
    place = next(place for place in book.places if place["country"] == customer.country)
    facts = {
        "name": customer.name,
        "first": first_name(customer),
        "last": family_name(customer),
        "title": _TITLES[book.language][0 if woman else 1],
        "e": "e" if woman else "",
        "city": customer.city,
        "de_city": of_name(customer.city),
        "country": str(place["phrase"]),
        "email": address,
        "street": rng.choice(book.pools["streets"]).text,
    }
    if customer.country in _BEHIND_CUSTOMS:
        facts["abroad"] = facts["country"]
    if phone := place.get("phone"):
        tail = f"{rng.randrange(1000):03}" if book.language != "fr" else _in_pairs(rng)
        facts["phone"] = f"{phone}{tail}"
    return facts


def _in_pairs(rng: Random) -> str:
    return f"{rng.randrange(100):02} {rng.randrange(100):02}"


def _of_kind(book: Phrasebook, rng: Random, kind: str, facts: Mapping[str, str]) -> dict[str, str]:
    """What is broken, asked or missing: chosen once, so that a customer does not contradict it."""
    colour, other = (phrase.text for phrase in rng.sample(book.pools["colours"], 2))
    found = {"colour": colour, "colour2": other}
    found["code"] = rng.choice(book.pools["codes"]).text
    for topic in ("damage", "defect", "lacking", "question", "measure"):
        said = book.say(rng, f"{kind}.{topic}", facts)
        if said:
            found[topic] = said
    return found


def _of_order(language: Language, order: Order, state: str, asked_at: datetime) -> dict[str, str]:
    facts = {
        "the_ref": order.ref,
        "placed": day(order.placed_at, language, asked_at),
        "placed_day": weekday(order.placed_at, language),
        "total": money(total_cents(order), language),
    }
    days = (asked_at - order.placed_at).days
    if days >= _FEWEST_DAYS:
        facts["days"] = str(days)
    if order.shipped_at is not None:
        facts["carrier"], facts["tracking"] = order.carrier, order.tracking
        facts["shipped"] = day(order.shipped_at, language, asked_at)
    if order.delivered_at is not None and state in ARRIVED:
        facts["delivered"] = day(order.delivered_at, language, asked_at)
    return facts

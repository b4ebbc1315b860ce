"""What people of the simulated shop say: enough variants, every slot filled, nobody real."""

from __future__ import annotations

import html
import re
from collections import Counter
from itertools import chain
from random import Random

import pytest

from deskterm.sandbox.facts import facts_of
from deskterm.sandbox.grammar import day, money, words_for
from deskterm.sandbox.model import Language
from deskterm.sandbox.phrasebook import LANGUAGES, Phrasebook, load_phrases
from deskterm.sandbox.products import make_wares
from deskterm.sandbox.reasons import ABOUT_ONE_CHANGE, REASONS
from deskterm.sandbox.styles import with_slips
from deskterm.sandbox.world import World
from tests.sandbox.worlds import NOW, SEEDS, messages_of, world_of

FEWEST_CORES: dict[Language, int] = {"en": 6, "fr": 5, "de": 4}
RESERVED = re.compile(r"@(?:example\.(?:org|net|com)|[a-z0-9-]+\.example)")
ADDRESS = re.compile(r"[\w.+-]{1,60}@[\w.-]{1,60}\w")
# Ranges that Ofcom, Arcep and the Bundesnetzagentur keep free for fiction.
FICTIONAL = re.compile(r"\+44 1632 960\d{3}|01 99 00 \d\d \d\d|\+49 30 23125 \d{3}")
PHONE = re.compile(r"\+\d[\d ]{8,14}\d|\b0\d(?: \d\d){4}\b")
FROM_A_SCENE = {"ref", "agent", "ae", "shop", "other", "de_other", "written", "back"}
WAYS_TO_WRITE = (r"LO-\d{5}", r"lo-\d{5}", r"LO \d{5}", r"LO\d{5}", r"#LO-\d{5}")

BOOKS = {language: load_phrases(language) for language in LANGUAGES}
WARES = make_wares(Random(0))
each_book = pytest.mark.parametrize("book", BOOKS.values(), ids=LANGUAGES)


@pytest.fixture(params=SEEDS)
def world(request: pytest.FixtureRequest) -> World:
    """Several worlds in turn."""
    return world_of(request.param)


def a_fact_of_each_slot(language: Language) -> set[str]:
    """Every slot that any conversation of the language has a fact for."""
    known = set(FROM_A_SCENE)
    for conversation in world_of(1).conversations:
        if conversation.language == language:
            known |= facts_for(BOOKS[language], conversation.reason, seed=conversation.number)
    return known


def facts_for(book: Phrasebook, reason: str, *, seed: int, state: str = "delivered") -> set[str]:
    """The names of the facts about a thing that fits a reason, with an order if it has one."""
    rng = Random(seed)
    ware, other = rng.sample([w for w in WARES if w.kind in REASONS[reason].kinds], 2)
    world = world_of(1)
    customer = next(
        customer
        for customer in world.customers[rng.randrange(100) :]
        if customer.language == book.language
    )
    orders = [order for order in world.orders if order.state == state]
    order = rng.choice(orders) if state else None
    address = customer.addresses[0]
    return set(facts_of(book, rng, customer, address, (ware, other), order, state, world.now))


# The phrases


@each_book
def test_every_reason_has_enough_variants(book: Phrasebook) -> None:
    for reason in REASONS:
        pools = [lines for name, lines in book.pools.items() if name.startswith(f"{reason}.core")]
        assert len(set(chain.from_iterable(pools))) >= FEWEST_CORES[book.language], reason


@each_book
def test_every_slot_has_a_fact(book: Phrasebook) -> None:
    known = a_fact_of_each_slot(book.language)
    unknown = {
        (name, phrase.text)
        for name, lines in book.pools.items()
        for phrase in lines
        if not phrase.needs <= known
    }
    assert unknown == set()


@each_book
def test_no_phrase_stands_twice_in_a_pool(book: Phrasebook) -> None:
    for name, lines in book.pools.items():
        assert len(lines) == len(set(lines)), name
        for phrase in lines:
            assert phrase.text == phrase.text.strip(), phrase
            assert "  " not in phrase.text, phrase


def test_every_language_has_the_same_pools() -> None:
    core = re.compile(r"\.core_\w+$")
    named = [{name for name in book.pools if not core.search(name)} for book in BOOKS.values()]
    assert named[0] == named[1] == named[2]


@each_book
@pytest.mark.parametrize("reason", REASONS)
def test_there_is_something_to_say_without_an_order_number(book: Phrasebook, reason: str) -> None:
    for state in REASONS[reason].states:
        for seed in range(12):
            facts = facts_for(book, reason, seed=seed, state=state)
            choices = [facts]
            if reason in ABOUT_ONE_CHANGE:
                other = {name for name in facts if name.endswith("2") and name != "colour2"}
                choices = [facts - other, facts - {"colour", "colour2"}]
            for known in choices:
                sayable = dict.fromkeys(known, "x")
                for part in ("subject", "core", "short"):
                    assert book.fitting(f"{reason}.{part}", sayable), (part, state, sorted(known))
                of_state = book.fitting(f"{reason}.tell_{state}", sayable)
                assert of_state or book.fitting(f"{reason}.tell", sayable), state


# Grammar


def test_french_agrees_with_the_thing() -> None:
    words = {ware.model: words_for(ware, "fr") for ware in WARES}
    assert words["Alma"]["le"] + words["Alma"]["pe"] == "le"
    assert words["Nova"]["le"] + words["Nova"]["pe"] == "lae"
    assert words["Nova"]["Mon"] == "Ma"
    assert words["Tilda"]["du"] == "de la"
    assert all(ware.noun["fr"][0] not in "aeéèiouyh" for ware in WARES), "nothing to elide"


def test_german_declines_the_thing() -> None:
    words = {ware.model: words_for(ware, "de", "2") for ware in WARES}
    cases = ("der2", "den2", "dem2", "einen2")
    assert [words["Tilda"][name] for name in cases] == ["der", "den", "dem", "einen"]
    assert [words["Alma"][name] for name in cases] == ["die", "die", "der", "eine"]
    assert [words["Momo"][name] for name in cases] == ["das", "das", "dem", "ein"]


def test_english_has_its_two_articles() -> None:
    words = {ware.model: words_for(ware, "en") for ware in WARES}
    assert words["Alma"]["a"] == "an"
    assert words["Nova"]["a"] == "a"


def test_dates_and_money_are_written_as_people_do() -> None:
    first = NOW.replace(day=1)
    assert [day(first, language, NOW) for language in LANGUAGES] == [
        "1 November",
        "1er novembre",
        "1. November",
    ]
    assert day(first.replace(year=2024), "de", NOW) == "1. November 2024"
    assert [money(4990, language) for language in LANGUAGES] == ["€49.90", "49,90 €", "49,90 €"]
    assert [money(4900, language) for language in LANGUAGES] == ["€49", "49 €", "49 €"]


def test_slips_spare_names_and_numbers() -> None:
    text = "Hello Magnus, parcel 1Z999AA10123456784 is missing its lampshade and cable."
    slipped = {with_slips(Random(seed), text) for seed in range(50)}
    assert len(slipped) > 10
    assert all("Magnus, parcel" in said or "Magnus, " in said for said in slipped)
    assert all("1Z999AA10123456784" in said for said in slipped)


# What comes of it


def test_no_two_first_messages_are_alike(world: World) -> None:
    texts = Counter(conversation.messages[0].text for conversation in world.conversations)
    assert texts.most_common(1)[0][1] == 1


def test_few_subjects_are_alike(world: World) -> None:
    subjects = Counter(conversation.subject.casefold() for conversation in world.conversations)
    assert subjects.most_common(1)[0][1] <= 3


def test_every_message_is_whole(world: World) -> None:
    for message in messages_of(world):
        assert message.text == message.text.strip() != ""
        assert not re.search(r"[{}]|\bNone\b|  |\n\n\n", message.text), message.text
        assert message.author
    for conversation in world.conversations:
        assert conversation.subject.strip() == conversation.subject != ""
        assert not conversation.messages[0].ours


def test_the_html_says_the_same(world: World) -> None:
    marked = [message for message in messages_of(world) if message.html]
    assert len(marked) > 10
    for message in marked:
        bare = html.unescape(re.sub(r"<[a-z/][^<>]{0,40}>", "", message.html))
        assert bare.split() == message.text.split()


def test_first_messages_are_short_long_small_and_merry(world: World) -> None:
    texts = [conversation.messages[0].text for conversation in world.conversations]
    assert sum("\n" not in text for text in texts) > 10, "one-liners"
    assert sum(len(text) > 700 for text in texts) > 5, "rambling"
    assert sum(text == text.lower() for text in texts) > 5, "without capitals"
    assert sum(bool(re.search("[\U0001f300-\U0001faff❤]", text)) for text in texts) > 5, "emoji"


def test_order_numbers_are_spelled_in_many_ways_or_not_at_all(world: World) -> None:
    said = [f"{c.subject} {c.messages[0].text}" for c in world.conversations if c.order is not None]
    ways = [way for way in WAYS_TO_WRITE if any(re.search(way, text) for text in said)]
    assert len(ways) >= len(WAYS_TO_WRITE) - 1, "the rarest may be missing in one world"
    assert sum(not re.search(r"\d{5}", text) for text in said) > 30


def test_whoever_names_an_order_names_their_own(world: World) -> None:
    for conversation in world.conversations:
        for message in conversation.messages:
            for ref in re.findall(r"\bLO-\d{5}\b", message.text):
                assert conversation.order is not None
                assert ref == conversation.order.ref


def test_nobody_is_real(world: World) -> None:
    addresses = [address for customer in world.customers for address in customer.addresses]
    assert len(addresses) == len(set(addresses))
    texts = [message.text for message in messages_of(world)]
    written = chain.from_iterable(ADDRESS.findall(text) for text in texts)
    for address in (*addresses, *written, world.shop.address):
        assert RESERVED.search(address), address
    assert world.shop.address.endswith("@" + world.shop.domain)
    phones = [phone for text in texts for phone in PHONE.findall(text)]
    assert phones
    assert all(FICTIONAL.fullmatch(phone) for phone in phones), phones


def test_the_shop_writes_as_its_agents(world: World) -> None:
    for conversation in world.conversations:
        agents = {message.author for message in conversation.messages if message.ours}
        assert len(agents) <= 1
        assert agents <= set(world.shop.agents)
        for message in conversation.messages:
            assert (message.address == world.shop.address) == message.ours

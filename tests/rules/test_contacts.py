"""Contacts: found plain and in disguise, at the right place, and not where there are none."""

from __future__ import annotations

import importlib
import pkgutil
import re
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from deskterm.rules.carriers import CARRIER_DOMAINS, is_carrier
from deskterm.rules.detectors import contacts
from deskterm.rules.detectors.base import OVERLAP, TEXT_CAP, Ground, Match, Reading
from deskterm.rules.detectors.contacts.numerals import spoken
from deskterm.rules.detectors.contacts.tokens import folded, tokens_of
from deskterm.rules.detectors.table import PATTERNS
from deskterm.rules.model import Draft, Parameter
from deskterm.text.matching import MatchingCopy
from tests.rules import contacts_corpus as corpus
from tests.rules.support import FACTS


def _reading(text: str, language: str | None = None, domains: tuple[str, ...] = ()) -> Reading:
    draft = Draft(text, "amazon", language=language)
    return Reading(draft, FACTS, MatchingCopy.of(text), Ground(frozenset(domains)))


def _run(name: str, reading: Reading, **given: Parameter) -> list[Match]:
    detector = contacts.DETECTORS[name]
    return list(detector.run(reading, {**detector.parameters, **given}))


def _found(text: str, name: str = "contact", **given: Any) -> list[str]:
    """The original's words that a detector marks."""
    domains = given.pop("domains", ())
    matches = _run(name, _reading(text, domains=domains), **given)
    return [text[match.start : match.end] for match in matches]


def _all(language: str, text: str) -> list[Match]:
    reading = _reading(text, language)
    return [*_run("contact", reading), *_run("contact_masking", reading)]


def _violating(kind: str) -> list[Any]:
    lines = corpus.lines(getattr(corpus, kind.upper()))
    return [pytest.param(kind, *line, id=f"{line[0]}-{line[1]}") for line in lines]


@pytest.mark.parametrize(
    ("kind", "language", "text"),
    [*_violating("email"), *_violating("phone"), *_violating("link"), *_violating("social")],
)
def test_a_contact_is_found_for_certain(kind: str, language: str, text: str) -> None:
    found = _run("contact", _reading(text, language)) + (
        _run("contact_masking", _reading(text, language)) if kind == "link" else []
    )
    assert any(match.sure and (("kind", kind) in match.details) for match in found)


@pytest.mark.parametrize(("language", "text"), corpus.lines(corpus.MASKING))
def test_a_hint_at_where_to_look_is_a_masked_contact(language: str, text: str) -> None:
    assert any(match.sure for match in _run("contact_masking", _reading(text, language)))


@pytest.mark.parametrize(("language", "text"), corpus.lines(corpus.MAYBE))
def test_what_may_be_a_contact_is_found_and_never_sure(language: str, text: str) -> None:
    found = _all(language, text)
    assert found
    assert not any(match.sure for match in found)


@pytest.mark.parametrize(("language", "text"), corpus.lines(corpus.CLEAN))
def test_what_is_no_contact_is_left_alone(language: str, text: str) -> None:
    assert _all(language, text) == []


@pytest.mark.parametrize(("language", "text"), corpus.lines(corpus.CLEAN))
def test_a_text_of_unknown_language_is_left_alone_too(language: str, text: str) -> None:
    assert not any(match.sure for match in _all("", text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Write to con\u200btact@exam\u200bple.org today", "con\u200btact@exam\u200bple.org"),
        ("Mail: info＠example．org!", "info＠example．org"),
        ("ask jane dot doe at outlook dot com please", "jane dot doe at outlook dot com"),
        ("sales (at) example (dot) net (me)", "sales (at) example (dot) net"),
        ("so: team @ example . org, ok", "team @ example . org"),
        ("mail s h o p @ e x . o r g now", "s h o p @ e x . o r g"),
        ("Call ０６ ３９ ９８ １２ ３４ now", "０６ ３９ ９８ １２ ３４"),
        ("Call 06 39 98\n12 34, thanks", "06 39 98\n12 34"),
        ("Ring +44 (0)20 7946 0182 or write", "+44 (0)20 7946 0182"),
        ("Ring (555) 555-0110 or write", "(555) 555-0110"),
        ("oui, zéro six trente-neuf 98 12 34.", "zéro six trente-neuf 98 12 34"),
        ("6️⃣ then 0️⃣6️⃣3️⃣9️⃣9️⃣8️⃣1️⃣2️⃣3️⃣4️⃣!", "0️⃣6️⃣3️⃣9️⃣9️⃣8️⃣1️⃣2️⃣3️⃣4️⃣"),
        ("See https://example.org/a?b=c, then", "https://example.org/a?b=c"),
        ("See (www.example.org/a).", "www.example.org/a"),
        ("it is on https://lampworks.exa\nmple.com/x here", "https://lampworks.exa\nmple.com/x"),
        ("example dot org slash help is it", "example dot org slash help"),
        ("Go to exаmple.org.", "exаmple.org"),
        ("insta : boutique_exemple", "insta : boutique_exemple"),
        ("area code 312, then 555, then 01 and 62.", "312, then 555, then 01 and 62"),
        ("txt (6 4 6) ... five5five ... 01 8 8 now", "(6 4 6) ... five5five ... 01 8 8"),
        ("type l-a-m-p-s.c-o-m, no dashes", "l-a-m-p-s.c-o-m"),
        ("write s-a-v-@-l-a-m-p-e-s-.-f-r now", "s-a-v-@-l-a-m-p-e-s-.-f-r"),
        ("see lamp-works , com (dots for commas)", "lamp-works , com"),
        ("Auf Pinterest heiße ich tonundfaden, ja", "Pinterest heiße ich tonundfaden"),
        ("our page \u202emoc.skrowpmal\u202c it is", "moc.skrowpmal"),
        ("\u200bour page \u202emoc.skrow\u200bpmal", "moc.skrow\u200bpmal"),
        ("text us on W.h.a.t.s.A.p.p today", "W.h.a.t.s.A.p.p"),
        ("Take our shop name, then gmail, please", "then gmail"),
    ],
)
def test_the_place_is_what_was_typed(text: str, found: str) -> None:
    assert _found(text) == [found]


def test_kinds_narrow_what_is_found() -> None:
    text = "a@example.org, 06 39 98 12 34, lampworks.com, insta: @lampworks"
    kinds = ("email", "phone", "link", "social")
    matches = _run("contact", _reading(text))
    assert [match.details for match in matches] == [(("kind", kind),) for kind in kinds]
    for kind, match in zip(kinds, matches, strict=True):
        assert _run("contact", _reading(text), kinds=(kind,)) == [match]


def test_a_link_to_an_account_is_an_account_where_links_are_allowed() -> None:
    text = "t.me/lampworks and lampworks.com"
    assert _found(text, kinds=("social",)) == ["t.me/lampworks"]
    assert _found(text, kinds=("link",)) == ["t.me/lampworks", "lampworks.com"]


@pytest.mark.parametrize(
    ("carriers", "sure"), [("ok", []), ("ask", [False, True]), ("find", [True, True])]
)
def test_links_to_carriers_are_judged_as_the_rule_says(carriers: str, sure: list[bool]) -> None:
    text = "https://www.dhl.com/track?id=1234567890 not https://dhl.com.example.org/track"
    found = [match.sure for match in _run("contact", _reading(text), carriers=carriers)]
    assert found == (sure or [True])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tous mes doudous se vendent aussi ici : boutique-exemple.fr/doudous", 1),
        ("The whole set is for sale on example.org/shop.", 1),
        ("Meine Kerzen verkaufe ich auch unter www.beispiel-shop.de/kerzen", 1),
        ("También los vendo en https://tienda.example/gorros", 1),
        ("Le tazze sono in vendita anche su negozio-esempio.it/tazze", 1),
        ("Les bougies sont en vente sur\nhttps://boutique-exemple.fr", 1),
        ("I do not sell them. The care signs are at https://care.example", 0),
        ("We don't sell at https://example.org, that is somebody else.", 0),
        ("The pattern you buy with it is at https://example.org/pattern", 0),
        ("It is sold out, as https://example.org says.", 0),
    ],
)
def test_a_rule_may_ask_for_links_to_where_things_are_sold(text: str, found: int) -> None:
    assert len(_found(text, kinds=("link",), selling=True)) == found


@pytest.mark.parametrize("host", ["dhl.de", "www.laposte.fr", "tools.usps.com", "track.dpd.co.uk"])
def test_a_carrier_is_known_by_the_end_of_its_host(host: str) -> None:
    assert is_carrier(host)
    assert not is_carrier(f"{host}.example.org")
    assert not is_carrier(f"my-{host.removeprefix('www.')}".replace(".", "-") + ".example")
    assert not CARRIER_DOMAINS & {"com", "de", "fr"}


@pytest.mark.parametrize(
    "text",
    [
        "https://www.amazon.com/returns",
        "Go to Your Orders on amazon.com, then Return.",
        "sellercentral.amazon.com/a/b",
        "amazon dot com",
        "no-reply@marketplace.amazon.com wrote to you",
    ],
)
def test_the_channels_own_sites_are_no_contacts(text: str) -> None:
    assert _found(text, domains=("amazon.com",)) == []
    assert _found(text, domains=("amazon.fr",))


@pytest.mark.parametrize(
    "text",
    [
        "https://amazon.com.example.org/x",
        "https://amazon.com@example.org/x",
        "myamazon.com",
        "https://www.amazon.com/x?to=https://lampworks.example/y",
    ],
)
def test_what_only_looks_like_the_channels_site_is_found(text: str) -> None:
    assert _found(text, domains=("amazon.com",))


def test_a_private_address_of_a_device_leads_nowhere() -> None:
    assert _found("Open http://192.168.1.1/setup and then http://fritz.box in the browser") == []


@pytest.mark.parametrize(
    ("text", "known", "said"),
    [
        ("Can the driver reach you on 06 39 98 14 60?", [], [True]),
        ("Votre numéro est-il toujours le 06 39 98 14 60 ?", [], [False]),
        ("Le livreur a le 06 39 98 14 60, numéro indiqué dans votre commande.", [], [False]),
        ("Is your mobile number still +33 6 39 98 14 60?", [], [False]),
        ("Ist Ihre Handynummer 06 39 98 14 60 richtig?", [], [False]),
        ("¿Su teléfono es el 06 39 98 14 60?", [], [False]),
        ("Il suo cellulare è 06 39 98 14 60?", [], [False]),
        ("Call us on 07700 900418 and give your phone number.", [True], [True]),
        ("Appelez-nous au 06 39 98 14 61, numéro indiqué dans votre commande.", [True], [True]),
    ],
)
def test_the_customers_own_number_is_no_contact_of_ours(
    text: str, known: list[bool], said: list[bool]
) -> None:
    """What the order has is left alone; what only words say is not sure, and never of ours."""
    for phone, found in (("+33639981460", known), ("", said)):
        facts = replace(FACTS, buyer_phone=phone)
        reading = Reading(Draft(text, "mirakl", language="fr"), facts, MatchingCopy.of(text))
        assert [match.sure for match in _run("contact", reading)] == found


def test_only_what_stands_behind_the_closing_is_signature() -> None:
    text = "Call 06 39 98 12 34.\n\nKind regards,\nKim\n06 39 98 56 78"
    assert _found(text) == ["06 39 98 12 34", "06 39 98 56 78"]
    assert _found(text, signature=True) == ["06 39 98 56 78"]
    assert _found("Bonjour, 06 39 98 12 34, merci", signature=True) == []


@pytest.mark.parametrize(
    "text",
    [
        "help at shop dot example",
        "five five five 0100199, after six",
        "name at gee mail",
        "look for us, lamp shop, at the big search engine, number on top",
        "con\u200btact@example.org",
        "www.exаmple.org",
    ],
)
def test_a_disguise_is_masking(text: str) -> None:
    assert any(match.sure for match in _run("contact_masking", _reading(text)))


@pytest.mark.parametrize(
    "text",
    [
        "contact@example.org",
        "06 39 98 12 34",
        "06\u00a039\u00a098\u00a012\u00a034",
        "https://example.org",
        "Please meet the courier at the front dot-marked entrance.",
        "We ship at 9 and again at 15 o'clock.",
        "The lamp is at the Berlin store on display.",
        "Search our eBay shop for 'shade 30 cm'.",
    ],
)
def test_what_stands_there_openly_is_no_masking(text: str) -> None:
    assert _found(text, "contact_masking") == []


@pytest.mark.parametrize(
    "text",
    [
        "[https://example.org](https://evil.example.net)",
        "[example.org/help](http://example.org.evil.example/help)",
        "<a href='https://evil.example.net'>www.example.org</a>",
        '<a class="x" href="http://evil.example.net/a"><b>example.org</b></a>',
    ],
)
def test_a_link_that_shows_another_address_is_found(text: str) -> None:
    assert len(_found(text, "link_mismatch")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "[https://example.co.uk/a](https://www.example.co.uk/b)",
        "[the manual](https://example.org/m)",
        "<a href='https://example.org'>here</a>",
        "[a.pdf](https://example.org/a.pdf) (see note)",
    ],
)
def test_a_link_with_words_or_its_own_address_is_fine(text: str) -> None:
    assert _found(text, "link_mismatch") == []


def test_a_shortener_hides_where_it_leads() -> None:
    assert _found("see bit.ly/abc and https://tinyurl.com/x", "shortener") == [
        "bit.ly/abc",
        "https://tinyurl.com/x",
    ]
    assert _found("see https://example.org/bit.ly", "shortener") == []


@pytest.mark.parametrize(
    ("text", "digits"),
    [
        ("double oh", "00"),
        ("eight hundred", "800"),
        ("twenty-one", "21"),
        ("quatre-vingt-dix-huit", "98"),
        ("soixante et onze", "71"),
        ("septante-deux", "72"),
        ("dix-sept", "17"),
        ("neununddreißig", "39"),
        ("hunderteinundsiebzig", "171"),
        ("treinta y nueve", "39"),
        ("ciento veintitrés", "123"),
        ("settantotto", "78"),
        ("centosettantuno", "171"),
        ("double 0", "00"),
        ("double-oh", "00"),
        ("deux-zéros", "00"),
        ("doppelnull", "00"),
    ],
)
def test_numbers_in_words_are_read(text: str, digits: str) -> None:
    number = spoken(tokens_of(_reading(text)), 0)
    assert number is not None
    assert number.digits == digits
    assert number.last == len(tokens_of(_reading(text))) - 1


def test_a_folded_text_is_as_long_as_it_was() -> None:
    text = "".join(map(chr, range(0x20, 0x2FFF)))
    assert len(folded(text)) == len(text)
    assert folded("Élève ÀÇÑ Straße İ") == "eleve acn straße i"


@pytest.mark.parametrize(
    "pump",
    [
        "a.", "a. ", "a.de ", "La.Es ", "a@", "a@b.c ", "a-", "(at) ", "(.) ", "a dot com ", "com ",
        "e x a . o r g ", "www.", "https://a.b/", "[a](http://b.c) ", "<a href=x>b.com", "0 ",
        "0 1 ", "06 39 ", "one two ", "quatre-vingt-dix-huit ", "800-ABCD ", "whatsapp ", "@abcd ",
        "our whatsapp ", "five5five ", "06, then ", "a-b-c-d.", "a , com ", "no spaces a . com ",
        "then a dot, then com ", "with .com after it ", "my name is on Insta ", "IG > x > ",
        "your number 06 39 98 12 34 ", "DM us ", "search google Lamp Works ", "gmail: a1 ",
        "moc.ab ", "backwards moc.ab ", "\u202emoc.ab", "\u202eab\n", "our name, then gmail ",
        "put gmail after it ", "our name put ", "same name, bird app ", "find us on the gram, ",
        "w.h.a.t.s.", "a.b ", "Insta.gram ", "ends in dot com ", "on snap, a_b ", "on snap: ",
        "firmware 1.2.3.4 ", "1.2.3.4 ", "Booking.com bag ", "The A.com bag ", "number in parts 1 ",
        "\u200b", "é.fr ",
    ],
)  # fmt: skip
def test_a_hostile_text_takes_time_in_proportion(pump: str) -> None:
    reading = _reading((pump * TEXT_CAP)[:TEXT_CAP])
    begun = time.thread_time()
    for name in contacts.DETECTORS:
        _run(name, reading)
    # Twenty times what it takes; what grows with the square takes minutes.
    assert time.thread_time() - begun < 2.0


@pytest.mark.parametrize("pump", ["a.de ", "06 39 98 12 34 x ", "a@b.de "])
def test_the_rest_of_an_endless_text_is_told_of(pump: str) -> None:
    text = (pump * TEXT_CAP)[:TEXT_CAP]
    found = _run("contact", _reading(text))
    assert found
    assert max(match.end for match in found) >= len(text.rstrip()) - len(pump)


def test_every_pattern_of_the_package_is_in_the_table() -> None:
    known = set(PATTERNS.values())
    for module in pkgutil.iter_modules(contacts.__path__, f"{contacts.__name__}."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern):
                assert value in known, f"{module.name}.{name}"
            if name == "PATTERNS" and isinstance(value, Mapping):
                assert known.issuperset(value.values()), module.name
    assert OVERLAP

"""Names, numbers and addresses in public; other people's parcels; passwords; numbers that cost."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rules.looking import look, places
from tests.rules.support import FACTS

KNOWN = replace(
    FACTS,
    buyer_name="Zoé Martin",
    buyer_phone="+33 6 39 98 55 66",
    own_values=frozenset({"CMD-9917", "L-40"}),
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Bonjour Zoé Martin !", ["Zoé Martin"]),
        ("Bonjour ZOE  MARTIN !", []),
        ("Bonjour zoe martin !", ["zoe martin"]),
        ("Bonjour Zoé !", []),
        ("We rang +33 6 39 98 55 66.", ["+33 6 39 98 55 66"]),
        ("The order CMD-9917 left.", ["CMD-9917"]),
        ("CMD-99171 is another one.", []),
        ("Your order 100045 left.", ["100045"]),
        ("Votre commande n° AB-20931 est partie.", ["AB-20931"]),
        ("Ihre Bestellnummer: 4711-882.", ["4711-882"]),
        ("Su pedido 55812 ha salido.", ["55812"]),
        ("Il suo ordine 77120 è partito.", ["77120"]),
        ("It is RR123456785FR.", ["RR123456785FR"]),
        ("In order 3 pieces.", []),
        ("We are open from 9 to 18, 39,90 € each.", []),
        ("Write to aide@shop.example with your order number.", []),
    ],
)
def test_what_says_who_somebody_is(text: str, found: list[str]) -> None:
    matches = look("personal_data", text, KNOWN)
    assert places(matches, text) == found
    assert all(match.sure for match in matches)


@pytest.mark.parametrize(
    "text",
    [
        "We bring it to 12 rue des Lilas.",
        "It went to 5 bis, avenue Foch.",
        "Delivered at 48 Station Road.",
        "Es ging an die Bahnhofstraße 12.",
        "Es ging an die Bahnhofstrasse 12.",
        "Lo enviamos a la calle Mayor 7.",
        "Inviato in via Garibaldi 22.",
    ],
)
def test_a_street_with_a_number_is_asked_about(text: str) -> None:
    assert [match.sure for match in look("personal_data", text)] == [False]


@pytest.mark.parametrize(
    "text",
    [
        "Take place 3 times a week.",
        "Two screws drive it in.",
        "Der Weg ist kurz, 3 Minuten.",
        "You get 2 for 1 on the road.",
        "Nous avons 3 couleurs en place.",
    ],
)
def test_words_that_only_look_like_a_street(text: str) -> None:
    assert look("personal_data", text) == []


def test_a_name_of_one_part_is_what_the_public_sees() -> None:
    for name in ("Zoé", "Zoé M.", ""):
        assert look("personal_data", f"Bonjour {name}", replace(FACTS, buyer_name=name)) == []


@pytest.mark.parametrize(
    ("own", "found"),
    [
        ({"CMD-9917"}, ["RR123456785FR"]),
        ({"CMD-9917", "RR123456785FR"}, []),
        ({"rr 123 456 785 fr"}, []),
        (set[str](), []),
    ],
)
def test_a_tracking_number_belongs_to_the_order(own: set[str], found: list[str]) -> None:
    text = "Your number is RR123456785FR."
    matches = look("foreign_tracking", text, replace(FACTS, own_values=frozenset(own)))
    assert places(matches, text) == found
    assert not any(match.sure for match in matches)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Your password is Orion2026.", ["Orion2026."]),
        ("Password: blue-4512", ["blue-4512"]),
        ("Votre mot de passe provisoire est « Lune-58 »", ["Lune-58"]),
        ("Das neue Passwort lautet Mond-77", ["Mond-77"]),
        ("Su contraseña es Sol-2027", ["Sol-2027"]),
        ("La sua password è Mare88", ["Mare88"]),
        ("Ihr Kundenkennwort lautet Mond!77", ["Mond!77"]),
        ("Das Startpasswort: Mond-77", ["Mond-77"]),
        ("Votre mdp : Lune58", ["Lune58"]),
        ("La parola d'ordine è Mare88", ["Mare88"]),
        ("Use Orion2026 as your password.", ["Orion2026"]),
        ("Melden Sie sich mit „Mond-77“ als Passwort an.", ["Mond-77"]),
        ("Entrez Lune58 comme mot de passe.", ["Lune58"]),
        ("Use eight letters and 2 digits as your password.", []),
        ("Use 4471 as the reference, not as a password.", []),
        ("Ihr Passwort hat mindestens 8 Zeichen.", []),
        ("Your password is case-sensitive.", []),
        ("Your password is 8 characters long.", []),
        ("The password is never shown.", []),
        ("Mot de passe oublié : cliquez ici.", []),
    ],
)
def test_a_password_that_is_told(text: str, found: list[str]) -> None:
    assert places(look("secret_told", text), text) == found


def test_a_link_behind_the_word_is_asked_about() -> None:
    text = "New password: https://shop.example/reset/81"
    assert [match.sure for match in look("secret_told", text)] == [False]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Appelez le 0892 00 00 00.", ["0892 00 00 00"]),
        ("Appelez le 08.25.12.34.56", ["08.25.12.34.56"]),
        ("Call +33 (0)8 99 00 00 00.", ["+33 (0)8 99 00 00 00"]),
        ("Call 0033 8 10 00 00 00.", ["0033 8 10 00 00 00"]),
        ("Premium line 3260", ["3260"]),
        ("Composez le 32 60 (0,40 €/min).", ["32 60", "0,40 €/min"]),
        ("It is 80 cts par minute.", ["80 cts par minute"]),
        ("01 00 00 00 00", []),
        ("0 805 00 00 00, appel gratuit", []),
        ("0809 00 00 00", []),
        ("09 00 00 00 00", []),
        ("The number 3260 of 2026, 39,90 € a lamp, 5 min.", []),
        ("Réf. 10892000000", []),
    ],
)
def test_numbers_that_cost_more_than_a_call(text: str, found: list[str]) -> None:
    matches = look("premium_number", text)
    assert places(matches, text) == found
    assert all(match.sure for match in matches)


@pytest.mark.parametrize("text", ["Appelez le 3201.", "0820 00 00 00, appel gratuit"])
def test_a_number_that_may_cost_is_asked_about(text: str) -> None:
    assert [match.sure for match in look("premium_number", text)] == [False]

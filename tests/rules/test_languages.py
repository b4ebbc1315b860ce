"""The detector `language`: the reply against the customer's language, or the channel's."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deskterm.rules.detectors.base import Match, Reading
from deskterm.rules.detectors.table import DETECTORS
from deskterm.rules.model import Draft
from deskterm.text.matching import MatchingCopy
from tests.rules.support import FACTS


def find(text: str, buyer: str | None = None, allowed: tuple[str, ...] = ()) -> list[Match]:
    facts = replace(FACTS, buyer_language=buyer)
    reading = Reading(Draft(text, "amazon"), facts, MatchingCopy.of(text))
    return list(DETECTORS["language"].run(reading, {"allowed": allowed}))


ANSWERS = {
    "en": "Your parcel leaves tomorrow and should reach you on Friday.",
    "fr": "Votre colis part demain et devrait arriver vendredi.",
    "de": "Ihr Paket geht morgen raus und sollte am Freitag da sein.",
    "es": "Su paquete sale mañana y debería llegar el viernes.",
    "it": "Il suo pacco parte domani e dovrebbe arrivare venerdì.",
    "nl": "Uw pakket vertrekt morgen en zou vrijdag moeten aankomen.",
}


@pytest.mark.parametrize("buyer", ANSWERS)
@pytest.mark.parametrize("written", ANSWERS)
def test_another_language_than_the_customers_is_found(written: str, buyer: str) -> None:
    text = ANSWERS[written]
    found = find(text, buyer)
    assert found == (
        []
        if written == buyer
        else [Match(0, len(text), details=(("language", written), ("wanted", buyer)))]
    )


def test_allowed_languages_stand_before_the_customers() -> None:
    assert find(ANSWERS["de"], "de", ("en",))
    assert not find(ANSWERS["en"], "de", ("en",))
    assert not find(ANSWERS["fr"], None, ("en", "fr"))
    (match,) = find(ANSWERS["de"], None, ("en", "fr"))
    assert dict(match.details) == {"language": "de", "wanted": "en, fr"}


def test_what_is_not_known_is_not_found() -> None:
    assert not find(ANSWERS["de"])
    assert not find("", "fr")


def test_a_region_does_not_matter() -> None:
    assert not find(ANSWERS["fr"], "fr-CA")
    assert find(ANSWERS["fr"], "en_GB")


def test_a_language_beyond_the_six_is_another_one() -> None:
    assert find(ANSWERS["en"], "pl")


@pytest.mark.parametrize(
    ("buyer", "text"),
    [
        ("fr", "OK!"),
        ("en", "e x a m p l e . o r g"),
        ("fr", "Thanks, Anna"),
        ("de", "Tracking: 1Z12345E0205271688"),
        ("it", "https://example.org/where/is/my/order"),
        ("es", "LO-12345"),
        ("fr", "Samsung Galaxy Watch"),
        ("fr", "La coque « Keep Calm and Carry On » part demain."),
        ("fr", "Votre modèle Stainless Steel Sport Watch arrive bientôt."),
        ("de", "Wir senden Ihnen das Buch „The Girl Who Was There“ heute noch zu."),
        ("en", "We've sent you the Petite Maison de Papier, and it arrives on Friday."),
        ("it", "Il codice NEW LOOK è scritto sull'etichetta del pacco."),
        ("es", "Le hemos enviado un e-mail con el label de devolución."),
        ("fr", "> Where is my order? I have been waiting for it.\nVotre colis part demain."),
    ],
)
def test_short_texts_names_and_quotations_say_nothing(buyer: str, text: str) -> None:
    assert find(text, buyer) == []


def test_a_reply_in_two_languages_is_not_sure_where_the_right_one_comes_first() -> None:
    second = " ".join([ANSWERS["en"]] * 3)
    (match,) = find(f"{ANSWERS['fr']}\n\n{second}", "fr")
    assert not match.sure
    (match,) = find(f"{second}\n\n{ANSWERS['fr']}", "fr")
    assert match.sure


def test_the_place_is_in_the_original() -> None:
    text = "\n  " + ANSWERS["fr"].replace("colis", "co\u200blis") + " \n"
    (match,) = find(text, "en")
    assert text[match.start : match.end] == text.strip()

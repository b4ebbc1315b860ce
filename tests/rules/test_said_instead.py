"""What topics say instead of what they find: every sentence passes, and takes the place of it."""

from __future__ import annotations

import pytest

from deskterm.rules.engine import check
from deskterm.rules.fixes import offered
from deskterm.rules.library import bundled_packs, packs_for
from deskterm.rules.model import Draft
from deskterm.rules.wording.topics import LANGUAGES, topic, topic_names
from deskterm.text.language import guess
from tests.rules.support import FACTS

#: Rules that ask for one language, which is for the one who writes to choose.
_OF_LANGUAGE = {"octopia.french", "walmart.language_en"}
_SENTENCES = {
    (name, language): sentence
    for name in topic_names()
    for language, sentence in topic(name).instead.items()
}


def test_a_topic_has_words_in_all_languages_or_in_none() -> None:
    spoken = {name: set(topic(name).instead) for name in topic_names()}
    assert {name for name, has in spoken.items() if has and has != set(LANGUAGES)} == set()
    assert sum(bool(has) for has in spoken.values()) > 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_are_in_their_language(language: str) -> None:
    mine = [text for (_, code), text in _SENTENCES.items() if code == language]
    assert guess("\n".join(mine)).language == language
    assert [text for text in mine if not text.endswith(".")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_pass_every_rule_of_every_channel(language: str) -> None:
    packs = bundled_packs()
    told = [
        (sentence, finding.rule)
        for sentence in sorted({text for (_, code), text in _SENTENCES.items() if code == language})
        for finding in check(Draft(sentence, "email"), FACTS, packs, budget_ms=60_000).findings
        if finding.rule not in _OF_LANGUAGE
    ]
    assert told == []


@pytest.mark.parametrize(
    ("channel", "text", "after"),
    [
        (
            "ebay",
            "Hello Ann, call me so that we settle the sale outside eBay. Kind regards",
            "Hello Ann,\n\nYour order and its payment stay here, as usual. Kind regards",
        ),
        (
            "mirakl",
            "Bonjour,\n\nÉcrivez-nous plutôt sur WhatsApp. Cordialement",
            "Bonjour,\n\nVous pouvez nous joindre ici à tout moment en répondant à ce message. "
            "Cordialement",
        ),
        (
            "google_reviews",
            "Danke für Ihren Besuch. Bitte löschen Sie diese Bewertung.",
            "Danke für Ihren Besuch. Danke, dass Sie uns offen gesagt haben, was Sie denken.",
        ),
        (
            "email",
            "Mándenos el número de su tarjeta y el CVV. Un saludo, Ana",
            "Nunca necesitamos los datos de su tarjeta ni sus contraseñas. Un saludo, Ana",
        ),
        (
            "etsy",
            "Buongiorno! Le regaliamo un bracciale in cambio di una recensione positiva.",
            "Buongiorno! Se qualcosa non va, ce lo dica, per favore, e cercheremo una soluzione.",
        ),
    ],
)
def test_they_take_the_place_of_the_sentence(channel: str, text: str, after: str) -> None:
    assert _fixed(text, channel) == after


def test_said_already_the_sentence_only_goes() -> None:
    said = _SENTENCES["off_platform", "en"]
    text = f"{said} We can settle the sale outside eBay. Kind regards"
    assert _fixed(text, "ebay") == f"{said} Kind regards"


def test_of_an_unknown_language_nothing_is_said_instead() -> None:
    fixed = _fixed("Hola! Paypal me please, 20 €, ok?", "ebay")
    assert fixed not in [f"Hola! {sentence}" for sentence in _SENTENCES.values()]


def _fixed(text: str, channel: str) -> str | None:
    draft, packs = Draft(text, channel), packs_for(channel)
    result = check(draft, FACTS, packs, budget_ms=60_000)
    finding = next(one for one in result.findings if one.fix in ("swap", "mask"))
    fix = offered(draft, FACTS, packs, finding, before=result)
    return None if fix is None else fix.applied(text)

"""The bundled lexicon: whole in six languages, clean, and right about what is said and refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import pytest

from deskterm.macros.lexicon import Entries, Lexicon, load_lexicon, read_entries
from deskterm.macros.phrases import folded
from deskterm.macros.words import sentences

LANGUAGES = ("en", "fr", "de", "es", "it", "nl")
#: Concepts that are about one small thing have few ways to be said.
FEWEST = 3


@cache
def lexicon() -> Lexicon:
    return load_lexicon()[0]


def entries() -> Entries:
    return read_entries(files("deskterm.macros").joinpath("lexicon.toml"))[0]


def every_list() -> Iterator[tuple[str, tuple[str, ...]]]:
    """The lists of all concepts with what they are called in a message of a test."""
    for concept, languages in entries().items():
        for language, written in languages.items():
            yield f"{concept}.{language}", tuple(written)


def concepts_in(text: str) -> set[str]:
    return {found.concept for each in sentences(text) for found in lexicon().found(each)}


def test_it_is_read_without_a_problem() -> None:
    assert load_lexicon()[1] == ()


def test_every_concept_has_entries_in_six_languages() -> None:
    few = {
        f"{concept}.{language}"
        for concept, languages in entries().items()
        for language in LANGUAGES
        if len(languages.get(language, ())) < FEWEST
    }
    assert not few
    assert {language for each in entries().values() for language in each} == set(LANGUAGES)


def test_no_list_says_the_same_twice() -> None:
    twice = [
        (name, entry)
        for name, written in every_list()
        for entry, times in Counter(folded(each) for each in written).items()
        if times > 1
    ]
    assert not twice


def test_entries_hold_no_numbers_which_messages_do_not_keep() -> None:
    assert not [
        (name, entry)
        for name, written in every_list()
        for entry in written
        if any(character.isdigit() for character in entry)
    ]


def test_entries_have_no_stray_signs_or_spaces() -> None:
    wrong = [
        (name, entry)
        for name, written in every_list()
        for entry in written
        if entry != " ".join(entry.split())
        or entry.count(" + ") > 1
        or "+" in entry.replace(" + ", "")
        or any("*" in word[:-1] or word == "*" for word in entry.split())
    ]
    assert not wrong


def test_beginnings_are_long_enough_to_mean_something() -> None:
    short = [
        (name, entry)
        for name, written in every_list()
        for entry in written
        for word in entry.split()
        if word.endswith("*") and len(word) < 4
    ]
    assert not short


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("i want my money back", "refund"),
        ("je voudrais être remboursée", "refund"),
        ("ich warte auf die rückerstattung", "refund_wait"),
        ("cuándo me devolvéis el dinero", "refund"),
        ("vorrei il rimborso", "refund"),
        ("ik wil mijn geld terug", "refund"),
        ("the tracking hasn't moved since monday", "stuck"),
        ("le suivi n'avance plus", "stuck"),
        ("die sendungsverfolgung bewegt sich nicht", "stuck"),
        ("el paquete lleva días parado", "stuck"),
        ("il pacco è fermo da giorni", "stuck"),
        ("de track en trace staat stil", "stuck"),
        ("can i have it in the next size, it is too small", "fit"),
        ("c'est trop petit", "fit"),
        ("leider zu klein", "fit"),
        ("me queda pequeño", "fit"),
        ("mi sta stretto", "fit"),
        ("het is te klein", "fit"),
        ("please delete my account", "privacy"),
        ("merci de supprimer mon compte", "privacy"),
        ("bitte löschen sie meine daten", "privacy"),
        ("i put the wrong house number in the address", "address_change"),
        ("je me suis trompé d'adresse", "address_change"),
        ("ich habe die falsche adresse angegeben", "address_change"),
        ("i am going to contact my lawyer", "legal_threat"),
        ("je vais saisir mon avocat", "legal_threat"),
        ("ich gehe zum anwalt", "legal_threat"),
        ("llamaré a mi abogado", "legal_threat"),
        ("mi rivolgo al mio avvocato", "legal_threat"),
        ("ik schakel een advocaat in", "legal_threat"),
    ],
)
def test_what_is_meant_is_heard(text: str, concept: str) -> None:
    assert concept in concepts_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "it says delivered but nothing came",
        "le colis est indiqué livré et je n'ai rien reçu",
        "laut dhl zugestellt aber nichts bekommen",
        "figura como entregado pero no he recibido nada",
        "risulta consegnato ma non ho ricevuto niente",
        "er staat bezorgd maar ik heb niks ontvangen",
    ],
)
def test_delivered_and_not_there_is_a_concept_of_its_own(text: str) -> None:
    assert "delivered_not_there" in concepts_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "my parcel has not been delivered yet",
        "ma commande n'est toujours pas livrée",
        "das paket wurde noch nicht zugestellt",
        "todavía no han entregado el paquete",
        "il pacco non è ancora stato consegnato",
        "het pakket is nog niet bezorgd",
    ],
)
def test_not_delivered_yet_is_another_one(text: str) -> None:
    found = concepts_in(text)
    assert "not_yet" in found
    assert "delivered_not_there" not in found


@pytest.mark.parametrize(
    "text",
    [
        "dans l'attente de votre retour, bien à vous",
        "je cherche une veste pour mon mari",
        "what is the weather like in spain",
        "bonne idée, c'est très bon",
        "i met a person with a lot of stuff",
    ],
)
def test_words_of_one_language_are_not_taken_for_those_of_another(text: str) -> None:
    found = concepts_in(text)
    assert not found & {"return", "return_how", "lost", "size", "invoice", "promo", "complaint"}


def test_thanks_beforehand_are_no_complaint_and_no_answer() -> None:
    assert not concepts_in("thanks in advance for your answer") & {"complaint", "no_answer"}


@pytest.mark.parametrize(
    ("parcel", "paper"),
    [
        ("the parcel seems to be lost", "i lost the email with my order number"),
        ("mon colis semble perdu", "j'ai perdu le ticket de caisse"),
        ("das paket ist verloren gegangen", "ich habe die rechnung verloren"),
        ("se ha perdido mi pedido", "he perdido la contraseña"),
        ("il pacco è andato perso", "ho perso lo scontrino"),
        ("mijn pakket is kwijt", "ik ben mijn wachtwoord kwijt"),
    ],
)
def test_a_parcel_is_lost_otherwise_than_a_paper(parcel: str, paper: str) -> None:
    assert "lost" in concepts_in(parcel)
    assert "lost" not in concepts_in(paper)

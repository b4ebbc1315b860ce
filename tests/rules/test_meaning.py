"""What a sentence means is told for sentences that nobody has written before."""

from __future__ import annotations

import json
from importlib.resources import files

import pytest

from deskterm.rules.wording.meaning import CERTAIN, FILE, LIKELY, NONE, Meant, model
from deskterm.rules.wording.sentences import Sentences
from deskterm.rules.wording.topics import topic, topic_names
from meanings.corpus import SENTENCES, digest, sentences
from tests.rules.looking import look

#: In no file of sentences; most are found by no phrase.
MEANT = (
    ("off_platform", "You could drop the marketplace order and settle up with my cousin by Zelle."),
    (
        "off_platform",
        "Laissez tomber la commande, vous me réglez en liquide et on gagne tous les deux.",
    ),
    (
        "off_platform",
        "Stornieren Sie hier, im Laden kostet das Regal 40 Euro weniger bei Barzahlung.",
    ),
    ("other_channel", "Would you mind moving this over to Telegram, I hardly open this inbox."),
    ("other_channel", "On poursuit sur Instagram, je ne regarde presque jamais cette messagerie."),
    ("other_channel", "Le mando las fotos por WhatsApp, aquí no me deja subirlas."),
    (
        "review_incentive",
        "Lift your rating to five stars and a second pair of gloves is yours for free.",
    ),
    ("review_incentive", "Appena la recensione passa a cinque stelle le rimborso metà del prezzo."),
    (
        "review_pressure",
        "Enlevez votre avis négatif s'il vous plaît, il nous fait beaucoup de tort.",
    ),
    ("promotion", "Our whole winter range is 30 % off until Sunday, have a look around."),
)
FINE = (
    "Your parcel was scanned in Lyon this morning and should arrive on Thursday.",
    "Le remboursement de 24 € part par Amazon, sous trois à cinq jours ouvrés.",
    "Drehen Sie die drei Schrauben von unten ein und ziehen Sie sie erst am Ende fest.",
    "El filtro se lava con agua fría y se deja secar un día entero.",
    "Il cavo è lungo due metri, la spina è quella italiana.",
    "Thanks for the pictures, the crack is clear to see, a new glass leaves tomorrow.",
)


def _meant(text: str) -> list[Meant]:
    return list(model().meant(Sentences(text)))


@pytest.mark.parametrize(("name", "text"), MEANT)
def test_what_a_new_sentence_means_is_found(name: str, text: str) -> None:
    assert text not in {line for line, _ in sentences()}
    assert {one.topic for one in _meant(text)} == {name}
    assert look("wording", text, topics=(name,))


def test_most_of_it_is_found_for_certain() -> None:
    sure = [match.sure for name, text in MEANT for match in look("wording", text, topics=(name,))]
    assert sum(sure) >= 0.8 * len(MEANT)


@pytest.mark.parametrize("text", FINE)
def test_ordinary_replies_mean_nothing_forbidden(text: str) -> None:
    assert _meant(text) == []


def test_the_words_that_say_it_are_told() -> None:
    text = "Thank you for your patience. Cancel it here and pay me by bank transfer, it is cheaper."
    read = Sentences(text)
    found = max(model().meant(read), key=lambda one: one.likely)
    shown = text[read.spans[found.first][0] : read.spans[found.last][1]]
    assert "bank transfer" in shown
    assert "patience" not in shown


def test_it_stands_among_other_sentences() -> None:
    name, sentence = MEANT[0]
    text = " ".join((*FINE, sentence, *FINE))
    assert name in {one.topic for one in _meant(text)}


@pytest.mark.parametrize("text", ["", " ", "?!", "1 2 3", "★★★", "x" * 5_000, "a " * 5_000])
def test_texts_without_sentences_mean_nothing(text: str) -> None:
    assert all(one.likely <= 1 for one in _meant(text))


def test_what_a_phrase_denies_is_not_taken_for_meant() -> None:
    text = "Never pay by bank transfer outside the marketplace, not even if it is cheaper."
    assert topic("off_platform").denied(Sentences(text)) == {0}
    assert look("wording", text, topics=("off_platform",)) == []


def test_what_is_denied_in_one_sentence_is_found_in_another() -> None:
    denied = "Never pay by bank transfer outside the marketplace, not even if it is cheaper."
    for text in (f"{denied} {MEANT[0][1]}", f"{MEANT[0][1]} {denied}"):
        matches = look("wording", text, topics=("off_platform",))
        assert [text.index("Never") <= one.start < text.index("cheaper") for one in matches] == [
            False
        ]


def test_each_place_is_told_though_another_is_certain() -> None:
    fine = " ".join(FINE)
    said = [text for name, text in MEANT if name == "off_platform"][:2]
    text = f"{said[0]} {fine} {said[1]}"
    matches = look("wording", text, topics=("off_platform",))
    assert len(matches) == 2
    assert matches[0].end < text.index(fine) + len(fine) < matches[1].end


def test_the_weights_are_of_the_sentences_that_are_there() -> None:
    head = files("deskterm.rules.wording").joinpath(FILE).read_bytes().partition(b"\n")[0]
    assert json.loads(head)["sentences"] == digest(), "run `python -m meanings`"


def test_every_file_of_sentences_is_a_topic() -> None:
    names = {file.stem for file in SENTENCES.glob("*.txt")}
    assert names - {NONE} <= set(topic_names())
    assert names == set(model().classes)


def test_no_sentence_stands_twice() -> None:
    lines = [line.casefold() for line, _ in sentences()]
    assert len(lines) == len(set(lines))


def test_certain_is_more_than_likely() -> None:
    assert 0.5 < LIKELY < CERTAIN < 1

"""Telling languages apart: by words, by letters, and by saying nothing where nothing is sure."""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskterm.text.language import LANGUAGES, LOOKED_AT, guess, is_little, knows, language_of
from languages.__main__ import TABLE, table

SENTENCES: dict[str, list[str]] = {
    "en": [
        "Hello, where is my order? I have been waiting for a week.",
        "the zip broke after two days of wearing it",
        "Could you tell me whether these boots run small?",
        "I'd rather keep the rug if you take something off the price",
        "nobody rang the bell but the app claims it was handed over",
        "Is the blue one back in stock soon?",
        "My sister got the wrong colour, what shall we do",
        "cant log in since yesterday, please advise",
        "Half of the set is missing and the box was wet.",
        "We posted your replacement this morning.",
        "thank you so much for the quick answer",
        "Please cancel it, I found another one.",
    ],
    "fr": [
        "Bonjour, où est ma commande ? Je n’ai toujours rien reçu.",
        "la fermeture a lâché au bout de deux jours",
        "Est-ce que ces bottes taillent petit ?",
        "j'ai pas recu mon colis alors que le suivi dit livre",
        "Personne n'a sonné, pourtant c'est marqué remis en main propre",
        "Le bleu sera-t-il bientôt de retour en stock ?",
        "vous m'avez envoyé la mauvaise couleur",
        "impossible de me connecter depuis hier soir",
        "Il manque la moitié du lot et le carton était trempé.",
        "Votre échange est parti ce matin.",
        "merci beaucoup pour votre réponse rapide",
        "Annulez tout, j'en ai trouvé un autre.",
    ],
    "de": [
        "Hallo, wo ist meine Bestellung? Ich habe noch nichts bekommen.",
        "der Reißverschluss ist nach zwei Tagen kaputt",
        "Fallen diese Stiefel eher klein aus?",
        "ich wurde den Teppich behalten wenn Sie mir etwas nachlassen",
        "Niemand hat geklingelt, obwohl es als übergeben gilt",
        "Kommt der blaue bald wieder rein?",
        "Meine Schwester hat die falsche Farbe bekommen",
        "kann mich seit gestern nicht mehr einloggen",
        "Die Hälfte vom Set fehlt und der Karton war nass.",
        "Ihr Ersatz ging heute früh raus.",
        "vielen dank für die schnelle antwort",
        "Bitte stornieren, ich habe einen anderen gefunden.",
    ],
    "es": [
        "Hola, ¿dónde está mi pedido? Todavía no ha llegado.",
        "la cremallera se rompió a los dos días",
        "¿Estas botas tallan pequeño?",
        "me quedo la alfombra si me rebajan algo",
        "Nadie llamó al timbre y pone que está entregado",
        "¿Volverá pronto el azul?",
        "me habéis mandado el color que no era",
        "no puedo entrar desde ayer por la noche",
        "Falta la mitad del juego y la caja venía mojada.",
        "Su cambio ha salido esta mañana.",
        "muchas gracias por responder tan rápido",
        "Cancélelo, por favor, ya encontré otro.",
    ],
    "it": [
        "Buongiorno, dove è il mio ordine? Non è ancora arrivato.",
        "la cerniera si è rotta dopo due giorni",
        "Questi stivali calzano piccolo?",
        "tengo il tappeto se mi fate uno sconto",
        "Nessuno ha suonato ma risulta consegnato",
        "Quello blu torna presto?",
        "mi avete mandato il colore sbagliato",
        "non riesco ad entrare da ieri sera",
        "Manca metà del set e la scatola era bagnata.",
        "Il suo cambio è partito stamattina.",
        "grazie mille per la risposta veloce",
        "Annullate pure, ne ho trovato un altro.",
    ],
    "nl": [
        "Hallo, waar is mijn bestelling? Ik heb nog niets van u gehoord.",
        "de rits ging na twee dagen stuk",
        "Vallen deze laarzen klein uit?",
        "ik hou het kleed als er wat van de prijs af gaat",
        "Niemand heeft aangebeld maar het staat als bezorgd",
        "Komt de blauwe snel weer binnen?",
        "Mijn zus kreeg de verkeerde kleur",
        "kan sinds gisteren niet meer inloggen",
        "De helft van de set ontbreekt en de doos was nat.",
        "Uw vervanging is vanochtend vertrokken.",
        "heel erg bedankt voor het snelle antwoord",
        "Annuleer maar, ik heb een andere gevonden.",
    ],
}
SHORT: dict[str, list[str]] = {
    "en": ["thank you", "where is it?", "not received yet", "wrong size", "Good morning"],
    "fr": ["merci", "toujours rien reçu", "où est mon colis", "mauvaise taille", "Bonjour"],
    "de": ["vielen Dank", "wo bleibt es", "falsche Größe", "noch nichts da", "Guten Tag"],
    "es": ["muchas gracias", "¿dónde está?", "talla equivocada", "aún nada", "Buenos días"],
    "it": ["grazie mille", "dov'è il pacco?", "taglia sbagliata", "ancora niente", "Buongiorno"],
    "nl": ["dank je wel", "waar blijft het?", "verkeerde maat", "nog niets gehad", "Goedemorgen"],
}


def _pairs(table: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(language, text) for language, texts in table.items() for text in texts]


@pytest.mark.parametrize(("language", "text"), _pairs(SENTENCES))
def test_a_sentence_tells_its_language(language: str, text: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(("language", "text"), _pairs(SHORT))
def test_a_few_words_are_mostly_enough(language: str, text: str) -> None:
    assert guess(text).language == language


def test_few_words_are_told_surely_where_they_are_clear() -> None:
    told = [language_of(text) == language for language, text in _pairs(SHORT)]
    assert sum(told) / len(told) >= 0.9


@pytest.mark.parametrize(
    "text",
    ["", "   ", "LO-12345", "??", "e x a m p l e", "ok", "OK!", "hallo", "no", "Anna Example",
     "https://example.org/is/it", "parts@example.org", "iPhone 15 Pro 256",
     "中村さん、ランプが割れていました", "Где мой заказ?"],
)  # fmt: skip
def test_what_tells_nothing_has_no_language(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize(
    "text",
    ["Siparişim nerede acaba, hâlâ gelmedi", "Gdzie jest moja przesyłka, czekam tydzień",
     "Missä minun tilaukseni viipyy?", "Hol van a rendelésem, már egy hete várok rá"],
)  # fmt: skip
def test_other_languages_are_none_of_the_six(text: str) -> None:
    assert language_of(text) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", 'Je cherche le livre "The Girl Who Was There" pour ma fille'),
        ("de", "Ich suche den Film „Between the Days and the Nights“ für meine Frau"),
        ("it", "Cerco il disco «All the Things You Are» per mio padre"),
        ("es", "Busco el modelo Summer Night Dream de la marca Example"),
        ("en", "I ordered La Casa de Papel and Le Petit Prince for my mother"),
        ("fr", "La montre Stainless Steel Sport Watch est arrivée rayée"),
    ],
)
def test_names_and_quotations_do_not_count(language: str, text: str) -> None:
    assert language_of(text) == language


def test_words_in_capitals_count_where_all_are() -> None:
    assert language_of("WHERE IS MY PARCEL, I WANT MY MONEY BACK") == "en"
    assert language_of("OÙ EST MON COLIS ???") == "fr"


def test_numbers_and_addresses_are_no_words() -> None:
    text = "parts@the.example and https://from.example/with/your order"
    assert guess(text).words < guess(text.replace("@", " ").replace("/", " ")).words


def test_only_the_beginning_is_looked_at() -> None:
    english = "where is my order and what is the status of it. "
    text = english * (LOOKED_AT // len(english) + 1) + "où est ma commande et je suis " * 9_000
    assert language_of(text) == "en"


def test_a_guess_tells_how_strong_it_is() -> None:
    strong = guess("Where is my parcel? I have been waiting for it since last week.")
    weak = guess("super")
    assert strong.sure
    assert strong.words == 12
    assert strong.strength > 10 > weak.strength
    assert 0 <= weak.known <= 1
    assert guess("12345") == guess("")


def test_words_of_a_language_are_known() -> None:
    assert knows("colis", "fr")
    assert knows("recu", "fr")
    assert not knows("colis", "de")
    assert is_little("the", "en")
    assert not is_little("parcel", "en")
    assert not any(knows("qqzzx", language) for language in LANGUAGES)


def test_a_text_takes_no_longer_than_half_a_millisecond() -> None:
    texts = [text for _, text in _pairs(SENTENCES)]
    for text in texts:
        language_of(text)
    begun = time.thread_time()
    for text in texts:
        language_of(text)
    assert (time.thread_time() - begun) / len(texts) < 0.0005


def test_the_table_is_made_from_the_lists() -> None:
    assert TABLE.read_text(encoding="utf-8") == table()
    assert TABLE.stat().st_size < 200_000


_SHARED = Path(__file__).parents[3] / "shared" / "data"


def _measured(name: str) -> Iterator[tuple[str, str]]:
    file = _SHARED / name / "dev.jsonl.gz"
    if not file.exists():
        pytest.skip("the shared data is not here")
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["lang"], row["text"]


@pytest.mark.parametrize(("name", "least"), [("fr_shop_chat", 0.99), ("shop30", 0.99)])
def test_messages_to_shops_of_five_words_and_more(name: str, least: float) -> None:
    told = [language_of(t) == lang for lang, t in _measured(name) if len(t.split()) >= 5]
    assert sum(told) / len(told) >= least


def test_sentences_full_of_foreign_titles() -> None:
    rows = [(lang, t) for lang, t in _measured("xsid_langid") if lang in LANGUAGES]
    guessed = [guess(text).language == language for language, text in rows]
    wrong = [language_of(text) not in (language, None) for language, text in rows]
    short = [guess(t).language == lang for lang, t in rows if len(t.split()) <= 3]
    assert sum(guessed) / len(guessed) >= 0.95
    assert sum(wrong) / len(wrong) <= 0.03
    assert sum(short) / len(short) >= 0.95


def test_languages_that_only_look_alike_are_mostly_not_told() -> None:
    rows = [text for lang, text in _measured("xsid_langid") if lang in ("da", "tr")]
    assert sum(language_of(text) is None for text in rows) / len(rows) >= 0.8

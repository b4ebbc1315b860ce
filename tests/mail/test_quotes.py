"""The new text of a reply."""

from __future__ import annotations

import time

import pytest

from deskterm.mail.fallback import parse_full
from deskterm.mail.html import to_text
from deskterm.mail.quotes import HiddenLines, split_quotes
from tests.mail.mails import fixture_files

_NEW = "Bonjour,\nToujours rien reçu.\n\nMerci"
_OLD = "Votre colis est parti.\nCordialement"
_QUOTED = "> Votre colis est parti.\n>\n> Cordialement"
_GIVEN_UP = 10.0

ATTRIBUTIONS = [
    "On Tue, Nov 17, 2026 at 9:12 AM Aide <aide@shop.example> wrote:",
    "On Tue, Nov 17, 2026 at 9:12 AM Aide Boutique\n<aide@shop.example> wrote:",
    "On 17 Nov 2026, at 09:12, Aide\n<aide@shop.example>\nwrote:",
    "Le mar. 17 nov. 2026 à 09:12, Aide <aide@shop.example> a écrit :",
    "Le mar. 17 nov. 2026 à 09:12, Aide Boutique <aide@shop.example>\na écrit :",
    "Le 17/11/2026 à 09:12, Aide a écrit\u00a0:",
    "Am Di., 17. Nov. 2026 um 09:12 Uhr schrieb Aide <aide@shop.example>:",
    "Am 17.11.2026 um 09:12 schrieb Aide:",
    "El mar, 17 nov 2026 a las 9:12, Aide (<aide@shop.example>) escribió:",
    "Il giorno mar 17 nov 2026 alle ore 09:12 Aide <aide@shop.example>\nha scritto:",
    "Op di 17 nov. 2026 om 09:12 schreef Aide <aide@shop.example>:",
    "2026-11-17 9:12 GMT+01:00 Aide <aide@shop.example>:",
    "---- On Tue, 17 Nov 2026 09:12:00 +0100 aide@shop.example wrote ----",
]
BLOCKS = [
    "From: Aide <aide@shop.example>\nSent: Tuesday, November 17, 2026 9:12 AM\nTo: Jeanne\n"
    "Subject: Your order",
    "De : Aide <aide@shop.example>\nEnvoyé : mardi 17 novembre 2026 09:12\nÀ : Jeanne\n"
    "Objet : Votre commande",
    "De : Aide [mailto:aide@shop.example]\nEnvoyé le : mardi 17 novembre 2026 09:12\nÀ : Jeanne\n"
    "Cc : Paul\nObjet : Votre commande",
    "*De :* Aide <aide@shop.example>\n*Envoyé :* mardi 17 novembre 2026 09:12\n*À :* Jeanne\n"
    "*Objet :* Votre commande",
    "Von: Aide <aide@shop.example>\nGesendet: Dienstag, 17. November 2026 09:12\nAn: Jeanne\n"
    "Betreff: Ihre Bestellung",
    "De: Aide <aide@shop.example>\nEnviado: martes, 17 de noviembre de 2026 9:12\nPara: Jeanne\n"
    "Asunto: Su pedido",
    "Da: Aide <aide@shop.example>\nInviato: martedì 17 novembre 2026 09:12\nA: Jeanne\n"
    "Oggetto: Il suo ordine",
    "Van: Aide <aide@shop.example>\nVerzonden: dinsdag 17 november 2026 09:12\nAan: Jeanne\n"
    "Onderwerp: Uw bestelling",
    "________________________________\nFrom: Aide\n<aide@shop.example>\nSent: Tuesday\n"
    "To: Jeanne\nSubject: Your order",
    "-----Message d'origine-----\nDe : Aide <aide@shop.example>\nObjet : Votre commande",
    "-----Original Message-----",
    "----- Ursprüngliche Nachricht -----",
    "---------- Forwarded message ---------\nFrom: Aide <aide@shop.example>\nDate: Tue\nSubject: x",
]
PHONES = [
    "Envoyé de mon iPhone",
    "Sent from my iPhone",
    "Sent from Yahoo Mail on Android",
    "Envoyé à partir de Outlook pour Android",
    "Envoyé depuis mon appareil Galaxy",
    "Von meinem iPhone gesendet",
    "Gesendet von Outlook für Android<https://aka.ms/x>",
    "Enviado desde mi iPhone",
    "Inviato da iPhone",
    "Verzonden vanaf mijn iPhone",
    "Get Outlook for iOS",
]


@pytest.mark.parametrize("attribution", ATTRIBUTIONS)
@pytest.mark.parametrize("old", [_QUOTED, _OLD])
def test_what_an_attribution_introduces_is_hidden(attribution: str, old: str) -> None:
    view = split_quotes(f"{_NEW}\n\n{attribution}\n\n{old}\n")

    assert view.text == _NEW
    assert [hidden.kind for hidden in view.hidden] == ["quote"]
    assert not view.interleaved


@pytest.mark.parametrize("block", BLOCKS)
def test_what_an_old_header_introduces_is_hidden(block: str) -> None:
    assert split_quotes(f"{_NEW}\n\n{block}\n\n{_OLD}\n").text == _NEW


@pytest.mark.parametrize("phone", PHONES)
@pytest.mark.parametrize("old", ["", f"\n\n{ATTRIBUTIONS[0]}\n{_QUOTED}\n"])
def test_phone_signatures_are_hidden(phone: str, old: str) -> None:
    view = split_quotes(f"{_NEW}\n\n{phone}{old}")

    assert view.text == _NEW
    assert view.hidden[0].kind == "signature"


def test_the_hidden_lines_are_named_exactly() -> None:
    view = split_quotes("Merci\n\n-- \nJeanne\n\nLe 17/11/2026 à 09:12, Aide a écrit :\n> Parti.\n")

    assert view.text == "Merci"
    assert view.hidden == (HiddenLines(2, 5, "signature"), HiddenLines(5, 7, "quote"))


def test_text_that_looks_like_a_quote_is_kept() -> None:
    for text in (
        "De : Paris à Lyon, combien ?\nMerci",
        "De : Jeanne\nBonjour",
        "On Thursday: nothing came.\nOn the other hand, 2 parcels did.",
        "Le livreur m'a écrit le 12 mars à 10:30 :\nje passe demain",
        "Votre collègue vous a écrit :\nbonjour",
        "Sent from my desk, is much easier than my mobile phone.",
        "I was sent from my iPhone vendor to you.",
        "-- first point\n-- second point\nThanks",
        "----\nprice list\n----",
        "2026-11-17 09:12:00\n17.11.2026 09:12\nthose are the times",
    ):
        view = split_quotes(text)
        assert view.text == text
        assert view.hidden == ()


def test_answers_between_quotes_are_kept_with_their_questions() -> None:
    text = f"{ATTRIBUTIONS[0]}\n> One?\n\nYes.\n\n> Two?\n\nNo.\n\n> Bye\n"

    view = split_quotes(text)

    assert view.interleaved
    assert view.hidden == ()
    assert view.text == text.strip()


def test_one_answer_below_a_quote_is_kept_alone() -> None:
    view = split_quotes(f"{ATTRIBUTIONS[0]}\n{_QUOTED}\n\n{_NEW}\n")

    assert view.text == _NEW


def test_nothing_is_hidden_when_nothing_would_be_left() -> None:
    for text in (_QUOTED, f"{BLOCKS[0]}\n\n{_OLD}", PHONES[0], "-- \nJeanne", ""):
        view = split_quotes(text)
        assert view.text == text
        assert view.hidden == ()


def test_long_signatures_are_kept() -> None:
    long = "\n".join(f"line {n}" for n in range(20))
    assert split_quotes(f"Short\n-- \n{long}").text.endswith("line 19")
    half = "\n".join(f"line {n}" for n in range(6))
    assert split_quotes(f"Short\n-- \n{half}").text.endswith("line 5")


def test_link_targets_are_shared_out() -> None:
    html = (
        '<p>See <a href="https://a.example">this</a></p><p>On 17 Nov 2026, at 09:12, '
        'Aide wrote:</p><blockquote><a href="https://b.example">that</a></blockquote>'
    )

    assert split_quotes(to_text(html).text).text == "See this [1]\n\n[1] https://a.example"


def test_a_line_over_500_characters_is_never_an_attribution() -> None:
    line = f"On 17 Nov 2026, at 09:12, {'a' * 500} wrote:"

    assert split_quotes(f"{_NEW}\n{line}\n{_OLD}").hidden == ()


@pytest.mark.parametrize(
    "piece",
    [
        "On Tue, Nov 17, 2026 at 9:12 AM ", "Le 17 nov. 2026 à 09:12 a écrit ", "> ", ">", "\n",
        "On 1 wrote:\n", "De : a@x\n", "From: a@x\nSent: 9:12\n", "-- \n", "----- ", "_____\n\n",
        "> a\nb\n", "[1] https://x\n", "Sent from my iPhone\n", "a@b ", "On 1\n\n", "*" , "(" ,
        "\u00a0", "Envoyé de mon\n", "> one\n\nanswer\n\n",
    ],
)  # fmt: skip
def test_pumped_text_takes_linear_time(piece: str) -> None:
    began = time.monotonic()
    for text in (piece * (1_000_000 // len(piece)), f"x\n{piece * 50_000}\nwrote:"):
        split_quotes(text)

    assert time.monotonic() - began < _GIVEN_UP


def test_doubling_the_text_at_most_doubles_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    from deskterm.mail import quote_marks

    calls = 0
    real = quote_marks.attribution

    def counted(line: str) -> str | None:
        nonlocal calls
        calls += 1
        return real(line)

    monkeypatch.setattr(quote_marks, "attribution", counted)
    counts = []
    for size in (2_000, 4_000):
        calls = 0
        split_quotes("On 17 Nov 2026 Aide\n<aide@shop.example>\n\n" * size)
        counts.append(calls)

    assert counts[1] <= counts[0] * 2.1


def test_published_plain_replies() -> None:
    expected = {
        "email_10": "Fusce", "email_11": "Fusce", "email_13": "Fusce", "email_17": "Fusce",
        "email_fr_multiline": "Fusce", "email_en_multiline_2": "Fusce", "email_german": "Fusce",
        "email_german_2": "Fusce", "email_german_outlook": "Fusce", "email_italian": "Fusce",
        "email_ios_outlook": "Fusce", "email_ios_outlook_fr": "Fusce", "email_msn": "Fusce",
        "email_outlook_split_line_from": "Fusce", "email_gmail_split_line_from": "Fusce",
        "email_portuguese": "Fusce", "email_norwegian_gmail": "Fusce",
    }  # fmt: skip
    seen = 0
    for path in fixture_files("reply_crisp/*.txt"):
        view = split_quotes(path.read_text("utf-8", "replace"))
        if path.stem in expected:
            seen += 1
            assert view.text.startswith(expected[path.stem]), path.stem
            assert view.text.endswith("varius aliquet nec nec nibh."), path.stem

    assert seen == len(expected)


def test_published_standard_replies_show_the_first_part() -> None:
    for path in fixture_files("reply_talon/standard_replies/*.eml"):
        view = split_quotes(parse_full(path.read_bytes()).text)
        assert "Hello" in view.text or "Hi" in view.text or "hello" in view.text, path.name
        assert view.hidden, path.name


def test_published_html_replies() -> None:
    for path in fixture_files("reply_talon/html_replies/*.html"):
        view = split_quotes(to_text(path.read_text("utf-8", "replace")).text)
        assert view.text.startswith("Hi. I am fine."), path.name
        if path.stem != "windows_mail":
            assert "Sasha" not in view.text, path.name

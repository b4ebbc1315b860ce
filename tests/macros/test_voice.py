"""How a shop writes: its file, and what is found in a reply that is not written so."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from deskterm.macros.fill import fill
from deskterm.macros.grammar import parse
from deskterm.macros.manners import Remark, remarks
from deskterm.macros.model import Macro, MacroVariant
from deskterm.macros.paths import Known
from deskterm.macros.voice import USUAL_MANNERS, Avoided, Formality, Manner, Voice, VoiceSheet
from deskterm.macros.voice_file import read_voices
from tests.macros.support import NOW

FILE = """
[fr]
greeting = "Bonjour {name} !"
formality = "formal"
greets = true

[fr.avoid]
"pas de souci" = "avec plaisir"

[en]
closing = "Warmly,\\n{agent}\\nAtelier Nord"
avoid = { cheap = "affordable", unfortunately = "" }

[brand.outlet]
accounts = ["outlet-mail", "outlet-web"]

[brand.outlet.fr]
greeting = "Salut {name},"
formality = "familiar"
"""


def read(folder: Path, text: str) -> tuple[VoiceSheet, list[str]]:
    file = folder / "voice.toml"
    file.write_text(text, encoding="utf-8")
    sheet, problems = read_voices(file)
    return sheet, [str(one).removeprefix(f"{file}:") for one in problems]


# The file


def test_a_shop_and_its_brands_each_write_in_their_own_way(tmp_path: Path) -> None:
    sheet, problems = read(tmp_path, FILE)
    assert problems == []
    usual, outlet = sheet.of("support"), sheet.of("outlet-web")
    assert usual.greeting("fr", "Ana Martin") == "Bonjour Ana !"
    assert outlet.greeting("fr", "Ana Martin") == "Salut Ana,"
    assert outlet.manner("fr").formality == "familiar"
    assert usual.closing("en", "Sam") == outlet.closing("en", "Sam") == "Warmly,\nSam\nAtelier Nord"
    assert usual.closing("en", "") == "Warmly,\n\nAtelier Nord"
    assert outlet.manner("fr").avoid == (Avoided("pas de souci", "avec plaisir"),)
    assert outlet.manner("fr").greets
    assert usual.greeting("de", "Ana Martin") == "Guten Tag Ana,"


def test_no_file_is_no_voice_of_its_own(tmp_path: Path) -> None:
    assert read_voices(tmp_path / "voice.toml") == (VoiceSheet(), ())


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[fr]\ngreeting = "Bonjour {prenom},"', "2: fr.greeting has no {prenom}; {name} can"),
        ('[fr]\nneutral = "Bonjour {name},"', "2: fr.neutral has no {name}; nothing can"),
        ('[fr]\nclosing = ""', "2: fr.closing must be a text of 1 to"),
        ('[fr]\nformality = "vous"', "2: fr.formality takes formal or familiar"),
        ("[fr]\ngreets = 1", "2: fr.greets takes true or false"),
        ("[fr]\ntone = 1", "2: fr.tone is not known; greeting, "),
        ('[fr]\navoid = ["cheap"]', "2: fr.avoid takes at most 500 lines"),
        ("[fr.avoid]\ncheap = 3", "1: fr.avoid takes lines such as"),
        ("french = 1", "1: french is no table of a language"),
        ('[pl]\ngreeting = "Witaj {name},"', "1: pl has no neutral and no closing; those of"),
        ("brand = 3", "1: brand takes a table for each brand"),
        ("[brand]\na = 3", "2: brand.a takes a table"),
        ("[brand.a]\n[brand.a.fr]\ngreets = true", "1: brand.a.accounts takes the names"),
        ('[brand.a]\naccounts = ["no blank"]', "2: brand.a.accounts takes the names"),
        (
            '[brand.a]\naccounts = ["x"]\n[brand.b]\naccounts = ["x"]',
            "4: brand.b.accounts x has another brand",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_the_rest_counts(
    tmp_path: Path, text: str, problem: str
) -> None:
    sheet, problems = read(tmp_path, f'{text}\n[nl]\ngreeting = "Dag {{name}},"\n')
    assert len(problems) == 1
    assert problems[0].startswith(problem)
    assert sheet.of("support").greeting("nl", "Ana Martin") == "Dag Ana,"


def test_a_file_that_cannot_be_read_holds_nothing(tmp_path: Path) -> None:
    sheet, problems = read(tmp_path, "[fr\n")
    assert not sheet.is_whole
    assert problems[0].startswith("1:")
    assert not read(tmp_path, "# " + "x" * 200_000)[0].is_whole


def test_macros_are_filled_with_the_voice_of_the_account(tmp_path: Path) -> None:
    sheet, _ = read(tmp_path, FILE)
    source = "{{greeting}} C'est fait."
    macro = Macro("m", {"fr": "M"}, (MacroVariant("fr", "", parse(source), source),))
    known = Known(NOW, language="fr", customer="Ana Martin", voice=sheet.of("outlet-mail"))
    assert fill(macro, known, language="fr").text == "Salut Ana, C'est fait."


# The remarks


def voice(language: str, **changes: object) -> Voice:
    manner = replace(USUAL_MANNERS[language], **changes)  # type: ignore[arg-type] # as a test names
    return Voice({**USUAL_MANNERS, language: manner})


def found(text: str, language: str, **changes: object) -> list[Remark]:
    return remarks(text, voice(language, **changes), language, "Ana Martin", "Sam")


def test_words_to_avoid_are_found_however_they_are_written() -> None:
    avoid = (Avoided("pas de souci", "avec plaisir"), Avoided("hélas"), Avoided("cheap", "fair"))
    text = "Pas  de souci, HELAS ! L’hélasse, cheaper.\n> pas de souci"
    hits = found(text, "fr", avoid=avoid)
    assert [(text[one.start : one.end], one.instead) for one in hits] == [
        ("Pas  de souci", "Avec plaisir"),
        ("HELAS", None),
    ]


def test_of_two_phrases_to_avoid_the_longer_one_counts() -> None:
    avoid = (Avoided("no problem", "gladly"), Avoided("no problem at all", "with pleasure"))
    assert [one.instead for one in found("It is no problem at all", "en", avoid=avoid)] == [
        "with pleasure"
    ]


@pytest.mark.parametrize(
    ("language", "wanted", "text", "word"),
    [
        ("fr", "formal", "Bonjour, je t'envoie ton colis.", "t"),
        ("fr", "formal", "Dis-moi si tu le veux.", "tu"),
        ("fr", "formal", "Sur le ton de la plaisanterie, voulez-vous ?", None),
        ("fr", "formal", "L'étui est tombé. Status: prêt. A-t-il reçu le lot ?", None),
        ("fr", "familiar", "Je vous envoie le colis.", "vous"),
        ("fr", "familiar", "Je t'envoie le colis.", None),
        ("de", "formal", "Hast Du Dein Paket?", "Du"),
        ("de", "formal", "Haben Sie Ihr Paket? Die Dichtung dient.", None),
        ("de", "familiar", "Ich schicke Ihnen das Paket.", "Ihnen"),
        ("de", "familiar", "Das Paket ist da. Sie ist rot.", None),
        ("de", "familiar", "Ich hoffe, dass Sie es haben.", "Sie"),
        ("es", "formal", "¿Has recibido tu paquete?", "tu"),
        ("es", "familiar", "Le escribo a usted.", "usted"),
        ("it", "formal", "Il tuo pacco parte.", "tuo"),
        ("it", "familiar", "Le scrivo, e Lei risponde.", "Lei"),
        ("nl", "formal", "Heb je het pakket?", "je"),
        ("nl", "familiar", "Heeft u het pakket?", "u"),
        ("en", "formal", "You and yours.", None),
    ],
)
def test_the_wrong_way_to_speak_to_a_customer_is_noticed(
    language: str, wanted: Formality, text: str, word: str | None
) -> None:
    hits = found(text, language, formality=wanted)
    assert [text[one.start : one.end] for one in hits] == ([word] if word else [])
    assert all(one.wanted == wanted and one.kind == "formality" for one in hits)


LONG = "your parcel left on Monday and will be with you by tomorrow evening."


@pytest.mark.parametrize(
    ("text", "missed"),
    [
        (f"Hello Ana, {LONG}", False),
        (f"Good morning, {LONG}", False),
        (f"Ana, {LONG}", False),
        (f"Greetings from the sea, {LONG}", False),
        (f"Well, {LONG}", True),
        (f"Hilarious: {LONG}", True),
        ("Your parcel", False),
        ("Yes\nit is", True),
        ("", False),
        ("> Hello, where is it?", False),
    ],
)
def test_a_greeting_is_missed_where_the_shop_wants_one(text: str, missed: bool) -> None:
    hits = found(text, "en", greets=True)
    assert [(one.kind, one.instead) for one in hits] == (
        [("greeting", "Hello Ana,\n\n")] if missed else []
    )
    assert found(text, "en") == []


@pytest.mark.parametrize(
    ("text", "missed"),
    [
        (f"Hello, {LONG}\n\nKind regards,\nSam", False),
        (f"Hello, {LONG}\n\nSam", False),
        (f"Hello, {LONG} Have a lovely weekend!", False),
        (f"Hello, {LONG}", True),
        ("Hello, it left.", False),
    ],
)
def test_a_sign_off_is_missed_where_the_shop_wants_one(text: str, missed: bool) -> None:
    hits = found(text, "en", closes=True)
    assert [(one.kind, one.start, one.instead) for one in hits] == (
        [("closing", len(text), "\n\nKind regards,\nSam")] if missed else []
    )


@pytest.mark.parametrize("language", sorted(USUAL_MANNERS))
def test_what_a_shop_says_itself_is_never_missed(language: str) -> None:
    speech = voice(language, greets=True, closes=True)
    text = f"{speech.greeting(language, 'Ana Martin')}\n\n{'bla ' * 12}\n\n"
    text += speech.closing(language, "Sam")
    assert remarks(text, speech, language, "Ana Martin", "Sam") == []


def test_a_long_hostile_text_is_looked_at_quickly() -> None:
    manner = Manner("Hi {name},", "Hi,", "Bye", "formal", True, True, (Avoided("a b c"),))
    for text in ("a b " * 15_000, "t'" * 30_000, ">" * 60_000, " \n" * 30_000 + "x"):
        began = time.perf_counter()
        remarks(text, Voice({"fr": manner}), "fr", "Ana", "Sam")
        assert time.perf_counter() - began < 1

"""Saying things: values, plurals, languages, and what is not trusted."""

from __future__ import annotations

import gettext
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import Catalog
from hypothesis import given
from hypothesis import strategies as st

from deskterm.i18n import heard, language, marked, say, say_many, speak, speaking
from deskterm.i18n.catalogue import HEARD, Catalogue
from deskterm.i18n.languages import PSEUDO, TRANSLATED, wanted
from deskterm.i18n.sentences import Sentences
from deskterm.text.clean import SafeText, clean
from messages import files

Translations = dict[tuple[str, str], str]


def made(translations: Translations) -> Catalogue:
    """A language with these translations, by context and message."""
    catalog = Catalog("fr")
    for (context, message), text in translations.items():
        catalog.add(message, text, context=context or None)
    read = gettext.GNUTranslations(BytesIO(files.compiled(catalog)))
    return Catalogue("fr", read, frozenset(_key(*key) for key in translations))


def _key(context: str, message: str) -> str:
    return f"{context}\x04{message}" if context else message


# English


def test_english_is_what_stands_in_the_source() -> None:
    assert language() == "en"
    assert say("{name} owns {ref}", name=clean("Anna"), ref=clean("k1")) == "Anna owns k1"
    assert say_many("{count} hint", "{count} hints", 1) == "1 hint"
    assert say_many("{count} hint", "{count} hints", 0) == "0 hints"
    assert say(marked("open", "verb")) == "open"
    assert say("") == ""
    assert heard("The disk is full. Nothing was changed.") == (
        "The disk is full. Nothing was changed."
    )


def test_english_loads_no_library_for_languages() -> None:
    code = (
        "import sys\n"
        "from deskterm.i18n import heard, say, say_many\n"
        "from deskterm.i18n.languages import wanted\n"
        "say('Resolve'), say_many('{count} hint', '{count} hints', 2), heard('It is no file')\n"
        "wanted('auto', {'LANG': 'en_GB.UTF-8'})\n"
        "print(sorted({'gettext', 'babel', 'locale', 'string'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_french_screens_are_painted_without_babel() -> None:
    code = (
        "import sys\n"
        "from datetime import UTC, datetime, timedelta\n"
        "from deskterm.i18n import speak\n"
        "from deskterm.viewmodel import time_words, words\n"
        "speak('fr')\n"
        "now = datetime(2026, 11, 9, 12, tzinfo=UTC)\n"
        "time_words.ago(now - timedelta(days=3), now)\n"
        "time_words.clock(now, UTC, now), words.number(12345)\n"
        "print('babel' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# Values


def test_values_must_be_clean() -> None:
    with pytest.raises(TypeError, match="name"):
        say("{name}", name="raw")  # type: ignore[arg-type] # what is refused


def test_values_are_no_formats_and_no_markup() -> None:
    with speaking("fr"):
        said = say("{name} owns {ref}", name=clean("{ref} [b]"), ref=clean("k1"))
    assert said == "{ref} [b] est responsable de k1"
    assert isinstance(said, SafeText)


def test_what_a_catalogue_says_is_cleaned() -> None:
    assert "\x1b" not in clean(made({("", "Open"): "\x1b[2JOuvrir"}).one("Open"))


# Languages


@pytest.mark.parametrize(
    ("setting", "env", "code"),
    [
        ("auto", {}, "en"),
        ("auto", {"LANG": "fr_FR.UTF-8"}, "fr"),
        ("auto", {"LANG": "fr_CA@euro"}, "fr"),
        ("auto", {"LANG": "fr"}, "fr"),
        ("auto", {"LANG": "de_DE.UTF-8"}, "en"),
        ("auto", {"LANG": "fr_FR.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ("auto", {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "fr_FR.UTF-8"}, "fr"),
        ("auto", {"LANG": "fr_FR.UTF-8", "LC_ALL": "C"}, "en"),
        ("auto", {"LANG": "fr_FR.UTF-8", "LC_ALL": ""}, "fr"),
        ("auto", {"LANG": "en_GB.UTF-8", "LANGUAGE": "de:fr:en"}, "fr"),
        ("auto", {"LANG": "fr_FR.UTF-8", "LANGUAGE": "en"}, "en"),
        ("auto", {"LANG": "C.UTF-8", "LANGUAGE": "fr"}, "en"),
        ("fr", {"LANG": "en_GB.UTF-8"}, "fr"),
        ("en", {"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_which_language_is_wanted(setting: str, env: dict[str, str], code: str) -> None:
    assert wanted(setting, env) == code


def test_a_language_is_spoken_for_a_while() -> None:
    with speaking("fr"):
        assert language() == "fr"
        assert say("Resolve") == "Résoudre"
        with speaking("en"):
            assert say("Resolve") == "Resolve"
        assert say("Resolve") == "Résoudre"
    assert language() == "en"


def test_a_language_that_nobody_has_translated_is_english() -> None:
    with speaking("tlh"):
        assert language() == "en"
        assert say("Resolve") == "Resolve"


def test_the_same_words_can_mean_two_things() -> None:
    with speaking("fr"):
        assert say("open") == "ouvert"
        assert say(marked("open", "verb")) == "ouvrir"


@pytest.mark.parametrize(("count", "said"), [(0, "0 conseil"), (1, "1 conseil"), (2, "2 conseils")])
def test_french_counts_none_as_one(count: int, said: str) -> None:
    with speaking("fr"):
        assert say_many("{count} hint", "{count} hints", count) == said


def test_a_catalogue_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    damaged = tmp_path / "deskterm.mo"
    damaged.write_bytes(b"no catalogue")
    assert Catalogue.of("fr", damaged) is None
    assert Catalogue.of("fr", tmp_path / "missing.mo") is None


def test_strange_letters_for_all_but_placeholders() -> None:
    with speaking(PSEUDO):
        assert say("Take back {ref}", ref=clean("k1")) == "⟦Ţåķé ƀåçķ k1⟧"
        assert say("{hour:02}:00", hour=9) == "⟦09:00⟧"
        assert say("") == ""


# What is not trusted


@pytest.mark.parametrize(
    "text", ["", "{ref}", "{nom} {ref}", "{name.x} {ref}", "{name} {ref", "{0}"]
)
def test_a_translation_with_other_placeholders_is_left_aside(text: str) -> None:
    message = "{name} owns {ref}"
    assert made({("", message): text}).one(message) == message


def test_a_heard_sentence_with_other_placeholders_stays_english() -> None:
    french = made({(HEARD, "There is no ticket {ref}"): "Pas de ticket {numero}"})
    assert french.sentence("There is no ticket k1") == "There is no ticket k1"


# Hearing


@pytest.fixture
def french() -> Catalogue:
    return made(
        {
            (HEARD, "Nothing was changed"): "Rien n'a changé",
            (HEARD, "There is no ticket {ref}"): "Pas de ticket {ref}",
            (HEARD, "The reply did not go out: {reason}"): "Réponse non partie : {reason}",
            (HEARD, "{what} is gone. Look for it"): "{what} a disparu. Cherchez",
            (HEARD, "The {what} is gone"): "Disparu : {what}",
            ("", "Nothing"): "Rien",
        }
    )


@pytest.mark.parametrize(
    ("english", "said"),
    [
        ("Nothing was changed", "Rien n'a changé"),
        ("Nothing was changed.", "Rien n'a changé."),
        ("There is no ticket k1", "Pas de ticket k1"),
        ("There is no ticket k1. Nothing was changed.", "Pas de ticket k1. Rien n'a changé."),
        ("What of it. Nothing was changed", "What of it. Rien n'a changé"),
        (
            "The reply did not go out: There is no ticket k1",
            "Réponse non partie : Pas de ticket k1",
        ),
        ("It is gone. Look for it. Nothing was changed", "It a disparu. Cherchez. Rien n'a changé"),
        ("Something else", "Something else"),
        ("Nothing", "Nothing"),
        ("", ""),
    ],
)
def test_english_of_other_parts_is_recognised(french: Catalogue, english: str, said: str) -> None:
    assert french.sentence(english) == said


def test_what_is_heard_is_clean() -> None:
    with speaking("fr"):
        assert heard("There is no ticket k\x1b[2J\n1") == "Il n’y a pas de ticket k␛[2J 1"


def test_long_texts_are_not_looked_at(french: Catalogue) -> None:
    text = "Nothing was changed. " * 100_000
    assert french.sentence(text) == text


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), min_size=2, max_size=2))
def test_a_sentence_is_recognised_with_any_values(values: list[str]) -> None:
    found = Sentences(["From <<{one}>> to >>{two}<<"]).recognise(
        f"From <<{values[0]}>> to >>{values[1]}<<"
    )
    assert found is not None
    message, read = found
    assert message.format_map(read) == f"From <<{values[0]}>> to >>{values[1]}<<"


def test_choosing_a_language_lasts() -> None:
    with speaking("en"):
        for code in TRANSLATED:
            speak(code)
            assert language() == code

"""The bundled seeds: enough for every macro, each said once, and nobody in them."""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import pytest

from deskterm.macros.library import load_library
from deskterm.macros.phrases import folded
from deskterm.macros.seeds import load_seeds

FULL = ("en", "fr")
SHORT = ("de", "es", "it", "nl")
LANGUAGES = (*FULL, *SHORT)
MOST, LEAST = 40, 15
MOST_SHORT, LEAST_SHORT = 8, 5
LONGEST = 60  # words

_NUMBER = re.compile(r"\d{3,}")
_OUTSIDE = re.compile(r"@|https?:|www\.|\{\{|\{%")
_SENTENCE = re.compile(r"[.!?:…«“„\"]+\s*")
#: Words that are written with a capital within a sentence: places, firms, sizes, short forms.
CAPITALS = {
    *("I", "S", "M", "L", "VAT", "TVA", "IVA", "CIF", "PDF", "GDPR", "AVG", "HS", "CE", "NPAI"),
    *("Monday", "Tuesday", "Thursday", "Friday", "Saturday", "Sunday", "Christmas", "Noël"),
    *("Canada", "Ireland", "Switzerland", "Spain", "Norway", "UK", "US", "EU", "Union", "Québec"),
    *("Belgique", "Corse", "Suisse", "Bruxelles", "Espagne", "Genève", "Canarias", "Portugal"),
    *("Suiza", "Svizzera", "Sicilia", "België", "Duitsland", "Zwitserland"),
    *("PO", "La", "Poste", "PostNL", "Europe", "Canary", "Islands", "Canaries", "Saturdays"),
}


@cache
def seeds(language: str) -> dict[str, list[str]]:
    file = files("deskterm.macros").joinpath("seeds", f"{language}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))


def messages(language: str) -> Iterator[str]:
    for said in seeds(language).values():
        yield from said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_macro_of_the_library_has_seeds(language: str) -> None:
    assert set(seeds(language)) == {macro.id for macro in load_library()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_as_many_as_promised(language: str) -> None:
    least, most = (LEAST, MOST) if language in FULL else (LEAST_SHORT, MOST_SHORT)
    wrong = {macro: len(said) for macro, said in seeds(language).items()}
    assert not {macro: n for macro, n in wrong.items() if not least <= n <= most}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_stands_twice(language: str) -> None:
    said = Counter(re.sub(r"\W+", " ", folded(each)).strip() for each in messages(language))
    assert not [each for each, times in said.items() if times > 1]


@pytest.mark.parametrize("language", FULL)
def test_they_are_short_and_long(language: str) -> None:
    for macro, said in seeds(language).items():
        lengths = [len(each.split()) for each in said]
        assert max(lengths) <= LONGEST, macro
        assert min(lengths) <= 8, macro
        assert max(lengths) >= 10, macro


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_hold_no_order_numbers_links_or_variables(language: str) -> None:
    assert not [
        each for each in messages(language) if _NUMBER.search(each) or _OUTSIDE.search(each)
    ]


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "de"])
def test_they_hold_no_names(language: str) -> None:
    # German writes every noun with a capital, so there is nothing to tell a name by.
    capitals = {
        word
        for each in messages(language)
        for sentence in _SENTENCE.split(each)
        for word in re.findall(r"[^\W\d_]+", sentence.partition(" ")[2])
        if word[0].isupper()
    }
    assert capitals <= CAPITALS


def test_they_are_loaded_by_macro_in_all_languages() -> None:
    loaded = load_seeds()
    assert set(loaded) == {macro.id for macro in load_library()}
    assert loaded["thanks_closing"] == tuple(
        each for language in sorted(LANGUAGES) for each in seeds(language)["thanks_closing"]
    )

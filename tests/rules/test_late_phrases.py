"""Phrases that are read when a text may have them find what they find when read at once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from deskterm.rules.wording.phrases import Grammar, PhraseError
from deskterm.rules.wording.sentences import Sentences
from deskterm.rules.wording.topics import (
    LANGUAGES,
    Topic,
    grammars,
    parse_topic,
    topic,
    topic_names,
)

_SENTENCES = Path(__file__).parent / "wording"


@cache
def _at_once(name: str) -> Topic:
    file = files("deskterm.rules.wording").joinpath("topics", f"{name}.toml")
    return parse_topic(tomllib.loads(file.read_text(encoding="utf-8")), grammars(), name)


def _sentences(name: str) -> Iterator[str]:
    file = _SENTENCES / f"{name}.toml"
    content = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    for table in content.values():
        for texts in table.values():
            yield from texts


@pytest.mark.parametrize("name", topic_names())
def test_every_bundled_phrase_can_be_read(name: str) -> None:
    assert set(_at_once(name).sorts) == {"sure", "unsure", "not", "aside"}


def test_each_topic_finds_the_same_whenever_its_phrases_are_read() -> None:
    read = [Sentences(text) for name in topic_names() for text in _sentences(name)]
    differing = {
        name
        for name in topic_names()
        if any(topic(name).spoken(text) != _at_once(name).spoken(text) for text in read[::29])
        or any(
            topic(name).spoken(Sentences(t)) != _at_once(name).spoken(Sentences(t))
            for t in _sentences(name)
        )
    }
    assert differing == set()


@pytest.mark.parametrize(
    "written",
    [
        "write to us",
        "{send|give} [us|me] .. {review|five # stars}",
        "^ l'avis ... ★ $",
        "pay* CODE",
        "{# euros|CAPS}",
        "größe // {gefällt|passt}",
    ],
)
def test_a_text_with_the_phrase_has_one_of_its_keys(written: str) -> None:
    text = Sentences(
        "Write to us. Give us a review. Send me five 5 stars! L'avis est bon: ★. Paying NEW25 now."
        " 20 euros. GREAT stuff. Die Größe. Gefällt es?"
    )
    grammar = Grammar("en", {})
    late, whole = grammar.late(written), grammar.phrase(written)
    assert list(whole.places(text))
    assert not late.keys.isdisjoint(text.keys)
    assert list(late.places(text)) == list(whole.places(text))


def test_a_phrase_without_a_word_is_no_phrase() -> None:
    with pytest.raises(PhraseError, match="has no word"):
        Grammar("en", {}).late("[please] ...")


def test_what_is_wrong_in_a_late_phrase_is_told_when_it_is_read() -> None:
    late = Grammar(LANGUAGES[0], {}).late("review ... <nothing>")
    with pytest.raises(PhraseError, match="no group"):
        list(late.places(Sentences("A review.")))

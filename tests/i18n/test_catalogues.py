"""The catalogues that are shipped: in step with the source, complete, and sound."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from babel.dates import get_day_names, get_month_names
from babel.messages import Catalog
from babel.messages import Message as Entry

from deskterm.cli.main import parser
from deskterm.config.options import known_settings
from deskterm.i18n import say, speaking
from deskterm.i18n.languages import LOCALE, PSEUDO, TRANSLATED
from deskterm.i18n.placeholders import are_sound, names_in
from messages import files
from messages.source import messages_in

ROOT = Path(__file__).resolve().parents[2]
UPDATE = "run: python3 dev.py messages"

#: In French a no-break space stands before these, and within quotation marks; else a line may be
#: broken there.
BREAKS = re.compile(r"(?<![\u202f\s])[;!?](?=\s|$)| [;!?:](?=\s|$)|« | »")
#: What is no French: placeholders, terms of a query, what is typed.
FOREIGN = re.compile(r"\{[^}]{0,40}\}|\S{0,40}:\S{1,40}|'[^']{0,200}'|`[^`]{0,200}`")


def catalogue(language: str) -> Catalog:
    return files.read(files.po_file(language), language)


def texts(string: object) -> tuple[str, ...]:
    return (string,) if isinstance(string, str) else tuple(map(str, string or ()))  # type: ignore[call-overload] # Babel: str, tuple or list


def sources(entry: Entry) -> tuple[str, ...]:
    return texts(entry.id)


def test_the_template_has_what_the_source_has() -> None:
    fresh = {files.key_of(e): e.id for e in files.entries(files.template(messages_in(ROOT)))}
    kept = {files.key_of(e): e.id for e in files.entries(files.read(files.TEMPLATE))}
    assert sorted(fresh.keys() - kept.keys()) == [], UPDATE
    assert sorted(kept.keys() - fresh.keys()) == [], UPDATE
    assert fresh == kept, UPDATE


def helped(parser: argparse.ArgumentParser) -> Iterator[str | None]:
    """What the help of a command and of all below it says."""
    yield parser.description
    for action in parser._actions:
        yield action.help
        if isinstance(action, argparse._SubParsersAction):
            yield from (choice.help for choice in action._choices_actions)
            for below in action.choices.values():
                yield from helped(below)


def test_all_help_of_the_command_line_is_in_the_source() -> None:
    known = {message.one for message in messages_in(ROOT)}
    words = {text for text in helped(parser()) if text and text != argparse.SUPPRESS}
    assert len(words) > 100
    assert words <= known


def test_every_placeholder_of_the_source_is_a_plain_name() -> None:
    for entry in files.entries(files.read(files.TEMPLATE)):
        for message in sources(entry):
            names_in(message)


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_language_has_every_message_and_no_other(language: str) -> None:
    ours = {files.key_of(e) for e in files.entries(catalogue(language))}
    assert ours == {files.key_of(e) for e in files.entries(files.read(files.TEMPLATE))}, UPDATE
    assert files.untranslated(catalogue(language)) == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_translation_has_the_placeholders_of_its_source(language: str) -> None:
    wrong = [
        (files.key_of(entry), text)
        for entry in files.entries(catalogue(language))
        for text in texts(entry.string)
        if text and not are_sound(sources(entry), text)
    ]
    assert wrong == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_stands_where_its_source_stands(language: str) -> None:
    """Blanks and newlines at the ends are part of how a message is laid out."""
    for entry in files.entries(catalogue(language)):
        source = sources(entry)[0]
        for text in texts(entry.string):
            if text and any(map(str.isalpha, source)):
                ends = (source[:1].isspace(), source[-1:].isspace(), source.count("\n"))
                assert ends == (text[:1].isspace(), text[-1:].isspace(), text.count("\n")), source


@pytest.mark.parametrize("language", TRANSLATED)
def test_plurals_have_every_form_of_the_language(language: str) -> None:
    catalog = catalogue(language)
    for entry in files.entries(catalog):
        if not isinstance(entry.id, str):
            assert len(texts(entry.string)) == catalog.num_plurals, entry.id


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_is_that_of_the_written_one(language: str) -> None:
    compiled = files.po_file(language).with_suffix(".mo").read_bytes()
    assert compiled == files.compiled(catalogue(language)), UPDATE


def test_every_folder_is_a_language_that_can_be_chosen() -> None:
    folders = sorted(each.name for each in LOCALE.iterdir() if each.is_dir())
    assert folders == sorted(TRANSLATED)
    option = next(each.option for each in known_settings() if each.key == "console.language")
    assert sorted(option.choices) == sorted(("auto", "en", PSEUDO, *TRANSLATED))


def test_french_has_the_spaces_of_french() -> None:
    for entry in files.entries(catalogue("fr")):
        for text in texts(entry.string):
            assert not BREAKS.search(FOREIGN.sub("x", text)), text


@pytest.mark.parametrize("language", TRANSLATED)
def test_days_and_months_are_those_of_the_unicode_cldr(language: str) -> None:
    months = get_month_names("abbreviated", locale=language)
    days = get_day_names("abbreviated", locale=language)
    with speaking(language):
        for number in range(1, 13):
            english = f"{datetime(2026, number, 1, tzinfo=UTC):%b}"
            assert say(english) == months[number]
        for number in range(7):
            english = f"{datetime(2026, 11, 2 + number, tzinfo=UTC):%a}"
            assert say(english) == days[number]

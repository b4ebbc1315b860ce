"""The bundled macros: whole in both languages, correct on every channel, and for every order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pytest

from deskterm.domain.triage import CONTACT_REASONS
from deskterm.macros.facts import Facts
from deskterm.macros.fill import FilledText, fill
from deskterm.macros.grammar import Ask, walk
from deskterm.macros.library import load_library
from deskterm.macros.model import Channel, ChannelKind, Macro
from deskterm.macros.paths import Known, look_up
from deskterm.macros.states import order_states
from deskterm.rules.engine import check
from deskterm.rules.library import packs_for
from deskterm.rules.model import AttachmentFacts, Draft
from deskterm.rules.model import Facts as RuleFacts
from tests.macros.support import FACTS, NOW, known, order

LIBRARY = load_library()
LANGUAGES = ("en", "fr")
STATES = (
    "", "unpaid", "paid", "shipped", "late", "stuck", "delivered", "part_shipped", "returning",
    "returned", "refunded", "cancelled", "returned_to_sender",
)  # fmt: skip
_EVERY = [(macro, language) for macro in LIBRARY for language in LANGUAGES]
_IDS = [f"{macro.id}-{language}" for macro, language in _EVERY]
every = pytest.mark.parametrize(("macro", "language"), _EVERY, ids=_IDS)

#: What a French text sets off with a space that does not break.
_FRENCH_GAP = re.compile(r"(?:[^\s\u00a0]| )[;!?»]|«[^\u00a0]|(?<![0-9\u00a0]):|[^\u00a0]: ")
#: A macro that speaks of an attachment leaves it to the agent to add one.
_PAPER = AttachmentFacts("paper.pdf", "application/pdf", 2048)
_LINKS = re.compile(r"https?://\S+")
_PROMISED = re.compile(
    r"review|rating|stars?\b|newsletter|discount|(?:votre|vos|un) avis|étoile|promotion",
    re.IGNORECASE,
)


def situations() -> Iterator[Known]:
    """Every kind of order, with a shop that has written all its facts down and with one that has
    none, with a customer who has a name and with one who has none."""
    for state in STATES:
        there = known(order=order(state) if state else None)
        yield there
        yield replace(there, facts=Facts())
        yield replace(there, customer="", agent="")


def possible(macro: Macro, there: Known) -> bool:
    """Whether anybody would be shown this macro here."""
    states = order_states(there.order, NOW)
    needed = all(look_up(path, there) is not None for path in macro.needs)
    return needed and not (states & macro.not_for)


@cache
def _filled(macro_id: str, language: str, kind: ChannelKind) -> tuple[FilledText, ...]:
    macro = LIBRARY.macros[macro_id]
    asked = {
        node.label: "Done this morning."
        for variant in macro.variants
        for node in walk(variant.body)
        if isinstance(node, Ask)
    }
    channel = Channel("bazaar", kind)
    texts = [
        fill(macro, there, language=language, channel=channel, answers=asked, library=LIBRARY)
        for there in situations()
        if possible(macro, there)
    ]
    return tuple({text.text: text for text in texts}.values())


def filled(macro: Macro, language: str, kind: ChannelKind = "mail") -> tuple[FilledText, ...]:
    """Each text that it gives where it is possible, with an answer to all that is asked."""
    return _filled(macro.id, language, kind)


def test_all_of_them_are_there_and_nothing_is_wrong() -> None:
    assert LIBRARY.problems == ()
    assert len(LIBRARY.macros) == 36
    assert load_library(facts=FACTS).problems == ()


def test_every_contact_reason_has_a_macro() -> None:
    assert {macro.reason for macro in LIBRARY} - {""} == set(CONTACT_REASONS)


@pytest.mark.parametrize("macro", tuple(LIBRARY), ids=lambda macro: macro.id)
def test_each_speaks_both_languages(macro: Macro) -> None:
    assert macro.languages == LANGUAGES
    assert set(macro.titles) == set(LANGUAGES)
    for variable in macro.variables:
        assert set(variable.labels) == set(LANGUAGES), variable.name
        assert set(variable.fallbacks) in (set(), set(LANGUAGES)), variable.name
        assert set(variable.choices) in (set(), set(LANGUAGES)), variable.name
        assert len({len(each) for each in variable.choices.values()}) <= 1, variable.name
    asked = {n.label for v in macro.variants for n in walk(v.body) if isinstance(n, Ask)}
    assert asked == {variable.name for variable in macro.variables}


@every
def test_nothing_is_left_open_but_what_is_asked(macro: Macro, language: str) -> None:
    texts = [*filled(macro, language), *filled(macro, language, "marketplace")]
    assert texts, "there is no situation for it"
    for text in texts:
        assert text.of("missing", "gap") == ()
        assert text.language == language
        assert "\n\n\n" not in text.text
        assert "  " not in text.text
        assert not re.search(r"[ \u00a0](?:[.,]|\n)", text.text)


@every
def test_the_rules_let_it_pass(macro: Macro, language: str) -> None:
    packs = packs_for("email")
    for text in filled(macro, language):
        draft = Draft(text.text, "email", language=language, attachments=(_PAPER,))
        facts = RuleFacts(now=NOW, values=dict(text.values))
        found = check(draft, facts, packs, budget_ms=60_000).findings
        assert [(f.rule, f.excerpt) for f in found] == [], text.text


@every
def test_marketplaces_get_no_link_but_the_tracking(macro: Macro, language: str) -> None:
    for text in filled(macro, language, "marketplace"):
        assert set(_LINKS.findall(text.text)) <= {"https://carrier.example/NW1"}
        assert "@" not in text.text


@every
def test_it_is_short_and_begins_and_ends_as_people_do(macro: Macro, language: str) -> None:
    for text in filled(macro, language):
        greeting = {"en": "Hello", "fr": "Bonjour"}[language]
        assert text.text.startswith((f"{greeting} Ana,\n\n", f"{greeting},\n\n"))
        if macro.id != "out_of_hours":
            closing = {"en": "Kind regards,", "fr": "Bien cordialement,"}[language]
            assert text.text.endswith((f"\n\n{closing}\nSam", f"\n\n{closing}"))
        assert len(text.text.split()) < 190


@every
def test_it_promotes_nothing_and_asks_for_no_review(macro: Macro, language: str) -> None:
    for text in filled(macro, language):
        assert not _PROMISED.search(text.text)


@pytest.mark.parametrize("macro", tuple(LIBRARY), ids=lambda macro: macro.id)
def test_french_is_set_as_french_is(macro: Macro) -> None:
    words = [macro.titles["fr"]]
    words += [v.labels["fr"] for v in macro.variables]
    words += [x for v in macro.variables for x in v.choices.get("fr", ())]
    words += [v.fallbacks["fr"] for v in macro.variables if "fr" in v.fallbacks]
    words += [_LINKS.sub("", text.text) for text in filled(macro, "fr")]
    for text in words:
        assert not (wrong := _FRENCH_GAP.search(text)), (wrong, text)
        assert "'" not in text
        assert not re.search(r"\b(?:tu|ton|tes|te|toi)\b", text)


@every
def test_an_open_macro_says_what_has_to_be_asked(macro: Macro, language: str) -> None:
    there = next(there for there in situations() if possible(macro, there))
    text = fill(macro, there, language=language, library=LIBRARY)
    assert {span.name for span in text.of("gap")} <= {v.name for v in macro.variables}


def test_the_law_is_not_cut_short() -> None:
    said = {macro.id: filled(macro, "en")[0].text for macro in LIBRARY}
    assert "14 days from the day it reached you" in said["return_request"]
    assert "don’t have to give a reason" in said["return_request"]
    assert "within 14 days" in said["return_request"]
    assert "2 years after delivery" in said["defective_warranty"]
    assert "within one month" in said["data_privacy"]
    assert "automatic reply" in said["out_of_hours"]

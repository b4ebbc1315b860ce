"""Fixes: what a rewrite does, and that it is offered only where it helps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.rules import plain as plain_text
from deskterm.rules import rewrites
from deskterm.rules.detectors.base import Detector, Match, Reading
from deskterm.rules.detectors.table import DETECTORS
from deskterm.rules.engine import check
from deskterm.rules.fixes import offered, offers
from deskterm.rules.model import (
    Applies,
    Check,
    Draft,
    Facts,
    Finding,
    Parameter,
    Rule,
    RulePack,
    Severity,
    TextLimit,
)
from deskterm.rules.pack import FIXES
from deskterm.rules.plain import plain
from deskterm.rules.rewrites import REWRITES, sentence_around
from tests.rules.support import FACTS

CARD = "4111 1111 1111 1111"
ORDER = "304-5512345-1234567"
WORD = "zzz"


def _words(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    """Finds the words that the rule names."""
    wanted = parameters["words"]
    assert isinstance(wanted, tuple)
    for word in wanted:
        for found in re.finditer(re.escape(word), reading.draft.text):
            yield Match(*found.span())


def _lacks(reading: Reading, parameters: Mapping[str, Parameter]) -> Iterator[Match]:
    """Finds that a text lacks what the rule wants."""
    if str(parameters["wanted"]) not in reading.draft.text:
        yield Match(excerpt="")


@pytest.fixture(autouse=True)
def detectors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two detectors that know what a test tells them."""
    own = {
        "test_words": Detector(_words, "text", parameters={"words": ()}),
        "test_lacks": Detector(_lacks, "text", parameters={"wanted": ""}),
    }
    monkeypatch.setattr("deskterm.rules.detectors.table.DETECTORS", {**DETECTORS, **own})


def rule(
    fix: str | None,
    *checks: Check,
    rule_id: str = "shop.one",
    severity: Severity = "block",
) -> Rule:
    return Rule(
        id=rule_id,
        says=MappingProxyType({"en": "Not so."}),
        severity=severity,
        stated=severity,
        gate="text",
        checks=checks,
        applies=Applies(),
        fix=fix,
        source="House default: a test",
        source_kind="house",
        checked_on=date(2026, 11, 21),
    )


def words(*wanted: str) -> Check:
    return Check("test_words", {"words": wanted})


def pack(*rules: Rule, orders: tuple[str, ...] = ()) -> RulePack:
    return RulePack(
        channel="email",
        version="1",
        review_days=365,
        rules=rules,
        order_numbers=tuple(map(re.compile, orders)),
    )


def fixed(text: str, packs: RulePack, facts: Facts = FACTS) -> str | None:
    """The text after the fix of the first finding; None where none is offered."""
    draft = Draft(text, "email")
    finding = check(draft, facts, [packs]).findings[0]
    fix = offered(draft, facts, [packs], finding)
    return None if fix is None else fix.applied(text)


def test_the_packs_know_the_rewrites_that_there_are() -> None:
    assert frozenset(REWRITES) == FIXES


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("Write to zzz, please.", "Write to, please."),
        ("Write to us, zzz.", "Write to us."),
        ("Vous pouvez nous écrire ici : zzz !", "Vous pouvez nous écrire ici !"),
        ("See our page (zzz) for more.", "See our page for more."),
        ("See «zzz» now", "See now"),
        ("See <zzz> now", "See now"),
        ("Look at [our page](zzz) today.", "Look at our page today."),
        ("zzz is our page.", "is our page."),
        ("Hello,\n\nTel.: zzz\n\nAnna", "Hello,\n\nAnna"),
        ("Hello,\n\nzzz\n\nAnna", "Hello,\n\nAnna"),
        ("Hello,\nMail: zzz\nAnna", "Hello,\nAnna"),
        ("Liebe Ana,\n- zzz\n- morgen", "Liebe Ana,\n- morgen"),
        ("Hello Ana\n\nzzz", "Hello Ana"),
        ("Call zzz\nAnna", "Call\nAnna"),
        ("Call zzz, or\nwrite", "Call, or\nwrite"),
        ("Il pacco zzz è partito.", "Il pacco è partito."),
    ],
)
def test_remove_takes_out_the_place_with_what_it_leaves(text: str, after: str) -> None:
    assert fixed(text, pack(rule("remove", words(WORD)))) == after


def test_remove_takes_the_sentence_where_the_place_alone_does_not_do() -> None:
    # Without its place the sentence breaks the other rule.
    found = pack(
        rule("remove", words(WORD)),
        rule(None, words("call today"), rule_id="shop.two"),
    )
    text = "Your parcel is late. Please call zzz today. Sorry!"
    assert fixed(text, found) == "Your parcel is late. Sorry!"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Hello Ana. Leave 5 stars zzz for a gift, e.g. a mug. Bye.", 1),
        ("Bonjour ! Mme. Dupont a zzz votre colis. Merci.", 1),
        ("Das ist z. B. zzz gut. Danke.", 0),
        ("It is zzz 3.5 kg. Bye.", 0),
        ("Is it zzz? Yes.", 0),
    ],
)
def test_a_sentence_is_found_around_its_place(text: str, sentence: int) -> None:
    start = text.index(WORD)
    begin, end = sentence_around(text, start, start + len(WORD))
    assert WORD in text[begin:end]
    assert text[begin:end] == text[begin:end].strip()
    before = text[:begin].strip()
    assert (before == "") is (sentence == 0)
    assert text[end:].strip() in ("Bye.", "Merci.", "Danke.", "Yes.")


def test_swap_takes_out_what_no_topic_has_found_as_remove_does() -> None:
    text = "Thank you. Call zzz if you like it. Kind regards"
    expected = "Thank you. Call if you like it. Kind regards"
    assert fixed(text, pack(rule("swap", words(WORD)))) == expected


def test_swap_takes_out_the_sentence_where_its_topic_has_no_words_for_it() -> None:
    text = "Thank you. Enjoy our big summer sale this weekend. Kind regards"
    found = rule("swap", Check("wording", {"topics": ("promotion",)}))
    assert fixed(text, pack(found)) == "Thank you. Kind regards"


@pytest.mark.parametrize(
    ("number", "after"),
    [
        (CARD, "**** **** **** 1111"),
        (CARD.replace(" ", "-"), "****-****-****-1111"),
        (CARD.replace(" ", ""), "************1111"),
        ("４１１１ １１１１ １１１１ １１１１", "**** **** **** １１１１"),
    ],
)
def test_mask_keeps_the_last_four_digits(number: str, after: str) -> None:
    cards = Check("card_number", {"requests": True})
    text = f"The card {number} was declined."
    assert fixed(text, pack(rule("mask", cards))) == f"The card {after} was declined."


def test_mask_is_not_offered_for_what_is_no_number() -> None:
    cards = Check("card_number", {"requests": True})
    assert fixed("Please send us the CVV of your card.", pack(rule("mask", cards))) is None


LONG = "The parcel left on Monday. It arrives tomorrow. We are sorry for the wait, it was long."


@pytest.mark.parametrize(
    ("limit", "after"),
    [
        (TextLimit(60), "The parcel left on Monday. It arrives tomorrow."),
        (TextLimit(47), "The parcel left on Monday. It arrives tomorrow."),
        (TextLimit(46), "The parcel left on Monday."),
        (TextLimit(12), "The parcel"),
        (TextLimit(30, "bytes"), "The parcel left on Monday."),
    ],
)
def test_shorten_ends_at_a_sentence_or_else_at_a_word(limit: TextLimit, after: str) -> None:
    long = pack(rule("shorten", Check("length", dict(DETECTORS["length"].parameters))))
    assert fixed(LONG, long, replace(FACTS, limits=limit)) == after


def test_shorten_is_not_offered_where_nothing_would_be_left() -> None:
    long = pack(
        rule("shorten", Check("length", dict(DETECTORS["length"].parameters))),
        rule(None, Check("empty_text"), rule_id="shop.empty"),
    )
    assert fixed("Donaudampfschifffahrt", long, replace(FACTS, limits=TextLimit(5))) is None


def _order_pack(*, wanted: str = ORDER) -> RulePack:
    return pack(
        rule("order_number", Check("test_lacks", {"wanted": wanted})),
        orders=(r"(?<![\w-])[0-9]{3}-[0-9]{7}-[0-9]{7}(?![\w-])",),
    )


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Hello, your parcel is late and we are sorry for that.", "Order"),
        ("Bonjour, votre colis est en retard et nous en sommes désolés.", "Commande"),
        ("Hallo, Ihr Paket ist spät und das tut uns leid.", "Bestellung"),
    ],
)
def test_the_order_number_comes_to_the_top_in_the_language_of_the_text(
    text: str, word: str
) -> None:
    facts = replace(FACTS, own_values=frozenset({ORDER, "SKU-1", "1Z999AA10123456784"}))
    assert fixed(text, _order_pack(), facts) == f"{word} {ORDER}\n\n{text}"


def test_the_order_number_takes_the_place_of_what_was_found() -> None:
    numbers = pack(rule("order_number", words("[order]")), orders=(ORDER,))
    facts = replace(FACTS, own_values=frozenset({ORDER}))
    after = fixed("Your order [order] left.", numbers, facts)
    assert after == f"Your order {ORDER} left."


@pytest.mark.parametrize("values", [(), ("SKU-1",), (ORDER, "304-5512345-7654321")])
def test_an_order_number_is_never_guessed(values: tuple[str, ...]) -> None:
    facts = replace(FACTS, own_values=frozenset(values))
    assert fixed("Hello.", _order_pack(), facts) is None


# Plain text


@pytest.mark.parametrize(
    ("kind", "text", "after"),
    [
        ("html", "<p>Hello <b>Ana</b>,</p>it left.<br>Bye", "Hello Ana,\nit left.\nBye"),
        ("html", "<a href='https://a.example'>Here</a> it is", "Here (https://a.example) it is"),
        ("html", "Press <Enter>&nbsp;now &amp; wait", "Press <Enter> now & wait"),
        ("html", "<ul><li>one</li><li>two</li></ul>", "- one\n- two"),
        ("html", "3 < 4 and 5 > 4, <3", "3 < 4 and 5 > 4, <3"),
        ("markdown", "**Hello** _Ana_, `now`", "Hello Ana, now"),
        ("markdown", "# Parcel\n> it left\n---\nBye", "Parcel\nit left\nBye"),
        ("markdown", "[our page](https://a.example)", "our page (https://a.example)"),
        ("markdown", "5*3*2 snake_case_name 2 * 3", "5*3*2 snake_case_name 2 * 3"),
        ("emoji", "Thanks 😀 a lot 👍🏽!", "Thanks a lot!"),
        ("emoji", "Your 40 °C lamp™ costs 5 €", "Your 40 °C lamp™ costs 5 €"),
        (
            "capitals",
            "PLEASE READ THIS now. DHL is ON time",
            "Please read this now. DHL is ON time",
        ),
        ("symbols", "Thanks!!!! ★★★ really?!?", "Thanks! really?"),
        ("blank_lines", "One\n\n \n\n\nTwo\n\nThree", "One\n\nTwo\n\nThree"),
        ("symbols", "It is 5-6 days... maybe", "It is 5-6 days... maybe"),
    ],
)
def test_plain_takes_out_what_is_forbidden_and_keeps_the_words(
    kind: str, text: str, after: str
) -> None:
    assert plain(text, frozenset({kind})) == after


def test_plain_leaves_what_the_rule_allows() -> None:
    assert plain("**Thanks** 😀", frozenset({"emoji"})) == "**Thanks**"


@given(st.text())
def test_plain_never_fails_and_does_it_all_at_once(text: str) -> None:
    once = plain(text, frozenset({"emoji"}))
    assert plain(once, frozenset({"emoji"})) == once


@pytest.mark.parametrize("module", [rewrites, plain_text])
@pytest.mark.parametrize("piece", ["<a ", "**a", "*a", "[a](", "!", "★", "A ", " ", "\n", "p. ex"])
def test_no_text_makes_a_pattern_slow(module: object, piece: str) -> None:
    text = piece * (20_000 // len(piece))
    for pattern in module.PATTERNS.values():  # type: ignore[attr-defined] # both have them
        for count, _ in enumerate(pattern.finditer(text)):
            assert count <= len(text)


# Offering


def test_a_fix_that_breaks_another_rule_is_not_offered() -> None:
    found = pack(
        rule("remove", words(WORD)),
        rule(None, Check("test_lacks", {"wanted": WORD}), rule_id="shop.two", severity="warn"),
    )
    assert fixed(f"Hello {WORD}", found) is None


def test_a_fix_that_would_leave_nothing_is_not_offered() -> None:
    found = pack(rule("remove", words(WORD)), rule(None, Check("empty_text"), rule_id="shop.e"))
    assert fixed(WORD, found) is None


def test_of_two_places_each_has_its_fix() -> None:
    draft, packs = Draft("a zzz b zzz c", "email"), [pack(rule("remove", words(WORD)))]
    result = check(draft, FACTS, packs)
    assert [fix.applied(draft.text) for fix in offers(draft, FACTS, packs, result) if fix] == [
        "a b zzz c",
        "a zzz b c",
    ]


def test_findings_without_a_fix_have_none_and_the_gravest_are_sought_first() -> None:
    packs = [
        pack(
            rule("remove", words("one"), rule_id="shop.warns", severity="warn"),
            rule("remove", words("two"), rule_id="shop.blocks"),
            rule(None, words("three"), rule_id="shop.none"),
        )
    ]
    draft = Draft("one two three", "email")
    result = check(draft, FACTS, packs)
    assert [fix is not None for fix in offers(draft, FACTS, packs, result)] == [True, True, False]
    ticks = iter([0.0, 0.0, 0.0, 1.0])
    only_first = offers(draft, FACTS, packs, result, timer=lambda: next(ticks))
    assert [fix is not None for fix in only_first] == [False, True, False]


def test_a_finding_of_no_known_rule_has_no_fix() -> None:
    finding = Finding("x.y", "block", 0, 1, "a", {"en": "No."}, "s", "house", fix="remove")
    assert (
        offered(Draft("ab", "email"), FACTS, [pack(rule("remove", words(WORD)))], finding) is None
    )


@given(st.lists(st.sampled_from([WORD, " ", "\n", ".", "(", ")", ": ", "a", "Ana, "])))
def test_what_is_offered_helps_whatever_stands_around(pieces: list[str]) -> None:
    text, packs = "".join(pieces), [pack(rule("remove", words(WORD)))]
    draft = Draft(text, "email")
    result = check(draft, FACTS, packs)
    for fix in offers(draft, FACTS, packs, result, budget_ms=600_000):
        if fix is None:
            assert text == WORD, "a text that is nothing else has no other words"
            continue
        after = check(replace(draft, text=fix.applied(text)), FACTS, packs)
        assert len(after.findings) < len(result.findings)

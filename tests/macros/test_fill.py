"""Filling in: what stands where, what is known of it, and what is left open."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskterm.domain.money import Money
from deskterm.domain.order import LineItem
from deskterm.macros.facts import Facts
from deskterm.macros.fill import FilledText, Span, fill, working_day
from deskterm.macros.grammar import parse
from deskterm.macros.model import Channel, Library, Macro, MacroVariant, Variable
from deskterm.macros.paths import FIELDS, Known, Value, look_up
from tests.macros.support import NOW, known, macro, order

SHIPPED = known(order=order("shipped"))
NOBODY = Known(now=NOW)


def english(body: str, there: Known = SHIPPED) -> FilledText:
    return fill(macro(body), there, language="en")


def test_values_stand_where_they_are_told() -> None:
    filled = english("Order {{order.ref}}, {{order.total}}.")
    assert filled.text == "Order 1001, €49.90."
    assert filled.spans == (
        Span(6, 10, "value", "order.ref", "order"),
        Span(12, 18, "value", "order.total", "order"),
    )
    assert filled.complete
    assert filled.values == {"order.ref": "1001", "order.total": "€49.90"}


def test_a_missing_value_names_itself_and_a_fallback_is_marked() -> None:
    filled = english('{{order.ref}} by {{order.carrier|"our carrier"}}', NOBODY)
    assert filled.text == "{{order.ref}} by our carrier"
    assert [(span.kind, span.name) for span in filled.spans] == [
        ("missing", "order.ref"),
        ("fallback", "order.carrier"),
    ]
    assert not filled.complete
    assert filled.values["order.ref"] == ""


def test_what_is_asked_is_a_gap_an_answer_or_a_fallback() -> None:
    day = Variable("day", "date", fallbacks={"en": "+2"})
    asked = macro("On {{?day}}: {{?what}}", variables=(day,))
    open_ = fill(asked, SHIPPED, language="en")
    # Sunday, and two working days on.
    assert open_.text == "On Tuesday 24 November: {{?what}}"
    assert [span.kind for span in open_.spans] == ["fallback", "gap"]
    answers: dict[str, Value] = {"day": date(2026, 12, 1), "what": Money(500, "EUR")}
    done = fill(asked, SHIPPED, language="en", answers=answers)
    assert done.text == "On Tuesday 1 December: €5.00"
    assert {span.kind for span in done.spans} == {"answer"}
    assert {span.origin for span in done.spans} == {"asked"}


def test_a_text_is_taken_for_the_language_and_the_channel() -> None:
    bodies = [("en", ""), ("fr", ""), ("en", "marketplace"), ("en", "amazon")]
    variants = tuple(
        MacroVariant(language, channel, parse(f"{language} {channel} {{{{today}}}}"), "")
        for language, channel in bodies
    )
    chosen = Macro("m", {"en": "M"}, variants)

    def on(language: str, channel: str, kind: str) -> str:
        there = Channel(channel, kind)  # type: ignore[arg-type]  # written out below
        return fill(chosen, SHIPPED, language=language, channel=there).text

    assert on("fr", "email", "mail") == "fr  dimanche 22 novembre"
    assert on("en", "email", "mail").startswith("en  ")
    assert on("en", "ebay", "marketplace").startswith("en marketplace")
    assert on("en", "amazon", "marketplace").startswith("en amazon")
    assert on("fr", "amazon", "marketplace").startswith("fr  ")
    other = fill(chosen, SHIPPED, language="it")
    assert (other.language, other.text) == ("en", "en  Sunday 22 November")


def test_macros_take_in_others_but_not_without_end() -> None:
    sign = macro("Yours, {{agent.name}}", id="sign")
    around = macro("around {{>around}}", id="around")
    library = Library({"sign": sign, "around": around})
    assert fill(macro("Hi\n{{>sign}}"), SHIPPED, language="en", library=library).text == (
        "Hi\nYours, Sam"
    )
    missing = fill(macro("{{>nobody}}"), SHIPPED, language="en", library=library)
    assert missing.of("missing")[0].name == "nobody"
    assert fill(around, SHIPPED, language="en", library=library).of("missing")


def test_paragraphs_that_are_left_out_leave_no_gap() -> None:
    body = (
        "\n\nA\n\n{% if order.ref == empty %}\nB\n\n{% endif %}\n\n"
        "C\n{% if order.ref != empty %}\n\nD\n{% endif %}\n\n"
    )
    assert english(body).text == "A\n\nC\n\nD"
    assert english(body, NOBODY).text == "A\n\nB\n\nC"


@pytest.mark.parametrize(
    ("condition", "true"),
    [
        ('order.state == "shipped"', True),
        ('order.state == "late"', False),
        ('order.state != "late"', True),
        ('order.payment == "PAID"', True),
        ("order.total > 49", True),
        ("order.total <= 49.90", True),
        ("order.total < 49.90", False),
        ("order.item_count == 3", True),
        ("order.promised_on > today", True),
        ("order.shipped_on < today", True),
        ("order.shipped_on >= today", False),
        ("order.refunded == empty", True),
        ("order.refunded > 1", False),
        ("order.refunded != 1", True),
        ("order.refunded == 1", False),
        ("today == today", True),
        ("facts.return_days >= 14", True),
        ('channel.kind == "mail"', True),
    ],
)
def test_conditions(condition: str, true: bool) -> None:
    assert english(f"{{% if {condition} %}}yes{{% else %}}no{{% endif %}}").text == (
        "yes" if true else "no"
    )


def test_the_first_true_branch_speaks() -> None:
    branches = "{% elif order.total > 9 %}b{% elif order.total > 1 %}c{% endif %}"
    body = f"{{% if order.total > 90 %}}a{branches}"
    assert english(body).text == "b"


@pytest.mark.parametrize("language", ["en", "fr", "de", "es", "it", "nl", "xx"])
def test_greetings(language: str) -> None:
    variant = MacroVariant(language, "", parse("{{greeting}}\n{{closing}}"), "")
    greeting = Macro("m", {"en": "M"}, (variant,))
    named = fill(greeting, SHIPPED, language=language).text
    nobody = fill(greeting, NOBODY, language=language).text
    assert "Ana" in named
    assert "Martin" not in named
    assert named.endswith("Sam")
    assert "{" not in named + nobody
    assert nobody.splitlines()[0][-2].isalpha()


def test_text_from_outside_stays_on_its_line_and_fills_nothing_in() -> None:
    tricky = LineItem("1", "{{order.total}}\n\x1b[31mred\u202e", 1, Money(1, "EUR"))
    there = known(order=order("paid", lines=(tricky,)))
    filled = english("{{order.item}}", there)
    assert "49.90" not in filled.text
    assert "\x1b" not in filled.text
    assert "\n" not in filled.text
    assert filled.spans[0].end == len(filled.text)


def test_facts_are_said_in_the_language_of_the_text() -> None:
    facts = Facts({}, {"opening_hours": {"en": "nine to six"}})
    variants = tuple(
        MacroVariant(x, "", parse("{{facts.opening_hours}}"), "") for x in ("en", "fr")
    )
    said = Macro("m", {"en": "M"}, variants)
    assert fill(said, known(facts=facts), language="en").text == "nine to six"
    assert fill(said, known(facts=facts), language="fr").of("missing")


@pytest.mark.parametrize("path", FIELDS)
def test_every_field_has_a_value_somewhere(path: str) -> None:
    there = known(
        subject="Parcel",
        messages=2,
        order=replace(
            order("delivered", delivery="home", refunds=order("refunded").refunds),
            returns=(replace(order("returned").returns[0], changed_at=NOW),),
        ),
    )
    value = look_up(path, there)
    assert value not in (None, "", frozenset())
    options = FIELDS[path].options
    if options:
        words = value if isinstance(value, frozenset) else {value}
        assert words <= set(options)


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60))
def test_every_span_is_where_it_says(name: str, agent: str) -> None:
    there = replace(SHIPPED, customer=name, agent=agent)
    filled = english('{{greeting}} {{customer.name|"x"}} {{agent.name}} {{?y}} {{closing}}', there)
    assert filled.text == filled.text.rstrip()
    places = [(span.start, span.end) for span in filled.spans]
    assert places == sorted(places)
    for span in filled.of("missing", "gap"):
        assert filled.text[span.start : span.end].startswith("{{")


def test_working_days_pass_over_the_week_end() -> None:
    friday = date(2026, 11, 20)
    assert working_day(friday, 0) == friday
    assert working_day(friday, 1) == friday + timedelta(days=3)
    assert working_day(friday, 6) == friday + timedelta(days=10)

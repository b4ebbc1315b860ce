"""Files of macros and of facts: what is wrong is named with its line, the rest works."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from deskterm.domain.money import Money
from deskterm.macros.facts import Facts, read_facts
from deskterm.macros.library import load_library, read_library
from deskterm.macros.model import Library, Macro, MacroAction, Problem

_GOOD = """\
    [[macro]]
    id = "good"
    title.en = "Good"
    body.en = "Hello {{order.ref}}"
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    folder = tmp_path / "macros"
    folder.mkdir()
    return folder


def write(folder: Path, text: str, name: str = "own.toml") -> Path:
    file = folder / name
    file.write_text(dedent(text), encoding="utf-8")
    return file


def read(file: Path, facts: Facts | None = None) -> Library:
    return read_library([[file]], facts or Facts())


def test_everything_that_a_macro_can_have(shop: Path) -> None:
    file = write(
        shop,
        """\
        # a shop's own
        [[macro]]
        id = "own"
        reason = "wismo"
        favours = ["late"]
        not_for = ["delivered"]
        needs = ["order.ref"]
        title.en = "Own"
        title.fr = "À nous"
        asks.en = ["where is"]
        body.en = '''
        Hello {{?who}}
        '''
        body.fr = "Bonjour {{?who}}"
        action.tag = ["a", "b"]
        action.status = "resolved"
        action.snooze = "3d"
        action.assign = "me"
        [[macro.variant]]
        channel = "sms"
        body.en = "Hi {{?who}}"
        body.fr = "Salut {{?who}}"
        [[macro.variable]]
        name = "who"
        type = "text"
        label.en = "Who?"
        fallback.en = "you"
        choices.en = ["you", "all"]
        """,
    )
    library = read(file)
    assert library.problems == ()
    own = library.macros["own"]
    assert (own.reason, own.line, own.file) == ("wismo", 2, str(file))
    assert own.title("fr") == "À nous"
    assert own.title("de") == "Own"
    assert [(v.language, v.channel, v.line) for v in own.variants] == [
        ("en", "", 12),
        ("fr", "", 14),
        ("en", "sms", 21),
        ("fr", "sms", 22),
    ]
    assert own.actions == (
        MacroAction("tag", "a"),
        MacroAction("tag", "b"),
        MacroAction("status", "resolved"),
        MacroAction("snooze", "3d"),
        MacroAction("assign", "me"),
    )
    assert own.variable("who").label("fr") == "Who?"
    assert own.variable("what").label("fr") == "what"


@pytest.mark.parametrize(
    ("line", "at", "says"),
    [
        ('surprise = "x"', 5, "surprise is no key"),
        ('reason = "nothing"', 5, "reason must be one of"),
        ('favours = ["asleep"]', 5, "favours holds 'asleep'"),
        ('needs = ["order.shoe"]', 1, "no field"),
        ('title.english = "x"', 5, "is no language"),
        ('asks.en = "where"', 5, "asks.en must be a list"),
        ("asks.en = [1]", 5, "must be a text"),
        ('action.status = "asleep"', 5, "action.status must be one of"),
        ('action.snooze = "never"', 5, "action.snooze must be a time"),
        ('action.dance = "x"', 5, "action.dance is no key"),
        ('body.fr = "{{order.ref"', 5, "without }}"),
        ('body.fr = """\nA\n  {{order.shoe}}"""', 7, "no field 'order.shoe'"),
        ('body.fr = "{{order.payment}}"', 5, "for conditions"),
        ('body.fr = "{{>nobody}}"', 5, "no macro 'nobody'"),
        ("body.fr = \"{% if order.payment == 'x' %}{% endif %}\"", 5, "a value is"),
        ("body.fr = '{% if order.payment == \"x\" %}{% endif %}'", 5, "never 'x'"),
        ('body.fr = "{% if order.total < today %}{% endif %}"', 5, "is a money"),
        ('[[macro.variant]]\nbody.en = "x"', 5, "channel is missing"),
        ('[[macro.variant]]\nchannel = "SMS"', 6, "is no channel"),
        ('[[macro.variable]]\nname = "x"\ntype = "colour"', 7, "type is 'colour'"),
        ('[[macro.variable]]\nname = "x"\ntype = "date"\nfallback.en = "soon"', 8, "working days"),
    ],
)
def test_a_broken_macro_is_named_and_the_others_work(
    shop: Path, line: str, at: int, says: str
) -> None:
    # Lines 1 to 4, what is broken, and another macro after it.
    broken = dedent(_GOOD).replace("good", "bad") + line + "\n"
    file = shop / "own.toml"
    file.write_text(broken + dedent(_GOOD), encoding="utf-8")
    library = read(file)
    assert set(library.macros) == {"good"}
    (problem,) = (problem for problem in library.problems if problem.skipped)
    assert says in problem.text
    assert (problem.line, problem.macro, problem.file) == (at, "bad", str(file))
    assert str(problem).startswith(f"{file}:{at}:")


@pytest.mark.parametrize(
    ("text", "at", "says"),
    [
        ("[[macro]]\nid = \nx = 1", 2, "Invalid value"),
        ("[[macro]]\nid = 'x'\nid = 'y'\n", 3, "overwrite"),
        ("macro = 3", 1, "[[macro]]"),
        ("[macros]", 1, "no key"),
    ],
)
def test_a_broken_file_leaves_the_others(shop: Path, text: str, at: int, says: str) -> None:
    write(shop, _GOOD, "a.toml")
    write(shop, text, "b.toml")
    library = load_library(shop)
    assert "good" in library.macros
    assert "order_status" in library.macros
    (problem,) = library.problems
    assert problem.line == at
    assert says in problem.text


@pytest.mark.parametrize("key", ["id", "title", "body", "asks", "variant", "variable", "action"])
@pytest.mark.parametrize(
    "value", ["3", '""', "[1]", "{ a = 1 }", "{ en = {} }", "{ en = [3] }", "[{}]"]
)
def test_values_of_the_wrong_kind_are_told(shop: Path, key: str, value: str) -> None:
    lines = [line for line in dedent(_GOOD).splitlines() if not line.startswith(key)]
    file = write(shop, "\n".join([*lines, f"{key} = {value}"]))
    library = read(file)
    assert not library.macros
    (problem,) = library.problems
    assert problem.line
    assert problem.text


def test_files_that_cannot_be_read(shop: Path) -> None:
    latin = shop / "latin.toml"
    latin.write_bytes(b"[[macro]]\nid = '\xe9'\n")
    assert read(latin).problems == (Problem(str(latin), 2, "it is not UTF-8 text"),)
    nowhere = shop / "nowhere.toml"
    assert read(nowhere).problems == (Problem(str(nowhere), 0, "No such file or directory"),)


def test_a_shops_macro_takes_the_place_of_a_bundled_one(shop: Path) -> None:
    write(shop, _GOOD.replace("good", "order_status"))
    library = load_library(shop)
    assert library.macros["order_status"].title("en") == "Good"
    assert len(library.macros) == len(load_library().macros)


def test_the_first_of_two_counts(shop: Path) -> None:
    write(shop, _GOOD, "a.toml")
    write(shop, _GOOD.replace("Good", "Other"), "b.toml")
    library = load_library(shop)
    assert library.macros["good"].title("en") == "Good"
    (problem,) = library.problems
    assert "a.toml:1" in problem.text
    assert problem.file.endswith("b.toml")


def test_macros_that_take_each_other_in_are_left_out(shop: Path) -> None:
    pairs = {"a": "b", "b": "a", "c": "a", "d": "d", "e": "good"}
    made = [
        _GOOD.replace("good", x).replace("{{order.ref}}", f"{{{{>{y}}}}}") for x, y in pairs.items()
    ]
    library = read(write(shop, _GOOD + "".join(made)))
    assert set(library.macros) == {"good", "e"}
    assert {problem.macro for problem in library.problems} == {"a", "b", "c", "d"}


def _warnings(macro: str, shop: Path, facts: Facts | None = None) -> list[str]:
    library = read(write(shop, macro), facts)
    assert len(library.macros) == 1
    assert not any(problem.skipped for problem in library.problems)
    return [problem.text for problem in library.problems]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ('body.fr = "Bonjour {{order.ref}}"', "title.fr is missing"),
        ('title.fr = "Bon"', "no text in fr"),
        ('title.fr = "Bon"\nbody.fr = "Bonjour"', "the text in fr has no order.ref"),
        ('[[macro.variant]]\nchannel = "sms"\nbody.fr = "x"\n', "it has no text in en for sms"),
    ],
)
def test_languages_that_differ_are_told(shop: Path, more: str, says: str) -> None:
    assert any(says in text for text in _warnings(dedent(_GOOD) + more, shop))


@pytest.mark.parametrize(
    "away",
    [
        "{{facts.account_url}}",
        "see www.shop.example",
        "https://shop.example",
        "me@shop.example",
        "call +33 1 23 45 67 89",
        '{{order.ref|"https://shop.example"}}',
    ],
)
def test_a_text_that_leads_away_needs_one_for_marketplaces(shop: Path, away: str) -> None:
    macro = _GOOD.replace('"Hello {{order.ref}}"', f"'''{away}'''")
    (told,) = _warnings(macro, shop, Facts({"account_url": "https://shop.example"}))
    assert "write a variant" in told
    tamed = dedent(macro) + '[[macro.variant]]\nchannel = "marketplace"\nbody.en = "Hello"\n'
    assert not any("marketplace: write" in text for text in _warnings(tamed, shop))


def test_the_carriers_page_may_stand_on_a_marketplace(shop: Path) -> None:
    assert _warnings(_GOOD.replace("order.ref", "order.tracking_url"), shop) == []


def test_a_fact_that_nobody_wrote_down_is_told(shop: Path) -> None:
    macro = _GOOD.replace("order.ref", "facts.motto")
    (told,) = _warnings(macro, shop)
    assert "facts.toml has no motto" in told
    assert _warnings(macro, shop, Facts({"motto": "Slow and steady"})) == []
    optional = _GOOD.replace("{{order.ref}}", "{% if facts.motto != empty %}x{% endif %}")
    assert _warnings(optional, shop) == []


def test_facts(tmp_path: Path) -> None:
    file = write(
        tmp_path,
        """\
        shop_name = "Atelier Nord"
        return_days = 30
        shipping_fee = "4.90 EUR"
        sale_until = 2026-12-31
        account_url = "https://shop.example"
        opening_hours.en = "nine to six"
        opening_hours.fr = "de 9 h à 18 h"
        """,
        "facts.toml",
    )
    facts, problems = read_facts(file)
    assert problems == ()
    assert facts.get("shipping_fee", "en") == Money(490, "EUR")
    assert facts.get("opening_hours", "fr") == "de 9 h à 18 h"
    assert facts.get("opening_hours", "de") is None
    assert facts.get("return_days", "en") == 30
    assert facts.get("refund_days", "en") == 14
    kinds = {name: facts.kind(name) for name in ("sale_until", "account_url", "opening_hours", "x")}
    assert kinds == {
        "sale_until": "date",
        "account_url": "link",
        "opening_hours": "text",
        "x": None,
    }


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("return_days = 7", "must be 14 or more (Directive 2011/83/EU art. 9)"),
        ("refund_days = 30", "must be 14 or less"),
        ("guarantee_years = 1", "must be 2 or more"),
        ('return_days = "thirty"', "must be a number"),
        ("shipping_fee = 4.90", "takes a text"),
        ("open = true", "takes a text"),
        ('shop_name = " "', "must be a text of 1 to"),
        ('Name = "x"', "is no name"),
        ("shop_name.english = 'x'", "one text for each language"),
        ("return_days.en = 'x'", "must be a number"),
    ],
)
def test_a_wrong_fact_is_named_and_the_others_count(tmp_path: Path, line: str, says: str) -> None:
    file = write(tmp_path, f"motto = 'Slow'\n{line}\n", "facts.toml")
    facts, (problem,) = read_facts(file)
    assert problem.line == 2
    assert says in problem.text
    assert facts.get("motto", "en") == "Slow"
    assert facts.get("return_days", "en") == 14


def test_no_facts_at_all(tmp_path: Path) -> None:
    assert read_facts(tmp_path / "facts.toml") == (Facts(), ())
    broken = write(tmp_path, "a = \n", "facts.toml")
    facts, (problem,) = read_facts(broken)
    assert (facts, problem.line) == (Facts(), 1)


def test_titles_fall_back(shop: Path) -> None:
    library = read(write(shop, _GOOD.replace("title.en", "title.de").replace("body.en", "body.de")))
    own: Macro = library.macros["good"]
    assert own.title("fr") == "Good"

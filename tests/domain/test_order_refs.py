from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.errors import UsageError
from deskterm.domain.order_patterns import compile_order_pattern
from deskterm.domain.order_refs import MOST_REFS, OrderRefFinder, normalise


def found(text: str, *patterns: str) -> list[str]:
    return [ref.text for ref in OrderRefFinder(patterns).find(text)]


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("Size question (Order: 111-1111111-1111111)", ["111-1111111-1111111"]),
        ("where is 12-07745-33018?", ["12-07745-33018"]),
        ("110012345678-1234567890123", ["110012345678-1234567890123"]),
        ("Sales Order ID:\u00a0 5900000000000", ["5900000000000"]),
        ("Votre commande 100045", ["100045"]),
        ("ma commande n°100045.", ["100045"]),
        ("Commande N° FR-2026-00123", ["FR-2026-00123"]),
        ("order number is 4000000001, please", ["4000000001"]),
        ("Order no. W00012345", ["W00012345"]),
        ("my order (#4521)", ["4521"]),
        ("Bestellung Nr. 98765", ["98765"]),
        ("Bestellnummer: 98765", ["98765"]),
        ("pedido número 55555", ["55555"]),
        ("ordine n. 77777", ["77777"]),
        ("#1001 and #1002, #1001 again", ["1001", "1002"]),
        ("Order 12-07745-33018 and order 12-07745-33018", ["12-07745-33018"]),
        ("ORDER_1234 order_1234", []),
        ("order 123", []),
        ("in order to be", []),
        ("the border 12345", []),
        ("order of 12/11/2026", []),
        ("order 2026-11-12", []),
        ("order 2026/11/12", []),
        ("commande 1500 €", []),
        ("order 1234.50", []),
        ("order 1200,00", []),
        ("&#8217;", []),
        ("call +33 6 39 98 12 34", []),
        ("1111-1111111-1111111", []),
        ("111-1111111-11111112", []),
        ("12-07745-33018-9", []),
        ("", []),
    ],
)
def test_found(text: str, refs: list[str]) -> None:
    assert found(text) == refs


def test_normal_form() -> None:
    assert normalise("fr-2026_00 123#é") == "FR202600123É"
    first, second = OrderRefFinder().find("order ab-12345, commande AB-12346")
    assert (first.norm, second.norm) == ("AB12345", "AB12346")
    assert len(OrderRefFinder().find("order ab-12345, commande AB12345")) == 1


def test_own_patterns_come_first_and_a_group_is_the_number() -> None:
    assert found("hello shop4711, order 12345", r"SHOP\d{4}") == ["shop4711", "12345"]
    assert found("ref ABC/4711", r"ABC/(\d+)") == ["4711"]
    assert found("order AB-12-345", r"\d{2}-\d{3}") == ["12-345"]
    assert found("x12-345x", r"\d{2}-\d{3}") == []
    assert found("AAAA or B7", "A{4}|B(7)") == ["AAAA", "7"]


def test_at_most_ten_the_first_ones() -> None:
    text = " ".join(f"#{number}" for number in range(1000, 2000))
    assert found(text) == [str(number) for number in range(1000, 1000 + MOST_REFS)]


@pytest.mark.parametrize(
    "pattern",
    [
        r"\d{6}",
        r"[A-Z]{2}-?\d{4,8}",
        r"(?:WEB|SHOP)-\d+",
        r"W\d{3,}",
        r"#?(\d{5,7})",
        r"\bX\.\d{4}(?:-\d{1,2})?",
        r"[\w-]{5}",
        "ÉTÉ ?[0-9]{4}",
    ],
)
def test_patterns_that_can_be_used(pattern: str) -> None:
    compile_order_pattern(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        *("", "a" * 101, r"(\d+)+", r"(\d{1,3}){2}", "(a|a){1,20}", "(a?){5}", "((a+)b)+"),
        *(r"\d+\d+\d+", r"(a)\1", "(?=a)", "(?i)a", "(?P<x>a)", "a+?", "a++", "a{2}{3}"),
        *(r"\d{1,99}", "a{5,2}", "(", ")", "a)", "(a", "[", "[]", "[z-a]", "[a--b]", "[a&&b]"),
        *("^a", "a$", "*", "+a", r"\D", r"\Z", "a*", "a|", "\\", "{2}", "a?" * 9, "(a|b)" * 9),
    ],
)
def test_patterns_that_are_refused(pattern: str) -> None:
    with pytest.raises(UsageError, match="cannot be used"):
        compile_order_pattern(pattern)


pattern_pieces = st.lists(
    st.sampled_from([*r"a1()[]{}?*+|^$\.-,", r"\d", "{2}", "{1,3}", "(?:", "[a-z]", "\\b"]),
    max_size=14,
).map("".join)


@given(pattern_pieces)
def test_any_pattern_is_compiled_or_refused_and_runs(pattern: str) -> None:
    try:
        finder = OrderRefFinder([pattern])
    except UsageError:
        return
    for pumped in ("a" * 500, "1" * 500, "a1-" * 200, "aa 11 " * 100):
        assert len(finder.find(pumped)) <= MOST_REFS


pieces = st.sampled_from(
    ["order", "#", " ", "n°", "1234", "-", "12-07745-33018", "a", ":", "no", ".", "commande", "("]
)


@given(st.one_of(st.text(), st.lists(pieces, max_size=30).map("".join)))
def test_refs_stand_in_the_text_once_each(text: str) -> None:
    refs = OrderRefFinder([r"[A-Z]{1,3}\d{2,5}"]).find(text)
    assert all(ref.text in text and ref.norm == normalise(ref.text) for ref in refs)
    assert len({ref.norm for ref in refs}) == len(refs) <= MOST_REFS


@pytest.mark.parametrize(
    "pump",
    [
        "1",
        "#1",
        "order ",
        "order(",
        "n°",
        "1-",
        "order no no no ",
        "a1",
        "#1234 ",
        "12-07745-33018 ",
    ],
)
def test_pumped_text(pump: str) -> None:
    finder = OrderRefFinder([r"[A-Z]+-\d+", r"\d+[A-Z0-9]+", r"(?:A|AA|AAA)\w{1,20}"])
    text = pump * (20_000 // len(pump))
    assert len(finder.find(text)) <= MOST_REFS

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.errors import UsageError
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


def test_own_shapes_come_first() -> None:
    assert found("hello shop4711, order 12345", "SHOP####") == ["shop4711", "12345"]
    assert found("order AB-12-345", "##-###") == ["12-345"]


def test_a_shape_that_is_none_is_refused() -> None:
    with pytest.raises(UsageError, match="no shape"):
        OrderRefFinder(["(a+)+"])


def test_at_most_ten_the_first_ones() -> None:
    text = " ".join(f"#{number}" for number in range(1000, 2000))
    assert found(text) == [str(number) for number in range(1000, 1000 + MOST_REFS)]


pieces = st.sampled_from(
    ["order", "#", " ", "n°", "1234", "-", "12-07745-33018", "a", ":", "no", ".", "commande", "("]
)


@given(st.one_of(st.text(), st.lists(pieces, max_size=30).map("".join)))
def test_refs_stand_in_the_text_once_each(text: str) -> None:
    refs = OrderRefFinder(["@@##{2,5}"]).find(text)
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
    finder = OrderRefFinder(["@{1,6}-####", "####*{1,20}"])
    text = pump * (20_000 // len(pump))
    assert len(finder.find(text)) <= MOST_REFS

"""Shapes of order numbers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.order_shapes import NUMBER_MAX, compile_shape


@pytest.mark.parametrize(
    ("shape", "text", "found"),
    [
        ("SHOP-#{5,8}", "order SHOP-123456.", "SHOP-123456"),
        ("SHOP-#{5}", "shop-12345", "shop-12345"),
        (r"\##{4}", "it is #1001!", "#1001"),
        ("@@*{6}", "see FR12AB34 there", "FR12AB34"),
        ("##.##", "12.34", "12.34"),
    ],
)
def test_a_number_is_found(shape: str, text: str, found: str) -> None:
    match = compile_shape(shape).search(text)
    assert match is not None
    assert match[0] == found


@pytest.mark.parametrize(
    ("shape", "text"),
    [
        ("SHOP-#{5}", "SHOP-1234"),
        ("SHOP-#{5}", "SHOP-123456"),
        ("SHOP-#{5}", "XSHOP-12345"),
        ("##.##", "12x34"),
        ("#{5}", "١٢٣٤٥"),
    ],
)
def test_something_else_is_not(shape: str, text: str) -> None:
    assert compile_shape(shape).search(text) is None


@pytest.mark.parametrize(
    "shape",
    ["", "###", "SHOP", "#{5", "A{5}#", "#{8,5}", "#{5,8}-#{5,8}", "#{99}", "#\\", "#" * 61],
)
def test_no_shape_is_refused_with_a_reason(shape: str) -> None:
    with pytest.raises(ValueError, match=r"^(needs|must|has|repeats) "):
        compile_shape(shape)


@given(st.text(alphabet="#@*{}\\,0123456789Ab-.+()[", max_size=70))
def test_any_text_is_a_shape_of_bounded_numbers_or_refused(shape: str) -> None:
    try:
        expression = compile_shape(shape)
    except ValueError:
        return
    found = expression.search("1" * 2_000 + " 12345 " + "a" * 2_000 + " 1a" * 1_000)
    assert found is None or len(found[0]) <= NUMBER_MAX

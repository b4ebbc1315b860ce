"""Links without words beside them."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from deskterm.rules.detectors.bare_links import DETECTORS
from deskterm.rules.detectors.base import Reading
from deskterm.rules.model import Draft, Parameter
from deskterm.text.matching import MatchingCopy
from tests.rules.support import FACTS

_NONE: Mapping[str, Parameter] = {}


def _found(text: str) -> list[str]:
    reading = Reading(Draft(text, "amazon"), FACTS, MatchingCopy.of(text))
    return [text[match.start : match.end] for match in DETECTORS["bare_link"].run(reading, _NONE)]


@pytest.mark.parametrize(
    "text",
    [
        "https://www.amazon.com/gp/help",
        "Here: https://www.amazon.com/gp/help",
        "Voici le lien : https://www.amazon.com/gp/help",
        "Klicken Sie hier https://www.amazon.com/gp/help",
        "The label is ready.\nhttps://www.amazon.com/gp/help\nKim",
    ],
)
def test_a_link_that_says_nothing_is_found(text: str) -> None:
    assert _found(text) == ["https://www.amazon.com/gp/help"]


@pytest.mark.parametrize(
    "text",
    [
        "To print the return label, open Your Orders: https://www.amazon.com/your-orders",
        "The return label is here:\nhttps://www.amazon.com/your-orders",
        "L'étiquette de retour :\n\nhttps://www.amazon.fr/retours",
        "Nothing to open, only words.",
        "",
    ],
)
def test_a_link_with_words_is_fine(text: str) -> None:
    assert _found(text) == []


def test_each_link_of_a_bare_line_is_marked_in_the_original() -> None:
    text = "Hi\n\u200bhttps://www.amazon.com/a  https://www.amazon.com/b"
    assert _found(text) == ["https://www.amazon.com/a", "https://www.amazon.com/b"]

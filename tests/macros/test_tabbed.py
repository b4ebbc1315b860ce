"""Lines by their names, kept as one run of bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.macros.tabbed import TabbedLines

_NAMES = st.text(st.characters(blacklist_characters="\t\n", blacklist_categories=["Cs", "Cc"]))
_VALUES = st.text(st.characters(blacklist_characters="\n", blacklist_categories=["Cs"]))


@given(st.dictionaries(_NAMES, _VALUES), st.lists(_NAMES))
def test_it_is_what_a_dict_would_be(known: dict[str, str], others: list[str]) -> None:
    found = TabbedLines.of(f"{name}\t{value}" for name, value in known.items())
    assert dict(found) == known
    assert len(found) == len(known)
    for name in (*others, *(f"{name}a" for name in known), *(name[:-1] for name in known)):
        assert found.get(name) == known.get(name)


def test_a_line_without_a_tab_is_refused() -> None:
    with pytest.raises(ValueError, match="tab"):
        TabbedLines.of(["a\tb", "c"])


def test_a_line_that_was_cut_is_refused() -> None:
    with pytest.raises(ValueError, match="end"):
        TabbedLines(b"a\tb\nc\td")

"""Completion of queries."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.domain.query import FIELDS
from deskterm.viewmodel.search import Search
from tests.support.models import HandReaders


@dataclass
class Shelf:
    asked: list[str] = field(default_factory=list)

    def field_values(self, name: str) -> list[str]:
        self.asked.append(name)
        return {
            "tag": ["late", "vip", "very old"],
            "status": ["new", "open"],
        }.get(name, [])


class Rig:
    def __init__(self) -> None:
        self.shelf = Shelf()
        self.readers = HandReaders(self.shelf)  # type: ignore[arg-type] # the part that is used
        self.search = Search(self.readers)

    def offers(self, marked: str) -> list[tuple[str, str]]:
        """The label and the query that follows; `|` marks the cursor in both."""
        at = marked.index("|")
        self.search.typed(marked.replace("|", ""), at)
        self.readers.run()
        return [
            (o.label, f"{o.query[: o.cursor]}|{o.query[o.cursor :]}") for o in self.search.offers
        ]


@pytest.fixture
def rig() -> Rig:
    return Rig()


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("st|", [("status:", "status:|")]),
        ("lamp -st|", [("status:", "lamp -status:|")]),
        ("(ta|", [("tag:", "(tag:|")]),
        ("(ta|)", [("tag:", "(tag:|)")]),
        ("tag:v|", [("vip", "tag:vip |"), ("very old", 'tag:"very old" |')]),
        ('tag:"v|', [("vip", "tag:vip |"), ("very old", 'tag:"very old" |')]),
        (
            "lamp tag:V| chair",
            [("vip", "lamp tag:vip| chair"), ("very old", 'lamp tag:"very old"| chair')],
        ),
        ("tag:x|", []),
        ("status:|", [("new", "status:new |"), ("open", "status:open |")]),
        ("before:t|", [("today", "before:today |")]),
        ("|", []),
        ("lamp |", []),
        ("l|amp", []),
        ("hello|", []),
        ("reason:|", []),
        ('"tag:v|', []),
    ],
)
def test_what_is_offered(rig: Rig, typed: str, offered: list[tuple[str, str]]) -> None:
    assert rig.offers(typed) == offered


def test_values_are_read_once_until_they_are_forgotten(rig: Rig) -> None:
    told: list[int] = []
    rig.search.changed.connect(lambda: told.append(len(rig.search.offers)))
    rig.offers("tag:v|")
    rig.offers("tag:vi|")
    assert rig.shelf.asked == ["tag"]
    assert told == [2, 1]
    rig.search.forget()
    assert rig.search.offers == ()
    rig.offers("tag:v|")
    assert rig.shelf.asked == ["tag", "tag"]


def test_every_field_is_offered_with_a_word_about_it(rig: Rig) -> None:
    for name in FIELDS:
        rig.search.typed(name[:2], 2)
        (offer,) = (o for o in rig.search.offers if o.label == f"{name}:")
        assert offer.note


@given(st.text(alphabet='ta:g"( )-vip\x1b', max_size=20), st.integers(0, 20))
def test_any_text_is_borne(query: str, cursor: int) -> None:
    rig = Rig()
    rig.search.typed(query, min(cursor, len(query)))
    rig.readers.run()
    for offer in rig.search.offers:
        assert offer.query.endswith(query[min(cursor, len(query)) :])

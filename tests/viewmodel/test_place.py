"""Where an agent was: written down after a rest, read again with care."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskterm.viewmodel.place import VERSION, Place, PlaceKeeper
from tests.support.models import ManualTimers


class Paper:
    """A file that a test looks at."""

    def __init__(self, text: str | None = None) -> None:
        self.text = text
        self.writes = 0

    def read(self) -> str | None:
        return self.text

    def write(self, text: str) -> None:
        self.text = text
        self.writes += 1


def test_the_place_comes_back_after_a_restart() -> None:
    paper, timers = Paper(), ManualTimers()
    keeper = PlaceKeeper(paper, timers)
    assert keeper.place == Place()
    keeper.note(view="query", query="tag:été", ticket="k7m2q9")
    keeper.note(pane="composer", is_open=True, draft_cursor=41)
    assert paper.writes == 0
    timers.advance(2)
    assert paper.writes == 1
    again = PlaceKeeper(paper, timers)
    assert again.place == keeper.place
    assert (again.place.query, again.place.draft_cursor) == ("tag:été", 41)


def test_what_is_not_written_yet_is_written_at_the_end_and_only_then() -> None:
    paper, timers = Paper(), ManualTimers()
    keeper = PlaceKeeper(paper, timers)
    keeper.flush()
    keeper.note(ticket="")
    timers.advance(5)
    assert paper.writes == 0
    keeper.note(ticket="k7m2q9")
    keeper.flush()
    timers.advance(5)
    assert paper.writes == 1


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "{",
        "[]",
        '"text"',
        "{}",
        json.dumps({"version": VERSION + 1, "ticket": "k7m2q9"}),
        "[" * 9_000,
        '{"version": 1, "ticket": "' + "x" * 20_000,
    ],
)
def test_a_broken_file_is_ignored(text: str | None) -> None:
    assert Place.load(text) == Place()


def test_of_a_strange_file_what_can_be_used_is() -> None:
    text = json.dumps(
        {"version": VERSION, "ticket": "k7m2q9", "is_open": "yes", "draft_cursor": True, "x": 1}
    )
    assert Place.load(text) == Place(ticket="k7m2q9")


@given(st.text())
def test_any_text_is_borne(text: str) -> None:
    assert isinstance(Place.load(text), Place)

"""Marks: what the next command is about, all at once."""

from __future__ import annotations

from array import array

from deskterm.service.reading.views import ALL, MINE
from deskterm.viewmodel.marks import MOST, Marks


def marked(*ids: int) -> Marks:
    marks = Marks()
    marks.follow(ALL, array("I", range(100)))
    marks.add(array("I", ids))
    return marks


def test_a_mark_comes_and_goes() -> None:
    marks = Marks()
    told: list[int] = []
    marks.changed.connect(lambda: told.append(len(marks)))
    marks.toggle(7)
    marks.toggle(8)
    marks.toggle(7)
    assert told == [1, 2, 1]
    assert marks.ids == (8,)
    assert 8 in marks
    assert 7 not in marks
    assert marks.words == "1 marked"


def test_what_is_marked_again_is_the_last() -> None:
    marks = marked(1, 2, 3)
    marks.add(array("I", [1]))
    assert marks.ids == (2, 3, 1)
    assert marks.last == 1


def test_more_than_the_office_takes_cannot_be_marked() -> None:
    marks = marked(1, 2)
    assert not marks.add(array("I", range(MOST + 1)))
    assert marks.ids == (1, 2)
    assert marks.add(array("I", range(MOST)))
    assert not marks.toggle(MOST)
    assert marks.toggle(5)
    assert len(marks) == MOST - 1


def test_another_view_begins_without_marks() -> None:
    marks = marked(1, 2)
    marks.follow(MINE, array("I", [1, 2]))
    assert len(marks) == 0


def test_a_view_that_is_narrowed_is_another_one() -> None:
    marks = marked(1, 2)
    marks.follow(ALL.narrow("lamp"), array("I", [1, 2]))
    assert len(marks) == 0


def test_a_ticket_that_leaves_the_view_loses_its_mark() -> None:
    marks = marked(1, 2, 3)
    told: list[tuple[int, ...]] = []
    marks.changed.connect(lambda: told.append(marks.ids))
    marks.follow(ALL, array("I", [9, 3, 1]))
    marks.follow(ALL, array("I", [3, 1]))
    assert told == [(1, 3)]


def test_nothing_is_told_where_nothing_was_marked() -> None:
    marks = Marks()
    told: list[None] = []
    marks.changed.connect(lambda: told.append(None))
    marks.clear()
    marks.follow(ALL, array("I"))
    assert not told
    assert marks.words == ""
    assert marks.last is None

"""The tour: its steps name real keys and go on when they were done."""

from __future__ import annotations

from deskterm.service.table import TABLE
from deskterm.viewmodel.keys import Keymap
from deskterm.viewmodel.tour import STEPS, Tour

KEYMAP = Keymap(TABLE.values())


def test_there_are_ten_steps_and_each_names_a_key_that_works() -> None:
    assert len(STEPS) == 10
    for step in STEPS:
        assert KEYMAP.key_of(step.command, step.context), step.command
        assert {step.command, *step.others} <= set(TABLE)
        assert "{key}" in step.words


def test_a_step_goes_on_when_it_was_done_and_not_before() -> None:
    tour = Tour(KEYMAP.key_of)
    tour.did("list.down")
    assert not tour.is_on
    tour.begin()
    assert tour.words.startswith("Step 1 of 10")
    tour.did("app.help")
    tour.did("list.down", done=False)
    assert tour.place == 0
    for step in STEPS:
        assert not tour.is_over
        tour.did(step.done_by or step.command, done=not step.tried)
    assert tour.is_over
    assert "That was the tour" in tour.words
    tour.leave()
    assert not tour.is_on

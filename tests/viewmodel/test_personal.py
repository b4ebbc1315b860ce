"""A tense ticket that gets a ready text and nothing besides."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskterm.service.reading.macro_rows import FilledView
from deskterm.text.clean import clean
from deskterm.viewmodel.filled import Filled
from tests.support.desk import TestDesk, running
from tests.support.writing import Writing

READY = "Hello Marta,\nyour parcel left on {{?day}} with our carrier.\nKind regards"
OWN = "I am truly sorry that the first lamp came broken and ours is late again."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    with running(tmp_path) as made:
        yield made


def ready() -> FilledView:
    return FilledView("m", clean("Title"), READY, (), "en")


def test_a_macro_with_its_places_filled_is_still_a_macro() -> None:
    filled = Filled()
    assert not filled.is_all(READY)
    filled.put(READY, 0, ready())
    assert filled.is_all(READY)
    assert filled.is_all(READY.replace("{{?day}}", "Monday morning"))
    assert not filled.is_all(f"{OWN}\n{READY}")
    filled.moved("")
    assert not filled.is_all(READY)


def said(writing: Writing) -> list[str]:
    return [str(one.rule) for one in writing.composer.findings.items if "voice" in one.rule]


def test_a_tense_ticket_asks_for_a_sentence_of_ones_own(desk: TestDesk) -> None:
    ref = desk.open()
    desk.do("ticket.reason", ref, reason="complaint")
    writing = Writing(desk, ref)
    text = READY.replace("{{?day}}", "Monday")
    writing.type(text, pause=1)
    assert said(writing) == []
    writing.composer.filled.put(text, 0, ready())
    writing.type(f"{text} ", pause=1)
    assert said(writing) == ["voice.personal"]
    writing.type(f"{OWN} {text}", pause=1)
    assert said(writing) == []


def test_an_easy_ticket_takes_a_macro_as_it_is(desk: TestDesk) -> None:
    writing = Writing(desk, desk.open())
    text = READY.replace("{{?day}}", "Monday")
    writing.composer.filled.put(text, 0, ready())
    writing.type(text, pause=1)
    assert said(writing) == []

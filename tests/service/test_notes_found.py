"""What the team once wrote down, found by its words."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from deskterm.service.reading.reading import Reading
from deskterm.service.reading.views import View
from deskterm.text.clean import SafeText
from tests.support.desk import TestDesk

PUMP = "The Oslo pump needs a 12 V adapter; the café set has none. 100% sure."


@pytest.fixture
def reading(desk: TestDesk) -> Iterator[Reading]:
    found = Reading(desk.path, "Anna", ZoneInfo("Europe/Paris"), desk.clock.now)
    yield found
    found.close()


def texts(reading: Reading, ticket_id: int, typed: str = "") -> list[str]:
    return [str(note.text) for note in reading.notes_found(ticket_id, typed)]


def test_notes_are_found_by_all_their_words_however_written(
    desk: TestDesk, reading: Reading
) -> None:
    ref = desk.open()
    desk.do("ticket.note", ref, text=PUMP)
    desk.do("ticket.note", desk.open(), text="Lamps ship on Mondays")
    other = desk.ticket(desk.open())["id"]
    assert texts(reading, other, "PUMP adapter") == [PUMP]
    assert texts(reading, other, "cafe") == [PUMP]
    assert texts(reading, other, "pump mondays") == []
    (note,) = reading.notes_found(other, "pump")
    assert (note.ref, note.author) == (ref, "anna")
    assert isinstance(note.text, SafeText)


def test_notes_on_tickets_like_this_one_come_first(desk: TestDesk, reading: Reading) -> None:
    like, unlike, here = desk.open(), desk.open(), desk.open()
    desk.do("ticket.note", like, text="alike")
    desk.do("ticket.note", unlike, text="unlike")
    desk.do("ticket.reason", [like, here], reason="return")
    assert texts(reading, desk.ticket(here)["id"]) == ["alike", "unlike"]
    assert texts(reading, desk.ticket(unlike)["id"]) == ["unlike", "alike"]


def test_calls_are_no_knowledge_and_a_note_taken_back_is_gone(
    desk: TestDesk, reading: Reading
) -> None:
    ref = desk.open()
    desk.do("ticket.phone_log", ref, direction="in", duration="5m", text="pump")
    desk.do("ticket.note", ref, text="pump")
    assert texts(reading, 1, "pump") == ["pump"]
    desk.do("app.undo")
    assert texts(reading, 1, "pump") == []


@pytest.mark.parametrize(
    ("query", "hits"),
    [
        ("kind:note", [0, 1]),
        ("-kind:note", [2]),
        ("kind:note pump", [0]),
        ("kind:note PUMP 12", [0]),
        ('kind:note "12 V adapter"', [0]),
        ("kind:note 100%", [0]),
        ("kind:note 1%0", []),
        ("kind:note Oslo_", []),
        ("kind:note tower", []),
        ("kind:note pump tag:vip", []),
        ("tower", [2]),
        ("kind:note or tower", [0, 1, 2]),
    ],
)
def test_a_query_finds_tickets_by_the_words_of_their_notes(
    desk: TestDesk, reading: Reading, query: str, hits: list[int]
) -> None:
    refs = [desk.open(), desk.open(body="the pump is fine"), desk.open(body="A tower")]
    desk.do("ticket.note", refs[0], text=PUMP)
    desk.do("ticket.note", refs[1], text="Lamps ship on Mondays")
    found = set(reading.ids(View("all", "Everything", "", narrowed=query)))
    assert found == {desk.ticket(refs[place])["id"] for place in hits}

"""Suggestions that do not fit: gone from the ticket, seldomer for others, and undone as one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskterm.domain.errors import DesktermError, UsageError
from deskterm.service.reading.macro_rows import SuggestionView
from deskterm.service.reading.reading import Reading
from deskterm.service.reading.shelf import Shelf
from tests.support.desk import TestDesk
from tests.support.ground import kept_ground

QUESTION = "Can I get an invoice with my VAT number?"


class Room:
    """A desk whose macros are learned, and somebody who reads there."""

    def __init__(self, desk: TestDesk, folder: Path) -> None:
        shelf = Shelf(folder / "macros", folder / "facts.toml", ground=kept_ground())
        desk.reads = lambda: shelf.stock().suggester
        zone = ZoneInfo("Europe/Paris")
        self.desk = desk
        self.reading = Reading(desk.path, "anna", zone, desk.clock.now, shelf=lambda: shelf)

    def suggested(self, ref: str) -> tuple[SuggestionView, ...]:
        found = self.reading.macros_of(self.desk.ticket(ref)["id"], "en")
        assert found is not None
        return found.items

    def weight(self, ref: str, macro: str) -> float:
        """What a macro weighs for a ticket."""
        item = next(item for item in self.suggested(ref) if item.macro == macro)
        return sum(part.value for part in item.parts)


@pytest.fixture
def room(desk: TestDesk, tmp_path: Path) -> Iterator[Room]:
    made = Room(desk, tmp_path)
    yield made
    made.reading.close()


def test_it_is_gone_from_the_ticket_and_weighs_less_on_others(desk: TestDesk, room: Room) -> None:
    ref, other = desk.open(body=QUESTION), desk.open(body=QUESTION)
    before = room.weight(other, "invoice")
    desk.do("macro.dismiss", ref, macro="invoice")
    assert "invoice" not in [item.macro for item in room.suggested(ref)]
    assert room.weight(other, "invoice") < before


def test_undo_and_redo_turn_it_round_exactly(desk: TestDesk, room: Room) -> None:
    ref = desk.open(body=QUESTION)
    before = room.suggested(ref)
    desk.do("macro.dismiss", ref, macro="invoice")
    after = room.suggested(ref)
    desk.do("app.undo")
    assert room.suggested(ref) == before
    assert desk.rows("SELECT 1 FROM macro_counts WHERE weight != 0") == []
    desk.do("app.redo")
    assert room.suggested(ref) == after
    assert desk.chain_is_whole()


def test_twice_is_once(desk: TestDesk, room: Room) -> None:
    ref = desk.open(body=QUESTION)
    desk.do("macro.dismiss", ref, macro="invoice")
    with pytest.raises(DesktermError, match="not suggested any more"):
        desk.do("macro.dismiss", ref, macro="invoice")
    assert len(desk.rows("SELECT 1 FROM macro_picks")) == 1


@pytest.mark.parametrize("wrong", ["x" * 61, "a\x1bb"])
def test_what_is_no_macro_is_refused(desk: TestDesk, wrong: str) -> None:
    with pytest.raises(UsageError):
        desk.do("macro.dismiss", desk.open(), macro=wrong)


def test_the_whole_sum_adds_up(desk: TestDesk, room: Room) -> None:
    ref = desk.open(body=QUESTION)
    desk.one("ticket.reply", ref, text="Here it is: your invoice.", macro="invoice")
    other = desk.open(body=QUESTION)
    first = room.suggested(other)[0]
    assert first.macro == "invoice"
    assert first.reasons
    assert {"used"} <= {part.kind for part in first.parts}
    assert 10 < sum(part.value for part in first.parts) < 130

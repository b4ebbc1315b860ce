"""Which playbook comes first for a ticket, and that files are read again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskterm.service.reading.playbook_rows import FitView, PlaybooksView
from deskterm.service.reading.playbooks import PlaybookShelf, fitting
from deskterm.service.reading.reading import Reading
from deskterm.text.clean import SafeText, clean
from tests.support.desk import TestDesk


@pytest.fixture
def shelf(tmp_path: Path) -> PlaybookShelf:
    folder = tmp_path / "playbooks"
    folder.mkdir()
    write(folder, "amber", "")
    write(folder, "back", "reasons: return, exchange")
    write(folder, "cards", "rules: everywhere.no_card_numbers")
    write(folder, "stuck", "macros: tracking_stuck")
    write(folder, "where", "macros: order_status, tracking_stuck\nreasons: wismo")
    return PlaybookShelf(folder)


@pytest.fixture
def reading(desk: TestDesk, shelf: PlaybookShelf) -> Iterator[Reading]:
    zone = ZoneInfo("Europe/Paris")
    found = Reading(desk.path, "Anna", zone, desk.clock.now, playbooks=lambda: shelf)
    yield found
    found.close()


def write(folder: Path, name: str, head: str) -> None:
    (folder / f"{name}.md").write_text(f"---\n{head}\n---\nWhat we do.\n")


def names(view: PlaybooksView | None) -> list[str]:
    assert view is not None
    return [each.id for each in view.items]


@pytest.mark.parametrize(
    ("reason", "macros", "rules", "order"),
    [
        ("", [], [], "amber back cards stuck where"),
        ("return", [], [], "back amber cards stuck where"),
        ("wismo", ["tracking_stuck"], [], "where stuck amber back cards"),
        ("", ["tracking_stuck", "order_status"], [], "stuck where amber back cards"),
        ("", ["order_status", "tracking_stuck"], [], "where stuck amber back cards"),
        ("return", ["x"], ["everywhere.no_card_numbers"], "cards back amber stuck where"),
    ],
)
def test_what_fits_comes_first(
    shelf: PlaybookShelf, reason: str, macros: list[str], rules: list[str], order: str
) -> None:
    assert names(fitting(shelf, reason, macros, rules)) == order.split()


def test_the_contact_reason_of_the_ticket_decides(desk: TestDesk, reading: Reading) -> None:
    ref = desk.open()
    ticket_id = desk.ticket(ref)["id"]
    assert names(reading.playbooks_of(ticket_id, "en"))[0] == "amber"
    desk.do("ticket.reason", ref, reason="return")
    view = reading.playbooks_of(ticket_id, "en", ("everywhere.no_card_numbers",))
    assert names(view)[:2] == ["cards", "back"]
    assert view is not None
    assert view.items[1].fits == (FitView("reason", clean("return")),)


def test_files_that_change_are_read_again(reading: Reading, shelf: PlaybookShelf) -> None:
    assert "new" not in names(reading.playbooks_of(1, "en"))
    write(shelf.folder, "new", "reasons: nonsense")
    view = reading.playbooks_of(1, "en")
    assert "new" in names(view)
    assert view is not None
    assert [one.rpartition("/")[2] for one in view.mistakes] == [
        "new.md:2: 'nonsense' is no contact reason"
    ]
    (shelf.folder / "new.md").unlink()
    assert "new" not in names(reading.playbooks_of(1, "en"))


def test_all_that_is_shown_is_safe_text(reading: Reading, shelf: PlaybookShelf) -> None:
    (shelf.folder / "bad.md").write_text("# a\x1b]52;c;cm0\x07b\n- c\u202ed\n")
    view = reading.playbooks_of(1, "en")
    assert view is not None
    (bad,) = (each for each in view.items if each.id == "bad")
    texts = [bad.title, *(part.text for part in bad.parts)]
    assert all(isinstance(text, SafeText) for text in texts)
    assert not any(sign in text for text in texts for sign in "\x1b\x07\u202e")


def test_without_playbooks_there_are_none(desk: TestDesk, tmp_path: Path) -> None:
    bare = Reading(desk.path, "Anna", ZoneInfo("UTC"), desk.clock.now)
    assert bare.playbooks_of(1, "en") is None
    bare.close()
    view = fitting(PlaybookShelf(tmp_path / "none"), "", (), ())
    assert (view.items, view.mistakes) == ((), ())

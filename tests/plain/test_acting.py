"""Commands of the one table by their names: what they do, and why they cannot."""

from __future__ import annotations

import re

import pytest

from deskterm.plain import acting
from deskterm.service.table import OFFICE
from deskterm.text.clean import clean
from tests.support.plain import PlainRoom


@pytest.fixture
def ref(room: PlainRoom) -> str:
    """A ticket of Marta's."""
    return room.desk.open()


def test_commands_do_what_they_do_everywhere(room: PlainRoom, ref: str) -> None:
    told = room.session("1", "tag vip", "snooze tomorrow", "take", "resolve", "undo")
    assert f"Tags of {ref}: #vip, 'undo' undoes" in told
    assert f"Snoozed {ref} until " in told
    assert f"anna owns {ref}, 'undo' undoes" in told
    assert f"Resolved {ref}, 'undo' undoes" in told
    assert f"Undone: Resolve {ref}, 'redo' does it again" in told
    assert room.desk.ticket(ref)["status"] == "snoozed"


def test_parts_of_a_name_may_stand_apart(room: PlainRoom, ref: str) -> None:
    told = room.session("1", "no reply needed", "No-Reply-Needed")
    assert f"{ref} needs no reply" in told
    assert "No reply needed: It does not wait for a reply" in told, "what the office refuses"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("resolve", "Resolve: no ticket is open. Type its number, or 'next'"),
        ("reply", "No ticket is open: type its number, or 'next'"),
        ("note", "No ticket is open: type its number, or 'next'"),
        ("review", "No ticket is open: type its number, or 'next'"),
        ("take back", "Take back: no reply is chosen"),
        ("undo", "Undo: "),
        ("nonsense", "There is no command nonsense. Type 'help' for what there is"),
        ("theme dark", "There is no command theme"),
        ("help nonsense", "There is no command nonsense"),
    ],
)
def test_what_cannot_be_done_says_why(room: PlainRoom, ref: str, line: str, why: str) -> None:
    assert why in room.session(line)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("snooze", "Snooze needs one more thing: Until"),
        ("snooze never", "Snooze: "),
        ("resolve now", "Resolve takes no now"),
        ("split", "It needs the number of a message"),
        ("review", "There is no draft of a reply here"),
    ],
)
def test_what_is_not_told_enough_says_so(room: PlainRoom, ref: str, line: str, why: str) -> None:
    before = tuple(room.desk.ticket(ref))
    assert why in room.session("1", line)
    assert tuple(room.desk.ticket(ref))[:4] == before[:4]


def test_a_message_is_meant_by_its_number(room: PlainRoom, ref: str) -> None:
    room.desk.follow_up(ref, "Something else")
    told = room.session("1", "split 2")
    assert f"Split off {ref}: " in told
    assert len(room.desk.rows("SELECT id FROM tickets")) == 2


def test_help_names_everything_and_says_what_cannot_be_done(room: PlainRoom, ref: str) -> None:
    without = room.session("help", "more", "more")
    with_ticket = room.session("1", "help", "more", "more")
    assert "resolve: Resolve (no ticket is chosen)" in without
    assert "resolve: Resolve\n" in with_ticket
    for word in ("reply: Reply", "take back NUMBER: Take back", "undo: Undo", "mine: Mine"):
        assert f"\n{word}" in with_ticket
    assert "ticket.seen" not in with_ticket


def test_help_on_one_command(room: PlainRoom) -> None:
    told = room.session("help snooze", "help list")
    assert "snooze UNTIL: Snooze\nHidden until a time;" in told
    assert "list [QUERY]: " in told


def test_every_name_in_the_help_calls_its_command(room: PlainRoom, ref: str) -> None:
    told = room.session("1", "help", "more", "more", "more")
    rows = re.findall(r"^([a-z][a-z_. ]*?)(?: \[?[A-Z].*?)?: ", told, re.MULTILINE)
    names = {row for row in rows if "," not in row and " of " not in row}
    assert len(names) > len(OFFICE) // 2
    asked = room.session(*(f"help {name}" for name in sorted(names)))
    assert "There is no command" not in asked
    assert "is not clear" not in asked


def test_an_answer_that_comes_late_is_told_late(
    room: PlainRoom, ref: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(acting, "ANSWER_S", 0.01)

    def goes_on() -> None:
        room.office.at_once = True
        room.office.answer_all()

    def stops() -> None:
        room.office.at_once = False

    told = room.session("1", stops, "resolve", goes_on, "more")
    first, _, second = told.partition("> more")
    assert "The office has not answered yet." in first
    assert f"Resolved {ref}" in second
    assert room.desk.ticket(ref)["status"] == "resolved"


def test_an_office_that_goes_and_comes_is_told_between_two_lines(room: PlainRoom) -> None:
    def away() -> None:
        room.office.standing, room.office.words = "away", clean("office away · 1 change waits")

    def there() -> None:
        room.office.standing, room.office.words = "there", clean("")

    told = room.session(away, "more", "more", there, "more", "more")
    assert told.count("The office: office away, 1 change waits\n") == 1
    assert told.count("The office is there again.") == 1


def test_quit_and_the_end_of_all_lines_leave(room: PlainRoom) -> None:
    assert room.session("quit", "list").count("showing") == 0
    assert room.code == 0
    room.session()
    assert room.code == 0


def test_ctrl_c_at_the_prompt_leaves_the_second_time(room: PlainRoom) -> None:
    told = room.session(KeyboardInterrupt, "list", KeyboardInterrupt, KeyboardInterrupt, "list")
    assert told.count("press Ctrl+C once more") == 2
    assert room.code == 130
    assert told.endswith("^C\n")


def test_ctrl_c_ends_what_nobody_types(room: PlainRoom) -> None:
    room.is_person = False
    room.session(KeyboardInterrupt, "list")
    assert room.code == 130

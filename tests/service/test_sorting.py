"""Contact reason, priority, spam, calls: what an agent says of a ticket."""

from __future__ import annotations

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.domain.triage import CONTACT_REASONS, PRIORITIES
from tests.support.desk import TestDesk, a_mail


@pytest.mark.parametrize("reason", CONTACT_REASONS)
def test_each_contact_reason_can_be_given(desk: TestDesk, reason: str) -> None:
    ref = desk.open()
    assert desk.one("ticket.reason", ref, reason=reason)["reason"] == reason
    assert desk.ticket(ref)["contact_reason"] == reason


def test_a_contact_reason_is_known_by_its_beginning_and_taken_off_by_none(desk: TestDesk) -> None:
    ref = desk.open()
    desk.do("ticket.reason", ref, reason=" Refund ")
    assert desk.ticket(ref)["contact_reason"] == "refund_status"
    desk.do("ticket.reason", ref, reason="none")
    assert desk.ticket(ref)["contact_reason"] is None
    desk.do("app.undo")
    assert desk.ticket(ref)["contact_reason"] == "refund_status"


@pytest.mark.parametrize("word", ["lamp", "re", "wismo wismo"])
def test_what_is_no_contact_reason_is_refused_with_the_list(desk: TestDesk, word: str) -> None:
    ref = desk.open()
    with pytest.raises(DesktermError, match="no reason") as told:
        desk.do("ticket.reason", ref, reason=word)
    assert "wismo, not_received" in told.value.explanation
    assert desk.ticket(ref)["contact_reason"] is None


@pytest.mark.parametrize("priority", PRIORITIES)
def test_each_priority_can_be_given(desk: TestDesk, priority: str) -> None:
    ref = desk.open()
    assert desk.ticket(ref)["priority"] == "normal"
    desk.do("ticket.priority", ref, priority=priority[:1])
    assert desk.ticket(ref)["priority"] == priority


def test_spam_leaves_every_list_of_work_and_does_not_come_back(desk: TestDesk) -> None:
    desk.arrive(a_mail("a"))
    ref = desk.ticket_of("a")["ref"]
    desk.do("ticket.spam", ref)
    with pytest.raises(DesktermError, match="spam already"):
        desk.do("ticket.spam", ref)
    desk.arrive(a_mail("b", after=["a"], at=5))
    assert desk.ticket(ref)["status"] == "spam"
    assert desk.ticket_of("b")["ref"] == ref


@pytest.mark.parametrize(
    ("answered", "status"), [(False, "new"), (True, "waiting_customer")], ids=["new", "answered"]
)
def test_what_was_no_spam_stands_where_its_messages_put_it(
    desk: TestDesk, answered: bool, status: str
) -> None:
    desk.arrive(a_mail("a"))
    ref = desk.ticket_of("a")["ref"]
    with pytest.raises(DesktermError, match="no spam"):
        desk.do("ticket.not_spam", ref)
    desk.do("ticket.spam", ref)
    if answered:
        desk.arrive(a_mail("b", after=["a"], at=5, ours=True))
    desk.do("ticket.not_spam", ref)
    assert desk.ticket(ref)["status"] == status


@pytest.mark.parametrize(
    ("typed", "seconds"),
    [("5", 300), ("5m", 300), ("90s", 90), ("1 h", 3600), ("12:30", 750), ("0", 0)],
)
def test_a_call_is_a_note_with_who_called_and_how_long(
    desk: TestDesk, typed: str, seconds: int
) -> None:
    ref = desk.open()
    before = desk.ticket(ref)
    uid = desk.one("ticket.phone_log", ref, direction="in", duration=typed, text="Wants a lamp")[
        "note"
    ]
    (note,) = desk.rows("SELECT * FROM notes WHERE uid = ?", uid)
    assert (note["kind"], note["direction"], note["duration_s"]) == ("phone", "inbound", seconds)
    assert note["body"] == "Wants a lamp"
    after = desk.ticket(ref)
    assert after["waiting_since"] == before["waiting_since"], "a call is no answer"
    desk.do("app.undo")
    assert desk.rows("SELECT withdrawn_at FROM notes WHERE uid = ?", uid)[0][0]


@pytest.mark.parametrize(
    "given",
    [
        {"direction": "sideways"},
        {"duration": "long"},
        {"duration": "25h"},
        {"duration": "1:99"},
        {"text": "  "},
    ],
)
def test_what_is_no_call_is_refused(desk: TestDesk, given: dict[str, object]) -> None:
    ref = desk.open()
    call = {"direction": "out", "duration": "5m", "text": "x"}
    with pytest.raises(DesktermError):
        desk.do("ticket.phone_log", ref, **{**call, **given})
    assert not desk.rows("SELECT * FROM notes")


def test_card_numbers_told_in_a_call_are_masked(desk: TestDesk) -> None:
    ref = desk.open()
    text = "Card 4111 1111 1111 1111"
    desk.do("ticket.phone_log", ref, direction="out", duration="1m", text=text)
    assert "4111 1111" not in desk.rows("SELECT body FROM notes")[0][0]

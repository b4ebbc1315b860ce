"""The review line: nothing leaves unread, and nothing leaves twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deskterm.domain.errors import DesktermError
from tests.support.desk import TestDesk, a_mail, running
from tests.support.writing import Writing

FINE = "It left on Monday and arrives tomorrow."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestDesk]:
    with running(tmp_path) as made:
        yield made


@pytest.fixture
def writing(desk: TestDesk) -> Writing:
    return Writing(desk, desk.open())


def items(desk: TestDesk) -> list[str]:
    return [row[0] for row in desk.rows("SELECT state FROM outbox_items ORDER BY id")]


def test_a_fine_reply_is_checked_read_and_held(writing: Writing) -> None:
    writing.type(FINE)
    writing.review.begin()
    assert writing.verdict == "ready"
    writing.read_verdict()
    assert writing.review.may_send
    writing.press()
    assert writing.verdict == "held"
    (ended,) = writing.ended
    assert (ended.how, ended.ref, ended.hold_s, ended.go_on) == ("sent", writing.ref, 10, False)
    assert writing.desk.item(ended.item)["state"] == "held"
    assert writing.drafts() == [("reply", FINE, "submitted")]
    assert writing.copies.texts == []


def test_send_and_resolve_goes_on_to_the_next(writing: Writing) -> None:
    writing.type(FINE)
    writing.review.begin()
    writing.read_verdict()
    writing.press(resolve=True)
    assert writing.ended[0].go_on
    assert writing.desk.ticket(writing.ref)["outgoing"] == "resolve"


@pytest.mark.parametrize("presses", [2, 30])
def test_a_double_press_sends_once(writing: Writing, presses: int) -> None:
    writing.office.at_once = False
    writing.type(FINE, pause=1)
    writing.office.answer_all()
    for _ in range(presses):
        writing.review.begin()
    writing.office.answer_all()
    writing.read_verdict()
    for _ in range(presses):
        writing.press()
    sends = [a for a in writing.office.log if a.command == "ticket.reply" and not a.is_trial]
    assert len(sends) == 1
    writing.office.answer_all()
    writing.press()
    assert items(writing.desk) == ["held"]


def test_keys_before_the_verdict_has_been_read_are_dropped(writing: Writing) -> None:
    writing.office.at_once = False
    writing.type(FINE)
    writing.review.begin()
    writing.press()
    writing.office.answer_all()
    assert writing.verdict == "ready"
    writing.press()
    writing.review.painted()
    writing.timers.advance(0.19)
    writing.press(resolve=True)
    assert len(writing.told) == 3
    assert "dropped" in writing.told[0]
    assert items(writing.desk) == []
    writing.timers.advance(0.01)
    writing.press()
    writing.office.answer_all()
    assert items(writing.desk) == ["held"]


def test_what_a_rule_forbids_is_not_sent(writing: Writing) -> None:
    writing.type("Dear {{name}}")
    writing.review.begin()
    assert writing.verdict == "blocked"
    assert "Cannot be sent" in writing.review.words
    writing.read_verdict()
    assert not writing.review.may_send
    writing.press()
    assert "Cannot be sent" in writing.told[-1]
    assert items(writing.desk) == []
    writing.review.leave()
    writing.type(FINE)
    writing.review.begin()
    assert writing.verdict == "ready"


def test_a_warning_asks_for_a_reason(desk: TestDesk) -> None:
    ref = desk.open()
    writing = Writing(desk, ref)
    desk.arrive(a_mail("b", "Never mind", after=["m0"], at=5))
    writing.type(FINE)
    writing.review.begin()
    assert writing.verdict == "needs_reason"
    assert not writing.review.may_send
    writing.read_verdict()
    assert writing.review.wants_reason
    writing.press()
    assert "Write down why" in writing.told[-1]
    writing.review.reason = "  She knows "
    writing.press()
    assert writing.verdict == "held"
    assert desk.rows("SELECT override_reason FROM outbox_items")[0][0] == "She knows"


def test_what_changed_after_the_verdict_is_shown_before_it_leaves(writing: Writing) -> None:
    writing.type(FINE)
    writing.review.begin()
    writing.read_verdict()
    writing.desk.arrive(a_mail("b", "Never mind", after=["m0"], at=5))
    writing.press()
    assert writing.verdict == "needs_reason"
    assert not writing.review.may_send
    assert writing.drafts() == [("reply", FINE, "open")]
    writing.read_verdict()
    writing.review.reason = "She knows"
    writing.press()
    assert writing.verdict == "held"
    assert items(writing.desk) == ["held"]


def test_a_text_that_is_another_one_than_was_checked_does_not_leave(writing: Writing) -> None:
    writing.type(FINE)
    writing.review.begin()
    writing.read_verdict()
    writing.composer.set_header("subject", "Other")
    writing.press()
    assert writing.verdict == "idle"
    assert items(writing.desk) == []


def test_the_save_on_its_way_comes_first_so_that_no_draft_is_left_behind(writing: Writing) -> None:
    writing.office.at_once = False
    writing.type(FINE, pause=0.7)
    writing.review.begin()
    assert [a.command for a in writing.office.waiting if not a.is_trial] == ["draft.save"]
    writing.office.answer_all()
    writing.read_verdict()
    writing.press()
    writing.office.answer_all()
    writing.timers.advance(60)
    writing.office.answer_all()
    assert writing.drafts() == [("reply", FINE, "submitted")]


def test_an_answer_to_a_review_that_was_left_changes_nothing(writing: Writing) -> None:
    writing.office.at_once = False
    writing.type(FINE)
    writing.review.begin()
    writing.review.leave()
    writing.office.answer_all()
    assert writing.verdict == "idle"


def test_a_refusal_is_told_and_the_text_stays(writing: Writing) -> None:
    writing.type(FINE, pause=1)
    writing.review.begin()
    writing.read_verdict()
    writing.office.at_once = False
    writing.press()
    writing.office.refuse(DesktermError("The disk is full", code="disk_full"))
    assert writing.verdict == "idle"
    assert "The disk is full" in writing.told[-1]
    assert not writing.composer.is_over
    writing.office.at_once = True
    writing.review.begin()
    writing.read_verdict()
    writing.press()
    assert items(writing.desk) == ["held"]


def test_an_office_that_does_not_answer_holds_nobody(writing: Writing) -> None:
    writing.type(FINE)
    writing.review.begin()
    writing.read_verdict()
    writing.office.at_once = False
    writing.press()
    writing.review.leave()
    assert [ended.how for ended in writing.ended] == ["left"]
    writing.office.answer_all()
    writing.timers.advance(10)
    writing.office.answer_all()
    assert items(writing.desk) == ["held"]
    assert writing.drafts() == [("reply", FINE, "submitted")]
    assert writing.copies.texts == []


def test_an_unanswered_send_that_is_refused_later_is_a_draft(writing: Writing) -> None:
    writing.type(FINE)
    writing.review.begin()
    writing.read_verdict()
    writing.office.at_once = False
    writing.type(f"{FINE} ")
    writing.type(FINE)
    writing.press()
    writing.review.leave()
    writing.office.refuse(DesktermError("no", code="busy"))
    writing.timers.advance(1)
    writing.office.answer_all()
    assert writing.drafts() == [("reply", FINE, "open")]
    assert writing.copies.texts == []


def test_nothing_is_not_sent(writing: Writing) -> None:
    writing.type("  \n ")
    writing.review.begin()
    assert writing.verdict == "idle"
    assert "nothing to send" in writing.told[-1]


def test_a_note_is_written_down_without_a_review(desk: TestDesk) -> None:
    writing = Writing(desk, desk.open(), kind="note")
    writing.type("Asked the carrier", pause=1)
    writing.review.begin()
    assert [ended.how for ended in writing.ended] == ["noted"]
    assert desk.rows("SELECT body FROM notes")[0][0] == "Asked the carrier"
    assert writing.drafts() == [("note", "Asked the carrier", "submitted")]
    assert items(desk) == []
    desk.do("app.undo")
    assert Writing(desk, writing.ref, kind="note").composer.content.text == "Asked the carrier"


def test_a_new_message_begins_its_ticket(desk: TestDesk) -> None:
    writing = Writing(desk)
    writing.composer.set_header("to", "Carl <carl@mail.example>")
    writing.composer.set_header("subject", "Your lamp")
    writing.type("It is back in stock.", pause=1)
    writing.review.begin()
    writing.read_verdict()
    writing.press()
    (ended,) = writing.ended
    assert ended.how == "sent"
    assert desk.ticket(ended.ref)["subject"] == "Your lamp"
    desk.do("app.undo")
    assert Writing(desk, ended.ref).composer.content.to == "Carl <carl@mail.example>"


def test_a_header_that_is_wrong_stops_the_review_with_its_words(writing: Writing) -> None:
    writing.composer.set_header("to", "nobody")
    writing.type(FINE)
    writing.review.begin()
    assert writing.verdict == "idle"
    assert "no list of mail addresses" in writing.told[-1]


def test_fixes_are_applied_and_looked_at_again(writing: Writing) -> None:
    writing.type("Dear {{name}}, it left.")
    writing.review.begin()
    assert writing.review.fix() == 0
    assert "None of these" in writing.told[-1]
    findings = writing.composer.findings
    (one,) = findings.items
    rewrite = {"start": one.start, "end": one.end, "instead": "Marta"}
    raw = {"rule": "r", "severity": "block", "start": one.start, "end": one.end, "rewrite": rewrite}
    findings.take(writing.composer.content.text, [raw])
    assert writing.review.fix() == 1
    assert writing.composer.content.text == "Dear Marta, it left."
    assert writing.verdict == "ready"

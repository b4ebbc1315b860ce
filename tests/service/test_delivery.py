"""What the end of a delivery does to ticket and conversation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.domain.outbox import DeliveryState, StepRefused
from deskterm.service import delivery
from deskterm.store import outbox
from tests.support.desk import TestDesk, a_mail

FINE = "Your parcel left on Monday and arrives tomorrow."


def held(desk: TestDesk, **params: object) -> tuple[str, object]:
    ref = desk.open()
    return ref, desk.one("ticket.reply", ref, text=FINE, **params)["item"]


def messages(desk: TestDesk, direction: str = "outbound") -> list[str]:
    return [
        row[0]
        for row in desk.rows("SELECT body FROM messages WHERE direction = ? ORDER BY id", direction)
    ]


def step(desk: TestDesk, uid: object, state: DeliveryState) -> None:
    item = desk.item(uid)
    assert desk.write(lambda tx: outbox.step(tx, item, state))


def ask(desk: TestDesk, uid: object) -> None:
    """Nobody knows whether it went out."""
    for state in (DeliveryState.UNKNOWN, DeliveryState.SETTLING):
        step(desk, uid, state)
    item = desk.item(uid)
    desk.write(lambda tx: delivery.record_question(desk.work(tx), item, "no answer"))


def test_what_was_sent_stands_in_the_conversation_once(desk: TestDesk) -> None:
    ref, uid = held(desk)
    desk.clock.advance(60)
    desk.sent(uid)
    row = desk.ticket(ref)
    assert messages(desk) == [FINE]
    assert (row["status"], row["waiting_since"], row["outgoing"], row["preview"]) == (
        "waiting_customer",
        None,
        None,
        FINE,
    )
    assert desk.item(uid)["state"] == "sent"
    copy = a_mail("copy", FINE + "\n-- \nfooter", ours=True, at=1442)
    key = desk.item(uid)["key"]
    desk.arrive(replace(copy, message_id=key, own_key=key))
    assert messages(desk) == [FINE]


def test_an_answer_to_it_comes_home_and_reopens(desk: TestDesk) -> None:
    ref, uid = held(desk, resolve=True)
    desk.sent(uid)
    assert desk.ticket(ref)["status"] == "resolved"
    desk.arrive(a_mail("b", after=[desk.item(uid)["key"]], at=2000, subject="Else"))
    assert desk.ticket_of("b")["ref"] == ref
    assert desk.ticket(ref)["status"] == "open"


def test_a_message_that_crossed_with_the_reply_is_not_taken_for_answered(desk: TestDesk) -> None:
    """It came to the channel before the reply left, and to us after it: nobody had seen it."""
    ref, uid = held(desk, resolve=True)
    desk.clock.advance(300)
    desk.sent(uid)
    assert desk.ticket(ref)["status"] == "resolved"
    desk.arrive(a_mail("b", "Wait, one more thing", after=["m0"], at=1442))
    row = desk.ticket(ref)
    assert (row["status"], row["unread"]) == ("open", 1)
    assert (
        row["waiting_since"]
        == desk.rows("SELECT max(received_at) FROM messages WHERE direction = 'inbound'")[0][0]
    )


def test_it_is_not_resolved_where_the_customer_wrote_meanwhile(desk: TestDesk) -> None:
    ref, uid = held(desk, resolve=True)
    desk.begin(uid)
    desk.arrive(a_mail("b", "One more thing", after=["m0"], at=1440))
    item = desk.item(uid)
    at = desk.clock.now()
    desk.write(
        lambda tx: delivery.record_sent(
            desk.work(tx), item, delivery.Sent("smtp-1", at, b"", item["key"])
        )
    )
    row = desk.ticket(ref)
    assert row["status"] != "resolved"
    assert "wrote while" in row["attention"]


def test_the_end_is_written_down_once(desk: TestDesk) -> None:
    _, uid = held(desk)
    item = desk.begin(uid)
    sent = delivery.Sent("smtp-1", desk.clock.now(), b"", item["key"])
    for _ in range(2):
        desk.write(lambda tx: delivery.record_sent(desk.work(tx), item, sent))
    assert messages(desk) == [FINE]


def test_a_copy_that_was_synced_first_is_not_doubled(desk: TestDesk) -> None:
    """The office was killed after the channel took it; the sent folder was read before."""
    ref, uid = held(desk)
    item = desk.begin(uid)
    copy = a_mail("copy", FINE, ours=True, after=["m0"], at=1441)
    desk.arrive(replace(copy, message_id=item["key"], own_key=item["key"]))
    sent = delivery.Sent("mail:copy", desk.clock.now(), b"", item["key"])
    desk.write(lambda tx: delivery.record_sent(desk.work(tx), item, sent))
    assert messages(desk) == [FINE]
    assert desk.ticket(ref)["outgoing"] is None


def test_a_reply_that_was_stopped_comes_on_top_with_the_reason(desk: TestDesk) -> None:
    ref, uid = held(desk, resolve=True)
    item = desk.begin(uid)
    desk.write(
        lambda tx: delivery.record_stopped(
            desk.work(tx), item, DeliveryState.NEEDS_EDIT, "mailbox unknown"
        )
    )
    row = desk.ticket(ref)
    assert row["attention"] == "The reply did not go out: mailbox unknown"
    assert (row["outgoing"], row["status"]) == (None, "new")


def test_a_reply_that_needs_us_keeps_saying_so_when_another_one_leaves(desk: TestDesk) -> None:
    ref, uid = held(desk)
    item = desk.begin(uid)
    desk.write(
        lambda tx: delivery.record_stopped(desk.work(tx), item, DeliveryState.NEEDS_EDIT, "no")
    )
    other = desk.one("ticket.reply", ref, text=f"{FINE} Sorry for the wait.")["item"]
    assert desk.ticket(ref)["attention"]
    desk.sent(other)
    assert desk.ticket(ref)["attention"]
    desk.do("outbox.take_back", item=uid)
    assert desk.ticket(ref)["attention"] is None


def test_nobody_knows_and_a_person_decides_that_it_went(desk: TestDesk) -> None:
    ref, uid = held(desk, resolve=True)
    desk.begin(uid)
    started = desk.item(uid)["started_at"]
    ask(desk, uid)
    assert "may have gone out" in desk.ticket(ref)["attention"]
    assert desk.ticket(ref)["outgoing"] is None
    desk.clock.advance(3600)
    desk.do("outbox.mark_sent", item=uid)
    row = desk.ticket(ref)
    assert (row["status"], row["attention"]) == ("resolved", None)
    assert row["last_message_at"] == started
    key = desk.item(uid)["key"]
    late = a_mail("copy", FINE, ours=True, after=["m0"], at=1441)
    desk.arrive(replace(late, message_id=key, own_key=key))
    assert messages(desk) == [FINE]


def test_nobody_knows_and_a_person_decides_to_send_again(desk: TestDesk) -> None:
    ref, uid = held(desk)
    desk.begin(uid)
    key = desk.item(uid)["key"]
    ask(desk, uid)
    desk.do("outbox.send_again", item=uid)
    assert (desk.item(uid)["state"], desk.item(uid)["key"]) == ("queued", key)
    assert desk.gate(uid) is None
    assert (desk.ticket(ref)["outgoing"], desk.ticket(ref)["attention"]) == ("reply", None)


@pytest.mark.parametrize("command", ["outbox.send_again", "outbox.mark_sent", "outbox.send_anyway"])
def test_what_makes_no_sense_now_is_refused_and_changes_nothing(
    desk: TestDesk, command: str
) -> None:
    _, uid = held(desk)
    before = desk.snapshot()
    params = {"reason": "x"} if command == "outbox.send_anyway" else {}
    with pytest.raises(DesktermError, match="This reply is held"):
        desk.do(command, item=uid, **params)
    assert desk.snapshot() == before


@pytest.mark.parametrize("state", ["sending", "unknown", "sent"])
def test_what_has_begun_to_leave_cannot_be_taken_back(desk: TestDesk, state: str) -> None:
    _, uid = held(desk)
    if state == "sent":
        desk.sent(uid)
    else:
        desk.begin(uid)
        item = desk.item(uid)
        if state == "unknown":
            desk.write(lambda tx: outbox.step(tx, item, DeliveryState.UNKNOWN))
    with pytest.raises(DesktermError, match=f"This reply is {state}"):
        desk.do("outbox.take_back", item=uid)


def test_undo_and_send_cannot_both_win(desk: TestDesk) -> None:
    """Whoever moves the row first wins; the other finds it moved."""
    _, uid = held(desk)
    stale = desk.item(uid)
    desk.do("outbox.take_back", item=uid)
    assert not desk.write(lambda tx: outbox.step(tx, stale, DeliveryState.QUEUED))
    now = desk.item(uid)
    with pytest.raises(StepRefused):
        desk.write(lambda tx: outbox.step(tx, now, DeliveryState.SENDING))


def test_what_stood_in_sending_at_a_start_is_unknown(desk: TestDesk) -> None:
    _, uid = held(desk)
    desk.begin(uid)
    desk.restart()
    assert desk.write(outbox.recover) == 1
    assert desk.item(uid)["state"] == "unknown"
    tries = outbox.attempts(desk.reading, desk.item(uid)["id"])
    assert [row["outcome"] for row in tries] == ["unknown"]


@pytest.mark.parametrize("given", ["%", "%%%%%%", "______", "", "abc", "zzzzzz"])
def test_an_item_is_only_found_by_its_name(desk: TestDesk, given: str) -> None:
    held(desk)
    with pytest.raises(DesktermError) as told:
        outbox.item_by_uid(desk.reading, given)
    assert told.value.code == "no_item"


def test_an_item_is_found_by_the_end_of_its_name(desk: TestDesk) -> None:
    _, uid = held(desk)
    assert outbox.item_by_uid(desk.reading, str(uid)[-8:].upper())["uid"] == uid
    other = desk.one("ticket.reply", desk.open(sender="j@mail.example"), text=FINE)["item"]
    assert outbox.item_by_uid(desk.reading, str(other))["uid"] == other


def test_end_states_are_kept_for_their_time(desk: TestDesk) -> None:
    _, uid = held(desk)
    desk.sent(uid)
    ended = desk.item(uid)["ended_at"]
    desk.write(lambda tx: outbox.forget_ended_before(tx, ended))
    assert desk.item(uid)["state"] == "sent"
    desk.write(lambda tx: outbox.forget_ended_before(tx, "2099"))
    assert not desk.rows("SELECT * FROM outbox_items")
    assert messages(desk) == [FINE]

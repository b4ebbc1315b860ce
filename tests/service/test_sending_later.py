"""Replies that leave later, stopping all sending, and many replies at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.domain.outbox import DeliveryState, StepRefused
from deskterm.store import outbox
from tests.support.desk import TestDesk

FINE = "Your parcel left on Monday and arrives tomorrow."


def later(desk: TestDesk, ref: str, when: str = "tomorrow 9:00") -> str:
    outcome = desk.one("ticket.reply", ref, text=FINE, send_at=when)
    assert outcome["outcome"] == "held", outcome
    return str(outcome["item"])


def test_a_reply_for_later_waits_with_its_time(desk: TestDesk) -> None:
    ref = desk.open()
    outcome = desk.one("ticket.reply", ref, text=FINE, send_at="tomorrow 9:00")
    item = desk.item(outcome["item"])
    assert item["state"] == "scheduled"
    assert item["send_at"] == outcome["send_at"] == "2026-11-04T08:00:00.000Z"
    assert desk.ticket(ref)["outgoing"] == "reply"
    assert not outbox.leaves_soon(desk.reading)
    assert outbox.is_for_later(desk.reading)


def test_what_is_for_later_can_be_taken_back(desk: TestDesk) -> None:
    ref = desk.open()
    uid = later(desk, ref)
    desk.restart()
    desk.do("app.undo")
    assert desk.item(uid)["state"] == "withdrawn"
    assert desk.ticket(ref)["outgoing"] is None
    assert desk.rows("SELECT body FROM drafts WHERE state = 'open'")[0][0] == FINE
    uid = later(desk, ref)
    desk.do("outbox.take_back", item=uid)
    assert desk.item(uid)["state"] == "withdrawn"


def test_a_time_within_the_hold_window_is_the_hold_window(tmp_path: Path) -> None:
    desk = TestDesk(tmp_path, hold_s=120)
    try:
        outcome = desk.one("ticket.reply", desk.open(), text=FINE, send_at="1m")
        assert "send_at" not in outcome
        assert desk.item(outcome["item"])["state"] == "held"
    finally:
        desk.close()


@pytest.mark.parametrize("when", ["yesterday", "whenever", "2020-01-01"])
def test_what_is_no_time_to_come_is_refused(desk: TestDesk, when: str) -> None:
    ref = desk.open()
    before = desk.snapshot()
    with pytest.raises(DesktermError):
        desk.do("ticket.reply", ref, text=FINE, send_at=when)
    assert desk.snapshot() == before


def test_it_keeps_nothing_waiting_that_is_for_now(desk: TestDesk) -> None:
    ref = desk.open()
    later(desk, ref)
    now = desk.one("ticket.reply", ref, text="It is on its way, see you tomorrow then.")
    item = desk.item(now["item"])
    assert outbox.is_first_of_thread(desk.reading, item)


def test_it_is_not_released_before_its_time(desk: TestDesk) -> None:
    uid = later(desk, desk.open())
    item = desk.item(uid)
    assert not desk.write(lambda tx: outbox.release(tx, item))
    desk.clock.advance(2 * 86_400)
    assert desk.write(lambda tx: outbox.release(tx, item))
    assert desk.item(uid)["state"] == "queued"


def test_another_time_given_meanwhile_counts(desk: TestDesk) -> None:
    uid = later(desk, desk.open())
    stale = desk.item(uid)
    desk.do("outbox.send_later", item=uid, until="1w")
    desk.clock.advance(2 * 86_400)
    assert not desk.write(lambda tx: outbox.release(tx, stale))


def test_all_gates_are_looked_at_again_at_that_time(desk: TestDesk) -> None:
    ref = desk.open()
    uid = later(desk, ref)
    assert desk.ticket(ref)["attention"] is None
    desk.follow_up(ref)
    assert "waits for its time" in desk.ticket(ref)["attention"]
    desk.clock.advance(2 * 86_400)
    desk.write(lambda tx: outbox.release(tx, desk.item(uid)))
    reason = desk.gate(uid)
    assert reason is not None
    assert "customer" in reason.lower()


@pytest.mark.parametrize("state", ["held", "queued", "retry_later", "scheduled"])
def test_what_has_not_begun_to_leave_can_be_put_off(desk: TestDesk, state: str) -> None:
    uid = desk.one("ticket.reply", desk.open(), text=FINE)["item"]
    desk.write(lambda tx: tx.execute("UPDATE outbox_items SET state = ?, send_at = ''", (state,)))
    answer = desk.do("outbox.send_later", item=uid, until="2d")
    item = desk.item(uid)
    assert (item["state"], item["send_at"]) == ("scheduled", answer["send_at"])


@pytest.mark.parametrize("state", ["sending", "unknown", "ask_agent", "sent", "needs_edit"])
def test_what_has_begun_to_leave_is_not_put_off(desk: TestDesk, state: str) -> None:
    uid = desk.one("ticket.reply", desk.open(), text=FINE)["item"]
    desk.write(lambda tx: tx.execute("UPDATE outbox_items SET state = ?", (state,)))
    with pytest.raises(DesktermError, match="cannot be done"):
        desk.do("outbox.send_later", item=uid, until="2d")


def test_nothing_becomes_scheduled_that_may_have_gone(desk: TestDesk) -> None:
    uid = desk.one("ticket.reply", desk.open(), text=FINE)["item"]
    item = desk.begin(uid)
    with pytest.raises(StepRefused):
        desk.write(lambda tx: outbox.step(tx, item, DeliveryState.SCHEDULED))


def test_sending_stops_and_goes_on_across_restarts(desk: TestDesk) -> None:
    uid = desk.one("ticket.reply", desk.open(), text=FINE)["item"]
    desk.do("outbox.pause")
    with pytest.raises(DesktermError, match="paused already"):
        desk.do("outbox.pause")
    desk.restart()
    assert outbox.is_paused(desk.reading)
    assert not outbox.leaves_soon(desk.reading), "the office need not stay for it"
    desk.do("outbox.resume")
    assert outbox.leaves_soon(desk.reading)
    with pytest.raises(DesktermError, match="not paused"):
        desk.do("outbox.resume")
    assert desk.item(uid)["state"] == "held"
    assert desk.chain_is_whole()


@pytest.mark.parametrize(("count", "seconds"), [(5, 10), (6, 60)])
def test_more_than_five_replies_at_once_are_held_for_a_minute(
    desk: TestDesk, count: int, seconds: float
) -> None:
    refs = [desk.open(subject=f"s{n}", sender=f"c{n}@mail.example") for n in range(count)]
    outcome = desk.do("ticket.reply", refs, text=FINE)
    done = outcome["done"]
    assert isinstance(done, list)
    assert {one["hold_s"] for one in done} == {seconds}
    assert {row[0] for row in desk.rows("SELECT hold_s FROM outbox_items")} == {seconds}
    desk.do("app.undo")
    assert {row[0] for row in desk.rows("SELECT state FROM outbox_items")} == {"withdrawn"}

"""What is decided about replies on their way is undone, and nothing leaves unseen by it."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from deskterm.domain.clock import to_text
from deskterm.domain.errors import DesktermError
from deskterm.domain.outbox import DeliveryState
from deskterm.service import delivery
from deskterm.store import outbox
from tests.support.desk import TestDesk

SENDABLE = "Your parcel left on Monday and arrives tomorrow."


def reply(desk: TestDesk, ref: str, **params: object) -> str:
    return str(desk.one("ticket.reply", ref, text=SENDABLE, **params)["item"])


def drafts(desk: TestDesk) -> list[str]:
    return [row[0] for row in desk.rows("SELECT body FROM drafts WHERE state = 'open'")]


def test_a_reply_that_was_taken_back_is_held_again_for_a_whole_window(desk: TestDesk) -> None:
    ref = desk.open()
    uid = reply(desk, ref)
    window = desk.item(uid)["hold_s"]
    desk.clock.advance(8)
    desk.do("outbox.take_back", item=uid)
    assert (desk.ticket(ref)["outgoing"], drafts(desk)) == (None, [SENDABLE])
    desk.clock.advance(60)
    assert desk.do("app.undo")["changed"] == ["reply held again"]
    item = desk.item(uid)
    assert (item["state"], item["ended_at"]) == ("held", None)
    assert item["hold_until"] == to_text(desk.clock.now() + timedelta(seconds=window))
    assert (desk.ticket(ref)["outgoing"], drafts(desk)) == ("reply", [])
    desk.do("app.redo")
    assert (desk.item(uid)["state"], drafts(desk)) == ("withdrawn", [SENDABLE])
    desk.do("app.undo")
    desk.do("app.undo")
    assert (desk.item(uid)["state"], drafts(desk)) == ("withdrawn", [SENDABLE])
    assert desk.chain_is_whole()


def test_what_comes_back_passes_every_gate_again(desk: TestDesk) -> None:
    ref = desk.open()
    uid = reply(desk, ref)
    desk.do("outbox.take_back", item=uid)
    desk.do("app.undo")
    desk.follow_up(ref, "It has come by now, thank you")
    desk.queue(uid)
    assert desk.gate(uid)


def test_a_draft_that_was_touched_is_not_sent_by_undo(desk: TestDesk) -> None:
    ref = desk.open()
    desk.do("ticket.tag", ref, tag="fragile")
    uid = reply(desk, ref)
    desk.do("outbox.take_back", item=uid)
    desk.clock.advance(1)
    (draft,) = [row[0] for row in desk.rows("SELECT uid FROM drafts WHERE state = 'open'")]
    desk.do("draft.save", ref, text="Something else", draft=draft)
    told = desk.do("app.undo")
    assert told["kept"][0] == "its draft was changed since; send it yourself"  # type: ignore[index]  # a list
    assert desk.item(uid)["state"] == "withdrawn"
    assert drafts(desk) == ["Something else"]
    assert desk.do("app.undo")["kept"][0] == "the reply was taken back already"  # type: ignore[index]  # a list
    assert desk.do("app.undo")["changed"] == ["tag fragile"]


def test_stopping_all_sending_is_undone_and_done_again(desk: TestDesk) -> None:
    def is_paused() -> bool:
        return bool(desk.write(lambda tx: outbox.is_paused(tx.connection)))

    desk.do("outbox.pause")
    assert desk.do("app.undo")["changed"] == ["sending goes on"]
    assert not is_paused()
    desk.do("app.redo")
    assert is_paused()
    desk.do("outbox.resume")
    desk.do("app.undo")
    assert is_paused()


def test_a_reply_that_was_put_off_comes_back_into_its_hold(desk: TestDesk) -> None:
    uid = reply(desk, desk.open())
    desk.do("outbox.send_later", item=uid, until="tomorrow 9:00")
    first = desk.item(uid)["send_at"]
    desk.do("outbox.send_later", item=uid, until="2d")
    desk.do("app.undo")
    assert (desk.item(uid)["state"], desk.item(uid)["send_at"]) == ("scheduled", first)
    desk.do("app.undo")
    item = desk.item(uid)
    assert (item["state"], item["send_at"]) == ("held", None)
    assert item["hold_until"] > to_text(desk.clock.now())
    desk.do("app.redo")
    assert (desk.item(uid)["state"], desk.item(uid)["send_at"]) == ("scheduled", first)


def stopped(desk: TestDesk, state: DeliveryState) -> tuple[str, str]:
    """A ticket with a reply that waits for a decision."""
    ref = desk.open()
    uid = reply(desk, ref)
    if state is DeliveryState.NEEDS_EDIT:
        desk.queue(uid)
        item = desk.item(uid)
        desk.write(lambda tx: delivery.record_stopped(desk.work(tx), item, state, "too late"))
        return ref, uid
    desk.begin(uid)
    for after in (DeliveryState.UNKNOWN, DeliveryState.SETTLING):
        desk.write(partial(outbox.step, item=desk.item(uid), after=after))
    item = desk.item(uid)
    desk.write(lambda tx: delivery.record_question(desk.work(tx), item, "nobody knows"))
    return ref, uid


def test_sending_against_a_reason_is_undone_and_not_done_again(desk: TestDesk) -> None:
    ref, uid = stopped(desk, DeliveryState.NEEDS_EDIT)
    before = desk.ticket(ref)["attention"]
    desk.do("outbox.send_anyway", item=uid, reason="they asked for it")
    assert desk.ticket(ref)["attention"] is None
    assert desk.do("app.undo")["changed"] == ["waits for your decision"]
    item = desk.item(uid)
    assert (item["state"], item["reason"]) == ("needs_edit", "too late")
    assert (item["override_reason"], item["overridden"]) == (None, "")
    assert desk.ticket(ref)["attention"] is not None
    assert "too late" in before
    with pytest.raises(DesktermError, match="decide again yourself"):
        desk.do("app.redo")
    assert desk.item(uid)["state"] == "needs_edit"


def test_sending_again_is_undone_until_it_leaves(desk: TestDesk) -> None:
    _, uid = stopped(desk, DeliveryState.ASK_AGENT)
    desk.do("outbox.send_again", item=uid)
    desk.do("app.undo")
    assert desk.item(uid)["state"] == "ask_agent"
    desk.do("outbox.send_again", item=uid)
    desk.begin(uid)
    with pytest.raises(DesktermError, match="the reply is sending"):
        desk.do("app.undo")
    assert desk.item(uid)["state"] == "sending"


def test_undo_goes_on_behind_what_was_marked_as_sent(desk: TestDesk) -> None:
    ref, uid = stopped(desk, DeliveryState.ASK_AGENT)
    desk.do("ticket.tag", ref, tag="fragile")
    desk.do("outbox.mark_sent", item=uid)
    assert desk.do("app.undo")["kept"] == [
        "the reply was marked as sent",
        "the next undo goes on behind it",
    ]
    assert desk.item(uid)["state"] == "sent"
    assert desk.do("app.undo")["changed"] == ["tag fragile"]

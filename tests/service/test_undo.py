"""Undo and redo as readings of the journal."""

from __future__ import annotations

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.store.tickets import FIELDS
from tests.support.desk import TestDesk, a_mail

SENDABLE = "Your parcel left on Monday and arrives tomorrow."


def state(desk: TestDesk, ref: str) -> dict[str, object]:
    """What a person sees of a ticket."""
    row = desk.ticket(ref)
    found: dict[str, object] = {name: row[name] for name in (*FIELDS, "waiting_since")}
    found["tags"] = [
        r[0] for r in desk.rows("SELECT tag FROM ticket_tags WHERE ticket_id = ?", row["id"])
    ]
    found["notes"] = [
        r[0]
        for r in desk.rows(
            "SELECT body FROM notes WHERE ticket_id = ? AND withdrawn_at IS NULL", row["id"]
        )
    ]
    found["drafts"] = [
        r[0]
        for r in desk.rows(
            "SELECT body FROM drafts WHERE ticket_id = ? AND state = 'open'", row["id"]
        )
    ]
    return found


ACTS: list[tuple[str, dict[str, object]]] = [
    ("ticket.resolve", {}),
    ("ticket.snooze", {"until": "2d"}),
    ("ticket.assign", {"to": "bob"}),
    ("ticket.take", {}),
    ("ticket.tag", {"tag": "vip, lamp"}),
    ("ticket.unread", {"on": False}),
    ("ticket.no_reply_needed", {}),
    ("ticket.note", {"text": "Call the carrier"}),
    ("ticket.reason", {"reason": "wismo"}),
    ("ticket.priority", {"priority": "urgent"}),
    ("ticket.spam", {}),
    ("ticket.phone_log", {"direction": "in", "duration": "5m", "text": "Asked again"}),
]


@pytest.mark.parametrize(("command", "params"), ACTS)
def test_every_act_can_be_undone_redone_and_undone(
    desk: TestDesk, command: str, params: dict[str, object]
) -> None:
    ref = desk.open()
    before = state(desk, ref)
    desk.do(command, ref, **params)
    after = state(desk, ref)
    assert after != before
    desk.restart()
    assert desk.do("app.undo")["label"] == command
    assert state(desk, ref) == before
    desk.do("app.redo")
    assert state(desk, ref) == after
    desk.do("app.undo")
    assert state(desk, ref) == before
    assert desk.chain_is_whole()


def test_reopening_can_be_undone(desk: TestDesk) -> None:
    ref = desk.open()
    desk.do("ticket.resolve", ref)
    before = state(desk, ref)
    desk.do("ticket.reopen", ref)
    assert desk.ticket(ref)["waiting_since"]
    desk.do("app.undo")
    assert state(desk, ref) == before


def test_throwing_a_draft_away_can_be_undone(desk: TestDesk) -> None:
    ref = desk.open()
    uid = desk.one("draft.save", ref, text="Dear Marta")["draft"]
    desk.do("draft.discard", ref, draft=uid)
    assert state(desk, ref)["drafts"] == []
    desk.do("app.undo")
    assert state(desk, ref)["drafts"] == ["Dear Marta"]
    desk.do("app.redo")
    assert state(desk, ref)["drafts"] == []


def test_a_bulk_act_is_undone_as_one(desk: TestDesk) -> None:
    refs = [desk.open(subject=f"s{n}", sender=f"c{n}@mail.example") for n in range(5)]
    before = [state(desk, ref) for ref in refs]
    desk.do("ticket.resolve", refs)
    undone = desk.do("app.undo")
    assert sorted(undone["tickets"]) == sorted(refs)  # type: ignore[call-overload] # a list
    assert [state(desk, ref) for ref in refs] == before


def test_a_tag_that_came_and_went_in_one_act_is_not_brought_by_undo(desk: TestDesk) -> None:
    ref = desk.open()
    desk.do("ticket.tag", ref, tag="kept")
    desk.do("ticket.tag", ref, tag="x -x other")
    desk.do("app.undo")
    assert state(desk, ref)["tags"] == ["kept"]


def test_acts_are_undone_from_the_newest_on_and_redone_in_order(desk: TestDesk) -> None:
    ref = desk.open()
    seen = [state(desk, ref)]
    for tag in ("one", "two", "three"):
        desk.do("ticket.tag", ref, tag=tag)
        seen.append(state(desk, ref))
    for wanted in reversed(seen[:-1]):
        desk.do("app.undo")
        assert state(desk, ref) == wanted
    with pytest.raises(DesktermError, match="nothing to undo"):
        desk.do("app.undo")
    for wanted in seen[1:]:
        desk.do("app.redo")
        assert state(desk, ref) == wanted
    with pytest.raises(DesktermError, match="nothing to redo"):
        desk.do("app.redo")


def test_a_new_act_ends_what_can_be_redone(desk: TestDesk) -> None:
    ref = desk.open()
    desk.do("ticket.tag", ref, tag="one")
    desk.do("app.undo")
    desk.do("ticket.tag", ref, tag="two")
    with pytest.raises(DesktermError, match="nothing to redo"):
        desk.do("app.redo")


def test_nobody_undoes_somebody_elses_act(desk: TestDesk) -> None:
    ref = desk.open()
    desk.do("ticket.tag", ref, tag="annas")
    desk.do("ticket.tag", ref, tag="bobs", agent="bob")
    desk.do("app.undo")
    assert state(desk, ref)["tags"] == ["bobs"]
    with pytest.raises(DesktermError, match="nothing to undo"):
        desk.do("app.undo")


def test_what_somebody_else_changed_since_stays_and_is_named(desk: TestDesk) -> None:
    ref = desk.open()
    desk.do("ticket.assign", ref, to="carol")
    desk.clock.advance(60)
    desk.do("ticket.assign", ref, to="dan", agent="bob")
    before = desk.snapshot()
    with pytest.raises(DesktermError) as told:
        desk.do("app.undo")
    assert told.value.code == "changed_since"
    assert f"assignee of {ref}: bob changed it at 2026-11-03T08:01" in told.value.explanation
    assert desk.snapshot() == before


def test_what_the_customer_brought_back_is_said_to_be_the_syncs_doing(desk: TestDesk) -> None:
    desk.arrive(a_mail("a"))
    ref = desk.ticket_of("a")["ref"]
    desk.do("ticket.snooze", ref, until="2d")
    desk.arrive(a_mail("b", after=["a"], at=5))
    with pytest.raises(DesktermError, match="sync changed it at"):
        desk.do("app.undo")
    assert desk.ticket(ref)["status"] == "open"


def test_adding_an_account_does_not_stand_in_the_way_of_undo(desk: TestDesk) -> None:
    ref = desk.open()
    desk.do("ticket.tag", ref, tag="one")
    desk.do("account.add", name="second", channel="email", fields={"address": "x@shop.example"})
    assert desk.do("app.undo")["changed"] == ["tag one"]


def test_the_end_of_a_snooze_is_nobodys_act(desk: TestDesk) -> None:
    from deskterm.service.commands import triage

    ref = desk.open()
    desk.do("ticket.tag", ref, tag="one")
    desk.do("ticket.snooze", ref, until="2h")
    desk.clock.advance(3 * 3600)
    assert desk.write(lambda tx: triage.wake(desk.work(tx))) == 1
    assert desk.ticket(ref)["status"] == "new"
    with pytest.raises(DesktermError, match="clock changed it at"):
        desk.do("app.undo")


def erase(desk: TestDesk) -> None:
    desk.write(lambda tx: tx.execute("DELETE FROM journal_values"))


@pytest.mark.parametrize(("command", "params"), ACTS)
def test_erased_values_are_not_guessed(
    desk: TestDesk, command: str, params: dict[str, object]
) -> None:
    ref = desk.open()
    desk.do(command, ref, **params)
    erase(desk)
    before = desk.snapshot()
    with pytest.raises(DesktermError, match="its values were erased"):
        desk.do("app.undo")
    assert desk.snapshot() == before
    assert desk.chain_is_whole()


# Replies


def reply(desk: TestDesk, ref: str, **params: object) -> object:
    outcome = desk.one("ticket.reply", ref, text=SENDABLE, **params)
    assert outcome["outcome"] == "held", outcome
    return outcome["item"]


@pytest.mark.parametrize("resolve", [False, True])
@pytest.mark.parametrize("queued", [False, True])
def test_a_reply_that_has_not_left_is_a_draft_again(
    desk: TestDesk, resolve: bool, queued: bool
) -> None:
    ref = desk.open()
    before = state(desk, ref)
    uid = reply(desk, ref, resolve=resolve)
    assert desk.ticket(ref)["outgoing"] == ("resolve" if resolve else "reply")
    if queued:
        desk.queue(uid)
    desk.do("app.undo")
    assert desk.item(uid)["state"] == "withdrawn"
    assert state(desk, ref) == {**before, "drafts": [SENDABLE]}
    with pytest.raises(DesktermError, match="stays a draft"):
        desk.do("app.redo")


def test_a_reply_that_left_is_not_taken_back_but_the_rest_is(desk: TestDesk) -> None:
    ref = desk.open()
    uid = reply(desk, ref, resolve=True)
    desk.sent(uid)
    assert desk.ticket(ref)["status"] == "resolved"
    undone = desk.do("app.undo")
    assert undone["kept"] == [f"the reply left at {desk.item(uid)['ended_at']}"]
    assert desk.ticket(ref)["status"] == "waiting_customer"
    assert desk.ticket(ref)["outgoing"] is None


def test_undo_goes_on_behind_a_reply_that_left(desk: TestDesk) -> None:
    ref = desk.open()
    desk.do("ticket.tag", ref, tag="fragile")
    uid = reply(desk, ref)
    desk.sent(uid)
    before = state(desk, ref)
    told = desk.do("app.undo")
    assert told["changed"] == []
    assert told["kept"] == [
        f"the reply left at {desk.item(uid)['ended_at']}",
        "the next undo goes on behind it",
    ]
    assert state(desk, ref) == before
    with pytest.raises(DesktermError, match="nothing to redo"):
        desk.do("app.redo")
    assert desk.do("app.undo")["changed"] == ["tag fragile"]
    assert desk.item(uid)["state"] == "sent"


def test_a_reply_on_its_way_is_left_alone(desk: TestDesk) -> None:
    ref = desk.open()
    uid = reply(desk, ref)
    desk.begin(uid)
    before = desk.snapshot()
    with pytest.raises(DesktermError, match="the reply is sending"):
        desk.do("app.undo")
    assert desk.snapshot() == before
    assert desk.ticket(ref)["outgoing"] == "reply"


def test_what_was_typed_since_is_kept_beside_what_comes_back(desk: TestDesk) -> None:
    ref = desk.open()
    reply(desk, ref)
    desk.do("draft.save", ref, text="One more thing")
    desk.do("app.undo")
    assert state(desk, ref)["drafts"] == [f"{SENDABLE}\n\nOne more thing"]


def test_a_stopped_reply_can_be_undone(desk: TestDesk) -> None:
    from deskterm.domain.outbox import DeliveryState
    from deskterm.service import delivery

    ref = desk.open()
    uid = reply(desk, ref)
    desk.queue(uid)
    item = desk.item(uid)
    desk.write(
        lambda tx: delivery.record_stopped(desk.work(tx), item, DeliveryState.NEEDS_EDIT, "no")
    )
    assert "no" in desk.ticket(ref)["attention"]
    desk.do("app.undo")
    assert desk.ticket(ref)["attention"] is None
    assert state(desk, ref)["drafts"] == [SENDABLE]

"""The gates at the moment of sending, each by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.domain.outbox import DeliveryState
from deskterm.rules.library import packs_for
from deskterm.rules.model import RulePack, Severity
from deskterm.service import delivery
from tests.support.desk import TestDesk, a_mail

FINE = "Your parcel left on Monday and arrives tomorrow."


def held(desk: TestDesk, text: str = FINE, **params: object) -> tuple[str, object]:
    ref = desk.open()
    outcome = desk.one("ticket.reply", ref, text=text, **params)
    assert outcome["outcome"] == "held", outcome
    return ref, outcome["item"]


def sql(statement: str) -> Callable[[TestDesk], None]:
    def change(desk: TestDesk) -> None:
        desk.write(lambda tx: tx.execute(statement))

    return change


def write_again(desk: TestDesk) -> None:
    desk.arrive(a_mail("again", "I found it, thanks", after=["m0"], at=60))


def no_sending(desk: TestDesk) -> None:
    desk.channels.can_send = False


def broken_rules(desk: TestDesk) -> None:
    def refuse(channel: str) -> tuple[RulePack, ...]:
        raise DesktermError("A file of rules cannot be read")

    desk.packs = refuse


def with_severity(rule: str, severity: Severity) -> Callable[[TestDesk], None]:
    def change(desk: TestDesk) -> None:
        desk.packs = lambda channel: packs_for(channel, severities={rule: severity})

    return change


@pytest.mark.parametrize(
    ("happens", "says"),
    [
        (lambda d: d.do("account.remove", name="support"), "was removed"),
        (no_sending, "cannot be sent by E-mail"),
        (sql("UPDATE outbox_items SET body = body || ' P.S.'"), "not the one that was checked"),
        (sql("UPDATE messages SET author_address = 'eve@other.example'"), "address has changed"),
        (write_again, "everywhere.answer_to_newest"),
        (broken_rules, "A file of rules cannot be read"),
    ],
)
def test_each_gate_alone(desk: TestDesk, happens: Callable[[TestDesk], object], says: str) -> None:
    _, uid = held(desk)
    assert desk.gate(uid) is None
    happens(desk)
    reason = desk.gate(uid)
    assert reason is not None
    assert says in reason


@pytest.mark.parametrize("change", ["gone", "changed"])
def test_a_file_that_is_gone_or_changed(desk: TestDesk, tmp_path: Path, change: str) -> None:
    (tmp_path / "label.pdf").write_bytes(b"%PDF-1.4 label")
    _, uid = held(desk, attach=[str(tmp_path / "label.pdf")])
    assert desk.gate(uid) is None
    (kept,) = desk.attachments.iterdir()
    if change == "gone":
        kept.unlink()
    else:
        kept.write_bytes(b"%PDF-1.4 other")
    assert "label.pdf is gone or was changed" in str(desk.gate(uid))


def test_a_rule_that_was_raised_since(desk: TestDesk) -> None:
    ref = desk.open(sender="no-reply@mail.example")
    outcome = desk.one("ticket.reply", ref, text=FINE, reason="They do read it")
    uid = outcome["item"]
    assert desk.gate(uid) is None, "what was passed with a reason stays passed"
    with_severity("email.no_reply_to_noreply", "block")(desk)
    assert "no_reply_to_noreply" in str(desk.gate(uid)), "a block is never passed"


def test_a_reason_covers_only_what_it_was_given_for(desk: TestDesk) -> None:
    """A warning that comes later stops, though another one was passed with a reason."""
    ref = desk.open(sender="no-reply@mail.example")
    uid = desk.one("ticket.reply", ref, text=FINE, reason="They do read it")["item"]
    write_again(desk)
    desk.arrive(a_mail("m9", after=["m0"], at=90, sender="no-reply@mail.example"))
    assert "answer_to_newest" in str(desk.gate(uid))


def test_the_same_text_that_went_meanwhile(desk: TestDesk) -> None:
    ref, first = held(desk)
    desk.begin(first)
    item = desk.item(first)
    desk.write(
        lambda tx: delivery.record_stopped(desk.work(tx), item, DeliveryState.NEEDS_EDIT, "no")
    )
    second = desk.one("ticket.reply", ref, text=FINE)["item"]
    desk.sent(second)
    desk.do("outbox.send_anyway", item=first, reason="Once more")
    assert desk.gate(first) is None
    sql("UPDATE outbox_items SET overridden = ''")(desk)
    assert "same text" in str(desk.gate(first))


def test_an_item_that_is_tried_again_does_not_stop_itself(desk: TestDesk) -> None:
    _, uid = held(desk)
    item = desk.begin(uid)
    desk.write(lambda tx: _later(desk, tx, item))
    desk.clock.advance(30)
    assert desk.item(uid)["state"] == "retry_later"
    desk.queue(uid)
    assert desk.gate(uid) is None


def _later(desk: TestDesk, tx: object, item: object) -> None:
    from deskterm.store import outbox

    outbox.step(tx, item, DeliveryState.RETRY_LATER)  # type: ignore[arg-type] # as the sender does


def test_send_anyway_opens_the_gate_for_what_was_shown_and_no_more(desk: TestDesk) -> None:
    ref, uid = held(desk)
    write_again(desk)
    desk.queue(uid)
    item = desk.item(uid)
    reason = str(desk.gate(uid))
    desk.write(
        lambda tx: delivery.record_stopped(desk.work(tx), item, DeliveryState.NEEDS_EDIT, reason)
    )
    assert desk.ticket(ref)["attention"]
    assert desk.ticket(ref)["outgoing"] is None
    desk.do("outbox.send_anyway", item=uid, reason="It still holds")
    assert desk.gate(uid) is None
    assert desk.ticket(ref)["attention"] is None
    assert desk.ticket(ref)["outgoing"] == "reply"
    desk.arrive(a_mail("third", "Or not", after=["m0"], at=90))
    assert "answer_to_newest" in str(desk.gate(uid))


def test_send_anyway_never_passes_a_block(desk: TestDesk) -> None:
    _, uid = held(desk)
    desk.queue(uid)
    item = desk.item(uid)
    desk.write(
        lambda tx: delivery.record_stopped(desk.work(tx), item, DeliveryState.NEEDS_EDIT, "x")
    )
    with_severity("everywhere.answer_to_newest", "block")(desk)
    desk.do("outbox.send_anyway", item=uid, reason="Go")
    assert desk.gate(uid) is None
    write_again(desk)
    assert "answer_to_newest" in str(desk.gate(uid))


def test_a_recipient_that_was_typed_is_not_compared(desk: TestDesk) -> None:
    _, uid = held(desk, to="marta@mail.example")
    desk.arrive(
        replace(a_mail("b", after=["m0"], at=5, automatic="auto"), author_address="x@mail.example")
    )
    assert desk.gate(uid) is None

"""The command table: parameters, reasons, answers, dry runs, bulk."""

from __future__ import annotations

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.macros.library import load_library
from deskterm.office.macro_files import MacroFolder
from deskterm.service.repeats import ShopTexts
from deskterm.service.table import OFFICE, find
from deskterm.store import repeats
from tests.support.desk import TestDesk, a_mail
from tests.support.orders import an_order, bring, shop_account

FINE = "Your parcel left on Monday and arrives tomorrow."


def params_of(command: str, desk: TestDesk, ref: str) -> dict[str, object]:
    match command:
        case "ticket.reply" | "draft.save" | "ticket.note":
            return {"text": FINE}
        case "ticket.new":
            header = {"to": "carl@mail.example", "subject": "Your order"}
            return {"account": "support", **header, "text": FINE}
        case "ticket.snooze":
            return {"until": "2d"}
        case "ticket.tag":
            return {"tag": "vip"}
        case "ticket.reason":
            return {"reason": "wismo"}
        case "ticket.priority":
            return {"priority": "urgent"}
        case "macro.dismiss":
            return {"macro": "order_status"}
        case "macro.make" | "macro.never":
            return {"sentence": typed_often(desk)}
        case "ticket.mood":
            return {"mood": "angry"}
        case "ticket.not_spam":
            desk.do("ticket.spam", ref)
        case "ticket.merge":
            return {"into": desk.open(subject="The other")}
        case "ticket.split":
            return {"message": str(desk.follow_up(ref))}
        case "ticket.phone_log":
            return {"direction": "in", "duration": "5m", "text": "Asked about the lamp"}
        case "order.link" | "order.unlink":
            bring(desk, shop_account(desk), an_order())
            return {"order": "LO-12345"}
        case "order.refresh":
            bring(desk, shop_account(desk), an_order())
            desk.do("order.link", ref, order="LO-12345")
        case "draft.discard":
            return {"draft": desk.one("draft.save", ref, text="x")["draft"]}
        case "account.add":
            return {"name": "two", "channel": "email", "fields": {"address": "a@shop.example"}}
        case "account.set":
            return {"name": "support", "fields": {"address": "new@shop.example"}}
        case "account.remove" | "sync.now":
            return {"name": "support"}
        case "account.confirm":
            desk.write(lambda tx: tx.execute("INSERT INTO meta VALUES ('asked:1', 'folder INBOX')"))
            return {"name": "support"}
        case "app.undo":
            desk.do("ticket.take", ref)
        case "app.redo":
            desk.do("ticket.take", ref)
            desk.do("app.undo")
        case "ticket.reopen":
            desk.do("ticket.resolve", ref)
        case _ if command.startswith("outbox."):
            return outbox_params(command, desk, ref)
    return {}


def typed_often(desk: TestDesk) -> str:
    """A sentence that was noticed."""
    folder = desk.folder / "macros"
    files = MacroFolder(folder)
    desk.texts = ShopTexts(lambda: load_library(folder), folder, desk.folder / "facts.toml", files)
    for number in range(3):
        ref = desk.open(sender=f"again{number}@mail.example")
        desk.do("ticket.reply", ref, text="Please put the lamp back into its own box first.")
    return repeats.often(desk.reading, "anna", 3)[0].uid


def outbox_params(command: str, desk: TestDesk, ref: str) -> dict[str, object]:
    if command == "outbox.pause":
        return {}
    if command == "outbox.resume":
        desk.do("outbox.pause")
        return {}
    uid = desk.one("ticket.reply", ref, text=FINE)["item"]
    if command == "outbox.send_later":
        return {"item": uid, "until": "2d"}
    state = {"outbox.take_back": "held", "outbox.send_anyway": "needs_edit"}.get(command)
    desk.write(lambda tx: tx.execute("UPDATE outbox_items SET state = ?", (state or "ask_agent",)))
    return {"item": uid, **({"reason": "ok"} if command == "outbox.send_anyway" else {})}


@pytest.mark.parametrize("name", OFFICE)
def test_every_command_is_done_once_however_often_it_is_asked(desk: TestDesk, name: str) -> None:
    ref = desk.open()
    params = params_of(name, desk, ref)
    target = ref if OFFICE[name].scope == "ticket" else None
    trial_before = desk.snapshot()
    trial = desk.do(name, target, dry_run=True, **params)
    assert trial["dry_run"] is True
    assert desk.snapshot() == trial_before, "a dry run changes nothing"
    first = desk.do(name, target, call_id="the-call", **params)
    assert first["command"] == name
    after = desk.snapshot()
    assert after != trial_before
    desk.restart()
    assert desk.do(name, target, call_id="the-call", **params) == first
    assert desk.snapshot() == after
    assert desk.chain_is_whole()


@pytest.mark.parametrize("name", OFFICE)
def test_unknown_parameters_are_refused_with_the_list(desk: TestDesk, name: str) -> None:
    ref = desk.open()
    before = desk.snapshot()
    command = OFFICE[name]
    with pytest.raises(DesktermError) as told:
        desk.do(name, ref if command.scope == "ticket" else None, no_such="x")
    assert told.value.code == "usage"
    for parameter in command.parameters:
        assert parameter.name in told.value.explanation
    assert desk.snapshot() == before


@pytest.mark.parametrize(
    ("name", "required"),
    [(c.id, p.name) for c in OFFICE.values() for p in c.parameters if p.required],
)
@pytest.mark.parametrize("value", [None, 5, "   "])
def test_what_is_required_must_be_there(
    desk: TestDesk, name: str, required: str, value: object
) -> None:
    ref = desk.open()
    params = params_of(name, desk, ref)
    params.pop(required, None)
    if value is not None:
        params[required] = value
    before = desk.snapshot()
    target = ref if OFFICE[name].scope == "ticket" else None
    try:
        outcome = desk.do(name, target, **params)
    except DesktermError:
        assert desk.snapshot() == before
    else:
        assert name in ("ticket.reply", "ticket.new", "draft.save")
        if name == "ticket.reply":
            done = outcome["done"]
            assert isinstance(done, list)
            assert done[0]["outcome"] == "blocked"
        elif name == "ticket.new":
            assert outcome["outcome"] == "blocked"


@pytest.mark.parametrize(
    ("word", "found"),
    [("resolve", "ticket.resolve"), ("TICKET.TAKE", "ticket.take"), ("send-again", None)],
)
def test_commands_are_found_by_their_last_word(word: str, found: str | None) -> None:
    assert find(word).id == (found or "outbox.send_again")


def test_a_mistyped_command_is_told_the_nearest() -> None:
    with pytest.raises(DesktermError, match="Did you mean resolve"):
        find("resolv")


def test_bulk_leaves_alone_what_cannot_be_done_and_says_why(desk: TestDesk) -> None:
    refs = [desk.open(subject=f"s{n}", sender=f"c{n}@mail.example") for n in range(3)]
    desk.do("ticket.resolve", refs[1])
    outcome = desk.do("ticket.resolve", [*refs, refs[0].upper()])
    assert [d["ticket"] for d in outcome["done"]] == [refs[0], refs[2]]  # type: ignore[attr-defined]
    assert outcome["skipped"] == [{"ticket": refs[1], "reason": "It is resolved already"}]
    with pytest.raises(DesktermError) as told:
        desk.do("ticket.resolve", refs)
    assert told.value.code == "disabled"
    assert "2 more" in told.value.explanation


@pytest.mark.parametrize("refs", [["zzzzzz"], [], "none", [5]])
def test_an_unknown_ticket_stops_all_of_it(desk: TestDesk, refs: object) -> None:
    ref = desk.open()
    before = desk.snapshot()
    given = [ref, *refs] if isinstance(refs, list) and refs else refs
    with pytest.raises(DesktermError):
        desk.do("ticket.resolve", tickets=given)
    assert desk.snapshot() == before


def test_a_reference_is_read_as_people_type_it(desk: TestDesk) -> None:
    ref = desk.open()
    typed = ref[0].upper() + ref[1:].replace("0", "O").replace("1", "l")
    assert desk.one("ticket.take", f" {typed} ")["ticket"] == ref


@pytest.mark.parametrize("word", ["false", "no", "off", "0"])
def test_a_dry_run_that_is_switched_off_is_none(desk: TestDesk, word: str) -> None:
    ref = desk.open()
    desk.do("ticket.take", ref, dry_run=word)
    assert desk.ticket(ref)["assignee"] == "anna"


def test_answers_are_forgotten_after_their_time(desk: TestDesk) -> None:
    from deskterm.store.tickets import forget_answers_before

    ref = desk.open()
    desk.do("ticket.take", ref, call_id="x")
    desk.write(lambda tx: forget_answers_before(tx, "2099"))
    assert not desk.rows("SELECT * FROM answered_calls")


# Triage


def test_no_reply_needed_leaves_a_snooze_as_it_is(desk: TestDesk) -> None:
    ref = desk.open()
    desk.do("ticket.snooze", ref, until="2d")
    desk.do("ticket.no_reply_needed", ref)
    row = desk.ticket(ref)
    assert row["status"] == "snoozed"
    assert row["snoozed_until"]
    assert row["waiting_since"] is None


def test_resolving_says_that_nothing_is_owed_until_the_customer_writes(desk: TestDesk) -> None:
    desk.arrive(a_mail("a"))
    ref = desk.ticket_of("a")["ref"]
    desk.do("ticket.resolve", ref)
    assert desk.ticket(ref)["waiting_since"] is None
    desk.arrive(a_mail("b", after=["a"], at=5))
    assert desk.ticket(ref)["waiting_since"] == desk.ticket(ref)["last_message_at"]


def test_snoozed_tickets_wake_with_a_word_of_why(desk: TestDesk) -> None:
    from deskterm.service.commands import triage

    ref = desk.open()
    desk.do("ticket.snooze", ref, until="2h")
    wake = desk.write(lambda tx: triage.next_wake_s(desk.work(tx)))
    assert wake == 7200
    assert desk.write(lambda tx: triage.wake(desk.work(tx))) == 0
    desk.clock.advance(7200)
    assert desk.write(lambda tx: triage.wake(desk.work(tx))) == 1
    row = desk.ticket(ref)
    assert (row["status"], row["snoozed_until"]) == ("new", None)
    assert row["attention"] == "The snooze has ended"
    assert desk.write(lambda tx: triage.next_wake_s(desk.work(tx))) is None


@pytest.mark.parametrize("tag", ["", "a b!", "-", "x" * 41, "\x1b[2J"])
def test_what_is_no_tag_is_refused(desk: TestDesk, tag: str) -> None:
    ref = desk.open()
    with pytest.raises(DesktermError):
        desk.do("ticket.tag", ref, tag=tag)
    assert not desk.rows("SELECT * FROM ticket_tags")


def test_tags_are_added_and_taken_off(desk: TestDesk) -> None:
    ref = desk.open()
    desk.do("ticket.tag", ref, tag="VIP, été, ")
    assert desk.one("ticket.tag", ref, tag="-vip +lamp")["tags"] == ["lamp", "été"]


def test_an_answered_question_is_asked_no_more(desk: TestDesk) -> None:
    from deskterm.store import accounts

    account = desk.account.id
    desk.write(lambda tx: accounts.ask(tx, account, "INBOX is empty"))
    desk.do("account.confirm", name="support")
    assert accounts.confirmations(desk.reading, account) == {"INBOX is empty"}
    with pytest.raises(DesktermError, match="asks nothing"):
        desk.do("account.confirm", name="support")

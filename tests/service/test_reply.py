"""Writing a reply: checked, kept, addressed, held."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.domain.mail import Address
from deskterm.store import outbox
from deskterm.store.mailfacts import MailFacts
from tests.support.desk import MARTA, OURS, TestDesk, a_mail

FINE = "Your parcel left on Monday and arrives tomorrow."
CARD = "4111 1111 1111 1111"


def drafts(desk: TestDesk) -> list[tuple[str, str]]:
    return [tuple(row) for row in desk.rows("SELECT body, state FROM drafts ORDER BY uid")]


def recipients(desk: TestDesk, uid: object) -> list[str]:
    stored = json.loads(desk.item(uid)["recipients"])
    return [addr for _, addr in (*stored["to"], *stored["cc"])]


def test_a_fine_reply_is_held_and_the_ticket_says_so(desk: TestDesk) -> None:
    ref = desk.open()
    outcome = desk.one("ticket.reply", ref, text=FINE, resolve=True)
    assert (outcome["outcome"], outcome["hold_s"]) == ("held", 10)
    item = desk.item(outcome["item"])
    assert (item["state"], item["body"], item["subject"]) == ("held", FINE, "Re: My parcel")
    assert item["parent_row"] == item["seen_row"]
    assert desk.ticket(ref)["outgoing"] == "resolve"
    assert desk.ticket(ref)["status"] == "new"
    assert drafts(desk) == [(FINE, "submitted")]


def test_what_a_rule_forbids_is_kept_as_a_draft_with_cards_masked(desk: TestDesk) -> None:
    ref = desk.open()
    outcome = desk.one("ticket.reply", ref, text=f"Your card {CARD}?", reason="I want to")
    assert outcome["outcome"] == "blocked"
    ((body, state),) = drafts(desk)
    assert state == "open"
    assert body.startswith("Your card ")
    assert CARD not in body
    assert not desk.rows("SELECT * FROM outbox_items")
    assert CARD not in "\n".join(desk.snapshot())


@pytest.mark.parametrize("command", ["draft.save", "ticket.note"])
def test_card_numbers_are_masked_before_anything_is_kept(desk: TestDesk, command: str) -> None:
    desk.do(command, desk.open(), text=f"pays with {CARD}")
    assert CARD not in "\n".join(desk.snapshot())


def test_a_warning_asks_for_a_reason_which_is_written_down(desk: TestDesk) -> None:
    ref = desk.open()
    desk.arrive(a_mail("b", "Never mind", after=["m0"], at=5))
    first, second = (r[0] for r in desk.rows("SELECT id FROM messages ORDER BY id"))
    outcome = desk.one("ticket.reply", ref, text=FINE, seen=first)
    assert outcome["outcome"] == "needs_reason"
    findings = outcome["findings"]
    assert isinstance(findings, list)
    assert [f["rule"] for f in findings] == ["everywhere.answer_to_newest"]
    assert drafts(desk) == [(FINE, "open")]
    sent = desk.one("ticket.reply", ref, text=FINE, seen=first, reason="She knows")
    assert sent["outcome"] == "held"
    item = desk.item(sent["item"])
    assert (item["override_reason"], item["seen_row"]) == ("She knows", second)
    entry = desk.rows(
        "SELECT v.old_value, v.new_value FROM journal_entries e JOIN journal_values v USING (seq)"
        " WHERE e.field = 'override'"
    )[0]
    assert tuple(entry) == ("everywhere.answer_to_newest", "She knows")


def test_only_messages_of_the_customer_count_as_seen(desk: TestDesk) -> None:
    ref = desk.open()
    desk.arrive(a_mail("b", "I am away", after=["m0"], at=5, automatic="auto-replied"))
    newest = desk.rows("SELECT max(id) FROM messages")[0][0]
    assert desk.one("ticket.reply", ref, text=FINE, seen=newest)["outcome"] == "held"


@pytest.mark.parametrize("seen", ["5", -1, 1 << 70])
def test_seen_must_be_a_row(desk: TestDesk, seen: object) -> None:
    with pytest.raises(DesktermError, match="seen must be"):
        desk.do("ticket.reply", desk.open(), text=FINE, seen=seen)


# The draft it comes from


def test_a_draft_becomes_the_reply_once(desk: TestDesk) -> None:
    ref = desk.open()
    uid = desk.one("draft.save", ref, text=FINE)["draft"]
    assert desk.one("ticket.reply", ref, draft=uid)["outcome"] == "held"
    with pytest.raises(DesktermError) as told:
        desk.do("ticket.reply", ref, draft=uid)
    assert told.value.code == "already_sent"
    assert drafts(desk) == [(FINE, "submitted")]


def test_a_draft_of_another_ticket_is_not_sent(desk: TestDesk) -> None:
    ref, other = desk.open(), desk.open(subject="Other")
    uid = desk.one("draft.save", ref, text=FINE)["draft"]
    for command in ("ticket.reply", "draft.discard"):
        with pytest.raises(DesktermError) as told:
            desk.do(command, other, draft=uid)
        assert told.value.code == "no_draft"
    assert drafts(desk) == [(FINE, "open")]


def test_one_draft_for_each_ticket_and_author(desk: TestDesk) -> None:
    ref = desk.open()
    one = desk.one("draft.save", ref, text="a")["draft"]
    assert desk.one("draft.save", ref, text="ab")["draft"] == one
    assert desk.one("draft.save", ref, text="mine", agent="bob")["draft"] != one
    assert sorted(drafts(desk)) == [("ab", "open"), ("mine", "open")]


def test_a_text_that_may_not_leave_does_not_overwrite_what_is_being_written(
    desk: TestDesk,
) -> None:
    ref = desk.open()
    desk.do("draft.save", ref, text="Half a thought")
    desk.do("ticket.reply", ref, text=f"Card {CARD}")
    assert drafts(desk)[0][0].startswith("Half a thought\n\nCard ")


# The same text


def test_the_same_text_again_asks_first(desk: TestDesk) -> None:
    ref = desk.open()
    desk.sent(desk.one("ticket.reply", ref, text=FINE)["item"])
    desk.clock.advance(9 * 60)
    outcome = desk.one("ticket.reply", ref, text=FINE)
    assert outcome["outcome"] == "needs_reason"
    assert "same text" in str(outcome["says"])
    desk.clock.advance(2 * 60)
    assert desk.one("ticket.reply", ref, text=FINE)["outcome"] == "held"


def test_the_same_text_still_waiting_asks_however_long_it_waits(desk: TestDesk) -> None:
    ref = desk.open()
    desk.do("ticket.reply", ref, text=FINE)
    desk.clock.advance(3600)
    assert desk.one("ticket.reply", ref, text=FINE)["outcome"] == "needs_reason"


def test_the_same_text_to_others_or_after_taking_back_is_fine(desk: TestDesk) -> None:
    ref, other = desk.open(), desk.open(sender="jean@mail.example")
    uid = desk.one("ticket.reply", ref, text=FINE)["item"]
    assert desk.one("ticket.reply", other, text=FINE)["outcome"] == "held"
    desk.do("outbox.take_back", item=uid)
    assert desk.one("ticket.reply", ref, text=FINE)["outcome"] == "held"


# To whom


def mail_facts(*reply_to: str, cc: tuple[str, ...] = ()) -> str:
    return MailFacts(
        to=(Address("", OURS),),
        cc=tuple(Address("", a) for a in cc),
        reply_to=tuple(Address("", a) for a in reply_to),
    ).dump()


@pytest.mark.parametrize(
    ("reply_to", "wanted"),
    [
        ((), [MARTA]),
        (("marta@work.example",), ["marta@work.example"]),
        (("marta@work.example", OURS.upper()), ["marta@work.example"]),
        ((OURS,), [MARTA]),
    ],
)
def test_reply_to_counts_without_our_own_addresses(
    desk: TestDesk, reply_to: tuple[str, ...], wanted: list[str]
) -> None:
    ref = desk.open(mail=mail_facts(*reply_to))
    uid = desk.one("ticket.reply", ref, text=FINE)["item"]
    assert recipients(desk, uid) == wanted


def test_a_person_is_answered_before_a_machine(desk: TestDesk) -> None:
    ref = desk.open()
    robot = a_mail("r", after=["m0"], at=9, automatic="auto-replied")
    desk.arrive(replace(robot, author_address="robot@mail.example"))
    assert recipients(desk, desk.one("ticket.reply", ref, text=FINE)["item"]) == [MARTA]


def test_where_only_a_machine_wrote_it_is_answered(desk: TestDesk) -> None:
    ref = desk.open(automatic="auto-generated")
    assert recipients(desk, desk.one("ticket.reply", ref, text=FINE)["item"]) == [MARTA]


def test_where_only_we_wrote_the_customer_is_written_to(desk: TestDesk) -> None:
    ref = desk.open(ours=True)
    uid = desk.one("ticket.reply", ref, text=FINE)["item"]
    assert recipients(desk, uid) == [MARTA]
    assert desk.item(uid)["parent_row"] is None
    assert desk.gate(uid) is None


def test_copies_go_to_whom_the_agent_names(desk: TestDesk) -> None:
    ref = desk.open(mail=mail_facts(cc=("jean@mail.example",)))
    uid = desk.one("ticket.reply", ref, text=FINE, cc="Jean <jean@mail.example>")["item"]
    assert recipients(desk, uid) == [MARTA, "jean@mail.example"]


def test_strangers_are_blocked(desk: TestDesk) -> None:
    outcome = desk.one("ticket.reply", desk.open(), text=FINE, to="eve@other.example")
    assert outcome["outcome"] == "blocked"


@pytest.mark.parametrize("to", ["nobody", "a b@c", "@x"])
def test_what_is_no_address_is_refused(desk: TestDesk, to: str) -> None:
    with pytest.raises(DesktermError, match="no list of mail addresses"):
        desk.do("ticket.reply", desk.open(), text=FINE, to=to)


def test_where_nobody_can_be_written_to_nothing_is_claimed(desk: TestDesk) -> None:
    ref = desk.open()
    desk.write(lambda tx: tx.execute("UPDATE messages SET author_address = ''"))
    with pytest.raises(DesktermError) as told:
        desk.do("ticket.reply", ref, text=FINE)
    assert told.value.code == "no_recipient"
    assert "kept as a draft" not in str(told.value)


def test_a_channel_that_cannot_send_says_so(desk: TestDesk) -> None:
    ref = desk.open()
    desk.channels.can_send = False
    with pytest.raises(DesktermError) as told:
        desk.do("ticket.reply", ref, text=FINE)
    assert told.value.code == "cannot_send"


# Files


def test_files_are_copied_by_what_is_in_them(desk: TestDesk, tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "label.pdf").write_bytes(b"%PDF-1.4 label")
    paths = [str(tmp_path / f / "label.pdf") for f in ("a", "b")]
    ref = desk.open()
    uid = desk.one("ticket.reply", ref, text=FINE, attach=paths)["item"]
    (tmp_path / "a" / "label.pdf").unlink()
    files = json.loads(desk.item(uid)["attachments"])
    assert [f["filename"] for f in files] == ["label.pdf", "label.pdf"]
    assert len(list(desk.attachments.iterdir())) == 1
    assert desk.gate(uid) is None


@pytest.mark.parametrize("attach", [["/no/such/file"], "/etc/hostname", ["/tmp"]])
def test_a_file_that_cannot_be_had_stops_the_reply(desk: TestDesk, attach: object) -> None:
    with pytest.raises(DesktermError):
        desk.do("ticket.reply", desk.open(), text=FINE, attach=attach)
    assert not desk.rows("SELECT * FROM outbox_items")


# Order


def test_a_second_reply_waits_for_the_first(desk: TestDesk) -> None:
    ref = desk.open()
    one, two = (desk.one("ticket.reply", ref, text=f"{FINE} {n}")["item"] for n in (1, 2))
    assert outbox.is_first_of_thread(desk.reading, desk.item(one))
    assert not outbox.is_first_of_thread(desk.reading, desk.item(two))
    desk.sent(one)
    assert desk.ticket(ref)["outgoing"] == "reply"
    assert outbox.is_first_of_thread(desk.reading, desk.item(two))


def test_replies_to_other_customers_do_not_wait(desk: TestDesk) -> None:
    ref, other = desk.open(), desk.open(sender="jean@mail.example")
    desk.do("ticket.reply", ref, text=FINE)
    uid = desk.one("ticket.reply", other, text=FINE)["item"]
    assert outbox.is_first_of_thread(desk.reading, desk.item(uid))

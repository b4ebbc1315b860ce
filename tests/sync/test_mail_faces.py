"""Channels that travel as mail through a mailbox: claimed, read, answered, recognised."""

from __future__ import annotations

import email
import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from deskterm.contract import ConnectorSpec
from deskterm.domain.errors import DesktermError
from deskterm.domain.outbox import DeliveryState
from tests.support.dovecot import Dovecot, running_dovecot
from tests.support.fake_relay import RELAY_HOST, RELAY_SPEC
from tests.support.mail_office import (
    MAILBOX,
    MARKET,
    OURS,
    MailOffice,
    at,
    mail_office,
    relay_mail,
)
from tests.support.mails import a_mail
from tests.support.relay_faces import (
    ClaimsTooMuch,
    Digest,
    ReadsNothing,
    ReadsOddly,
    Rival,
    StopsClaiming,
    StopsReading,
    StopsWriting,
    WritesToOthers,
    WritesUnderAnotherId,
    spec_of,
)
from tests.support.smtp_server import OnBody, SmtpServer, running_smtp_server

BUYER = f"abc123@{RELAY_HOST}"
OpenOffice = Callable[..., AbstractAsyncContextManager[MailOffice]]

_names = itertools.count(1)


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as running:
        yield running


@pytest.fixture
def smtp() -> Iterator[SmtpServer]:
    with running_smtp_server() as running:
        yield running


@pytest.fixture
def open_office(dovecot: Dovecot, smtp: SmtpServer, tmp_path: Path) -> OpenOffice:
    user = f"user{next(_names)}"

    def open_one(
        *specs: ConnectorSpec, send_s: float = 20.0
    ) -> AbstractAsyncContextManager[MailOffice]:
        return mail_office(tmp_path, user, dovecot, smtp, *specs, send_s=send_s)

    return open_one


@pytest.fixture
async def desk(open_office: OpenOffice) -> AsyncIterator[MailOffice]:
    """An office with the mailbox and a market behind the relay."""
    async with open_office(RELAY_SPEC) as office:
        await office.add()
        yield office


# Coming in


async def test_claimed_mail_becomes_tickets_of_the_market(desk: MailOffice) -> None:
    desk.box.deliver(relay_mail(1, subject="Where is MK-123456?"), at=at(1))
    desk.box.deliver(a_mail(2), at=at(2))
    desk.box.deliver(relay_mail(3, signed=False), at=at(3))
    assert await desk.sync() == 3
    (ticket,) = desk.tickets(MARKET)
    assert (ticket["channel"], ticket["customer_name"]) == ("fake_relay", "A buyer")
    (message,) = desk.messages(MARKET)
    assert (message["author_address"], message["body"].strip()) == (BUYER, "Where is my parcel?")
    assert message["received_at"].startswith("2026-11-02T08:01:00"), "the server's time, not Date"
    assert message["sent_at"].startswith("2026-11-01T08:00:00")
    assert len(desk.tickets(MAILBOX)) == 2, "a stranger's mail and a forgery stay"
    assert [row[0] for row in desk.rows("SELECT order_ref FROM order_mentions")] == ["MK123456"]
    assert desk.health(MARKET) == ("ok", "")


async def test_the_market_says_what_belongs_together(desk: MailOffice) -> None:
    """One thread for each relay address, whatever the subjects and References say."""
    desk.box.deliver(relay_mail(1), at=at(1))
    desk.box.deliver(relay_mail(2, "Hello?", subject="Something else"), at=at(2))
    desk.box.deliver(relay_mail(3, buyer="def456"), at=at(3))
    await desk.sync()
    desk.box.deliver(relay_mail(4, "Anybody?", subject="Re: again"), at=at(4))
    await desk.sync()
    first, second = desk.tickets(MARKET)
    count = "SELECT count(*) FROM messages WHERE ticket_id = ?"
    assert [desk.rows(count, t["id"])[0][0] for t in (first, second)] == [3, 1]
    threads = desk.rows("SELECT remote_id FROM threads ORDER BY id")
    assert [row[0] for row in threads] == [BUYER, f"def456@{RELAY_HOST}"]


async def test_another_talk_about_the_same_order_is_answered_as_what_it_is(
    open_office: OpenOffice,
) -> None:
    """Two talks of one buyer about one order: one ticket, and an answer names the newer talk."""
    async with open_office(spec_of(Digest)) as desk:
        await desk.add()
        desk.box.deliver(relay_mail(1, "talk-1 where is it", subject="MK-123456"), at=at(1))
        desk.box.deliver(relay_mail(2, "talk-2 is it lost", subject="MK-123456"), at=at(2))
        await desk.sync()
        (ticket,) = desk.tickets(MARKET)
        threads = desk.rows("SELECT remote_id FROM threads WHERE ticket_id = ?", ticket["id"])
        assert [row[0] for row in threads] == ["talk-1", "talk-2"]
        await desk.becomes(await desk.reply(ticket["ref"]), DeliveryState.SENT)
        (mail,) = desk.smtp.taken
        assert email.message_from_bytes(mail.raw)["Subject"] == "talk-2"
        desk.box.deliver(relay_mail(3, "talk-1 it came", subject="x"), at=at(3))
        await desk.sync()
        assert len(desk.tickets(MARKET)) == 1


async def test_several_messages_in_one_mail_can_each_be_answered(
    open_office: OpenOffice,
) -> None:
    async with open_office(spec_of(Digest)) as desk:
        await desk.add()
        desk.box.deliver(relay_mail(1, "talk-1 hello\ntalk-2 where is it"), at=at(1))
        assert await desk.sync() == 2
        for ticket in desk.tickets(MARKET):
            item = await desk.reply(ticket["ref"], f"Hello, ticket {ticket['ref']}.")
            await desk.becomes(item, DeliveryState.SENT)
        answers = [email.message_from_bytes(mail.raw) for mail in desk.smtp.taken]
        assert [mail["Subject"] for mail in answers] == ["talk-1", "talk-2"]
        assert {mail["In-Reply-To"] for mail in answers} == {f"<r1@{RELAY_HOST}>"}
        assert {mail["To"] for mail in answers} == {f"A buyer <{BUYER}>"}
        await desk.copies(2)
        assert await desk.sync() == 0


async def test_marks_and_moves_on_the_server_find_the_markets_mail(desk: MailOffice) -> None:
    file = desk.box.deliver(relay_mail(1), at=at(1))
    await desk.sync()
    message_id = f"<r1@{RELAY_HOST}>"
    assert desk.places() == {(MAILBOX, "INBOX", message_id)}
    assert desk.tickets(MARKET)[0]["unread"] == 1
    file = desk.box.set_flags(file, "RS")
    await desk.sync()
    (ticket,) = desk.tickets(MARKET)
    assert (ticket["unread"], ticket["status"]) == (0, "waiting_customer")
    desk.box.number_anew()
    assert await desk.sync() == 0
    assert desk.places() == {(MAILBOX, "INBOX", message_id)}, "recognised under its new number"
    file = desk.box.move(file, "Later")
    await desk.office.sync_once(None)
    desk.box.move(file, "INBOX")
    assert await desk.sync() == 0
    assert len(desk.messages(MARKET)) == 1
    assert desk.messages(MAILBOX) == []


async def test_what_is_held_stays_where_it_is(open_office: OpenOffice) -> None:
    """A market that is added later does not take over, nor double, what the mailbox holds."""
    async with open_office(RELAY_SPEC) as desk:
        file = desk.box.deliver(relay_mail(1), at=at(1))
        await desk.sync()
        await desk.add()
        desk.box.move(desk.box.move(file, "Later"), "INBOX")
        desk.box.deliver(relay_mail(1), "Sent", at=at(1))
        desk.box.deliver(relay_mail(2), at=at(2))
        assert await desk.sync() == 1
        assert [m["message_id"] for m in desk.messages(MAILBOX)] == [f"<r1@{RELAY_HOST}>"]
        assert [m["message_id"] for m in desk.messages(MARKET)] == [f"<r2@{RELAY_HOST}>"]


async def test_a_face_that_stops_later_does_not_double_what_the_market_holds(
    open_office: OpenOffice,
) -> None:
    async with open_office(RELAY_SPEC) as desk:
        await desk.add()
        file = desk.box.deliver(relay_mail(1, subject="boom"), at=at(1))
        await desk.sync()
    async with open_office(spec_of(StopsReading)) as desk:
        desk.box.number_anew()
        desk.box.move(desk.box.move(file, "Later"), "INBOX")
        assert await desk.sync() == 0
        assert len(desk.messages(MARKET)) == 1
        assert desk.messages(MAILBOX) == []


# Whose it is


async def test_a_tie_stays_with_the_mailbox_and_is_shown(open_office: OpenOffice) -> None:
    async with open_office(RELAY_SPEC, spec_of(Rival, "rival")) as desk:
        await desk.add()
        await desk.add("other", "rival")
        file = desk.box.deliver(relay_mail(1), at=at(1))
        await desk.sync()
        assert desk.tickets(MARKET) == desk.tickets("other") == []
        (ticket,) = desk.tickets(MAILBOX)
        assert ticket["attention"] == "Claimed equally by market and other; it stays with shop"
        await desk.do("ticket.resolve", tickets=[ticket["ref"]])
        desk.box.move(desk.box.move(file, "Later"), "INBOX")
        assert await desk.sync() == 0
        assert desk.tickets(MAILBOX)[0]["attention"] is None, "a repeat says nothing"
        await desk.do("account.remove", name="other")
        desk.box.deliver(relay_mail(2), at=at(2))
        await desk.sync()
        assert len(desk.tickets(MARKET)) == 1


@pytest.mark.parametrize("face", [StopsReading, ReadsNothing, ReadsOddly])
async def test_a_face_that_cannot_read_costs_that_mail(
    face: type[Rival], open_office: OpenOffice
) -> None:
    """The mail stays with the mailbox, the ticket says why, and so does the market's account."""
    async with open_office(spec_of(face)) as desk:
        await desk.add()
        desk.box.deliver(relay_mail(1), at=at(1))
        desk.box.deliver(relay_mail(2, subject="boom", buyer="def456"), at=at(2))
        assert await desk.sync() == 2
        assert [m["message_id"] for m in desk.messages(MARKET)] == [f"<r1@{RELAY_HOST}>"]
        (ticket,) = desk.tickets(MAILBOX)
        assert ticket["attention"].startswith("market claims this mail and could not read it: ")
        assert f"def456@{RELAY_HOST}" not in ticket["attention"]
        health = desk.health(MARKET)
        assert health is not None
        assert health[0] == "broken"
        assert health[1].endswith("its mail stays with shop")
        desk.box.deliver(relay_mail(3), at=at(3))
        await desk.sync()
        assert desk.health(MARKET) == ("ok", "")


@pytest.mark.parametrize(
    ("face", "words"),
    [
        (StopsClaiming, "KeyError"),
        (ClaimsTooMuch, "0 to 100"),
        ("tests.no_such_module:Face", "cannot be loaded"),
    ],
)
async def test_a_face_that_cannot_claim_costs_nobody_else(
    face: type[Rival] | str, words: str, open_office: OpenOffice
) -> None:
    async with open_office(spec_of(face), spec_of(Rival, "rival")) as desk:
        await desk.add()
        desk.box.deliver(relay_mail(1, subject="boom"), at=at(1))
        desk.box.deliver(a_mail(2), at=at(2))
        desk.box.deliver(relay_mail(3, subject="boom"), at=at(3))
        assert await desk.sync() == 3
        assert len(desk.messages(MAILBOX)) == 3
        assert desk.tickets(MARKET) == []
        health = desk.health(MARKET)
        assert health is not None
        assert health[0] == "broken"
        assert words in health[1]
        await desk.add("other", "rival")
        desk.box.deliver(relay_mail(4, subject="boom", buyer="def456"), at=at(4))
        await desk.sync()
        assert len(desk.tickets("other")) == 1


# Going out


async def test_a_reply_goes_out_by_the_mailbox_once_and_is_recognised(desk: MailOffice) -> None:
    desk.box.deliver(relay_mail(1), at=at(1))
    await desk.sync()
    (ticket,) = desk.tickets(MARKET)
    item = await desk.reply(ticket["ref"])
    await desk.sync()
    await desk.becomes(item, DeliveryState.SENT)
    (mail,) = desk.smtp.taken
    assert (mail.sender, mail.recipients) == (OURS, (BUYER,))
    sent = email.message_from_bytes(mail.raw)
    assert sent["Message-ID"].startswith(f"<t{ticket['ref']}.")
    assert sent["Message-ID"].endswith("@shop.example>")
    assert sent["In-Reply-To"] == f"<r1@{RELAY_HOST}>"
    assert sent["References"].split() == [f"<r0@{RELAY_HOST}>", f"<r1@{RELAY_HOST}>"]
    assert (sent["From"], sent["Subject"]) == (f"Shop <{OURS}>", "Re: Question number 1")
    await desk.copies(1)
    for _ in range(2):
        assert await desk.sync() == 0
    assert desk.tickets(MAILBOX) == []
    before, answer = desk.messages(MARKET)
    assert before["thread_id"] == answer["thread_id"]
    assert answer["message_id"] == sent["Message-ID"]
    assert (MAILBOX, "Sent", answer["remote_id"]) in desk.places()
    assert len(desk.box.files("Sent")) == 1
    assert desk.tickets(MARKET)[0]["waiting_since"] is None


async def test_an_answer_written_in_another_program_joins_its_ticket(desk: MailOffice) -> None:
    desk.box.deliver(relay_mail(1), at=at(1))
    await desk.sync()
    desk.box.deliver(
        (
            f"From: Shop <{OURS}>\r\nTo: {BUYER}\r\nSubject: Re: Question\r\n"
            f"Message-ID: <phone-1@shop.example>\r\nIn-Reply-To: <r1@{RELAY_HOST}>\r\n"
            "Date: Mon, 02 Nov 2026 09:30:00 +0100\r\n\r\nFrom my phone.\r\n"
        ).encode(),
        "Sent",
        at=at(30),
        flags="S",
    )
    assert await desk.sync() == 1
    assert [m["direction"] for m in desk.messages(MARKET)] == ["inbound", "outbound"]
    assert desk.tickets(MARKET)[0]["waiting_since"] is None
    assert desk.tickets(MAILBOX) == []


async def test_the_market_alone_says_who_gets_an_answer(desk: MailOffice) -> None:
    desk.box.deliver(relay_mail(1), at=at(1))
    await desk.sync()
    (ticket,) = desk.tickets(MARKET)
    for typed in ({"to": "friend@example.org"}, {"cc": "friend@example.org"}):
        with pytest.raises(DesktermError, match="who gets an answer"):
            await desk.reply(ticket["ref"], **typed)
    item = await desk.reply(ticket["ref"])
    assert BUYER in desk.item(item)["recipients"]


@pytest.mark.parametrize("face", [StopsWriting, WritesToOthers, WritesUnderAnotherId])
async def test_a_face_that_writes_what_was_not_checked_sends_nothing(
    face: type[Rival], open_office: OpenOffice
) -> None:
    async with open_office(spec_of(face)) as desk:
        await desk.add()
        desk.box.deliver(relay_mail(1), at=at(1))
        await desk.sync()
        (ticket,) = desk.tickets(MARKET)
        item = await desk.reply(ticket["ref"])
        await desk.sync()
        await desk.becomes(item, DeliveryState.NEEDS_EDIT)
        assert desk.tickets(MARKET)[0]["attention"].startswith("The reply did not go out: ")
        assert desk.smtp.commands == []


def keep_copy(desk: MailOffice) -> None:
    """What servers do that keep a copy of what is sent through them."""
    desk.box.deliver(desk.smtp.taken[-1].raw, "Sent", at=at(50), flags="S")


async def test_an_unclear_reply_is_looked_for_in_the_mailbox(open_office: OpenOffice) -> None:
    """The server takes it, keeps a copy, and never says so."""
    async with open_office(RELAY_SPEC, send_s=2.0) as desk:
        await desk.add()
        desk.box.deliver(relay_mail(1), at=at(1))
        await desk.sync()
        (ticket,) = desk.tickets(MARKET)
        desk.smtp.on_body = OnBody.SILENT_AFTER_TAKING
        desk.smtp.once_taken = lambda: keep_copy(desk)
        item = await desk.reply(ticket["ref"])
        await desk.sync()
        await desk.becomes(item, DeliveryState.SENT)
        assert desk.item(item)["looks"] == 0
        assert len(desk.smtp.taken) == 1
        assert await desk.sync() == 0
        assert [m["direction"] for m in desk.messages(MARKET)] == ["inbound", "outbound"]
        assert desk.tickets(MAILBOX) == []


async def test_a_copy_that_comes_back_before_the_answer_does_is_recognised(
    open_office: OpenOffice,
) -> None:
    async with open_office(RELAY_SPEC, send_s=3.0) as desk:
        await desk.add()
        desk.box.deliver(relay_mail(1), at=at(1))
        await desk.sync()
        (ticket,) = desk.tickets(MARKET)
        desk.smtp.on_body = OnBody.SILENT_AFTER_TAKING
        desk.smtp.once_taken = lambda: keep_copy(desk)
        item = await desk.reply(ticket["ref"])
        while not desk.box.files("Sent"):
            await desk.office.engine.sync_once()
        (outcome,) = await desk.office.engine.sync_once()
        assert desk.item(item)["state"] == DeliveryState.SENDING
        assert outcome.result == "ok"
        assert [m["direction"] for m in desk.messages(MARKET)] == ["inbound", "outbound"]
        await desk.sync()
        await desk.becomes(item, DeliveryState.SENT)
        assert len(desk.messages(MARKET)) == 2
        assert desk.tickets(MAILBOX) == []


async def test_what_nobody_can_find_is_asked(desk: MailOffice) -> None:
    desk.box.deliver(relay_mail(1), at=at(1))
    await desk.sync()
    desk.smtp.on_body = OnBody.DROP_AFTER_TAKING
    item = await desk.reply(desk.tickets(MARKET)[0]["ref"])
    await desk.sync()
    await desk.becomes(item, DeliveryState.ASK_AGENT)
    assert len(desk.smtp.taken) == 1


# Rules

_MARKET_PACK = """
[pack]
channel = "fake_relay"
version = "1"
review_days = 30

[[rule]]
id = "fake_relay.subject_kept"
says.en = "This market wants its subject."
severity = "block"
gate = "text"
check.detector = "subject_kept"
fix = "none"
source = "The test"
source_kind = "house"
checked_on = 2026-11-21
"""
_STRICT_MAILBOX = '[severity]\n"email.subject_kept" = "block"\n'


def _shop_rule(desk: MailOffice, name: str, text: str) -> None:
    desk.home.rules.mkdir(parents=True, exist_ok=True)
    (desk.home.rules / name).write_text(text, "utf-8")


async def test_a_reply_is_checked_by_the_rules_of_both(desk: MailOffice, tmp_path: Path) -> None:
    _shop_rule(desk, "market.toml", _MARKET_PACK)
    desk.box.deliver(relay_mail(1), at=at(1))
    await desk.sync()
    (ticket,) = desk.tickets(MARKET)
    program = tmp_path / "label.exe"
    program.write_bytes(b"MZ")
    outcome, rules = await desk.findings(
        ticket["ref"], "Here it is.", subject="My own words", attach=[str(program)]
    )
    assert outcome == "blocked"
    assert {"fake_relay.subject_kept", "email.safe_attachment_types"} <= rules
    outcome, rules = await desk.findings(ticket["ref"], "Card 4111 1111 1111 1111 failed.")
    assert (outcome, rules) == ("blocked", {"email.no_card_numbers"})
    assert desk.rows("SELECT * FROM outbox_items") == []


@pytest.mark.parametrize(
    ("name", "text", "rule"),
    [
        ("market.toml", _MARKET_PACK, "fake_relay.subject_kept"),
        ("severity.toml", _STRICT_MAILBOX, "email.subject_kept"),
    ],
)
async def test_at_the_moment_of_sending_both_are_asked_again(
    name: str, text: str, rule: str, desk: MailOffice
) -> None:
    desk.box.deliver(relay_mail(1), at=at(1))
    await desk.sync()
    desk.smtp.answers = {"BODY": "451 4.3.0 come back"}
    item = await desk.reply(desk.tickets(MARKET)[0]["ref"], subject="My own words")
    await desk.sync()
    await desk.becomes(item, DeliveryState.RETRY_LATER)
    desk.smtp.answers = {}
    _shop_rule(desk, name, text)
    await desk.sync()
    await desk.becomes(item, DeliveryState.NEEDS_EDIT)
    assert rule in desk.item(item)["reason"]
    assert desk.smtp.taken == []


# Accounts


async def test_a_market_needs_a_mailbox_that_is_there(desk: MailOffice) -> None:
    for mailbox in ("nowhere", MARKET):
        with pytest.raises(DesktermError, match="no account of a mailbox"):
            await desk.do(
                "account.add", name="m2", channel="fake_relay", fields={"mailbox": mailbox}
            )
    with pytest.raises(DesktermError, match="mailbox"):
        await desk.do("account.add", name="m2", channel="fake_relay", fields={})


async def test_a_market_is_synced_and_checked_through_its_mailbox(desk: MailOffice) -> None:
    desk.box.deliver(relay_mail(1), at=at(1))
    outcomes = await desk.office.sync_once([MARKET, MAILBOX])
    assert [(o.account, o.stored) for o in outcomes] == [(MAILBOX, 1)]
    await desk.do("sync.now", name=MARKET)
    lines = (await desk.do("account.check", name=MARKET))["lines"]
    assert isinstance(lines, list)
    assert lines[0] == f"Its mail travels through the mailbox {MAILBOX} ({OURS})."
    assert any("signed in" in line for line in lines)
    with pytest.raises(DesktermError, match="comes through shop"):
        await desk.do("import.mail", account=MARKET, kind="mbox", path="x")


async def test_without_its_mailbox_a_market_says_so(desk: MailOffice) -> None:
    desk.box.deliver(relay_mail(1), at=at(1))
    await desk.sync()
    (ticket,) = desk.tickets(MARKET)
    desk.smtp.answers = {"BODY": "451 4.3.0 come back"}
    item = await desk.reply(ticket["ref"])
    await desk.sync()
    await desk.do("account.remove", name=MAILBOX)
    with pytest.raises(DesktermError, match="without its mailbox shop"):
        await desk.reply(ticket["ref"], "Another one.")
    with pytest.raises(DesktermError, match="does not work yet"):
        await desk.do("account.check", name=MARKET)
    await desk.office.sync_once([])
    await desk.becomes(item, DeliveryState.NEEDS_EDIT)

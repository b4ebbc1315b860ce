"""The mailbox session: checking, waiting, sending, copies of what was sent, errors in words."""

from __future__ import annotations

import asyncio
import email
import itertools
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from deskterm.contract import (
    Capability,
    ContractBroken,
    NotFound,
    Receipt,
    Refused,
    Reply,
    SentProbe,
    Session,
    SignInNeeded,
    Start,
    Unavailable,
    Unclear,
)
from deskterm.domain.mail import Address, OutgoingAttachment, OutgoingMail
from deskterm.domain.outbox import text_digest
from deskterm.mail.compose import to_bytes
from deskterm.mail.digest import content_digest
from deskterm_connectors.email.connector import EmailSession
from deskterm_connectors.email.spec import SPEC
from tests.support.dovecot import Dovecot, running_dovecot
from tests.support.fake_imap import Scripted, scripted_imap
from tests.support.mail_account import mail_session
from tests.support.mails import a_mail
from tests.support.session_context import session_context
from tests.support.smtp_server import OnBody, SmtpServer, running_smtp_server
from tests.support.tiny_engine import TinyEngine

REPLY = Reply(
    key="<tK7Q2.c03d9f@shop.example>",
    ticket_ref="K7Q2",
    thread_remote_id="",
    text="Bonjour,\nvotre colis part demain.",
    started_at=datetime(2026, 11, 21, 9, 40, tzinfo=UTC),
    subject="Re: Où est ma commande ?",
    to=(Address("Jeanne", "jeanne@example.org"),),
    cc=(Address("", "paul@example.org"),),
    in_reply_to="<m1@mail.example>",
    references=("<m0@mail.example>", "<m1@mail.example>"),
)
PROBE = SentProbe(REPLY.key, "", text_digest(REPLY.text), REPLY.started_at - timedelta(minutes=2))

CARRIED = OutgoingMail(
    message_id="<tK7Q3.77aa01@shop.example>",
    date=REPLY.started_at,
    sender=Address("Zoë's Shop", "help@shop.example"),
    to=(Address("", "abc123@relay.market.example"),),
    cc=(Address("", "copies@relay.market.example"),),
    reply_to=Address("", "returns@shop.example"),
    subject="Re: MK-123456",
    text="It is on its way.",
)


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as running:
        yield running


@pytest.fixture
def smtp(dovecot: Dovecot, tmp_path: Path) -> Iterator[SmtpServer]:
    """A submission server; `both` holds its authority and that of Dovecot."""
    with running_smtp_server() as running:
        both = tmp_path / "both.pem"
        both.write_bytes(dovecot.ca_file.read_bytes() + running.ca_file.read_bytes())
        running.ca_file = both
        yield running


_names = itertools.count(1)


@pytest.fixture
def user() -> str:
    return f"user{next(_names)}"


def account(user: str, dovecot: Dovecot, smtp: SmtpServer, **fields: Any) -> EmailSession:
    return mail_session(user, dovecot, smtp, tls_ca_file=str(smtp.ca_file), **fields)


async def test_a_check_signs_in_to_both_servers_and_says_what_works(
    user: str, dovecot: Dovecot, smtp: SmtpServer
) -> None:
    dovecot.mailbox(user).deliver(a_mail(1))
    report = await account(user, dovecot, smtp).check()
    words = "\n".join(report.lines)
    assert f"signed in to localhost:{dovecot.tls_port} as {user} (TLSv1.3)" in words
    assert "the inbox holds 1 mails" in words
    assert "folder Sent; copies of replies are filed by us" in words
    assert f"signed in to localhost:{smtp.port}" in words
    assert "mails up to 10 MB" in words
    assert smtp.taken == []


async def test_a_check_says_what_is_missing(user: str, smtp: SmtpServer) -> None:
    with running_dovecot(sent="Outbound", special_use=r"\Archive") as other:
        both = smtp.ca_file.with_name("all.pem")
        both.write_bytes(smtp.ca_file.read_bytes() + other.ca_file.read_bytes())
        session = mail_session(user, other, smtp, tls_ca_file=str(both))
        report = await session.check()
        assert any("no folder of sent mail" in line for line in report.lines)
        engine = TinyEngine()
        assert await engine.run(session, "sent") == 0
        with pytest.raises(NotFound, match="sent_folder"):
            await session.file_copy(REPLY, Receipt("mail:x", REPLY.started_at))
        await session.close()
        named = mail_session(user, other, smtp, tls_ca_file=str(both), sent_folder="Outbound")
        await named.file_copy(REPLY, Receipt("mail:x", REPLY.started_at))
        assert len(other.mailbox(user).files("Outbound")) == 1
        await named.close()


async def test_a_wrong_password_asks_to_sign_in(
    user: str, dovecot: Dovecot, smtp: SmtpServer
) -> None:
    session = mail_session(user, dovecot, smtp, password="wrong-secret")
    with pytest.raises(SignInNeeded) as asked:
        await session.check()
    assert f"localhost:{dovecot.tls_port}" in asked.value.text
    assert "wrong-secret" not in asked.value.text
    smtp.password = "changed"
    with pytest.raises(SignInNeeded, match=f"sending does not.*localhost:{smtp.port}"):
        await account(user, dovecot, smtp).check()


async def test_a_dead_host_is_unavailable_and_named(user: str, dovecot: Dovecot) -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    session = mail_session(user, dovecot, imap_port=str(port))
    with pytest.raises(Unavailable, match=f"localhost:{port}.*imap_host"):
        await session.check()
    with pytest.raises(Unavailable, match="localhost"):
        await anext(session.pull("inbox", Start()))
    with pytest.raises(Unavailable, match=r"imap\.shop\.invalid"):
        await mail_session(user, dovecot, imap_host="imap.shop.invalid").check()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("address", ""),
        ("address", "nobody"),
        ("imap_host", ""),
        ("imap_port", "99999"),
        ("imap_port", "x"),
        ("smtp_security", "ssl"),
        ("since", "01/02/2026"),
        ("sent_copy", "both"),
        ("display_name", "a\nb"),
    ],
)
async def test_a_field_that_makes_no_sense_is_named(
    field: str, value: str, user: str, dovecot: Dovecot
) -> None:
    fields: dict[str, Any] = {field: value}
    with pytest.raises(Refused) as refused:
        await mail_session(user, dovecot, **fields).check()
    assert refused.value.field == field
    assert field in refused.value.text


async def test_a_reply_goes_out_as_it_was_written(
    user: str, dovecot: Dovecot, smtp: SmtpServer
) -> None:
    session = account(user, dovecot, smtp)
    reply = replace(REPLY, attachments=(OutgoingAttachment("a.pdf", "application/pdf", b"%PDF"),))
    receipt = await session.send(reply)
    (mail,) = smtp.taken
    assert mail.raw == receipt.raw
    assert receipt.remote_id == f"mail:{content_digest(mail.raw)}"
    assert mail.sender == "help@shop.example"
    assert mail.recipients == ("jeanne@example.org", "paul@example.org")
    message = email.message_from_bytes(mail.raw)
    assert message["Message-ID"] == REPLY.key
    assert message["In-Reply-To"] == "<m1@mail.example>"
    assert message["Date"] == "Sat, 21 Nov 2026 09:40:00 +0000"
    assert "Auto-Submitted" not in message
    again = await account(user, dovecot, smtp).send(reply)
    assert again.raw == receipt.raw


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (replace(REPLY, to=(), cc=()), "go to"),
        (replace(REPLY, subject="x\r\nBcc: all@example.org"), "header"),
        (replace(REPLY, to=(Address("", "nobody"),)), "address"),
        (replace(REPLY, cc=(Address("", "é@example.org"),)), "address"),
    ],
)
async def test_a_reply_that_cannot_be_written_is_refused_before_any_connection(
    broken: Reply, words: str, user: str, dovecot: Dovecot
) -> None:
    with pytest.raises(Refused, match=words):
        await mail_session(user, dovecot).send(broken)


async def test_what_became_of_a_reply_is_told_exactly(
    user: str, dovecot: Dovecot, smtp: SmtpServer
) -> None:
    session = account(user, dovecot, smtp)
    smtp.answers["paul@example.org"] = "550 5.1.1 no such user"
    with pytest.raises(Refused) as refused:
        await session.send(REPLY)
    assert (refused.value.code, refused.value.field) == ("550", "to")
    assert "paul@example.org" in refused.value.text
    smtp.answers = {"BODY": "451 4.3.0 come back"}
    with pytest.raises(Unavailable, match="come back"):
        await session.send(REPLY)
    smtp.answers = {"BODY": "552 5.3.4 too big"}
    with pytest.raises(Refused) as refused:
        await session.send(REPLY)
    assert refused.value.field == "attachments"
    assert smtp.taken == []
    smtp.answers = {}
    smtp.on_body = OnBody.DROP_AFTER_TAKING
    with pytest.raises(Unclear):
        await session.send(REPLY)
    assert smtp.message_ids() == [REPLY.key]
    with pytest.raises(Unavailable):
        await mail_session(user, dovecot).send(REPLY)


async def test_a_carried_mail_goes_out_as_the_mail_face_wrote_it(
    user: str, dovecot: Dovecot, smtp: SmtpServer
) -> None:
    session = account(user, dovecot, smtp)
    receipt = await session.carry(CARRIED)
    (mail,) = smtp.taken
    assert mail.raw == receipt.raw == to_bytes(CARRIED)
    assert receipt.remote_id == f"mail:{content_digest(mail.raw)}"
    assert mail.sender == "help@shop.example"
    assert mail.recipients == ("abc123@relay.market.example", "copies@relay.market.example")
    assert email.message_from_bytes(mail.raw)["Reply-To"] == "returns@shop.example"
    carried = replace(REPLY, key=CARRIED.message_id, to=(), cc=())
    await session.file_copy(carried, receipt)
    probe = replace(PROBE, key=CARRIED.message_id)
    found = await session.find_sent(probe)
    assert found is not None
    assert found.remote_id == receipt.remote_id


async def test_what_became_of_a_carried_mail_is_told_exactly(
    user: str, dovecot: Dovecot, smtp: SmtpServer
) -> None:
    session = account(user, dovecot, smtp)
    with pytest.raises(Refused, match="header"):
        await session.carry(replace(CARRIED, subject="x\nBcc: all@example.org"))
    with pytest.raises(Refused, match="address"):
        await session.carry(replace(CARRIED, to=(Address("", "nobody"),)))
    smtp.answers = {"RCPT": "550 5.1.1 no such user"}
    with pytest.raises(Refused) as refused:
        await session.carry(CARRIED)
    assert (refused.value.code, refused.value.field) == ("550", "to")
    smtp.answers = {"BODY": "451 4.3.0 come back"}
    with pytest.raises(Unavailable, match="come back"):
        await session.carry(CARRIED)
    assert smtp.taken == []
    smtp.answers = {}
    smtp.on_body = OnBody.DROP_AFTER_TAKING
    with pytest.raises(Unclear):
        await session.carry(CARRIED)
    assert smtp.message_ids() == [CARRIED.message_id]


async def test_a_copy_is_filed_once_and_found(
    user: str, dovecot: Dovecot, smtp: SmtpServer
) -> None:
    session = account(user, dovecot, smtp)
    assert await session.find_sent(PROBE) is None
    receipt = await session.send(REPLY)
    await session.file_copy(REPLY, receipt)
    await session.file_copy(REPLY, receipt)
    (file,) = dovecot.mailbox(user).files("Sent")
    assert file.name.endswith("S")
    found = await session.find_sent(PROBE)
    assert found is not None
    assert found.remote_id == receipt.remote_id
    assert found.sent_at == receipt.accepted_at.replace(microsecond=0)
    engine = TinyEngine()
    await engine.run(session, "sent")
    assert engine.here() == {content_digest(receipt.raw)}
    await session.close()


async def test_no_copy_is_filed_where_the_server_keeps_one(
    user: str, dovecot: Dovecot, smtp: SmtpServer
) -> None:
    session = account(user, dovecot, smtp, sent_copy="server")
    await session.file_copy(REPLY, await session.send(REPLY))
    assert dovecot.mailbox(user).files("Sent") == []


@pytest.mark.parametrize(
    ("fields", "settles"),
    [
        ({}, False),
        ({"sent_copy": "ours"}, False),
        ({"sent_copy": "server"}, True),
        ({"imap_host": "imap.gmail.com"}, True),
        ({"imap_host": "outlook.office365.com"}, True),
        ({"imap_host": "imap.gmail.com", "sent_copy": "ours"}, False),
    ],
)
def test_the_absence_of_a_copy_never_proves_anything(
    fields: dict[str, Any], settles: bool, user: str, dovecot: Dovecot
) -> None:
    read_back = mail_session(user, dovecot, **fields).read_back()
    assert not read_back.reliable
    assert (read_back.settle > timedelta(0)) is settles
    assert read_back.looks == (2 if settles else 1)


async def test_waiting_ends_within_two_seconds_of_new_mail(user: str, dovecot: Dovecot) -> None:
    box = dovecot.mailbox(user)
    box.deliver(a_mail(1))
    engine = TinyEngine()
    session = mail_session(user, dovecot)
    await engine.run(session)
    assert not await session.wait("inbox", 0.1)
    waiting = asyncio.create_task(session.wait("inbox", 60))
    await asyncio.sleep(0)
    box.deliver(a_mail(2))
    async with asyncio.timeout(4):
        assert await waiting
    await engine.run(session)
    assert engine.order == [1, 2]
    await session.close()


async def test_mail_that_came_between_reading_and_waiting_is_news(
    user: str, dovecot: Dovecot
) -> None:
    box = dovecot.mailbox(user)
    engine = TinyEngine()
    session = mail_session(user, dovecot)
    await engine.run(session)
    box.deliver(a_mail(1))
    assert await session.wait("inbox", 60)
    await engine.run(session)
    assert engine.fetched == 1
    assert not await session.wait("inbox", 0.1)
    await session.close()


async def test_a_reading_connection_the_server_ended_is_replaced() -> None:
    connections: list[Scripted] = []

    async def script(server: Scripted) -> None:
        connections.append(server)
        await server.greet_and_sign_in()
        state = ("* 0 EXISTS", "* OK [UIDVALIDITY 1] x", "* OK [UIDNEXT 1] x")
        await server.answer("EXAMINE", *state)
        if len(connections) > 1:
            await server.answer("EXAMINE", *state)
            await server.answer("LOGOUT", "* BYE")
        else:
            await server.hear()  # and hang up instead of an answer

    async with scripted_imap(script) as fake:
        fields = {
            "address": "help@shop.example",
            "imap_host": "127.0.0.1",
            "imap_port": str(fake.port),
            "imap_security": "none",
            "smtp_host": "127.0.0.1",
        }
        session = EmailSession(session_context(fields, secrets={"password": "x"}))
        engine = TinyEngine()
        for _ in range(3):
            await engine.run(session)
        await session.close()
    assert len(connections) == 2


async def test_reading_and_sending_do_not_wait_for_each_other(
    user: str, dovecot: Dovecot, smtp: SmtpServer
) -> None:
    dovecot.mailbox(user).deliver_many([a_mail(n) for n in range(300)])
    session = account(user, dovecot, smtp)
    pages = session.pull("inbox", Start())
    await anext(pages)
    receipt = await session.send(REPLY)
    await session.file_copy(REPLY, receipt)
    assert await session.find_sent(PROBE) is not None
    await pages.aclose()
    await session.close()


async def test_a_missing_secret_asks_to_sign_in(user: str, dovecot: Dovecot) -> None:
    session = EmailSession(session_context(mail_session(user, dovecot).context.fields))
    with pytest.raises(SignInNeeded):
        await session.check()


async def test_waiting_on_another_folder_is_not_offered(user: str, dovecot: Dovecot) -> None:
    with pytest.raises(ContractBroken):
        await mail_session(user, dovecot).wait("sent", 1)


async def test_closing_twice_is_fine(user: str, dovecot: Dovecot) -> None:
    session = mail_session(user, dovecot)
    await TinyEngine().run(session)
    await session.close()
    await session.close()


def test_the_spec_keeps_its_promises() -> None:
    offered = {
        Capability.SEND_REPLY: "send",
        Capability.WAIT: "wait",
        Capability.FIND_SENT: "find_sent",
        Capability.FILE_COPY: "file_copy",
        Capability.CARRY_MAIL: "carry",
    }
    for capability, method in offered.items():
        assert capability in SPEC.capabilities
        assert getattr(EmailSession, method) is not getattr(Session, method)
    module, _, name = SPEC.session.partition(":")
    assert (module, name) == (EmailSession.__module__, EmailSession.__name__)
    assert not SPEC.read_back.reliable
    names = [field.name for field in SPEC.fields]
    assert names[:3] == ["address", "username", "password"]
    assert len(set(names)) == len(names)


def test_the_spec_is_read_without_loading_the_connector() -> None:
    code = (
        "import sys, deskterm_connectors.email.spec;"
        "print([m for m in sys.modules if m.endswith('email.connector')"
        " or m in ('aiosmtplib', 'httpx', 'asyncio')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"

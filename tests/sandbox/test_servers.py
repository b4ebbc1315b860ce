"""The simulated mailbox, met by the real connector."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest

from deskterm.contract import MailItem, Refused, Reply, SignInNeeded, Unavailable, Unclear
from deskterm.domain.errors import DesktermError
from deskterm.domain.mail import Address
from deskterm.mail.imap import ImapConnection
from deskterm.mail.tls import Endpoint, client_context
from deskterm.sandbox.launch import Sandbox
from deskterm_connectors.email.connector import EmailSession
from tests.support.sandbox import account_on, noted, pulled, running_sandbox, session_on

pytestmark = pytest.mark.xdist_group("sandbox-servers")

TICKETS = 120


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("sandbox"), tickets=TICKETS) as sandbox:
        sandbox.command("settle")
        yield sandbox
        log = sandbox.journal.with_name("sandbox.log")
    assert log.read_text() == "", "nothing went wrong that was not asked for"


@pytest.fixture(autouse=True)
def _well_behaved(sandbox: Sandbox) -> Iterator[None]:
    yield
    sandbox.command("behave")


def read(item: MailItem) -> EmailMessage:
    return message_from_bytes(item.raw, policy=default)


def reply_to(mail: EmailMessage, text: str, key: str, to: str = "") -> Reply:
    parent = str(mail["Message-ID"])
    return Reply(
        key=key,
        ticket_ref="k7m2q9",
        thread_remote_id="",
        started_at=datetime.now(UTC),
        to=(Address("", to or str(mail["From"].addresses[0].addr_spec)),),
        subject=f"Re: {mail['Subject']}",
        text=text,
        in_reply_to=parent,
        references=(*str(mail.get("References", "")).split(), parent),
    )


async def newest_of(session: EmailSession) -> EmailMessage:
    """The newest mail that a person wrote."""
    mails = sorted((await pulled(session))[0], key=lambda item: item.received_at)
    return next(m for m in map(read, reversed(mails)) if "Auto-Submitted" not in m)


def validities(items: Sequence[MailItem]) -> set[int]:
    return {item.location.uidvalidity for item in items if item.location is not None}


# What is shown


async def test_every_message_is_shown_once(sandbox: Sandbox) -> None:
    async with session_on(sandbox) as session:
        inbox, _ = await pulled(session, "inbox")
        sent, _ = await pulled(session, "sent")
    shown = [e for e in noted(sandbox, "shown") if e["folder"] == "INBOX"]
    assert Counter(read(item)["Message-ID"] for item in inbox) == Counter(e["id"] for e in shown)
    shown = [e for e in noted(sandbox, "shown") if e["folder"] == "Sent"]
    assert Counter(read(item)["Message-ID"] for item in sent) == Counter(e["id"] for e in shown)
    assert {e["conversation"] for e in noted(sandbox, "shown")} >= set(range(1, TICKETS + 1))


async def test_the_mails_are_whole_and_of_all_kinds(sandbox: Sandbox) -> None:
    async with session_on(sandbox) as session:
        items = (await pulled(session, "inbox"))[0] + (await pulled(session, "sent"))[0]
    kinds: Counter[str] = Counter()
    for item in items:
        mail = read(item)
        for part in mail.walk():
            assert part.defects == [], mail["Message-ID"]
            assert [d for value in part.values() for d in value.defects] == [], part.items()
            kinds[part.get_content_type()] += 1
            if part.get_content_maintype() == "text":
                kinds[str(part.get_content_charset())] += 1
                assert "\ufffd" not in part.get_content()
        date = mail["Date"].datetime
        assert date == item.received_at <= datetime.now(UTC)
        assert mail["From"].addresses[0].addr_spec
        assert mail["To"].addresses[0].addr_spec
        body = mail.get_body(preferencelist=("plain",))
        assert body is not None
        kinds["quoting"] += "\n> " in body.get_content()
        kinds["automatic"] += "Auto-Submitted" in mail
        kinds["encoded"] += not str(mail["Subject"]).isascii()
        kinds["seen"] += item.seen
        kinds["answered"] += item.answered
    wanted = ("text/html", "image/png", "multipart/mixed", "multipart/alternative")
    assert all(kinds[kind] for kind in (*wanted, "quoting", "automatic", "encoded"))
    assert kinds["windows-1252"] + kinds["iso-8859-15"]
    assert 0 < kinds["answered"] < kinds["seen"] < len(items)


async def test_replies_point_to_what_they_answer(sandbox: Sandbox) -> None:
    async with session_on(sandbox) as session:
        items = (await pulled(session, "inbox"))[0] + (await pulled(session, "sent"))[0]
    dates = {str(read(item)["Message-ID"]): item.received_at for item in items}
    answers = 0
    for item in items:
        mail = read(item)
        references = str(mail.get("References", "")).split()
        assert str(mail.get("In-Reply-To", "")) == (references[-1] if references else "")
        times = [dates[reference] for reference in references if reference in dates]
        assert times == sorted(times)
        assert all(at <= item.received_at for at in times)
        answers += bool(references)
    assert answers > TICKETS / 3


async def test_sent_mail_is_found_by_its_mark(sandbox: Sandbox) -> None:
    async with session_on(sandbox) as session:
        lines = (await session.check()).lines
    assert any("folder Sent" in line for line in lines)
    assert any("IDLE" in line for line in lines)


async def test_only_its_own_authority_makes_it_trusted(sandbox: Sandbox) -> None:
    async with session_on(sandbox, tls_ca_file="") as session:
        with pytest.raises(Exception, match="certificate"):
            await session.check()


async def test_news_from_before_an_idle_is_told_in_it(sandbox: Sandbox) -> None:
    account = account_on(sandbox)
    fields = account["fields"]
    endpoint = Endpoint("localhost", int(fields["imap_port"]))
    imap = await ImapConnection.connect(endpoint, client_context(fields["tls_ca_file"]))
    try:
        await imap.sign_in(fields["address"], account["secrets"]["password"])
        folder = await imap.examine("INBOX")
        sandbox.command("write", conversation=2, text="One more thing.")
        assert await imap.idle(10)
        assert imap.exists == folder.exists + 1
        assert not await imap.idle(0.2)
    finally:
        await imap.close()


# What is taken


async def test_a_reply_is_taken_and_its_customer_answers(sandbox: Sandbox) -> None:
    text = "Which of the two would you like, a refund or a new one?"
    async with session_on(sandbox) as session:
        items, cursor = await pulled(session)
        before = {str(read(item)["Message-ID"]) for item in items}
        answered = None
        for number, item in enumerate(reversed(items)):
            mail = read(item)
            if "Auto-Submitted" in mail:
                continue
            key = f"<t{number}.answered@lumen-and-oak.example>"
            await session.send(reply_to(mail, text, key))
            (taken,) = [e for e in noted(sandbox, "taken") if e["id"] == key]
            shown = {e["id"]: e["conversation"] for e in noted(sandbox, "shown")}
            assert taken["conversation"] == shown[str(mail["Message-ID"])]
            assert await session.wait("inbox", 5), "the answer is announced"
            fresh, cursor = await pulled(session, cursor=cursor)
            answered = next(m for m in map(read, fresh) if m["In-Reply-To"] == key)
            break
    assert answered is not None
    assert str(answered["Message-ID"]) not in before
    assert str(answered["References"]).split()[-1] == key
    assert answered["From"].addresses[0].addr_spec == mail["From"].addresses[0].addr_spec
    (entry,) = [e for e in noted(sandbox, "answered") if e["reply"] == key]
    assert entry["id"] == answered["Message-ID"]


async def test_a_customer_writes_when_told(sandbox: Sandbox) -> None:
    async with session_on(sandbox) as session:
        _, cursor = await pulled(session)
        told = sandbox.command("write", conversation=None, text="Do you sell oak?", subject="Oak")
        assert await session.wait("inbox", 5)
        (item,), cursor = await pulled(session, cursor=cursor)
        assert (read(item)["Subject"], read(item)["Message-ID"]) == ("Oak", told["id"])
        again = sandbox.command("write", conversation=told["conversation"], text="And ash?")
        (item,), _ = await pulled(session, cursor=cursor)
        assert read(item)["In-Reply-To"] == told["id"]
        assert read(item)["Message-ID"] == again["id"]
    with pytest.raises(DesktermError, match="KeyError"):
        sandbox.command("write", conversation=99_999, text="Nobody")


async def test_a_copy_that_we_file_is_kept(sandbox: Sandbox) -> None:
    async with session_on(sandbox) as session:
        mail = await newest_of(session)
        reply = reply_to(mail, "It left today.", "<tcopy.1@lumen-and-oak.example>")
        receipt = await session.send(reply)
        await session.file_copy(reply, receipt)
        await session.file_copy(reply, receipt)
        sent, _ = await pulled(session, "sent")
    copies = [i for i in sent if read(i)["Message-ID"] == reply.key]
    assert [copy.raw for copy in copies] == [receipt.raw]


# What goes wrong


async def test_a_refused_sign_in(sandbox: Sandbox) -> None:
    sandbox.command("misbehave", what="refuse_login", times=1)
    async with session_on(sandbox) as session:
        with pytest.raises(SignInNeeded):
            await session.check()
        await session.check()
    account = account_on(sandbox)
    async with session_on(sandbox, username=account["fields"]["address"].upper()) as session:
        with pytest.raises(SignInNeeded):
            await session.check()


@pytest.mark.parametrize(
    ("what", "error", "said"),
    [
        ("refuse_recipient", Refused, "550"),
        ("try_later", Unavailable, "451"),
        ("lose_answer", Unclear, "127.0.0.1"),
    ],
)
async def test_a_reply_that_meets_trouble(
    sandbox: Sandbox, what: str, error: type[Exception], said: str
) -> None:
    sandbox.command("misbehave", what=what, times=1)
    key = f"<ttrouble.{what.replace('_', '')}@lumen-and-oak.example>"
    async with session_on(sandbox) as session:
        reply = reply_to(await newest_of(session), "Thank you, that helps.", key)
        with pytest.raises(error, match=said):
            await session.send(reply)
        taken = [e for e in noted(sandbox, "taken") if e["id"] == key]
        assert len(taken) == (what == "lose_answer")
        assert noted(sandbox, "misbehaved")[-1]["what"] == what
        if what != "lose_answer":
            await session.send(reply)
            assert len([e for e in noted(sandbox, "taken") if e["id"] == key]) == 1


async def test_a_refused_command(sandbox: Sandbox) -> None:
    sandbox.command("misbehave", what="refuse_command", command="EXAMINE", times=1)
    async with session_on(sandbox) as session:
        with pytest.raises(Refused, match="told to refuse"):
            await pulled(session)
        assert (await pulled(session))[0]


async def test_a_mail_that_comes_twice(sandbox: Sandbox) -> None:
    sandbox.command("misbehave", what="duplicate", times=1)
    async with session_on(sandbox) as session:
        _, cursor = await pulled(session)
        told = sandbox.command("write", conversation=1, text="Did you get this?")
        fresh, _ = await pulled(session, cursor=cursor)
    assert [read(item)["Message-ID"] for item in fresh] == [told["id"]] * 2


async def test_folders_that_are_numbered_anew(sandbox: Sandbox) -> None:
    async with session_on(sandbox) as session:
        before, cursor = await pulled(session)
        sandbox.command("misbehave", what="renumber")
        after, _ = await pulled(session, cursor=cursor)
    assert validities(before).isdisjoint(validities(after))
    assert Counter(i.raw for i in before) == Counter(i.raw for i in after)


async def test_a_line_that_breaks_while_reading(sandbox: Sandbox) -> None:
    async with session_on(sandbox) as session:
        sandbox.command("misbehave", what="reset_after", bytes=200_000, server="imap")
        with pytest.raises(Unavailable):
            await pulled(session)
        assert len((await pulled(session))[0]) > TICKETS


async def test_a_network_that_is_gone_and_back(sandbox: Sandbox) -> None:
    async with session_on(sandbox) as session:
        sandbox.command("misbehave", what="cut")
        with pytest.raises(Unavailable):
            await session.check()
        sandbox.command("behave")
        sandbox.command("misbehave", what="slow", seconds=0.05)
        started = asyncio.get_running_loop().time()
        await session.check()
        assert asyncio.get_running_loop().time() - started > 0.2


def test_a_client_that_asks_for_everything_and_is_gone(sandbox: Sandbox) -> None:
    account = account_on(sandbox)
    fields, secrets = account["fields"], account["secrets"]
    address = ("localhost", int(fields["imap_port"]))
    with socket.create_connection(address, timeout=10) as plain:
        line = client_context(fields["tls_ca_file"]).wrap_socket(plain, server_hostname="localhost")
        sign_in = f'a LOGIN "{fields["address"]}" "{secrets["password"]}"\r\nb SELECT INBOX\r\n'
        line.sendall(sign_in.encode() + b"c UID FETCH 1:* BODY.PEEK[]\r\n" * 5)
        answers = b""
        while b"c OK" not in answers:
            answers += line.recv(65_536)
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        line.close()
    assert sandbox.command("journal")


@pytest.mark.parametrize(
    "order",
    [
        {"do": "misbehave", "what": "sulk"},
        {"do": "misbehave", "what": "reset_after"},
        {"do": "misbehave", "what": "slow", "seconds": "long"},
        {"do": "misbehave", "what": "cut", "server": "gopher"},
        {"do": "dance"},
        {"do": "write"},
    ],
)
def test_an_order_that_makes_no_sense_is_refused(sandbox: Sandbox, order: dict[str, Any]) -> None:
    with pytest.raises(DesktermError) as refused:
        sandbox.command(**order)
    assert refused.value.code == "sandbox"


async def test_the_newest_are_there_first_and_the_past_follows(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    with running_sandbox(tmp_path_factory.mktemp("young"), tickets=300, seed=4) as young:
        assert not young.command("journal")["complete"]
        async with session_on(young) as session:
            first, cursor = await pulled(session)
            assert len(first) >= 60
            assert max(i.received_at for i in first) > datetime.now(UTC) - timedelta(hours=2)
            young.command("settle")
            assert young.command("journal")["complete"]
            rest, _ = await pulled(session, cursor=cursor)
        ids = Counter(str(read(item)["Message-ID"]) for item in (*first, *rest))
        shown = Counter(e["id"] for e in noted(young, "shown") if e["folder"] == "INBOX")
        assert ids == shown
        assert min(i.received_at for i in rest) < min(i.received_at for i in first)

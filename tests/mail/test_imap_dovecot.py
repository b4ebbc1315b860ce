"""The transport against a real Dovecot."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest

from deskterm.mail.errors import ServerRefused, SignInRefused
from deskterm.mail.imap import FetchJob, ImapConnection, fetch_one, find_sent, quote
from deskterm.mail.imap.folder import encode_name
from deskterm.mail.tls import Endpoint, Security, client_context
from tests.support.dovecot import PASSWORD, Dovecot, running_dovecot
from tests.support.mails import a_mail


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as running:
        yield running


async def signed_in(
    dovecot: Dovecot, user: str, security: Security = Security.TLS
) -> ImapConnection:
    port = dovecot.tls_port if security is Security.TLS else dovecot.port
    context = client_context(str(dovecot.ca_file))
    connection = await ImapConnection.connect(Endpoint("localhost", port, security), context)
    await connection.sign_in(user, PASSWORD)
    return connection


@pytest.fixture
async def imap(dovecot: Dovecot, request: pytest.FixtureRequest) -> AsyncIterator[ImapConnection]:
    """A connection to a mailbox named after the test."""
    connection = await signed_in(dovecot, request.node.name.partition("[")[0])
    yield connection
    await connection.close()


@pytest.mark.parametrize("security", list(Security))
async def test_all_ways_of_connecting(dovecot: Dovecot, security: Security) -> None:
    connection = await signed_in(dovecot, "anybody", security)
    assert connection.tls_version == ("" if security is Security.NONE else "TLSv1.3")
    await connection.identify("deskterm", "1")
    await connection.close()
    assert not connection.is_open


async def test_a_wrong_password_is_told_from_everything_else(dovecot: Dovecot) -> None:
    context = client_context(str(dovecot.ca_file))
    endpoint = Endpoint("localhost", dovecot.tls_port)
    connection = await ImapConnection.connect(endpoint, context)
    with pytest.raises(SignInRefused):
        await connection.sign_in("anybody", "wrong")
    await connection.close()


async def test_append_search_store_and_fetch(imap: ImapConnection) -> None:
    sent = find_sent(await imap.folders())
    assert sent == "Sent"
    at = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
    await imap.append(sent, a_mail(1), flags=[r"\Seen"], at=at)
    state = await imap.select(sent)
    assert (state.exists, state.uidnext) == (1, 2)
    assert await imap.search(b"HEADER", b"Message-ID", quote("<m1@mail.example>")) == array(
        "L", [1]
    )
    assert not await imap.search(b"HEADER", b"Message-ID", quote("<nobody@mail.example>"))
    await imap.store([1], "+", [r"\Answered"])
    items = b"(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])"
    mail = (await fetch_one(imap, FetchJob(items, "body", {1}))).answers[1]
    assert mail.body == a_mail(1)
    assert (mail.received_at, mail.size) == (at, len(a_mail(1)))
    assert mail.flags is not None
    assert {rb"\seen", rb"\answered"} <= mail.flags


async def test_marks_that_changed_since(
    dovecot: Dovecot, imap: ImapConnection, request: pytest.FixtureRequest
) -> None:
    box = dovecot.mailbox(request.node.name)
    box.deliver_many([a_mail(n) for n in range(5)])
    before = (await imap.examine("INBOX")).highest_modseq
    assert before is not None
    box.set_flags(box.files()[2], "RS")
    after = (await imap.examine("INBOX")).highest_modseq
    assert after is not None
    assert after > before
    job = FetchJob(b"(UID FLAGS)", "flags", modifier=b"(CHANGEDSINCE %d)" % before)
    assert list((await fetch_one(imap, job)).answers) == [3]


async def test_a_folder_that_is_not_there_is_a_clean_refusal(imap: ImapConnection) -> None:
    with pytest.raises(ServerRefused) as refused:
        await imap.examine("Nowhere")
    assert not refused.value.bad
    assert "EXAMINE" in refused.value.text
    await imap.noop()


async def test_folders_with_names_of_any_script(imap: ImapConnection) -> None:
    for name in ('Réclamé "1"', "日本語", "a\\b & c"):
        await imap.command(b"CREATE", quote(encode_name(name).decode("ascii")))
    names = {f.name for f in await imap.folders()}
    assert {'Réclamé "1"', "日本語", "a\\b & c"} <= names
    assert (await imap.examine("日本語")).exists == 0


async def test_idle_tells_of_a_mail_within_two_seconds(
    dovecot: Dovecot, imap: ImapConnection, request: pytest.FixtureRequest
) -> None:
    box = dovecot.mailbox(request.node.name)
    await imap.examine("INBOX")
    waiting = asyncio.create_task(imap.idle(30))
    await asyncio.sleep(0)
    box.deliver(a_mail(1))
    async with asyncio.timeout(2):
        assert await waiting
    assert imap.exists == 1


async def test_any_other_command_can_be_given(imap: ImapConnection) -> None:
    for number, parent in ((1, ""), (2, "In-Reply-To: <m1@mail.example>\r\n")):
        await imap.append("INBOX", parent.encode() + a_mail(number))
    await imap.examine("INBOX")
    answer = await imap.command(b"UID THREAD REFERENCES UTF-8 ALL")
    assert answer.named(b"THREAD")[0].values == [[b"1", b"2"]]

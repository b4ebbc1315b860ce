"""The transport against servers that misbehave."""

from __future__ import annotations

import asyncio
import socket

import pytest

from deskterm.mail.errors import (
    CannotConnect,
    ConnectionLost,
    ProtocolBroken,
    ServerRefused,
    SignInRefused,
)
from deskterm.mail.imap import FetchJob, ImapConnection, fetch, fetch_one
from deskterm.mail.imap import wire as wire_module
from deskterm.mail.tls import Endpoint, Security, client_context
from tests.support.fake_imap import FakeImap, Script, Scripted, scripted_imap

BODY = b"(UID BODY.PEEK[])"


async def connect(fake: FakeImap, **options: float) -> ImapConnection:
    endpoint = Endpoint("127.0.0.1", fake.port, Security.NONE)
    return await ImapConnection.connect(endpoint, client_context(None), **options)


def greeted(capabilities: str, then: Script) -> Script:
    async def script(server: Scripted) -> None:
        await server.say("* OK ready")
        await server.answer("CAPABILITY", f"* CAPABILITY {capabilities}")
        await then(server)

    return script


async def test_credentials_go_by_authenticate_plain_where_offered() -> None:
    async def then(server: Scripted) -> None:
        tag, said = await server.hear()
        assert said == "AUTHENTICATE PLAIN"
        await server.say("+ ")
        packed, _ = await server.hear()
        assert packed == "AHVzZXIAcMOkc3M="
        await server.say(f"{tag} OK")
        await server.answer("CAPABILITY", "* CAPABILITY IMAP4rev1 IDLE")

    async with scripted_imap(greeted("IMAP4rev1 AUTH=PLAIN LOGINDISABLED", then)) as fake:
        connection = await connect(fake)
        await connection.sign_in("user", "päss")
        assert connection.capabilities == {"IMAP4REV1", "IDLE"}
        connection.abort()


async def test_credentials_that_cannot_be_quoted_go_as_literals() -> None:
    async def then(server: Scripted) -> None:
        tag, said = await server.hear()
        assert said == r'LOGIN "us\"er" {5}'
        await server.say("+ go on")
        password = await server.reader.readexactly(5)
        assert password == "päss".encode()
        assert await server.reader.readline() == b"\r\n"
        await server.say(f"{tag} OK")
        await server.answer("CAPABILITY", "* CAPABILITY IMAP4rev1")

    async with scripted_imap(greeted("IMAP4rev1", then)) as fake:
        connection = await connect(fake)
        await connection.sign_in('us"er', "päss")
        connection.abort()


async def test_no_password_goes_where_login_is_disabled() -> None:
    async def then(server: Scripted) -> None:
        await server.hear()

    async with scripted_imap(greeted("IMAP4rev1 LOGINDISABLED", then)) as fake:
        connection = await connect(fake)
        with pytest.raises(SignInRefused):
            await connection.sign_in("user", "secret-77")
        connection.abort()
        assert not fake.was_told("secret-77")


async def test_a_refusal_that_repeats_the_password_does_not_pass_it_on() -> None:
    async def then(server: Scripted) -> None:
        await server.answer("LOGIN", status="NO wrong password secret-77 \x1b[31m")

    async with scripted_imap(greeted("IMAP4rev1", then)) as fake:
        connection = await connect(fake)
        with pytest.raises(SignInRefused) as refused:
            await connection.sign_in("user", "secret-77")
        connection.abort()
    assert "secret-77" not in refused.value.text
    assert refused.value.text.isprintable()


async def test_a_server_in_trouble_is_not_taken_for_a_wrong_password() -> None:
    async def then(server: Scripted) -> None:
        await server.answer("LOGIN", status="NO [UNAVAILABLE] directory is down")

    async with scripted_imap(greeted("IMAP4rev1", then)) as fake:
        connection = await connect(fake)
        with pytest.raises(ServerRefused) as refused:
            await connection.sign_in("user", "secret")
        assert refused.value.code == "UNAVAILABLE"
        connection.abort()


async def test_idle_notices_a_line_that_comes_in_two_packets() -> None:
    go_on = asyncio.Event()

    async def then(server: Scripted) -> None:
        tag, said = await server.hear()
        assert said == "IDLE"
        await server.raw(b"+ idl")
        await server.raw(b"ing\r\n* OK Still here\r\n* 1")
        await go_on.wait()
        await server.raw(b"2 EXISTS\r\n")
        done, _ = await server.hear()
        assert done == "DONE"
        await server.say(f"{tag} OK")
        await server.answer("NOOP")

    async with scripted_imap(greeted("IMAP4rev1 IDLE", then)) as fake:
        connection = await connect(fake)
        waiting = asyncio.create_task(connection.idle(30))
        asyncio.get_running_loop().call_later(0.05, go_on.set)
        assert await waiting
        assert connection.exists == 12
        await connection.noop()
        connection.abort()


async def test_half_a_line_is_kept_when_idle_is_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("deskterm.mail.imap.connection.IDLE_REFRESH_SECONDS", 0.1)

    async def then(server: Scripted) -> None:
        tag, _ = await server.hear()
        await server.raw(b"+ idling\r\n* 3 EX")
        await server.hear()  # DONE, for time was up
        await server.raw(b"PUNGE\r\n" + tag.encode() + b" OK\r\n")

    async with scripted_imap(greeted("IMAP4rev1 IDLE", then)) as fake:
        connection = await connect(fake)
        assert await connection.idle(5)
        connection.abort()


async def test_idle_ends_without_news_when_its_time_is_up() -> None:
    async def then(server: Scripted) -> None:
        tag, _ = await server.hear()
        await server.say("+ idling")
        await server.hear()
        await server.say(f"{tag} OK")
        await server.answer("NOOP")

    async with scripted_imap(greeted("IMAP4rev1 IDLE", then)) as fake:
        connection = await connect(fake)
        assert not await connection.idle(0.05)
        await connection.noop()
        connection.abort()


@pytest.mark.parametrize("farewell", [b"", b"* BYE shutting down\r\n", b"* 4 EXI"])
async def test_the_end_of_the_connection_is_not_no_news(farewell: bytes) -> None:
    async def then(server: Scripted) -> None:
        await server.hear()
        await server.raw(b"+ idling\r\n" + farewell)

    async with scripted_imap(greeted("IMAP4rev1 IDLE", then)) as fake:
        connection = await connect(fake)
        with pytest.raises(ConnectionLost):
            await connection.idle(30)
        assert not connection.is_open


async def test_a_wait_that_is_called_off_leaves_no_half_used_connection() -> None:
    idling = asyncio.Event()

    async def then(server: Scripted) -> None:
        await server.hear()
        await server.say("+ idling")
        idling.set()
        await server.hear()

    async with scripted_imap(greeted("IMAP4rev1 IDLE", then)) as fake:
        connection = await connect(fake)
        waiting = asyncio.create_task(connection.idle(30))
        await idling.wait()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert not connection.is_open


async def test_a_command_that_is_not_answered_is_given_up() -> None:
    async def then(server: Scripted) -> None:
        await server.hear()
        await server.hear()

    async with scripted_imap(greeted("IMAP4rev1", then)) as fake:
        connection = await connect(fake)
        with pytest.raises(ConnectionLost, match="NOOP"):
            await connection.command(b"NOOP", seconds=0.1)
        assert not connection.is_open


async def test_a_drip_of_bytes_does_not_stretch_the_deadline() -> None:
    async def then(server: Scripted) -> None:
        await server.hear()
        while True:
            await server.raw(b"* OK drip\r\n")
            await asyncio.sleep(0.02)

    async with scripted_imap(greeted("IMAP4rev1", then)) as fake:
        connection = await connect(fake)
        start = asyncio.get_running_loop().time()
        with pytest.raises(ConnectionLost):
            await connection.command(b"NOOP", seconds=0.3)
        assert asyncio.get_running_loop().time() - start < 5


async def test_silence_instead_of_a_greeting_is_no_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        endpoint = Endpoint("127.0.0.1", listening.getsockname()[1], Security.NONE)
        with pytest.raises(CannotConnect, match="did not answer"):
            await ImapConnection.connect(endpoint, client_context(None), seconds=0.1)


async def test_a_name_that_does_not_exist_is_no_connection() -> None:
    endpoint = Endpoint("imap.shop.invalid", 993)
    with pytest.raises(CannotConnect, match=r"imap\.shop\.invalid:993"):
        await ImapConnection.connect(endpoint, client_context(None))


@pytest.mark.parametrize("greeting", ["220 mail.example ESMTP", "* BYE too many", "HTTP/1.1 400"])
async def test_another_kind_of_server_is_told_apart(greeting: str) -> None:
    async def script(server: Scripted) -> None:
        await server.say(greeting)
        await server.hear()

    async with scripted_imap(script) as fake:
        with pytest.raises((CannotConnect, ProtocolBroken)):
            await connect(fake)


async def test_a_line_without_end_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire_module, "_MAX_LINE", 3_000_000)

    async def then(server: Scripted) -> None:
        await server.hear()
        while True:
            await server.raw(b"x" * 1_000_000)

    async with scripted_imap(greeted("IMAP4rev1", then)) as fake:
        connection = await connect(fake)
        with pytest.raises(ProtocolBroken, match="line without end"):
            await connection.noop()
        assert not connection.is_open


async def test_a_response_of_endless_literals_is_broken_off() -> None:
    async def then(server: Scripted) -> None:
        await server.hear()
        await server.raw(b"* 1 FETCH (")
        while True:
            await server.raw(b"X {1}\r\nx " * 1000)

    async with scripted_imap(greeted("IMAP4rev1", then)) as fake:
        connection = await connect(fake)
        with pytest.raises(ProtocolBroken, match="without end"):
            await connection.noop()


async def test_an_absurd_literal_is_broken_off_before_it_is_read() -> None:
    async def then(server: Scripted) -> None:
        await server.hear()
        await server.raw(b"* 1 FETCH (UID 1 BODY[] {9999999999}\r\n")
        await server.hear()

    async with scripted_imap(greeted("IMAP4rev1", then)) as fake:
        connection = await connect(fake)
        with pytest.raises(ProtocolBroken, match="9999999999"):
            await connection.noop()


async def test_of_a_literal_over_the_cap_only_the_beginning_is_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(wire_module, "MAX_LITERAL", 1000)
    monkeypatch.setattr(wire_module, "_KEPT_OF_CUT", 100)

    async def then(server: Scripted) -> None:
        tag, _ = await server.hear()
        await server.raw(b"* 1 FETCH (UID 1 BODY[] {5000}\r\n" + b"h" * 5000 + b")\r\n")
        await server.raw(b"* 2 FETCH (UID 2 BODY[] {3}\r\nabc)\r\n" + tag.encode() + b" OK\r\n")

    async with scripted_imap(greeted("IMAP4rev1", then)) as fake:
        connection = await connect(fake)
        job = await fetch_one(connection, FetchJob(BODY, "body", {1, 2}))
        connection.abort()
    assert (job.answers[1].cut, job.answers[1].body) == (True, b"h" * 100)
    assert (job.answers[2].cut, job.answers[2].body) == (False, b"abc")


async def test_a_response_that_cannot_be_read_costs_only_itself() -> None:
    async def then(server: Scripted) -> None:
        tag, _ = await server.hear()
        await server.say('* 1 FETCH (UID 1 BODY[] "open', "* 7 GIBBERISH ((", "* 2 FETCH (X Y)")
        await server.say('* 3 FETCH (UID 3 BODY[] "ok")', f"{tag} OK")

    async with scripted_imap(greeted("IMAP4rev1", then)) as fake:
        connection = await connect(fake)
        job = await fetch_one(connection, FetchJob(BODY, "body", {1, 2, 3}))
        connection.abort()
    assert {uid: a.body for uid, a in job.answers.items()} == {3: b"ok"}


async def test_several_fetches_are_on_their_way_before_the_first_answer() -> None:
    async def then(server: Scripted) -> None:
        tags = [(await server.hear())[0] for _ in range(4)]
        for number, tag in enumerate(tags, 1):
            await server.say(f'* {number} FETCH (UID {number} BODY[] "m{number}")', f"{tag} OK")
        tag, _ = await server.hear()
        await server.say(f"{tag} OK")

    async with scripted_imap(greeted("IMAP4rev1", then)) as fake:
        connection = await connect(fake)
        jobs = iter([FetchJob(BODY, "body", {n}) for n in range(1, 6)])
        found = [dict(j.answers) async for j in fetch(connection, lambda: next(jobs, None))]
        connection.abort()
    assert [sorted(answers) for answers in found] == [[1], [2], [3], [4], []]


async def test_leaving_in_the_middle_closes_the_connection() -> None:
    async def then(server: Scripted) -> None:
        tags = [(await server.hear())[0] for _ in range(4)]
        await server.say('* 1 FETCH (UID 1 BODY[] "m")', f"{tags[0]} OK")
        await server.hear()

    async with scripted_imap(greeted("IMAP4rev1", then)) as fake:
        connection = await connect(fake)
        jobs = iter([FetchJob(BODY, "body", {n}) for n in range(1, 9)])
        running = fetch(connection, lambda: next(jobs, None))
        assert sorted((await anext(running)).answers) == [1]
        await running.aclose()
        assert not connection.is_open


async def test_a_no_stays_in_its_job_and_the_others_go_on() -> None:
    async def then(server: Scripted) -> None:
        first, second = [(await server.hear())[0] for _ in range(2)]
        await server.say(f"{first} NO [SERVERBUG] cannot open it")
        await server.say('* 2 FETCH (UID 2 BODY[] "m")', f"{second} OK")

    async with scripted_imap(greeted("IMAP4rev1", then)) as fake:
        connection = await connect(fake)
        jobs = iter([FetchJob(BODY, "body", {1}), FetchJob(BODY, "body", {2})])
        found = [j async for j in fetch(connection, lambda: next(jobs, None))]
        connection.abort()
    assert found[0].refused is not None
    assert found[0].refused.code == "SERVERBUG"
    assert sorted(found[1].answers) == [2]

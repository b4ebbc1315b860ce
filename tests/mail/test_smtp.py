"""Sending: what was certainly taken, what certainly was not, and what nobody can know."""

from __future__ import annotations

import socket

import pytest

from deskterm.mail.errors import (
    CannotConnect,
    ConnectionLost,
    NotTaken,
    OutcomeUnclear,
    SignInRefused,
    TlsFailed,
)
from deskterm.mail.smtp import SmtpServer, probe, submit
from deskterm.mail.tls import Endpoint, Security, client_context
from tests.support import smtp_server
from tests.support.smtp_server import PASSWORD, OnBody, running_smtp_server

RAW = b"Subject: x\r\nMessage-ID: <a@shop.example>\r\n\r\n.dot first\r\n..two\r\nend\r\n"


def server(
    ledger: smtp_server.SmtpServer,
    security: Security = Security.TLS,
    *,
    host: str = "localhost",
    password: str = PASSWORD,
) -> SmtpServer:
    context = client_context(str(ledger.ca_file))
    return SmtpServer(Endpoint(host, ledger.port, security), "shop", password, context)


@pytest.mark.parametrize("security", list(Security))
async def test_a_mail_arrives_byte_for_byte(security: Security) -> None:
    with running_smtp_server(security=security.value) as ledger:
        words = await submit(
            server(ledger, security), "help@shop.example", ["a@example.org", "b@example.org"], RAW
        )
    assert words == "250 2.0.0 taken as 4711"
    (mail,) = ledger.taken
    assert mail.raw == RAW
    assert (mail.sender, mail.recipients) == (
        "help@shop.example",
        ("a@example.org", "b@example.org"),
    )
    assert ledger.sign_ins == [("shop", PASSWORD)]


async def test_a_probe_signs_in_and_sends_nothing() -> None:
    with running_smtp_server(size=12_345) as ledger:
        facts = await probe(server(ledger))
    assert (facts.size, facts.signed_in, facts.tls_version) == (12_345, True, "TLSv1.3")
    assert ledger.commands == []


async def test_a_wrong_password_is_a_refused_sign_in_and_does_not_show_itself() -> None:
    with running_smtp_server() as ledger, pytest.raises(SignInRefused) as refused:
        await submit(server(ledger, password="wrong-one"), "a@b.example", ["c@d.example"], RAW)
    assert "535" in refused.value.text
    assert "wrong-one" not in refused.value.text
    assert ledger.taken == []


@pytest.mark.parametrize(
    ("where", "line", "permanent"),
    [
        ("MAIL", "550 5.1.8 no such sender", True),
        ("MAIL", "451 4.3.0 later", False),
        ("RCPT", "550 5.1.1 no such user", True),
        ("RCPT", "450 4.2.0 greylisted", False),
        ("DATA", "554 5.7.1 no", True),
        ("DATA", "421 4.3.2 closing", False),
        ("BODY", "552 5.3.4 too big", True),
        ("BODY", "451 4.3.0 later", False),
    ],
)
async def test_a_clear_no_at_any_step_is_not_taken(where: str, line: str, permanent: bool) -> None:
    with running_smtp_server() as ledger:
        ledger.answers[where] = line
        with pytest.raises(NotTaken) as no:
            await submit(server(ledger), "a@shop.example", ["c@example.org"], RAW)
    assert (no.value.code, no.value.permanent) == (int(line[:3]), permanent)
    assert line[4:] in no.value.text
    assert ledger.taken == []


async def test_one_refused_recipient_stops_the_mail_to_all() -> None:
    with running_smtp_server() as ledger:
        ledger.answers["gone@example.org"] = "550 5.1.1 unknown"
        with pytest.raises(NotTaken) as no:
            await submit(
                server(ledger), "a@shop.example", ["here@example.org", "gone@example.org"], RAW
            )
    assert no.value.recipient == "gone@example.org"
    assert ledger.taken == []
    assert ledger.commands == ["MAIL", "RCPT", "RCPT", "RSET"]


@pytest.mark.parametrize("step", ["MAIL", "RCPT", "DATA"])
async def test_a_line_lost_before_the_mail_went_out_is_not_taken(step: str) -> None:
    with running_smtp_server() as ledger:
        ledger.hang_up_on = step
        with pytest.raises(ConnectionLost):
            await submit(server(ledger), "a@shop.example", ["c@example.org"], RAW)
    assert ledger.taken == []


@pytest.mark.parametrize(
    ("on_body", "taken"), [(OnBody.DROP_BEFORE_TAKING, 0), (OnBody.DROP_AFTER_TAKING, 1)]
)
async def test_a_line_lost_after_the_mail_went_out_is_unclear(on_body: OnBody, taken: int) -> None:
    with running_smtp_server() as ledger:
        ledger.on_body = on_body
        with pytest.raises(OutcomeUnclear):
            await submit(server(ledger), "a@shop.example", ["c@example.org"], RAW)
    assert len(ledger.taken) == taken


async def test_silence_after_the_mail_went_out_is_unclear_once_the_deadline_is_over() -> None:
    with running_smtp_server() as ledger:
        ledger.on_body = OnBody.SILENT_AFTER_TAKING
        with pytest.raises(OutcomeUnclear):
            await submit(server(ledger), "a@shop.example", ["c@example.org"], RAW, seconds=1.5)
    assert len(ledger.taken) == 1


async def test_an_odd_answer_to_the_dot_is_unclear() -> None:
    with running_smtp_server() as ledger:
        ledger.answers["BODY"] = "354 go on"
        with pytest.raises(OutcomeUnclear):
            await submit(server(ledger), "a@shop.example", ["c@example.org"], RAW)


async def test_a_mail_over_the_servers_size_is_not_even_begun() -> None:
    with running_smtp_server(size=50) as ledger, pytest.raises(NotTaken) as no:
        await submit(server(ledger), "a@shop.example", ["c@example.org"], RAW)
    assert (no.value.permanent, no.value.too_large) == (True, True)
    assert ledger.commands == []


async def test_a_server_that_never_answers_is_given_up_before_the_mail() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        endpoint = Endpoint("localhost", listening.getsockname()[1], Security.NONE)
        silent = SmtpServer(endpoint, "shop", PASSWORD, client_context(None))
        with pytest.raises((ConnectionLost, CannotConnect)):
            await submit(silent, "a@shop.example", ["c@example.org"], RAW, seconds=0.3)


async def test_nobody_listening_is_no_connection() -> None:
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    nowhere = SmtpServer(Endpoint("localhost", port), "shop", PASSWORD, client_context(None))
    with pytest.raises(CannotConnect, match=f"localhost:{port}"):
        await submit(nowhere, "a@shop.example", ["c@example.org"], RAW)


async def test_a_server_without_sign_in_is_used_as_it_is() -> None:
    with running_smtp_server(security="none", offers_auth=False) as ledger:
        await submit(server(ledger, Security.NONE), "a@shop.example", ["c@example.org"], RAW)
    assert len(ledger.taken) == 1
    assert ledger.sign_ins == []


async def test_a_plain_line_to_another_machine_is_refused() -> None:
    far = Endpoint("mail.example", 25, Security.NONE)
    with pytest.raises(TlsFailed, match="this machine only"):
        await probe(SmtpServer(far, "shop", PASSWORD, client_context(None)))

"""The mailbox session keeps the contract, on a real Dovecot and a real SMTP server."""

from __future__ import annotations

import itertools
import socket
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from deskterm.contract import ConnectorSpec, Reply, Session
from deskterm.contract.testing import ConnectorContract, OpenSession
from deskterm.domain.mail import Address, OutgoingMail
from deskterm_connectors.email.spec import SPEC
from tests.support.dovecot import PASSWORD, Dovecot, Mailbox, running_dovecot
from tests.support.mail_account import mail_session
from tests.support.mails import a_mail
from tests.support.smtp_server import OnBody, SmtpServer, running_smtp_server

_names = itertools.count(1)
_MAILS = 260
_AT = datetime(2026, 11, 21, 9, 40, tzinfo=UTC)


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as running:
        yield running


class TestMailbox(ConnectorContract):
    """Two folders, each of several pages."""

    @pytest.fixture
    def user(self) -> str:
        return f"user{next(_names)}"

    @pytest.fixture
    def box(self, dovecot: Dovecot, user: str) -> Mailbox:
        box = dovecot.mailbox(user)
        box.deliver_many([a_mail(n) for n in range(_MAILS)])
        box.deliver_many([a_mail(_MAILS + n) for n in range(_MAILS)], "Sent")
        return box

    @pytest.fixture
    def smtp(self, dovecot: Dovecot, tmp_path: Path) -> Iterator[SmtpServer]:
        with running_smtp_server() as running:
            both = tmp_path / "both.pem"
            both.write_bytes(dovecot.ca_file.read_bytes() + running.ca_file.read_bytes())
            running.ca_file = both
            yield running

    @pytest.fixture
    def spec(self) -> ConnectorSpec:
        return SPEC

    @pytest.fixture
    def spec_module(self) -> str:
        return "deskterm_connectors.email.spec"

    @pytest.fixture
    def secret_values(self) -> tuple[str, ...]:
        return (PASSWORD,)

    @pytest.fixture
    def open_session(
        self, user: str, box: Mailbox, dovecot: Dovecot, smtp: SmtpServer
    ) -> OpenSession:
        return _opener(user, dovecot, smtp)

    @pytest.fixture
    def reply(self) -> Reply:
        return Reply(
            key="<tK7Q2.c03d9f@shop.example>",
            ticket_ref="K7Q2",
            thread_remote_id="",
            text="Bonjour,\nvotre colis part demain.",
            started_at=_AT,
            subject="Re: Où est ma commande ?",
            to=(Address("Jeanne", "jeanne@example.org"),),
        )

    @pytest.fixture
    def taken(self, smtp: SmtpServer) -> Callable[[Reply], int]:
        return lambda reply: smtp.message_ids().count(reply.key)

    @pytest.fixture
    def mail(self) -> OutgoingMail:
        return OutgoingMail(
            message_id="<tK7Q3.77aa01@shop.example>",
            date=_AT,
            sender=Address("Shop", "help@shop.example"),
            to=(Address("", "abc123@relay.market.example"),),
            subject="Re: MK-123456",
            text="It is on its way.",
        )

    @pytest.fixture
    def mail_taken(self, smtp: SmtpServer) -> Callable[[OutgoingMail], int]:
        return lambda mail: smtp.message_ids().count(mail.message_id)

    @pytest.fixture
    def answer_lost(self, user: str, dovecot: Dovecot, smtp: SmtpServer) -> OpenSession:
        smtp.on_body = OnBody.DROP_AFTER_TAKING
        return _opener(user, dovecot, smtp)

    @pytest.fixture
    def add_news(self, box: Mailbox) -> Callable[[], Awaitable[None]]:
        async def add() -> None:
            box.deliver(a_mail(9_999))

        return add

    @pytest.fixture
    def broken(
        self, user: str, box: Mailbox, dovecot: Dovecot, smtp: SmtpServer
    ) -> Mapping[str, OpenSession]:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            nobody = str(closed.getsockname()[1])

        def smtp_does(
            answers: Mapping[str, str], hang_up_on: str = "", on_body: OnBody = OnBody.TAKE
        ) -> OpenSession:
            opener = _opener(user, dovecot, smtp)

            async def open_session() -> Session:
                smtp.answers, smtp.hang_up_on, smtp.on_body = dict(answers), hang_up_on, on_body
                return await opener()

            return open_session

        only_dovecot: dict[str, Any] = {"tls_ca_file": str(dovecot.ca_file)}
        return {
            "sender refused": smtp_does({"MAIL": "550 5.7.1 not you"}),
            "recipient refused": smtp_does({"RCPT": "550 5.1.1 no such user"}),
            "greylisted": smtp_does({"RCPT": "451 4.7.1 come back"}),
            "mail refused": smtp_does({"BODY": "554 5.7.1 looks like spam"}),
            "server in trouble": smtp_does({"BODY": "451 4.3.0 out of room"}),
            "hung up at the recipient": smtp_does({}, "RCPT"),
            "hung up at the data": smtp_does({}, "DATA"),
            "mail lost": smtp_does({}, on_body=OnBody.DROP_BEFORE_TAKING),
            "answer lost": smtp_does({}, on_body=OnBody.DROP_AFTER_TAKING),
            "nobody reads": _opener(user, dovecot, smtp, imap_port=nobody),
            "nobody sends": _opener(user, dovecot, smtp, smtp_port=nobody),
            "another protocol": _opener(user, dovecot, smtp, imap_port=str(smtp.port)),
            "an unknown authority": _opener(user, dovecot, smtp, **only_dovecot),
            "a field that makes no sense": _opener(user, dovecot, smtp, imap_port="x"),
        }


def _opener(user: str, dovecot: Dovecot, smtp: SmtpServer, **fields: Any) -> OpenSession:
    async def open_session() -> Session:
        return mail_session(user, dovecot, smtp, **{"tls_ca_file": str(smtp.ca_file), **fields})

    return open_session

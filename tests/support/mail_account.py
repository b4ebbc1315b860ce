"""A mailbox account on the real servers of a test."""

from __future__ import annotations

from deskterm.contract import MailArchive
from deskterm.domain.clock import Clock
from deskterm_connectors.email.connector import EmailSession
from tests.support.dovecot import PASSWORD, Dovecot
from tests.support.session_context import session_context
from tests.support.smtp_server import SmtpServer


def account_fields(user: str, dovecot: Dovecot, smtp: SmtpServer | None = None) -> dict[str, str]:
    """The account's fields, as `account add` would take them."""
    return {
        "address": "help@shop.example",
        "username": user,
        "imap_host": "localhost",
        "imap_port": str(dovecot.tls_port),
        "smtp_host": "localhost",
        "smtp_port": str(smtp.port if smtp else 1),
        "tls_ca_file": str(dovecot.ca_file),
        "display_name": "Zoë's Shop",
    }


def mail_session(
    user: str,
    dovecot: Dovecot,
    smtp: SmtpServer | None = None,
    *,
    archive: MailArchive | None = None,
    clock: Clock | None = None,
    confirmed: frozenset[str] = frozenset(),
    password: str = PASSWORD,
    **fields: str,
) -> EmailSession:
    """A session for the mailbox `user`; `fields` are set on top of `account_fields`."""
    return EmailSession(
        session_context(
            account_fields(user, dovecot, smtp) | fields,
            secrets={"password": password},
            archive=archive,
            clock=clock,
            confirmed=confirmed,
        )
    )

"""The real office in the test's process, with a mailbox and connectors of the test's choice."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from deskterm.config.folders import make_private
from deskterm.config.paths import Home
from deskterm.config.secrets import MemorySecrets, Secret
from deskterm.config.settings import Settings
from deskterm.contract import ConnectorSpec
from deskterm.domain.clock import SystemClock
from deskterm.domain.outbox import DeliveryState
from deskterm.office.office import Office, OfficeParts
from deskterm.office.protocol import Call, new_call_id
from deskterm.store.connect import connect
from deskterm.sync.connectors import Connectors
from deskterm.sync.ports import SyncPolicy
from deskterm_connectors.email.spec import SPEC
from tests.support.dovecot import PASSWORD, Dovecot, Mailbox
from tests.support.fake_relay import RELAY_HOST
from tests.support.fresh_database import put_fresh_database
from tests.support.smtp_server import SmtpServer

MAILBOX = "shop"
MARKET = "market"
OURS = "help@shop.example"


@dataclass
class MailOffice:
    """An office with the mailbox account `shop`; it syncs on request, without patience."""

    office: Office
    home: Home
    box: Mailbox
    smtp: SmtpServer
    fields: Mapping[str, str] = field(default_factory=dict)

    async def do(self, command: str, **params: object) -> Mapping[str, object]:
        """Have a command done."""
        return await self.office.call(Call(new_call_id(), command, params, None), lambda _: None)

    async def add(self, name: str = MARKET, channel: str = "fake_relay") -> None:
        """Add an account of a channel whose mail comes through the mailbox."""
        await self.do("account.add", name=name, channel=channel, fields={"mailbox": MAILBOX})

    async def sync(self) -> int:
        """Sync and send once; how many messages are new."""
        (outcome,) = await self.office.sync_once(None)
        assert outcome.result == "ok", outcome
        return outcome.stored

    async def reply(self, ref: str, text: str = "It is on its way.", **params: object) -> str:
        """Answer a ticket; the outbox item."""
        answer = await self.do("ticket.reply", tickets=[ref], text=text, **params)
        done = answer["done"]
        assert isinstance(done, list)
        assert done[0]["outcome"] == "held", done
        return str(done[0]["item"])

    async def findings(self, ref: str, text: str, **params: object) -> tuple[str, set[str]]:
        """What comes of an answer that may not leave: the outcome, and the rules that object."""
        answer = await self.do("ticket.reply", tickets=[ref], text=text, **params)
        done = answer["done"]
        assert isinstance(done, list)
        return done[0]["outcome"], {finding["rule"] for finding in done[0]["findings"]}

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        """Look into the database."""
        connection = connect(self.home.database)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def tickets(self, account: str) -> list[sqlite3.Row]:
        """The tickets of an account, oldest first."""
        return self.rows(
            "SELECT t.* FROM tickets t JOIN accounts a ON a.id = t.account_id WHERE a.name = ?"
            " ORDER BY t.id",
            account,
        )

    def messages(self, account: str) -> list[sqlite3.Row]:
        """The messages of an account, oldest first."""
        return self.rows(
            "SELECT m.* FROM messages m JOIN accounts a ON a.id = m.account_id WHERE a.name = ?"
            " ORDER BY m.id",
            account,
        )

    async def until(self, condition: Callable[[], object], words: Callable[[], str]) -> None:
        """Wait until something is so; `words` say what is instead."""
        for _ in range(1_000):
            if condition():
                return
            await asyncio.sleep(0.02)
        raise AssertionError(words())

    async def becomes(self, uid: str, state: DeliveryState) -> None:
        """Wait until an item of the outbox stands there."""
        await self.until(
            lambda: self.item(uid)["state"] == state,
            lambda: f"it is {self.item(uid)['state']}: {self.item(uid)['reason']}",
        )

    async def copies(self, count: int) -> None:
        """Wait until so many copies of replies are filed."""
        await self.until(
            lambda: len(self.box.files("Sent")) >= count, lambda: "no copy was filed in time"
        )

    def item(self, uid: str) -> sqlite3.Row:
        """An item of the outbox."""
        return self.rows("SELECT * FROM outbox_items WHERE uid = ?", uid)[0]

    def health(self, account: str) -> tuple[str, str] | None:
        """State and words of an account."""
        found = self.rows(
            "SELECT h.state, h.text FROM account_health h JOIN accounts a ON a.id = h.account_id"
            " WHERE a.name = ? AND a.removed_at IS NULL",
            account,
        )
        return (found[0][0], found[0][1]) if found else None

    def places(self) -> set[tuple[str, str, str]]:
        """Where mails lie: (account of the folder, folder, remote id of the message)."""
        rows = self.rows(
            "SELECT a.name, p.folder, m.remote_id FROM mail_places p"
            " JOIN accounts a ON a.id = p.account_id JOIN messages m ON m.id = p.message_row"
        )
        return {(row[0], row[1], row[2]) for row in rows}


@asynccontextmanager
async def mail_office(
    root: Path,
    user: str,
    dovecot: Dovecot,
    smtp: SmtpServer,
    *specs: ConnectorSpec,
    send_s: float = 20.0,
) -> AsyncIterator[MailOffice]:
    """Start an office under `root` and stop it at the end; another one may follow it there."""
    home = Home.find({"DESKTERM_HOME": str(root)})
    home.prepare()
    put_fresh_database(home.database)
    make_private(home.attachments, "folder of attachments")
    ca_file = root / "ca.pem"
    ca_file.write_bytes(dovecot.ca_file.read_bytes() + smtp.ca_file.read_bytes())
    secrets = MemorySecrets()
    secrets.set(MAILBOX, "password", Secret(PASSWORD))
    parts = OfficeParts(
        home=home,
        settings=Settings(hold_s=0),
        connectors=Connectors({spec.id: spec for spec in (SPEC, *specs)}),
        secrets=secrets,
        clock=SystemClock(),
        zone=ZoneInfo("Europe/Paris"),
        agent="anna",
        policy=SyncPolicy(rest_s=0.0, patience_s=0.0),
        send_s=send_s,
    )
    fields = {
        "address": OURS,
        "username": user,
        "display_name": "Shop",
        "imap_host": "localhost",
        "imap_port": str(dovecot.tls_port),
        "smtp_host": "localhost",
        "smtp_port": str(smtp.port),
        "tls_ca_file": str(ca_file),
    }
    office = Office(parts, lambda _: None)
    office.start(sync=False)
    try:
        here = MailOffice(office, home, dovecot.mailbox(user), smtp, fields)
        if not here.rows("SELECT 1 FROM accounts"):
            await here.do("account.add", name=MAILBOX, channel="email", fields=fields)
        yield here
    finally:
        await office.stop()


def relay_mail(
    number: int,
    text: str = "Where is my parcel?",
    *,
    buyer: str = "abc123",
    subject: str = "",
    signed: bool = True,
) -> bytes:
    """A buyer's mail as the relay of the market sends it."""
    result = f"Authentication-Results: mx.shop.example; dkim=pass header.d={RELAY_HOST}\r\n"
    return (
        f"{result if signed else ''}"
        f"From: A buyer <{buyer}@{RELAY_HOST}>\r\n"
        f"To: Shop <{OURS}>\r\n"
        f"Subject: {subject or f'Question number {number}'}\r\n"
        "Date: Sun, 01 Nov 2026 09:00:00 +0100\r\n"
        f"Message-ID: <r{number}@{RELAY_HOST}>\r\n"
        f"References: <r0@{RELAY_HOST}>\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "\r\n"
        f"{text}\r\n"
    ).encode()


def at(minute: int) -> datetime:
    """When a mail came in."""
    return datetime(2026, 11, 2, 8, minute, tzinfo=UTC)

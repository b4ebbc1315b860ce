"""A desk for tests: a database on disk, its writer, the command table, a channel like mail."""

from __future__ import annotations

import itertools
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from deskterm.domain.arrival import Arrival, Subject
from deskterm.domain.clock import from_text, to_text
from deskterm.domain.ids import ROWIDS_PER_SECOND, message_rowid_base
from deskterm.domain.journal import verify_chain
from deskterm.domain.mail import Address, MailLocation
from deskterm.domain.outbox import DeliveryState
from deskterm.mail.compose import message_id, ticket_ref_of
from deskterm.mail.references import has_reply_prefix, is_generic_subject, normalise_subject
from deskterm.rules.library import packs_for
from deskterm.rules.model import RulePack
from deskterm.service import delivery, execute, gates
from deskterm.service.learning import ReadsMessages
from deskterm.service.repeats import ShopTexts
from deskterm.service.urgency import reply_windows
from deskterm.service.voices import Voices
from deskterm.service.work import ChannelTerms, Desk, Work
from deskterm.store import accounts, derived, ingest, journal, outbox, urgency
from deskterm.store.accounts import Account
from deskterm.store.connect import connect
from deskterm.store.ingest import Placed
from deskterm.store.mailfacts import MailFacts
from deskterm.store.rowids import RowIds
from deskterm.store.transaction import Transaction
from deskterm.store.writer import Writer
from tests.support.fresh_database import put_fresh_database
from tests.support.manual_clock import ManualClock

T = TypeVar("T")
OURS = "help@shop.example"
MARTA = "marta@mail.example"
START = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@dataclass
class MailLike:
    """`deskterm.service.work.Channels` of a channel that travels by mail."""

    can_send: bool = True
    by_mail: bool = True
    numbers: Iterator[int] = field(default_factory=itertools.count)

    def terms(self, account: Account) -> ChannelTerms:
        return ChannelTerms(
            "E-mail",
            self.can_send,
            self.by_mail,
            Address("Shop", OURS) if self.by_mail else None,
            frozenset({OURS, "sales@shop.example"}) if self.by_mail else frozenset(),
            operator=account.operator,
            site=account.site,
        )

    def is_marketplace(self, channel: str) -> bool:
        return False

    def problem(self, channel: str, fields: dict[str, str]) -> str | None:
        return None if channel == "email" else f"There is no channel {channel}"

    def reply_key(self, account: Account, ticket_ref: str) -> str:
        return message_id("shop.example", ticket_ref, f"k{next(self.numbers)}")


def a_mail(
    name: str,
    body: str = "Where is my parcel?",
    *,
    after: Sequence[str] = (),
    at: float = 0,
    sender: str = MARTA,
    ours: bool = False,
    subject: str = "My parcel",
    **more: object,
) -> Arrival:
    """A mail called `name`, `at` minutes after the start, that answers the mails in `after`
    (oldest first). `ours`: the shop wrote it. `more` are fields of `Arrival`.
    """
    moment = START + timedelta(minutes=at)
    keys = tuple(f"<{one}@mail.example>" if "@" not in one else one for one in reversed(after))
    own = f"<{name}@mail.example>"
    bare = normalise_subject(subject)
    arrival = Arrival(
        remote_id=f"mail:{name}",
        direction="outbound" if ours else "inbound",
        author_kind="agent" if ours else "customer",
        author_name="Shop" if ours else sender.partition("@")[0].title(),
        author_address=OURS if ours else sender,
        party_kind="email",
        party=sender,
        party_name=sender.partition("@")[0].title(),
        subject=Subject(
            subject,
            "" if is_generic_subject(bare) else bare.lower(),
            has_reply_prefix(subject),
        ),
        body=body,
        received_at=to_text(moment),
        received_s=message_rowid_base(moment, moment + timedelta(days=3650)) // ROWIDS_PER_SECOND,
        thread_keys=keys,
        own_key=own,
        ticket_ref=next((ref for key in keys if (ref := ticket_ref_of(key))), None),
        message_id=own,
        mail=MailFacts(to=(Address("Shop", OURS),)).dump(),
        raw=f"Message-ID: {own}\r\n\r\n{body}".encode(),
        location=MailLocation("INBOX", 1, zlib.crc32(name.encode()) + 1),
    )
    return replace(arrival, **more)  # type: ignore[arg-type] # the fields a test names


class TestDesk:
    """Everything between a command and the disk, without channels.

    `anna` works here; `agent=` names others.
    """

    __test__ = False

    def __init__(self, folder: Path, clock: ManualClock | None = None, hold_s: float = 10) -> None:
        self.folder = folder
        self.path = folder / "deskterm.db"
        self.clock = clock or ManualClock(START + timedelta(days=1))
        self.channels = MailLike()
        self.revisions: list[int] = []
        self.attachments = folder / "attachments"
        self.attachments.mkdir(exist_ok=True)
        self.packs: Callable[[str], Sequence[RulePack]] = packs_for
        self.voices: Voices | None = None
        self.reads: Callable[[], ReadsMessages] | None = None
        self.texts: ShopTexts | None = None
        self._hold_s = hold_s
        self._rowids = RowIds()
        self._calls = itertools.count()
        put_fresh_database(self.path)
        self.writer = Writer(self.path, self.clock, self.revisions.append)
        self._readers: list[sqlite3.Connection] = []
        self.account = self.write(_account_of("support"))

    def close(self) -> None:
        """Stop the writer."""
        self.writer.stop()
        for connection in self._readers:
            connection.close()

    def restart(self) -> None:
        """Another office takes over the same file."""
        self.writer.stop()
        self.writer = Writer(self.path, self.clock, self.revisions.append)
        self._rowids = RowIds()

    def desk(self, agent: str = "anna") -> Desk:
        return Desk(
            agent=agent,
            zone=ZoneInfo("Europe/Paris"),
            hold_s=self._hold_s,
            channels=self.channels,
            packs_for=lambda channel: self.packs(channel),
            attachments=self.attachments,
            max_reply_bytes=25_000_000,
            voices=self.voices,
            reads=self.reads,
            texts=self.texts,
        )

    def write(self, job: Callable[[Transaction], T]) -> T:
        return self.writer.run(job)

    def note_windows(self) -> None:
        """Find until when tickets can be answered, as stage two of a sync does."""
        ends = reply_windows(derived.waiting(self.reading, 1_000), self.packs, self.clock.now())
        self.write(lambda tx: urgency.note_windows(tx, ends))

    def do(
        self, command: str, ref: str | Sequence[str] | None = None, /, **params: object
    ) -> dict[str, object]:
        """Run a command. `agent` and `call_id` are taken out of the parameters."""
        agent = str(params.pop("agent", "anna"))
        call_id = str(params.pop("call_id", f"call-{next(self._calls)}"))
        if ref is not None:
            params["tickets"] = [ref] if isinstance(ref, str) else list(ref)
        desk = self.desk(agent)
        return self.write(lambda tx: execute.run(tx, desk, command, params, call_id))

    def one(self, command: str, ref: str, /, **params: object) -> Mapping[str, object]:
        """Run a command on one ticket and give that ticket's outcome."""
        done = self.do(command, ref, **params)["done"]
        assert isinstance(done, list)
        found: Mapping[str, object] = done[0]
        return found

    def arrive(self, *arrivals: Arrival) -> Placed:
        """Store one page."""
        account = self.account
        return self.write(
            lambda tx: ingest.place(tx, account.id, account.channel, arrivals, self._rowids)
        )

    def open(self, **changes: object) -> str:
        """A ticket with one mail of Marta's; its reference."""
        name = f"m{next(self._calls)}"
        self.arrive(a_mail(name, **changes))  # type: ignore[arg-type] # the fields a test names
        return self.ticket_of(name)["ref"]  # type: ignore[no-any-return] # a column

    def follow_up(self, ref: str, body: str = "And the lamp?", **changes: object) -> int:
        """One more mail of the customer on a ticket that `open` made; its row."""
        first = self.rows(
            "SELECT m.remote_id, m.received_at FROM messages m JOIN tickets t ON t.id = m.ticket_id"
            " WHERE t.ref = ? ORDER BY m.id DESC LIMIT 1",
            ref,
        )[0]
        name = f"m{next(self._calls)}"
        changes.setdefault("at", (from_text(first[1]) - START).total_seconds() / 60 + 5)
        changes.setdefault("after", [str(first[0]).removeprefix("mail:")])
        self.arrive(a_mail(name, body, **changes))  # type: ignore[arg-type] # fields a test names
        return int(self.rows("SELECT id FROM messages WHERE remote_id = ?", f"mail:{name}")[0][0])

    # Reading

    @property
    def reading(self) -> sqlite3.Connection:
        connection = connect(self.path)
        self._readers.append(connection)
        return connection

    def rows(self, sql: str, *values: object) -> list[sqlite3.Row]:
        connection = connect(self.path)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def ticket(self, ref: str) -> sqlite3.Row:
        return self.rows("SELECT * FROM tickets WHERE ref = ?", ref)[0]

    def ticket_of(self, name: str) -> sqlite3.Row:
        """The ticket that holds a mail."""
        return self.rows(
            "SELECT t.* FROM tickets t JOIN messages m ON m.ticket_id = t.id"
            " WHERE m.remote_id = ? OR m.message_id = ?",
            f"mail:{name}",
            name,
        )[0]

    def item(self, uid: object) -> sqlite3.Row:
        return self.rows("SELECT * FROM outbox_items WHERE uid = ?", uid)[0]

    def snapshot(self) -> list[str]:
        """Every row of every table but the counter of commits."""
        connection = connect(self.path)
        try:
            return [line for line in connection.iterdump() if "'revision'" not in line]
        finally:
            connection.close()

    def chain_is_whole(self) -> bool:
        return verify_chain(list(journal.entries(self.reading))) is None

    # Sending

    def work(self, tx: Transaction) -> Work:
        return Work(tx, self.desk(), tx.new_uid(), "outbox")

    def queue(self, uid: object) -> None:
        """The hold window is over."""
        item = self.item(uid)
        self.write(lambda tx: outbox.step(tx, item, DeliveryState.QUEUED))

    def gate(self, uid: object) -> str | None:
        """Why the item must not leave now."""
        item = self.item(uid)
        return self.write(lambda tx: gates.reason_to_stop(self.work(tx), item))

    def begin(self, uid: object) -> sqlite3.Row:
        """Bring an item to `sending`; its row."""
        if self.item(uid)["state"] == DeliveryState.HELD:
            self.queue(uid)
        item = self.item(uid)
        assert self.write(lambda tx: outbox.begin_attempt(tx, item, item["check_digest"]))
        return self.item(uid)

    def sent(self, uid: object, remote_id: str = "smtp-1") -> None:
        """The channel takes the item."""
        item = self.begin(uid)
        key = item["key"]
        at = self.clock.now()
        self.write(
            lambda tx: delivery.record_sent(
                self.work(tx), item, delivery.Sent(remote_id, at, b"raw", key)
            )
        )


def _account_of(name: str) -> Callable[[Transaction], Account]:
    return lambda tx: accounts.add_account(tx, name, "email", {"address": OURS})


@contextmanager
def running(folder: Path) -> Iterator[TestDesk]:
    """A desk that is closed at the end."""
    desk = TestDesk(folder)
    try:
        yield desk
    finally:
        desk.close()

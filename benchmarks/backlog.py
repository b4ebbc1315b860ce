"""A database with a large backlog, written straight into the product's tables.

Short mails of the corpus's shop: about 3.3 messages a ticket, one ticket in nine waiting for us.
The same count gives the same tickets. Nothing here has come through the intake, so that a million
messages take a minute or two.

Every subject begins with the ticket's order number, and so does what every message says: where a
screen shows that number, it shows the ticket.
"""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from benchmarks.backlog_orders import add_orders
from benchmarks.corpus import SHOP, Vocabulary, skewed
from benchmarks.desk import Desk
from benchmarks.phrases import LANGUAGES, Language
from deskterm.domain.clock import to_text
from deskterm.domain.ids import message_rowid_base
from deskterm.domain.preview import preview_of
from deskterm.store.connect import SCHEMA_VERSION

ACCOUNT = "shop"
#: Written once the database is whole; one of another schema is made anew.
_DONE = f"whole-schema-{SCHEMA_VERSION}"

_FIRST = datetime(2025, 1, 6, 7, 0, tzinfo=UTC)
_END = datetime(2026, 10, 30, 18, 0, tzinfo=UTC)
_SPAN_S = int((_END - _FIRST).total_seconds())
_LENGTHS = (1, 1, 2, 2, 3, 3, 4, 4, 5, 8)  # 3.3 on average
_LIVE = 0.22  # share of tickets that are not done
_BATCH = 5_000
_AGENTS = (None, None, None, "anna", "ben")

_MESSAGES = (
    "INSERT INTO messages (id, ticket_id, thread_id, account_id, remote_id, direction,"
    " author_kind, author_name, author_address, subject, body, shown, derived, sent_at,"
    " received_at, answered, message_id, mail) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,1,?,?,0,?,?)"
)
_SEARCH = "INSERT INTO search (rowid, subject, body, author_name) VALUES (?,?,?,?)"
_KEYS = "INSERT INTO thread_keys (account_id, key, thread_id) VALUES (?,?,?)"
_TICKETS = (
    "INSERT INTO tickets (id, uid, ref, account_id, channel, customer_id, customer_name, subject,"
    " preview, status, assignee, unread, urgency, waiting_since, answered_until, snoozed_until,"
    " last_message_at, created_at) VALUES (?,?,?,?,'email',?,?,?,?,?,?,?,0,?,?,?,?,?)"
)
_THREADS = (
    "INSERT INTO threads (id, ticket_id, account_id, remote_id, subject_key, last_message_at)"
    " VALUES (?,?,?,?,?,?)"
)
_CUSTOMERS = "INSERT INTO customers (id, uid, name, created_at) VALUES (?,?,?,?)"
_IDENTITIES = "INSERT INTO identities (id, customer_id, kind, value, name) VALUES (?,?,'email',?,?)"
_ORDERS = "INSERT INTO order_mentions (ticket_id, order_ref, text) VALUES (?,?,?)"

_REF_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


@dataclass(slots=True)
class _Ticket:
    """A ticket while its messages are made. Rows of `tickets` and `threads` have its number."""

    number: int
    customer: int
    name: str
    address: str
    language: Language
    order: str
    subject: str
    live: bool
    length: int
    ends_inbound: bool
    waiting_since: str | None = None
    last_at: str = ""
    preview: str = ""
    last_text: str = ""


def prepare(folder: Path, messages: int) -> Desk:
    """The desk with a backlog of so many messages; one made before in this folder serves."""
    desk = Desk(folder / f"backlog{messages}")
    mark = desk.folder / _DONE
    if not mark.exists():
        if desk.folder.exists():
            shutil.rmtree(desk.folder)
        desk.prepare()
        account = desk.add_account(ACCOUNT, {})
        connection = sqlite3.connect(desk.home.database, isolation_level=None)
        try:
            _write(connection, account.id, messages)
        finally:
            connection.close()
        add_orders(desk)
        mark.touch()
    return desk


def _write(connection: sqlite3.Connection, account: int, messages: int) -> None:
    # Nobody else is here and a half-made file is made anew, so nothing need be safe meanwhile.
    for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-200000"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("BEGIN")
    maker = _Maker(account, messages)
    made = maker.messages()
    while batch := list(islice(made, _BATCH)):
        connection.executemany(_MESSAGES, batch)
        connection.executemany(_SEARCH, [(m[0], m[9], m[10], m[7]) for m in batch])
        connection.executemany(_KEYS, [(account, m[14], m[1]) for m in batch])
    for statement, rows in (
        (_CUSTOMERS, maker.customers()),
        (_IDENTITIES, maker.identities()),
        (_TICKETS, maker.tickets()),
        (_THREADS, maker.threads()),
        (_ORDERS, maker.orders()),
    ):
        connection.executemany(statement, rows)
    connection.execute(
        "INSERT OR REPLACE INTO account_health (account_id, state, text, failures, changed_at,"
        " synced_at) VALUES (?, 'ok', '', 0, ?, ?)",
        (account, to_text(_END), to_text(_END)),
    )
    connection.execute("UPDATE meta SET value = '1' WHERE name = 'revision'")
    connection.execute("COMMIT")
    connection.execute("PRAGMA journal_mode=WAL")


class _Maker:
    """Makes the rows: messages first, in the order of time; then what follows from them."""

    def __init__(self, account: int, count: int) -> None:
        self._account = account
        self._chance = random.Random(count)
        self._words = Vocabulary(self._chance)
        self._timetable = _timetable(count, self._chance)
        self._tickets: dict[int, _Ticket] = {}
        self._names: list[str] = []

    def messages(self) -> Iterator[tuple[object, ...]]:
        """Rows of messages."""
        last_row = -1
        now = _END + timedelta(days=60)
        for seconds, number, place, length in self._timetable:
            ticket = self._tickets.get(number) or self._open(number, length)
            at = _FIRST + timedelta(seconds=seconds)
            last_row = max(message_rowid_base(at, now), last_row + 1)
            yield self._message(ticket, place, to_text(at), last_row)

    def _message(self, ticket: _Ticket, place: int, at: str, row: int) -> tuple[object, ...]:
        ours = place % 2 == 1
        text = self._text(ticket, ours)
        body = text
        if ticket.last_text and self._chance.random() < 0.25:
            quoted = "\n".join(f"> {line}" for line in ticket.last_text.split("\n"))
            introduction = ticket.language.quoted.format(date=at[:10], name=ticket.name)
            body = f"{text}\n\n{introduction}\n{quoted}"
        ticket.last_at, ticket.last_text, ticket.preview = at, text, preview_of(text)
        ticket.waiting_since = None if ours else at
        message_id = f"<{ticket.number}.{place}@mail.example>"
        mail = _SENT_FACTS if ours else _RECEIVED_FACTS
        return (
            row, ticket.number, ticket.number, self._account, f"mail:{ticket.number}.{place}",
            "outbound" if ours else "inbound", "agent" if ours else "customer",
            "Atelier" if ours else ticket.name, SHOP if ours else ticket.address,
            f"Re: {ticket.subject}" if place else ticket.subject,
            body, None if body is text else text, at, at, message_id, mail,
        )  # fmt: skip

    def _text(self, ticket: _Ticket, ours: bool) -> str:
        chance, language = self._chance, ticket.language
        sentences = language.agent if ours else language.customer
        slots = {
            "thing": skewed(chance, self._words.things),
            "shade": skewed(chance, self._words.shades),
            "town": skewed(chance, self._words.towns),
            "name": ticket.name,
            "order": ticket.order,
            "days": str(chance.randrange(2, 30)),
        }
        said = [s.format(**slots) for s in chance.choices(sentences, k=chance.randrange(1, 4))]
        return "\n".join([language.greeting, "", f"{ticket.order}: {said[0]}", *said[1:]])

    def _open(self, number: int, length: int) -> _Ticket:
        chance, words = self._chance, self._words
        customer = self._customer()
        name = self._names[customer - 1]
        language = chance.choice(LANGUAGES)
        order = f"FR-{number:06d}"
        slots = {
            "thing": skewed(chance, words.things),
            "shade": skewed(chance, words.shades),
            "town": skewed(chance, words.towns),
            "order": order,
        }
        ticket = _Ticket(
            number=number,
            customer=customer,
            name=name,
            address=_address(customer, name),
            language=language,
            order=order,
            subject=f"{order} {chance.choice(language.subjects).format(**slots)}",
            live=chance.random() < _LIVE,
            length=length,
            ends_inbound=length % 2 == 1,
        )
        self._tickets[number] = ticket
        return ticket

    def _customer(self) -> int:
        """Two tickets in five are of somebody who has written before."""
        if self._names and self._chance.random() < 0.4:
            return 1 + self._chance.randrange(len(self._names))
        names = self._words.names
        self._names.append(f"{skewed(self._chance, names)} {skewed(self._chance, names)}")
        return len(self._names)

    # What follows from the messages

    def customers(self) -> Iterator[tuple[object, ...]]:
        """Rows of customers."""
        for number, name in enumerate(self._names, 1):
            yield number, _uid(1, number), name, to_text(_FIRST)

    def identities(self) -> Iterator[tuple[object, ...]]:
        """Rows of identities: one address each."""
        for number, name in enumerate(self._names, 1):
            yield number, number, _address(number, name), name

    def tickets(self) -> Iterator[tuple[object, ...]]:
        """Rows of tickets."""
        chance = self._chance
        for ticket in self._tickets.values():
            status = _status(ticket, chance)
            waits = status in ("new", "open", "snoozed") and ticket.ends_inbound
            snoozed_until = to_text(_END + timedelta(days=30)) if status == "snoozed" else None
            yield (
                ticket.number, _uid(2, ticket.number), _ref(ticket.number), self._account,
                ticket.customer, ticket.name, ticket.subject, ticket.preview, status,
                chance.choice(_AGENTS), int(waits and chance.random() < 0.6),
                ticket.waiting_since if waits else None,
                ticket.last_at if ticket.ends_inbound and not waits else None, snoozed_until,
                ticket.last_at, to_text(_FIRST),
            )  # fmt: skip

    def threads(self) -> Iterator[tuple[object, ...]]:
        """Rows of threads: one for each ticket."""
        for ticket in self._tickets.values():
            yield (
                ticket.number, ticket.number, self._account, f"<{ticket.number}.0@mail.example>",
                ticket.subject.lower(), ticket.last_at,
            )  # fmt: skip

    def orders(self) -> Iterator[tuple[object, ...]]:
        """Order numbers of two tickets in three."""
        for ticket in self._tickets.values():
            if ticket.number % 3:
                yield ticket.number, ticket.order.replace("-", ""), ticket.order


def _timetable(count: int, chance: random.Random) -> list[tuple[int, int, int, int]]:
    """Seconds since the first day, ticket (by its first message), place in it and its length."""
    starts: list[tuple[int, int]] = []
    left = count
    while left:
        length = min(chance.choice(_LENGTHS), left)
        starts.append((chance.randrange(_SPAN_S - 30 * 86_400), length))
        left -= length
    entries = []
    for number, (start, length) in enumerate(sorted(starts), 1):
        at = start
        for place in range(length):
            entries.append((at, number, place, length))
            at += chance.randrange(200, 260_000)
    return sorted(entries)


def _status(ticket: _Ticket, chance: random.Random) -> str:
    if not ticket.live:
        return chance.choices(("resolved", "closed", "spam"), (80, 18, 2))[0]
    if not ticket.ends_inbound:
        return chance.choices(("waiting_customer", "waiting_partner"), (9, 1))[0]
    if chance.random() < 0.08:
        return "snoozed"
    return "new" if ticket.length == 1 else "open"


def _address(number: int, name: str) -> str:
    return f"{name.replace(' ', '.').lower()}.{number}@mail{number % 97}.example"


def _uid(kind: int, number: int) -> str:
    """An id in the form of a UUIDv7, the same in every run."""
    return f"01940000-{kind:04x}-7000-8000-{number:012x}"


def _ref(number: int) -> str:
    """A ticket reference: six characters, the first a letter. The numbers are scattered."""
    scattered = number * 7_654_321 % (1 << 25)
    tail = "".join(_REF_ALPHABET[scattered >> 5 * place & 31] for place in range(5))
    return _REF_ALPHABET[10 + (number >> 25) % 22] + tail


def _facts(to: str) -> str:
    return json.dumps(
        {"to": [["", to]], "cc": [], "reply_to": [], "in_reply_to": [], "references": []},
        separators=(",", ":"),
    )


_RECEIVED_FACTS = _facts(SHOP)
_SENT_FACTS = _facts("customer@mail.example")

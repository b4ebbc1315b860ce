"""A channel in memory that keeps its own books, and the sessions that read it.

`FakeChannel` is the far side: what it holds, what it was asked, what it showed and what it took
stand there and never in the code under test. Its answers are JSON bytes and its sessions read
them without any care, as connectors do, so that a bad answer raises what it would raise in life.
"""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
from collections import deque
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any, ClassVar

import httpx

from deskterm.contract import (
    AccountField,
    Capability,
    CheckReport,
    ConnectorSpec,
    MailStub,
    MessageRecord,
    Page,
    Party,
    RateHint,
    RateLimited,
    ReadBack,
    Receipt,
    Refused,
    Reply,
    SentMatch,
    SentProbe,
    Session,
    SessionContext,
    SignInNeeded,
    Start,
    StreamSpec,
    Unavailable,
    Unclear,
    Unreadable,
)
from deskterm.contract.records import Record
from deskterm.contract.retry_after import parse_retry_after
from deskterm.domain.clock import from_text, to_text
from deskterm.domain.mail import MailLocation, OutgoingMail
from deskterm.domain.outbox import text_digest
from deskterm.mail.compose import to_bytes
from deskterm.sync.rate import RateBudget
from tests.support.manual_clock import ManualClock

#: The one secret of every fake account.
SECRET = "canary-7f3a-not-for-eyes"


class SendOutcome(Enum):
    """What the channel does with a reply."""

    TAKEN = auto()
    ANSWER_LOST = auto()  # taken, and nobody hears of it
    REFUSED = auto()
    UNAVAILABLE = auto()  # known not taken
    UNCLEAR = auto()  # not taken, and nobody can know
    LIMITED = auto()


@dataclass(frozen=True, slots=True)
class Call:
    """A request as the channel saw it; `number` counts from 1 over all kinds."""

    number: int
    kind: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Version:
    """One state of an item: what it says, its stamp, and when it can first be seen."""

    revision: int
    text: str
    updated_at: str  # as the channel writes it
    visible_at: datetime
    direction: str = "inbound"


@dataclass(frozen=True, slots=True)
class TakenReply:
    """A reply that the channel took."""

    key: str
    thread: str
    text: str
    at: datetime
    remote_id: str


@dataclass
class FakeChannel:
    """The far side of one stream, and of sending.

    `fail` is asked at each call and may give an exception to raise; `alter` may change an
    answer's bytes; `between_pages` is called after each page that has another one behind it.
    """

    clock: ManualClock
    page_size: int = 10
    clock_error: timedelta = timedelta(0)  # the channel's clock less ours
    step: timedelta = timedelta(0)  # time that passes on the channel with each listing
    empty_every: int = 0  # each n-th listing is an empty page with a next token
    repeats: bool = False  # each page begins with the last item of the one before
    honours_keys: bool = False  # the same key twice is one message
    echoes: bool = False  # replies taken are listed as messages
    keeps_keys: bool = False  # find_sent sees the key, else only the text
    visible_after: timedelta = timedelta(0)  # when a reply taken can be found
    fail: Callable[[Call], BaseException | None] | None = None
    alter: Callable[[bytes], bytes] | None = None
    between_pages: Callable[[], None] | None = None
    items: dict[str, list[Version]] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    shown: dict[str, int] = field(default_factory=dict)  # newest revision shown, by remote id
    sends: deque[SendOutcome] = field(default_factory=deque)  # what comes next; empty means TAKEN
    taken: list[TakenReply] = field(default_factory=list)
    sessions: list[FakeSession] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._sequence: list[tuple[str, int]] = []
        self._news: set[asyncio.Event] = set()
        self._listings = 0

    # What happens on the channel

    def now(self) -> datetime:
        """The time by the channel's own clock."""
        return self.clock.now() + self.clock_error

    def put(
        self,
        remote_id: str,
        text: str = "hello",
        *,
        late_s: float = 0.0,
        direction: str = "inbound",
    ) -> None:
        """A new item, or a new revision of a known one. `late_s`: stamped now, visible later."""
        versions = self.items.setdefault(remote_id, [])
        now = self.now()
        seen = now + timedelta(seconds=late_s)
        if versions:
            seen = max(seen, versions[-1].visible_at)
        versions.append(Version(len(versions) + 1, text, to_text(now), seen, direction))

    def put_many(self, count: int, prefix: str = "m") -> None:
        """That many new items with one and the same stamp."""
        for number in range(count):
            self.put(f"{prefix}{number:05d}", f"text {number}")

    def ring(self) -> None:
        """Tell every session that waits."""
        for news in self._news:
            news.set()

    # The books

    def truth(self) -> dict[str, int]:
        """The newest visible revision of every item."""
        return {rid: version.revision for rid, version in self._visible()}

    def count(self, kind: str = "list") -> int:
        """How many calls of a kind were made."""
        return sum(call.kind == kind for call in self.calls)

    def times_taken(self, key: str) -> int:
        """How often the channel took the reply with that key."""
        return sum(reply.key == key for reply in self.taken)

    @property
    def open_sessions(self) -> int:
        """Sessions that were opened and not closed."""
        return sum(not session.closed for session in self.sessions)

    # The wire

    async def called(self, kind: str) -> None:
        """Every request comes through here first."""
        call = Call(len(self.calls) + 1, kind, self.clock.now())
        self.calls.append(call)
        await asyncio.sleep(0)
        error = self.fail(call) if self.fail is not None else None
        if error is not None:
            raise error

    async def changes(self, cursor: str | None) -> bytes:
        """Token style: what changed after the cursor, in the order in which it became visible."""
        await self.called("list")
        known = set(self._sequence)
        fresh = [(rid, v.revision) for rid, v in self._visible() if (rid, v.revision) not in known]
        self._sequence.extend(sorted(fresh, key=lambda pair: self._version(*pair).updated_at))
        newest = dict(self._visible())
        begin = int(cursor) if cursor else 0
        ahead = [
            (number, rid)
            for number, (rid, revision) in enumerate(self._sequence, start=1)
            if number > begin and newest[rid].revision == revision
        ]
        size = self._size()
        page, more = ahead[:size], len(ahead) > size
        end = page[-1][0] if page else begin
        if not more:
            end = max(end, len(self._sequence))
        if self.repeats and page and begin:
            page.insert(0, (begin, self._sequence[begin - 1][0]))
        rows = [self._row(rid, newest[rid]) for _, rid in page]
        return self._answer(rows, str(end), more)

    async def changed_since(self, since: datetime | None, position: str | None) -> bytes:
        """Time style: what has a stamp at or after `since`, by (stamp, id), behind `position`."""
        await self.called("list")
        keyed = sorted((v.updated_at, rid, v) for rid, v in self._visible())
        after = tuple(position.split("|", 1)) if position else None
        begin = to_text(since) if since else ""
        ahead = [row for row in keyed if row[0] >= begin and (after is None or row[:2] > after)]
        size = self._size()
        page, more = ahead[:size], len(ahead) > size
        place = f"{page[-1][0]}|{page[-1][1]}" if page else position
        if self.repeats and after is not None:
            page = [row for row in keyed if row[:2] == after] + page
        return self._answer([self._row(rid, v) for _, rid, v in page], place, more)

    def take(self, reply: Reply) -> Receipt:
        """Sending, after the request has arrived."""
        outcome = self.sends.popleft() if self.sends else SendOutcome.TAKEN
        match outcome:
            case SendOutcome.REFUSED:
                raise Refused("the channel refused the message", code="policy", field="text")
            case SendOutcome.UNAVAILABLE:
                raise Unavailable("the channel is away")
            case SendOutcome.LIMITED:
                raise RateLimited(
                    "too many messages", until=self.clock.now() + timedelta(minutes=1)
                )
            case SendOutcome.UNCLEAR:
                raise Unclear("no answer")
        known = next((t for t in self.taken if self.honours_keys and t.key == reply.key), None)
        if known is None:
            remote_id = f"sent-{len(self.taken) + 1}"
            known = TakenReply(reply.key, reply.thread_remote_id, reply.text, self.now(), remote_id)
            self.taken.append(known)
            if self.echoes:
                self.put(remote_id, reply.text, direction="outbound")
        if outcome is SendOutcome.ANSWER_LOST:
            raise Unclear("the connection ended before the answer")
        return Receipt(known.remote_id, known.at, known.text)

    def find(self, probe: SentProbe) -> SentMatch | None:
        """Look among the replies taken, once they can be seen."""
        for reply in self.taken:
            visible = self.now() >= reply.at + self.visible_after
            same_text = (
                reply.thread == probe.thread_remote_id
                and reply.at >= probe.not_before
                and text_digest(reply.text) == probe.text_digest
            )
            if visible and (reply.key == probe.key if self.keeps_keys else same_text):
                return SentMatch(reply.remote_id, reply.at)
        return None

    async def news(self, seconds: float) -> bool:
        """Hold the line until something rings or the time is up."""
        await self.called("wait")
        rang = asyncio.Event()
        self._news.add(rang)
        waits = [
            asyncio.ensure_future(rang.wait()),
            asyncio.ensure_future(self.clock.sleep(seconds)),
        ]
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
            return rang.is_set()
        finally:
            self._news.discard(rang)
            for wait in waits:
                wait.cancel()

    def _visible(self) -> list[tuple[str, Version]]:
        now = self.now()
        found = []
        for rid, versions in self.items.items():
            seen = [version for version in versions if version.visible_at <= now]
            if seen:
                found.append((rid, seen[-1]))
        return found

    def _version(self, remote_id: str, revision: int) -> Version:
        return self.items[remote_id][revision - 1]

    def _size(self) -> int:
        self._listings += 1
        empty = self.empty_every and self._listings % self.empty_every == 0
        return 0 if empty else self.page_size

    def _row(self, remote_id: str, version: Version) -> dict[str, Any]:
        self.shown[remote_id] = max(version.revision, self.shown.get(remote_id, 0))
        return {
            "id": remote_id,
            "revision": version.revision,
            "thread": f"t-{remote_id}",
            "text": version.text,
            "direction": version.direction,
            "updated_at": version.updated_at,
        }

    def _answer(self, rows: Sequence[dict[str, Any]], place: str | None, more: bool) -> bytes:
        body = {"now": to_text(self.now()), "rows": list(rows), "next": place, "more": more}
        if self.step:
            self.clock.advance(self.step)
        if more and self.between_pages is not None:
            self.between_pages()
        raw = json.dumps(body).encode()
        return self.alter(raw) if self.alter is not None else raw


class FakeSecrets:
    """Holds one secret; `missing` takes it away."""

    def __init__(self, *, missing: bool = False) -> None:
        self.missing = missing

    async def get(self, field: str) -> str:
        if self.missing:
            raise SignInNeeded(f"no {field} is stored")
        return SECRET


class EmptyArchive:
    """Knows no mail."""

    async def recognise(self, stubs: Sequence[MailStub]) -> Collection[MailLocation]:
        return ()


def _no_http(tls: ssl.SSLContext | None = None) -> httpx.AsyncClient:
    raise AssertionError("the fake channel has no HTTP")


def fake_context(
    account: str, clock: ManualClock, *, confirmed: frozenset[str] = frozenset()
) -> SessionContext:
    """What a session of a fake channel works with."""
    return SessionContext(
        account=account,
        fields={"shop": "shop.example"},
        secrets=FakeSecrets(),
        http=_no_http,
        clock=clock,
        log=logging.getLogger("tests.fake_channel"),
        budget=RateBudget(RateHint(burst=1000, per_second=1000.0), clock, clock.skip),
        archive=EmptyArchive(),
        confirmed=confirmed,
    )


_FIELDS = (
    AccountField("shop", "Shop", required=True),
    AccountField("password", "Password", kind="secret", required=True),
)
_ALL = frozenset(
    {Capability.READ_MESSAGES, Capability.SEND_REPLY, Capability.FIND_SENT, Capability.WAIT}
)

TOKEN_SPEC = ConnectorSpec(
    id="fake_token",
    title="Fake channel with a cursor of its own",
    fields=_FIELDS,
    capabilities=_ALL,
    session="tests.support.fake_channel:TokenSession",
    streams=(StreamSpec("messages"),),
    read_back=ReadBack(reliable=True),
)
TIME_SPEC = ConnectorSpec(
    id="fake_time",
    title="Fake channel that lists changes since a time",
    fields=_FIELDS,
    capabilities=_ALL,
    session="tests.support.fake_channel:TimeSession",
    streams=(StreamSpec("messages", style="time"),),
)
TWO_SPEC = ConnectorSpec(
    id="fake_two",
    title="Fake channel with two streams and no bell",
    fields=_FIELDS,
    capabilities=frozenset({Capability.READ_MESSAGES}),
    session="tests.support.fake_channel:TwoSession",
    streams=(StreamSpec("messages"), StreamSpec("notices", every=timedelta(minutes=20))),
)


class FakeSession(Session):
    """What all sessions of the fake channel share. `feeds` has a channel for each stream."""

    spec: ClassVar[ConnectorSpec] = TOKEN_SPEC

    def __init__(self, context: SessionContext, feeds: Mapping[str, FakeChannel]) -> None:
        super().__init__(context)
        self.feeds = feeds
        self.channel = feeds["messages"]
        self.closed = False
        self.channel.sessions.append(self)

    async def check(self) -> CheckReport:
        await self.context.secrets.get("password")
        await self.channel.called("check")
        return CheckReport(("signed in",))

    async def close(self) -> None:
        self.closed = True

    async def pull(self, stream: str, start: Start) -> AsyncIterator[Page]:
        feed, place, first = self.feeds[stream], start.cursor or start.position, True
        while True:
            async with self.context.budget.take():
                body = json.loads(await self.list(feed, start, place))
            records = tuple(self.item(row) for row in body["rows"])
            place = body["next"]
            yield self.page(records, place, from_text(body["now"]) if first else None)
            if not body["more"]:
                return
            first = False

    async def list(self, feed: FakeChannel, start: Start, place: str | None) -> bytes:
        """One request for a page."""
        return await feed.changes(place)

    def page(self, records: tuple[Record, ...], place: str | None, now: datetime | None) -> Page:
        """A page in the style of the stream."""
        return Page(records, cursor=place)

    def item(self, row: dict[str, Any]) -> Record:
        """One row of a page."""
        return self.record(row)

    def record(self, row: dict[str, Any]) -> MessageRecord:
        """Their JSON as our record."""
        at = from_text(row["updated_at"])
        inbound = row["direction"] == "inbound"
        return MessageRecord(
            remote_id=row["id"],
            thread_remote_id=row["thread"],
            direction="inbound" if inbound else "outbound",
            author_kind="customer" if inbound else "agent",
            author=Party("buyer-1"),
            text=row["text"],
            sent_at=at,
            received_at=at,
            raw=json.dumps(row).encode(),
        )

    async def wait(self, stream: str, seconds: float) -> bool:
        return await self.feeds[stream].news(seconds)

    async def send(self, reply: Reply) -> Receipt:
        await self.channel.called("send")
        return self.channel.take(reply)

    async def find_sent(self, probe: SentProbe) -> SentMatch | None:
        await self.channel.called("find")
        return self.channel.find(probe)


class TokenSession(FakeSession):
    """Reads with the channel's own cursor; reading back is reliable."""


class CarefulSession(TokenSession):
    """Hands over what it cannot read, one item at a time."""

    spec = replace(TOKEN_SPEC, session="tests.support.fake_channel:CarefulSession")

    def item(self, row: dict[str, Any]) -> Record:
        try:
            return self.record(row)
        except (KeyError, TypeError, ValueError) as error:
            raw = json.dumps(row).encode()
            return Unreadable(row["id"], raw, f"a field is odd ({type(error).__name__})")


class CarryingSession(TokenSession):
    """Carries mail for mail faces; the Message-ID is the key."""

    spec = replace(
        TOKEN_SPEC,
        session="tests.support.fake_channel:CarryingSession",
        capabilities=TOKEN_SPEC.capabilities | {Capability.CARRY_MAIL},
    )

    async def carry(self, mail: OutgoingMail) -> Receipt:
        await self.channel.called("carry")
        receipt = self.channel.take(
            Reply(mail.message_id, "", mail.to[0].key, mail.text, mail.date, mail.subject)
        )
        return replace(receipt, raw=to_bytes(mail))


class TimeSession(FakeSession):
    """Reads changes since a time; reading back proves nothing by not finding."""

    spec = TIME_SPEC

    async def list(self, feed: FakeChannel, start: Start, place: str | None) -> bytes:
        return await feed.changed_since(start.since, place)

    def page(self, records: tuple[Record, ...], place: str | None, now: datetime | None) -> Page:
        return Page(records, position=place, server_time=now)


class TwoSession(Session):
    """Two token streams; sends nothing and hears nothing."""

    spec = TWO_SPEC

    def __init__(self, context: SessionContext, feeds: Mapping[str, FakeChannel]) -> None:
        super().__init__(context)
        self._inner = FakeSession(context, feeds)

    async def check(self) -> CheckReport:
        return await self._inner.check()

    def pull(self, stream: str, start: Start) -> AsyncIterator[Page]:
        return self._inner.pull(stream, start)

    async def close(self) -> None:
        await self._inner.close()


def odd_time(remote_id: str) -> Callable[[bytes], bytes]:
    """Alters an answer so that nobody can read the time of that item."""

    def alter(raw: bytes) -> bytes:
        body = json.loads(raw)
        for row in body["rows"]:
            if row["id"] == remote_id:
                row["updated_at"] = "yesterday"
        return json.dumps(body).encode()

    return alter


class Failing:
    """A plan of failures: gives the error for the calls that `when` picks, and counts them."""

    def __init__(
        self,
        make: Callable[[Call], BaseException],
        when: Callable[[Call], bool] = lambda call: True,
        kinds: Collection[str] = ("list",),
    ) -> None:
        self._make = make
        self._when = when
        self._kinds = kinds
        self.hits = 0

    def __call__(self, call: Call) -> BaseException | None:
        if call.kind not in self._kinds or not self._when(call):
            return None
        self.hits += 1
        return self._make(call)


def limited(header: str | None) -> Callable[[Call], RateLimited]:
    """Makes the error of a 429 answer with that `Retry-After` (None: without)."""
    return lambda call: RateLimited(
        "429 Too Many Requests", parse_retry_after(header, call.at) if header else None
    )

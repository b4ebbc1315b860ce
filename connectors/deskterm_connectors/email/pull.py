"""One run over one folder: new mail first, then the past newest first, marks, what has gone.

Every page carries the whole cursor, so a run may be cut anywhere and repeats a page at most.
New mail that arrives while the past is being fetched goes first as well.
"""

from __future__ import annotations

import logging
from array import array
from bisect import bisect_left
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterator, Collection, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime, timedelta

from deskterm.contract import (
    Confirm,
    FlagsChanged,
    FolderListing,
    MailArchive,
    MailItem,
    MailStub,
    Page,
)
from deskterm.contract.records import Record
from deskterm.domain.clock import Clock
from deskterm.domain.mail import MailLocation
from deskterm.mail.headers import read_ids
from deskterm.mail.imap import (
    Fetched,
    FetchJob,
    FolderState,
    ImapConnection,
    fetch,
    fetch_one,
    search_date,
)
from deskterm.mail.imap.wire import MAX_LITERAL
from deskterm_connectors.email.cursor import MAX_TRIES, FolderCursor

FIRST_PAGE = 100
PAGE = 250
PAGE_BYTES = 4 * 1024 * 1024
_WINDOW = 1000  # UIDs whose sizes are asked for at once
_LOW_WATER = 4 * PAGE  # so many sized mails keep the line busy while more sizes are on their way
_LOOK_SECONDS = 3.0  # how often a long run asks for news
_MARKS_PAGE = 500
_MARKS_WITHOUT_CONDSTORE = 500
_LIST_EVERY = timedelta(minutes=30)
_MAX_MISSED = 1000
_WHOLE = b"(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[])"
_HEADER = b"(UID FLAGS INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER])"
_SIZE = b"(UID RFC822.SIZE)"
_STUB = b"(UID RFC822.SIZE INTERNALDATE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])"


class FolderPull:
    """A run. `seen` is what EXAMINE just said of the folder, `stored` where the last one ended."""

    def __init__(
        self,
        connection: ImapConnection,
        seen: FolderState,
        stored: FolderCursor | None,
        *,
        since: datetime | None,
        in_sent: bool,
        archive: MailArchive,
        clock: Clock,
        log: logging.Logger,
        confirmed: Collection[str] = (),
    ) -> None:
        self._connection = connection
        self._seen = seen
        self._since = since
        self._in_sent = in_sent
        self._archive = archive
        self._clock = clock
        self._log = log
        self._confirmed = confirmed
        self._told = stored.to_text() if stored else None
        self.cursor = stored  # replaced as pages are made
        self._marks_from = 1
        self._marks_below = 0  # exclusive; 0: no marks to compare
        self._first_new = 0
        self._late = 0  # fetched, but not yet there at EXAMINE
        self._new: deque[tuple[int, int]] = deque()
        self._old: deque[tuple[int, int]] = deque()
        self._old_uids = array("L")  # ascending: the newest are taken from the end
        self._singles: deque[int] = deque()
        self._arrivals = connection.arrivals
        self._listing = self._sizing = False
        self._old_flying = 0
        self._look_at = clock.monotonic() + _LOOK_SECONDS
        self._asked = 0  # jobs since then
        self._pages = 0

    async def pages(self) -> AsyncGenerator[Page, None]:
        """All there is to tell, in an order that is safe to cut anywhere.

        Raises:
            Confirm: the folder is empty and was numbered anew.
        """
        cursor = self.cursor = await self._begin(self.cursor)
        while self._has_work():
            async with aclosing(fetch(self._connection, self._next_job)) as jobs:
                async for job in jobs:
                    page = await self._finished(job, cursor)
                    if page is not None:
                        yield page
            if self._has_work():
                # Servers keep news back while commands are queued: Dovecot does.
                await self._connection.noop()
                self._look_at = self._clock.monotonic() + _LOOK_SECONDS
                self._asked = 0
        cursor.uidnext = max(cursor.uidnext, self._seen.uidnext or 0)
        cursor.backfill_low = 0
        cursor.recognise = False
        async for page in self._marks(cursor):
            yield page
        if (listing := await self._gone(cursor)) is not None:
            yield self._page(cursor, [listing])
        cursor.modseq = self._seen.highest_modseq
        if cursor.to_text() != self._told:
            yield self._page(cursor, [])

    async def _begin(self, stored: FolderCursor | None) -> FolderCursor:
        seen, since = self._seen, f"{self._since:%Y-%m-%d}" if self._since else ""
        if stored is None or stored.folder != seen.name:
            cursor = await self._fresh(since)
            cursor.listed_at = self._clock.now()
        elif stored.uidvalidity != seen.uidvalidity or (
            seen.uidnext is not None and seen.uidnext < stored.uidnext
        ):
            self._ask_whether_emptied(stored)
            cursor = await self._fresh(since)
            cursor.recognise = True
            # Marks of recognised mails are not in their stubs: ask for all of them once.
            cursor.modseq = 1 if seen.highest_modseq else None
            self._marks_below = cursor.uidnext
        else:
            cursor = replace(stored, missed=dict(stored.missed))
            self._marks_from = max(cursor.backfill_low, 1)
            self._marks_below = cursor.uidnext
            if seen.uidnext is None or seen.uidnext > cursor.uidnext:
                self._arrivals = -1
            if cursor.since and (not since or since < cursor.since):
                cursor.backfill_low, cursor.recognise = cursor.uidnext, True
            cursor.since = since
        self._first_new = cursor.uidnext
        self._singles.extend(cursor.missed)
        if cursor.backfill_low > 1:
            self._old_uids = await self._search_past(cursor.backfill_low)
        return cursor

    async def _fresh(self, since: str) -> FolderCursor:
        uidnext = self._seen.uidnext
        if uidnext is None:
            uidnext = max(await self._connection.search(b"ALL"), default=0) + 1
        seen = self._seen
        return FolderCursor(
            seen.name,
            seen.uidvalidity,
            uidnext,
            uidnext,
            modseq=seen.highest_modseq,
            exists=seen.exists,
            since=since,
        )

    def _ask_whether_emptied(self, stored: FolderCursor) -> None:
        seen = self._seen
        token = f"emptied:{seen.name}:{seen.uidvalidity}"
        if seen.exists == 0 and stored.exists != 0 and token not in self._confirmed:
            raise Confirm(
                f"The folder {seen.name} is empty and was made anew on the server. What was "
                "fetched before is kept here. Confirm if the folder was emptied on purpose.",
                token,
            )

    async def _search_past(self, below: int) -> array[int]:
        criteria = [b"UID", b"1:%d" % (below - 1)]
        if self._since is not None:
            criteria += [b"SINCE", search_date(self._since)]
        found = await self._connection.search(*criteria)
        return found[: bisect_left(found, below)]

    # What to fetch next

    def _has_work(self) -> bool:
        late = self._arrivals != self._connection.arrivals
        return late or bool(self._singles or self._new or self._old or self._old_uids)

    def _next_job(self) -> FetchJob | None:
        if self._asked and self._clock.monotonic() >= self._look_at:
            return None
        self._asked += 1
        if self._arrivals != self._connection.arrivals and not self._listing:
            self._arrivals = self._connection.arrivals
            self._listing = True
            return FetchJob(_SIZE, "size", low=self._first_new, purpose="list")
        if self._singles:
            return FetchJob(_WHOLE, "body", uids={self._singles.popleft()}, purpose="single")
        if self._new:
            return self._bodies(self._new, "new")
        if self._old_uids and len(self._old) < _LOW_WATER and not self._sizing:
            self._sizing = True
            window = set(self._old_uids[-_WINDOW:])
            del self._old_uids[-_WINDOW:]
            recognise = self.cursor is not None and self.cursor.recognise
            items = _STUB if recognise else _SIZE
            return FetchJob(items, "size", window, expected=100 * len(window), purpose="size")
        if self._old:
            self._old_flying += 1
            return self._bodies(self._old, "old")
        return None

    def _bodies(self, queue: deque[tuple[int, int]], purpose: str) -> FetchJob:
        """The next page of a queue; a mail over the cap goes alone, and only its header."""
        self._pages += 1
        if queue[0][1] > MAX_LITERAL:
            return FetchJob(_HEADER, "body", {queue.popleft()[0]}, purpose=purpose)
        most = FIRST_PAGE if self._pages == 1 else PAGE
        uids: set[int] = set()
        expected = 0
        while queue and len(uids) < most and queue[0][1] <= MAX_LITERAL:
            if uids and expected + queue[0][1] > PAGE_BYTES:
                break
            uid, size = queue.popleft()
            uids.add(uid)
            expected += size
        return FetchJob(_WHOLE, "body", uids, expected=expected, purpose=purpose)

    # What came

    async def _finished(self, job: FetchJob, cursor: FolderCursor) -> Page | None:
        match job.purpose:
            case "list":
                self._listed(job)
                return None
            case "size":
                return await self._sized(job, cursor)
        records = self._mails(job)
        self._note_refused(job, cursor)
        if job.purpose == "new":
            cursor.uidnext = max(cursor.uidnext, *(uid + 1 for uid in job.uids))
            cursor.exists += len(job.answers)
            self._late += sum(uid >= (self._seen.uidnext or uid + 1) for uid in job.answers)
        elif job.purpose == "old":
            self._old_flying -= 1
            cursor.backfill_low = min(job.uids)
            self._past_complete(cursor)
        return self._page(cursor, records)

    def _listed(self, job: FetchJob) -> None:
        if job.refused is not None:
            raise job.refused
        self._listing = False
        for uid, fetched in sorted(job.answers.items()):
            # A range up to `*` always answers with the last mail, however old (RFC 3501 6.4.8).
            if uid >= self._first_new:
                self._first_new = uid + 1
                self._new.append((uid, fetched.size or 0))

    async def _sized(self, job: FetchJob, cursor: FolderCursor) -> Page | None:
        if job.refused is not None and not job.answers:
            raise job.refused
        self._sizing = False
        known: set[int] = set()
        if cursor.recognise and job.answers:
            stubs = [self._stub(f) for f in job.answers.values()]
            known = {place.uid for place in await self._archive.recognise(stubs)}
        for uid in sorted(job.uids, reverse=True):
            fetched = job.answers.get(uid)
            if fetched is not None and uid not in known:
                self._old.append((uid, fetched.size or 0))
            elif fetched is None and job.refused is not None:
                self._old.append((uid, 0))
        if self._old or self._old_flying:
            return None
        cursor.backfill_low = min(job.uids)
        self._past_complete(cursor)
        return self._page(cursor, [])

    def _past_complete(self, cursor: FolderCursor) -> None:
        if not (self._old or self._old_uids or self._old_flying or self._sizing):
            cursor.backfill_low = 0

    def _note_refused(self, job: FetchJob, cursor: FolderCursor) -> None:
        """Keep what the server would not give, to be asked for again one by one."""
        missing = [uid for uid in job.uids if uid not in job.answers] if job.refused else []
        for uid in job.answers if job.purpose == "single" else ():
            cursor.missed.pop(uid, None)
        if job.purpose == "single" and not job.refused:
            for uid in job.uids:
                cursor.missed.pop(uid, None)
        for uid in missing:
            tries = cursor.missed.get(uid, -1) + 1
            cursor.missed[uid] = tries
            if tries == 0:
                self._singles.append(uid)
            elif tries >= MAX_TRIES:
                del cursor.missed[uid]
                self._log.warning("mail given up after %d tries: uid %d", tries, uid)
        if len(cursor.missed) > _MAX_MISSED and job.refused is not None:
            raise job.refused

    def _mails(self, job: FetchJob) -> list[Record]:
        return [self._mail(fetched) for _, fetched in sorted(job.answers.items())]

    def _mail(self, fetched: Fetched) -> MailItem:
        raw = fetched.body or b""
        if fetched.cut and (end := raw.find(b"\r\n\r\n")) >= 0:
            raw = raw[: end + 4]
        seen, answered = _marks_of(fetched)
        return MailItem(
            self._place(fetched.uid),
            bytes(raw),
            fetched.received_at or self._clock.now(),
            seen,
            answered,
            self._in_sent,
        )

    def _stub(self, fetched: Fetched) -> MailStub:
        header = (fetched.body or b"").partition(b":")[2].decode("utf-8", "replace")
        ids = read_ids(" ".join(header.split()))
        return MailStub(
            self._place(fetched.uid),
            ids[0] if ids else None,
            fetched.size or 0,
            fetched.received_at or self._clock.now(),
        )

    def _place(self, uid: int) -> MailLocation:
        return MailLocation(self._seen.name, self._seen.uidvalidity, uid)

    # Marks, and what has gone

    async def _marks(self, cursor: FolderCursor) -> AsyncIterator[Page]:
        job = await self._marks_job(cursor)
        if job is None:
            return
        changed = [
            FlagsChanged(self._place(uid), *_marks_of(fetched))
            for uid, fetched in sorted((await fetch_one(self._connection, job)).answers.items())
        ]
        for start in range(0, len(changed), _MARKS_PAGE):
            yield self._page(cursor, changed[start : start + _MARKS_PAGE])

    async def _marks_job(self, cursor: FolderCursor) -> FetchJob | None:
        low, high, now = self._marks_from, self._marks_below - 1, self._seen.highest_modseq
        if high < low or self._connection.exists == 0:
            return None
        if now is not None and cursor.modseq is not None:
            if now <= cursor.modseq:
                return None
            since = b"(CHANGEDSINCE %d)" % cursor.modseq
            return FetchJob(b"(UID FLAGS)", "flags", low=low, high=high, modifier=since)
        newest = b"%d:*" % max(1, self._connection.exists - _MARKS_WITHOUT_CONDSTORE + 1)
        uids = {uid for uid in await self._connection.search(newest) if low <= uid <= high}
        return FetchJob(b"(UID FLAGS)", "flags", uids) if uids else None

    async def _gone(self, cursor: FolderCursor) -> FolderListing | None:
        """The UIDs of the folder, every half hour or when it holds fewer mails than expected."""
        now, listed = self._clock.now(), cursor.listed_at
        count = self._seen.exists + self._late
        fewer = count < cursor.exists
        if listed is not None and not fewer and timedelta(0) <= now - listed < _LIST_EVERY:
            cursor.exists = count
            return None
        uids = await self._connection.search(b"ALL")
        if len(uids) < self._connection.exists:
            return None  # Only a complete list can tell what has gone.
        known = frozenset(uid for uid in uids if uid < cursor.uidnext)
        cursor.listed_at = now
        cursor.exists = len(known)
        return FolderListing(self._seen.name, self._seen.uidvalidity, cursor.uidnext, known)

    def _page(self, cursor: FolderCursor, records: Sequence[Record]) -> Page:
        self._told = cursor.to_text()
        return Page(tuple(records), cursor=self._told)


def _marks_of(fetched: Fetched) -> tuple[bool, bool]:
    flags = fetched.flags or frozenset()
    return b"\\seen" in flags, b"\\answered" in flags

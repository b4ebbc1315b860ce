"""The engine of a mailbox in fifty lines: keeps what pages bring and the cursor they carry."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import datetime

from deskterm.contract import FlagsChanged, FolderListing, MailItem, MailStub, Page, Start
from deskterm.domain.mail import MailLocation
from deskterm.mail.digest import content_digest
from deskterm_connectors.email.connector import EmailSession


@dataclass
class TinyEngine:
    """Mails by content, the places they were seen in, and one cursor for each stream.

    Serves as the session's archive too. `fetched` counts every mail brought, repeats included.
    """

    mails: dict[str, MailItem] = field(default_factory=dict)
    places: dict[MailLocation, str] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    marks: dict[str, tuple[bool, bool]] = field(default_factory=dict)
    cursors: dict[str, str] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    fetched: int = 0

    async def run(self, session: EmailSession, stream: str = "inbox", *, most: int = -1) -> int:
        """Pull until the end, or for that many pages, as if the office were killed then."""
        count = 0
        pull = session.pull(stream, Start(cursor=self.cursors.get(stream)))
        async with aclosing(pull) as pages:
            async for page in pages:
                self.take(page, stream)
                count += 1
                if count == most:
                    break
        return count

    def take(self, page: Page, stream: str) -> None:
        """Keep a page and its cursor, as one transaction would."""
        self.pages.append(page)
        for record in page.records:
            match record:
                case MailItem(location=MailLocation() as place):
                    digest = content_digest(record.raw)
                    self.fetched += 1
                    self.order.append(place.uid)
                    self.mails[digest] = record
                    self.places[place] = digest
                    self.marks[digest] = (record.seen, record.answered)
                    self.gone.discard(digest)
                case FlagsChanged() if record.location in self.places:
                    digest = self.places[record.location]
                    self.marks[digest] = (record.seen, record.answered)
                case FolderListing():
                    self._compare(record)
        assert page.cursor is not None
        self.cursors[stream] = page.cursor

    def _compare(self, listing: FolderListing) -> None:
        for place, digest in list(self.places.items()):
            if place.folder != listing.folder:
                continue
            stale = place.uidvalidity != listing.uidvalidity
            if stale or (place.uid < listing.below and place.uid not in listing.uids):
                del self.places[place]
                if digest not in self.places.values():
                    self.gone.add(digest)

    async def recognise(self, stubs: Sequence[MailStub]) -> Collection[MailLocation]:
        """Serves `MailArchive`: by Message-ID, size and time; the doubtful ones are fetched."""
        known: dict[tuple[str, int, datetime], list[str]] = {}
        for digest, mail in self.mails.items():
            key = (_message_id(mail.raw), len(mail.raw), mail.received_at)
            known.setdefault(key, []).append(digest)
        found = set()
        for stub in stubs:
            if stub.message_id is None:
                continue
            match known.get((stub.message_id, stub.size, stub.received_at)):
                case [only]:
                    self.places[stub.location] = only
                    found.add(stub.location)
        return found

    def here(self) -> set[str]:
        """Digests of the mails that lie on the server as far as we know."""
        return set(self.places.values())


def _message_id(raw: bytes) -> str:
    for line in raw.partition(b"\r\n\r\n")[0].split(b"\r\n"):
        if line.lower().startswith(b"message-id:"):
            return line.partition(b":")[2].strip().decode()
    return ""

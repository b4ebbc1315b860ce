"""Reading pages into arrivals, in a thread of its own and ahead of their storing."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from deskterm.contract import FlagsChanged, FolderListing, MailItem, MessageRecord, Page
from deskterm.domain.arrival import Arrival
from deskterm.domain.clock import Clock
from deskterm.domain.order_refs import OrderRefFinder
from deskterm.store import accounts
from deskterm.store.accounts import Account
from deskterm.sync.faces import FaceAccount, settle
from deskterm.sync.reading import Mailbox, MailReader, own_addresses, read_record

log = logging.getLogger("deskterm.sync")

T = TypeVar("T")


@dataclass(slots=True)
class ReadPage:
    """What a page holds, by what is to be done with it. Arrivals stand under their account."""

    owner: Account
    by_account: dict[str, list[Arrival]] = field(default_factory=dict)
    flags: list[FlagsChanged] = field(default_factory=list)
    listings: list[FolderListing] = field(default_factory=list)


class PageReader:
    """Reads pages one after the other, in the order in which they were begun.

    Args:
        reading: gives a read-only connection for the calling thread.
        reader: reads mail; used in the thread of this reader only.
        faces: the mail faces at work, by the name of their mailbox account.
        attachments: folder of files by digest.
        orders: recognises order numbers of an account.
    """

    def __init__(
        self,
        reading: Callable[[], sqlite3.Connection],
        reader: MailReader,
        faces: Callable[[str], Sequence[FaceAccount]],
        attachments: Path,
        orders: Callable[[Account], OrderRefFinder],
        clock: Clock,
    ) -> None:
        self._reading = reading
        self._reader = reader
        self._faces = faces
        self._attachments = attachments
        self._orders = orders
        self._clock = clock
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="page-reader")

    def begin(self, account: str, page: Page) -> Future[ReadPage]:
        """Begin to read a page of the account of that name."""
        return self._pool.submit(lambda: self._read(self._owner(account), page))

    async def do(self, work: Callable[[], T]) -> T:
        """Other work on text, taking its turn among the pages."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)

    def close(self) -> None:
        """Finish the page under way and read no more."""
        self._pool.shutdown(cancel_futures=True)

    def _owner(self, name: str) -> Account:
        connection = self._reading()
        try:
            return accounts.account_named(connection, name)
        finally:
            connection.close()

    def _read(self, owner: Account, page: Page) -> ReadPage:
        read = ReadPage(owner)
        now = self._clock.now()
        mails: list[MailItem] = []
        own: list[Arrival] = read.by_account.setdefault(owner.name, [])
        for record in page.records:
            match record:
                case MailItem():
                    mails.append(record)
                case MessageRecord():
                    own.append(read_record(record, owner.channel, self._attachments, now))
                case FlagsChanged():
                    read.flags.append(record)
                case FolderListing():
                    read.listings.append(record)
        if mails:
            self._read_mail(owner, mails, now, read)
        return read

    def _read_mail(
        self, owner: Account, mails: Sequence[MailItem], now: datetime, read: ReadPage
    ) -> None:
        mailbox = Mailbox(own_addresses(owner.fields), self._orders(owner))
        faces = self._faces(owner.name)
        for item, (arrival, parsed) in zip(
            mails, self._reader.read(mails, mailbox, now), strict=True
        ):
            claim = settle(parsed.envelope, faces) if faces else None
            if claim is None or claim.winner is None:
                read.by_account[owner.name].append(arrival)
                if claim is not None and claim.tied:
                    log.warning("%s: a mail is claimed equally by %s", owner.name, claim.tied)
                continue
            face = claim.winner
            for number, record in enumerate(face.face.read(parsed)):
                found = read_record(record, face.channel, self._attachments, now)
                read.by_account.setdefault(face.account, []).append(
                    replace(
                        found,
                        raw=arrival.raw if number == 0 else b"",
                        packed=arrival.packed if number == 0 else b"",
                        raw_format="mail",
                        mail=arrival.mail,
                        message_id=arrival.message_id,
                        automatic=found.automatic,
                        location=item.location if number == 0 else None,
                    )
                )

"""Pages are read ahead of their storing, and stored only when it is their turn."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from deskterm.contract import MailItem, Page
from deskterm.domain.clock import SystemClock, to_text
from deskterm.domain.mail import MailLocation, ParsedMail
from deskterm.domain.order_refs import OrderRefFinder
from deskterm.store import accounts
from deskterm.store.accounts import Account
from deskterm.store.connect import connect
from deskterm.store.schema import migrate
from deskterm.store.writer import SYNC, Writer
from deskterm.sync.importing import MailImport
from deskterm.sync.intake import StoreIntake
from deskterm.sync.parser_process import MailParser
from deskterm.sync.ports import StreamState
from deskterm.sync.reading import MailReader
from tests.support.mails import a_mail

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


class NotingParser(MailParser):
    """Notes how many batches were read, and in which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.batches = 0
        self.threads: set[int] = set()
        self.grew = threading.Condition()

    def parse_many(self, raws: Sequence[bytes]) -> list[ParsedMail]:
        mails = super().parse_many(raws)
        with self.grew:
            self.batches += 1
            self.threads.add(threading.get_ident())
            self.grew.notify_all()
        return mails

    def wait_for(self, batches: int) -> bool:
        with self.grew:
            return self.grew.wait_for(lambda: self.batches >= batches, 20)


@dataclass
class Storing:
    path: Path
    writer: Writer
    intake: StoreIntake
    parser: NotingParser
    account: Account
    pages: list[Page] = field(default_factory=list)

    def bodies(self) -> int:
        connection = connect(self.path)
        try:
            return int(connection.execute("SELECT count(*) FROM messages").fetchone()[0])
        finally:
            connection.close()


@pytest.fixture
async def storing(tmp_path: Path) -> AsyncIterator[Storing]:
    path, clock = tmp_path / "deskterm.db", SystemClock()
    migrate(path, tmp_path, clock.now())
    writer, parser = Writer(path, clock), NotingParser()
    account = writer.run(lambda tx: accounts.add_account(tx, "shop", "email", {}), SYNC)
    intake = StoreIntake(
        writer,
        lambda: connect(path),
        MailReader(parser, tmp_path),
        lambda _name: (),
        tmp_path,
        lambda _account: OrderRefFinder(),
        clock,
        windows=lambda rows: {row["ticket_id"]: to_text(NOON) for row in rows if row["speaks"]},
    )
    yield Storing(path, writer, intake, parser, account)
    intake.close()
    parser.close()
    writer.stop()


def page(*numbers: int) -> Page:
    return Page(
        records=tuple(MailItem(MailLocation("INBOX", 1, n), a_mail(n), NOON) for n in numbers)
    )


async def test_an_expected_page_is_read_before_it_is_taken_and_only_once(storing: Storing) -> None:
    first, second = page(1, 2), page(3)
    storing.intake.expect("shop", "inbox", first)
    storing.intake.expect("shop", "inbox", second)
    assert storing.parser.wait_for(2)
    assert storing.bodies() == 0
    for expected in (first, second):
        await storing.intake.take("shop", "inbox", expected, StreamState(cursor="c"))
    assert storing.bodies() == 3
    assert storing.parser.batches == 2


async def test_a_page_that_nobody_announced_is_stored_too(storing: Storing) -> None:
    taken = await storing.intake.take("shop", "inbox", page(1), StreamState())
    assert taken.stored == 1


async def test_pages_of_a_cut_run_are_not_stored(storing: Storing) -> None:
    storing.intake.expect("shop", "inbox", page(1))
    storing.intake.expect("shop", "inbox", page(2))
    await storing.intake.load("shop", "inbox")
    again = page(3)
    storing.intake.expect("shop", "inbox", again)
    await storing.intake.take("shop", "inbox", again, StreamState())
    assert storing.bodies() == 1


async def test_a_run_that_starts_over_passes_what_it_left_behind(storing: Storing) -> None:
    again = page(2)
    for expected in (page(1), again):
        storing.intake.expect("shop", "inbox", expected)
    await storing.intake.take("shop", "inbox", again, StreamState())
    assert storing.bodies() == 1


async def test_an_import_reads_where_the_sync_reads(storing: Storing, tmp_path: Path) -> None:
    """The parser is for one thread: an import beside a sync must not enter it from another."""
    box = tmp_path / "box"
    for part in ("cur", "new"):
        (box / part).mkdir(parents=True)
    for number in range(1, 8):
        (box / "new" / f"{1_790_000_000 + number}.M{number}").write_bytes(a_mail(number))
    await storing.intake.take("shop", "inbox", page(100), StreamState())
    job = MailImport(storing.intake, lambda: connect(storing.path), storing.account, batch=2)
    result = job.run("maildir", str(box), lambda _report: None)
    assert result["stored"] == 7
    assert storing.bodies() == 8
    assert len(storing.parser.threads) == 1


async def test_what_is_derived_says_until_when_a_ticket_can_be_answered(storing: Storing) -> None:
    await storing.intake.take("shop", "inbox", page(1), StreamState())
    assert await storing.intake.derive(10) == 1
    connection = connect(storing.path)
    ((ends, mood),) = connection.execute("SELECT window_ends_at, mood_message FROM tickets")
    connection.close()
    assert ends == to_text(NOON)
    assert mood is not None

"""Reading a mailbox: order, cursors, cuts, marks, what has gone, and what it costs."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import aclosing
from datetime import UTC, datetime

import pytest

from deskterm.contract import Confirm, FolderListing, MailItem, Start
from deskterm.mail.digest import content_digest
from deskterm.mail.imap.wire import Wire
from deskterm_connectors.email import pull as pull_module
from deskterm_connectors.email.connector import EmailSession
from deskterm_connectors.email.cursor import FolderCursor
from tests.support.dovecot import Dovecot, running_dovecot
from tests.support.fake_imap import Scripted, scripted_imap
from tests.support.mail_account import mail_session
from tests.support.mails import a_mail
from tests.support.manual_clock import ManualClock
from tests.support.session_context import session_context
from tests.support.tiny_engine import TinyEngine


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as running:
        yield running


_names = itertools.count(1)


@pytest.fixture
def user() -> str:
    """A mailbox of its own for each test."""
    return f"user{next(_names)}"


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every command given to a server, without its tag."""
    commands: list[str] = []
    write = Wire.write

    def recording(wire: Wire, data: bytes) -> None:
        commands.append(data.decode("utf-8", "replace").rstrip("\r\n").partition(" ")[2])
        write(wire, data)

    monkeypatch.setattr(Wire, "write", recording)
    return commands


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of ten, so that a few mails make many."""
    for name, value in {"FIRST_PAGE": 5, "PAGE": 10, "_LOW_WATER": 20, "_WINDOW": 15}.items():
        monkeypatch.setattr(pull_module, name, value)


async def test_everything_is_fetched_once_newest_first(dovecot: Dovecot, user: str) -> None:
    mails = [a_mail(n) for n in range(700)]
    dovecot.mailbox(user).deliver_many(mails)
    engine = TinyEngine()
    session = mail_session(user, dovecot)
    pages = await engine.run(session)
    assert engine.here() == {content_digest(m) for m in mails}
    assert engine.fetched == 700
    # Within a page the oldest is first; page by page it goes back in time.
    first_of_page = [engine.order[n] for n in (0, 100, 350, 600)]
    assert first_of_page == [601, 351, 101, 1]
    assert pages == 4
    assert engine.mails[content_digest(mails[3])].raw == mails[3]
    await session.close()


async def test_nothing_new_costs_one_examine(dovecot: Dovecot, user: str, said: list[str]) -> None:
    dovecot.mailbox(user).deliver_many([a_mail(n) for n in range(20)])
    engine = TinyEngine()
    session = mail_session(user, dovecot)
    await engine.run(session)
    said.clear()
    assert await engine.run(session) == 0
    assert said == ['EXAMINE "INBOX" (CONDSTORE)']
    await session.close()


async def test_new_mail_costs_a_list_and_a_fetch(
    dovecot: Dovecot, user: str, said: list[str]
) -> None:
    box = dovecot.mailbox(user)
    box.deliver_many([a_mail(n) for n in range(20)])
    engine = TinyEngine()
    session = mail_session(user, dovecot)
    await engine.run(session)
    said.clear()
    for n in range(20, 23):
        box.deliver(a_mail(n))
    await engine.run(session)
    assert engine.order[-3:] == [21, 22, 23]
    assert engine.fetched == 23
    bodies = [line for line in said if "BODY" in line]
    assert len(bodies) == 1
    assert len(said) <= 4
    await session.close()


@pytest.mark.usefixtures("small_pages")
async def test_a_run_cut_after_any_page_loses_nothing_and_repeats_a_page_at_most(
    dovecot: Dovecot, user: str
) -> None:
    mails = [a_mail(n) for n in range(64)]
    dovecot.mailbox(user).deliver_many(mails)
    for kept in range(1, 9):
        engine = TinyEngine()
        for _ in range(40):
            session = mail_session(user, dovecot)
            done = await engine.run(session, most=kept) < kept
            await session.close()
            if done:
                break
        assert engine.here() == {content_digest(m) for m in mails}
        assert engine.fetched == 64, f"cut after {kept} pages"


@pytest.mark.usefixtures("small_pages")
async def test_a_page_that_was_not_kept_comes_again(dovecot: Dovecot, user: str) -> None:
    mails = [a_mail(n) for n in range(30)]
    dovecot.mailbox(user).deliver_many(mails)
    engine = TinyEngine()
    session = mail_session(user, dovecot)
    async with aclosing(session.pull("inbox", Start())) as pages:
        engine.take(await anext(pages), "inbox")
        lost = await anext(pages)
    assert lost.records
    await engine.run(session)
    assert engine.here() == {content_digest(m) for m in mails}
    await session.close()


@pytest.mark.usefixtures("small_pages")
async def test_mail_that_arrives_during_the_first_sync_goes_first(
    dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull_module, "_LOOK_SECONDS", 0.0)
    box = dovecot.mailbox(user)
    box.deliver_many([a_mail(n) for n in range(100)])
    engine = TinyEngine()
    session = mail_session(user, dovecot)
    async with aclosing(session.pull("inbox", Start())) as pages:
        engine.take(await anext(pages), "inbox")
        box.deliver(a_mail(500))
        async for page in pages:
            engine.take(page, "inbox")
    assert engine.fetched == 101
    assert engine.order.index(101) < engine.order.index(1)
    cursor = FolderCursor.from_text(engine.cursors["inbox"])
    assert cursor is not None
    assert (cursor.uidnext, cursor.backfill_low, cursor.exists) == (102, 0, 101)
    await session.close()


async def test_several_fetches_are_in_flight(
    dovecot: Dovecot, user: str, said: list[str], small_pages: None
) -> None:
    dovecot.mailbox(user).deliver_many([a_mail(n) for n in range(80)])
    session = mail_session(user, dovecot)
    async with aclosing(session.pull("inbox", Start())) as pages:
        await anext(pages)
        flying = [line for line in said if "BODY" in line]
        assert len(flying) >= 3
    await session.close()


async def test_pages_are_bounded_by_bytes(
    dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull_module, "PAGE_BYTES", 10_000)
    dovecot.mailbox(user).deliver_many([a_mail(n, size=3_000) for n in range(10)])
    engine = TinyEngine()
    session = mail_session(user, dovecot)
    await engine.run(session)
    assert len(engine.here()) == 10
    sizes = [sum(len(r.raw) for r in p.records if isinstance(r, MailItem)) for p in engine.pages]
    assert max(sizes) <= 10_000
    await session.close()


async def test_of_a_mail_over_the_cap_the_header_comes_alone(
    dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull_module, "MAX_LITERAL", 5_000)
    huge = a_mail(2, size=20_000)
    dovecot.mailbox(user).deliver_many([a_mail(1), huge, a_mail(3)])
    engine = TinyEngine()
    session = mail_session(user, dovecot)
    await engine.run(session)
    header = huge.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert engine.here() == {content_digest(m) for m in (a_mail(1), header, a_mail(3))}
    await session.close()


async def test_only_mail_since_the_day_is_fetched_and_an_earlier_day_fetches_the_rest(
    dovecot: Dovecot, user: str
) -> None:
    box = dovecot.mailbox(user)
    days = [datetime(2026, 10, n, 12, tzinfo=UTC) for n in range(1, 11)]
    for n, day in enumerate(days):
        box.deliver(a_mail(n), at=day, flags="S")
    engine = TinyEngine()
    session = mail_session(user, dovecot, since="2026-10-06", archive=engine)
    await engine.run(session)
    assert {m.received_at for m in engine.mails.values()} == set(days[5:])
    await session.close()
    earlier = mail_session(user, dovecot, since="2026-10-03", archive=engine)
    await engine.run(earlier)
    assert {m.received_at for m in engine.mails.values()} == set(days[2:])
    assert engine.fetched == 8
    assert await engine.run(earlier) == 0
    await earlier.close()


async def test_marks_set_elsewhere_are_told(dovecot: Dovecot, user: str) -> None:
    box = dovecot.mailbox(user)
    box.deliver_many([a_mail(n) for n in range(5)])
    box.deliver(a_mail(5))
    engine = TinyEngine()
    session = mail_session(user, dovecot)
    await engine.run(session)
    assert engine.marks[content_digest(a_mail(5))] == (False, False)
    files = box.files()
    box.set_flags(files[0], "RS")
    box.set_flags(files[5], "S")
    await engine.run(session)
    assert engine.marks[content_digest(a_mail(0))] == (True, True)
    assert engine.marks[content_digest(a_mail(5))] == (True, False)
    assert engine.fetched == 6
    await session.close()


async def test_marks_are_told_without_condstore_too(user: str) -> None:
    with running_dovecot(extra="imap_capability = IMAP4rev1 IDLE LITERAL+") as dovecot:
        box = dovecot.mailbox(user)
        box.deliver_many([a_mail(n) for n in range(5)])
        engine = TinyEngine()
        session = mail_session(user, dovecot)
        await engine.run(session)
        box.set_flags(box.files()[2], "RS")
        await engine.run(session)
        assert engine.marks[content_digest(a_mail(2))] == (True, True)
        assert engine.fetched == 5
        await session.close()


async def test_what_left_the_folder_is_noticed_at_once(dovecot: Dovecot, user: str) -> None:
    box = dovecot.mailbox(user)
    box.deliver_many([a_mail(n) for n in range(5)])
    engine = TinyEngine()
    session = mail_session(user, dovecot)
    await engine.run(session)
    box.files()[1].unlink()
    box.deliver(a_mail(9))
    await engine.run(session)
    assert engine.gone == {content_digest(a_mail(1))}
    assert len(engine.here()) == 5
    assert await engine.run(session) == 0
    await session.close()


async def test_the_folder_is_compared_every_half_hour(
    dovecot: Dovecot, user: str, said: list[str]
) -> None:
    box = dovecot.mailbox(user)
    box.deliver_many([a_mail(n) for n in range(3)])
    clock = ManualClock()
    engine = TinyEngine()
    session = mail_session(user, dovecot, clock=clock)
    await engine.run(session)
    clock.advance(29 * 60)
    assert await engine.run(session) == 0
    clock.advance(2 * 60)
    assert await engine.run(session) == 1
    (listing,) = engine.pages[-1].records
    assert isinstance(listing, FolderListing)
    assert (listing.uids, listing.below) == (frozenset({1, 2, 3}), 4)
    await session.close()


async def test_an_empty_folder_gives_a_cursor(dovecot: Dovecot, user: str) -> None:
    engine = TinyEngine()
    session = mail_session(user, dovecot)
    assert await engine.run(session) == 1
    assert engine.pages[0].records == ()
    dovecot.mailbox(user).deliver(a_mail(1))
    await engine.run(session)
    assert engine.order == [1]
    await session.close()


async def test_sent_mail_is_a_stream_of_its_own(dovecot: Dovecot, user: str) -> None:
    box = dovecot.mailbox(user)
    box.deliver(a_mail(1))
    box.deliver(a_mail(2), "Sent", flags="S")
    engine = TinyEngine()
    session = mail_session(user, dovecot)
    await engine.run(session, "inbox")
    await engine.run(session, "sent")
    found = {m.location.folder: m.in_sent for m in engine.mails.values() if m.location}
    assert found == {"INBOX": False, "Sent": True}
    await session.close()


async def test_an_emptied_and_renumbered_folder_asks_once(dovecot: Dovecot, user: str) -> None:
    box = dovecot.mailbox(user)
    box.deliver_many([a_mail(n) for n in range(3)])
    engine = TinyEngine()
    session = mail_session(user, dovecot)
    await engine.run(session)
    await session.close()
    for file in box.files():
        file.unlink()
    box.number_anew()
    session = mail_session(user, dovecot, archive=engine)
    with pytest.raises(Confirm) as asked:
        await engine.run(session)
    assert "INBOX" in asked.value.text
    assert len(engine.here()) == 3
    await session.close()
    yes = frozenset({asked.value.token})
    session = mail_session(user, dovecot, archive=engine, confirmed=yes)
    await engine.run(session)
    assert (len(engine.gone), len(engine.mails)) == (3, 3)
    assert await engine.run(session) == 0
    await session.close()


@pytest.mark.parametrize("cursor", ["", "{}", "nonsense", '{"folder": 1}', "[1]", '"x"', "null"])
async def test_a_cursor_that_cannot_be_read_begins_anew(cursor: str) -> None:
    assert FolderCursor.from_text(cursor) is None


def test_a_cursor_is_read_back_whole() -> None:
    cursor = FolderCursor("INBOX", 7, 12, 3, True, 99, ManualClock().now(), 9, "2026-01-01", {4: 1})
    assert FolderCursor.from_text(cursor.to_text()) == cursor


async def test_a_mail_the_server_cannot_give_costs_only_itself() -> None:
    """Every FETCH of mail 2 is refused: the others come, and it is given up after three runs."""
    tries: list[str] = []

    async def script(server: Scripted) -> None:
        await server.greet_and_sign_in()
        while True:
            tag, line = await server.hear()
            if line.startswith("EXAMINE"):
                await server.say(
                    "* 3 EXISTS", "* OK [UIDVALIDITY 1] x", "* OK [UIDNEXT 4] x", f"{tag} OK"
                )
            elif line.startswith("UID SEARCH"):
                await server.say("* SEARCH 1 2 3", f"{tag} OK")
            elif "RFC822.SIZE)" in line:
                await server.say(
                    *(f"* {n} FETCH (UID {n} RFC822.SIZE 10)" for n in (1, 2, 3)), f"{tag} OK"
                )
            elif "BODY" in line:
                tries.append(line)
                single = line.startswith("UID FETCH 2 ")
                got = [] if single else [f'* {n} FETCH (UID {n} BODY[] "m{n}")' for n in (1, 3)]
                await server.say(*got, f"{tag} NO [SERVERBUG] mail 2 is broken")
            else:
                await server.say(f"{tag} OK")

    engine = TinyEngine()
    async with scripted_imap(script) as fake:
        fields = {
            "address": "help@shop.example",
            "imap_host": "127.0.0.1",
            "imap_port": str(fake.port),
            "imap_security": "none",
            "smtp_host": "127.0.0.1",
        }
        session = EmailSession(session_context(fields, secrets={"password": "x"}))
        for _ in range(4):
            await engine.run(session)
        await session.close()
    assert sorted(engine.order) == [1, 3]
    assert len(tries) == 4  # once among others, three times alone
    cursor = FolderCursor.from_text(engine.cursors["inbox"])
    assert cursor is not None
    assert cursor.missed == {}

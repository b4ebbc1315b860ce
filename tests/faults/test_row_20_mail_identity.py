"""Identity of mail: folders numbered anew, moved mail, gaps, doubled and missing Message-IDs.

The level of the connector: a tiny engine keeps what it brings; the ledger is the Maildir itself.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import aclosing

import pytest

from deskterm.contract import Start
from deskterm.mail.digest import content_digest
from deskterm_connectors.email import pull as pull_module
from tests.support.dovecot import Dovecot, Mailbox, running_dovecot
from tests.support.mail_account import mail_session
from tests.support.mails import a_mail
from tests.support.tiny_engine import TinyEngine


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with running_dovecot() as running:
        yield running


_names = itertools.count(1)


@pytest.fixture
def user() -> str:
    return f"user{next(_names)}"


def ledger(box: Mailbox, *folders: str) -> set[str]:
    """Digests of everything that really lies in the folders."""
    return {content_digest(f.read_bytes()) for name in folders for f in box.files(name)}


async def two_quiet_runs(engine: TinyEngine, user: str, dovecot: Dovecot, *streams: str) -> None:
    session = mail_session(user, dovecot, archive=engine)
    for _ in range(2):
        for stream in streams:
            await engine.run(session, stream)
    await session.close()


async def test_a_folder_numbered_anew_is_recognised_and_only_the_rest_is_fetched(
    dovecot: Dovecot, user: str
) -> None:
    box = dovecot.mailbox(user)
    box.deliver_many([a_mail(n) for n in range(40)])
    engine = TinyEngine()
    await two_quiet_runs(engine, user, dovecot, "inbox")
    before = {p.uidvalidity for p in engine.places}
    box.files()[7].unlink()
    box.number_anew()
    box.deliver(a_mail(100))
    await two_quiet_runs(engine, user, dovecot, "inbox")
    assert engine.here() == ledger(box, "INBOX")
    assert engine.gone == {content_digest(a_mail(7))}
    assert engine.fetched == 41
    assert {p.uidvalidity for p in engine.places}.isdisjoint(before)


async def test_a_cut_while_recognising_goes_on_recognising(
    dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull_module, "_WINDOW", 10)
    box = dovecot.mailbox(user)
    box.deliver_many([a_mail(n) for n in range(60)])
    engine = TinyEngine()
    await two_quiet_runs(engine, user, dovecot, "inbox")
    box.number_anew()
    for _ in range(3):
        session = mail_session(user, dovecot, archive=engine)
        await engine.run(session, most=2)
        await session.close()
    await two_quiet_runs(engine, user, dovecot, "inbox")
    assert engine.here() == ledger(box, "INBOX")
    assert engine.fetched == 60


async def test_a_folder_renamed_and_made_anew(dovecot: Dovecot, user: str) -> None:
    box = dovecot.mailbox(user)
    box.deliver_many([a_mail(n) for n in range(5)], "Sent")
    engine = TinyEngine()
    await two_quiet_runs(engine, user, dovecot, "sent")
    box.folder_path("Sent").rename(box.path / "Old")
    box.number_anew("Sent")
    box.deliver(a_mail(50), "Sent")
    box.deliver(a_mail(51), "Sent")
    await two_quiet_runs(engine, user, dovecot, "sent")
    assert engine.here() == ledger(box, "Sent")
    assert len(engine.mails) == 7


async def test_a_moved_mail_is_one_mail_in_another_place(dovecot: Dovecot, user: str) -> None:
    box = dovecot.mailbox(user)
    box.deliver_many([a_mail(n) for n in range(5)])
    engine = TinyEngine()
    await two_quiet_runs(engine, user, dovecot, "inbox", "sent")
    box.move(box.files()[2], "Sent")
    await two_quiet_runs(engine, user, dovecot, "inbox", "sent")
    assert engine.here() == ledger(box, "INBOX", "Sent")
    assert len(engine.mails) == 5
    assert engine.gone == set()


async def test_gaps_between_uids_are_nothing(dovecot: Dovecot, user: str) -> None:
    box = dovecot.mailbox(user)
    box.deliver_many([a_mail(n) for n in range(30)])
    engine = TinyEngine()
    await two_quiet_runs(TinyEngine(), user, dovecot, "inbox")
    for file in box.files()[3:25:2]:
        file.unlink()
    await two_quiet_runs(engine, user, dovecot, "inbox")
    box.files()[-1].unlink()  # the highest UID goes before its successor comes
    box.deliver(a_mail(99))
    await two_quiet_runs(engine, user, dovecot, "inbox")
    assert engine.here() == ledger(box, "INBOX")
    assert engine.fetched == len(engine.mails) == 20


async def test_one_message_id_twice_is_two_mails(dovecot: Dovecot, user: str) -> None:
    box = dovecot.mailbox(user)
    twins = [
        a_mail(1, message_id="<twin@mail.example>"),
        a_mail(2, message_id="<twin@mail.example>"),
    ]
    box.deliver_many(twins)
    engine = TinyEngine()
    await two_quiet_runs(engine, user, dovecot, "inbox")
    assert len(engine.mails) == 2
    box.number_anew()
    await two_quiet_runs(engine, user, dovecot, "inbox")
    assert engine.here() == ledger(box, "INBOX")
    assert len(engine.mails) == 2


async def test_mail_without_a_message_id_is_fetched_again_and_known_by_its_content(
    dovecot: Dovecot, user: str
) -> None:
    box = dovecot.mailbox(user)
    box.deliver_many([a_mail(n, message_id=None) for n in range(4)])
    engine = TinyEngine()
    await two_quiet_runs(engine, user, dovecot, "inbox")
    box.number_anew()
    await two_quiet_runs(engine, user, dovecot, "inbox")
    assert engine.here() == ledger(box, "INBOX")
    assert (len(engine.mails), engine.fetched) == (4, 8)


async def test_mail_that_comes_and_goes_during_a_sync(
    dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pull_module, "PAGE", 10)
    monkeypatch.setattr(pull_module, "FIRST_PAGE", 10)
    monkeypatch.setattr(pull_module, "_LOOK_SECONDS", 0.0)
    box = dovecot.mailbox(user)
    box.deliver_many([a_mail(n) for n in range(80)])
    engine = TinyEngine()
    session = mail_session(user, dovecot, archive=engine)
    numbers = itertools.count(1000)
    async with aclosing(session.pull("inbox", Start())) as pages:
        async for page in pages:
            engine.take(page, "inbox")
            if next(numbers) < 1006:
                box.deliver(a_mail(next(numbers)))
                box.files()[0].unlink()
    await session.close()
    await two_quiet_runs(engine, user, dovecot, "inbox")
    assert engine.here() == ledger(box, "INBOX")
    assert engine.fetched == len(engine.mails)

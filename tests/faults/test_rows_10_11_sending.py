"""Rows 10 and 11, the whole line: connections that fail while reading and while sending.

The SMTP server's ledger says what was really taken; the Message-ID made for a reply tells a repeat.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from deskterm.store.connect import connect
from tests.support.line import ACCOUNT, Line, running_line, wait_for
from tests.support.mails import a_mail
from tests.support.office_here import OfficeHere, office_here
from tests.support.proxy import running_proxy
from tests.support.smtp_server import OnBody

TEXT = "Your parcel is on its way."
#: Bytes from the server between two places at which the line is cut. The answer to a mail is
#: longer than the first, so that one of the cuts falls into it.
SEND_FROM, SEND_STEP, READ_STEP = 800, 41, 311


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    with running_line(tmp_path) as line:
        yield line


@pytest.fixture
def ready(line: Line) -> Line:
    """With an account, and a mail in the inbox that has been fetched."""
    line.box.deliver(a_mail(1))
    line.add_account()
    line.run("sync", "--once")
    return line


def ticket(line: Line) -> str:
    ref: str = line.json("list", "is:unresolved")[0]["ref"]
    return ref


def reply(line: Line, *more: str, text: str = TEXT) -> str:
    """Reply to the only ticket; the item's id."""
    item: str = line.json("reply", ticket(line), "--text", text, *more)[0]["item"]
    return item


def item(line: Line, uid: str) -> dict[str, Any]:
    return line.json("outbox", "show", uid)[0]


def comes_to(line: Line, uid: str, state: str) -> dict[str, Any]:
    """Wait until the item stands there."""
    with closing(connect(line.home.database)) as connection:
        wait_for(
            lambda: connection.execute(
                "SELECT 1 FROM outbox_items WHERE uid = ? AND state = ?", (uid, state)
            ).fetchone()
        )
    return item(line, uid)


def attention(line: Line) -> str:
    words: str | None = line.json("list", "is:unresolved")[0]["attention"]
    return words or ""


def is_sent_once(line: Line, uid: str, *, tries: int) -> None:
    """It is sent, the customer has it once, and neither time nor a restart sends it again."""
    found = comes_to(line, uid, "sent")
    assert len(found["tries"]) == tries
    line.end_office()
    line.run("sync", "--once")
    line.run("sync", "--once")
    assert line.smtp.message_ids() == [found["key"]]
    outbound = [m for m in line.json("show", ticket(line))[0]["messages"] if _is_ours(m)]
    assert [m["message_id"] for m in outbound] == [found["key"]]


def _is_ours(message: dict[str, Any]) -> bool:
    return bool(message["direction"] == "outbound")


def only_ticket(line: Line) -> str:
    """The reference of the only ticket, read without the command line."""
    with closing(reader(line)) as connection:
        ((ref,),) = connection.execute("SELECT ref FROM tickets")
    return str(ref)


def reader(line: Line) -> sqlite3.Connection:
    return connect(line.home.database)


async def outcome_of(here: OfficeHere, line: Line, text: str) -> str:
    """Reply, and see where the reply comes to rest."""
    await here.do("ticket.reply", tickets=[only_ticket(line)], text=text, reason="asked for")
    return await ended(line)


async def ended(line: Line) -> str:
    """Wait until the newest reply is sent, waits for its next try, or for a person."""
    with closing(reader(line)) as connection:
        for _ in range(400):
            (state,) = connection.execute(
                "SELECT state FROM outbox_items ORDER BY id DESC"
            ).fetchone()
            if state in ("sent", "retry_later", "ask_agent", "needs_edit"):
                return str(state)
            await asyncio.sleep(0.05)
    raise AssertionError("the reply did not come to an end")


async def decide(here: OfficeHere, line: Line, *, taken: bool) -> None:
    """Do as an agent who looked would, and let everything leave."""
    with closing(reader(line)) as connection:
        asked = connection.execute("SELECT uid FROM outbox_items WHERE state = 'ask_agent'")
        for (uid,) in asked.fetchall():
            await here.do("outbox.mark_sent" if taken else "outbox.send_again", item=uid)
        await here.send()
        waiting = (
            "SELECT i.state, i.reason, a.outcome, a.code, a.text FROM outbox_items i"
            " LEFT JOIN outbox_attempts a ON a.item_id = i.id WHERE i.state != 'sent'"
        )
        assert [tuple(row) for row in connection.execute(waiting)] == []


def stored(line: Line) -> Counter[str]:
    """The Message-IDs of customers' mails in the database."""
    inbound = "SELECT message_id FROM messages WHERE direction = 'inbound'"
    with closing(reader(line)) as connection:
        return Counter(row[0] for row in connection.execute(inbound))


def every_mail_is_here_once(line: Line, count: int) -> None:
    assert stored(line) == Counter(f"<m{number}@mail.example>" for number in range(count))


# Known not to have gone


def test_refused_connection_is_tried_again_and_sent_once(ready: Line) -> None:
    with running_proxy(ready.smtp.port) as proxy:
        proxy.cut()
        ready.run("account", "set", ACCOUNT, f"--set=smtp_port={proxy.port}")
        uid = reply(ready)
        waiting = comes_to(ready, uid, "retry_later")
        assert "could not be reached" in waiting["reason"]
        assert waiting["next_try_at"]
        assert ready.smtp.commands == []
        told = ready.run("sync", "--once").stderr
        assert "1 reply has not left yet" in told
        proxy.restore()
        told = ready.run("sync", "--once").stderr
        assert "not left yet" not in told
        found = comes_to(ready, uid, "sent")
        assert [t["outcome"] for t in found["tries"]] == ["not_taken", "not_taken", "sent"]
        is_sent_once(ready, uid, tries=3)


def test_the_office_tries_again_without_being_asked(ready: Line) -> None:
    ready.smtp.hang_up_on = "MAIL"
    uid = reply(ready)
    comes_to(ready, uid, "retry_later")
    ready.smtp.hang_up_on = ""
    with closing(connect(ready.home.database)) as connection:
        # The first wait is 15 s with up to 30 % of chance.
        wait_for(
            lambda: connection.execute(
                "SELECT 1 FROM outbox_items WHERE state = 'sent'"
            ).fetchone(),
            seconds=30,
        )
    is_sent_once(ready, uid, tries=2)


NOT_TAKEN: tuple[tuple[str, dict[str, str]], ...] = (
    ("RCPT", {}),
    ("", {"MAIL": "451 4.7.1 greylisted, come back"}),
    ("", {"RCPT": "450 4.2.0 mailbox busy"}),
    ("", {"DATA": "421 4.3.2 closing down"}),
    ("", {"BODY": "452 4.3.1 disk full here"}),
)


def test_not_taken_is_tried_again_and_sent_once(ready: Line) -> None:
    """Whether the line broke before the mail went out, or the server said: not now."""
    keys = []
    for number, (hang_up, answers) in enumerate(NOT_TAKEN):
        ready.smtp.hang_up_on = hang_up
        ready.smtp.answers.update(answers)
        uid = reply(ready, "--reason=asked for", text=f"{TEXT} Part {number}.")
        waiting = comes_to(ready, uid, "retry_later")
        for words in answers.values():
            assert words[:3] in waiting["reason"]
            assert words[10:] in waiting["reason"]
        assert len(ready.smtp.taken) == number
        ready.smtp.hang_up_on = ""
        ready.smtp.answers.clear()
        ready.run("sync", "--once")
        keys.append(comes_to(ready, uid, "sent")["key"])
        assert ready.smtp.message_ids() == keys
    ready.end_office()
    ready.run("sync", "--once")
    assert ready.smtp.message_ids() == keys


@pytest.mark.parametrize("verb", ["RCPT", "BODY"])
def test_refused_for_good_needs_an_edit_and_says_why(ready: Line, verb: str) -> None:
    ready.smtp.answers[verb] = "550 5.1.1 nobody of that name"
    uid = reply(ready, "--resolve")
    stopped = comes_to(ready, uid, "needs_edit")
    assert "550 5.1.1 nobody of that name" in stopped["reason"]
    assert "nobody of that name" in attention(ready)
    ready.smtp.answers.clear()
    ready.end_office()
    ready.run("sync", "--once")
    assert ready.smtp.taken == []
    assert item(ready, uid)["state"] == "needs_edit"
    ready.run("outbox", "take-back", uid)
    shown = ready.json("show", ticket(ready))[0]
    assert [d["text"] for d in shown["drafts"]] == [TEXT]
    assert not shown["attention"]
    assert shown["status"] != "resolved"


def test_one_of_several_recipients_refused_sends_to_none(line: Line) -> None:
    copied = b"To: Shop <help@shop.example>\r\nCc: second@example.org\r\n"
    line.box.deliver(a_mail(1).replace(b"To: Shop <help@shop.example>\r\n", copied))
    line.add_account()
    line.run("sync", "--once")
    line.smtp.answers["second@example.org"] = "550 5.1.1 unknown here"
    uid = reply(line, "--cc=second@example.org")
    stopped = comes_to(line, uid, "needs_edit")
    assert "second@example.org" in stopped["reason"]
    assert "unknown here" in attention(line)
    assert line.smtp.taken == []


# May have gone


@pytest.mark.parametrize("taken", [False, True], ids=["not-taken", "taken"])
def test_a_lost_answer_is_asked_about_and_never_sent_again_by_itself(
    ready: Line, taken: bool
) -> None:
    ready.smtp.on_body = OnBody.DROP_AFTER_TAKING if taken else OnBody.DROP_BEFORE_TAKING
    uid = reply(ready, "--resolve")
    asked = comes_to(ready, uid, "ask_agent")
    assert "it may have gone out" in asked["reason"]
    assert "may have gone out" in attention(ready)
    ready.smtp.on_body = OnBody.TAKE
    ready.run("sync", "--once")
    ready.end_office()
    ready.run("sync", "--once")
    assert ready.smtp.message_ids() == [asked["key"]] * taken
    assert item(ready, uid)["state"] == "ask_agent"
    listed = ready.run("outbox", "list").stdout
    assert "outbox mark-sent" in listed
    refused = ready.run("outbox", "take-back", uid, code=1)
    assert "ask agent" in refused.stderr
    if taken:
        ready.run("outbox", "mark-sent", uid)
    else:
        ready.run("outbox", "send-again", uid)
    found = comes_to(ready, uid, "sent")
    assert found["key"] == asked["key"]
    assert ready.smtp.message_ids() == [asked["key"]]
    shown = ready.json("show", ready.json("list", "status:resolved")[0]["ref"])[0]
    assert shown["status"] == "resolved"
    assert not shown["attention"]
    assert [m["message_id"] for m in shown["messages"] if _is_ours(m)] == [asked["key"]]


def test_a_copy_in_the_sent_folder_settles_the_question(ready: Line) -> None:
    """Where the server files what it takes, its copy is the proof that the answer was."""
    ready.smtp.on_body = OnBody.DROP_AFTER_TAKING
    uid = reply(ready)
    comes_to(ready, uid, "ask_agent")
    ready.box.deliver(ready.smtp.taken[0].raw, "Sent", flags="S")
    ready.run("sync", "--once")
    shown = ready.json("show", ticket(ready))[0]
    assert [m["message_id"] for m in shown["messages"] if _is_ours(m)] == [item(ready, uid)["key"]]
    ready.run("outbox", "mark-sent", uid)
    shown = ready.json("show", ticket(ready))[0]
    assert len([m for m in shown["messages"] if _is_ours(m)]) == 1


def test_a_refusal_after_a_lost_answer_proves_nothing(ready: Line) -> None:
    ready.smtp.on_body = OnBody.DROP_AFTER_TAKING
    uid = reply(ready)
    comes_to(ready, uid, "ask_agent")
    ready.smtp.answers["BODY"] = "554 5.6.0 I have this one already"
    ready.run("outbox", "send-again", uid)
    wait_for(lambda: ready.smtp.commands.count("BODY") == 2)
    asked = comes_to(ready, uid, "ask_agent")
    assert len(asked["tries"]) == 2
    assert len(ready.smtp.taken) == 1


async def test_a_server_that_falls_silent_after_taking_is_asked_about(line: Line) -> None:
    line.box.deliver(a_mail(1))
    line.smtp.on_body = OnBody.SILENT_AFTER_TAKING
    async with office_here(line, send_s=1.0) as here:
        assert await here.sync() == "ok"
        await here.do("ticket.reply", tickets=[only_ticket(line)], text=TEXT)
        assert await ended(line) == "ask_agent"
        line.smtp.on_body = OnBody.TAKE
        await here.send()
        await here.sync()
        assert len(line.smtp.taken) == 1


async def test_reset_at_byte_n_of_sending_for_many_n(line: Line) -> None:
    """Whatever the byte: sent means taken, tried again means not taken, else a person is asked."""
    line.box.deliver(a_mail(1))
    ends = Counter[str]()
    with running_proxy(line.smtp.port) as proxy:
        async with office_here(line, smtp_port=str(proxy.port)) as here:
            assert await here.sync() == "ok"
            cut_at, fired = SEND_FROM, True
            while fired:
                cut_at += SEND_STEP
                proxy.cut_after(cut_at)
                taken_before = len(line.smtp.taken)
                end = await outcome_of(here, line, f"{TEXT} Byte {cut_at}.")
                fired = proxy.fired
                taken = len(line.smtp.taken) - taken_before
                assert taken in {"sent": (1,), "retry_later": (0,), "ask_agent": (0, 1)}[end]
                ends[end] += 1
                proxy.restore()
                await decide(here, line, taken=bool(taken))
    keys = Counter(line.smtp.message_ids())
    assert set(keys.values()) == {1}
    assert len(keys) == ends.total()
    assert ends["retry_later"] >= 10
    assert set(ends) == {"sent", "retry_later", "ask_agent"}


# Reading


async def test_reset_at_byte_n_of_reading_for_many_n(line: Line) -> None:
    """Each round is cut a little later; what is missing comes with the next, everything once."""
    results = Counter[str]()
    with running_proxy(line.dovecot.tls_port) as proxy:
        async with office_here(line, imap_port=str(proxy.port)) as here:
            cut_at = mails = 0
            fired = True
            while fired:
                cut_at += READ_STEP
                if stored(line).total() == mails:
                    for number in range(mails, mails + 8):
                        line.box.deliver(a_mail(number, size=100 * (number % 9)))
                    mails += 8
                proxy.cut_after(cut_at)
                results[await here.sync()] += 1
                fired = proxy.fired
            proxy.restore()
            assert await here.sync() == "ok"
            assert await here.sync() == "ok"
    every_mail_is_here_once(line, mails)
    assert results["failed"] >= 12
    assert line.json("account", "list")[0]["health"] == "ok"


def test_a_slow_line_and_a_dead_one(line: Line) -> None:
    line.box.deliver(a_mail(0))
    with running_proxy(line.dovecot.tls_port) as proxy:
        line.add_account(imap_port=str(proxy.port))
        line.run("sync", "--once")
        line.end_office()
        proxy.cut()
        line.box.deliver(a_mail(1))
        line.run("reply", only_ticket(line), "--text", TEXT)
        wait_for(lambda: line.json("account", "list")[0]["health"] in ("retrying", "paused"))
        assert "could not be reached" in line.json("account", "list")[0]["text"]
        assert len(line.json("list")) == 1
        proxy.delay = 0.02
        proxy.restore()
        wait_for(lambda: line.json("account", "list")[0]["health"] == "ok")
    every_mail_is_here_once(line, 2)

"""Row 24, the whole line: the customer writes while a reply is held, or waits for the network."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from deskterm.store.connect import connect
from tests.support.line import Line, running_line, wait_for
from tests.support.mails import a_mail
from tests.support.proxy import Proxy, running_proxy

TEXT = "Your parcel is on its way."


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    with running_line(tmp_path) as line:
        line.box.deliver(a_mail(1))
        yield line


@pytest.fixture
def offline(line: Line) -> Iterator[tuple[Line, Proxy, Proxy]]:
    """An account behind two lines, one for reading and one for sending."""
    with running_proxy(line.dovecot.tls_port) as imap, running_proxy(line.smtp.port) as smtp:
        line.add_account(imap_port=str(imap.port), smtp_port=str(smtp.port))
        line.run("sync", "--once")
        yield line, imap, smtp


def writes_again(line: Line, words: str) -> None:
    """The customer of the first mail answers it once more."""
    mail = a_mail(2).replace(b"customer2", b"customer1")
    mail = mail.replace(b"MIME-Version", b"In-Reply-To: <m1@mail.example>\r\nMIME-Version", 1)
    line.box.deliver(mail.replace(b"Hello, where is", words.encode() + b", where is"))


def ref(line: Line) -> str:
    (found,) = line.json("list")
    return str(found["ref"])


def held(line: Line) -> str:
    (answer,) = line.json("reply", ref(line), "--text", TEXT)
    assert answer["outcome"] == "held"
    return str(answer["item"])


def comes_to(line: Line, uid: str, state: str) -> dict[str, Any]:
    with closing(connect(line.home.database)) as connection:
        wait_for(
            lambda: connection.execute(
                "SELECT 1 FROM outbox_items WHERE uid = ? AND state = ?", (uid, state)
            ).fetchone()
        )
    return line.json("outbox", "show", uid)[0]


def stopped_because_the_customer_wrote(line: Line, uid: str) -> None:
    stopped = comes_to(line, uid, "needs_edit")
    assert "everywhere.answer_to_newest" in stopped["reason"]
    (shown,) = line.json("show", ref(line))
    assert stopped["reason"] in shown["attention"]
    assert shown["attention"].startswith("The reply did not go out")
    assert len(shown["messages"]) == 2
    assert shown["status"] not in ("resolved", "waiting_customer")
    assert line.smtp.taken == []


def test_written_while_held_it_stops_and_is_sent_anyway(line: Line) -> None:
    line.settings("hold_s = 2\n")
    line.add_account()
    line.run("sync", "--once")
    uid = held(line)
    writes_again(line, "Stop")
    line.run("sync", "--once")
    stopped_because_the_customer_wrote(line, uid)
    assert "--reason" in line.run("outbox", "send-anyway", uid, code=2).stderr
    line.run("outbox", "send-anyway", uid, "--reason", "It answers that as well.")
    found = comes_to(line, uid, "sent")
    assert line.smtp.message_ids() == [found["key"]]
    (shown,) = line.json("show", ref(line))
    assert shown["attention"] is None
    assert [m["direction"] for m in shown["messages"]].count("outbound") == 1


def test_written_while_offline_it_stops_before_it_leaves(
    offline: tuple[Line, Proxy, Proxy],
) -> None:
    line, imap, smtp = offline
    imap.cut()
    smtp.cut()
    uid = held(line)
    comes_to(line, uid, "retry_later")
    writes_again(line, "Stop")
    imap.restore()
    smtp.restore()
    line.run("sync", "--once")
    stopped_because_the_customer_wrote(line, uid)
    line.run("outbox", "take-back", uid)
    (shown,) = line.json("show", ref(line))
    assert [draft["text"] for draft in shown["drafts"]] == [TEXT]
    assert shown["attention"] is None
    assert shown["outbox"] == []
    line.end_office()
    line.run("sync", "--once")
    assert line.smtp.taken == []


def test_once_sent_anyway_a_newer_mail_stops_it_again(offline: tuple[Line, Proxy, Proxy]) -> None:
    """The reason was given for what had been seen: it is no pass for what comes later."""
    line, imap, smtp = offline
    smtp.cut()
    uid = held(line)
    comes_to(line, uid, "retry_later")
    writes_again(line, "Stop")
    line.run("sync", "--once")
    comes_to(line, uid, "needs_edit")
    line.run("outbox", "send-anyway", uid, "--reason", "It answers that as well.")
    comes_to(line, uid, "retry_later")
    imap.cut()
    third = a_mail(3).replace(b"customer3", b"customer1")
    third = third.replace(b"MIME-Version", b"In-Reply-To: <m1@mail.example>\r\nMIME-Version", 1)
    line.box.deliver(third)
    imap.restore()
    smtp.restore()
    line.run("sync", "--once")
    stopped = comes_to(line, uid, "needs_edit")
    assert "everywhere.answer_to_newest" in stopped["reason"]
    assert line.smtp.taken == []


def test_a_note_or_an_automatic_mail_stops_nothing(line: Line) -> None:
    line.settings("hold_s = 2\n")
    line.add_account()
    line.run("sync", "--once")
    uid = held(line)
    line.run("do", "note", ref(line), "--param=text=Called the carrier.")
    line.run("do", "tag", ref(line), "--param=tag=late")
    found = comes_to(line, uid, "sent")
    assert line.smtp.message_ids() == [found["key"]]

"""Rows 10 and 11, the whole line: connections that fail while reading and while sending.

The SMTP server's ledger says what was really taken; the Message-ID made for a reply tells a repeat.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from deskterm.office.client import OfficeClient
from deskterm.store.connect import connect
from tests.support.line import ACCOUNT, Line, running_line, wait_for
from tests.support.mails import a_mail
from tests.support.proxy import Proxy, running_proxy
from tests.support.smtp_server import OnBody

TEXT = "Your parcel is on its way."
#: Bytes from the server between two places at which the line is cut.
STEP = 131


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


def reply(line: Line, *more: str) -> str:
    """Reply to the only ticket; the item's id."""
    item: str = line.json("reply", ticket(line), "--text", TEXT, *more)[0]["item"]
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


@pytest.mark.parametrize(
    ("hang_up", "answers"),
    [
        ("RCPT", {}),
        ("DATA", {}),
        ("", {"MAIL": "451 4.7.1 greylisted, come back"}),
        ("", {"RCPT": "450 4.2.0 mailbox busy"}),
        ("", {"DATA": "421 4.3.2 closing down"}),
        ("", {"BODY": "452 4.3.1 disk full here"}),
    ],
    ids=["lost-at-rcpt", "lost-at-data", "4xx-mail", "4xx-rcpt", "4xx-data", "4xx-body"],
)
def test_not_taken_is_tried_again_and_sent_once(
    ready: Line, hang_up: str, answers: dict[str, str]
) -> None:
    ready.smtp.hang_up_on = hang_up
    ready.smtp.answers.update(answers)
    uid = reply(ready)
    waiting = comes_to(ready, uid, "retry_later")
    for words in answers.values():
        assert words[:3] in waiting["reason"]
        assert words[10:] in waiting["reason"]
    assert ready.smtp.taken == []
    ready.smtp.hang_up_on = ""
    ready.smtp.answers.clear()
    ready.run("sync", "--once")
    is_sent_once(ready, uid, tries=2)


@pytest.mark.parametrize("verb", ["RCPT", "BODY"])
def test_refused_for_good_needs_an_edit_and_says_why(ready: Line, verb: str) -> None:
    ready.smtp.answers[verb] = "550 5.1.1 nobody of that name"
    uid = reply(ready, "--resolve")
    stopped = comes_to(ready, uid, "needs_edit")
    assert "550 5.1.1 nobody of that name" in stopped["reason"]
    assert "nobody of that name" in attention(ready)
    ready.smtp.answers.clear()
    ready.run("sync", "--once")
    ready.end_office()
    ready.run("sync", "--once")
    assert ready.smtp.taken == []
    assert item(ready, uid)["state"] == "needs_edit"
    ready.run("outbox", "take-back", uid)
    shown = ready.json("show", ticket(ready))[0]
    assert [d["text"] for d in shown["drafts"]] == [TEXT]
    assert not shown["attention"]
    assert shown["status"] != "resolved"


def test_one_of_several_recipients_refused_sends_to_none(ready: Line) -> None:
    ready.smtp.answers["second@example.org"] = "550 5.1.1 unknown here"
    uid = reply(ready, "--to=customer1@example.org", "--cc=second@example.org")
    stopped = comes_to(ready, uid, "needs_edit")
    assert "second@example.org" in stopped["reason"]
    assert "unknown here" in attention(ready)
    assert ready.smtp.taken == []


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
    shown = ready.json("show", ready.json("list", "is:resolved")[0]["ref"])[0]
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


# Reading


@pytest.fixture
def proxied(line: Line) -> Iterator[tuple[Line, Proxy, OfficeClient]]:
    """An account that reads through a proxy, and a door to its office."""
    with running_proxy(line.dovecot.tls_port) as proxy:
        line.box.deliver(a_mail(0))
        line.add_account(imap_port=str(proxy.port))
        line.run("sync", "--once")
        with OfficeClient.connect(line.home.socket_path(line.env)) as door:
            yield line, proxy, door


def sync(door: OfficeClient) -> str:
    """One round now; its result."""
    answer = door.call("sync.once", {}, timeout_s=30).result
    rows = json.loads(json.dumps(answer["accounts"]))
    result: str = rows[0]["result"]
    return result


def every_mail_is_here_once(line: Line, count: int) -> None:
    with closing(connect(line.home.database)) as connection:
        stored = Counter(row[0] for row in connection.execute("SELECT message_id FROM messages"))
    assert stored == Counter(f"<m{number}@mail.example>" for number in range(count))


def test_reset_at_byte_n_of_reading_for_many_n(
    proxied: tuple[Line, Proxy, OfficeClient],
) -> None:
    line, proxy, door = proxied
    number, quiet, results = 0, 0, Counter[str]()
    while quiet < 3:
        number += 1
        line.box.deliver(a_mail(number, size=STEP * 3))
        proxy.cut_after(number * STEP)
        results[sync(door)] += 1
        quiet = 0 if proxy.fired else quiet + 1
    proxy.restore()
    wait_for(lambda: sync(door) == "ok")
    every_mail_is_here_once(line, number + 1)
    assert results["failed"] >= 10
    assert line.json("account", "list")[0]["health"] == "ok"


def test_a_slow_line_and_a_dead_one(proxied: tuple[Line, Proxy, OfficeClient]) -> None:
    line, proxy, door = proxied
    proxy.cut()
    line.box.deliver(a_mail(1))
    assert sync(door) == "failed"
    account = line.json("account", "list")[0]
    assert account["health"] in ("retrying", "paused")
    assert "could not be reached" in account["text"]
    assert len(line.json("list")) == 1
    proxy.delay = 0.02
    proxy.restore()
    wait_for(lambda: sync(door) == "ok")
    every_mail_is_here_once(line, 2)
    assert line.json("account", "list")[0]["health"] == "ok"

"""The line: mail from a real IMAP server in, a checked answer out, once."""

from __future__ import annotations

import imaplib
import signal
import ssl
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deskterm.store.connect import connect
from tests.support.dovecot import PASSWORD
from tests.support.line import ACCOUNT, ADDRESS, Line, running_line, wait_for
from tests.support.mails import a_mail

MANY = 10_000


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    with running_line(tmp_path) as line:
        yield line


@contextmanager
def syncing(line: Line) -> Iterator[None]:
    """`deskterm sync` in the foreground, as under systemd."""
    process = subprocess.Popen(
        [sys.executable, "-m", "deskterm", "sync"],
        env=line.env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 0, said


def message_ids(line: Line, direction: str) -> Counter[str]:
    connection = connect(line.home.database)
    try:
        rows = connection.execute(
            "SELECT message_id FROM messages WHERE direction = ?", (direction,)
        ).fetchall()
    finally:
        connection.close()
    return Counter(row[0] for row in rows)


def ref_of(line: Line, words: str) -> str:
    return str(line.json("list", words)[0]["ref"])


@pytest.mark.timeout(240)
def test_ten_thousand_mails_arrive_once_and_one_is_answered(line: Line) -> None:
    line.end_office()
    line.box.deliver_many([a_mail(number) for number in range(MANY)])
    line.add_account()
    line.end_office()
    line.run("sync", "--once", timeout=200)
    assert message_ids(line, "inbound") == Counter(f"<m{n}@mail.example>" for n in range(MANY))
    again = line.json("sync", "--once")
    assert [(a["result"], a["stored"], a["changed"], a["bytes"]) for a in again] == [
        ("ok", 0, 0, 0)
    ]

    with syncing(line):
        wait_for(lambda: line.office_pid() is not None)
        wait_for(lambda: line.json("account", "list")[0]["health"] == "ok")
        line.box.deliver(a_mail(MANY))
        # Without IDLE the next look would come in five minutes.
        wait_for(lambda: f"<m{MANY}@mail.example>" in message_ids(line, "inbound"))
        ref = ref_of(line, f"number {MANY}")
        line.run("reply", ref, "--text", "It was handed to the carrier.", "--resolve")
        wait_for(lambda: line.json("show", ref)[0]["status"] == "resolved")
        wait_for(lambda: len(line.box.files("Sent")) == 1)

    (key,) = line.smtp.message_ids()
    assert line.smtp.taken[0].recipients == (f"customer{MANY}@example.org",)
    assert message_ids(line, "outbound") == Counter([key])
    assert thread_of(line, key) == [f"<m{MANY}@mail.example>", key]


def thread_of(line: Line, key: str) -> list[str]:
    """What Dovecot's THREAD=REFERENCES (RFC 5256) puts together with a mail, in its order."""
    tls = ssl.create_default_context(cafile=str(line.ca_file))
    with imaplib.IMAP4_SSL("127.0.0.1", line.dovecot.tls_port, ssl_context=tls) as imap:
        imap.login(ADDRESS, PASSWORD)
        imap.create("Both")
        for folder, message_id in (("INBOX", f"<m{MANY}@mail.example>"), ("Sent", key)):
            imap.select(folder)
            _, found = imap.uid("SEARCH", "HEADER", "Message-ID", message_id)
            imap.uid("COPY", found[0].decode(), "Both")
        imap.select("Both")
        _, threads = imap.uid("THREAD", "REFERENCES", "UTF-8", "ALL")
        assert threads[0] == b"(1 2)"
        ids = []
        for uid in ("1", "2"):
            _, data = imap.uid("FETCH", uid, "(BODY.PEEK[HEADER.FIELDS (MESSAGE-ID)])")
            ids.append(data[0][1].decode().partition(":")[2].strip())
        return ids


def test_network_gone_and_back(line: Line) -> None:
    for number in range(3):
        line.box.deliver(a_mail(number))
    line.add_account()
    line.run("sync", "--once")
    line.end_office()
    refs = [ref_of(line, f"number {n}") for n in range(3)]

    nowhere = {"imap_port": "1", "smtp_port": "1"}
    sets = [f"--set={key}={value}" for key, value in nowhere.items()]
    line.run("account", "set", ACCOUNT, *sets)
    wait_for(lambda: line.json("account", "list")[0]["health"] == "retrying")
    assert line.json("search", "parcel")
    assert line.json("show", refs[0])[0]["messages"]
    line.run("do", "tag", refs[1], "--param", "tag=later")
    line.run("do", "resolve", refs[2])
    line.run("reply", refs[0], "--text", "We have looked into it.")
    line.run("reply", refs[1], "--text", "Your parcel waits at the depot.")
    states = wait_for(lambda: offline_states(line))
    assert states == ["retry_later", "retry_later"]
    assert line.smtp.taken == []
    line.end_office()
    assert offline_states(line) == ["retry_later", "retry_later"]

    # Meanwhile one of the customers has written again: that reply stops at its gate.
    answer = a_mail(77).replace(b"MIME-Version", b"In-Reply-To: <m1@mail.example>\r\nMIME-Version")
    line.box.deliver(answer.replace(b"customer77", b"customer1"))
    back = {"imap_port": str(line.dovecot.tls_port), "smtp_port": str(line.smtp.port)}
    line.run("account", "set", ACCOUNT, *[f"--set={k}={v}" for k, v in back.items()])
    wait_for(lambda: line.json("account", "list")[0]["health"] == "ok")
    wait_for(lambda: line.json("outbox", "list", "--all")[0]["state"] == "sent")
    stopped = wait_for(
        lambda: [i for i in line.json("outbox", "list") if i["state"] == "needs_edit"]
    )
    assert [i["ticket"] for i in stopped] == [refs[1]]
    assert "written" in stopped[0]["reason"] or "wrote" in stopped[0]["reason"]
    assert len(line.smtp.taken) == 1
    assert line.json("show", refs[1])[0]["attention"]
    assert line.json("show", refs[1])[0]["tags"] == ["later"]


def offline_states(line: Line) -> list[str]:
    states = [item["state"] for item in line.json("outbox", "list")]
    return [] if {"held", "queued", "sending"} & set(states) else states


def test_the_office_ends_by_itself_but_not_before_the_hold(line: Line) -> None:
    line.settings("hold_s = 3\n[office]\nidle_s = 1\n")
    line.box.deliver(a_mail(1))
    line.add_account()
    line.run("sync", "--once")
    wait_for(lambda: line.office_pid() is None)
    ref = ref_of(line, "number")
    line.run("reply", ref, "--text", "It left today.")
    wait_for(lambda: line.office_pid() is None)
    assert len(line.smtp.taken) == 1
    assert line.json("outbox", "list") == []


def test_taken_back_within_the_hold(line: Line) -> None:
    line.settings("hold_s = 60\n")
    line.box.deliver(a_mail(1))
    line.add_account()
    line.run("sync", "--once")
    ref = ref_of(line, "number")
    line.run("reply", ref, "--text", "It left today.", "--resolve")
    assert line.json("show", ref)[0]["outgoing"] == "resolve"
    line.run("do", "undo")
    shown = line.json("show", ref)[0]
    assert (shown["outgoing"], shown["status"]) == (None, "new")
    assert [d["text"] for d in shown["drafts"]] == ["It left today."]
    line.end_office()
    line.run("sync", "--once")
    assert line.smtp.taken == []


def test_a_killed_hold_begins_anew_and_sends_once(line: Line) -> None:
    line.settings("hold_s = 2\n")
    line.box.deliver(a_mail(1))
    line.add_account()
    line.run("sync", "--once")
    ref = ref_of(line, "number")
    line.run("reply", ref, "--text", "It left today.")
    line.kill_office()
    line.run("sync", "--once")
    assert len(line.smtp.taken) == len(line.box.files("Sent")) == 1
    line.run("sync", "--once")
    assert len(line.smtp.taken) == 1


def test_a_blocked_reply_does_not_leave(line: Line) -> None:
    line.box.deliver(a_mail(1))
    line.add_account()
    line.run("sync", "--once")
    ref = ref_of(line, "number")
    done = line.run("reply", ref, "--text", "Hello {{customer.name}}, it left.", code=1)
    assert "everywhere.no_placeholder" in done.stdout
    assert [d["text"] for d in line.json("show", ref)[0]["drafts"]] == [
        "Hello {{customer.name}}, it left."
    ]
    assert line.json("outbox", "list", "--all") == []

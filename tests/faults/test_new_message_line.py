"""A new message on the whole line: out by SMTP with a file, the answer back onto its ticket."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from tests.support.line import ACCOUNT, Line, running_line, wait_for

TEXT = "Your lamp is back in stock; shall we send it?"


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Line]:
    with running_line(tmp_path) as line:
        yield line


def test_a_new_message_leaves_once_and_its_answer_comes_back_to_it(
    line: Line, tmp_path: Path
) -> None:
    line.add_account()
    (tmp_path / "lamp.txt").write_text("40 cm, oak", encoding="utf-8")
    to = ("--to", "Carl Rossi <carl@mail.example>", "--subject", "Your lamp")
    attached = ("--attach", str(tmp_path / "lamp.txt"))
    held = line.json("new", "--account", ACCOUNT, *to, "--text", TEXT, *attached)[0]
    assert held["outcome"] == "held"
    wait_for(lambda: line.json("show", held["ticket"])[0]["status"] == "waiting_customer")
    (sent,) = line.smtp.taken
    assert sent.recipients == ("carl@mail.example",)
    mail = message_from_bytes(sent.raw, policy=default)
    assert mail["Subject"] == "Your lamp"
    assert mail["In-Reply-To"] is None
    assert [part.get_filename() for part in mail.iter_attachments()] == ["lamp.txt"]

    answer = (
        f"From: Carl Rossi <carl@mail.example>\r\nTo: help@shop.example\r\n"
        f"Subject: Re: Your lamp\r\nMessage-ID: <answer@mail.example>\r\n"
        f"In-Reply-To: {mail['Message-ID']}\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\n"
        "Yes please\r\n"
    )
    line.box.deliver(answer.encode(), at=datetime.now(UTC) + timedelta(seconds=2))
    line.run("sync", "--once")
    shown = line.json("show", held["ticket"])[0]
    assert shown["status"] == "open"
    assert [message["direction"] for message in shown["messages"]] == ["outbound", "inbound"]
    assert len(line.json("list")) == 1

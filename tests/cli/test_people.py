"""What people see: hostile text is only text, and a narrow terminal still shows what counts."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskterm.config.paths import Home
from deskterm.office.lock import is_held, read_info
from tests.support.line import environment, wait_for

HOSTILE = "\x1b]52;c;cm0gLXJmIH4=\x07 \x1b[31mred\x1b[0m \x9b2J [@click=app.quit]x[/] \u202egpj.exe"
_MAIL = """\
From marta@mail.example Fri Nov 20 10:00:00 2026
From: "{hostile}" <marta@mail.example>
To: help@shop.example
Subject: {hostile} {long}
Message-ID: <1@mail.example>
Date: Fri, 20 Nov 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Hello {hostile}

"""


class Terminal:
    def __init__(self, root: Path) -> None:
        self.env = environment(root) | {"COLUMNS": "80"}
        box = root / "box"
        box.write_text(_MAIL.format(hostile=HOSTILE, long="very " * 40), "utf-8")
        fields = ("address=help@shop.example", "imap_host=127.0.0.1", "imap_port=9")
        sets = [f"--set={field}" for field in (*fields, "smtp_host=127.0.0.1", "smtp_port=9")]
        self.run("account", "add", "email", "shop", *sets)
        self.run("import", "mbox", str(box), "--account", "shop")

    def run(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "deskterm", *words],
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=60,
            check=True,
        )
        return done.stdout.decode()

    def end(self) -> None:
        lock = Home.find(self.env).lock
        info = read_info(lock) if is_held(lock) else None
        if info:
            os.kill(info.pid, signal.SIGTERM)
            wait_for(lambda: not is_held(lock))


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    terminal = Terminal(tmp_path)
    try:
        yield terminal
    finally:
        terminal.end()


def test_no_control_byte_but_newlines(terminal: Terminal) -> None:
    ref = terminal.run("list").split("\n")[1][:6]
    shown = [
        terminal.run("list"),
        terminal.run("show", ref),
        terminal.run("show", ref, "--full"),
        terminal.run("show", ref, "--raw"),
        terminal.run("search", "hello"),
        terminal.run("tag", ref, "--tag", "vip"),
        terminal.run("undo"),
        terminal.run("account", "list"),
        terminal.run("list", "--json"),
        terminal.run("show", ref, "--json"),
    ]
    for text in shown:
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text), text


def test_a_list_at_eighty_columns(terminal: Terminal) -> None:
    head, row = terminal.run("list").splitlines()
    assert head.split() == ["ref", "age", "status", "customer", "subject"]
    assert re.match(r"[a-z][0-9a-z]{5} ", row)
    assert max(map(len, (head, row))) <= 80


def test_a_negated_word_is_no_option(terminal: Terminal) -> None:
    ref = terminal.run("list").split("\n")[1][:6]
    terminal.run("tag", ref, "--tag", "vip")
    assert ref not in terminal.run("list", "-tag:vip")
    assert ref in terminal.run("list", "tag:vip")

"""Row 33, the whole line: no secret anywhere, no words of a customer outside the database.

Made-up secrets and sentences go through everything that is done every day and through faults;
then every file, every line printed and every command line of a process is searched for them.
"""

from __future__ import annotations

import base64
import sqlite3
import subprocess
import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, quote_plus

import pytest

from tests.support.dovecot import PASSWORD
from tests.support.line import ACCOUNT, ADDRESS, Line, running_line, wait_for

WRONG = "wr0ng+canary/7731=ü ö"
PASSPHRASE = "passphrase-canary 4489 & more"
CUSTOMER = ("Zebulon", "zebulon.quagga", "purple-gnu-5150", "okapi_invoice", "ibex-content-8086")
TYPED = ("wombat-answer-1701", "numbat-note-1812", "dugong-refused-1914")


@dataclass
class Heard:
    """All that was printed."""

    said: list[str] = field(default_factory=list)

    def run(
        self, line: Line, *words: str, stdin: str = "", code: int | None = 0
    ) -> subprocess.CompletedProcess[str]:
        done = line.run(*words, stdin=stdin, code=code)
        self.said += [done.stdout, done.stderr]
        return done


def forms(value: str) -> set[bytes]:
    """A secret as it may stand in a file: plain, for URLs, in hex, and within base64."""
    raw = value.encode()
    found = {raw, raw.hex().encode()}
    found |= {text.encode() for text in (quote(value), quote(value, safe=""), quote_plus(value))}
    for before in range(3):
        text = base64.b64encode(b"\0" * before + raw)
        # The ends depend on the neighbours.
        core = text[4 * (before > 0) : -4]
        found |= {core, core.replace(b"+", b"-").replace(b"/", b"_")}
    return found


def secrets() -> set[bytes]:
    return set().union(*(forms(value) for value in (PASSWORD, WRONG, PASSPHRASE)))


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()


def hits(places: Iterable[tuple[str, bytes]], wanted: Iterable[bytes]) -> list[tuple[str, bytes]]:
    needles = list(wanted)
    return [(name, needle) for name, data in places for needle in needles if needle in data]


@contextmanager
def watched_processes() -> Iterator[dict[str, bytes]]:
    """The command line of every process that was seen meanwhile."""
    seen: dict[str, bytes] = {}
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.1):
            for path in Path("/proc").glob("[0-9]*/cmdline"):
                try:
                    words = path.read_bytes()
                except OSError:
                    continue
                seen[f"{path.parent.name} {len(words)}"] = words

    watcher = threading.Thread(target=watch, name="process-watch")
    watcher.start()
    try:
        yield seen
    finally:
        over.set()
        watcher.join()


def canary_mail() -> bytes:
    """A mail of a customer, with a file."""
    head = (
        "From: Zebulon Quagga <zebulon.quagga@example.org>\r\n"
        "To: Shop <help@shop.example>\r\n"
        "Subject: About purple-gnu-5150\r\n"
        "Date: Mon, 02 Nov 2026 09:00:00 +0100\r\n"
        "Message-ID: <canary@mail.example>\r\n"
        "MIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n'
    )
    text = "--b\r\nContent-Type: text/plain\r\n\r\nWhere is my purple-gnu-5150?\r\n"
    file = (
        "--b\r\nContent-Type: text/plain\r\n"
        'Content-Disposition: attachment; filename="okapi_invoice.txt"\r\n\r\n'
        "ibex-content-8086\r\n--b--\r\n"
    )
    return (head + text + file).encode()


@pytest.fixture(params=["env", "file"])
def line(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Line]:
    with running_line(tmp_path, 'hold_s = 0\n[log]\nlevel = "debug"\n') as line:
        line.env["DESKTERM_SECRETS"] = request.param
        line.env["DESKTERM_SECRET_OTHER_PASSWORD"] = WRONG
        if request.param == "file":
            del line.env["DESKTERM_SECRET_SHOP_PASSWORD"]
            del line.env["DESKTERM_SECRET_OTHER_PASSWORD"]
            line.env["DESKTERM_PASSPHRASE"] = PASSPHRASE
        yield line


def every_day(line: Line, heard: Heard) -> None:
    in_file = line.env["DESKTERM_SECRETS"] == "file"
    sets = [f"--set={key}={value}" for key, value in line.fields(username=ADDRESS).items()]
    for name, password in ((ACCOUNT, PASSWORD), ("other", WRONG)):
        more = ["--secret=password=-"] if in_file else []
        given = f"{password}\n" if in_file else ""
        heard.run(line, "account", "add", "email", name, *sets, *more, stdin=given)
    heard.run(line, "account", "check", ACCOUNT)
    refused = heard.run(line, "account", "check", "other", code=1)
    assert "Check username and password" in refused.stderr
    heard.run(line, "sync", "--once", code=1)
    (ticket,) = line.json("list")
    heard.run(line, "show", ticket["ref"])
    heard.run(line, "search", "purple-gnu-5150")
    heard.run(line, "do", "note", ticket["ref"], "--param=text=-", stdin="numbat-note-1812")
    heard.run(line, "reply", ticket["ref"], stdin="wombat-answer-1701 left today.")
    wait_for(lambda: line.smtp.taken)
    line.smtp.answers["BODY"] = "550 5.7.1 zebulon.quagga@example.org wants no purple-gnu-5150"
    heard.run(line, "reply", ticket["ref"], stdin="dugong-refused-1914 left as well.")
    wait_for(lambda: line.json("outbox", "list"))
    wait_for(lambda: line.json("outbox", "list")[0]["state"] == "needs_edit")
    heard.run(line, "outbox", "list")
    heard.run(line, "doctor", code=None)
    heard.run(line, "account", "list")


def faults(line: Line, heard: Heard) -> None:
    (ticket,) = line.json("list")
    line.kill_office()
    heard.run(line, "do", "tag", ticket["ref"], "--param=tag=late")
    line.end_office()
    # A table that is missing is a fault that nobody foresaw: report and log must not quote.
    with closing(sqlite3.connect(line.home.database)) as connection:
        connection.execute("ALTER TABLE tickets RENAME TO tickets_gone")
    crashed = heard.run(line, "list", "purple-gnu-5150", code=1)
    assert "report without texts" in crashed.stderr
    assert list(line.home.crashes.glob("*.txt"))
    heard.run(line, "do", "note", ticket["ref"], "--param=text=-", stdin="numbat", code=1)
    heard.run(line, "doctor", code=None)
    line.end_office()
    line.home.database.write_bytes(b"purple-gnu-5150 " * 1_000)
    heard.run(line, "list", code=1)
    heard.run(line, "sync", "--once", code=1)
    heard.run(line, "doctor", code=None)


def test_no_secret_and_no_customer_where_they_do_not_belong(line: Line) -> None:
    heard = Heard()
    line.box.deliver(canary_mail())
    with watched_processes() as processes:
        every_day(line, heard)
        line.end_office()
        kept = dict(files(line.home.data.parent))
        faults(line, heard)
    assert any(
        "deskterm.office" in words.decode("utf-8", "replace") for words in processes.values()
    )
    assert (line.home.logs / "office.log").stat().st_size > 0

    # The net itself: what is searched for can be found.
    assert hits([("x", base64.b64encode(f"\0{ADDRESS}\0{PASSWORD}".encode()))], secrets())
    assert hits(kept.items(), [b"help@shop.example"])

    everywhere = [*kept.items(), *files(line.home.data.parent)]
    printed = [("printed", text.encode()) for text in heard.said]
    assert hits(everywhere, secrets()) == []
    assert hits(printed, secrets()) == []
    assert hits(processes.items(), secrets()) == []

    own = (line.home.database.name, f"{line.home.database.name}-wal")
    outside = [
        (name, data)
        for name, data in everywhere
        if Path(name).name not in own and "attachments" not in Path(name).parts
    ]
    words = {word.encode() for word in (*CUSTOMER, *TYPED)}
    assert hits(outside, words) == []
    assert any(name.startswith("state/log/") for name, _ in outside)
    assert any("crash" in name for name, _ in outside)

"""`deskterm erase` and `export`: one customer leaves no trace, another stays whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskterm.config.paths import Home
from tests.cli.test_people import Terminal
from tests.support.pty import Terminal as Screen

WORDS = ("zula.quagga", "Quagga", "purplegnu", "okapinote", "wombattyped")
_MAIL = """\
From {address} Fri Nov 20 10:00:00 2026
From: "{name}" <{address}>
To: help@shop.example
Subject: {subject}
Message-ID: <{number}@mail.example>
Date: Fri, 20 Nov 2026 10:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain

{body}
--b
Content-Type: text/plain
Content-Disposition: attachment; filename="about.txt"

A list of what {name} wants: {subject}
--b--

"""


def mail(number: int, name: str, address: str, subject: str, body: str) -> str:
    return _MAIL.format(number=number, name=name, address=address, subject=subject, body=body)


class Shop(Terminal):
    """A shop that has heard of Zula Quagga and of Ben Quist."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        self.home = Home.find(self.env)
        self.box = root / "more"
        self.box.write_text(
            mail(2, "Zula Quagga", "zula.quagga@mail.example", "My purplegnu", "It is purplegnu.")
            + mail(3, "Ben Quist", "ben@mail.example", "A lamp", "Where is the lamp?")
            + mail(4, "Cleo Quist", "cleo@mail.example", "A chair", "Where is the chair?"),
            "utf-8",
        )
        self.take_in()

    def take_in(self) -> dict[str, object]:
        """Import the mails; what became of them."""
        told = self.run("import", "mbox", str(self.box), "--account", "shop", "--json")
        taken: dict[str, object] = json.loads(told)
        return taken

    def call(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "deskterm", *words],
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def traces(self) -> set[str]:
        root = Path(self.env["DESKTERM_HOME"])
        content = b"".join(path.read_bytes() for path in root.rglob("*") if path.is_file()).lower()
        return {word for word in WORDS if word.lower().encode() in content}


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    shop = Shop(tmp_path_factory.mktemp("erased"))
    yield shop
    shop.end()


def test_a_customer_is_erased_to_the_last_file(shop: Shop) -> None:
    found = json.loads(shop.run("customer", "quagga", "--json"))
    ref = found["tickets"][0]["ref"]
    shop.run("note", ref, "--text", "okapinote of the team")
    state = shop.home.state
    for name, text in (
        ("copied.txt", "purplegnu"),
        ("opened/bill.txt", "purplegnu"),
        ("typed/1.json", json.dumps({"params": {"tickets": [ref], "text": "wombattyped"}})),
        ("unsent/1.txt", "Dear Zula Quagga, wombattyped"),
        ("unsent/2.txt", "Dear Ben"),
    ):
        (state / name).parent.mkdir(mode=0o700, exist_ok=True)
        (state / name).write_text(text, "utf-8")
    exported = [
        json.loads(line) for line in shop.run("export", "zula.quagga@mail.example").splitlines()
    ]
    assert {one["table"] for one in exported} >= {"customers", "tickets", "messages", "notes"}
    assert "It is purplegnu." in {one["row"].get("body") for one in exported}
    assert not [one for one in exported if "Ben" in json.dumps(one)]
    assert shop.traces() == set(WORDS)
    asked = shop.call("erase", "quagga")
    assert (asked.returncode, "tickets: 1, messages: 1" in asked.stdout) == (2, True)
    assert shop.traces() == set(WORDS)

    part = shop.call("erase", "quagga", "--yes")
    assert (part.returncode, "part of a name" in part.stderr) == (2, True)
    found = json.loads(shop.run("erase", "zula quagga", "--yes", "--json"))
    assert (found["tickets"], found["notes"], found["files"]) == (1, 1, 1)
    assert found["is_clean"]
    assert found["left"] == [str(state / "unsent" / "2.txt")]
    taken = shop.take_in()
    assert (taken["stored"], taken["known"], taken["erased"]) == (0, 2, 1)
    assert shop.traces() == set()
    assert "A lamp" in shop.run("list")
    assert shop.call("erase", "quagga", "--yes").returncode == 2


def test_a_person_is_asked_and_may_say_no(shop: Shop) -> None:
    command = [sys.executable, "-m", "deskterm", "erase", "cleo@mail.example"]
    for answer, code in (("no", 1), ("yes", 0)):
        with Screen(command, {**os.environ, **shop.env, "LANGUAGE": "en"}) as screen:
            screen.wait_for("Type yes")
            screen.send(f"{answer}\n")
            assert screen.ended() == code
    assert "A chair" not in shop.run("list")


def test_the_desk_erases_whom_the_whole_address_names(shop: Shop) -> None:
    def typed(*lines: str) -> str:
        return subprocess.run(
            [sys.executable, "-m", "deskterm", "--plain"],
            env=shop.env,
            input="\n".join([*lines, "quit", ""]),
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout

    told = typed("customer.erase", "customer.erase ben", "customer.erase Ben Quist")
    assert "needs one more thing: Whole address of the customer" in told
    assert told.count("There is no such customer here") == 2
    assert "A lamp" in shop.run("list")
    told = typed("customer.erase Ben@mail.example", "undo")
    assert "Erased for good" in told
    assert "There is nothing to undo" in told
    assert "A lamp" not in shop.run("list")


def test_no_command_of_scripts_erases_by_the_way(shop: Shop) -> None:
    asked = shop.call("do", "customer.erase", "--param", "customer=x", "--dry-run")
    assert (asked.returncode, "There is no command" in asked.stderr) == (2, True)

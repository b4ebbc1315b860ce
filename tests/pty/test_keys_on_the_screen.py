"""Whoever presses only the keys that the screen names gets through a day's work."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import MappingProxyType
from typing import Final

from deskterm.sandbox.journal import digest, read_journal
from tests.pty.conftest import environment
from tests.support.demo import demo, left_by_demo
from tests.support.pty import Terminal

REPLY = "OK, 15:30."  # in whatever language the customer writes

_SENT_BY: Final = MappingProxyType(
    {
        "Enter": "\r",
        "Esc": "\x1b",
        "Tab": "\t",
        "F1": "\x1bOP",
        "F6": "\x1b[17~",
        **{f"Ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"},
    }
)
#: Whose ticket it is, in the border of an open one.
_CUSTOMER = re.compile(r"^┌─ (.{1,60}?) · mailbox · ", re.MULTILINE)
#: What parts one act from another in a line, and a pane from its border.
_BETWEEN = re.compile(r"\s{2,}| · |[│║█]")


def named_keys(screen: str) -> dict[str, str]:
    """What the screen says that can be done, and the key that it names for it."""
    entries = (part.strip() for line in screen.splitlines() for part in _BETWEEN.split(line))
    pairs = (entry.partition(" ") for entry in entries)
    return {
        words.lower(): key
        for key, _, words in pairs
        if words and (key in _SENT_BY or (len(key) == 1 and key.isascii()))
    }


def key_named(terminal: Terminal, words: str) -> str:
    """What the key sends that stands before these words on the screen, once it does."""
    screen = terminal.wait_for(lambda screen: words in named_keys(screen))
    key = named_keys(screen)[words]
    return _SENT_BY.get(key, key)


def press_named(terminal: Terminal, words: str) -> None:
    """Press the key that stands before these words on the screen, once it does."""
    terminal.send(key_named(terminal, words))


def answer(terminal: Terminal, customer: str) -> None:
    """Reply on the ticket that is open, until the reply has left."""
    press_named(terminal, "reply")
    terminal.wait_for(f"Reply to {customer}")
    terminal.send(REPLY)
    terminal.wait_for(f"│{REPLY}")
    press_named(terminal, "send")
    terminal.wait_for("Ready to send")
    terminal.review(key_named(terminal, "send"), "takes it back")
    terminal.wait_for("outbox 1")
    terminal.wait_for(lambda screen: "outbox" not in screen)
    terminal.wait_for("waiting for the customer")
    terminal.wait_for("You (")


def taken_digest(folder: Path) -> object:
    """Of the one reply that has reached the shop of a demo."""
    (shop,) = left_by_demo(folder)
    (taken,) = read_journal(shop / "sandbox" / "journal.jsonl", "taken")
    return taken["digest"]


def test_a_reply_from_a_cold_start_to_the_customer(tmp_path: Path) -> None:
    with demo(tmp_path, seed=7, tickets=40) as terminal:
        terminal.wait_for("mailbox ok")
        press_named(terminal, "next")
        screen = terminal.wait_for(lambda screen: _CUSTOMER.search(screen) is not None)
        found = _CUSTOMER.search(screen)
        assert found is not None
        answer(terminal, found[1])
        assert taken_digest(tmp_path) == digest(REPLY)


def test_a_reply_from_the_first_run_on(tmp_path: Path) -> None:
    env = environment(tmp_path / "home", TMPDIR=str(tmp_path))
    with Terminal([sys.executable, "-m", "deskterm"], env) as terminal:
        press_named(terminal, "demo")
        terminal.wait_for("mailbox ok")
        press_named(terminal, "open")
        screen = terminal.wait_for(lambda screen: _CUSTOMER.search(screen) is not None)
        found = _CUSTOMER.search(screen)
        assert found is not None
        answer(terminal, found[1])
        assert taken_digest(tmp_path) == digest(REPLY)


def test_the_keys_that_are_not_in_the_footer_are_in_the_list_of_keys(tmp_path: Path) -> None:
    with demo(tmp_path, seed=7, tickets=10) as terminal:
        terminal.wait_for("mailbox ok")
        press_named(terminal, "keys")
        terminal.wait_for("Keys that work here")
        terminal.send("quit")
        screen = terminal.wait_for(lambda screen: "> Quit" in screen)
        line = next(line for line in screen.splitlines() if "> Quit" in line)
        key = next(word for word in line.split() if word in _SENT_BY)
        terminal.send(_SENT_BY[key])
        assert terminal.ended() == 0
    assert left_by_demo(tmp_path) == []

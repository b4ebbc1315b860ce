"""The demo, by its keys: a question after a parcel is answered with two of them."""

from __future__ import annotations

import re
from pathlib import Path

from deskterm.sandbox.journal import read_journal
from tests.support.demo import demo, left_by_demo
from tests.support.pty import Terminal

SEED, TICKETS = 42, 60


def at_the_question(terminal: Terminal) -> None:
    """The cursor of the list on a customer who asks for an order that is on its way."""
    terminal.wait_for("mailbox ok")
    terminal.wait_for("webshop ok")
    terminal.send("/una dunmore\r")
    terminal.wait_for("1 of 1")
    terminal.wait_for("1 reply: On its way")


def taken(folder: Path) -> list[str]:
    """The digests of the replies that reached the channel."""
    (home,) = left_by_demo(folder)
    found = read_journal(home / "sandbox" / "journal.jsonl", "taken")
    return [str(each["digest"]) for each in found]


def test_two_keys_answer_and_a_third_takes_it_back(tmp_path: Path) -> None:
    with demo(tmp_path, seed=SEED, tickets=TICKETS, size=(80, 24)) as terminal:
        at_the_question(terminal)
        terminal.send("1")
        screen = terminal.wait_for("Ready to send")
        assert "Hello Una," in screen
        said = " ".join(re.sub("[│║█]", " ", screen).split())
        assert "is on its way to you." in said
        # What else the order knows of its parcel differs from day to day of the demo's world.
        assert re.search(r"(?:https://parcels\.example/track/|tracking number is )\d{20}\b", said)
        terminal.review("e", "sends in 0:")
        terminal.wait_for("z takes it back")
        terminal.send("z")
        terminal.wait_for("Undone: Reply")
        terminal.wait_for(lambda screen: "outbox" not in screen)
        assert taken(tmp_path) == []


def test_the_same_two_keys_in_one_packet_send_nothing_unseen(tmp_path: Path) -> None:
    with demo(tmp_path, seed=SEED, tickets=TICKETS, size=(120, 40)) as terminal:
        at_the_question(terminal)
        terminal.send("1e")
        terminal.wait_for("Ready to send")
        terminal.wait_for("That key came before the verdict and was dropped")
        terminal.settled()
        assert "outbox" not in terminal.text
        terminal.send("\r")
        terminal.wait_for("sends in 0:")
        terminal.wait_for(lambda screen: "outbox" not in screen)
        terminal.wait_for("waiting for the customer")
        assert len(taken(tmp_path)) == 1


def test_what_cannot_be_filled_in_is_not_sent_by_the_second_key(tmp_path: Path) -> None:
    with demo(tmp_path, seed=SEED, tickets=TICKETS, size=(120, 40)) as terminal:
        terminal.wait_for("mailbox ok")
        terminal.wait_for("1 of ")
        terminal.send(":macro.pick exchange\re")
        terminal.wait_for("Not ready to send.")
        terminal.wait_for("e{{?instead}}")
        terminal.settled()
        assert "Ready to send  " not in terminal.text
        assert taken(tmp_path) == []

"""The whole line before the sandbox: account, sync, reply, answer, and trouble on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskterm.sandbox.launch import Sandbox
from tests.support.line import wait_for
from tests.support.sandbox import SandboxDesk, noted, running_sandbox, sandbox_desk

TICKETS = 90


@pytest.fixture
def sandbox(tmp_path: Path) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path / "sandbox", tickets=TICKETS, seed=2) as sandbox:
        yield sandbox


@pytest.fixture
def desk(tmp_path: Path, sandbox: Sandbox) -> Iterator[SandboxDesk]:
    with sandbox_desk(tmp_path, sandbox) as desk:
        yield desk


def known(desk: SandboxDesk) -> Counter[str]:
    """The Message-IDs in the database."""
    return Counter(row[0] for row in desk.rows("SELECT message_id FROM messages"))


def newest_ticket(desk: SandboxDesk) -> str:
    """A ticket that waits for an answer."""
    ref: str = desk.json("list", "is:needs_us")[0]["ref"]
    return ref


def state_of(desk: SandboxDesk, item: str) -> str:
    rows = desk.rows("SELECT state FROM outbox_items WHERE uid = ?", item)
    return str(rows[0][0])


def comes_to(desk: SandboxDesk, item: str, state: str) -> None:
    wait_for(lambda: state_of(desk, item) == state)


def test_everything_arrives_once_and_a_reply_is_answered(desk: SandboxDesk) -> None:
    desk.sandbox.command("settle")
    shown = Counter(entry["id"] for entry in noted(desk.sandbox, "shown"))
    assert set(shown.values()) == {1}
    wait_for(lambda: known(desk) == shown)
    assert desk.rows("SELECT count(*) FROM tickets") == [(TICKETS,)]
    assert desk.rows("SELECT count(*) FROM quarantine") == [(0,)]
    (synced,) = desk.json("sync", "--once")
    assert (synced["result"], synced["stored"]) == ("ok", 0)

    answered = _reply_until_answered(desk)
    (entry,) = [e for e in noted(desk.sandbox, "answered") if e["reply"] == answered]
    wait_for(lambda: known(desk)[entry["id"]] == 1)
    (ours,), (theirs,) = (
        desk.rows("SELECT ticket_id FROM messages WHERE message_id = ?", key)
        for key in (answered, entry["id"])
    )
    assert ours == theirs, "the answer stands in the ticket of the reply"


def _reply_until_answered(desk: SandboxDesk) -> str:
    """Reply to one ticket after the other until a customer answers; some are silent."""
    for row in desk.json("list", "is:needs_us")[:6]:
        said = desk.json("reply", row["ref"], "--text", "OK, 15:30?")
        item = said[0]["item"]
        comes_to(desk, item, "sent")
        key = str(desk.json("outbox", "show", item)[0]["key"])
        (taken,) = [e for e in noted(desk.sandbox, "taken") if e["id"] == key]
        assert taken["conversation"]
        desk.sandbox.command("journal")  # an order later the answer has been given, if any
        if any(e["reply"] == key for e in noted(desk.sandbox, "answered")):
            return key
    raise AssertionError("nobody answered")


def test_a_lost_answer_is_asked_about_and_never_sent_twice(desk: SandboxDesk) -> None:
    wait_for(lambda: desk.rows("SELECT 1 FROM tickets LIMIT 1"))
    desk.sandbox.command("misbehave", what="lose_answer", times=1)
    ref = newest_ticket(desk)
    item = desk.json("reply", ref, "--text", "OK, 15:30.")[0]["item"]
    comes_to(desk, item, "ask_agent")
    desk.run("sync", "--once")
    desk.end_office()
    desk.run("sync", "--once")
    assert state_of(desk, item) == "ask_agent"
    key = desk.json("outbox", "show", item)[0]["key"]
    assert [entry["id"] for entry in noted(desk.sandbox, "taken")] == [key]
    desk.run("outbox", "mark-sent", item)
    desk.run("sync", "--once")
    assert [entry["id"] for entry in noted(desk.sandbox, "taken")] == [key]


def test_duplicates_and_new_numbers_make_no_second_message(desk: SandboxDesk) -> None:
    desk.sandbox.command("settle")
    desk.sandbox.command("misbehave", what="duplicate", times=1)
    told = desk.sandbox.command("write", conversation=1, text="Is there any news?")
    shown = Counter(entry["id"] for entry in noted(desk.sandbox, "shown"))
    assert shown[told["id"]] == 2
    wait_for(lambda: set(known(desk)) == set(shown))
    desk.sandbox.command("misbehave", what="renumber")
    desk.run("sync", "--once")
    assert set(known(desk).values()) == {1}
    assert desk.rows("SELECT count(*) FROM tickets") == [(TICKETS,)]
    (health,) = desk.json("account", "list")
    assert health["health"] == "ok"

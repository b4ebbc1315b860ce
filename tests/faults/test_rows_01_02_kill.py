"""Rows 1 and 2: kill -9 of the office at any point of sync and send.

The ledgers stand outside the program: Dovecot's folder says what there was to fetch, the SMTP
server says what it took. After the kills and two quiet runs they are compared with the database.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from deskterm.store.connect import connect
from tests.support.line import ACCOUNT, Line, running_line
from tests.support.mails import a_mail

RANDOM_POINTS = 200
MAILS_AT_A_TIME = 4


class Killer:
    """Orders offices from the fork server and keeps what their callers were told."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.acked = line.root / "acked.jsonl"
        self.wanted: dict[str, dict[str, Any]] = {}
        self._server = subprocess.Popen(
            [sys.executable, "-m", "tests.support.killed_office"],
            env=line.env | {"PYTHONPATH": str(Path(__file__).parents[2])},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.close()
        self._server.wait(30)
        self._server.stdout.close()

    def office(self, kill_at: int = 0) -> dict[str, Any]:
        """Run one office: repeats every call that has no answer yet, syncs, sends."""
        calls = [
            {"id": call_id, **call}
            for call_id, call in self.wanted.items()
            if call_id not in self.answers()
        ]
        order = {"kill_at": kill_at, "calls": calls, "acked": str(self.acked)}
        assert self._server.stdin is not None
        assert self._server.stdout is not None
        self._server.stdin.write(json.dumps(order) + "\n")
        self._server.stdin.flush()
        answer: dict[str, Any] = json.loads(self._server.stdout.readline())
        assert answer["killed"] or answer["code"] == 0, answer
        return answer

    def ask(self, command: str, params: dict[str, Any]) -> str:
        """A caller wants this done; it repeats the call until it is answered."""
        call_id = str(uuid4())
        self.wanted[call_id] = {"command": command, "params": params}
        return call_id

    def answers(self) -> dict[str, dict[str, Any]]:
        if not self.acked.exists():
            return {}
        lines = [json.loads(text) for text in self.acked.read_text().splitlines()]
        return {entry["id"]: entry["answer"] for entry in lines}


@pytest.fixture
def killer(tmp_path: Path) -> Iterator[Killer]:
    with running_line(tmp_path) as line, closing(Killer(line)) as killer:
        fields = line.fields()
        killer.ask("account.add", {"name": ACCOUNT, "channel": "email", "fields": fields})
        killer.office()
        yield killer


def deliver(killer: Killer, numbers: range) -> None:
    for number in numbers:
        killer.line.box.deliver(a_mail(number))


def refs(killer: Killer) -> list[str]:
    connection = connect(killer.line.home.database)
    try:
        return [row[0] for row in connection.execute("SELECT ref FROM tickets ORDER BY id")]
    finally:
        connection.close()


def compare_ledgers(killer: Killer, delivered: int) -> None:
    """Every mail is here once; every reply went once, where need be after a person decided."""
    killer.office()
    killer.office()
    while decide_open_questions(killer):
        killer.office()
    connection = connect(killer.line.home.database)
    try:
        stored = Counter(
            row[0]
            for row in connection.execute(
                "SELECT message_id FROM messages WHERE direction = 'inbound'"
            )
        )
        items = connection.execute("SELECT key, state, draft_uid FROM outbox_items").fetchall()
        sound = connection.execute("PRAGMA integrity_check").fetchone()[0]
    finally:
        connection.close()
    assert sound == "ok"
    assert stored == Counter(f"<m{number}@mail.example>" for number in range(delivered))
    taken = Counter(killer.line.smtp.message_ids())
    for key, state, _ in items:
        assert (state, taken[key]) == ("sent", 1)
    assert set(taken) <= {key for key, _, _ in items}
    held = [a for a in killer.answers().values() if "done" in a]
    assert (
        len(items)
        == len(held)
        == len([w for w in killer.wanted.values() if "tickets" in w["params"]])
    )


@pytest.mark.timeout(600)
def test_at_random_points_of_sync_and_send(killer: Killer) -> None:
    rng = random.Random(20261121)
    deliver(killer, range(MAILS_AT_A_TIME))
    usual = killer.office()["calls"]
    delivered = MAILS_AT_A_TIME
    kills = rounds = 0
    while kills < RANDOM_POINTS:
        if rounds % 3 == 0:
            deliver(killer, range(delivered, delivered + MAILS_AT_A_TIME))
            delivered += MAILS_AT_A_TIME
            ticket = rng.choice(refs(killer))
            text = f"Your parcel is on its way, number {rounds}."
            killer.ask("ticket.reply", {"tickets": [ticket], "text": text})
        kills += killer.office(kill_at=rng.randint(1, usual))["killed"]
        rounds += 1
    compare_ledgers(killer, delivered)


@pytest.mark.timeout(600)
def test_at_each_step_of_a_send(killer: Killer) -> None:
    deliver(killer, range(2))
    killer.office()
    ticket = refs(killer)[0]
    kill_at, replies = 1, 0
    while True:
        replies += 1
        text = f"It was sent today, parcel {replies}."
        killer.ask("ticket.reply", {"tickets": [ticket], "text": text, "reason": "asked for"})
        if not killer.office(kill_at=kill_at)["killed"]:
            break
        killer.office()
        decide_open_questions(killer)
        kill_at += 3
    compare_ledgers(killer, 2)
    assert kill_at > 60


def decide_open_questions(killer: Killer) -> bool:
    """The agent looks, as the outbox asks, and says what the other side's ledger says."""
    connection = connect(killer.line.home.database)
    try:
        asked = connection.execute(
            "SELECT uid, key FROM outbox_items WHERE state = 'ask_agent'"
        ).fetchall()
    finally:
        connection.close()
    taken = killer.line.smtp.message_ids()
    for uid, key in asked:
        command = "outbox.mark_sent" if key in taken else "outbox.send_again"
        killer.ask(command, {"item": uid})
    if asked:
        killer.office()
    return bool(asked)

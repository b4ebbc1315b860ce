"""What an agent says of tickets, on the command line: views, reasons, links, calls, later."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from deskterm.cli.main import run
from deskterm.store import reasons
from deskterm.store.reasons import ReadReason
from tests.packaging.test_cli_doc import SECTIONS
from tests.support.desk import TestDesk

FINE = "Your parcel left on Monday and arrives tomorrow."
VIEWS = """\
[pressing]
query = "priority:urgent"
order = "waiting"

[broken]
query = "reason:damaged is:unresolved"

[odd]
query = "statis:open"
"""
Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestDesk]:
    for name, value in (("DESKTERM_HOME", str(tmp_path)), ("TZ", "Europe/Paris"), ("LANG", "C")):
        monkeypatch.setenv(name, value)
    folder = tmp_path / "data"
    folder.mkdir()
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "views.toml").write_text(VIEWS, encoding="utf-8")
    desk = TestDesk(folder)
    yield desk
    desk.close()


@pytest.fixture
def call(desk: TestDesk, capsys: pytest.CaptureFixture[str]) -> Call:
    def call(*words: str) -> tuple[int, str, str]:
        code = run(words)
        out, err = capsys.readouterr()
        return code, out, err

    return call


def refs(out: str) -> list[str]:
    return [json.loads(line)["ref"] for line in out.splitlines()]


def shown(call: Call, ref: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(call("show", ref, "--json")[1])
    return found


def two(desk: TestDesk) -> tuple[str, str]:
    return desk.open(subject="Lamp", at=0), desk.open(subject="Parcel", at=30)


def test_a_view_of_the_shop_and_one_that_comes_with_it(desk: TestDesk, call: Call) -> None:
    lamp, parcel = two(desk)
    desk.do("ticket.priority", parcel, priority="urgent")
    code, out, err = call("list", "--view", "pressing", "--json")
    assert (code, refs(out)) == (0, [parcel])
    assert "line 9" in err
    assert "There is no field statis:" in err
    assert refs(call("list", "--view", "needs-us", "--json")[1]) == [parcel, lamp]
    assert refs(call("list", "--view", "needs_us", "lamp", "--json")[1]) == [lamp]
    assert "Lamp" in call("list", "--view", "all")[1]


def test_an_unknown_view_is_refused_with_the_list(desk: TestDesk, call: Call) -> None:
    code, out, err = call("list", "--view", "nosuch")
    assert (code, out) == (2, "")
    assert "pressing" in err
    assert "needs_us" in err


def test_links_and_where_a_ticket_went_are_shown(desk: TestDesk, call: Call) -> None:
    lamp, parcel = two(desk)
    desk.do("ticket.merge", lamp, into=parcel)
    one, other = shown(call, lamp), shown(call, parcel)
    assert one["merged_into"] == parcel
    assert other["merged_into"] is None
    assert other["links"] == [{"kind": "duplicate_of", "ticket": lamp, "outward": False}]
    assert f"merged into {parcel}" in call("show", lamp)[1]
    assert f"holds {lamp}" in call("show", parcel)[1]


def test_a_call_is_shown_as_one(desk: TestDesk, call: Call) -> None:
    ref = desk.open()
    desk.do("ticket.phone_log", ref, direction="out", duration="12:30", text="Told her")
    (note,) = shown(call, ref)["notes"]
    assert (note["kind"], note["direction"], note["duration_s"]) == ("phone", "outbound", 750)
    assert set(note) == SECTIONS["show"].keys["notes"]
    assert "call to the customer · 12:30 · anna" in call("show", ref)[1]


def test_reason_and_priority_stand_with_the_ticket(desk: TestDesk, call: Call) -> None:
    ref = desk.open()
    desk.do("ticket.reason", ref, reason="wismo")
    desk.do("ticket.priority", ref, priority="high")
    found = json.loads(call("list", "reason:wismo", "--json")[1])
    assert (found["contact_reason"], found["priority"]) == ("wismo", "high")
    assert "· high · wismo" in call("show", ref)[1]


def test_a_suggested_reason_is_told_until_an_agent_gives_one(desk: TestDesk, call: Call) -> None:
    ref = desk.open()
    ticket = desk.ticket(ref)
    read = ReadReason(ticket["id"], 0, "not_received", sure=True)
    desk.write(lambda tx: reasons.save(tx, [read]))
    for found in (json.loads(call("list", "reason:not_received", "--json")[1]), shown(call, ref)):
        assert (found["contact_reason"], found["suggested_reason"]) == (None, "not_received")
    assert "· not received?" in call("show", ref)[1]
    desk.do("ticket.reason", ref, reason="wismo")
    found = json.loads(call("list", "reason:wismo", "--json")[1])
    assert (found["contact_reason"], found["suggested_reason"]) == ("wismo", None)
    assert refs(call("list", "reason:not_received", "--json")[1]) == []
    assert "not received" not in call("show", ref)[1]


def test_views_find_what_is_suggested(desk: TestDesk, call: Call) -> None:
    lamp, _ = two(desk)
    read = ReadReason(desk.ticket(lamp)["id"], 0, "damaged", sure=False)
    desk.write(lambda tx: reasons.save(tx, [read]))
    assert refs(call("list", "--view", "broken", "--json")[1]) == [lamp]


def test_what_leaves_later_and_that_nothing_leaves_is_told(desk: TestDesk, call: Call) -> None:
    desk.do("ticket.reply", desk.open(), text=FINE, send_at="tomorrow 9:00")
    desk.do("outbox.pause")
    code, out, err = call("outbox", "list")
    assert code == 0
    assert "scheduled" in out
    assert "It leaves at 2026-11-04 09:00" in out
    assert "All sending is stopped" in err
    item = json.loads(call("outbox", "list", "--json")[1])
    assert item["send_at"] == "2026-11-04T08:00:00.000Z"


def test_mood_and_urgency_are_told_in_words_and_for_programs(desk: TestDesk, call: Call) -> None:
    lamp, parcel = two(desk)
    assert "mood" not in call("list")[1]
    desk.do("ticket.mood", parcel, mood="angry legal")
    found = [
        json.loads(line) for line in call("list", "--view", "needs_us", "--json")[1].splitlines()
    ]
    assert [one["ref"] for one in found] == [parcel, lamp]
    first = found[0]
    assert (first["tone"], first["urgent"], first["risks"]) == ("angry", False, ["legal"])
    assert first["urgency_causes"] == ["legal", "angry"]
    assert first["urgency"] > found[1]["urgency"] == 0
    assert first["window_ends_at"] is None
    table = call("list")[1]
    assert "mood" in table
    assert "legal threat" in table
    told = call("show", parcel)[1]
    assert "Legal threat · Angry" in told
    assert "Why here: legal threat · angry +24 h" in told

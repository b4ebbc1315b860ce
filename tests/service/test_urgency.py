"""How pressing tickets are: the order of the lists, the causes, and what time changes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, timedelta

import pytest

from deskterm.domain.clock import to_text
from deskterm.domain.ids import uuid7
from deskterm.rules.library import packs_for
from deskterm.rules.model import RulePack
from deskterm.service import urgency
from deskterm.service.moods import moods_of
from deskterm.service.reading.reading import Reading
from deskterm.service.reading.views import MINE, NEEDS_US
from deskterm.service.urgency import reply_windows
from deskterm.service.work import Work
from deskterm.store import derived, moods
from deskterm.store import urgency as stored
from tests.support.desk import TestDesk, a_mail

CALM, LAWYER = "Is it blue?", "You will hear from my lawyer."


def derive(desk: TestDesk, channel: str = "email") -> None:
    """Stage two, with the rules of a channel."""
    rows = derived.waiting(desk.reading, 100)
    read = list(moods_of(rows, {row["id"]: None for row in rows}))
    ends = reply_windows(rows, lambda _: packs_for(channel), desk.clock.now())
    desk.write(lambda tx: derived.save(tx, [(row["id"], None) for row in rows]))
    desk.write(lambda tx: stored.note_windows(tx, ends))
    desk.write(lambda tx: moods.save(tx, read))


def opened(desk: TestDesk, *bodies: str) -> list[str]:
    """Tickets of different customers, the oldest first."""
    refs = []
    for number, body in enumerate(bodies):
        sender = f"c{number}@mail.example"
        desk.arrive(a_mail(f"m{number}", body, at=number, sender=sender, subject=f"No {number}"))
        refs.append(desk.rows("SELECT ref FROM tickets ORDER BY id DESC")[0][0])
    return refs


def listed(desk: TestDesk, view: object = NEEDS_US) -> list[str]:
    reading = Reading(desk.path, "anna", UTC, desk.clock.now)
    try:
        return reading.refs(list(reading.ids(view)))  # type: ignore[arg-type] # a view
    finally:
        reading.close()


def turn(desk: TestDesk) -> float | None:
    """What the office's clock does."""
    return desk.write(lambda tx: urgency.turn(Work(tx, desk.desk(), uuid7(desk.clock.now()))))


def causes(desk: TestDesk, ref: str) -> str:
    return str(desk.ticket(ref)["urgency_causes"])


def test_law_and_danger_come_first_then_who_waits_longest(desk: TestDesk) -> None:
    first, second, third, fourth = opened(
        desk, CALM, CALM, LAWYER, "The lamp caught fire and my son was injured."
    )
    derive(desk)
    assert listed(desk)[:2] == [fourth, third]  # danger presses too
    assert listed(desk)[2:] == [first, second]
    assert causes(desk, third).startswith("legal")
    assert causes(desk, fourth).startswith("safety haste")
    assert causes(desk, first) == ""


def test_who_is_angry_counts_as_waiting_a_day_longer(desk: TestDesk) -> None:
    calm, angry = opened(desk, CALM, "You are a bunch of liars.")
    derive(desk)
    assert causes(desk, angry) == "angry"
    assert listed(desk) == [angry, calm]
    desk.do("ticket.mood", angry, mood="calm")
    assert listed(desk) == [calm, angry]
    desk.do("app.undo")
    assert listed(desk) == [angry, calm]


def test_what_an_agent_says_counts(desk: TestDesk) -> None:
    one, two, three = opened(desk, CALM, CALM, CALM)
    derive(desk)
    desk.do("ticket.priority", three, priority="urgent")
    desk.do("ticket.priority", one, priority="low")
    assert listed(desk) == [three, two, one]
    desk.do("ticket.reason", one, reason="cancel")
    assert causes(desk, one) == "before_sending can_wait"
    desk.do("ticket.take", one)
    desk.do("ticket.take", three)
    assert listed(desk, MINE) == [three, one]


def test_next_follows_the_list_also_from_what_was_just_answered(desk: TestDesk) -> None:
    refs = opened(desk, CALM, CALM, LAWYER, CALM)
    derive(desk)
    reading = Reading(desk.path, "anna", UTC, desk.clock.now)
    ids = list(reading.ids(NEEDS_US))
    assert reading.refs(ids) == [refs[2], refs[0], refs[1], refs[3]]
    assert [reading.next_needing_us(one, 1) for one in ids] == [*ids[1:], ids[0]]
    assert [reading.next_needing_us(one, -1) for one in ids] == [ids[-1], *ids[:-1]]
    desk.do("ticket.resolve", refs[2])
    assert reading.next_needing_us(ids[0], 1) == ids[1]
    desk.do("ticket.resolve", refs[0])
    assert reading.next_needing_us(ids[1], 1) == ids[2]
    reading.close()


def test_a_window_that_closes_lifts_its_ticket_until_it_has_closed(desk: TestDesk) -> None:
    old, other = opened(desk, CALM, CALM)
    derive(desk)
    start = desk.clock.now()
    desk.arrive(a_mail("w", CALM, at=24 * 60, sender="w@mail.example", subject="W"))
    late = desk.rows("SELECT ref FROM tickets ORDER BY id DESC")[0][0]
    derive(desk, "whatsapp")
    assert desk.ticket(late)["window_ends_at"] == to_text(start + timedelta(hours=24))
    assert listed(desk) == [old, other, late]
    assert turn(desk) == pytest.approx(18 * 3600)
    desk.clock.advance(18 * 3600)
    assert turn(desk) == pytest.approx(6 * 3600)
    assert listed(desk) == [late, old, other]
    assert causes(desk, late) == "closing"
    desk.clock.advance(6 * 3600)
    assert turn(desk) is None
    assert listed(desk) == [old, other, late]


def test_a_channel_without_rules_has_no_window(desk: TestDesk) -> None:
    (ref,) = opened(desk, CALM)
    derive(desk, "email")
    assert desk.ticket(ref)["window_ends_at"] is None
    assert turn(desk) is None


def test_the_marketplace_behind_a_channel_has_windows_of_its_own(desk: TestDesk) -> None:
    opened(desk, CALM)
    fields = json.dumps({"operator": "fnac", "site": "fr"})
    desk.write(
        lambda tx: tx.execute("UPDATE accounts SET channel = 'mirakl', fields = ?", (fields,))
    )
    asked: list[str] = []

    def packs(channel: str) -> Sequence[RulePack]:
        asked.append(channel)
        return packs_for("whatsapp")

    ends = reply_windows(derived.waiting(desk.reading, 100), packs, desk.clock.now())
    assert asked == ["fnac_darty"]
    assert [end is not None for end in ends.values()] == [True]


def test_it_is_in_no_journal(desk: TestDesk) -> None:
    (ref,) = opened(desk, LAWYER)
    derive(desk)
    assert desk.ticket(ref)["urgency"] > 0
    fields = {row[0] for row in desk.rows("SELECT field FROM journal_entries")}
    assert not fields & {"urgency", "urgency_causes", "window_ends_at"}

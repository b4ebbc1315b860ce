"""The mood of a ticket: kept with it, found by it, corrected by one key, read again."""

from __future__ import annotations

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.domain.query import parse_query
from deskterm.service.moods import moods_of
from deskterm.service.reading import conversations
from deskterm.store import derived, moods
from deskterm.store.moods import TicketMood, mood_of_ticket
from deskterm.store.situations import situation
from deskterm.store.where import compile_query
from tests.support.desk import TestDesk, a_mail

FURIOUS = "This is unacceptable. My lawyer will write to you if it is not here by Friday."


def derive(desk: TestDesk) -> None:
    """Stage two, without hiding quotes."""
    rows = derived.waiting(desk.reading, 100)
    read = list(moods_of(rows, {row["id"]: None for row in rows}))
    desk.write(lambda tx: derived.save(tx, [(row["id"], None) for row in rows]))
    desk.write(lambda tx: moods.save(tx, read))


def mood(desk: TestDesk, ref: str) -> TicketMood | None:
    return mood_of_ticket(desk.reading, desk.ticket(ref)["id"])


def found(desk: TestDesk, query: str) -> int:
    compiled = compile_query(parse_query(query, now=desk.clock.now()), "anna")
    where, values = compiled.where, compiled.values
    return len(desk.rows(f"SELECT t.id FROM tickets t WHERE {where}", *values))


def test_the_newest_message_gives_the_ticket_its_mood(desk: TestDesk) -> None:
    ref = desk.open(body=FURIOUS)
    assert mood(desk, ref) is None
    derive(desk)
    read = mood(desk, ref)
    assert read is not None
    assert (read.tone, read.urgent, read.risks) == ("angry", True, ("legal",))
    assert read.said["legal"] == ("lawyer",)
    assert "unacceptable" in read.said["tone"]
    desk.follow_up(ref, "Thank you so much, it came and it is lovely.")
    derive(desk)
    later = mood(desk, ref)
    assert later is not None
    assert (later.tone, later.urgent, later.risks) == ("positive", False, ())


@pytest.mark.parametrize(
    "query", ["tone:angry", "risk:legal", "risk:any", "is:urgent", "-tone:positive -risk:fraud"]
)
def test_queries_find_it(desk: TestDesk, query: str) -> None:
    desk.open(body=FURIOUS)
    derive(desk)
    assert found(desk, query) == 1


@pytest.mark.parametrize("query", ["tone:upset", "risk:safety", "-is:urgent", "-risk:any"])
def test_queries_do_not_find_it(desk: TestDesk, query: str) -> None:
    desk.open(body=FURIOUS)
    derive(desk)
    assert found(desk, query) == 0


def test_an_agent_knows_better_until_the_next_message(desk: TestDesk) -> None:
    ref = desk.open(body=FURIOUS)
    derive(desk)
    desk.do("ticket.mood", ref, mood="calm")
    assert mood(desk, ref) == TicketMood("neutral", False, (), {})
    desk.write(lambda tx: tx.execute("UPDATE messages SET derived = 0"))
    derive(desk)
    assert mood(desk, ref) == TicketMood("neutral", False, (), {})
    desk.follow_up(ref, "You are a bunch of liars.")
    derive(desk)
    later = mood(desk, ref)
    assert later is not None
    assert later.tone == "angry"


def test_undo_gives_the_mood_back_with_its_words(desk: TestDesk) -> None:
    ref = desk.open(body=FURIOUS)
    derive(desk)
    before = mood(desk, ref)
    desk.do("ticket.mood", ref, mood="calm")
    desk.do("app.undo")
    assert mood(desk, ref) == before


@pytest.mark.parametrize(
    ("said", "tone", "urgent", "risks"),
    [
        ("safety", "angry", True, ("legal", "safety")),
        ("-legal", "angry", True, ()),
        ("-urgent", "angry", False, ("legal",)),
        ("-angry", "neutral", True, ("legal",)),
        ("-upset", "angry", True, ("legal",)),
        ("pleased", "positive", True, ("legal",)),
        ("calm, fraud up", "upset", False, ("fraud",)),
    ],
)
def test_each_thing_is_put_right_by_itself(
    desk: TestDesk, said: str, tone: str, urgent: bool, risks: tuple[str, ...]
) -> None:
    ref = desk.open(body=FURIOUS)
    derive(desk)
    outcome = desk.do("ticket.mood", ref, mood=said)
    now = mood(desk, ref)
    assert now is not None
    assert (now.tone, now.urgent, now.risks) == (tone, urgent, risks)
    assert now.said.keys() <= {"urgent", "legal"}
    assert str(list(risks)) in str(outcome)


def test_what_is_no_mood_is_refused(desk: TestDesk) -> None:
    ref = desk.open(body=FURIOUS)
    for said in ("jolly", "-", "s u"):
        with pytest.raises(DesktermError, match="is no mood"):
            desk.do("ticket.mood", ref, mood=said)


def test_there_is_no_mood_where_no_customer_wrote(desk: TestDesk) -> None:
    desk.arrive(a_mail("a", ours=True))
    ref = desk.rows("SELECT ref FROM tickets")[0][0]
    with pytest.raises(DesktermError, match="has not written"):
        desk.do("ticket.mood", ref, mood="angry")


def test_danger_and_law_are_grave_for_macros(desk: TestDesk) -> None:
    ref, calm = desk.open(body="The lamp caught fire."), desk.open(body="Is it blue?")
    derive(desk)
    both = [situation(desk.reading, desk.ticket(each)["id"]) for each in (ref, calm)]
    assert [each is not None and each.grave for each in both] == [True, False]


def test_what_an_answer_machine_says_has_no_mood(desk: TestDesk) -> None:
    desk.arrive(a_mail("a", FURIOUS, automatic="auto-reply"))
    derive(desk)
    assert desk.rows("SELECT mood_message FROM tickets")[0][0] is None


def test_no_words_of_the_customer_are_copied(desk: TestDesk) -> None:
    ref = desk.open(body=FURIOUS)
    derive(desk)
    assert "lawyer" not in str(tuple(desk.ticket(ref))[-8:])


def test_a_conversation_shows_it(desk: TestDesk) -> None:
    ref = desk.open(body=FURIOUS)
    derive(desk)
    view = conversations.read(desk.reading, desk.ticket(ref)["id"], "anna", None)
    assert view is not None
    assert view.mood is not None
    assert view.mood.risks == ("legal",)
    assert view.mood.said["legal"] == ("lawyer",)


def risks_of(desk: TestDesk, ref: str) -> tuple[str, ...]:
    found = mood(desk, ref)
    return found.risks if found else ()


def test_a_merge_brings_the_mood_along_and_undo_takes_it_back(desk: TestDesk) -> None:
    calm = desk.open(body="Which size is the lamp?", at=0)
    furious = desk.open(body=FURIOUS, at=30)
    derive(desk)
    pressing = desk.ticket(furious)["urgency"]
    desk.do("ticket.merge", furious, into=calm)
    merged = mood(desk, calm)
    assert merged is not None
    assert (merged.tone, merged.urgent, merged.risks) == ("angry", True, ("legal",))
    assert merged.said["legal"] == ("lawyer",)
    assert desk.ticket(calm)["urgency"] >= pressing
    seen = situation(desk.reading, desk.ticket(calm)["id"])
    assert seen is not None
    assert seen.grave
    desk.do("app.undo")
    assert (risks_of(desk, calm), risks_of(desk, furious)) == ((), ("legal",))
    assert desk.ticket(calm)["urgency"] < pressing
    desk.do("app.redo")
    assert risks_of(desk, calm) == ("legal",)


def test_an_older_message_that_comes_along_changes_no_mood(desk: TestDesk) -> None:
    furious = desk.open(body=FURIOUS, at=0)
    calm = desk.open(body="Which size is the lamp?", at=30)
    derive(desk)
    desk.do("ticket.merge", furious, into=calm)
    assert risks_of(desk, calm) == ()
    desk.do("app.undo")
    assert (risks_of(desk, calm), risks_of(desk, furious)) == ((), ("legal",))


def test_a_split_takes_the_mood_along(desk: TestDesk) -> None:
    ref = desk.open(body="Which size is the lamp?", at=0)
    desk.follow_up(ref, FURIOUS)
    derive(desk)
    newest = desk.rows("SELECT max(id) FROM messages")[0][0]
    new = str(desk.one("ticket.split", ref, message=str(newest))["new"])
    assert (risks_of(desk, ref), risks_of(desk, new)) == ((), ("legal",))
    desk.do("app.undo")
    assert risks_of(desk, ref) == ("legal",)


def test_what_an_agent_said_of_a_mood_outlives_a_merge(desk: TestDesk) -> None:
    calm = desk.open(body="Which size is the lamp?", at=0)
    furious = desk.open(body=FURIOUS, at=30)
    derive(desk)
    desk.do("ticket.mood", furious, mood="-legal")
    assert risks_of(desk, furious) == ()
    desk.do("ticket.merge", calm, into=furious)
    assert risks_of(desk, furious) == ()


def test_what_an_agent_said_goes_along_with_its_message(desk: TestDesk) -> None:
    calm = desk.open(body="Which size is the lamp?", at=0)
    furious = desk.open(body=FURIOUS, at=30)
    derive(desk)
    desk.do("ticket.mood", furious, mood="-legal")
    before = mood(desk, calm), mood(desk, furious), desk.ticket(calm)["urgency"]
    desk.do("ticket.merge", furious, into=calm)
    assert mood(desk, calm) == before[1]
    assert desk.ticket(calm)["urgency"] > before[2]
    desk.do("app.undo")
    assert (mood(desk, calm), mood(desk, furious), desk.ticket(calm)["urgency"]) == before
    desk.do("app.redo")
    assert mood(desk, calm) == before[1]
    desk.do("app.undo")
    desk.do("app.undo")  # of what was said, which stands where it was said
    assert risks_of(desk, furious) == ("legal",)


@pytest.mark.parametrize("newer_said", [True, False])
def test_what_was_said_of_the_older_message_is_back_after_an_undo(
    desk: TestDesk, newer_said: bool
) -> None:
    older = desk.open(body="Which size is the lamp?", at=0)
    newer = desk.open(body=FURIOUS, at=30)
    derive(desk)
    desk.do("ticket.mood", older, mood="fraud")
    if newer_said:
        desk.do("ticket.mood", newer, mood="safety")
    before = mood(desk, older), mood(desk, newer)
    desk.do("ticket.merge", newer, into=older)
    assert mood(desk, older) == before[1]
    desk.do("app.undo")
    assert (mood(desk, older), mood(desk, newer)) == before
    desk.do("ticket.merge", older, into=newer)
    assert mood(desk, newer) == before[1]
    desk.do("app.undo")
    assert (mood(desk, older), mood(desk, newer)) == before


def test_what_was_said_while_two_were_one_is_said_of_the_message(desk: TestDesk) -> None:
    calm = desk.open(body="Which size is the lamp?", at=0)
    furious = desk.open(body=FURIOUS, at=30)
    derive(desk)
    desk.do("ticket.mood", furious, mood="safety")
    desk.do("ticket.merge", furious, into=calm)
    desk.do("ticket.mood", calm, mood="calm fraud", agent="ben")
    desk.do("app.undo")
    assert (risks_of(desk, calm), risks_of(desk, furious)) == ((), ("fraud",))


def test_a_split_takes_along_what_was_said_and_undo_brings_it_back(desk: TestDesk) -> None:
    ref = desk.open(body="Which size is the lamp?", at=0)
    desk.follow_up(ref, FURIOUS)
    derive(desk)
    desk.do("ticket.mood", ref, mood="safety")
    said = mood(desk, ref)
    newest = desk.rows("SELECT max(id) FROM messages")[0][0]
    new = str(desk.one("ticket.split", ref, message=str(newest))["new"])
    assert mood(desk, new) == said
    left = mood(desk, ref)
    assert left is not None
    assert (left.tone, left.risks) == ("neutral", ())
    desk.do("app.undo")
    assert mood(desk, ref) == said
    desk.do("app.undo")
    assert risks_of(desk, ref) == ("legal",)


def test_what_was_said_before_the_message_that_is_split_off_is_read_anew(desk: TestDesk) -> None:
    ref = desk.open(body=FURIOUS, at=0)
    derive(desk)
    desk.do("ticket.mood", ref, mood="calm")
    desk.follow_up(ref, "Which size is the lamp?")
    derive(desk)
    newest = desk.rows("SELECT max(id) FROM messages")[0][0]
    desk.do("ticket.split", ref, message=str(newest))
    assert risks_of(desk, ref) == ("legal",)

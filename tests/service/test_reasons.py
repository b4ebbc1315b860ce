"""The contact reason that a ticket seems to have: kept with it, found by it, read anew."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskterm.domain.query import parse_query
from deskterm.service import reasons as service
from deskterm.service.moods import moods_of
from deskterm.service.reading.macros import Around
from deskterm.service.reading.reading import Reading
from deskterm.service.reading.shelf import Shelf
from deskterm.store import derived, moods, reasons
from deskterm.store.reason_tables import UNREAD
from deskterm.store.where import compile_query
from tests.support.desk import TestDesk, a_mail
from tests.support.ground import kept_ground
from tests.support.orders import an_order, bring, shop_account

WISMO = "Hello, where is my order? I have not received it yet."
CANCEL = "Please cancel my order, I do not want it any more."
INVOICE = "I need an invoice"
BROKEN = "The lamp arrived broken"
THANKS = "Thank you so much!"
ODD = "zzz qqq"

ReadAll = Callable[[], int]


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "macros", tmp_path / "facts.toml", ground=kept_ground())


@pytest.fixture
def read_all(desk: TestDesk, shelf: Shelf) -> ReadAll:
    """Stage two, then what the office does when nobody wants anything; returns the commits."""

    def run() -> int:
        derive(desk)
        before = desk.writer.revision
        while not read_some(desk, shelf):
            pass
        return desk.writer.revision - before

    return run


def read_some(desk: TestDesk, shelf: Shelf, is_calm: Callable[[], bool] = lambda: True) -> bool:
    now = desk.clock.now().astimezone(ZoneInfo("Europe/Paris"))
    around = Around(shelf.stock(), "anna", now, "en")
    return service.read_some(around, lambda: desk.reading, desk.write, is_calm)


def derive(desk: TestDesk) -> None:
    """Stage two, without hiding quotes."""
    rows = derived.waiting(desk.reading, 1_000)
    read = list(moods_of(rows, {row["id"]: None for row in rows}))
    desk.write(lambda tx: derived.save(tx, [(row["id"], None) for row in rows]))
    desk.write(lambda tx: moods.save(tx, read))


def suggested(desk: TestDesk, ref: str) -> str | None:
    found: str | None = desk.ticket(ref)["suggested_reason"]
    return found


def unread(desk: TestDesk) -> set[str]:
    return {row[0] for row in desk.rows(f"SELECT ref FROM tickets WHERE {UNREAD}")}


def found(desk: TestDesk, query: str) -> set[str]:
    compiled = compile_query(parse_query(query, now=desk.clock.now()), "anna")
    where, values = compiled.where, compiled.values
    return {row[0] for row in desk.rows(f"SELECT t.ref FROM tickets t WHERE {where}", *values)}


def causes(desk: TestDesk, ref: str) -> str:
    return str(desk.ticket(ref)["urgency_causes"])


def several(desk: TestDesk, *bodies: str) -> Iterator[str]:
    """Tickets of different customers, the oldest first."""
    for number, body in enumerate(bodies):
        sender = f"c{number}@mail.example"
        desk.arrive(a_mail(f"n{number}", body, at=number, sender=sender, subject="Hello"))
        yield desk.ticket_of(f"n{number}")["ref"]


def test_what_waits_for_an_answer_has_the_reason_that_the_screen_suggests(
    desk: TestDesk, shelf: Shelf, read_all: ReadAll
) -> None:
    broken, cancel, odd = several(desk, BROKEN, CANCEL, ODD)
    read_all()
    assert [suggested(desk, each) for each in (broken, cancel, odd)] == ["damaged", "cancel", None]
    zone = ZoneInfo("Europe/Paris")
    reading = Reading(desk.path, "anna", zone, desk.clock.now, shelf=lambda: shelf)
    for each in (broken, cancel, odd):
        shown = reading.macros_of(desk.ticket(each)["id"], "en")
        assert shown is not None
        assert (shown.suggested_reason or None) == suggested(desk, each)
    reading.close()


def test_nothing_is_read_twice_and_nothing_before_stage_two(
    desk: TestDesk, shelf: Shelf, read_all: ReadAll
) -> None:
    ref = desk.open(body=WISMO)
    read_some(desk, shelf)  # notes with what it reads
    assert read_some(desk, shelf)
    assert suggested(desk, ref) is None
    assert read_all() == 1
    assert unread(desk) == set()
    assert read_all() == 0


def test_queries_find_what_is_suggested_unless_an_agent_said_otherwise(
    desk: TestDesk, read_all: ReadAll
) -> None:
    broken, other, odd = several(desk, BROKEN, BROKEN, ODD)
    read_all()
    desk.do("ticket.reason", other, reason="complaint")
    assert found(desk, "reason:damaged") == {broken}
    assert found(desk, "reason:complaint") == {other}
    assert found(desk, "reason:none") == {odd}
    assert found(desk, "-reason:damaged") == {other, odd}
    assert found(desk, "-reason:none") == {broken, other}
    assert found(desk, "reason:damaged or reason:none") == {broken, odd}
    desk.do("ticket.reason", other, reason="none")
    assert found(desk, "reason:damaged") == {broken, other}


def test_a_reason_is_found_by_its_index(desk: TestDesk) -> None:
    compiled = compile_query(parse_query("reason:wismo", now=desk.clock.now()), "anna")
    plan = desk.rows(
        f"EXPLAIN QUERY PLAN SELECT t.id FROM tickets t WHERE {compiled.where}"
        " ORDER BY t.last_message_at DESC, t.id DESC",
        *compiled.values,
    )
    assert [row["detail"].partition(" (")[0] for row in plan] == [
        "SEARCH t USING INDEX tickets_reason"
    ]


def test_a_look_for_what_is_unread_walks_an_index_that_holds_nothing_else(desk: TestDesk) -> None:
    asked: list[str] = []
    connection = desk.reading
    connection.set_trace_callback(asked.append)
    reasons.unread(connection, 20)
    connection.set_trace_callback(None)
    (plan,) = connection.execute(f"EXPLAIN QUERY PLAN {asked[0]}").fetchall()
    assert plan["detail"] == "SCAN tickets USING INDEX tickets_reason_unread"


def test_what_needs_no_answer_is_not_read(desk: TestDesk, read_all: ReadAll) -> None:
    resolved, spam, said, answered, snoozed = several(desk, *[BROKEN] * 5)
    desk.do("ticket.resolve", resolved)
    desk.do("ticket.spam", spam)
    desk.do("ticket.reason", said, reason="complaint")
    desk.arrive(a_mail("ours", "It left today.", after=["n3"], at=60, ours=True))
    desk.do("ticket.snooze", snoozed, until="tomorrow 9:00")
    read_all()
    everything = (resolved, spam, said, answered, snoozed)
    assert [suggested(desk, each) for each in everything] == [None, None, None, None, "damaged"]
    desk.do("ticket.reason", said, reason="none")
    read_all()
    assert suggested(desk, said) == "damaged"


def test_the_next_message_is_read_anew(desk: TestDesk, read_all: ReadAll) -> None:
    desk.arrive(a_mail("one", BROKEN))
    ref = desk.ticket_of("one")["ref"]
    read_all()
    assert suggested(desk, ref) == "damaged"
    desk.arrive(a_mail("ours", "We send another one.", after=["one"], at=5, ours=True))
    assert unread(desk) == set()
    desk.arrive(a_mail("two", INVOICE, after=["one", "ours"], at=10))
    read_all()
    assert suggested(desk, ref) == "invoice"
    desk.do("ticket.reason", ref, reason="complaint")
    desk.arrive(a_mail("three", THANKS, after=["one", "ours", "two"], at=15))
    read_all()
    assert (suggested(desk, ref), found(desk, "reason:complaint")) == ("invoice", {ref})


def test_what_is_not_shown_is_not_read(desk: TestDesk, shelf: Shelf, read_all: ReadAll) -> None:
    ref = desk.open(body=f"{INVOICE}\n> {BROKEN}")
    derive(desk)
    desk.write(lambda tx: tx.execute("UPDATE messages SET shown = ?", (INVOICE,)))
    read_all()
    assert suggested(desk, ref) == "invoice"


def test_a_merge_and_its_undo_are_read_anew(desk: TestDesk, read_all: ReadAll) -> None:
    older = desk.open(body=BROKEN, subject="Hello", at=0)
    newer = desk.open(body=INVOICE, subject="Hi", at=30)
    read_all()
    desk.do("ticket.merge", newer, into=older)
    assert unread(desk) == {older}
    read_all()
    merged = desk.ticket(older)
    assert merged["reason_message"] == merged["mood_message"]
    assert found(desk, "reason:invoice or reason:damaged") == {older}
    desk.do("app.undo")
    assert unread(desk) == {older, newer}
    read_all()
    assert (suggested(desk, older), suggested(desk, newer)) == ("damaged", "invoice")


def test_both_parts_of_a_split_are_read_anew(desk: TestDesk, read_all: ReadAll) -> None:
    ref = desk.open(body=BROKEN, subject="Hello")
    row = desk.follow_up(ref, INVOICE, subject="Hello")
    read_all()
    new = str(desk.one("ticket.split", ref, message=str(row))["new"])
    read_all()
    assert (suggested(desk, ref), suggested(desk, new)) == ("damaged", "invoice")


def test_an_order_that_comes_may_say_otherwise(desk: TestDesk, read_all: ReadAll) -> None:
    account = shop_account(desk)
    ref = desk.open(body=WISMO)
    read_all()
    assert suggested(desk, ref) is None
    bring(desk, account, an_order())
    assert unread(desk) == {ref}
    read_all()
    assert suggested(desk, ref) == "wismo"


def test_a_macro_that_does_not_fit_takes_its_reason_along(
    desk: TestDesk, shelf: Shelf, read_all: ReadAll
) -> None:
    ref = desk.open(body=INVOICE, subject="Hello")
    read_all()
    assert suggested(desk, ref) == "invoice"
    for macro in [each for each in shelf.stock().library.macros.values() if each.reason]:
        desk.do("macro.dismiss", ref, macro=macro.id)
    read_all()
    assert suggested(desk, ref) is None
    desk.do("app.undo")
    assert unread(desk) == {ref}


def test_a_sure_reason_counts_for_urgency_as_a_chosen_one_does(
    desk: TestDesk, read_all: ReadAll
) -> None:
    bring(desk, shop_account(desk), an_order())
    cancel, pleased = (
        desk.open(body=CANCEL),
        desk.open(body=THANKS, subject="Hi", sender="c@mail.example"),
    )
    read_all()
    assert (causes(desk, cancel), causes(desk, pleased)) == ("before_sending", "thanks")
    desk.do("ticket.reason", cancel, reason="complaint")
    assert causes(desk, cancel) == "complaint"
    desk.do("app.undo")
    assert causes(desk, cancel) == "before_sending"
    desk.do("ticket.reason", pleased, reason="wismo")
    assert causes(desk, pleased) == ""


def test_one_that_is_not_sure_does_not(desk: TestDesk) -> None:
    ref = desk.open(body=CANCEL)
    derive(desk)
    (one,) = reasons.unread(desk.reading, 20)
    read = reasons.ReadReason(*one, "cancel", sure=False)
    desk.write(lambda tx: reasons.save(tx, [read]))
    assert (suggested(desk, ref), causes(desk, ref)) == ("cancel", "")


def test_the_newest_come_first_and_one_is_enough_where_somebody_waits(
    desk: TestDesk, shelf: Shelf
) -> None:
    refs = list(several(desk, *[BROKEN] * 3))
    derive(desk)
    read_some(desk, shelf)  # notes with what it reads
    for expected in itertools.accumulate(reversed(refs), lambda _, ref: ref):
        assert not read_some(desk, shelf, is_calm=lambda: False)
        assert suggested(desk, expected) == "damaged"
        refs.remove(expected)
        assert {suggested(desk, each) for each in refs} <= {None}
    assert read_some(desk, shelf)


def test_what_was_read_of_a_state_that_is_no_more_is_read_again(
    desk: TestDesk, shelf: Shelf
) -> None:
    ref = desk.open(body=BROKEN)
    derive(desk)
    read_some(desk, shelf)  # notes with what it reads
    other = desk.open(body=BROKEN, subject="Other", at=10)
    derive(desk)

    def somebody_writes() -> bool:
        desk.do("ticket.reason", ref, reason="complaint")
        return True

    assert not read_some(desk, shelf, is_calm=somebody_writes)
    assert (suggested(desk, ref), suggested(desk, other)) == (None, None)
    while not read_some(desk, shelf):
        pass
    assert (suggested(desk, ref), suggested(desk, other)) == (None, "damaged")


def test_other_macros_read_anew_what_waits(desk: TestDesk, tmp_path: Path, shelf: Shelf) -> None:
    waits, done = several(desk, "My zorblax wumpets.", "My zorblax wumpets.")
    derive(desk)
    while not read_some(desk, shelf):
        pass
    assert (suggested(desk, waits), unread(desk)) == (None, set())
    desk.do("ticket.resolve", done)
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "wumpet.toml").write_text(
        '[[macro]]\nid = "wumpet"\nreason = "warranty"\ntitle.en = "Wumpets"\n'
        'asks.en = ["zorblax wumpets"]\nbody.en = "Send it back."\n'
    )
    own = Shelf(folder, tmp_path / "facts.toml", ground=kept_ground())
    assert not own.stock().problems
    while not read_some(desk, own):
        pass
    assert (suggested(desk, waits), suggested(desk, done)) == ("warranty", None)


def test_it_is_in_no_journal(desk: TestDesk, read_all: ReadAll) -> None:
    desk.open(body=BROKEN)
    before = desk.rows("SELECT count(*) FROM journal_entries")[0][0]
    read_all()
    assert desk.rows("SELECT count(*) FROM journal_entries")[0][0] == before

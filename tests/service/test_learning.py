"""What sending, taking back and dismissing teach, and how soon it is seen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.macros.learning import UNIT
from deskterm.service.learning import weighing
from deskterm.service.reading.macro_rows import SuggestionView
from deskterm.service.reading.reading import Reading
from deskterm.service.reading.shelf import Shelf
from deskterm.store import learning
from tests.support.desk import TestDesk, a_mail
from tests.support.ground import kept_ground

FINE = "Your parcel left on Monday and arrives tomorrow."
#: Words that no macro knows before one was taken for them.
ODD = "Zorblax wumpet grindel flomp?"
QUESTION = "Hello, where is my order? I have not received it yet."


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "macros", tmp_path / "facts.toml", ground=kept_ground())


@pytest.fixture
def desk(desk: TestDesk, shelf: Shelf) -> TestDesk:
    desk.reads = lambda: shelf.stock().suggester
    return desk


def reader(desk: TestDesk, shelf: Shelf) -> Reading:
    zone = ZoneInfo("Europe/Paris")
    return Reading(desk.path, "anna", zone, desk.clock.now, shelf=lambda: shelf)


@pytest.fixture
def reading(desk: TestDesk, shelf: Shelf) -> Iterator[Reading]:
    found = reader(desk, shelf)
    yield found
    found.close()


def suggested(reading: Reading, desk: TestDesk, ref: str) -> tuple[SuggestionView, ...]:
    found = reading.macros_of(desk.ticket(ref)["id"], "en")
    assert found is not None
    return found.items


def names(reading: Reading, desk: TestDesk, ref: str) -> list[str]:
    return [item.macro for item in suggested(reading, desk, ref)]


def counts(desk: TestDesk) -> dict[tuple[str, str], int]:
    rows = desk.rows("SELECT macro, feature, weight FROM macro_counts WHERE weight != 0")
    return {(row[0], row[1]): row[2] for row in rows}


def uses(desk: TestDesk) -> dict[str, tuple[int, int, int, int]]:
    rows = desk.rows("SELECT macro, used, rewritten, dismissed, offered FROM macro_uses")
    return {row[0]: tuple(row)[1:] for row in rows if any(tuple(row)[1:])}


def answer(desk: TestDesk, body: str, macro: str, **more: object) -> str:
    """A ticket that is answered with a macro; its reference."""
    ref = desk.open(body=body, subject="Hm")
    desk.one("ticket.reply", ref, text=FINE, macro=macro, **more)
    return ref


def test_a_macro_that_was_sent_is_suggested_at_the_next_message(
    desk: TestDesk, reading: Reading
) -> None:
    other = desk.open(body=f"{ODD} Thanks", subject="Hm")
    assert names(reading, desk, other)[:1] != ["stock"]
    answer(desk, ODD, "stock")
    assert names(reading, desk, other)[0] == "stock"


@pytest.mark.parametrize("act", ["undo", "take_back"])
def test_a_reply_that_is_taken_back_has_taught_nothing(
    desk: TestDesk, reading: Reading, act: str
) -> None:
    other = desk.open(body=QUESTION, subject="Hm")
    before = suggested(reading, desk, other)
    ref = desk.open(body=QUESTION, subject="Hm")
    item = desk.one("ticket.reply", ref, text=FINE, macro="stock", suggested="stock cancel_order")
    assert counts(desk)
    desk.follow_up(ref, "Never mind")  # what is learned is of the message that was answered
    if act == "undo":
        desk.do("app.undo")
    else:
        desk.do("outbox.take_back", item=item["item"])
    assert (counts(desk), uses(desk)) == ({}, {})
    assert desk.rows("SELECT 1 FROM macro_picks") == []
    assert suggested(reading, desk, other) == before


def test_who_starts_later_suggests_the_same(desk: TestDesk, reading: Reading, shelf: Shelf) -> None:
    ref = desk.open(body=QUESTION, subject="Hm")
    names(reading, desk, ref)
    for macro in ("stock", "order_status", "stock"):
        answer(desk, QUESTION, macro)
        names(reading, desk, ref)
    desk.do("app.undo")
    grown = suggested(reading, desk, ref)
    fresh = reader(desk, Shelf(Path("/nowhere"), Path("/nowhere"), ground=kept_ground()))
    try:
        assert suggested(fresh, desk, ref) == grown
    finally:
        fresh.close()


def test_a_text_that_was_rewritten_teaches_less(desk: TestDesk) -> None:
    answer(desk, ODD, "stock")
    whole = counts(desk)["stock", ""]
    answer(desk, ODD, "size_advice", rewritten=True)
    assert whole == UNIT
    assert counts(desk)["size_advice", ""] == 0.3 * UNIT
    assert uses(desk)["size_advice"] == (1, 1, 0, 1)


def test_every_macro_of_a_reply_is_learned_from(desk: TestDesk) -> None:
    ref = desk.open(body=ODD, subject="Hm")
    item = desk.one(
        "ticket.reply",
        ref,
        text=FINE,
        macro="stock size_advice",
        rewritten="size_advice",
        suggested="stock size_advice order_status",
    )
    assert counts(desk)["stock", ""] == UNIT
    assert counts(desk)["size_advice", ""] == 0.3 * UNIT
    assert uses(desk) == {
        "stock": (1, 0, 0, 1),
        "size_advice": (1, 1, 0, 1),
        "order_status": (0, 0, 0, 1),
    }
    desk.do("outbox.take_back", item=item["item"])
    assert (counts(desk), uses(desk)) == ({}, {})


@pytest.mark.parametrize("merged", [False, True])
def test_who_writes_again_after_a_macro_is_counted_wherever_the_thread_went(
    desk: TestDesk, merged: bool
) -> None:
    ref = desk.open(body=QUESTION, subject="Hm")
    item = desk.one("ticket.reply", ref, text=FINE, macro="stock order_status")
    (first,) = desk.rows("SELECT remote_id FROM messages")[0]
    desk.sent(item["item"])
    answer(desk, QUESTION, "stock", rewritten=True)
    assert [one.reopened for one in learning.statistics(desk.reading)] == [0, 0]
    if merged:
        other = desk.open(body="The lamp again", subject="Hm")
        desk.do("ticket.merge", ref, into=other)
    desk.clock.advance(7_200)
    after = [str(first).removeprefix("mail:")]
    desk.arrive(a_mail("again", "Still nothing came!", after=after, at=60 * 26))
    assert [tuple(one) for one in learning.statistics(desk.reading)] == [
        ("stock", 2, 1, 0, 2, 1),
        ("order_status", 1, 0, 0, 1, 1),
    ]


def test_nothing_of_a_person_is_learned(desk: TestDesk) -> None:
    body = "Hello, Marta here, order LO-12345, marta@mail.example, flomp at 06 12 34 56"
    answer(desk, body, "stock")
    learned = " ".join(feature for _, feature in counts(desk))
    assert "flomp" in learned
    for word in ("marta", "12345", "mail.example", "lo-1", "3456"):
        assert word not in learned.casefold()
    columns = desk.rows("SELECT * FROM macro_picks")[0]
    assert not any("flomp" in str(value) for value in columns)


def test_how_often_a_macro_was_taken_is_a_reason(desk: TestDesk, reading: Reading) -> None:
    offered = "order_status ask_order_number"
    for _ in range(2):
        answer(desk, QUESTION, "ask_order_number", suggested=offered)
    ref = desk.open(body=QUESTION, subject="Hm")
    desk.one("ticket.reply", ref, text=FINE, suggested=offered)
    desk.one("ticket.reply", ref, text=f"{FINE} Yes", suggested="stock", agent="otto")
    item = next(s for s in suggested(reading, desk, ref) if s.macro == "ask_order_number")
    (used,) = [reason for reason in item.reasons if reason.kind == "used"]
    assert (used.times, used.of) == (2, 3)


def test_a_customer_who_is_erased_is_unlearned(
    desk: TestDesk, reading: Reading, shelf: Shelf
) -> None:
    ref = answer(desk, "Grindel flomp", "stock")
    kept = counts(desk)
    customer = desk.ticket(ref)["customer_id"]
    other = desk.open(body="Wumpet zorblax", subject="Hm", sender="jean@mail.example")
    desk.one("ticket.reply", other, text=FINE, macro="size_advice")
    names(reading, desk, other)
    weigh = weighing(lambda: shelf.stock().suggester)
    assert desk.write(lambda tx: learning.forget_customer(tx, customer, weigh)) == 1
    rows = desk.rows("SELECT macro, feature FROM macro_counts")
    assert kept
    assert {row["macro"] for row in rows} == {"size_advice"}
    assert not any("flomp" in row["feature"] for row in rows)
    assert uses(desk)["stock"] == (1, 0, 0, 1)
    third = desk.open(body="Grindel flomp", subject="Hm")
    fresh = reader(desk, Shelf(Path("/nowhere"), Path("/nowhere"), ground=kept_ground()))
    try:
        assert names(reading, desk, third) == names(fresh, desk, third)
    finally:
        fresh.close()


def test_statistics_count_what_was_used_rewritten_and_asked_again(desk: TestDesk) -> None:
    ref = answer(desk, QUESTION, "order_status", suggested="order_status stock")
    answer(desk, QUESTION, "order_status", rewritten=True)
    desk.follow_up(ref, "And where is it now?", at=60 * 24 * 3)
    found = learning.statistics(desk.reading)
    assert [tuple(each) for each in found] == [
        ("order_status", 2, 1, 0, 2, 1),
        ("stock", 0, 0, 0, 1, 0),
    ]


@pytest.mark.parametrize("wrong", ["a b c d e f g h i j", "x" * 61])
def test_too_many_suggestions_are_refused(desk: TestDesk, wrong: str) -> None:
    ref = desk.open()
    with pytest.raises(DesktermError, match="suggested"):
        desk.do("ticket.reply", ref, text=FINE, suggested=wrong)


def test_a_desk_without_macros_learns_nothing(desk: TestDesk) -> None:
    desk.reads = None
    answer(desk, ODD, "stock", suggested="stock")
    assert desk.rows("SELECT 1 FROM macro_picks") == []

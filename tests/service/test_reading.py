"""What a screen reads: views in order, rows, conversations; clean, bounded, whole."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from deskterm.domain.arrival import FiledAttachment
from deskterm.domain.clock import to_text
from deskterm.domain.errors import DesktermError, Interrupted
from deskterm.domain.query import QueryError
from deskterm.service.reading import views
from deskterm.service.reading.lists import LONGEST_TEXT, compiled
from deskterm.service.reading.reading import Reading
from deskterm.service.reading.rows import LinkView
from deskterm.service.reading.views import View
from deskterm.store import accounts, derived, lists
from deskterm.store.connect import connect
from deskterm.store.urgency import note_windows
from deskterm.store.where import Compiled
from deskterm.text.clean import SafeText
from tests.support.desk import MARTA, START, TestDesk, a_mail

HOSTILE = "a\x1b]52;c;cm0gLXJm\x07b\u202ec\nd"


@pytest.fixture
def reading(desk: TestDesk) -> Iterator[Reading]:
    found = Reading(desk.path, "anna", ZoneInfo("Europe/Paris"), desk.clock.now)
    yield found
    found.close()


def refs(reading: Reading, view: View) -> list[str]:
    """The list of a view, read in both ways."""
    rows = reading.first_page(view, 100)
    assert reading.ids(view).tolist() == [row.ticket_id for row in rows]
    assert reading.rows(reading.ids(view)) == rows
    return [row.ref for row in rows]


def test_without_a_database_everything_is_empty_until_it_is_there(tmp_path: Path) -> None:
    path = tmp_path / "deskterm.db"
    reading = Reading(path, "anna", UTC, lambda: START)
    assert reading.first_page(views.NEEDS_US, 10) == []
    assert len(reading.ids(views.ALL)) == 0
    assert reading.rows([1]) == []
    assert reading.conversation(1) is None
    assert reading.whole_text("message:1") is None
    assert reading.details("message:1") is None
    assert reading.drafts(1) == []
    assert reading.outbox() == []
    assert reading.accounts() == []
    assert reading.counts().needs_us == 0
    assert reading.ticket_id("k7m2q9") is None
    assert reading.next_needing_us(None, 1) is None
    assert reading.field_values("tag") == []
    assert reading.revision == 0
    path.touch()
    assert reading.first_page(views.NEEDS_US, 10) == []
    desk = TestDesk(tmp_path)
    try:
        ref = desk.open()
        assert refs(reading, views.NEEDS_US) == [ref]
        assert reading.revision > 0
    finally:
        reading.close()
        desk.close()


def test_what_needs_us_comes_by_how_long_the_customer_waits(
    desk: TestDesk, reading: Reading
) -> None:
    young = desk.open(at=30)
    old = desk.open(at=10, sender="otto@mail.example")
    nobody_waits = desk.open(at=0, sender="ines@mail.example", ours=True)
    desk.do("ticket.reopen", nobody_waits)
    done = desk.open(at=5, sender="jo@mail.example")
    desk.do("ticket.resolve", done)
    assert refs(reading, views.NEEDS_US) == [old, young, nobody_waits]


def test_each_view_holds_what_its_name_says(desk: TestDesk, reading: Reading) -> None:
    mine, sleeping, late_sleeper, written, answered, done = (
        desk.open(at=n, sender=f"c{n}@mail.example") for n in range(6)
    )
    desk.do("ticket.take", mine)
    desk.do("ticket.snooze", late_sleeper, until="3d")
    desk.do("ticket.snooze", sleeping, until="2h")
    desk.do("draft.save", written, text="Dear customer")
    desk.do("ticket.resolve", done)
    desk.do("ticket.assign", done, to="anna")
    desk.arrive(a_mail("ours", after=[_name_of(desk, answered)], at=20, ours=True))
    assert refs(reading, views.MINE) == [mine]
    assert refs(reading, views.SNOOZED) == [sleeping, late_sleeper]
    assert refs(reading, views.DRAFTS) == [written]
    assert refs(reading, views.WAITING) == [answered]
    assert set(refs(reading, views.UNOWNED)) == {sleeping, late_sleeper, written, answered}
    assert refs(reading, views.ALL)[:2] == [answered, done]
    assert len(refs(reading, views.ALL)) == 6


def _name_of(desk: TestDesk, ref: str) -> str:
    rows = desk.rows(
        "SELECT m.message_id FROM messages m JOIN tickets t ON t.id = m.ticket_id WHERE t.ref = ?",
        ref,
    )
    return str(rows[0][0]).strip("<>").partition("@")[0]


def test_a_view_is_narrowed_by_a_second_query(desk: TestDesk, reading: Reading) -> None:
    lamp = desk.open(at=1, body="The lamp is broken")
    chair = desk.open(at=2, body="The chair is broken", sender="otto@mail.example")
    solved = desk.open(at=3, body="A lamp, thanks", sender="ines@mail.example")
    desk.do("ticket.resolve", solved)
    assert refs(reading, views.NEEDS_US.narrow("lamp")) == [lamp]
    assert refs(reading, views.ALL.narrow("lamp")) == [solved, lamp]
    assert refs(reading, views.ALL.narrow("lamp -status:resolved or chair")) == [chair, lamp]
    assert refs(reading, views.NEEDS_US.narrow("status:resolved")) == []


def test_a_fault_in_the_second_query_stands_at_its_place(reading: Reading) -> None:
    with pytest.raises(QueryError) as caught:
        reading.ids(views.NEEDS_US.narrow("lamp stauts:open"))
    assert caught.value.at == 5
    with pytest.raises(QueryError):
        reading.first_page(views.NEEDS_US.narrow("(lamp"), 10)


def test_of_very_many_hits_the_newest_are_listed(
    desk: TestDesk, reading: Reading, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "MOST_FOUND", 3)
    monkeypatch.setattr(lists, "_FIRST_HITS", 1)
    for n in range(5):
        desk.open(at=n, sender=f"c{n}@mail.example", body="lamp")
    newest = [row.ref for row in reading.first_page(views.ALL, 3)]
    assert refs(reading, views.ALL.narrow("lamp")) == newest


def test_everything_from_outside_is_clean_and_stands_on_one_line(
    desk: TestDesk, reading: Reading
) -> None:
    ref = desk.open(
        subject=HOSTILE,
        body=HOSTILE,
        author_name=HOSTILE,
        party_name=HOSTILE,
        automatic=None,
        attachments=(FiledAttachment("1", HOSTILE, "image/png\x1b[31m", 4, "0" * 64),),
    )
    desk.do("ticket.note", ref, text=HOSTILE)
    desk.do("ticket.tag", ref, tag="vip")
    view = reading.conversation(reading.ids(views.ALL)[0])
    assert view is not None
    row = view.ticket
    for text in (row.customer, row.subject, row.preview, *view.tags):
        assert isinstance(text, SafeText)
        assert text.isprintable()
    for entry in view.entries:
        for text in (entry.author, entry.subject, *(f.filename for f in entry.files)):
            assert isinstance(text, SafeText)
            assert "\x1b" not in text
            assert "\n" not in text
        assert isinstance(entry.text, SafeText)
        assert entry.text.split("\n")[-1] == "d"
        assert "\u202e" not in entry.text
    assert view.entries[0].files[0].mime.startswith("image/png")
    found = reading.details(view.entries[0].key)
    assert found is not None
    assert found.sender.isprintable()


def test_a_conversation_has_messages_notes_and_what_waits_in_order(
    desk: TestDesk, reading: Reading
) -> None:
    ref = desk.open(body="Where is it?\n\n> old\n> older")
    row = desk.rows("SELECT id FROM messages")[0]["id"]
    desk.write(lambda tx: derived.save(tx, [(row, "Where is it?")]))
    desk.do("ticket.note", ref, text="Asked the carrier")
    desk.do("ticket.reply", ref, text="Dear Marta, it left today.")
    desk.do("draft.save", ref, text="P.S.", agent="otto")
    desk.do("draft.save", ref, text="More soon")
    view = reading.conversation(desk.ticket(ref)["id"])
    assert view is not None
    message, note, outgoing = view.entries
    assert (message.kind, note.kind, outgoing.kind) == ("message", "note", "outgoing")
    assert (message.ours, note.ours, outgoing.ours) == (False, True, True)
    assert message.text == "Where is it?"
    assert message.hidden == len("\n\n> old\n> older")
    assert message.address == MARTA
    assert note.author == "anna"
    assert outgoing.state == "held"
    assert outgoing.hold_until == desk.clock.now() + timedelta(seconds=10)
    assert view.draft is not None
    assert (view.draft.body, view.draft.kind) == ("More soon", "reply")
    assert view.newest_inbound == int(message.key.partition(":")[2])
    assert view.ticket.outgoing == "reply"
    assert not view.ticket.needs_us
    assert view.ticket.has_draft
    assert reading.whole_text(message.key) == "Where is it?\n\n> old\n> older"
    assert reading.whole_text(note.key) == note.text
    assert reading.whole_text(outgoing.key) == outgoing.text
    assert reading.whole_text("message:0") is None
    assert reading.conversation(999) is None


def test_headers_of_a_message(desk: TestDesk, reading: Reading) -> None:
    ref = desk.open(raw=b"x" * 321, sent_at="2026-11-02T07:59:00.000Z")
    desk.do("ticket.note", ref, text="hm")
    view = reading.conversation(desk.ticket(ref)["id"])
    assert view is not None
    found = reading.details(view.entries[0].key)
    assert found is not None
    assert found.sender == f"Marta <{MARTA}>"
    assert found.to == "Shop <help@shop.example>"
    assert found.size == 321
    assert found.message_id.endswith("@mail.example>")
    assert found.sent_at == datetime(2026, 11, 2, 7, 59, tzinfo=UTC)
    assert reading.details(view.entries[1].key) is None


def test_a_message_as_it_came_is_clean_and_bounded(desk: TestDesk, reading: Reading) -> None:
    short = desk.open(raw=b"Subject: \x1b[2J\r\n\r\n\xff\r\n")
    long = desk.open(raw=b"A" * 3_000_000)
    keys = []
    for ref in (short, long):
        view = reading.conversation(desk.ticket(ref)["id"])
        assert view is not None
        keys.append(view.entries[0].key)
    found = reading.raw(keys[0])
    assert found is not None
    assert (found.text, found.size, found.whole) == ("Subject: ␛[2J\n\n\ufffd\n", 20, True)
    found = reading.raw(keys[1])
    assert found is not None
    assert (len(found.text), found.size, found.whole) == (200_000, 3_000_000, False)
    assert reading.raw("message:0") is None
    assert reading.raw("note:x") is None


def test_a_long_ticket_is_read_from_its_newest_end(desk: TestDesk, reading: Reading) -> None:
    names = [f"n{n}" for n in range(9)]
    for place, name in enumerate(names):
        desk.arrive(a_mail(name, body=f"text {place}", after=names[:place], at=place))
        if place == 3:
            desk.clock.advance(1)
    (ticket_id,) = reading.ids(views.ALL)
    newest = reading.conversation(ticket_id, 4)
    whole = reading.conversation(ticket_id, 100)
    assert newest is not None
    assert whole is not None
    assert [e.text for e in newest.entries] == [f"text {n}" for n in range(5, 9)]
    assert newest.earlier == 5
    assert whole.entries[-4:] == newest.entries
    assert (len(whole.entries), whole.earlier) == (9, 0)


def test_a_text_without_end_is_cut(desk: TestDesk, reading: Reading) -> None:
    ref = desk.open(body="é" * (LONGEST_TEXT + 5))
    view = reading.conversation(desk.ticket(ref)["id"])
    assert view is not None
    assert len(view.entries[0].text) == LONGEST_TEXT
    whole = reading.whole_text(view.entries[0].key)
    assert whole is not None
    assert len(whole) == LONGEST_TEXT


def test_the_other_tickets_of_a_customer(desk: TestDesk, reading: Reading) -> None:
    old, gone, new = (desk.open(at=n, subject=f"s{n}") for n in range(3))
    other = desk.open(at=9, sender="otto@mail.example")
    ids = {ref: desk.ticket(ref)["id"] for ref in (old, gone, new, other)}
    assert [row.ref for row in reading.others_of_customer(ids[old])] == [new, gone]
    desk.do("ticket.merge", gone, into=new)
    assert [row.ref for row in reading.others_of_customer(ids[old])] == [new]
    assert reading.refs([ids[other], 999, ids[old]]) == [other, old]


def test_a_merged_ticket_says_where_it_went(desk: TestDesk, reading: Reading) -> None:
    one, other = desk.open(at=0, subject="s0"), desk.open(at=1, subject="s1")
    desk.do("ticket.phone_log", one, direction="in", duration="90s", text="Called")
    desk.do("ticket.reason", one, reason="invoice")
    desk.do("ticket.priority", one, priority="high")
    desk.do("ticket.merge", other, into=one)
    ids = [desk.ticket(ref)["id"] for ref in (one, other)]
    view, empty = (reading.conversation(ticket_id) for ticket_id in ids)
    assert view is not None
    assert empty is not None
    assert (empty.merged_into, empty.entries) == (one, ())
    assert view.links == (LinkView("duplicate_of", other, outward=False),)
    assert (view.ticket.reason, view.ticket.priority) == ("invoice", "high")
    (call,) = (entry for entry in view.entries if entry.kind == "note")
    assert (call.call, call.duration_s) == ("inbound", 90)
    assert view.account == "support"
    assert list(reading.ids(views.ALL)) == [ids[0]]


def test_what_leaves_later_and_that_nothing_leaves_is_read(
    desk: TestDesk, reading: Reading
) -> None:
    ref = desk.open()
    desk.do("ticket.reply", ref, text="It leaves tomorrow, as you asked.", send_at="2d")
    (item,) = reading.outbox()
    assert (item.state, item.send_at is not None) == ("scheduled", True)
    view = reading.conversation(desk.ticket(ref)["id"])
    assert view is not None
    assert view.entries[-1].send_at == item.send_at
    assert not reading.counts().paused
    desk.do("outbox.pause")
    assert reading.counts().paused


def test_the_next_that_needs_us_goes_round(desk: TestDesk, reading: Reading) -> None:
    first, second, third = (desk.open(at=n, sender=f"c{n}@mail.example") for n in range(3))
    ids = {ref: desk.ticket(ref)["id"] for ref in (first, second, third)}
    assert reading.next_needing_us(None, 1) == ids[first]
    assert reading.next_needing_us(ids[first], 1) == ids[second]
    assert reading.next_needing_us(ids[third], 1) == ids[first]
    assert reading.next_needing_us(ids[first], -1) == ids[third]
    desk.do("ticket.resolve", second)
    assert reading.next_needing_us(ids[first], 1) == ids[third]
    assert reading.next_needing_us(ids[second], 1) == ids[third]
    desk.do("ticket.resolve", third)
    assert reading.next_needing_us(ids[first], 1) is None


def test_figures_and_outbox(desk: TestDesk, reading: Reading) -> None:
    answered, other = desk.open(), desk.open(sender="otto@mail.example")
    desk.do("ticket.take", other)
    desk.do("ticket.reply", answered, text="Dear Marta, it left today.")
    counts = reading.counts()
    assert (counts.needs_us, counts.mine, counts.snoozed) == (1, 1, 0)
    assert (counts.outbox, counts.asking, counts.messages) == (1, 0, 2)
    assert counts.next_hold == desk.clock.now() + timedelta(seconds=10)
    (item,) = reading.outbox()
    assert (item.ref, item.state, item.customer) == (answered, "held", "Marta")
    assert item.hold_until == counts.next_hold
    desk.sent(item.item)
    assert reading.outbox() == []
    assert reading.counts().next_hold is None


def test_what_is_due_next_is_the_first_window_still_open_on_what_needs_us(
    desk: TestDesk, reading: Reading
) -> None:
    assert reading.counts().next_due is None
    closed, answered, first, later = (
        desk.open(sender=f"c{number}@mail.example") for number in range(4)
    )
    hours = {closed: -1, answered: 1, first: 2, later: 3}
    ends = {
        desk.ticket(ref)["id"]: to_text(desk.clock.now() + timedelta(hours=after))
        for ref, after in hours.items()
    }
    desk.write(lambda tx: note_windows(tx, ends))
    desk.do("ticket.resolve", answered)
    assert reading.counts().next_due == desk.clock.now() + timedelta(hours=2)
    desk.do("ticket.resolve", first)
    assert reading.counts().next_due == desk.clock.now() + timedelta(hours=3)


def test_accounts_before_and_after_their_first_sync(desk: TestDesk, reading: Reading) -> None:
    desk.open()
    (account,) = reading.accounts()
    assert (account.name, account.state, account.tickets) == ("support", "", 1)
    desk.write(lambda tx: accounts.set_health(tx, desk.account.id, "broken", "no\x1b", None, 2))
    (account,) = reading.accounts()
    assert (account.state, account.text) == ("broken", "no␛")
    assert account.synced_at is None


def test_values_of_fields(desk: TestDesk, reading: Reading) -> None:
    one, other = desk.open(), desk.open(sender="otto@mail.example")
    for ref in (one, other):
        desk.do("ticket.tag", ref, tag="vip")
    desk.do("ticket.tag", one, tag="late")
    desk.do("ticket.assign", one, to="otto")
    desk.do("ticket.take", other)
    assert reading.field_values("tag") == ["late", "vip"]
    assert reading.field_values("assignee") == ["anna", "otto"]
    assert reading.field_values("account") == ["support"]
    assert reading.field_values("channel") == ["email"]
    assert "waiting_customer" in reading.field_values("status")
    assert reading.field_values("order") == []


def test_a_reference_as_it_is_typed(desk: TestDesk, reading: Reading) -> None:
    ref = desk.open()
    assert reading.ticket_id(f" {ref.upper()} ") == desk.ticket(ref)["id"]
    assert reading.ticket_id("x") is None


def test_another_thread_can_interrupt(desk: TestDesk, reading: Reading) -> None:
    """A query that would take minutes ends at once."""
    desk.open()
    started = threading.Event()
    endless = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000000)"
        " SELECT count(*) FROM n"
    )
    caught: list[BaseException] = []

    def read() -> None:
        try:
            with reading._file.snapshot() as connection:
                assert connection is not None
                connection.set_progress_handler(lambda: started.set(), 1_000)
                connection.execute(endless).fetchall()
        except Interrupted as error:
            caught.append(error)
        finally:
            reading.close()

    thread = threading.Thread(target=read)
    thread.start()
    assert started.wait(10)
    reading.interrupt()
    thread.join(10)
    assert not thread.is_alive()
    assert len(caught) == 1


def test_an_interrupt_that_hits_the_end_of_a_reading_spoils_no_other(
    desk: TestDesk, reading: Reading
) -> None:
    desk.open()
    with reading._file.snapshot() as connection:
        assert connection is not None
    connection.execute("BEGIN")  # what is left when the rollback itself is interrupted
    assert reading.counts().needs_us == 1


def test_a_damaged_file_is_told_in_words(desk: TestDesk, tmp_path: Path) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"not a database at all, but long enough to be looked at" * 100)
    reading = Reading(broken, "anna", UTC, desk.clock.now)
    with pytest.raises(DesktermError) as caught:
        reading.counts()
    assert caught.value.code == "damaged"


@pytest.mark.parametrize(
    ("view", "index"),
    [
        (views.NEEDS_US, "tickets_pressing"),
        (views.MINE, "tickets_owner"),
        (views.UNOWNED, "tickets_owner"),
        (views.SNOOZED, "tickets_snoozed"),
        (views.WAITING, "tickets_status"),
        (views.ALL, "tickets_latest"),
    ],
)
def test_the_order_of_each_view_comes_from_an_index(desk: TestDesk, view: View, index: str) -> None:
    """No list is sorted, so that its first page costs the same at every size."""
    query: Compiled = compiled(view, "anna", START, UTC)
    connection = connect(desk.path)
    try:
        plan = connection.execute(
            f"EXPLAIN QUERY PLAN {lists.statement(query, view.order)}", (*query.values, 100)
        ).fetchall()
    finally:
        connection.close()
    (step,) = (row["detail"] for row in plan)
    assert index in step


def test_rows_that_are_gone_are_left_out(desk: TestDesk, reading: Reading) -> None:
    one = desk.ticket(desk.open())["id"]
    other = desk.ticket(desk.open(sender="otto@mail.example"))["id"]
    assert [r.ticket_id for r in reading.rows([other, 999, one])] == [other, one]
    assert views.ALL._replace(narrowed="x").narrow("").narrowed == ""

"""Lists, conversations, outbox and accounts read out; every answer says what is where."""

from __future__ import annotations

import re
from datetime import date

import pytest

from deskterm.domain.errors import DesktermError
from deskterm.rules.model import RulePack
from deskterm.rules.pack import parse_pack
from deskterm.text.clean import cell_width
from tests.support.desk import TestDesk, a_mail
from tests.support.plain import PlainRoom


def open_many(desk: TestDesk, count: int) -> None:
    """So many tickets, the oldest first."""
    desk.arrive(
        *(
            a_mail(
                f"m{number}",
                f"Message number {number}.",
                at=number,
                sender=f"customer{number:02}@mail.example",
                subject=f"Parcel {number:02}",
            )
            for number in range(count)
        )
    )


def test_the_list_says_how_many_there_are_and_which_are_read_out(room: PlainRoom) -> None:
    open_many(room.desk, 12)
    told = room.session("more", "more")
    assert "12 tickets need us, showing 1 to 10." in told
    assert "12 tickets need us, showing 11 to 12." in told
    lines = told.splitlines()
    numbers = [int(line.partition(".")[0]) for line in lines if ": Parcel " in line]
    assert numbers == list(range(1, 13))
    assert "That was all." in told.partition("11 to 12")[2]
    assert "\n1. Customer00: Parcel 00 (needs us, unread, " in told


def test_one_ticket_and_none(room: PlainRoom) -> None:
    assert "No message has come yet." in room.session()
    open_many(room.desk, 1)
    assert "1 ticket needs us, showing 1." in room.session()
    room.desk.write(lambda tx: tx.execute("UPDATE tickets SET status = 'resolved'"))
    assert "Nothing needs us. All answered." in room.session()


def test_a_number_opens_what_was_read_out_with_it(room: PlainRoom) -> None:
    open_many(room.desk, 3)

    def another() -> None:
        room.desk.arrive(a_mail("old", at=-60, sender="early@mail.example", subject="Before all"))
        room.office.changed.emit(2)

    told = room.session(another, "2", "list", "1")
    first, _, second = told.partition("> list")
    assert "News: 4 tickets need us now." in first
    assert "Customer01: Parcel 01\n" in first
    assert "Message number 1." in first
    assert "1. Early: Before all" in second
    assert "Early: Before all\n" in second.partition("showing")[2]


def test_a_number_that_was_not_read_out_opens_nothing(room: PlainRoom) -> None:
    open_many(room.desk, 12)
    told = room.session("11", "0", "99999999999999", "more", "11")
    assert told.count("There is no number") == 3
    assert "Message number 10." in told


def test_a_conversation_is_read_out_newest_first(room: PlainRoom) -> None:
    ref = room.desk.open(body="Where is it?")
    room.desk.follow_up(ref, "Still nothing!\n\nMarta")
    room.desk.do("ticket.note", ref, text="The carrier searches")
    told = room.session("1")
    head = f"{ref}, Marta: My parcel\nneeds us, support\n3 entries, the newest first.\n"
    assert head in told
    places = [told.index(f"\n{number} of 3, ") for number in (3, 2, 1)]
    assert places == sorted(places)
    assert "3 of 3, note of anna, " in told
    assert "Still nothing!\n\nMarta\n" in told
    assert f"\n{ref}> " in told, "the prompt says what is open"


def test_a_long_conversation_stops_until_more_is_wanted(room: PlainRoom) -> None:
    room.desk.open(body="\n".join(f"line {number}" for number in range(100)))
    told = room.session("1", "more", "more", "more")
    first, second, third, fourth = told.partition("1 of 1")[2].split("> more\n")
    assert "line 30\n" in first
    assert "line 60\n" not in first
    assert "There is more, 1 left: type 'more'" in told
    assert "line 60\n" in second
    assert "line 99\n" in third
    assert "That was all." in fourth


def test_a_reference_opens_as_well(room: PlainRoom) -> None:
    ref = room.desk.open(body="Where is it?")
    assert "Where is it?" in room.session(ref)
    assert "Where is it?" in room.session(f"open {ref.upper()}")
    assert "There is no ticket zzzzzz" in room.session("open zzzzzz")


def test_views_by_name_and_a_query(room: PlainRoom) -> None:
    ref = room.desk.open()
    room.desk.do("ticket.tag", ref, tag="vip")
    told = room.session("list tag:vip", "mine", "list mine", "all", "search tag:none")
    assert "Search: tag:vip: 1 ticket, showing 1." in told
    assert told.count("No ticket is assigned to you.") == 2
    assert "Everything: 1 ticket, showing 1." in told
    assert "No ticket fits." in told


def test_a_query_that_makes_no_sense_says_where(room: PlainRoom) -> None:
    room.desk.open()
    told = room.session("list is:bogus", "1", "list", "1")
    assert "It stands at character 4" in told
    assert "There is no number 1 here" in told, "nothing is open that was not read out"
    assert "1 of 1, Marta" in told


def test_next_goes_through_what_needs_us(room: PlainRoom) -> None:
    assert "Nothing needs us\n" in room.session("next")
    open_many(room.desk, 2)
    told = room.session("next", "next", "previous")
    opened = re.findall(r"^\w{6}, (Customer\d\d): Parcel", told, re.MULTILINE)
    assert opened == ["Customer00", "Customer01", "Customer00"]


def test_quoted_text_and_headers_of_an_entry(room: PlainRoom) -> None:
    room.desk.open(body="Top\n\nOn Monday Anna wrote:\n> the quoted words\n")
    told = room.session("quote 1", "1", "quote 1", "headers 1", "headers 7")
    assert "No ticket is open" in told
    assert "From: " in told
    assert "Message-ID: <" in told
    assert "There is no number 7 here" in told


def test_accounts_and_figures(room: PlainRoom) -> None:
    room.desk.open()
    told = room.session("health", "status")
    assert "1 account.\nsupport: " in told
    assert "1 open ticket" in told
    assert "needs us 1, mine 0, snoozed 0" in told


def test_a_workspace_without_an_account_says_what_to_do(room: PlainRoom) -> None:
    room.desk.write(lambda tx: tx.execute("DELETE FROM accounts"))
    assert "deskterm demo --plain" in room.session()
    room.banner = "Demo shop 1"
    told = room.session()
    assert "Demo shop 1\n" in told
    assert "deskterm demo" not in told


@pytest.mark.parametrize("width", [20, 40, 80])
def test_no_line_is_wider_than_the_paper(desk: TestDesk, width: int) -> None:
    desk.open(body="A long sentence with wörds and 漢字 in it. " * 20 + "x" * 300)
    told = PlainRoom(desk, width=width).session("1", "help", "more", "health")
    typed = tuple(f"> {line}" for line in ("1", "help", "more", "health", "^D"))
    lines = [line for line in told.splitlines() if not line.endswith(typed)]
    assert max(map(cell_width, lines)) <= width
    assert any("漢字" in line for line in lines)


def test_without_utf8_everything_is_ascii(desk: TestDesk) -> None:
    desk.open(
        body="Für 10 € – “bientôt” … 漢字 Œuvre", subject="Où ça ?", sender="zoë@mail.example"
    )
    told = PlainRoom(desk, ascii_only=True).session("1", "help", "status")
    assert told.isascii()
    assert 'Fur 10 EUR - "bientot" ... ?? OEuvre' in told
    assert "Zoe: Ou ca ?" in told


def test_more_of_nothing_and_an_empty_line(room: PlainRoom) -> None:
    told = room.session("", "more", "   ")
    assert told.count("That was all.") == 1


def test_a_ticket_says_until_when_it_can_be_answered(room: PlainRoom) -> None:
    rule = {
        "id": "email.day",
        "says": {"en": "A day was over {closed} ago."},
        "severity": "block",
        "gate": "window",
        "check": {"detector": "window", "hours": 26},
        "fix": "none",
        "source": "House default",
        "source_kind": "house",
        "checked_on": date(2026, 11, 21),
    }
    head = {"channel": "email", "version": "1", "review_days": 1}
    pack = parse_pack({"pack": head, "rule": [rule]}, "file")
    room.desk.packs = lambda _channel: [pack]
    open_many(room.desk, 1)
    room.desk.note_windows()
    assert "\nreply within 2 h\n" in room.session("1")
    room.desk.clock.advance(5 * 3_600)
    assert "\nwindow closed · A day was over 3 h ago.\n" in room.session("1")


def test_broken_rules_stop_nobody_from_reading(room: PlainRoom) -> None:
    def refuse(channel: str) -> tuple[RulePack, ...]:
        raise DesktermError(f"The rules of {channel} cannot be read")

    room.desk.packs = refuse
    open_many(room.desk, 1)
    told = room.session("1")
    assert "Message number 0." in told
    assert "cannot be read" not in told


def test_mood_and_urgency_are_said_in_words(room: PlainRoom) -> None:
    open_many(room.desk, 2)
    ((_,), (last,)) = room.desk.rows("SELECT ref FROM tickets ORDER BY id")
    room.desk.do("ticket.mood", last, mood="angry legal")
    told = room.session("1")
    assert "\n1. Customer01: Parcel 01 (needs us, unread, legal threat, angry, " in told
    assert "\nLegal threat; Angry\n" in told
    assert "\nWhy here: legal threat, angry +24 h\n" in told


def test_a_list_is_sorted_otherwise(room: PlainRoom) -> None:
    open_many(room.desk, 2)
    told = room.session("sort")
    first, _, second = told.partition("> sort")
    assert "\n1. Customer00: " in first
    assert "newest first, showing 1 to 2." in second
    assert "\n1. Customer01: " in second

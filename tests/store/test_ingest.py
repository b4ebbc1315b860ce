"""Every message once, wherever and however often it comes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from deskterm.domain.mail import MailLocation
from deskterm.store import mailplaces
from deskterm.store.mailplaces import KnownMail
from deskterm.store.rowids import RowIds
from tests.support.desk import TestDesk, a_mail

SENT = MailLocation("Sent", 1, 7)


def places(desk: TestDesk, name: str) -> list[tuple[str, int]]:
    rows = desk.rows(
        "SELECT p.folder, p.uid FROM mail_places p JOIN messages m ON m.id = p.message_row"
        " WHERE m.remote_id = ? ORDER BY 1, 2",
        f"mail:{name}",
    )
    return [tuple(row) for row in rows]


def count(desk: TestDesk, table: str) -> int:
    return int(desk.rows(f"SELECT count(*) FROM {table}")[0][0])


def test_a_repeat_changes_nothing(desk: TestDesk) -> None:
    mail = a_mail("a", "Where is order 12345?", order_refs=(("12345", "12345"),))
    desk.arrive(mail)
    before, revision = desk.snapshot(), desk.writer.revision
    again = desk.arrive(mail)
    assert (again.messages, again.known) == ([], 1)
    assert desk.snapshot() == before
    assert desk.writer.revision >= revision


def test_a_repeat_does_not_reopen(desk: TestDesk) -> None:
    ref = desk.open()
    mail = a_mail("m0")
    desk.do("ticket.resolve", ref)
    desk.do("ticket.unread", ref, on=False)
    desk.arrive(mail)
    assert (desk.ticket(ref)["status"], desk.ticket(ref)["unread"]) == ("resolved", 0)


@pytest.mark.parametrize("one_page", [True, False])
def test_one_mail_in_two_folders_is_one_message_with_two_places(
    desk: TestDesk, one_page: bool
) -> None:
    mail = a_mail("a", location=MailLocation("INBOX", 1, 5))
    copy = replace(mail, location=MailLocation("Orders", 1, 9))
    if one_page:
        assert desk.arrive(mail, copy).known == 1
    else:
        desk.arrive(mail)
        assert desk.arrive(copy).known == 1
    assert count(desk, "messages") == 1
    assert places(desk, "a") == [("INBOX", 5), ("Orders", 9)]


@pytest.mark.parametrize("one_page", [True, False])
def test_our_own_mail_with_other_bytes_is_known_by_its_message_id(
    desk: TestDesk, one_page: bool
) -> None:
    desk.arrive(a_mail("a"))
    first = a_mail("b", "On its way.", ours=True, after=["a"], at=1)
    second = replace(first, remote_id="mail:b-with-footer", location=SENT)
    if one_page:
        desk.arrive(first, second)
    else:
        desk.arrive(first)
        desk.arrive(second)
    assert count(desk, "messages") == 2
    assert ("Sent", 7) in places(desk, "b")


def test_a_customers_message_id_is_no_key(desk: TestDesk) -> None:
    """Two mails of hers with one id are two messages: nothing may be swallowed."""
    first = a_mail("a", "First")
    second = replace(a_mail("b", "Second", at=1), own_key=first.own_key, message_id=first.own_key)
    desk.arrive(first, second)
    desk.arrive(second)
    assert count(desk, "messages") == 2
    assert count(desk, "tickets") == 1


@pytest.mark.parametrize("one_page", [True, False])
def test_one_message_id_of_two_customers_does_not_bring_them_together(
    desk: TestDesk, one_page: bool
) -> None:
    first = a_mail("a", subject="One")
    second = replace(
        a_mail("b", sender="jean@mail.example", at=1, subject="Two"),
        own_key=first.own_key,
        message_id=first.own_key,
    )
    if one_page:
        desk.arrive(first, second)
    else:
        desk.arrive(first)
        desk.arrive(second)
    assert count(desk, "tickets") == 2


def test_mail_without_a_message_id_is_kept(desk: TestDesk) -> None:
    bare = [
        replace(a_mail(name, subject=name), own_key=None, message_id=None) for name in ("a", "b")
    ]
    desk.arrive(*bare)
    desk.arrive(*bare)
    assert (count(desk, "messages"), count(desk, "tickets")) == (2, 2)


def test_text_raw_and_attachments_are_found_again(desk: TestDesk) -> None:
    (row,) = desk.arrive(a_mail("a", "Où est mon colis ?", subject="Colis")).messages
    found = desk.rows("SELECT rowid FROM search WHERE search MATCH 'ou colis'")
    assert [r[0] for r in found] == [row]
    assert count(desk, "raw_messages") == 1


# Rows


def test_rows_ascend_with_time_whatever_the_order_of_arrival(desk: TestDesk) -> None:
    for at in (5, 3, 9, 1):
        desk.arrive(a_mail(f"m{at}", at=at))
    rows = desk.rows("SELECT remote_id FROM messages ORDER BY id DESC")
    assert [r[0] for r in rows] == ["mail:m9", "mail:m5", "mail:m3", "mail:m1"]


def test_ten_thousand_mails_of_one_second(desk: TestDesk) -> None:
    ids: list[int] = []
    for page in range(20):
        mails = [a_mail(f"m{page}-{n}", "x", subject=f"s{page}-{n}") for n in range(500)]
        ids += desk.arrive(*mails).messages
        if page == 10:
            desk.restart()
    assert ids == sorted(set(ids))
    assert len(ids) == 10_000
    (later,) = desk.arrive(a_mail("later", at=1)).messages
    (early,) = desk.arrive(a_mail("early", at=-60)).messages
    assert early < ids[0]
    assert later not in ids


def test_what_runs_over_into_the_next_second_does_not_collide(desk: TestDesk) -> None:
    base = a_mail("x").received_s
    first = [a_mail(f"a{n}", subject=f"a{n}") for n in range(70)]
    second = [replace(a_mail(f"b{n}", subject=f"b{n}"), received_s=base + 1) for n in range(70)]
    desk.arrive(*first)
    desk.arrive(*second)
    desk.restart()
    desk.arrive(*[a_mail(f"c{n}", subject=f"c{n}") for n in range(70)])
    assert count(desk, "messages") == 210


def test_ids_are_free_even_after_a_batch_was_taken_back(desk: TestDesk) -> None:
    rowids = RowIds()
    seconds = [a_mail("x").received_s] * 3
    one = desk.write(lambda tx: rowids.take(tx, seconds))
    two = desk.write(lambda tx: rowids.take(tx, seconds))
    assert len({*one, *two}) == 6


def test_a_mail_from_before_2010_is_stored_once(desk: TestDesk) -> None:
    old = replace(a_mail("old"), received_s=0, received_at="2009-01-01T00:00:00.000Z")
    desk.arrive(old)
    assert desk.arrive(old).known == 1
    assert desk.rows("SELECT id FROM messages")[0][0] == 0


# Places


def known(desk: TestDesk, name: str, location: MailLocation, size: int) -> KnownMail:
    row = desk.rows("SELECT * FROM messages WHERE remote_id = ?", f"mail:{name}")[0]
    return KnownMail(location, row["message_id"], size, row["received_at"])


def test_a_moved_mail_is_recognised_without_being_fetched(desk: TestDesk) -> None:
    mail = a_mail("a", location=MailLocation("INBOX", 1, 5))
    desk.arrive(mail)
    there, wrong = MailLocation("Done", 4, 1), MailLocation("Done", 4, 2)
    stubs = [
        known(desk, "a", there, len(mail.raw)),
        known(desk, "a", wrong, len(mail.raw) + 1),
        KnownMail(MailLocation("Done", 4, 3), None, 1, mail.received_at),
    ]
    account = desk.account.id
    assert desk.write(lambda tx: mailplaces.recognise(tx, account, stubs)) == {there}
    assert places(desk, "a") == [("Done", 1), ("INBOX", 5)]


def test_what_left_the_server_is_kept_and_marked_until_it_lies_there_again(
    desk: TestDesk,
) -> None:
    desk.arrive(
        a_mail("a", location=MailLocation("INBOX", 1, 5)),
        a_mail("b", subject="b", location=MailLocation("INBOX", 1, 6)),
        a_mail("new", subject="n", location=MailLocation("INBOX", 1, 9)),
    )
    account = desk.account.id
    left = desk.write(lambda tx: mailplaces.drop_missing(tx, account, "INBOX", 1, (9, [6])))
    gone = {r[0]: r[1] for r in desk.rows("SELECT remote_id, gone_at FROM messages")}
    assert left == 1
    assert gone["mail:a"]
    assert not gone["mail:b"]
    assert not gone["mail:new"]
    desk.arrive(a_mail("a", location=MailLocation("Trash", 1, 1)))
    assert desk.rows("SELECT gone_at FROM messages WHERE remote_id = 'mail:a'")[0][0] is None


def test_a_copy_elsewhere_keeps_a_mail_from_being_gone(desk: TestDesk) -> None:
    mail = a_mail("a", location=MailLocation("INBOX", 1, 5))
    desk.arrive(mail, replace(mail, location=MailLocation("Orders", 1, 5)))
    account = desk.account.id
    assert desk.write(lambda tx: mailplaces.drop_missing(tx, account, "INBOX", 1, (9, []))) == 1
    assert desk.rows("SELECT gone_at FROM messages")[0][0] is None


def test_a_new_numbering_voids_the_places_and_no_message(desk: TestDesk) -> None:
    desk.arrive(a_mail("a", location=MailLocation("INBOX", 1, 5)))
    account = desk.account.id
    desk.write(lambda tx: mailplaces.void_older(tx, account, "INBOX", 2))
    assert places(desk, "a") == []
    assert (
        desk.write(
            lambda tx: mailplaces.set_marks(
                tx, account, MailLocation("INBOX", 1, 5), seen=True, answered=True
            )
        )
        is False
    )
    assert count(desk, "messages") == 1


def marks(desk: TestDesk, name: str, *, seen: bool = False, answered: bool = False) -> bool:
    place = a_mail(name).location
    assert place is not None
    account = desk.account.id
    return desk.write(
        lambda tx: mailplaces.set_marks(tx, account, place, seen=seen, answered=answered)
    )


def test_read_elsewhere_is_read_here_and_said_in_the_journal(desk: TestDesk) -> None:
    desk.arrive(a_mail("a"), a_mail("b", after=["a"], at=1))
    ref = desk.ticket_of("a")["ref"]
    assert not marks(desk, "a", seen=True)
    assert desk.ticket(ref)["unread"] == 1
    assert marks(desk, "b", seen=True)
    assert desk.ticket(ref)["unread"] == 0
    assert not marks(desk, "b", seen=True)
    entry = desk.rows("SELECT author, cause, field FROM journal_entries")[-1]
    assert tuple(entry) == ("sync", "sync", "unread")


def test_answered_elsewhere_no_longer_waits(desk: TestDesk) -> None:
    desk.arrive(a_mail("a"))
    assert marks(desk, "a", answered=True)
    ticket = desk.ticket_of("a")
    assert (ticket["status"], ticket["waiting_since"]) == ("waiting_customer", None)
    assert not marks(desk, "a", answered=True)


def test_mail_that_was_answered_before_it_came_does_not_wait(desk: TestDesk) -> None:
    desk.arrive(a_mail("a", answered=True, seen=True))
    ticket = desk.ticket_of("a")
    assert (ticket["status"], ticket["waiting_since"], ticket["unread"]) == (
        "waiting_customer",
        None,
        0,
    )

"""Which ticket a mail belongs to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.support.desk import TestDesk, a_mail

ORDER = (("12-34567", "1234567"),)


def tickets(desk: TestDesk, *names: str) -> int:
    """On how many tickets these mails are."""
    return len({desk.ticket_of(name)["id"] for name in names})


@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("one_page", [False, True])
def test_a_conversation_is_one_ticket_in_either_order(
    desk: TestDesk, backwards: bool, one_page: bool
) -> None:
    mails = [
        a_mail("a"),
        a_mail("b", ours=True, after=["a"], at=1),
        a_mail("c", after=["a", "b"], at=2),
        a_mail("d", after=["a", "b", "c"], at=3),
    ]
    mails = mails[::-1] if backwards else mails
    if one_page:
        desk.arrive(*mails)
    else:
        for mail in mails:
            desk.arrive(mail)
    assert tickets(desk, *"abcd") == 1


def test_newest_first_holds_together_by_in_reply_to_alone(desk: TestDesk) -> None:
    for name, after in (("c", "b"), ("b", "a"), ("a", "")):
        desk.arrive(a_mail(name, after=[after] if after else [], at=ord(name)))
    assert tickets(desk, *"abc") == 1


def test_strangers_stay_apart(desk: TestDesk) -> None:
    desk.arrive(a_mail("a"), a_mail("b", at=1), a_mail("c", sender="jean@mail.example", at=2))
    assert tickets(desk, *"abc") == 3


# Our own reference


def test_our_reference_brings_a_reply_home(desk: TestDesk) -> None:
    ref = desk.open()
    unknown = f"<t{ref}.lost@shop.example>"
    desk.arrive(a_mail("b", sender="other@mail.example", after=[unknown], at=1, subject="Other"))
    assert desk.ticket_of("b")["ref"] == ref


def test_a_reference_that_is_nobodys_opens_a_ticket(desk: TestDesk) -> None:
    desk.open()
    desk.arrive(a_mail("b", after=["<tzzzzzz.lost@shop.example>"], at=1))
    assert len(desk.rows("SELECT * FROM tickets")) == 2


# Order numbers


@pytest.mark.parametrize("one_page", [False, True])
def test_the_same_customer_about_the_same_order_is_one_matter(
    desk: TestDesk, one_page: bool
) -> None:
    mails = (
        a_mail("a", order_refs=ORDER),
        a_mail("b", order_refs=ORDER, subject="Still nothing", at=90_000),
    )
    for page in [mails] if one_page else [(m,) for m in mails]:
        desk.arrive(*page)
    assert tickets(desk, "a", "b") == 1


@pytest.mark.parametrize(
    "second",
    [
        {"sender": "jean@mail.example"},
        {"order_refs": (("9", "9"),)},
        {"order_refs": ()},
        {"ours": True},
    ],
)
def test_what_the_order_rule_refuses(desk: TestDesk, second: dict[str, object]) -> None:
    desk.arrive(a_mail("a", order_refs=ORDER))
    given = {"order_refs": ORDER, "subject": "Other", "at": 5, **second}
    desk.arrive(a_mail("b", **given))  # type: ignore[arg-type] # the fields of the case
    assert tickets(desk, "a", "b") == 2


@pytest.mark.parametrize("command", ["ticket.resolve"])
def test_a_settled_matter_is_not_taken_up_by_its_order_alone(desk: TestDesk, command: str) -> None:
    desk.arrive(a_mail("a", order_refs=ORDER))
    desk.do(command, desk.ticket_of("a")["ref"])
    desk.arrive(a_mail("b", order_refs=ORDER, subject="Other", at=5))
    assert tickets(desk, "a", "b") == 2


def test_another_account_is_another_matter(desk: TestDesk) -> None:
    desk.arrive(a_mail("a", order_refs=ORDER))
    desk.do("account.add", name="second", channel="email", fields={"address": "x@shop.example"})
    desk.account = replace(desk.account, id=desk.account.id + 1)
    desk.arrive(a_mail("b", order_refs=ORDER, after=["a"], subject="Re: My parcel", at=5))
    assert tickets(desk, "a", "b") == 2


# Subjects

MONTH = 30 * 24 * 60


@pytest.mark.parametrize(
    ("second", "joined"),
    [
        ({}, True),
        ({"subject": "RE: my  PARCEL"}, True),
        ({"at": MONTH}, True),
        ({"at": MONTH + 1}, False),
        ({"at": -MONTH}, True),
        ({"at": -MONTH - 1}, False),
        ({"subject": "My parcel"}, False),
        ({"subject": "Re: My other parcel"}, False),
        ({"subject": "Re: hi"}, False),
        ({"sender": "jean@mail.example"}, False),
        ({"ours": True}, True),
    ],
)
def test_a_reply_without_references_goes_by_subject_and_customer(
    desk: TestDesk, second: dict[str, object], joined: bool
) -> None:
    desk.arrive(a_mail("a"))
    given = {"subject": "Re: My parcel", "at": 60, **second}
    desk.arrive(a_mail("b", **given))  # type: ignore[arg-type] # the fields of the case
    assert (tickets(desk, "a", "b") == 1) is joined


def test_common_subjects_bring_nobody_together(desk: TestDesk) -> None:
    desk.arrive(a_mail("a", subject="Hello"))
    desk.arrive(a_mail("b", subject="Re: Hello", at=1))
    assert tickets(desk, "a", "b") == 2


@pytest.mark.parametrize("one_page", [False, True])
def test_the_days_count_from_the_newest_mail(desk: TestDesk, one_page: bool) -> None:
    mails = [
        a_mail("a"),
        a_mail("b", subject="Re: My parcel", at=MONTH - 1),
        a_mail("c", subject="Re: My parcel", at=2 * MONTH - 2),
    ]
    for page in [mails] if one_page else [[m] for m in mails]:
        desk.arrive(*page)
    assert tickets(desk, *"abc") == 1


# Archived and unwanted


def close(desk: TestDesk, ref: str, status: str = "closed") -> None:
    desk.write(lambda tx: tx.execute("UPDATE tickets SET status = ? WHERE ref = ?", (status, ref)))


@pytest.mark.parametrize("one_page", [False, True])
def test_news_on_an_archived_ticket_opens_one_that_follows_it(
    desk: TestDesk, one_page: bool
) -> None:
    desk.arrive(a_mail("a"))
    old = desk.ticket_of("a")
    close(desk, old["ref"])
    token = f"<t{old['ref']}.k1@shop.example>"
    later = [
        a_mail("b", after=["a"], at=1),
        a_mail("c", after=["a", "b"], at=2),
        a_mail("d", after=["a"], at=3),
        a_mail("e", after=[token], at=4),
        a_mail("f", subject="Re: My parcel", at=5),
    ]
    for page in [later] if one_page else [[m] for m in later]:
        desk.arrive(*page)
    new = desk.ticket_of("b")
    assert new["id"] != old["id"]
    assert (new["follows_ticket_id"], new["status"]) == (old["id"], "new")
    assert tickets(desk, *"bcdef") == 1
    assert desk.ticket(old["ref"])["status"] == "closed"


def test_a_chain_of_archived_tickets_is_followed_to_its_end(desk: TestDesk) -> None:
    desk.arrive(a_mail("a"))
    close(desk, desk.ticket_of("a")["ref"])
    desk.arrive(a_mail("b", after=["a"], at=1))
    close(desk, desk.ticket_of("b")["ref"])
    desk.arrive(a_mail("c", after=["a"], at=2))
    assert desk.ticket_of("c")["follows_ticket_id"] == desk.ticket_of("b")["id"]
    desk.arrive(a_mail("d", after=["a"], at=3))
    assert tickets(desk, "c", "d") == 1


@pytest.mark.parametrize(
    "mail", [{"ours": True}, {"automatic": "auto-replied"}, {"at": -5}], ids=str
)
def test_what_is_no_news_stays_with_the_archived_ticket(
    desk: TestDesk, mail: dict[str, object]
) -> None:
    desk.arrive(a_mail("a"))
    close(desk, desk.ticket_of("a")["ref"])
    given = {"at": 5, **mail}
    desk.arrive(a_mail("b", after=["a"], **given))  # type: ignore[arg-type] # fields of the case
    assert tickets(desk, "a", "b") == 1
    assert desk.ticket_of("a")["status"] == "closed"


def test_spam_stays_spam(desk: TestDesk) -> None:
    desk.arrive(a_mail("a"))
    close(desk, desk.ticket_of("a")["ref"], "spam")
    desk.arrive(a_mail("b", after=["a"], at=1))
    assert tickets(desk, "a", "b") == 1
    assert desk.ticket_of("a")["status"] == "spam"


def test_customers_are_one_per_address(desk: TestDesk) -> None:
    desk.arrive(a_mail("a"), a_mail("b", at=1))
    desk.arrive(a_mail("c", at=2))
    assert len(desk.rows("SELECT * FROM customers")) == 1
    assert len(desk.rows("SELECT * FROM identities")) == 1

"""What arrivals do to their ticket: status, turn, unread, preview."""

from __future__ import annotations

import pytest

from tests.support.desk import START, TestDesk, a_mail


def ticket(desk: TestDesk, name: str = "a") -> dict[str, object]:
    row = desk.ticket_of(name)
    return {key: row[key] for key in ("status", "waiting_since", "unread", "preview")}


def set_status(desk: TestDesk, status: str) -> str:
    ref = str(desk.ticket_of("a")["ref"])
    match status:
        case "resolved":
            desk.do("ticket.resolve", ref)
        case "snoozed":
            desk.do("ticket.snooze", ref, until="3d")
        case "waiting_customer":
            desk.do("ticket.no_reply_needed", ref)
    desk.do("ticket.unread", ref, on=False)
    assert desk.ticket(ref)["status"] == status
    return ref


@pytest.mark.parametrize(
    ("mails", "status"),
    [
        (["in"], "new"),
        (["in", "out"], "waiting_customer"),
        (["in", "out", "in"], "open"),
        (["out"], "waiting_customer"),
        (["out", "in"], "open"),
        (["auto"], "new"),
        (["auto", "in"], "new"),
        (["in", "out", "auto"], "waiting_customer"),
    ],
)
@pytest.mark.parametrize("order", ["one page", "forwards", "backwards"])
def test_a_new_conversation(desk: TestDesk, mails: list[str], status: str, order: str) -> None:
    made = [
        a_mail(
            "abcd"[n],
            after=list("abcd"[:n]),
            at=n,
            ours=kind == "out",
            automatic="auto-generated" if kind == "auto" else None,
        )
        for n, kind in enumerate(mails)
    ]
    pages = {"one page": [made], "forwards": [[m] for m in made]}.get(order)
    for page in pages or [[m] for m in reversed(made)]:
        desk.arrive(*page)
    assert ticket(desk)["status"] == status
    assert bool(ticket(desk)["waiting_since"]) is (status in ("new", "open") and "in" in mails)


@pytest.mark.parametrize("status", ["resolved", "snoozed", "waiting_customer"])
@pytest.mark.parametrize("beside", [False, True])
def test_a_message_of_the_customer_brings_it_back(
    desk: TestDesk, status: str, beside: bool
) -> None:
    """Also when an automatic mail comes with it, which is no news itself."""
    desk.arrive(a_mail("a"))
    set_status(desk, status)
    page = [a_mail("b", "Still nothing", after=["a"], at=5)]
    if beside:
        page.append(a_mail("c", "I am away", after=["a"], at=6, automatic="auto-replied"))
    desk.arrive(*page)
    row = desk.ticket_of("a")
    assert (row["status"], row["unread"], row["snoozed_until"]) == ("open", 1, None)
    found = desk.rows("SELECT cause, field FROM journal_entries WHERE author = 'sync'")
    assert ("sync", "status") in {tuple(entry) for entry in found}
    assert desk.chain_is_whole()


def test_a_real_message_counts_though_a_later_automatic_one_came_first(desk: TestDesk) -> None:
    desk.arrive(a_mail("a"))
    set_status(desk, "resolved")
    desk.arrive(a_mail("c", after=["a"], at=6, automatic="auto-replied"))
    assert ticket(desk)["status"] == "resolved"
    desk.arrive(a_mail("b", after=["a"], at=5))
    assert ticket(desk)["status"] == "open"


@pytest.mark.parametrize("status", ["resolved", "snoozed", "waiting_customer"])
def test_automatic_mail_neither_reopens_nor_rearms(desk: TestDesk, status: str) -> None:
    desk.arrive(a_mail("a"))
    ref = set_status(desk, status)
    before = desk.ticket(ref)
    desk.arrive(a_mail("b", after=["a"], at=5, automatic="auto-replied"))
    after = desk.ticket(ref)
    for column in ("status", "waiting_since", "unread", "snoozed_until"):
        assert after[column] == before[column]


@pytest.mark.parametrize("status", ["resolved", "snoozed", "waiting_customer"])
def test_the_past_does_not_reopen(desk: TestDesk, status: str) -> None:
    desk.arrive(a_mail("a", "newest", after=["old"]))
    ref = set_status(desk, status)
    desk.arrive(a_mail("old", "older", at=-600))
    assert desk.ticket(ref)["status"] == status
    assert ticket(desk)["preview"] == "newest"


def test_the_past_tells_that_somebody_answered_before(desk: TestDesk) -> None:
    desk.arrive(a_mail("a", after=["old"]))
    assert ticket(desk)["status"] == "new"
    desk.arrive(a_mail("old", ours=True, at=-600))
    assert ticket(desk)["status"] == "open"


def test_our_answer_from_elsewhere_ends_the_wait(desk: TestDesk) -> None:
    desk.arrive(a_mail("a"))
    desk.arrive(a_mail("b", "On its way", ours=True, after=["a"], at=5))
    assert ticket(desk)["status"] == "waiting_customer"
    assert ticket(desk)["waiting_since"] is None
    assert ticket(desk)["preview"] == "On its way"


def test_the_oldest_unanswered_message_counts(desk: TestDesk) -> None:
    desk.arrive(a_mail("a"), a_mail("b", after=["a"], at=5))
    assert str(ticket(desk)["waiting_since"]).startswith(f"{START:%Y-%m-%dT%H:%M}")


def test_the_preview_leaves_quotes_out(desk: TestDesk) -> None:
    desk.arrive(a_mail("a", "> you wrote\n\n  Thank   you\nfor " + "x" * 300))
    assert str(ticket(desk)["preview"]).startswith("Thank you for xxx")
    assert len(str(ticket(desk)["preview"])) == 160


# Two tickets that turn out to be one


def gap(desk: TestDesk) -> tuple[str, str]:
    """A talk whose middle is missing: two tickets."""
    desk.arrive(a_mail("a", subject="Lamp"))
    desk.arrive(a_mail("c", after=["b"], at=10, subject="Re: That"))
    return desk.ticket_of("a")["ref"], desk.ticket_of("c")["ref"]


def test_the_missing_mail_joins_two_untouched_tickets(desk: TestDesk) -> None:
    first, _ = gap(desk)
    desk.arrive(a_mail("b", ours=True, after=["a"], at=5, subject="Re: Lamp"))
    assert {desk.ticket_of(name)["ref"] for name in "abc"} == {first}
    row = desk.ticket(first)
    assert (row["status"], row["unread"]) == ("open", 1)
    assert row["last_message_at"] == desk.rows("SELECT max(received_at) FROM messages")[0][0]
    assert desk.rows("PRAGMA foreign_key_check") == []
    assert desk.chain_is_whole()


def test_the_one_a_person_touched_stays(desk: TestDesk) -> None:
    _, second = gap(desk)
    desk.do("ticket.take", second)
    desk.do("ticket.resolve", second)
    desk.arrive(a_mail("b", ours=True, after=["a"], at=5, subject="Re: Lamp"))
    assert {desk.ticket_of(name)["ref"] for name in "abc"} == {second}
    assert desk.ticket(second)["assignee"] == "anna"


def test_two_that_people_touched_stay_two(desk: TestDesk) -> None:
    first, second = gap(desk)
    desk.do("ticket.take", first)
    desk.do("ticket.note", second, text="Call her")
    desk.arrive(a_mail("b", ours=True, after=["a"], at=5, subject="Re: Lamp"))
    assert desk.ticket_of("a")["ref"] == first
    assert desk.ticket_of("c")["ref"] == second


def test_an_unanswered_message_is_not_buried_in_a_resolved_ticket(desk: TestDesk) -> None:
    first, _ = gap(desk)
    desk.do("ticket.resolve", first)
    desk.arrive(a_mail("b", ours=True, after=["a"], at=5, subject="Re: Lamp"))
    assert desk.ticket(first)["status"] == "open"
    assert desk.ticket(first)["waiting_since"]


def test_other_customers_are_never_joined(desk: TestDesk) -> None:
    desk.arrive(a_mail("a"), a_mail("c", after=["b"], sender="jean@mail.example", at=10))
    desk.arrive(a_mail("b", after=["a"], at=5))
    assert desk.ticket_of("a")["id"] != desk.ticket_of("c")["id"]

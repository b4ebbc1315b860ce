"""Tickets and orders find each other, in whatever order they come."""

from __future__ import annotations

from datetime import timedelta

import pytest

from deskterm.domain.arrival import Arrival
from deskterm.store import accounts, ingest
from deskterm.store.accounts import Account
from deskterm.store.rowids import RowIds
from tests.support.desk import MARTA, TestDesk, a_mail
from tests.support.orders import PLACED, an_order, bring, linked, shop_account

NAMES_IT = (("LO-12345", "LO12345"),)


@pytest.mark.parametrize("mail_first", [True, False])
@pytest.mark.parametrize(
    ("refs", "found"), [(NAMES_IT, [("LO-12345", "named")]), ((), [("LO-2", "address")])]
)
def test_mail_and_order_in_any_order(
    desk: TestDesk,
    mail_first: bool,
    refs: tuple[tuple[str, str], ...],
    found: list[tuple[str, str]],
) -> None:
    account = shop_account(desk)
    mine = [an_order(), an_order("LO-2", placed_at=PLACED + timedelta(days=2))]
    if not mail_first:
        bring(desk, account, *mine)
    ref = desk.open(order_refs=refs)
    if mail_first:
        bring(desk, account, *mine)
    assert linked(desk, ref) == found


def test_a_better_fit_that_comes_later_replaces_a_guess(desk: TestDesk) -> None:
    account = shop_account(desk)
    bring(desk, account, an_order("LO-2"))
    ref = desk.open()
    assert linked(desk, ref) == [("LO-2", "address")]
    desk.arrive(a_mail("more", after=["m0"], at=9, order_refs=NAMES_IT))
    bring(desk, account, an_order())
    assert linked(desk, desk.ticket_of("more")["ref"]) == [("LO-12345", "named")]


def test_a_repeat_links_nothing_twice(desk: TestDesk) -> None:
    account = shop_account(desk)
    ref = desk.open(order_refs=NAMES_IT)
    for seconds in range(3):
        bring(desk, account, an_order(status=f"s{seconds}"), after_s=seconds)
    assert linked(desk, ref) == [("LO-12345", "named")]
    assert desk.rows("SELECT count(*) FROM ticket_orders")[0][0] == 1


def test_addresses_are_compared_without_their_case(desk: TestDesk) -> None:
    bring(desk, shop_account(desk), an_order(email=f" {MARTA.upper()} "))
    assert linked(desk, desk.open()) == [("LO-12345", "address")]


def test_automatic_mail_is_no_question_about_an_order(desk: TestDesk) -> None:
    bring(desk, shop_account(desk), an_order())
    assert linked(desk, desk.open(automatic="auto-replied")) == []


def test_an_account_that_was_removed_brings_no_orders(desk: TestDesk) -> None:
    account = shop_account(desk)
    bring(desk, account, an_order())
    desk.write(lambda tx: accounts.remove_account(tx, account))
    assert linked(desk, desk.open(order_refs=NAMES_IT)) == []


# Own shops and marketplaces


def arrive_at(desk: TestDesk, account: Account, mail: Arrival) -> str:
    desk.write(lambda tx: ingest.place(tx, account.id, account.channel, [mail], RowIds()))
    name = mail.remote_id.removeprefix("mail:")
    return str(desk.ticket_of(name)["ref"])


def test_a_marketplace_s_orders_belong_to_its_own_tickets_alone(desk: TestDesk) -> None:
    market = shop_account(desk, "market", marketplace=True)
    other = shop_account(desk, "other", marketplace=True)
    bring(desk, market, an_order())
    mail = a_mail("here", order_refs=NAMES_IT)
    assert linked(desk, desk.open(order_refs=NAMES_IT)) == []
    assert linked(desk, arrive_at(desk, other, a_mail("there", order_refs=NAMES_IT))) == []
    assert linked(desk, arrive_at(desk, market, mail)) == [("LO-12345", "named")]


def test_an_own_shop_s_orders_are_not_found_for_a_marketplace(desk: TestDesk) -> None:
    bring(desk, shop_account(desk), an_order())
    market = shop_account(desk, "market", marketplace=True)
    assert linked(desk, arrive_at(desk, market, a_mail("here", order_refs=NAMES_IT))) == []


# Tickets that turn out to be one


def test_two_tickets_that_become_one_keep_their_orders(desk: TestDesk) -> None:
    account = shop_account(desk)
    bring(desk, account, an_order("LO-1"), an_order("LO-2"))
    desk.arrive(a_mail("a", order_refs=(("LO-1", "LO1"),), subject="One"))
    desk.arrive(a_mail("c", after=["b"], at=9, order_refs=(("LO-2", "LO2"),), subject="Two"))
    assert desk.ticket_of("a")["ref"] != desk.ticket_of("c")["ref"]
    desk.arrive(a_mail("b", after=["a"], at=5, subject="Three"))
    ref = desk.ticket_of("a")["ref"]
    assert desk.ticket_of("c")["ref"] == ref
    assert {number for number, _ in linked(desk, ref)} == {"LO-1", "LO-2"}

"""Orders are kept whole, and the newer copy always."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from deskterm.domain.clock import to_text
from deskterm.domain.order import Order, Shipment, StockLevel, TrackingEvent
from deskterm.store import order_errands, order_lists, orders, ticket_orders
from deskterm.store.order_reading import StoredOrder, load
from deskterm.store.orders import OrderCopy, StockCopy
from deskterm.store.transaction import Transaction
from tests.support.desk import TestDesk
from tests.support.orders import (
    PLACED,
    a_full_order,
    an_order,
    bring,
    count_stock,
    euros,
    shop_account,
)


def read(desk: TestDesk, row: int, most: int = 200) -> StoredOrder:
    (found,) = load(desk.reading, [row], most)
    return found


def put(desk: TestDesk, copy: OrderCopy) -> str:
    account = desk.rows("SELECT id FROM accounts WHERE name = 'shop'")[0][0]
    return desk.write(lambda tx: orders.put(tx, account, copy)[1])


def test_an_order_comes_back_as_it_was(desk: TestDesk) -> None:
    account, order = shop_account(desk), a_full_order()
    (row,) = bring(desk, account, order)
    count_stock(desk, account, "12", 3)
    found = read(desk, row)
    assert found.order == order
    assert (found.account, found.channel, found.gone_at) == ("shop", "woocommerce", None)
    assert found.fetched_at == desk.clock.now()
    assert {key: one.level.quantity for key, one in found.stock.items()} == {("12", ""): 3}


def test_a_repeat_changes_nothing_but_the_age(desk: TestDesk) -> None:
    account, order = shop_account(desk), a_full_order()
    (row,) = bring(desk, account, order)
    before = desk.rows("SELECT * FROM line_items")
    assert put(desk, OrderCopy(order, desk.clock.now() + timedelta(hours=1))) == "same"
    assert read(desk, row).order == order
    assert read(desk, row).fetched_at == desk.clock.now() + timedelta(hours=1)
    after = desk.rows("SELECT * FROM line_items")
    assert [tuple(r)[:-1] for r in after] == [tuple(r)[:-1] for r in before]
    for table in ("line_items", "shipments", "tracking_events", "refunds", "returns"):
        ages = {r[0] for r in desk.rows(f"SELECT fetched_at FROM {table}")}
        assert ages == {to_text(desk.clock.now() + timedelta(hours=1))}, table


def test_an_order_is_whole_so_what_is_missing_goes(desk: TestDesk) -> None:
    account = shop_account(desk)
    (row,) = bring(desk, account, a_full_order())
    bare = an_order(updated_at=PLACED + timedelta(days=1))
    assert put(desk, OrderCopy(bare, desk.clock.now())) == "changed"
    assert read(desk, row).order == bare
    for table in ("shipments", "tracking_events", "refunds", "returns", "order_notes"):
        assert desk.rows(f"SELECT count(*) FROM {table}")[0][0] == 0


def test_a_partial_copy_leaves_what_it_says_nothing_about(desk: TestDesk) -> None:
    account, whole = shop_account(desk), a_full_order()
    (row,) = bring(desk, account, whole)
    bare = replace(whole, notes=(), shipments=(), fulfilment="unfulfilled")
    hour = timedelta(hours=1)
    now = desk.clock.now()
    assert put(desk, OrderCopy(bare, now + hour, is_partial=True)) == "same"
    assert read(desk, row).order == whole
    moved = replace(bare, updated_at=PLACED + timedelta(days=9), status="completed")
    assert put(desk, OrderCopy(moved, now + 2 * hour, is_partial=True)) == "changed"
    assert read(desk, row).order == replace(moved, notes=whole.notes, shipments=whole.shipments)
    fresh = replace(moved, notes=whole.notes[:1])
    assert put(desk, OrderCopy(fresh, now + 3 * hour)) == "changed"
    assert read(desk, row).order == fresh


def test_what_came_in_part_is_due_at_once_on_an_open_ticket(
    desk: TestDesk, errands: Callable[[str, str], list[str]]
) -> None:
    desk.open(order_refs=(("LO-12345", "LO12345"),))
    account = shop_account(desk)
    copy = OrderCopy(an_order(), desk.clock.now(), is_partial=True)

    def store(tx: Transaction) -> None:
        ticket_orders.match_orders(tx, [orders.put(tx, account.id, copy)[0]])

    desk.write(store)
    assert errands("2026-01-01", "2026-01-01") == ["id-LO-12345"]
    bring(desk, account, an_order())
    assert errands("2026-01-01", "2026-01-01") == []


@pytest.mark.parametrize("changed_s", [-1, 0])
def test_an_older_copy_never_replaces_a_newer_one(desk: TestDesk, changed_s: int) -> None:
    account = shop_account(desk)
    (row,) = bring(desk, account, an_order(status="completed"))
    older = an_order(updated_at=PLACED + timedelta(seconds=changed_s))
    late = desk.clock.now() + timedelta(hours=-1 if changed_s == 0 else 1)
    assert put(desk, OrderCopy(older, late)) == "older"
    assert read(desk, row).order.status == "completed"


def test_notes_that_move_no_stamp_come_in(desk: TestDesk) -> None:
    account = shop_account(desk)
    (row,) = bring(desk, account, an_order())
    noted = an_order(notes=a_full_order().notes)
    assert put(desk, OrderCopy(noted, desk.clock.now() + timedelta(minutes=1))) == "changed"
    assert read(desk, row).order.notes == noted.notes


def test_an_order_that_is_gone_stays_and_can_come_back(desk: TestDesk) -> None:
    account = shop_account(desk)
    (row,) = bring(desk, account, an_order())
    now = desk.clock.now() + timedelta(hours=1)
    assert desk.write(lambda tx: orders.mark_gone(tx, account.id, "id-LO-12345", now))
    assert not desk.write(lambda tx: orders.mark_gone(tx, account.id, "id-LO-12345", now))
    assert not desk.write(lambda tx: orders.mark_gone(tx, account.id, "never-seen", now))
    assert read(desk, row).gone_at == now
    # A page that was read before we heard that it is gone brings it back for nobody.
    put(desk, OrderCopy(an_order(), now - timedelta(minutes=1)))
    assert read(desk, row).gone_at == now
    assert put(desk, OrderCopy(an_order(), now + timedelta(minutes=1))) == "changed"
    assert read(desk, row).gone_at is None


def test_the_same_number_on_two_accounts_is_two_orders(desk: TestDesk) -> None:
    one, two = shop_account(desk, "one"), shop_account(desk, "two")
    rows = bring(desk, one, an_order()) + bring(desk, two, an_order())
    assert len(set(rows)) == 2
    assert set(order_lists.rows_named(desk.reading, "lo 12345", 10)) == set(rows)


def test_an_order_is_found_by_its_number_and_by_that_of_a_parcel(desk: TestDesk) -> None:
    account = shop_account(desk)
    rows = bring(desk, account, a_full_order(), an_order("LO-2", email=""))
    assert order_lists.rows_named(desk.reading, "lo12345", 10) == rows[:1]
    assert order_lists.rows_named(desk.reading, "003411228812", 10) == rows[:1]
    assert order_lists.rows_named(desk.reading, "-", 10) == []


def test_what_is_read_of_one_order_has_a_limit_and_the_newest_comes_first(desk: TestDesk) -> None:
    when = [PLACED + timedelta(hours=n) for n in range(30)]
    scans = tuple(TrackingEvent(at, "in_transit", text=str(n)) for n, at in enumerate(when))
    line = an_order().lines[0]
    (row,) = bring(
        desk,
        shop_account(desk),
        an_order(
            shipments=(Shipment("s", events=scans),),
            lines=tuple(replace(line, remote_id=str(n)) for n in range(30)),
        ),
    )
    found = read(desk, row, most=5).order
    assert [event.text for event in found.shipments[0].events] == ["29", "28", "27", "26", "25"]
    assert [one.remote_id for one in found.lines] == ["0", "1", "2", "3", "4"]


def test_stock_is_news_only_where_it_changed(desk: TestDesk) -> None:
    account = shop_account(desk)
    level = StockLevel("10", "", "LAMP", "Oak lamp", "in_stock", 4)

    def put_stock(found: StockLevel) -> bool:
        copy = StockCopy(found, desk.clock.now())
        return desk.write(lambda tx: orders.put_stock(tx, account.id, copy))

    assert put_stock(level)
    assert not put_stock(level)
    assert put_stock(replace(level, quantity=None))


# What is to be asked


@pytest.fixture
def errands(desk: TestDesk) -> Callable[[str, str], list[str]]:
    """Orders whose copies are old: of tickets that are ours to answer, and of others."""
    return lambda our_turn, others: order_errands.stale_orders(
        desk.reading, "shop", our_turn, others, 10
    )


def test_orders_of_open_tickets_are_due_and_no_others(
    desk: TestDesk, errands: Callable[[str, str], list[str]]
) -> None:
    ref = desk.open(order_refs=(("LO-1", "LO1"),))
    done = desk.open(order_refs=(("LO-2", "LO2"),), sender="carl@mail.example", at=1)
    desk.do("resolve", done)
    account = shop_account(desk)
    bring(desk, account, an_order("LO-1"), an_order("LO-2"), an_order("LO-3", email=""))
    later, before = "2030", to_text(desk.clock.now())
    assert errands(later, later) == ["id-LO-1"]
    assert errands(before, before) == []
    assert errands(before, later) == []
    desk.do("snooze", ref, until="3d")
    assert errands(before, later) == ["id-LO-1"]
    desk.write(lambda tx: order_errands.note_checked(tx, account.id, ["id-LO-1"]))
    assert errands(before, before) == []


def test_unknown_numbers_are_asked_for_once_and_not_before_the_stream_is_in(
    desk: TestDesk,
) -> None:
    account = shop_account(desk)
    desk.open(order_refs=(("LO-1", "LO1"), ("LO-7", "LO7")))
    bring(desk, account, an_order("LO-1"))

    def unknown() -> list[str]:
        found = order_errands.unknown_orders(desk.reading, "shop", "2020", 10)
        return [one.text for one in found]

    assert unknown() == []
    desk.write(
        lambda tx: tx.execute(
            "INSERT INTO sync_cursors (account_id, stream, finished_at) VALUES (?,?,?)",
            (account.id, "orders", tx.now),
        )
    )
    assert unknown() == ["LO-7"]
    assert order_errands.unknown_orders(desk.reading, "shop", "2030", 10) == []
    desk.write(lambda tx: order_errands.note_lookup(tx, account.id, "LO7", 0))
    assert unknown() == []


def test_orders_that_somebody_wants_come_first_once_and_of_any_ticket(
    desk: TestDesk, errands: Callable[[str, str], list[str]]
) -> None:
    done = desk.open(order_refs=(("LO-2", "LO2"),))
    open_one = desk.open(order_refs=(("LO-1", "LO1"),), sender="carl@mail.example", at=1)
    account = shop_account(desk)
    bring(desk, account, an_order("LO-1", email=""), a_full_order(), an_order("LO-2", email=""))
    desk.do("resolve", done)
    before, later = to_text(desk.clock.now()), "2030"
    assert desk.one("order.refresh", done)["accounts"] == ["shop"]
    assert errands(before, before) == ["id-LO-2"]
    assert errands(later, later) == ["id-LO-2", "id-LO-1"]
    wanted = order_errands.wanted_orders(desk.reading, "shop", 10)
    assert order_errands.stale_stock(desk.reading, "shop", "2020", 10, wanted) == [("10", "")]
    desk.write(lambda tx: order_errands.note_checked(tx, account.id, wanted))
    assert errands(before, before) == []
    assert order_errands.wanted_orders(desk.reading, "shop", 10) == []
    desk.do("order.refresh", open_one)
    assert errands(before, before) == ["id-LO-1"]


def test_stock_of_what_is_in_orders_of_open_tickets(desk: TestDesk) -> None:
    account = shop_account(desk)
    desk.open(order_refs=(("LO-12345", "LO12345"),))
    bring(desk, account, a_full_order(), an_order("LO-2", email=""))
    later = to_text(desk.clock.now() + timedelta(days=1))

    def stale(before: str) -> set[tuple[str, str]]:
        return set(order_errands.stale_stock(desk.reading, "shop", before, 10))

    assert stale(later) == {("10", "11"), ("12", "")}
    count_stock(desk, account, "12")
    assert stale(to_text(desk.clock.now())) == {("10", "11")}
    desk.write(lambda tx: order_errands.note_unknown_stock(tx, account.id, [("10", "11")], tx.now))
    assert stale(to_text(desk.clock.now())) == set()
    (row,) = order_lists.rows_named(desk.reading, "LO-12345", 5)
    assert set(read(desk, row).stock) == {("12", "")}


def test_a_database_refuses_what_it_cannot_hold(desk: TestDesk) -> None:
    account = shop_account(desk)
    huge: Order = an_order(total=euros(1 << 70))
    with pytest.raises((OverflowError, sqlite3.Error)):
        bring(desk, account, huge)
    assert desk.rows("SELECT count(*) FROM orders")[0][0] == 0

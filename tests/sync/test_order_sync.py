"""Orders from the channel into the database and onto tickets, through the engine."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from deskterm.contract import ContractBroken, Refused, Session, Unavailable
from deskterm.domain.order import StockLevel
from deskterm.domain.order_refs import OrderRefFinder
from deskterm.office.acts import outcome_json
from deskterm.store import tombstones
from deskterm.store.accounts import Account, health
from deskterm.store.connect import connect
from deskterm.store.tombstones import Identity
from deskterm.sync.engine import SyncEngine
from deskterm.sync.intake import StoreIntake
from deskterm.sync.order_errands import ErrandPolicy, OrderErrands
from deskterm.sync.parser_process import MailParser
from deskterm.sync.ports import RunOutcome, SyncPolicy
from deskterm.sync.reading import MailReader
from tests.support.desk import START, TestDesk, running
from tests.support.fake_channel import FakeChannel, TokenSession, fake_context
from tests.support.fake_shop import FakeShop, ShopSession
from tests.support.orders import a_full_order, an_order, linked, shop_account

HOUR = timedelta(hours=1)


class ShopRig:
    """A desk with the account `shop`, and the shop behind it."""

    def __init__(self, desk: TestDesk, parser: MailParser) -> None:
        self.desk = desk
        self.clock = desk.clock
        self.shop = FakeShop(desk.clock)
        self.account: Account = shop_account(desk)
        self.intake = StoreIntake(
            desk.writer,
            lambda: connect(desk.path),
            MailReader(parser, desk.attachments),
            lambda _: (),
            desk.attachments,
            lambda _: OrderRefFinder(),
            desk.clock,
        )
        self.session: type[ShopSession] = ShopSession

    async def open(self, name: str) -> Session:
        return self.session(fake_context(name, self.clock), self.shop)

    async def sync(self, **policy: int) -> RunOutcome:
        """Sync once with a new engine, as after a restart."""
        errands = OrderErrands(
            self.desk.writer,
            lambda: connect(self.desk.path),
            self.clock,
            ErrandPolicy(**policy),  # type: ignore[arg-type]  # whole numbers of it
        )
        engine = SyncEngine(
            ["shop"],
            self.open,
            self.intake,
            self.clock,
            sleep=self.clock.skip,
            rng=random.Random(1),
            policy=SyncPolicy(patience_s=0.0),
            errands=errands,
        )
        (outcome,) = await engine.sync_once()
        return outcome

    def refs(self) -> set[str]:
        return {row[0] for row in self.desk.rows("SELECT ref FROM orders")}


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[ShopRig]:
    with running(tmp_path) as desk, MailParser() as parser:
        rig = ShopRig(desk, parser)
        yield rig
        rig.intake.close()


async def test_orders_come_in_and_a_second_sync_brings_nothing(rig: ShopRig) -> None:
    orders = [an_order(f"LO-{n}", updated_at=START - timedelta(days=n)) for n in range(8)]
    rig.shop.put(*orders)
    first = await rig.sync()
    second = await rig.sync()
    assert rig.refs() == {order.ref for order in orders}
    assert (first.result, first.stored, first.changed) == ("ok", 8, 0)
    assert (second.result, second.stored, second.changed) == ("ok", 0, 0)
    assert first.bytes > 0
    raw = rig.desk.rows("SELECT raw FROM orders WHERE ref = 'LO-1'")[0][0]
    assert zlib.decompress(raw) == b'{"id": "id-LO-1"}'


async def test_a_change_comes_in_and_only_what_is_near_is_listed_again(rig: ShopRig) -> None:
    rig.shop.put(*(an_order(f"LO-{n}", updated_at=START - timedelta(days=n)) for n in range(8)))
    await rig.sync()
    rig.clock.advance(3600)
    rig.shop.touch("id-LO-5", status="completed")
    rig.shop.put(an_order("LO-99", updated_at=rig.clock.now()))
    outcome = await rig.sync()
    assert (outcome.stored, outcome.changed) == (1, 1)
    assert rig.desk.rows("SELECT status FROM orders WHERE ref = 'LO-5'")[0][0] == "completed"


async def test_what_becomes_visible_late_is_found_within_the_overlap(rig: ShopRig) -> None:
    rig.shop.put(an_order("LO-1", updated_at=rig.clock.now()))
    await rig.sync()
    rig.shop.put(an_order("LO-2", updated_at=rig.clock.now() - timedelta(minutes=5)))
    rig.clock.advance(60)
    assert (await rig.sync()).stored == 1


async def test_mail_and_order_find_each_other(rig: ShopRig) -> None:
    named = rig.desk.open(order_refs=(("LO-1", "LO1"),), sender="carl@mail.example")
    guessed = rig.desk.open(at=1)
    rig.shop.put(an_order("LO-1", email=""), an_order("LO-2"))
    await rig.sync()
    assert linked(rig.desk, named) == [("LO-1", "named")]
    assert linked(rig.desk, guessed) == [("LO-2", "address")]


async def test_an_agent_has_an_order_fetched_before_its_time(rig: ShopRig) -> None:
    ref = rig.desk.open(order_refs=(("LO-12345", "LO12345"), ("LO-7", "LO7")))
    rig.shop.put(an_order())
    await rig.sync()
    await rig.sync()
    assert rig.shop.asked("orders") == []
    looked_up, counted = len(rig.shop.asked("by_ref")), len(rig.shop.asked("stock"))
    rig.desk.do("order.refresh", ref)
    rig.shop.put(an_order(notes=a_full_order().notes))
    assert (await rig.sync()).changed == 1
    assert rig.shop.asked("orders") == [("id-LO-12345",)]
    assert len(rig.shop.asked("by_ref")) == looked_up + 1
    assert len(rig.shop.asked("stock")) == counted + 1
    await rig.sync()
    assert rig.shop.asked("orders") == [("id-LO-12345",)]


async def test_orders_of_open_tickets_stay_fresh_though_no_stamp_moves(rig: ShopRig) -> None:
    rig.desk.open(order_refs=(("LO-12345", "LO12345"),))
    rig.shop.put(an_order(), an_order("LO-2", email=""))
    await rig.sync()
    assert rig.shop.asked("orders") == []
    rig.shop.put(an_order(notes=a_full_order().notes))
    rig.clock.advance(2 * HOUR)
    outcome = await rig.sync()
    assert rig.shop.asked("orders") == [("id-LO-12345",)]
    assert outcome.changed == 1
    assert rig.desk.rows("SELECT count(*) FROM order_notes")[0][0] == 2
    await rig.sync()
    assert len(rig.shop.asked("orders")) == 1


async def test_an_order_in_the_bin_is_marked_and_kept(rig: ShopRig) -> None:
    ref = rig.desk.open(order_refs=(("LO-12345", "LO12345"),))
    rig.shop.put(an_order())
    await rig.sync()
    rig.shop.gone.add("id-LO-12345")
    rig.clock.advance(2 * HOUR)
    await rig.sync()
    assert rig.desk.rows("SELECT gone_at FROM orders")[0][0] is not None
    assert linked(rig.desk, ref) == [("LO-12345", "named")]
    await rig.sync()
    assert len(rig.shop.asked("orders")) == 1


async def test_a_number_that_nobody_knows_is_asked_for_once(rig: ShopRig) -> None:
    refs = (("LO-12345", "LO12345"), ("LO-777", "LO777"))
    ref = rig.desk.open(order_refs=refs)
    rig.shop.put(an_order())
    rig.shop.hidden.add("id-LO-12345")
    await rig.sync()
    assert sorted(rig.shop.asked("by_ref")) == [("LO-12345",), ("LO-777",)]
    assert linked(rig.desk, ref) == [("LO-12345", "named")]
    rig.clock.advance(24 * HOUR)
    await rig.sync()
    assert len(rig.shop.asked("by_ref")) == 2


async def test_what_is_asked_in_one_round_is_bounded(rig: ShopRig) -> None:
    refs = tuple((f"LO-{n}000", f"LO{n}000") for n in range(10))
    rig.desk.open(order_refs=refs)
    rig.shop.put(*(an_order(text) for text, _ in refs[:6]))
    await rig.sync(most_lookups=2, most_orders=2, most_variants=1)
    assert len(rig.shop.asked("by_ref")) == 2
    rig.clock.advance(2 * HOUR)
    await rig.sync(most_lookups=2, most_orders=2)
    assert len(rig.shop.asked("by_ref")) == 4
    assert [len(about) for about in rig.shop.asked("orders")] == [2]
    await rig.sync(most_orders=2)
    assert len(set(sum(rig.shop.asked("orders"), ()))) == 4


async def test_stock_of_what_open_tickets_are_about(rig: ShopRig) -> None:
    rig.desk.open(order_refs=(("LO-12345", "LO12345"),))
    rig.shop.put(a_full_order())
    rig.shop.stock["12", ""] = StockLevel("12", "", "BULB", "Bulb", "in_stock", 3)
    await rig.sync()
    assert rig.shop.asked("stock") == [("10:11", "12:")]
    await rig.sync()
    assert len(rig.shop.asked("stock")) == 1
    rows = rig.desk.rows("SELECT state, quantity FROM stock_levels ORDER BY product_ref")
    assert [tuple(row) for row in rows] == [("unknown", None), ("in_stock", 3)]
    rig.clock.advance(2 * HOUR)
    await rig.sync()
    assert len(rig.shop.asked("stock")) == 2


# When something is wrong


async def test_one_odd_order_costs_itself_alone(rig: ShopRig) -> None:
    class Odd(ShopSession):
        def record(self, order):  # type: ignore[no-untyped-def]  # what a careless connector gives
            found = super().record(order)
            if order.ref == "LO-2":
                return replace(found, order=replace(order, total=67.4))
            if order.ref == "LO-3":
                return replace(found, order=replace(order, customer_note="x\ud800y"))
            return found

    rig.session = Odd
    rig.shop.put(*(an_order(f"LO-{n}") for n in range(5)))
    outcome = await rig.sync()
    assert rig.refs() == {"LO-0", "LO-1", "LO-3", "LO-4"}
    assert (outcome.result, outcome.quarantined) == ("ok", 1)
    (row,) = rig.desk.rows("SELECT remote_id, reason FROM quarantine")
    assert tuple(row) == ("id-LO-2", "order.total is no Money")


async def test_what_is_left_out_of_an_erased_customer_is_told(rig: ShopRig) -> None:
    theirs = an_order("LO-2")
    theirs = replace(theirs, buyer=replace(theirs.buyer, email="zula@mail.example"))
    rig.desk.write(lambda tx: tombstones.put(tx, [Identity("email", "zula@mail.example")]))
    rig.shop.put(an_order("LO-1"), theirs)
    outcome = await rig.sync()
    assert rig.refs() == {"LO-1"}
    assert (outcome.result, outcome.stored, outcome.erased) == ("ok", 1, 1)
    assert outcome_json(outcome.joined(outcome))["erased"] == 2


async def test_one_order_that_cannot_be_fetched_does_not_keep_the_others_old(rig: ShopRig) -> None:
    rig.desk.open(order_refs=(("LO-1", "LO1"), ("LO-2", "LO2")))
    rig.shop.put(an_order("LO-1"), an_order("LO-2"))
    await rig.sync()
    rig.clock.advance(2 * HOUR)
    rig.shop.fail = lambda kind, about: (
        ContractBroken("odd answer") if kind == "orders" and "id-LO-1" in about else None
    )
    outcome = await rig.sync()
    assert (outcome.result, outcome.quarantined) == ("ok", 1)
    one, two = rig.desk.rows("SELECT fetched_at FROM orders ORDER BY ref")
    assert two[0] > one[0]
    rig.shop.calls.clear()
    await rig.sync()
    assert rig.shop.asked("orders") == []


async def test_a_number_that_is_refused_is_not_asked_for_again(rig: ShopRig) -> None:
    rig.desk.open(order_refs=(("LO-777", "LO777"),))
    rig.shop.fail = lambda kind, _: Refused("no", code="odd") if kind == "by_ref" else None
    assert (await rig.sync()).result == "ok"
    assert (await rig.sync()).result == "ok"
    assert len(rig.shop.asked("by_ref")) == 1


async def test_where_nothing_can_be_fetched_the_account_says_so_and_the_stream_goes_on(
    rig: ShopRig,
) -> None:
    rig.desk.open(order_refs=(("LO-1", "LO1"), ("LO-2", "LO2")))
    rig.shop.put(an_order("LO-1"), an_order("LO-2"))
    await rig.sync()
    rig.clock.advance(2 * HOUR)
    rig.shop.put(an_order("LO-3", updated_at=rig.clock.now()))
    rig.shop.fail = lambda kind, _: ContractBroken("odd") if kind == "orders" else None
    outcome = await rig.sync()
    assert (outcome.result, outcome.stored) == ("failed", 1)
    found = health(rig.desk.reading, rig.account.id)
    assert found is not None
    assert found.state == "retrying"
    rig.shop.fail = lambda _kind, _about: None
    assert (await rig.sync()).result == "ok"


async def test_a_channel_that_is_away_during_an_errand(rig: ShopRig) -> None:
    rig.desk.open(order_refs=(("LO-777", "LO777"),))
    rig.shop.fail = lambda kind, _: Unavailable("away") if kind == "by_ref" else None
    assert (await rig.sync()).result == "failed"
    rig.shop.fail = lambda _kind, _about: None
    assert (await rig.sync()).result == "ok"
    assert len(rig.shop.asked("by_ref")) == 2


async def test_cut_at_any_page_nothing_is_missing(rig: ShopRig) -> None:
    rig.shop.put(*(an_order(f"LO-{n}", updated_at=START - timedelta(days=n)) for n in range(8)))
    rig.shop.fail = lambda kind, _: (
        Unavailable("cut") if kind == "list" and len(rig.shop.asked("list")) > 1 else None
    )
    results = []
    for _ in range(3):
        rig.shop.calls.clear()
        results.append((await rig.sync()).result)
    assert results == ["failed", "failed", "ok"]
    assert rig.refs() == {f"LO-{n}" for n in range(8)}


async def test_errands_are_asked_of_accounts_with_orders_only(rig: ShopRig) -> None:
    errands = OrderErrands(rig.desk.writer, lambda: connect(rig.desk.path), rig.clock)
    assert errands.serves(await rig.open("shop"))
    mail = TokenSession(fake_context("mail", rig.clock), {"messages": FakeChannel(rig.clock)})
    assert not errands.serves(mail)

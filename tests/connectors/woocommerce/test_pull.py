"""Reading what has changed: in order, from where a run was cut, while orders change."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from deskterm.contract import ContractBroken, NotFound, OrderRecord, Start, Unreadable
from deskterm.sandbox.stories import Remark
from deskterm.sandbox.web import Request, Response
from deskterm_connectors.woocommerce.orders import WooCommerceSession
from tests.connectors.woocommerce.far_side import FarSide, orders_in, pulled

SECOND = timedelta(seconds=1)


def keys(records: list[OrderRecord]) -> list[str]:
    return [record.remote_id for record in records]


def list_calls(side: FarSide) -> list[Request]:
    return [r for r in side.asked if r.path.endswith("/wc/v3/orders")]


async def test_everything_comes_once_oldest_change_first(
    side: FarSide, session: WooCommerceSession
) -> None:
    pages = await pulled(session)
    found = orders_in(pages)
    assert Counter(keys(found)) == Counter(map(str, side.shop.orders))
    stamps = [record.order.updated_at for record in found]
    assert stamps == sorted(stamps)
    assert all(len(page.records) <= 20 for page in pages)
    marks = [page.server_time for page in pages]
    assert marks[0] is not None
    assert abs(marks[0] - datetime.now(UTC)) < timedelta(minutes=1)
    assert set(marks[1:]) == {None}


async def test_only_what_has_changed_since(side: FarSide, session: WooCommerceSession) -> None:
    stamps = sorted(shown.changed_at for shown in side.shop.orders.values())
    since = stamps[-5]
    found = orders_in(await pulled(session, Start(since=since)))
    assert len(found) == 5, "that second itself is within"
    assert not orders_in(await pulled(session, Start(since=datetime.now(UTC) + SECOND * 60)))
    assert all(call.first("dates_are_gmt") == "true" for call in list_calls(side))


async def test_no_order_is_missed_that_changes_between_pages(
    side: FarSide, session: WooCommerceSession
) -> None:
    for number in range(220):
        side.add_order(datetime(2026, 1, 5, tzinfo=UTC) + number * SECOND)
    ids = iter(sorted(side.shop.orders))

    def stir(request: Request) -> None:
        """With each list, some orders move to its end, and the others forward."""
        if request.path.endswith("/wc/v3/orders"):
            for _ in range(15):
                side.shop.change(next(ids))

    side.between = stir
    seen = {record.remote_id for record in orders_in(await pulled(session))}
    assert seen == set(map(str, side.shop.orders))


async def test_more_orders_than_a_page_in_one_second(
    side: FarSide, session: WooCommerceSession
) -> None:
    at = datetime(2026, 2, 1, tzinfo=UTC)
    same = [side.add_order(at).id for _ in range(250)]
    moved: list[int] = []

    def stir(request: Request) -> None:
        if request.first("page") == "2" and not moved:
            moved.extend(same[:3])
            for order_id in moved:
                side.shop.change(order_id)

    side.between = stir
    seen = {record.remote_id for record in orders_in(await pulled(session))}
    assert moved, "pages had to be counted"
    assert seen == set(map(str, side.shop.orders))


async def test_a_cut_within_one_second_loses_nothing(
    side: FarSide, session: WooCommerceSession
) -> None:
    for _ in range(130):
        side.add_order(datetime(2026, 2, 1, tzinfo=UTC))
    pages = await pulled(session)
    for cut in range(1, len(pages)):
        head = set(keys(orders_in(pages[:cut])))
        tail = await pulled(session, Start(position=pages[cut - 1].position))
        assert head | set(keys(orders_in(tail))) == set(map(str, side.shop.orders)), cut


async def test_a_plugin_that_sorts_otherwise(side: FarSide, session: WooCommerceSession) -> None:
    for number in range(150):
        side.add_order(datetime(2026, 1, 5, tzinfo=UTC) + number * SECOND)
    shown = sorted(side.shop.orders.values(), key=lambda s: -s.id)
    listing = side.shop.list
    side.shop.list = lambda wanted: [s for s in shown if s in listing(wanted)]  # type: ignore[method-assign]  # the plugin
    pages = await pulled(session)
    assert set(keys(orders_in(pages))) == set(map(str, side.shop.orders))
    assert {page.position for page in pages if page.records} == {"beginning"}


async def test_a_list_without_an_end_is_given_up(
    side: FarSide, session: WooCommerceSession
) -> None:
    for _ in range(120):
        side.add_order(datetime(2026, 1, 5, tzinfo=UTC))
    side.shop.orders = {k: s for k, s in side.shop.orders.items() if s.changed_at.year == 2026}
    listing = side.shop.list
    # Whatever page is asked for, the first hundred come.
    side.shop.list = lambda wanted: list(listing(wanted))[:100] * 50  # type: ignore[method-assign]  # a broken cache
    with pytest.raises(ContractBroken, match="circle"):
        await pulled(session)


async def test_a_position_that_nobody_wrote(session: WooCommerceSession) -> None:
    with pytest.raises(NotFound):
        await pulled(session, Start(position="page 7"))


async def test_checkouts_that_were_not_finished_are_passed_over(
    side: FarSide, session: WooCommerceSession
) -> None:
    draft, last = min(side.shop.orders), max(side.shop.orders)
    side.shop.change(draft, status="checkout-draft")
    side.shop.change(last, status="on-hold")
    found = {r.remote_id: r.order for r in orders_in(await pulled(session))}
    assert str(draft) not in found
    assert (found[str(last)].status, found[str(last)].status_name) == ("on-hold", "On hold")
    assert len(found) == len(side.shop.orders) - 1


async def test_an_order_that_cannot_be_read_costs_itself_alone(
    side: FarSide, session: WooCommerceSession
) -> None:
    odd = str(max(side.shop.orders))
    await side.place.misbehaviour.order("drift", id=odd)
    side.shop.change(int(odd))
    pages = await pulled(session)
    found = {r.remote_id: r.order for r in orders_in(pages)}
    assert found[odd].status == "awaiting-owl"
    assert found[odd].status_name == "awaiting-owl"
    assert found[odd].ship_to.city == ""

    def without_currency(request: Request) -> Response | None:
        if not request.path.endswith("/wc/v3/orders"):
            return None
        return Response(200, b'[{"id": 7, "status": "processing"}, {"id": 8}, {"status": "x"}]')

    side.between = without_currency
    (page,) = await pulled(session)
    assert all(isinstance(record, Unreadable) for record in page.records)
    names = [record.remote_id for record in page.records if isinstance(record, Unreadable)]
    assert names[:2] == ["order:7", "order:8"]
    assert names[2].startswith("order:odd:")


async def test_notes_come_with_what_changed_of_late_and_refunds_with_all(
    side: FarSide, session: WooCommerceSession
) -> None:
    fresh, old = max(side.shop.orders), min(side.shop.orders)
    side.shop.change(fresh)
    side.shop.change(old, datetime.now(UTC) - timedelta(days=61))
    found = {r.remote_id: r.order for r in orders_in(await pulled(session))}
    assert found[str(fresh)].notes
    assert not found[str(old)].notes
    told = {str(s.id) for s in side.shop.orders.values() if s.story.paid_back}
    assert told
    assert {key for key, order in found.items() if order.refunds} == told
    assert all(found[key].refunds[0].refunded_at for key in told)


async def test_a_note_is_no_change_and_is_seen_when_asked(
    side: FarSide, session: WooCommerceSession
) -> None:
    order_id = max(side.shop.orders)
    side.shop.change(order_id, datetime.now(UTC) - timedelta(days=1))
    since = datetime.now(UTC) - timedelta(hours=1)
    side.shop.remark(order_id, Remark(datetime.now(UTC), "Maya", "Called back", to_customer=False))
    changed = orders_in(await pulled(session, Start(since=since)))
    assert str(order_id) not in {record.remote_id for record in changed}
    (record,) = await session.orders([str(order_id)])
    assert isinstance(record, OrderRecord)
    assert record.order.notes[-1].text == "Called back"
    assert record.order.notes[-1].author == "Maya"


async def test_the_list_of_statuses_is_asked_for_once(
    side: FarSide, session: WooCommerceSession
) -> None:
    await pulled(session)
    await pulled(session)
    assert side.paths().count("/orders/statuses") == 1

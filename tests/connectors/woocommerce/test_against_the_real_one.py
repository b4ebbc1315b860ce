"""Both sides against a real WooCommerce: recorded answers, and the schemas it publishes.

The recordings were made with invented customers on WooCommerce 11.0.1, WordPress 7.1.0. They lie
beside the project and not in it.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from deskterm.contract import NotFound, OrderRecord, SessionContext
from deskterm.domain.money import Money
from deskterm_connectors.woocommerce.answers import failure
from deskterm_connectors.woocommerce.orders import WooCommerceSession
from tests.connectors.woocommerce.far_side import KEY, SECRET, FarSide, orders_in, pulled
from tests.connectors.woocommerce.wordpress_schema import differences, shape
from tests.support.session_context import session_context

SPECS = Path(__file__).parents[3].parent / "shared" / "specs" / "woocommerce"
ROOT = "/wp-json/wc/v3"

pytestmark = pytest.mark.skipif(
    not SPECS.is_dir(), reason="the recordings of a real shop are not beside the project"
)


@cache
def recorded(name: str) -> Mapping[str, Any]:
    """One exchange: `request`, `status`, `headers`, `body`."""
    found: Mapping[str, Any] = json.loads((SPECS / "observed" / f"{name}.json").read_text("utf-8"))
    return found


@cache
def schema(route: str) -> Mapping[str, Any]:
    """What the real shop says of the objects of a route."""
    told = json.loads((SPECS / "wc_v3_resource_schemas.json").read_text("utf-8"))
    found: Mapping[str, Any] = told[route]["schema"]
    return found


def rows(body: Any) -> list[Any]:
    """The objects of an answer."""
    return body if isinstance(body, list) else [body]


def _all_recorded() -> Iterator[str]:
    for file in sorted((SPECS / "observed").glob("*.json")):
        yield file.stem


# Our reading of their answers


def replayed(
    answers: Callable[[str, Mapping[str, list[str]]], Mapping[str, Any]],
) -> SessionContext:
    """A context whose shop gives recorded answers."""

    def answer(request: httpx.Request) -> httpx.Response:
        parts = urlsplit(str(request.url))
        found = answers(parts.path.removeprefix(ROOT), parse_qs(parts.query))
        return httpx.Response(found["status"], json=found["body"], headers=found["headers"])

    return session_context(
        {"url": "https://shop.example", "consumer_key": KEY},
        secrets={"consumer_secret": SECRET},
        http=lambda _tls=None: httpx.AsyncClient(transport=httpx.MockTransport(answer)),
    )


def _the_shop(path: str, query: Mapping[str, list[str]]) -> Mapping[str, Any]:
    """The recorded shop; order 13 as it was after its refund, which nobody recorded as a whole."""
    if path == "/orders" and query.get("search"):
        return recorded("orders_search_email")
    if path == "/orders":
        page = recorded("orders_page1")
        refund = [{"id": 25, "reason": "Colis abîmé", "total": "-49.90"}]
        body = [{**row, "refunds": refund if row["id"] == 13 else []} for row in page["body"]]
        wanted = {int(key) for text in query.get("include", []) for key in text.split(",")}
        return {**page, "body": [row for row in body if not wanted or row["id"] in wanted]}
    known = {
        "/orders/statuses": "orders_statuses",
        "/orders/13/notes": "notes_list",
        "/orders/13/refunds": "refunds_list",
        "/orders/14/fulfillments": "fulfillments_list",
        "/orders/13/fulfillments": "shipping_fulfillments",
        "/system_status": "system_status",
        "/products": "variation_by_sku",
    }
    if path in known:
        return recorded(known[path])
    if path.endswith(("/notes", "/fulfillments")):
        return {**recorded("notes_list"), "body": []}
    return recorded("order_404")


@pytest.fixture
async def session() -> AsyncIterator[WooCommerceSession]:
    session = WooCommerceSession(replayed(_the_shop))
    yield session
    await session.close()


async def test_a_recorded_shop_is_read_whole(session: WooCommerceSession) -> None:
    found = {r.remote_id: r.order for r in orders_in(await pulled(session))}
    assert sorted(found) == ["13", "14", "15", "16", "17"]
    order = found["13"]
    assert order.total == Money(6740, "USD")
    assert order.placed_at == datetime(2026, 11, 21, 20, 51, 19, tzinfo=UTC)
    assert (order.status, order.status_name) == ("processing", "Processing")
    assert order.payment == "partially_refunded"
    assert order.buyer.email == "camille.martin@example.test"
    assert order.ship_to.city == "Nantes"
    assert order.customer_note == "Laisser au gardien svp"
    assert [(each.title, each.variant) for each in order.lines] == [
        ("Lampe de bureau Orion", ""),
        ("Câble USB-C tressé", "2 m"),
    ]
    assert [each.refunded_quantity for each in order.lines] == [1, 0]
    assert order.shipping_cost == Money(500, "USD")
    assert order.delivery_title == "Colissimo"
    (refund,) = order.refunds
    assert (refund.amount, refund.state) == (Money(4990, "USD"), "approved")
    assert [each.tracking_number for each in order.shipments] == ["6A12345678901"]
    assert [note.remote_id for note in order.notes] == ["2", "3", "4", "5", "50", "51", "52"]
    assert [note.remote_id for note in order.notes if note.to_customer] == ["51"]


async def test_a_recorded_shop_whose_fulfilments_are_on(session: WooCommerceSession) -> None:
    (record,) = await session.orders(["14"])
    assert isinstance(record, OrderRecord)
    (shipment,) = record.order.shipments
    assert (shipment.carrier, shipment.tracking_number) == ("Colissimo", "6A12345678901")
    assert shipment.shipped_at == datetime(2026, 11, 21, 20, 52, 47, tzinfo=UTC)
    assert shipment.lines == (("4", 1),)
    assert record.order.fulfilment == "partially_fulfilled"
    kept = json.loads(record.raw)
    assert not {"order_key", "payment_url", "customer_ip_address", "_links"} & set(kept)


async def test_recorded_numbers_are_found(session: WooCommerceSession) -> None:
    (record,) = await session.orders_by_ref("24")
    assert record.order.ref == "24"


async def test_the_check_of_a_recorded_shop(session: WooCommerceSession) -> None:
    lines = (await session.check()).lines
    assert any("WooCommerce 11.0.1" in line for line in lines)


@pytest.mark.parametrize("name", list(_all_recorded()) if SPECS.is_dir() else [])
def test_every_recorded_refusal_has_its_meaning(name: str) -> None:
    exchange = recorded(name)
    if exchange["status"] < 400:
        assert exchange["status"] in (200, 201)
        return
    error = failure(
        exchange["status"],
        exchange["headers"],
        exchange["body"],
        host="shop.example",
        now=datetime(2026, 11, 21, tzinfo=UTC),
    )
    assert exchange["body"]["message"] not in error.text
    expected = {401: "SignInNeeded", 400: "Refused", 500: "Unavailable"}
    if exchange["status"] == 404:
        assert isinstance(error, NotFound)
    else:
        assert type(error).__name__ == expected[exchange["status"]]


# The simulated shop's answers against theirs

_SAME = [
    ("/orders", "/orders", ("order_get", "orders_page1", "orders_search_email")),
    ("/orders/{order}", "/orders/13", ("order_get", "order_status_update")),
    ("/orders/{order}/notes", "/orders/13/notes", ("notes_list", "note_customer")),
    ("/orders/{refunded}/refunds", "/orders/13/refunds", ("refunds_list",)),
    ("/orders/statuses", "/orders/statuses", ("orders_statuses",)),
    ("/products", "/products", ("product_get", "product_by_sku", "product_variable_create")),
    ("/products/{product}/variations", "/products/10/variations", ("variation_create",)),
    ("/customers", "/customers", ("customer_create",)),
]


async def asked(side: FarSide, path: str, **query: str) -> httpx.Response:
    """What the simulated shop answers to somebody who is no connector."""
    session = side.session()
    api, _ = session._open()
    client = await api._opened()
    try:
        return await client.get(
            f"{side.fields['url']}{ROOT}{path}", params=query, auth=(KEY, SECRET)
        )
    finally:
        await session.close()


def _filled(path: str, side: FarSide) -> str:
    refunded = next(s.id for s in side.shop.orders.values() if s.story.paid_back)
    product = next(k for k, kinds in side.shop.products.items() if len(kinds) > 1)
    return path.format(order=min(side.shop.orders), refunded=refunded, product=product)


@pytest.mark.parametrize(("path", "route", "names"), _SAME, ids=[row[0] for row in _SAME])
async def test_answers_differ_from_the_schema_only_where_a_real_shop_does(
    side: FarSide, path: str, route: str, names: tuple[str, ...]
) -> None:
    theirs = {
        found
        for name in names
        for row in rows(recorded(name)["body"])
        for found in differences(row, schema(route))
    }
    answer = await asked(side, _filled(path, side), per_page="100")
    assert answer.status_code == 200
    ours = {d for row in rows(answer.json()) for d in differences(row, schema(route))}
    assert ours <= theirs


@pytest.mark.parametrize(("path", "route", "names"), _SAME, ids=[row[0] for row in _SAME])
async def test_answers_have_no_field_that_a_real_shop_has_not(
    side: FarSide, path: str, route: str, names: tuple[str, ...]
) -> None:
    named = set(schema(route).get("properties", {}))
    theirs = {p for name in names for row in rows(recorded(name)["body"]) for p in shape(row)}
    answer = await asked(side, _filled(path, side), per_page="100")
    ours = {place for row in rows(answer.json()) for place in shape(row)}
    unknown = {p for p in ours - theirs if p.split(".")[1].removesuffix("[]") not in named}
    assert unknown == set()


async def test_an_order_lacks_nothing_that_a_real_one_has(side: FarSide) -> None:
    answer = await asked(side, f"/orders/{min(side.shop.orders)}")
    theirs = set(recorded("order_get")["body"])
    assert theirs - set(answer.json()) == set()


async def test_refusals_are_those_of_a_real_shop(side: FarSide) -> None:
    for name, path, query in (
        ("order_404", "/orders/999999", {}),
        ("no_route", "/nope", {}),
        ("orders_bad_per_page", "/orders", {"per_page": "500"}),
    ):
        answer, real = await asked(side, path, **query), recorded(name)
        assert answer.status_code == real["status"]
        body = answer.json()
        assert (body["code"], body["message"]) == (real["body"]["code"], real["body"]["message"])
        assert body["data"]["status"] == real["body"]["data"]["status"]
        assert body["data"].get("params") == real["body"]["data"].get("params")
        assert 'rel="https://api.w.org/"' in answer.headers["link"]


async def test_nobody_is_refused_otherwise_than_by_a_real_shop(side: FarSide) -> None:
    session = side.session()
    api, _ = session._open()
    client = await api._opened()
    url = f"{side.fields['url']}{ROOT}/orders"
    for name, auth in (
        ("auth_none", None),
        ("auth_bad_secret", (KEY, "cs_wrong")),
        ("auth_bad_key", ("ck_wrong", SECRET)),
    ):
        answer, real = await client.get(url, auth=auth), recorded(name)
        assert answer.status_code == real["status"]
        assert answer.json()["code"] == real["body"]["code"], name
    await session.close()


async def test_pages_are_led_through_as_by_a_real_shop(side: FarSide) -> None:
    answer, real = await asked(side, "/orders", per_page="2"), recorded("orders_modified_after")
    for name in ("x-wp-total", "x-wp-totalpages"):
        assert answer.headers[name].isdigit()
        assert name in real["headers"]
    assert 'rel="next"' in answer.headers["link"]
    assert 'rel="next"' in real["headers"]["link"]

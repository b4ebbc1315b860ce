"""What each answer of a shop, or of what stands before it, means to the engine."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta

import pytest

from deskterm.contract import (
    ConnectorError,
    ContractBroken,
    NotFound,
    RateLimited,
    Refused,
    SignInNeeded,
    Unavailable,
)
from deskterm.sandbox.web import Response
from deskterm_connectors.woocommerce.answers import NotJson, failure, read_json
from deskterm_connectors.woocommerce.orders import WooCommerceSession
from tests.connectors.woocommerce.far_side import WIRE, FarSide, orders_in, pulled

NOW = datetime(2026, 11, 21, 9, 40, tzinfo=UTC)
LOG = logging.getLogger("tests.woocommerce")
PAGE = b"<!DOCTYPE html><html><head><style>p { a: b }</style><script>[1]</script></head></html>"


def api_error(status: int, code: str, data: object = None) -> bytes:
    given = {"status": status} if data is None else data
    return json.dumps({"code": code, "message": "Words of the shop.", "data": given}).encode()


@pytest.mark.parametrize(
    ("status", "code", "error", "said"),
    [
        (401, "woocommerce_rest_authentication_error", SignInNeeded, "consumer_secret"),
        (401, "woocommerce_rest_cannot_view", SignInNeeded, "Authorization"),
        (403, "woocommerce_rest_cannot_view", SignInNeeded, "manages the shop"),
        (403, "rest_forbidden", SignInNeeded, "manages the shop"),
        (404, "rest_no_route", NotFound, "WooCommerce is active"),
        (404, "woocommerce_rest_shop_order_invalid_id", NotFound, "nothing of that id"),
        (500, "woocommerce_rest_cannot_create_order_refund", Unavailable, "in trouble"),
        (503, "maintenance", Unavailable, "in trouble"),
        (429, "too_many", RateLimited, "wait"),
        (400, "woocommerce_rest_invalid_id", Refused, "woocommerce_rest_invalid_id"),
        (418, "ck_0123456789", Refused, "unreadable"),
    ],
)
async def test_errors_of_the_api(
    side: FarSide,
    session: WooCommerceSession,
    status: int,
    code: str,
    error: type[ConnectorError],
    said: str,
) -> None:
    side.between = lambda _: Response(status, api_error(status, code))
    with pytest.raises(error, match=said) as raised:
        await pulled(session)
    assert "Words of the shop" not in raised.value.text
    assert "127.0.0.1" in raised.value.text


@pytest.mark.parametrize("data", [500, None, "gone", [], {"status": "x", "params": 3}])
def test_the_data_of_an_error_may_be_anything(data: object) -> None:
    told = {"code": "rest_invalid_param", "message": "", "data": data}
    error = failure(400, {}, told, host="shop.example", now=NOW)
    assert isinstance(error, Refused)
    assert (error.code, error.field) == ("rest_invalid_param", "")


async def test_a_refusal_names_the_parameter(side: FarSide, session: WooCommerceSession) -> None:
    side.between = lambda _: Response(
        400,
        api_error(400, "rest_invalid_param", {"status": 400, "params": {"per_page": "too many"}}),
    )
    with pytest.raises(Refused) as raised:
        await pulled(session)
    assert (raised.value.code, raised.value.field) == ("rest_invalid_param", "per_page")


@pytest.mark.parametrize(
    ("status", "headers", "error"),
    [
        (200, {}, Unavailable),
        (403, {}, Unavailable),
        (502, {}, Unavailable),
        (503, {}, Unavailable),
        (503, {"retry-after": "7"}, RateLimited),
        (401, {}, SignInNeeded),
        (404, {}, Refused),
        (302, {"location": "https://www.shop.example/a?b=c"}, Refused),
    ],
)
async def test_pages_of_what_stands_between(
    side: FarSide,
    session: WooCommerceSession,
    status: int,
    headers: dict[str, str],
    error: type[ConnectorError],
) -> None:
    side.between = lambda _: Response(status, PAGE, headers)
    with pytest.raises(error):
        await pulled(session)


def test_how_long_to_wait() -> None:
    def told(headers: dict[str, str]) -> datetime | None:
        error = failure(429, headers, None, host="shop.example", now=NOW)
        assert isinstance(error, RateLimited)
        return error.until

    assert told({"retry-after": "90"}) == NOW + timedelta(seconds=90)
    assert told({"retry-after": "Sat, 21 Nov 2026 10:00:00 GMT"}) == NOW.replace(hour=10, minute=0)
    assert told({}) is None


@pytest.mark.parametrize(
    ("location", "shown"),
    [
        ("https://www.shop.example/wp-json/?consumer_secret=x", "https://www.shop.example"),
        ("/maintenance", "sends us on."),
        ("https://[", "sends us on."),
        (f"https://{'a' * 300}.example/", "sends us on."),
    ],
)
def test_a_redirect_is_named_and_not_followed(location: str, shown: str) -> None:
    error = failure(301, {"location": location}, None, host="shop.example", now=NOW)
    assert isinstance(error, Refused)
    assert error.field == "url"
    assert shown in error.text
    assert "consumer_secret" not in error.text


@pytest.mark.parametrize(
    "before",
    [
        b"<br />\n<b>Warning</b>:  Undefined array key 3 in <b>/srv/x.php</b> on line 7<br />\n",
        b"Notice: {closure} in [internal function]\n",
        b"\xef\xbb\xbf",
        b" \n\n",
    ],
)
def test_warnings_before_the_data_are_read_past(
    before: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("WARNING")
    assert read_json(before + b'[{"id": 1}]', LOG) == [{"id": 1}]
    assert "srv" not in caplog.text


@pytest.mark.parametrize("body", [b"", PAGE, b"[" * 200_000, b"null]", b'{"a": 1', b"\xff\xfe"])
def test_what_is_no_data(body: bytes) -> None:
    with pytest.raises(NotJson):
        read_json(body, LOG)


@pytest.mark.parametrize("what", ["rate_limit", "server_error", "html_page", "refuse_login"])
async def test_the_simulated_shop_goes_wrong_once_and_recovers(
    side: FarSide, session: WooCommerceSession, what: str
) -> None:
    await side.place.misbehaviour.order(what, times=1)
    errors = {"rate_limit": RateLimited, "refuse_login": SignInNeeded}
    with pytest.raises(errors.get(what, Unavailable)):
        await pulled(session)
    assert len(orders_in(await pulled(session))) == len(side.shop.orders)


async def test_warnings_of_the_host_cost_nothing(
    side: FarSide, session: WooCommerceSession
) -> None:
    await side.place.misbehaviour.order("warning_first")
    assert len(orders_in(await pulled(session))) == len(side.shop.orders)


async def test_a_line_that_breaks_and_a_network_that_is_gone(
    side: FarSide, session: WooCommerceSession
) -> None:
    wire = side.place.misbehaviour.wires[WIRE]
    wire.cut_after(20_000)
    with pytest.raises(Unavailable):
        await pulled(session)
    assert wire.fired
    await wire.restore()
    wire.cut()
    with pytest.raises(Unavailable, match="cannot be reached"):
        await pulled(session)
    await wire.restore()
    assert len(orders_in(await pulled(session))) == len(side.shop.orders)


async def test_a_certificate_that_nobody_vouches_for(side: FarSide) -> None:
    session = side.session(tls_ca_file="")
    with pytest.raises(Unavailable, match="tls_ca_file"):
        await session.check()
    await session.close()
    assert side.asked == [], "no key was sent"


@pytest.mark.parametrize("body", [b"{}", b"[1]", b'[{"id": 1}, null]', b"3"])
async def test_lists_that_are_none(side: FarSide, session: WooCommerceSession, body: bytes) -> None:
    side.between = lambda _: Response(200, body)
    with pytest.raises(ContractBroken):
        await pulled(session)

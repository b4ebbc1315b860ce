"""How calls are signed, and where keys never go."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from deskterm.contract import Refused, SignInNeeded, Start
from deskterm_connectors.woocommerce.oauth import signed
from deskterm_connectors.woocommerce.settings import read_settings
from tests.connectors.woocommerce.far_side import KEY, SECRET, FarSide, far_side, pulled

GIVEN = {"url": "https://shop.example", "consumer_key": KEY}


@pytest.mark.parametrize("sign_in", ["header", "signature"])
async def test_both_ways_let_in_over_tls(side: FarSide, sign_in: str) -> None:
    session = side.session(sign_in=sign_in)
    await session.check()
    assert await session.orders_by_ref(next(iter(side.shop.orders.values())).order.ref)
    await session.close()
    assert all(("authorization" in r.headers) == (sign_in == "header") for r in side.asked)
    assert not any(SECRET in str(request.query) for request in side.asked)


async def test_without_tls_calls_are_signed(tmp_path: Path) -> None:
    async with far_side(tmp_path, tls=False) as side:
        session = side.session()
        await session.check()
        assert await pulled(session, Start())
        await session.close()
        assert side.asked
        assert not any("authorization" in request.headers for request in side.asked)
        assert SECRET not in str([request.query for request in side.asked])


async def test_a_wrong_secret_and_an_unknown_key(side: FarSide) -> None:
    for sign_in in ("header", "signature"):
        session = side.session(secret="cs_" + "0" * 40, sign_in=sign_in)
        with pytest.raises(SignInNeeded, match="consumer_secret"):
            await session.check()
        await session.close()
    session = side.session(consumer_key="ck_" + "9" * 40)
    with pytest.raises(SignInNeeded, match="sign_in"):
        await session.check()
    await session.close()


def test_a_signature_like_that_of_the_standard() -> None:
    query = signed(
        "get",
        "http://127.0.0.1:8080/wp-json/wc/v3/orders",
        {"search": "a b+c&d=é", "per_page": "5"},
        key="ck_x",
        secret="cs_y",
        timestamp=1_700_000_000,
        nonce="n",
    )
    assert query["oauth_signature_method"] == "HMAC-SHA256"
    # Worked out step by step by RFC 5849 3.4.1 with openssl dgst -sha256 -hmac 'cs_y&'.
    assert query["oauth_signature"] == "Gxcrf6YDYozPWTWT/HjvebocC9ga+UPwZuLTqxRthKo="
    assert query["search"] == "a b+c&d=é"


async def test_nothing_of_the_keys_is_logged(
    side: FarSide, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for sign_in in ("header", "signature"):
        session = side.session(sign_in=sign_in)
        await session.check()
        await session.close()
    assert SECRET not in caplog.text


@pytest.mark.parametrize(
    ("given", "shop", "api"),
    [
        ({"url": "shop.example"}, "https://shop.example", "https://shop.example"),
        ({"url": " https://shop.example/ "}, "https://shop.example", "https://shop.example"),
        (
            {"url": "https://shop.example/de/wp-json/wc/v3/orders"},
            "https://shop.example/de",
            "https://shop.example/de",
        ),
        (
            {"base_url": "http://localhost:8000/"},
            "https://shop.example",
            "http://localhost:8000",
        ),
    ],
)
def test_addresses_as_people_give_them(given: dict[str, str], shop: str, api: str) -> None:
    settings = read_settings({**GIVEN, **given})
    assert (settings.shop, settings.api) == (shop, api)
    assert settings.sign_in == ("signature" if api.startswith("http:") else "header")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"url": ""}, "url"),
        ({"url": "http://shop.example"}, "url"),
        ({"url": "ftp://shop.example"}, "url"),
        ({"url": "https://ck_a:cs_b@shop.example"}, "url"),
        ({"url": "https://shop.example/?consumer_secret=cs_b"}, "url"),
        ({"url": "https://[::1"}, "url"),
        ({"url": "https://shop.example:http"}, "url"),
        ({"url": "https://my shop.example"}, "url"),
        ({"base_url": "http://192.0.2.7"}, "base_url"),
        ({"consumer_key": ""}, "consumer_key"),
        ({"consumer_key": "cs_0123"}, "consumer_key"),
        ({"consumer_key": "ck_1\nX: y"}, "consumer_key"),
        ({"sign_in": "query"}, "sign_in"),
    ],
)
def test_settings_without_sense_are_refused(given: dict[str, str], field: str) -> None:
    with pytest.raises(Refused) as refused:
        read_settings({**GIVEN, **given})
    assert refused.value.field == field
    assert "cs_" not in refused.value.text.replace("(cs_…)", "")

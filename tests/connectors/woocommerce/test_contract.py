"""The WooCommerce session keeps the contract, on the simulated shop over TLS."""

from __future__ import annotations

import html
import socket
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime

import pytest

from deskterm.contract import ConnectorSpec, Reply, Session
from deskterm.contract.testing import ConnectorContract, OpenSession
from deskterm.sandbox.web import Request, Response
from deskterm_connectors.woocommerce.spec import SPEC
from tests.connectors.woocommerce.far_side import SECRET, FarSide


class TestWooCommerce(ConnectorContract):
    """One stream of several pages."""

    @pytest.fixture
    def spec(self) -> ConnectorSpec:
        return SPEC

    @pytest.fixture
    def spec_module(self) -> str:
        return "deskterm_connectors.woocommerce.spec"

    @pytest.fixture
    def secret_values(self) -> tuple[str, ...]:
        return (SECRET,)

    @pytest.fixture
    def open_session(self, side: FarSide) -> OpenSession:
        return _opener(side)

    @pytest.fixture
    def known_order(self, side: FarSide) -> tuple[str, str]:
        shown = next(iter(side.shop.orders.values()))
        return str(shown.id), shown.order.ref

    @pytest.fixture
    def known_variant(self, side: FarSide) -> tuple[str, str]:
        goods = next(kinds[1] for kinds in side.shop.products.values() if len(kinds) > 1)
        return str(goods.product_id), str(goods.variation_id)

    @pytest.fixture
    def add_news(self, side: FarSide) -> Callable[[], Awaitable[None]]:
        async def add() -> None:
            side.add_order()

        return add

    @pytest.fixture
    def reply(self, side: FarSide) -> Reply:
        order = str(max(side.shop.orders))
        text = "Bonjour Camille, une lampe < 40 cm & ses vis partent demain.\n\nLumen"
        started = datetime.now(UTC).replace(microsecond=0)
        return Reply("0199-key", "k7m2q9", order, text, started)

    @pytest.fixture
    def taken(self, side: FarSide) -> Callable[[Reply], int]:
        def count(reply: Reply) -> int:
            noted = side.shop.orders[int(reply.thread_remote_id)].remarks
            mailed = [html.unescape(each.text) for each in noted if each.to_customer]
            return mailed.count(reply.text)

        return count

    @pytest.fixture
    def answer_lost(self, side: FarSide) -> OpenSession:
        async def open_session() -> Session:
            await side.place.misbehaviour.order("lose_answer", times=1)
            return await _opener(side)()

        return open_session

    @pytest.fixture
    def broken(self, side: FarSide) -> Mapping[str, OpenSession]:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            nobody = f"https://127.0.0.1:{closed.getsockname()[1]}"

        def answers(status: int, body: bytes, **headers: str) -> OpenSession:
            return _opener(side, lambda _: Response(status, body, headers))

        def misbehaves(what: str) -> OpenSession:
            async def open_session() -> Session:
                await side.place.misbehaviour.behave()
                await side.place.misbehaviour.order(what, times=40)
                return await _opener(side)()

            return open_session

        deep = b"[" * 100_000
        return {
            "asked to wait": misbehaves("rate_limit"),
            "in trouble": misbehaves("server_error"),
            "a page": misbehaves("html_page"),
            "warnings": misbehaves("warning_first"),
            "odd data": misbehaves("drift"),
            "no entry": misbehaves("refuse_login"),
            "a list of nothing": answers(200, b"[null, 3]"),
            "no list": answers(200, b'{"a": 1}'),
            "half of it": answers(200, b'[{"id": 1, "status": "comp'),
            "too deep": answers(200, deep),
            "nothing": answers(200, b""),
            "the secret": answers(400, f'{{"code": "{SECRET}", "message": "{SECRET}"}}'.encode()),
            "elsewhere": answers(301, b"", Location="https://x.example/"),
            "an odd status": answers(799, b"{}"),
            "not compressed": answers(200, b"[]", **{"Content-Encoding": "gzip"}),
            "nobody": _opener(side, url=nobody),
            "an unknown authority": _opener(side, tls_ca_file=""),
            "no authority": _opener(side, tls_ca_file="/nowhere/ca.pem"),
            "no TLS there": _opener(side, url=side.fields["url"].replace("https", "http")),
            "a setting without sense": _opener(side, url="http://shop.example"),
            "no secret": _opener(side, secret=""),
        }


def _opener(
    side: FarSide,
    between: Callable[[Request], Response | None] = lambda _: None,
    *,
    secret: str = SECRET,
    **fields: str,
) -> OpenSession:
    async def open_session() -> Session:
        side.between = between
        return side.session(secret=secret, **fields)

    return open_session

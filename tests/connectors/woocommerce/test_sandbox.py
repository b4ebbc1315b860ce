"""The simulated shop as the sandbox serves it, and that it tells what the world's mails tell."""

from __future__ import annotations

import re
import socket
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from deskterm.contract import OrderRecord, Start
from deskterm.domain.order import Order
from deskterm.mail.tls import client_context
from deskterm.office.sessions import http_client
from deskterm.sandbox.launch import Sandbox
from deskterm.sandbox.orders import total_cents
from deskterm.sandbox.stories import told
from deskterm_connectors.woocommerce.orders import WooCommerceSession
from deskterm_connectors.woocommerce.sandbox import FACE
from tests.connectors.woocommerce.far_side import FarSide, orders_in, pulled, world
from tests.sandbox.worlds import SEEDS, world_of
from tests.support.sandbox import account_on, noted, running_sandbox, sandbox_desk
from tests.support.session_context import session_context

pytestmark = pytest.mark.xdist_group("sandbox-servers")

ACCOUNT = "webshop"


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    with running_sandbox(tmp_path_factory.mktemp("shop"), tickets=30) as sandbox:
        yield sandbox


async def everything(sandbox: Sandbox) -> dict[str, Order]:
    account = account_on(sandbox, ACCOUNT)
    context = session_context(account["fields"], secrets=account["secrets"], http=http_client)
    session = WooCommerceSession(context)
    try:
        return {r.order.ref: r.order for r in orders_in(await pulled(session, Start()))}
    finally:
        await session.close()


async def test_it_is_served_beside_the_mailbox_and_notes_what_it_showed(sandbox: Sandbox) -> None:
    found = await everything(sandbox)
    shown = [e for e in noted(sandbox, "shown") if e["channel"] == "woocommerce"]
    assert Counter(e["order"] for e in shown) == Counter(found.keys())
    assert all(set(e) == {"at", "kind", "channel", "id", "order", "status"} for e in shown)


def test_an_account_on_it_works_from_the_command_line(sandbox: Sandbox, tmp_path: Path) -> None:
    account = account_on(sandbox, ACCOUNT)
    with sandbox_desk(tmp_path / "desk", sandbox) as desk:
        desk.env["DESKTERM_SECRET_WEBSHOP_CONSUMER_SECRET"] = account["secrets"]["consumer_secret"]
        desk.end_office()  # the next one has the new secret
        sets = [f"--set={key}={value}" for key, value in account["fields"].items()]
        desk.run("account", "add", account["channel"], account["name"], *sets)
        said = desk.run("account", "check", ACCOUNT)
    assert "Orders: signed in to https://127.0.0.1" in said
    assert "60 products" in said


def test_secrets_are_made_from_the_token_alone() -> None:
    assert FACE.secrets("a") == FACE.secrets("a") != FACE.secrets("b")
    assert re.fullmatch(r"cs_[0-9a-f]{40}", FACE.secrets("a")["consumer_secret"])


async def test_orders_are_those_of_the_world(side: FarSide, session: WooCommerceSession) -> None:
    records = await session.orders([str(key) for key in side.shop.orders])
    found = {r.order.ref: r.order for r in records if isinstance(r, OrderRecord)}
    assert set(found) == {order.ref for order in world().orders}
    for order in world().orders:
        shown = found[order.ref]
        assert shown.total.minor == total_cents(order)
        assert shown.placed_at == order.placed_at
        assert shown.buyer.email == order.customer.addresses[0]
        assert [line.quantity for line in shown.lines] == [n for _, n in order.lines]
        assert sum(line.total.minor for line in shown.lines) == shown.total.minor
        numbers = [shipment.tracking_number for shipment in shown.shipments]
        assert numbers == ([order.tracking] if order.shipped_at else [])
        assert (shown.fulfilment == "fulfilled") == (order.shipped_at is not None)
        assert shown.updated_at <= world().now
    told_by_all = {s.carrier for o in found.values() for s in o.shipments if s.carrier}
    assert told_by_all <= {order.carrier for order in world().orders}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_story_of_an_order_fits_the_conversations_about_it(seed: int) -> None:
    seen = world_of(seed)
    stories = told(seen.orders, seen.conversations, seen.shop.agents)
    assert set(stories) == {order.ref for order in seen.orders}
    again = told(seen.orders, seen.conversations, seen.shop.agents)
    assert stories == again
    for story in stories.values():
        order = story.order
        assert order.placed_at <= story.paid_at <= story.changed_at <= seen.now
        assert all(order.placed_at <= remark.at <= seen.now for remark in story.remarks)
        assert (story.paid_back is not None) == (order.state in ("refunded", "cancelled"))
        if order.state == "late":
            assert story.promised_on < seen.now.date()
        if order.state in ("shipped", "paid"):
            assert story.promised_on > order.placed_at.date()
        if story.paid_back is not None:
            assert 0 < story.paid_back.cents <= total_cents(order)
            assert story.paid_back.at >= (order.delivered_at or order.placed_at)


def test_it_ends_in_silence_though_a_client_stays_connected(tmp_path: Path) -> None:
    with running_sandbox(tmp_path / "s", tickets=5) as sandbox:
        fields = account_on(sandbox, ACCOUNT)["fields"]
        address = ("127.0.0.1", int(fields["url"].rpartition(":")[2]))
        plain = socket.create_connection(address, timeout=10)
        line = client_context(fields["tls_ca_file"]).wrap_socket(plain, server_hostname="localhost")
        line.sendall(b"GET /wp-json/wc/v3/orders HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert line.recv(12) == b"HTTP/1.1 401"
    line.close()
    assert (tmp_path / "s" / "sandbox.log").read_text() == ""

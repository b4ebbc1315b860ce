"""The simulated shop in the test's own process, where tests can change it and get between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from deskterm.contract import OrderRecord, Page, Start
from deskterm.mail.tls import server_context
from deskterm.office.sessions import http_client
from deskterm.sandbox.customers import Customers
from deskterm.sandbox.faces import Place
from deskterm.sandbox.journal import Journal
from deskterm.sandbox.misbehave import Misbehaviour
from deskterm.sandbox.web import Request, Response, WebServer
from deskterm.sandbox.world import World, build
from deskterm_connectors.woocommerce.orders import WooCommerceSession
from deskterm_connectors.woocommerce.sandbox_api import PROMISE_KEY, Api
from deskterm_connectors.woocommerce.sandbox_json import ShownOrder
from deskterm_connectors.woocommerce.sandbox_shop import ShownShop
from tests.support.session_context import session_context

KEY = "ck_0000000000000000000000000000000000000001"
SECRET = "cs_canary7f3a0000000000000000000000000000001"
WIRE = "woocommerce"
TICKETS = 40

Between = Callable[[Request], Response | None]


@cache
def world() -> World:
    """A world of today: what a shop tells depends on how long ago something changed."""
    return build(1, TICKETS, datetime.now(UTC))


@dataclass
class FarSide:
    """A shop that is served. `between` may answer in the shop's place; `asked` is every call."""

    shop: ShownShop
    place: Place
    scheme: str
    port: int = 0
    asked: list[Request] = field(default_factory=list)
    between: Between = lambda _request: None

    @property
    def fields(self) -> dict[str, str]:
        """The account's settings."""
        return {
            "url": f"{self.scheme}://127.0.0.1:{self.port}",
            "consumer_key": KEY,
            "promise_key": PROMISE_KEY,
            "tls_ca_file": str(self.place.ca_file),
        }

    def session(self, *, secret: str = SECRET, **fields: str) -> WooCommerceSession:
        """A session of the real connector."""
        return WooCommerceSession(
            session_context(
                {**self.fields, **fields}, secrets={"consumer_secret": secret}, http=http_client
            )
        )

    def add_order(self, at: datetime | None = None) -> ShownOrder:
        """A customer buys something."""
        last = max(self.shop.orders)
        shown = self.shop.orders[last]
        order = replace(shown.order, ref=f"LO-9{last:05}")
        new = replace(
            shown,
            id=last + 1,
            story=replace(shown.story, order=order),
            changed_at=at or datetime.now(UTC).replace(microsecond=0),
        )
        self.shop.orders[new.id] = new
        return new

    def paths(self) -> list[str]:
        """What was asked for, without the API's root."""
        return [request.path.removeprefix("/wp-json/wc/v3") for request in self.asked]


@asynccontextmanager
async def far_side(folder: Path, *, tls: bool = True) -> AsyncIterator[FarSide]:
    """Serve a shop of the world; everything is stopped at the end."""
    journal = Journal(folder / "journal.jsonl")
    mind = Misbehaviour(journal)
    customers = Customers(world(), journal, 0.0, lambda work: work.close())
    place = Place(folder, "token", journal, mind, customers)
    shop = ShownShop(world())
    api = Api(KEY, SECRET, shop, place)
    side = FarSide(shop, place, "https" if tls else "http")

    def answer(request: Request) -> Response:
        side.asked.append(request)
        return side.between(request) or api.answer(request)

    server = WebServer(answer, server_context(place.certified) if tls else None)
    side.port = await mind.wire(WIRE, await server.start())
    try:
        yield side
    finally:
        mind.wires[WIRE].cut()
        await server.stop()
        await asyncio.sleep(0)  # in which the last transports close
        journal.close()


async def pulled(session: WooCommerceSession, start: Start | None = None) -> list[Page]:
    """Every page of one run."""
    return [page async for page in session.pull("orders", start or Start())]


def orders_in(pages: list[Page]) -> list[OrderRecord]:
    """The orders of the pages, in their order."""
    return [r for page in pages for r in page.records if isinstance(r, OrderRecord)]

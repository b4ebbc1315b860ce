"""A WooCommerce shop at work: its orders with all that belongs to them, and its stock."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from datetime import datetime
from typing import ClassVar

from deskterm.contract import (
    CheckReport,
    ConnectorSpec,
    NotFound,
    OrderGone,
    OrderRecord,
    Page,
    Receipt,
    Reply,
    SentMatch,
    SentProbe,
    Session,
    SessionContext,
    SignInNeeded,
    Start,
    StockRecord,
)
from deskterm.domain.order_refs import normalise
from deskterm_connectors.woocommerce import notes, stock
from deskterm_connectors.woocommerce.answers import NoRoute
from deskterm_connectors.woocommerce.changes import (
    Changes,
    Listed,
    from_since,
    position,
    stood_at,
)
from deskterm_connectors.woocommerce.client import PER_PAGE, ShopApi
from deskterm_connectors.woocommerce.fields import Row, child, text
from deskterm_connectors.woocommerce.settings import Settings, read_settings
from deskterm_connectors.woocommerce.spec import ORDERS, SPEC
from deskterm_connectors.woocommerce.together import pieces
from deskterm_connectors.woocommerce.whole import WholeOrders

_AT_ONCE = 20  # orders that make a page of ours, each of which costs calls of its own
_CANDIDATES = 20
_LONGEST_REF = 60


class WooCommerceSession(Session):
    """One shop. Reads, and writes notes to customers, which the shop mails."""

    spec: ClassVar[ConnectorSpec] = SPEC

    def __init__(self, context: SessionContext) -> None:
        super().__init__(context)
        self._opened: tuple[ShopApi, WholeOrders] | None = None

    async def check(self) -> CheckReport:
        """Read from each place that is read from later; the lines say what is there."""
        settings = read_settings(self.context.fields)
        api, _ = self._open()
        orders = await api.get("/orders", per_page="1", status="any")
        orders.rows()
        how = "keys in the header" if settings.sign_in == "header" else "signed calls"
        lines = [
            f"Orders: signed in to {settings.api} ({how}); {_many(orders.total, 'order')}.",
        ]
        try:
            products = await api.get("/products", per_page="1")
            lines.append(f"Stock: {_many(products.total, 'product')}.")
        except SignInNeeded:
            lines.append("Missing: the key may not read products, so stock is not shown.")
        try:
            status = await api.get(
                "/system_status", _fields="environment.version,environment.wp_version"
            )
            lines.append(_versions(child(status.row(), "environment")))
        except (SignInNeeded, NotFound):
            lines.append("Versions: not told to this key.")
        return CheckReport(tuple(lines))

    async def pull(self, stream: str, start: Start) -> AsyncGenerator[Page, None]:
        """Orders that have changed, oldest change first, in pages of twenty.

        Leaving early is fine; close the generator.
        """
        if stream != ORDERS:
            raise self._lacks("pull", stream)
        api, whole = self._open()
        changes = Changes(api, _begin(start))
        first = True
        async with aclosing(changes.pages()) as pages:
            async for listed in pages:
                now = self._server_time(listed)
                server_time = now if first else None
                first = False
                if not listed.rows:
                    yield Page(server_time=server_time)
                done = 0
                for piece in pieces(listed.rows, _AT_ONCE):
                    done += len(piece)
                    records = await whole.changed(piece, now)
                    yield Page(
                        records=tuple(records),
                        position=position(_stand(changes, listed.rows, done)),
                        server_time=server_time,
                    )
                    server_time = None

    async def orders(self, remote_ids: Sequence[str]) -> Sequence[OrderRecord | OrderGone]:
        """Fetch these orders anew; what the shop has and nobody can read is left out."""
        api, whole = self._open()
        found: dict[str, Row] = {}
        wanted = [remote_id for remote_id in dict.fromkeys(remote_ids) if _is_key(remote_id)]
        for some in pieces(wanted, PER_PAGE):
            answer = await api.get(
                "/orders", include=",".join(some), status="any", per_page=str(PER_PAGE)
            )
            found |= {str(row.get("id")): row for row in answer.rows()}
        for remote_id in wanted:
            # Lists leave out the bin and statuses whose plugin is gone.
            if remote_id not in found and (row := await self._order(remote_id)) is not None:
                found[remote_id] = row
        rows = [found[remote_id] for remote_id in wanted if remote_id in found]
        records = await whole.read(rows)
        gone = [OrderGone(each) for each in dict.fromkeys(remote_ids) if each not in found]
        return [*(r for r in records if isinstance(r, OrderRecord | OrderGone)), *gone]

    async def orders_by_ref(self, ref: str) -> Sequence[OrderRecord]:
        """Orders of that number; the letters a shop puts before its numbers may be missing."""
        api, whole = self._open()
        wanted = normalise(ref)[:_LONGEST_REF]
        if not wanted:
            return ()
        answer = await api.get(
            "/orders", search=ref.strip(" #")[:_LONGEST_REF], status="any", per_page="20"
        )
        rows = {str(row.get("id")): row for row in answer.rows()[:_CANDIDATES]}
        if _is_key(wanted) and wanted not in rows and (row := await self._order(wanted)):
            rows[wanted] = row
        fitting = [row for row in rows.values() if _fits(text(row, "number"), wanted)]
        return [r for r in await whole.read(fitting) if isinstance(r, OrderRecord)]

    async def stock(self, variants: Sequence[tuple[str, str]]) -> Sequence[StockRecord]:
        """How much there is of each; what the shop does not know, or does not tell, is left out."""
        api, _ = self._open()
        keys = [(p, v) for p, v in dict.fromkeys(variants) if _is_key(p) and (not v or _is_key(v))]
        return await stock.levels(api, keys)

    async def send(self, reply: Reply) -> Receipt:
        """Write a note to the customer of the order that the thread is named after."""
        api, _ = self._open()
        return await notes.write(api, reply, self.context.clock.now())

    async def find_sent(self, probe: SentProbe) -> SentMatch | None:
        """Look for a note among those of its order."""
        api, _ = self._open()
        return await notes.find(api, probe)

    async def close(self) -> None:
        """Let go of the connections."""
        opened, self._opened = self._opened, None
        if opened is not None:
            await opened[0].close()

    def _open(self) -> tuple[ShopApi, WholeOrders]:
        if self._opened is None:
            settings: Settings = read_settings(self.context.fields)
            api = ShopApi(settings, self.context)
            self._opened = api, WholeOrders(api, settings)
        return self._opened

    async def _order(self, remote_id: str) -> Row | None:
        api, _ = self._open()
        try:
            return (await api.get(f"/orders/{remote_id}")).row()
        except NoRoute:
            raise
        except NotFound:
            return None

    def _server_time(self, listed: Listed) -> datetime:
        return listed.answer.at or self.context.clock.now()


def _begin(start: Start) -> datetime | None:
    if start.position is not None:
        try:
            return stood_at(start.position)
        except ValueError:
            raise NotFound("The place at which a run was cut cannot be read.") from None
    return from_since(start.since)


def _stand(changes: Changes, rows: Sequence[Row], done: int) -> datetime | None:
    """Where a run stands when so many of these rows are stored."""
    return changes.stand(rows[:done]) if changes.stand(rows) != changes.after else changes.after


def _fits(number: str, wanted: str) -> bool:
    written = normalise(number)
    return wanted in (written, written.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < len(text) < 20 and text[0] != "0"


def _many(total: int | None, what: str) -> str:
    return f"{what}s can be read" if total is None else f"{total} {what}{'' if total == 1 else 's'}"


def _versions(environment: Row) -> str:
    shop, base = text(environment, "version")[:20], text(environment, "wp_version")[:20]
    return f"Versions: WooCommerce {shop or '?'} on WordPress {base or '?'}."

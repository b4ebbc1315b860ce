"""Storing what came about orders, and finding the tickets that are about them."""

from __future__ import annotations

from functools import partial

from deskterm.contract import Unreadable
from deskterm.domain.clock import to_text
from deskterm.domain.mail import Address
from deskterm.domain.order import Order
from deskterm.store import orders, ticket_orders, tombstones
from deskterm.store.tombstones import Identity, Tombstones
from deskterm.store.transaction import Transaction
from deskterm.sync.order_records import OrderNews
from deskterm.sync.poison import alone, set_aside
from deskterm.sync.ports import Taken


def store_orders(tx: Transaction, account_id: int, stream: str, news: OrderNews) -> Taken:
    """Store news; one that the database does not take costs itself alone. A repeat counts
    nowhere; what a customer bought who was erased since is left out.
    """
    stored = changed = erased = 0
    moved: list[int] = []
    bad: list[Unreadable] = []
    stones = tombstones.load(tx.connection)
    for copy in news.orders:
        if _is_erased(tx, stones, copy.order):
            erased += 1
            continue
        kept = alone(tx, partial(orders.put, tx, account_id, copy))
        if isinstance(kept, Exception):
            bad.append(Unreadable(copy.order.remote_id, b"", type(kept).__name__))
            continue
        row, outcome = kept
        if outcome in ("new", "changed"):
            moved.append(row)
        stored += outcome == "new"
        changed += outcome == "changed"
    for remote_id in news.gone:
        changed += orders.mark_gone(tx, account_id, remote_id, news.fetched_at)
    for counted in news.stock:
        is_news = alone(tx, partial(orders.put_stock, tx, account_id, counted))
        if isinstance(is_news, Exception):
            bad.append(Unreadable(f"stock:{counted.level.sku}", b"", type(is_news).__name__))
        else:
            changed += is_news
    set_aside(tx, account_id, stream, bad)
    ticket_orders.match_orders(tx, moved)
    return Taken(stored, changed, len(bad), erased)


def _is_erased(tx: Transaction, stones: Tombstones, order: Order) -> bool:
    buyer = Identity("email", Address("", order.buyer.email).key)
    if not stones.covers(buyer, to_text(order.placed_at)):
        return False
    tombstones.note_skipped(tx, stones, [buyer])
    return True

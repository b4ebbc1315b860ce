"""The views of the ticket list: a query, an order and a title each. Data only."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

#: `waiting`: whose customer waits longest first, then what nobody waits for, oldest first;
#: `urgent`: the same, but what is pressing counts as waiting longer; `newest`: what moved last
#: first; `waking`: what wakes up first. Hits of a text always come newest first.
Order = Literal["urgent", "waiting", "newest", "waking"]
#: What any view can be sorted by.
_SORTED: tuple[Order, ...] = ("urgent", "newest", "waiting")


class View(NamedTuple):
    """What a list shows.

    Args:
        id: the last part of the command that goes there, or any other name.
        title: in English; shown translated.
        query: in the query language.
        order: see `Order`.
        narrowed: a second query, as an agent types it: only what fits both.
        usual: its own order, where an agent has chosen another; empty: it is in its own.
    """

    id: str
    title: str
    query: str
    order: Order = "newest"
    narrowed: str = ""
    usual: Order | Literal[""] = ""

    def narrow(self, text: str) -> View:
        """The same view with only what fits `text` as well."""
        return self._replace(narrowed=text.strip())

    def sorted_otherwise(self) -> View:
        """The same view in the next order: after the last one its own again."""
        usual = self.usual or self.order
        orders = list(dict.fromkeys((usual, *_SORTED)))
        order = orders[(orders.index(self.order) + 1) % len(orders)]
        return self._replace(order=order, usual="" if order == usual else usual)


NEEDS_US = View("needs_us", "Needs us", "is:needs_us", "urgent")
MINE = View("mine", "Mine", "is:mine is:unresolved", "urgent")
UNOWNED = View("unowned", "Unowned", "is:unowned is:unresolved", "urgent")
SNOOZED = View("snoozed", "Snoozed", "status:snoozed", "waking")
WAITING = View("waiting", "Waiting", "status:waiting_customer")
DRAFTS = View("drafts", "Drafts", "has:draft")
ALL = View("all", "Everything", "")

#: By id; the command `go.<id>` goes there.
NAMED: Mapping[str, View] = MappingProxyType(
    {view.id: view for view in (NEEDS_US, MINE, UNOWNED, SNOOZED, WAITING, DRAFTS, ALL)}
)

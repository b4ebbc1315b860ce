"""Orders: which of them a ticket is about."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from deskterm.domain.errors import DesktermError
from deskterm.domain.order_refs import normalise
from deskterm.service.act import Act, LeftAlone, Outcome, Params, needed, text_of, the_ticket
from deskterm.service.work import Work
from deskterm.store import order_errands, ticket_orders
from deskterm.store.order_lists import Known, known_by_number, known_of_ticket


def _link(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    row = the_ticket(ticket)
    name = needed(params, "order")
    order = _the_one(name, text_of(params, "account"), known_by_number(work.tx.connection, name))
    if order is None:
        raise DesktermError(
            f"There is no order {name[:40]!r} here",
            "No account has brought one of that number.",
            "Look at the number, or sync and try again",
            code="no_order",
        )
    ticket_orders.link(work.tx, work.change(), row, order.row)
    return {"order": order.ref, "account": order.account}


def _has_order(work: Work, ticket: sqlite3.Row | None) -> str | None:
    if known_of_ticket(work.tx.connection, the_ticket(ticket)["id"]):
        return None
    return "It is about no order"


def _unlink(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    row = the_ticket(ticket)
    name = needed(params, "order")
    about = known_of_ticket(work.tx.connection, row["id"])
    found = [one for one in about if one.key == normalise(name)]
    order = _the_one(name, text_of(params, "account"), found)
    if order is None:
        raise DesktermError(
            f"The ticket {row['ref']} is not about an order {name[:40]!r}",
            "Nothing was changed.",
            "'deskterm show' names its orders",
            code="no_order",
        )
    ticket_orders.unlink(work.tx, work.change(), row, order.row)
    return {"order": order.ref, "account": order.account}


def _refresh(work: Work, ticket: sqlite3.Row | None, params: Params) -> Outcome:
    del params
    asked = order_errands.want_anew(work.tx, the_ticket(ticket)["id"])
    if not asked:
        raise LeftAlone("It is about no order")
    return {"accounts": asked}


def _the_one(name: str, account: str, found: Sequence[Known]) -> Known | None:
    """The one order that is meant; None where there is none.

    Raises:
        DesktermError: there are several (`several_orders`).
    """
    meant = [one for one in found if not account or one.account == account]
    if len(meant) > 1:
        where = ", ".join(dict.fromkeys(one.account for one in meant))
        raise DesktermError(
            f"There are {len(meant)} orders {name[:40]!r}",
            f"They are of the accounts {where}. Nothing was changed.",
            "Name the account as well",
            code="several_orders",
        )
    return meant[0] if meant else None


ACTS = {
    "order.link": Act(_link),
    "order.unlink": Act(_unlink, enabled=_has_order),
    "order.refresh": Act(_refresh),
}

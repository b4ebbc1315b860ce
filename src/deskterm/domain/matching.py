"""Which orders a ticket is about.

An order number that was written counts most. Where none was, and no agent has decided anything, the
customer's address is looked for among the buyers, and the order placed last before a message is
taken for the one that is meant. Everything follows from what is handed in, so that the result is
the same in whatever order mails and orders came.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

#: `agent`: a person said so. `named`: its number was written. `address`: the buyer's address and
#: the date fit.
Method = Literal["agent", "named", "address"]

#: The most days between an order and a message that does not name it.
REACH = timedelta(days=90)
#: How much later than a message the channel's clock may have stamped the order it is about.
SLACK = timedelta(hours=1)
#: Orders that one ticket gets by itself.
MOST_MATCHES = 10

#: How sure a match is, of 100. By the address it loses a point for every three days.
BY_AGENT = 100
NAMED_BY_BUYER = 95
NAMED = 80
BY_ADDRESS = 60
LEAST_BY_ADDRESS = 30

_NOT_BOUGHT = frozenset({"failed", "voided"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """An order that may be meant. `ref` and `buyer` in the form used to compare (`order_refs`,
    `Address.key`); `payment` as in `Order`.
    """

    order_id: int
    ref: str
    placed_at: datetime
    buyer: str = ""
    payment: str = "paid"


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """What a ticket says of the order it is about.

    Args:
        named: the order numbers that were written, as written, by their form to compare.
        addresses: of the customer, in the form used to compare.
        wrote_at: when the customer's messages came, oldest first.
        last_at: when anything was said last.
        decided: an agent has linked or unlinked an order; nothing is guessed then.
    """

    named: Mapping[str, str]
    addresses: frozenset[str]
    wrote_at: Sequence[datetime]
    last_at: datetime
    decided: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """An order that a ticket is about, and why.

    `reason` is data to make words from: for `named` `text` (as written) and `buyer` (`same`: the
    customer's address is the buyer's, `other`: it is not, `unknown`: the order has none); for
    `address` `address`, `days` (whole days from the order to the message) and `of` (how many orders
    of that buyer came into question).
    """

    order_id: int
    method: Method
    score: int
    reason: Mapping[str, str] = field(default_factory=dict)


def match(ticket: TicketFacts, candidates: Sequence[Candidate]) -> list[Match]:
    """The orders that a ticket is about, the surest first, at most ten."""
    named = _named(ticket, candidates)
    found = named or ([] if ticket.decided else _by_address(ticket, candidates))
    return found[:MOST_MATCHES]


def _named(ticket: TicketFacts, candidates: Sequence[Candidate]) -> list[Match]:
    found = [
        (one.placed_at, _by_number(ticket, one))
        for one in candidates
        if one.ref in ticket.named and one.placed_at <= ticket.last_at + SLACK
    ]
    found.sort(key=lambda pair: (pair[1].score, pair[0], pair[1].order_id), reverse=True)
    return [one for _, one in found]


def _by_number(ticket: TicketFacts, order: Candidate) -> Match:
    if not order.buyer or not ticket.addresses:
        buyer = "unknown"
    else:
        buyer = "same" if order.buyer in ticket.addresses else "other"
    score = NAMED_BY_BUYER if buyer == "same" else NAMED
    return Match(order.order_id, "named", score, {"text": ticket.named[order.ref], "buyer": buyer})


def _by_address(ticket: TicketFacts, candidates: Sequence[Candidate]) -> list[Match]:
    """The order placed last before the first message that has one before it.

    The first, so that what a ticket is about does not change with each message; who asked before
    buying is found by the message that came after.
    """
    theirs = [one for one in candidates if one.buyer and one.buyer in ticket.addresses]
    for wrote_at in ticket.wrote_at:
        before = [one for one in theirs if wrote_at - REACH <= one.placed_at <= wrote_at + SLACK]
        if before:
            nearest = max(before, key=_likeness)
            days = max(0, (wrote_at - nearest.placed_at).days)
            reason = {"address": nearest.buyer, "days": str(days), "of": str(len(before))}
            score = max(LEAST_BY_ADDRESS, BY_ADDRESS - days // 3)
            return [Match(nearest.order_id, "address", score, reason)]
    return []


def _likeness(order: Candidate) -> tuple[bool, datetime, int]:
    """An order whose payment came to nothing is meant only where there is no other."""
    return order.payment not in _NOT_BOUGHT, order.placed_at, order.order_id

"""Words for orders: amounts, why one is late, why a ticket is taken to be about one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from deskterm.domain.lateness import Late
from deskterm.domain.money import Money


def money_words(money: Money) -> str:
    """An amount: `67.40 EUR`."""
    return f"{money.amount} {money.currency}".strip()


def late_words(late: Late, at: Callable[[datetime | None], str]) -> str:
    """Why something is late; `at` writes a time."""
    match late.kind:
        case "promise_passed":
            return f"late: it was promised for {at(late.since)}"
        case "not_shipped":
            return f"late: it was promised for {at(late.since)} and has not been sent"
        case "no_scan":
            return f"late: no scan for {late.days} working days, {late.norm} are usual"


def match_words(method: str, reason: Mapping[str, str], author: str) -> str:
    """Why a ticket is taken to be about an order, as in `deskterm.domain.matching.Match`."""
    if method == "agent":
        return f"linked by {author}"
    if method == "address":
        days, of = int(reason["days"]), int(reason["of"])
        words = f"the buyer's address, bought {days} days before"
        return words if of == 1 else f"{words}, the last of {of}"
    who = reason.get("buyer")
    if who == "same":
        return "its number was written by the buyer"
    if who == "other":
        return "its number was written, not from the buyer's address"
    return "its number was written"

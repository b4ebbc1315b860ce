"""What makes tickets more pressing with time: the window for an answer that closes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Final

from deskterm.domain.clock import from_text, to_text
from deskterm.domain.errors import DesktermError
from deskterm.rules.countdown import countdown
from deskterm.rules.library import resolve_channel
from deskterm.rules.model import Facts, RulePack
from deskterm.service.work import Work
from deskterm.store import urgency

_AT_LEAST_S: Final = 0.1  # what is due and did not fit into one turn has the next one soon


def reply_windows(
    rows: Iterable[sqlite3.Row], packs_for: Callable[[str], Sequence[RulePack]], now: datetime
) -> dict[int, str | None]:
    """Until when tickets can be answered, as stored times, by the newest message of each customer;
    None where their channel knows no such time, or its rules cannot be read.

    Args:
        rows: of `deskterm.store.derived.waiting`.
    """
    ends: dict[int, str | None] = {}
    packs: dict[tuple[str, str, str], Sequence[RulePack]] = {}
    for row in rows:
        if row["speaks"]:
            operator, place = row["operator"], (row["channel"], row["operator"], row["site"])
            if place not in packs:
                packs[place] = _packs(row["channel"], operator, packs_for)
            at = from_text(row["received_at"])
            facts = Facts(now=now, last_inbound_at=at, operator=operator, site=row["site"])
            found = countdown(packs[place], facts)
            if found is None:
                packs[place] = ()  # it has none for the others either
            ends[row["ticket_id"]] = to_text(found.closes_at) if found is not None else None
    return ends


def turn(work: Work) -> float | None:
    """Work out anew what time alone has changed; returns seconds until the next such moment, None
    where there is none.
    """
    urgency.turn(work.tx)
    at = urgency.next_turn(work.tx)
    if at is None:
        return None
    return max(_AT_LEAST_S, (from_text(at) - work.tx.moment).total_seconds())


def _packs(
    channel: str, operator: str, packs_for: Callable[[str], Sequence[RulePack]]
) -> Sequence[RulePack]:
    """What cannot be read is told where somebody writes."""
    try:
        return packs_for(resolve_channel(channel, operator))
    except DesktermError:
        return ()

"""From the rule packs of a ticket's channel to the time until which it can be answered."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from deskterm.domain.clock import from_text
from deskterm.rules.countdown import countdown
from deskterm.rules.library import resolve_channel
from deskterm.rules.model import Facts, RulePack
from deskterm.service.addressing import way_of
from deskterm.store.accounts import account_by_id
from deskterm.store.tickets import newest_inbound


class ReplyWindowView(NamedTuple):
    """When the window for a plain answer closes. `says`: what the rule says then, by language, with
    `{closed}` where it tells how long ago that was.
    """

    closes_at: datetime
    rule: str
    says: Mapping[str, str]


def read(
    connection: sqlite3.Connection,
    ticket_id: int,
    packs_for: Callable[[str], Sequence[RulePack]],
    now: datetime,
) -> ReplyWindowView | None:
    """The window of a ticket; None where its channel has none, or its customer has not written.

    The rules are asked only where the office found that there is one: loading them takes a start's
    time, and most mail has no window.

    Raises:
        DesktermError: a pack is not as it must be.
    """
    ticket = connection.execute("SELECT * FROM tickets WHERE id = ?", (ticket_id,)).fetchone()
    if ticket is None or ticket["window_ends_at"] is None:
        return None
    newest = newest_inbound(connection, ticket_id)
    if newest is None:
        return None
    _, account_id = way_of(connection, ticket)
    account = account_by_id(connection, account_id)
    if account is None:
        return None
    facts = Facts(
        now=now,
        last_inbound_at=from_text(newest["received_at"]),
        operator=account.operator,
        site=account.site,
    )
    found = countdown(packs_for(resolve_channel(account.channel, account.operator)), facts)
    return None if found is None else ReplyWindowView(found.closes_at, found.rule, found.says)

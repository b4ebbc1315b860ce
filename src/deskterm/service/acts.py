"""What the office does for each command of the table that it is the place of."""

from __future__ import annotations

from types import MappingProxyType

from deskterm.service.commands import (
    accounts,
    drafting,
    history,
    macros,
    merging,
    moods,
    orders,
    outbox,
    repeats,
    triage,
    writing,
)

ACTS = MappingProxyType(
    {
        **triage.ACTS,
        **moods.ACTS,
        **merging.ACTS,
        **writing.ACTS,
        **drafting.ACTS,
        **macros.ACTS,
        **repeats.ACTS,
        **orders.ACTS,
        **outbox.ACTS,
        **history.ACTS,
        **accounts.ACTS,
    }
)

"""What the office does for each command of the table that it is the place of."""

from __future__ import annotations

from types import MappingProxyType

from deskterm.service.commands import accounts, drafting, history, outbox, triage, writing

ACTS = MappingProxyType(
    {**triage.ACTS, **writing.ACTS, **drafting.ACTS, **outbox.ACTS, **history.ACTS, **accounts.ACTS}
)

"""The command table: the only list of commands."""

from __future__ import annotations

import difflib
from types import MappingProxyType

from deskterm.domain.errors import UsageError
from deskterm.service.command import Command
from deskterm.service.commands import accounts, history, outbox, triage, writing

TABLE = MappingProxyType(
    {
        command.id: command
        for command in (
            *triage.COMMANDS,
            *writing.COMMANDS,
            *outbox.COMMANDS,
            *history.COMMANDS,
            *accounts.COMMANDS,
        )
    }
)


def find(words: str) -> Command:
    """The command of that id, or of the last part of one (`resolve` for `ticket.resolve`).

    Raises:
        UsageError: there is none; names the nearest.
    """
    word = words.strip().lower().replace("-", "_")
    if word in TABLE:
        return TABLE[word]
    short = [c for c in TABLE.values() if c.id.partition(".")[2] == word]
    if len(short) == 1:
        return short[0]
    names = [*TABLE, *(c.partition(".")[2] for c in TABLE)]
    near = difflib.get_close_matches(word, names, n=1)
    raise UsageError(
        f"There is no command {words[:40]!r}",
        f"Did you mean {near[0]}?" if near else "",
        "'deskterm do --list' shows all commands",
    )

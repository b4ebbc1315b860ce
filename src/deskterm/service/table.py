"""The command table: the only list of commands."""

from __future__ import annotations

from types import MappingProxyType

from deskterm.domain.errors import UsageError
from deskterm.service.catalogue import (
    accounts,
    beginning,
    composing,
    customers,
    files,
    going,
    history,
    macros,
    moving,
    notes,
    orders,
    outbox,
    playbooks,
    rules,
    triage,
    windows,
    writing,
)
from deskterm.service.command import Command

TABLE = MappingProxyType(
    {
        command.id: command
        for command in (
            *triage.COMMANDS,
            *writing.COMMANDS,
            *macros.COMMANDS,
            *orders.COMMANDS,
            *outbox.COMMANDS,
            *history.COMMANDS,
            *accounts.COMMANDS,
            *customers.COMMANDS,
            *windows.COMMANDS,
            *going.COMMANDS,
            *moving.COMMANDS,
            *files.COMMANDS,
            *composing.COMMANDS,
            *rules.COMMANDS,
            *playbooks.COMMANDS,
            *notes.COMMANDS,
            *beginning.COMMANDS,
        )
    }
)

#: Those that the office does at once, for a console as well as for a command line.
OFFICE = MappingProxyType(
    {c.id: c for c in TABLE.values() if c.place == "office" and not c.is_long}
)


def find(words: str) -> Command:
    """The office's command of that id, or of the last part of one (`resolve` for
    `ticket.resolve`).

    Raises:
        UsageError: there is none; names the nearest.
    """
    word = words.strip().lower().replace("-", "_")
    if word in OFFICE:
        return OFFICE[word]
    import difflib  # a millisecond that no good word needs

    short = [c for c in OFFICE.values() if c.id.partition(".")[2] == word]
    if len(short) == 1:
        return short[0]
    names = [*OFFICE, *(c.partition(".")[2] for c in OFFICE)]
    near = difflib.get_close_matches(word, names, n=1)
    raise UsageError(
        f"There is no command {words[:40]!r}",
        f"Did you mean {near[0]}?" if near else "",
        "'deskterm do --list' shows all commands",
    )

"""What a command is: one entry of the one table that keys, palette, `:` line and CLI read."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from deskterm.domain.errors import UsageError
from deskterm.service.work import Work

Params = Mapping[str, object]
Outcome = dict[str, object]
Scope = Literal["ticket", "app"]
ParameterKind = Literal["text", "words", "when", "flag", "id", "ids", "number", "fields"]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One thing a command is told. `words` is free text over several lines."""

    name: str
    label: str
    kind: ParameterKind = "text"
    required: bool = False


def _always(_work: Work, _ticket: sqlite3.Row | None) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Command:
    """A named act.

    Commands of scope `ticket` run once for each ticket they are given; those of scope `app` run
    once, with None in place of the ticket. `enabled` gives None or the reason, in words, why the
    act makes no sense now. `repeatable` ones may be answered again from memory when a client asks
    twice with the same id.
    """

    id: str
    title: str
    help: str
    run: Callable[[Work, sqlite3.Row | None, Params], Outcome]
    scope: Scope = "ticket"
    parameters: tuple[Parameter, ...] = ()
    keys: tuple[str, ...] = ()
    enabled: Callable[[Work, sqlite3.Row | None], str | None] = _always


def text_of(params: Params, name: str, default: str = "") -> str:
    """A text parameter.

    Raises:
        UsageError: it is not text.
    """
    value = params.get(name, default)
    if not isinstance(value, str):
        raise UsageError(f"{name} must be text")
    return value


def needed(params: Params, name: str) -> str:
    """A text parameter that must be there and not empty.

    Raises:
        UsageError: it is missing or blank.
    """
    value = text_of(params, name)
    if not value.strip():
        raise UsageError(f"{name} is missing", "", f"Give it as --param {name}=…")
    return value


def flag_of(params: Params, name: str, default: bool = False) -> bool:
    """A yes or no; the words on/off, yes/no, true/false and 1/0 count too.

    Raises:
        UsageError: it is neither.
    """
    value = params.get(name, default)
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in ("on", "yes", "true", "1"):
        return True
    if word in ("off", "no", "false", "0", ""):
        return False
    raise UsageError(f"{name} must be on or off, not {word[:40]!r}")


def the_ticket(ticket: sqlite3.Row | None) -> sqlite3.Row:
    """The ticket a command of scope `ticket` runs on."""
    if ticket is None:
        raise UsageError("This command needs a ticket", "", "Name one by its reference")
    return ticket

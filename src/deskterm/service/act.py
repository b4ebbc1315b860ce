"""What a command does when the office does it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from deskterm.domain.errors import DesktermError, UsageError
from deskterm.service.work import Work

Params = Mapping[str, object]
Outcome = dict[str, object]


def _always(_work: Work, _ticket: sqlite3.Row | None) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Act:
    """The doing of one command of the table.

    `run` gets the ticket, or None where the command's scope is `app`. `enabled` gives None or the
    reason, in words, why the act makes no sense now.
    """

    run: Callable[[Work, sqlite3.Row | None, Params], Outcome]
    enabled: Callable[[Work, sqlite3.Row | None], str | None] = _always


class LeftAlone(DesktermError):
    """A ticket for which the act makes no sense with what it is told. The others go on."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason, code="disabled")


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

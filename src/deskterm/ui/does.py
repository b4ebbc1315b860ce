"""Binding what a screen does to the commands of the table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import TypeVar

Handler = Callable[..., Awaitable[None] | None]
_Method = TypeVar("_Method", bound=Handler)

_COMMANDS = "_does_commands"
_FOUND = "_commands_found"


def does(*command_ids: str) -> Callable[[_Method], _Method]:
    """Mark a method as the doing of console commands, by their ids in the table."""

    def mark(method: _Method) -> _Method:
        setattr(method, _COMMANDS, command_ids)
        return method

    return mark


def commands_of(cls: type) -> Mapping[str, str]:
    """The console commands that a class does: id of the command, name of the method."""
    known: Mapping[str, str] | None = vars(cls).get(_FOUND)
    if known is None:
        known = MappingProxyType(
            {
                command_id: name
                for base in reversed(cls.__mro__)
                for name, value in vars(base).items()
                for command_id in getattr(value, _COMMANDS, ())
            }
        )
        setattr(cls, _FOUND, known)
    return known

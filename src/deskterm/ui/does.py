"""Binding what a screen does to the commands of the table."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import cache
from types import MappingProxyType
from typing import TypeVar

Handler = Callable[..., Awaitable[None] | None]
_Method = TypeVar("_Method", bound=Handler)

_COMMANDS = "_does_commands"


def does(*command_ids: str) -> Callable[[_Method], _Method]:
    """Mark a method as the doing of console commands, by their ids in the table."""

    def mark(method: _Method) -> _Method:
        setattr(method, _COMMANDS, command_ids)
        return method

    return mark


@cache
def commands_of(cls: type) -> Mapping[str, str]:
    """The console commands that a class does: id of the command, name of the method."""
    found: dict[str, str] = {}
    for base in reversed(cls.__mro__):
        for name, value in vars(base).items():
            for command_id in getattr(value, _COMMANDS, ()):
                found[command_id] = name
    return MappingProxyType(found)

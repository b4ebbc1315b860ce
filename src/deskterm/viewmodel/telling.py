"""What a command is told, and what it still has to be told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from deskterm.service.command import Command, Parameter


class Parsed(NamedTuple):
    """A command and what it is told."""

    command: Command
    params: Mapping[str, object]


def missing(command: Command, params: Mapping[str, object]) -> list[Parameter]:
    """What a command has to be told and is not."""
    return [each for each in told(command) if each.required and each.name not in params]


def told(command: Command) -> list[Parameter]:
    """What a person tells a command, what it must know first; the rest follows from the place."""
    spoken = [each for each in command.parameters if each.kind not in ("id", "ids")]
    return sorted(spoken, key=lambda each: not each.required)


def asks_first(command: Command) -> bool:
    """Whether a command called by a key alone has to ask for something before it is done."""
    return bool(missing(command, {})) or command.title.endswith("…")

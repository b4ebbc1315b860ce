"""Reading the parameters of a check, whose types the pack's reader has made sure of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from deskterm.rules.model import Parameter


def number(parameters: Mapping[str, Parameter], name: str) -> int:
    """A whole number."""
    return cast("int", parameters[name])


def truth(parameters: Mapping[str, Parameter], name: str) -> bool:
    """True or false."""
    return cast("bool", parameters[name])


def word(parameters: Mapping[str, Parameter], name: str) -> str:
    """A text."""
    return cast("str", parameters[name])


def words(parameters: Mapping[str, Parameter], name: str) -> tuple[str, ...]:
    """A list of texts."""
    return cast("tuple[str, ...]", parameters[name])


def one_of(
    parameters: Mapping[str, Parameter], name: str, choices: Iterable[str]
) -> tuple[str, str] | None:
    """What is wrong with a text that may only be one of these; None: nothing."""
    known = tuple(choices)
    return None if word(parameters, name) in known else (name, f"must be one of {', '.join(known)}")


def at_most(parameters: Mapping[str, Parameter], most: int, *names: str) -> tuple[str, str] | None:
    """Which of these numbers is below 0 or above `most`; None: none."""
    for name in names:
        if not 0 <= number(parameters, name) <= most:
            return name, f"must be between 0 and {most}"
    return None

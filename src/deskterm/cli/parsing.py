"""The argument parser of the command line, which speaks the reader's language.

Nothing is translated until something is said: help, or what is wrong with a call.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterable
from types import MappingProxyType
from typing import Final, NoReturn

from deskterm.i18n import heard, marked, say
from deskterm.text.clean import clean

_USAGE: Final = 2

#: The headings of argparse, as they stand with their colons.
_HEADINGS: Final = MappingProxyType(
    {
        "positional arguments": marked("positional arguments:"),
        "options": marked("options:"),
        "commands": marked("commands:"),
        "acts": marked("acts:"),
    }
)
#: What argparse says by itself: of the options that it adds, and of calls that are wrong.
OWN_WORDS: Final = (
    marked("show this help message and exit"),
    marked("show program's version number and exit"),
    marked("argument {name}: {why}", "heard"),
    marked("unrecognized arguments: {words}", "heard"),
    marked("the following arguments are required: {names}", "heard"),
    marked("one of the arguments {names} is required", "heard"),
    marked("not allowed with argument {name}", "heard"),
    marked("invalid choice: {value} (choose from {choices})", "heard"),
    marked("invalid {kind} value: {value}", "heard"),
    marked("ambiguous option: {option} could match {others}", "heard"),
    marked("ignored explicit argument {value}", "heard"),
    marked("expected one argument", "heard"),
    marked("expected at least one argument", "heard"),
    marked("expected at most one argument", "heard"),
)


class Parser(argparse.ArgumentParser):
    """As its base; subcommands get the same class."""

    def __init__(
        self,
        prog: str | None = None,
        description: str | None = None,
        *,
        usage: str | None = None,
    ) -> None:
        super().__init__(
            prog=prog, usage=usage, description=description, formatter_class=_Formatter
        )

    def error(self, message: str) -> NoReturn:
        """Say how it is called and what is wrong, and end with exit code 2."""
        self.print_usage(sys.stderr)
        program = clean(self.prog, multiline=False)
        words = say("{program}: error: {what}", program=program, what=heard(message))
        self.exit(_USAGE, f"{words}\n")


class _Formatter(argparse.HelpFormatter):
    """Lays help out in the reader's language. Texts that nobody marked stay as they are."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, f"{say('usage:')} " if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        known = _HEADINGS.get(heading or "")
        super().start_section(say(known).removesuffix(":") if known else heading)

    def add_text(self, text: str | None) -> None:
        super().add_text(say(text) if text and text != argparse.SUPPRESS else text)

    def _get_help_string(self, action: argparse.Action) -> str | None:
        return say(action.help) if action.help else action.help

    def _metavar_formatter(
        self, action: argparse.Action, default_metavar: str
    ) -> Callable[[int], tuple[str, ...]]:
        metavar = action.metavar
        # In lower case it is typed as it stands: the name of a subcommand.
        if not isinstance(metavar, str) or not metavar.isupper():
            return super()._metavar_formatter(action, default_metavar)
        return lambda size: (str(say(metavar)),) * size

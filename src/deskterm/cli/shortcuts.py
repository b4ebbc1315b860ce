"""Shortcuts: a subcommand for each act on a ticket, and for undo and redo, made from the table.

`deskterm resolve k7m2q9` is `deskterm do ticket.resolve k7m2q9`.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

from deskterm.cli import do
from deskterm.cli.typed import read_text
from deskterm.i18n import marked
from deskterm.service.command import Command
from deskterm.service.table import OFFICE

#: Have a subcommand of their own, or make sense only on a screen.
_OWN = frozenset({"ticket.reply", "ticket.seen"})
#: Help on parameters that may be read from stdin, by their labels.
_FROM_STDIN = MappingProxyType(
    {
        "Note": marked("Note; - or nothing reads stdin"),
        "Text": marked("Text; - or nothing reads stdin"),
    }
)


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register one subcommand for each command that is used every day."""
    for name, command in _everyday():
        _add(subparsers, name, command)


def names() -> frozenset[str]:
    """What these subcommands are called."""
    return frozenset(name for name, _ in _everyday())


def _everyday() -> Iterator[tuple[str, Command]]:
    for command in OFFICE.values():
        area, _, name = command.id.partition(".")
        if area in ("ticket", "app") and command.id not in _OWN:
            yield name.replace("_", "-"), command


def _add(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser], name: str, command: Command
) -> None:
    parser = subparsers.add_parser(name, help=command.title, description=command.help)
    if command.scope == "ticket":
        parser.add_argument(
            "tickets", nargs="*", help="references; - reads them from stdin, words or JSON lines"
        )
    for parameter in command.parameters:
        help_text = parameter.label
        if parameter.kind == "words":
            help_text = _FROM_STDIN.get(parameter.label, parameter.label)
        is_files = parameter.kind == "files"
        parser.add_argument(
            f"--{parameter.name.replace('_', '-')}",
            metavar="PATH" if is_files else parameter.kind.upper(),
            action="append" if is_files else "store",
            required=parameter.required and parameter.kind != "words",
            help=help_text,
        )
    parser.add_argument("--dry-run", action="store_true", help="say what would change")
    parser.add_argument("--json", action="store_true", help="one JSON object")
    parser.set_defaults(run=run, command=command)


def run(args: argparse.Namespace) -> int:
    """Have the command done."""
    command: Command = args.command
    params: dict[str, object] = {}
    for parameter in command.parameters:
        value = getattr(args, parameter.name)
        if parameter.kind == "words":
            value = read_text(value)
        if parameter.kind == "files" and value is not None:
            value = [str(Path(path).absolute()) for path in value]
        if value is not None:
            params[parameter.name] = value
    return do.perform(args, command, getattr(args, "tickets", []), params)

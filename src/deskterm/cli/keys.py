"""`deskterm keys`: which key does what where, and what is wrong with a file of keys."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from deskterm.cli.keymap import keys_in
from deskterm.cli.output import note, put_json, say, tell
from deskterm.cli.workplace import Workplace
from deskterm.i18n import ENGLISH, heard, speaking
from deskterm.i18n import say as words
from deskterm.service.command import Context
from deskterm.text.clean import SafeText, cell_width, clean
from deskterm.ui.surroundings import speaks_utf8
from deskterm.viewmodel.key_file import Problem
from deskterm.viewmodel.key_page import place_title
from deskterm.viewmodel.key_signs import Keys
from deskterm.viewmodel.keymaps import InForce
from deskterm.viewmodel.keys import ANYWHERE, Bound

_CONTEXTS: tuple[Context, ...] = get_args(Context)


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser("keys", help="which key does what; what is wrong with keys.toml")
    parser.add_argument("--context", choices=_CONTEXTS, help="only the keys that count there")
    parser.add_argument("--json", action="store_true", help="JSON, one object a line")
    parser.set_defaults(run=run)
    actions = parser.add_subparsers(dest="action", metavar="check")
    check = actions.add_parser(
        "check",
        help="look for mistakes in keys.toml, or in another file",
        description="Exit code 1 when there are any.",
    )
    check.add_argument("file", nargs="?", help="another file than that of this workspace")
    check.add_argument("--json", action="store_true", help="JSON, one object a line")
    check.set_defaults(run=run_check)


def run(args: argparse.Namespace) -> int:
    """Print the keymap in force."""
    ascii_only = not speaks_utf8(os.environ)
    place = Workplace.of(args)
    more = place.views[0].commands
    found = keys_in(place.home.keys_file, os.environ, ascii_only=ascii_only, more=more)
    if args.json:
        for line in _as_json(found, args.context):
            put_json(line)
        return 0
    contexts = _CONTEXTS if args.context is None else (args.context,)
    for context in contexts:
        bounds = found.keymap.commands(context)
        if args.context is None:
            bounds = tuple(bound for bound in bounds if _is_own(found, context, bound))
        if bounds:
            say(place_title(context))
            _put(found, bounds)
    for problem in found.problems:
        note(str(problem.error))
    return 0


def run_check(args: argparse.Namespace) -> int:
    """Print what is wrong with a file of keys; exit code 1 where something is."""
    place = Workplace.of(args)
    file = Path(args.file) if args.file else place.home.keys_file
    more = place.views[0].commands
    if not file.exists():
        if args.file:
            tell(f"There is no file {file}")
            return 1
        tell("There is no keys.toml: the usual keys are used")
        return 0
    if args.json:
        with speaking(ENGLISH):
            problems = keys_in(file, os.environ, more=more).problems
        for problem in problems:
            put_json(_problem(problem))
        return 1 if problems else 0
    problems = keys_in(file, os.environ, more=more).problems
    for problem in problems:
        say(heard(str(problem.error)))
    if not problems:
        tell("The file of keys is good")
    return 1 if problems else 0


def _put(found: InForce, bounds: tuple[Bound, ...]) -> None:
    """A table: keys, title, command."""
    rows = [
        (
            clean("  ".join(map(found.keymap.spoken, bound.keys))),
            words(bound.command.title),
            clean(bound.command.id),
        )
        for bound in bounds
    ]
    for keys, title, command in rows:
        say(f"  {_wide(keys, 18)} {_wide(title, 30)} {command}")


def _wide(text: SafeText, cells: int) -> str:
    return text + " " * (cells - cell_width(text))


def _is_own(found: InForce, context: Context, bound: Bound) -> bool:
    """Whether a command is named here, and not with what holds anywhere."""
    anywhere = {each.command.id: each.keys for each in found.keymap.commands(ANYWHERE)}
    return context == ANYWHERE or not set(bound.keys) <= set(anywhere.get(bound.command.id, ()))


def _as_json(found: InForce, wanted: Context | None) -> Iterator[dict[str, object]]:
    for context in _CONTEXTS if wanted is None else (wanted,):
        for bound in found.keymap.commands(context):
            yield {
                "context": context,
                "keys": [found.keymap.spoken(keys) for keys in bound.keys],
                "command": bound.command.id,
                "title": bound.command.title,
                "changed": any(_is_changed(found, context, keys) for keys in bound.keys),
            }


def _is_changed(found: InForce, context: Context, keys: Keys) -> bool:
    """Whether a key is not the table's."""
    return (context, keys) in found.changed or (ANYWHERE, keys) in found.changed


def _problem(problem: Problem) -> dict[str, object]:
    line, error = problem
    return {
        "file": line.file,
        "line": line.number,
        "context": line.context,
        "key": line.key,
        "command": line.value if isinstance(line.value, str) else None,
        "title": error.title,
        "explanation": error.explanation,
        "advice": error.advice,
    }

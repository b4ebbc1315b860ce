"""`deskterm macro stats`: what became of each macro."""

from __future__ import annotations

import argparse

from deskterm.cli.output import note, put_json, say, word
from deskterm.cli.workplace import Workplace
from deskterm.i18n import marked
from deskterm.store.learning import statistics
from deskterm.text.clean import clean

#: One for each field of a macro's statistics.
_COLUMNS = (
    marked("macro"),
    marked("used", "column"),
    marked("rewritten", "column"),
    marked("dismissed", "column"),
    marked("offered", "column"),
    marked("reopened", "column"),
)
_NAME = 24  # cells of an id
_WIDTH = 11  # of a figure


def add(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand of `deskterm macro`."""
    stats = actions.add_parser("stats", help="how often each macro was used, and what came of it")
    stats.add_argument("--json", action="store_true", help="one JSON object a line")
    stats.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print them, the most used first."""
    place = Workplace.of(args)
    with place.reading() as connection:
        found = statistics(connection)
    if args.json:
        for each in found:
            put_json(each._asdict())
        return 0
    if not found:
        note("No macro was used or suggested yet.")
        return 0
    say(_row(*map(word, _COLUMNS)))
    for each in found:
        say(_row(clean(each.macro, multiline=False), *map(str, each[1:])))
    return 0


def _row(name: str, *figures: str) -> str:
    return f"{name:<{_NAME}}" + "".join(f"{figure:>{_WIDTH}}" for figure in figures)

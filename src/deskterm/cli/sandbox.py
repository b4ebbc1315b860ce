"""`deskterm sandbox`: the simulated shop's servers alone."""

from __future__ import annotations

import argparse
import sys

from deskterm.cli.ending import ToldToEnd, ending_in_order, turn_deaf
from deskterm.cli.output import note, put_json
from deskterm.domain.errors import DesktermError

_MOST_TICKETS = 100_000


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the subcommand."""
    parser = subparsers.add_parser(
        "sandbox",
        help="servers of a simulated shop, for trying things out",
        description="Starts the servers of a simulated shop on this machine and prints their "
        "accounts as one JSON object. They are there until Ctrl+C, and leave nothing behind.",
    )
    take_world(parser)
    parser.set_defaults(run=run)


def take_world(parser: argparse.ArgumentParser) -> None:
    """The options that choose a world."""
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="another number is another shop"
    )
    parser.add_argument(
        "--tickets", type=_tickets, default=300, metavar="N", help="how many conversations"
    )


def run(args: argparse.Namespace) -> int:
    """Serve until told to end."""
    from deskterm.cli.throwaway import ThrowAway, sweep
    from deskterm.sandbox.launch import Sandbox

    sweep("sandbox")
    try:
        with (
            ending_in_order(),
            ThrowAway.make("sandbox") as folder,
            Sandbox.start(folder.path, seed=args.seed, tickets=args.tickets) as sandbox,
        ):
            try:
                put_json({"accounts": list(sandbox.accounts), "journal": str(sandbox.journal)})
                sys.stdout.flush()
                note("Serving. Ctrl+C ends.")
                sandbox.wait()
            finally:
                turn_deaf()
    except ToldToEnd:
        return 0
    raise DesktermError("The simulated shop has ended by itself", code="sandbox")


def _tickets(text: str) -> int:
    number = int(text)
    if not 1 <= number <= _MOST_TICKETS:
        raise argparse.ArgumentTypeError(f"must be from 1 to {_MOST_TICKETS}")
    return number
